// What widgets with a plane share: vectors as {x, y}, the drawing, arrows, names, and points that can be dragged.

const dot = (u, v) => u.x * v.x + u.y * v.y;
const norm = (u) => Math.hypot(u.x, u.y);
const cosine = (u, v) => {
  const lengths = norm(u) * norm(v);
  return lengths === 0 ? NaN : Math.max(-1, Math.min(1, dot(u, v) / lengths));
};
const distance = (u, v) => Math.hypot(u.x - v.x, u.y - v.y);

/** The mean of vectors. */
function meanOf(vectors) {
  const sum = (key) => vectors.reduce((total, v) => total + v[key], 0);
  return { x: sum("x") / vectors.length, y: sum("y") / vectors.length };
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

/** In a box of its own, and not a flex item itself, a drawing is laid out without the page around it. */
const framed = (drawing) => html("div", { class: "eg-frame" }, drawing);

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
  furnish(handle, { ...limits, "aria-valuetext": text });
}

/** An arrow from the origin whose head ends at (x, y). */
function placeArrow(shaft, head, scale, x, y) {
  const X = scale.x(x), Y = scale.y(y), dx = X - scale.x(0), dy = Y - scale.y(0);
  const length = Math.hypot(dx, dy) || 1, ux = dx / length, uy = dy / length;
  furnish(shaft, { x1: scale.x(0), y1: scale.y(0), x2: X - ux * 9, y2: Y - uy * 9 });
  const corner = (along, across) => `${X - ux * along - uy * across},${Y - uy * along + ux * across}`;
  furnish(head, { points: [`${X},${Y}`, corner(13, 6), corner(13, -6)].join(" ") });
}

/** A point that can be focused and dragged. */
function handleFor(label) {
  return svg("g", { class: "eg-handle", tabindex: 0, role: "slider", "aria-label": label },
    svg("circle", { class: "eg-reach", r: 20 }), svg("circle", { class: "eg-focus", r: 12 }));
}

/** Put a handle at (x, y); not by a transform, after which the browser would sort all of the page's layers again. */
function placeHandle(handle, scale, x, y) {
  for (const circle of handle.children) furnish(circle, { cx: scale.x(x), cy: scale.y(y) });
}

/** A diagonal cross with arms of this reach. */
function placeCross(cross, scale, x, y, reach) {
  const X = scale.x(x), Y = scale.y(y), side = 2 * reach;
  furnish(cross, { d: `M${X - reach},${Y - reach} l${side},${side} m${-side},0 l${side},${-side}` });
}

/** The value of a linear rule at a vector. */
const ruleValue = (rule, v) => dot(rule, v) + rule.bias;

/**
 * The ends of the line where a linear rule is 0, and the corners of the part where it is more. Both end at the
 * plane's edge: what reaches farther makes the browser sort all of the page's layers again.
 */
function ruleShapes(rule, extent) {
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => ({ x: x * extent, y: y * extent })), ends = [];
  const part = corners.flatMap((corner, i) => {
    const next = corners[(i + 1) % 4], here = ruleValue(rule, corner), there = ruleValue(rule, next);
    const kept = here > 0 ? [corner] : [];
    if (here > 0 === there > 0) return kept;
    const way = here / (here - there), end = { x: corner.x + way * (next.x - corner.x), y: corner.y + way * (next.y - corner.y) };
    ends.push(end);
    return [...kept, end];
  });
  return { ends, part };
}

/** Put a line where a linear rule is 0, or nowhere if that isn't in the plane. */
function placeRule(line, scale, { ends }) {
  line.style.display = ends.length ? "" : "none";
  if (!ends.length) return;
  const [from, to] = ends;
  furnish(line, { x1: scale.x(from.x), y1: scale.y(from.y), x2: scale.x(to.x), y2: scale.y(to.y) });
}

/** The parts of a drawing that show a linear rule: its line, the half where it says yes, and its weights w, which can be dragged. */
function ruleParts(drawing, scale, label, where, moveTo) {
  const half = svg("polygon", { class: "eg-half" }), line = svg("line", { class: "eg-rule" });
  const shaft = svg("line", { class: "eg-normal" }), head = svg("polygon", { class: "eg-normal-head" });
  const letter = svg("text", { text: "w" }), handle = handleFor(label);
  makeDraggable(handle, drawing, scale, () => [where().x, where().y], (x, y) => moveTo({ x, y }));
  function place(rule, others = []) {
    const shapes = ruleShapes(rule, scale.extent);
    furnish(half, { points: shapes.part.map(({ x, y }) => `${scale.x(x)},${scale.y(y)}`).join(" ") });
    placeRule(line, scale, shapes);
    placeArrow(shaft, head, scale, rule.x, rule.y);
    placeName(letter, scale, rule, others);
    placeHandle(handle, scale, rule.x, rule.y);
    describeHandle(handle, scale, rule.x, `w is ${formatNumber(rule.x)}, ${formatNumber(rule.y)}`);
  }
  return { ground: [half, line], weights: [shaft, head, letter], handle, place };
}

/** Put a vector's name beyond its tip, away from the nearest other tip, inside of the drawing. */
function placeName(name, scale, v, others) {
  const apart = others.map((o) => ({ x: v.x - o.x, y: v.y - o.y })).sort((a, b) => norm(a) - norm(b))[0];
  const crowded = apart && norm(apart) < scale.extent / 4, unit = (u) => norm(u) || 1;
  const away = { x: v.x / unit(v) + (crowded ? apart.x / unit(apart) : 0), y: v.y / unit(v) + (crowded ? apart.y / unit(apart) : 0) };
  const keep = (value, low, high) => Math.max(low, Math.min(high, value));
  const half = 4.5 * name.textContent.length; // about half of the name's width
  furnish(name, { "text-anchor": "middle",
    x: keep(scale.x(v.x) + (away.x / unit(away)) * (14 + half), half + 2, PLANE_SIZE - half - 2),
    y: keep(scale.y(v.y) - (away.y / unit(away)) * 20 + 5, 16, PLANE_SIZE - 6) });
}
