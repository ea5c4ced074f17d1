// What every widget of the course shares. Its text is put in front of each widget's own module, so that a
// module imports nothing and runs alike on the website, from a folder on disk and in JupyterLab.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** Create an HTML element; keys of `props` are attributes, except `text`, `class` and `on*` listeners. */
function html(tag, props = {}, ...children) {
  return furnish(document.createElement(tag), props, children);
}

/** Create an SVG element, likewise. */
function svg(tag, props = {}, ...children) {
  return furnish(document.createElementNS(SVG_NAMESPACE, tag), props, children);
}

function furnish(node, props, children) {
  for (const [key, value] of Object.entries(props)) {
    if (key === "text") node.textContent = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") node.toggleAttribute(key, value);
    else if (value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/** A table that scrolls by itself where long labels make it wider than the page. */
const scrollingTable = (props, ...children) => html("div", { class: "eg-scroll" }, html("table", props, ...children));

/** A number as the course prints it: fixed digits and a true minus sign, never "-0.00". */
function formatNumber(value, digits = 2) {
  if (!Number.isFinite(value)) return "undefined";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

let nextId = 0;
/** An id that no other element of the page has, to tie labels to what they name. */
const uniqueId = (prefix) => `eg-${prefix}-${nextId++}-${Math.random().toString(36).slice(2, 7)}`;

/** Name and class of a widget's root; Jupyter's keyboard shortcuts stay out of it. */
function prepareRoot(el, className, label) {
  el.classList.add("eg-widget", className);
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", label);
  el.setAttribute("data-lm-suppress-shortcuts", "true");
}

/** A line for screen readers that speaks once the reader pauses, not at every step of a drag. */
function announcer(el, delay = 500) {
  const region = html("div", { class: "eg-visually-hidden", "aria-live": "polite", role: "status" });
  el.append(region);
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => { region.textContent = text; }, delay);
  };
}

/** Follow every named trait with `update`; returns the function that stops following. */
function follow(model, names, update) {
  for (const name of names) model.on(`change:${name}`, update);
  return () => names.forEach((name) => model.off(`change:${name}`, update));
}

/** Change traits here and, where there is a kernel, in Python. */
function save(model, changes) {
  for (const [name, value] of Object.entries(changes)) model.set(name, value);
  model.save_changes();
}

const PLANE_SIZE = 400; // side of a plane's drawing, in units of its own viewBox

/** Map the square from -extent to extent onto a plane's drawing, and back. */
function planeScale(extent) {
  const middle = PLANE_SIZE / 2, unit = middle / extent;
  return {
    extent,
    x: (value) => middle + value * unit,
    y: (value) => middle - value * unit,
    toPlane(drawing, event) {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
      return [(place.x - middle) / unit, (middle - place.y) / unit];
    },
  };
}

/** An empty plane with grid lines at the whole numbers, and its axes. */
function planeDrawing(scale, label) {
  const drawing = svg("svg", { class: "eg-plane", viewBox: `0 0 ${PLANE_SIZE} ${PLANE_SIZE}`, role: "group",
                               "aria-label": label });
  for (let i = -Math.floor(scale.extent); i <= scale.extent; i++) {
    const kind = i === 0 ? "eg-axis" : "eg-grid";
    drawing.append(
      svg("line", { class: kind, x1: scale.x(i), x2: scale.x(i), y1: 0, y2: PLANE_SIZE }),
      svg("line", { class: kind, y1: scale.y(i), y2: scale.y(i), x1: 0, x2: PLANE_SIZE }));
  }
  return drawing;
}

const draggables = new WeakMap(); // for each drawing, its points that can be dragged

/** Of points whose handles overlap, the one nearest to the pointer. */
function nearestDraggable(drawing, scale, event) {
  const [px, py] = scale.toPlane(drawing, event);
  const away = ({ where }) => Math.hypot(where()[0] - px, where()[1] - py);
  return draggables.get(drawing).reduce((best, point) => (away(point) <= away(best) ? point : best));
}

const ARROW_KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Let a point of a plane be moved by mouse, touch and arrow keys (a tenth a press, a hundredth with Shift).
 * `where()` gives its place now; `moveTo(x, y)` is called with the new one, rounded and inside the plane.
 */
function makeDraggable(handle, drawing, scale, where, moveTo) {
  const inside = (value) => {
    const limit = Math.floor(scale.extent * 100) / 100;
    return Math.max(-limit, Math.min(limit, Math.round(value * 100) / 100));
  };
  const move = (x, y) => moveTo(inside(x), inside(y));
  let grip = [0, 0]; // from where the pointer took hold to the point itself, so that nothing jumps
  const hold = (event) => {
    const [px, py] = scale.toPlane(drawing, event), [x, y] = where();
    grip = [x - px, y - py];
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    event.preventDefault();
  };
  draggables.set(drawing, [...(draggables.get(drawing) ?? []), { where, hold }]);
  handle.addEventListener("pointerdown", (event) => {
    if (event.button === 0) nearestDraggable(drawing, scale, event).hold(event);
  });
  // Chromium heeds touch-action on a whole drawing only, where it would keep the page from scrolling.
  handle.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const [px, py] = scale.toPlane(drawing, event);
    move(px + grip[0], py + grip[1]);
  });
  handle.addEventListener("keydown", (event) => {
    const direction = ARROW_KEYS[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 0.01 : 0.1, [x, y] = where();
    move(x + direction[0] * step, y + direction[1] * step);
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Say to assistive technology where a point of a plane stands. */
function describeHandle(handle, scale, x, text) {
  const limits = { "aria-valuemin": -scale.extent, "aria-valuemax": scale.extent, "aria-valuenow": x.toFixed(2) };
  furnish(handle, { ...limits, "aria-valuetext": text }, []);
}
