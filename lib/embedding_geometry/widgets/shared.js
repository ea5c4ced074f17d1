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

/** Set an element's attributes, text and listeners and add children. What is there already isn't written again: it would be laid out again. */
function furnish(node, props, children = []) {
  for (const [key, value] of Object.entries(props)) {
    if (key === "text") {
      const texts = node.childNodes, old = texts.length === 1 && texts[0].nodeType === Node.TEXT_NODE && texts[0];
      if (!old) node.textContent = value;
      else if (old.data !== String(value)) old.data = value;
    } else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") node.toggleAttribute(key, value);
    else if (value !== undefined && node.getAttribute(key) !== String(value)) node.setAttribute(key, value);
  }
  if (children.length) node.append(...children);
  return node;
}

/** Let a group hold one drawn element for each of these sets of attributes; those that it has are used again. */
function fillGroup(group, tag, list) {
  while (group.childElementCount > list.length) group.lastElementChild.remove();
  list.forEach((props, i) => furnish(group.children[i] ?? group.appendChild(svg(tag)), props));
}

/** Set what a field holds, unless it holds that already: it would be laid out again. */
function fillField(field, value) {
  if (field.value !== String(value)) field.value = value;
}

/** Fill a share of a bar, and return it. The bar itself keeps its size, so that nothing is laid out again. */
function fillBar(bar, share) {
  bar.style.backgroundSize = `${100 * share}% 100%`;
  return bar;
}

/** A table that scrolls by itself where long labels make it wider than the page. */
const scrollingTable = (props, ...children) => html("div", { class: "eg-scroll" }, html("table", props, ...children));

/** A table cell's value that changes while the reader drags. Its box has a size of its own, so that the browser lays out nothing else. */
function valueBox(texts = []) {
  const box = html("span", { class: "eg-value" });
  box.style.minWidth = `${Math.max(6, ...texts.map((text) => text.length))}ch`;
  return box;
}

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
  // Not by data-lm-suppress-shortcuts: Lumino doesn't look for it above the element that has the focus.
  el.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); });
}

/** A line for screen readers that speaks once the reader pauses, not at every step of a drag; `textNow` is asked only then. */
function announcer(el, delay = 500) {
  const region = html("div", { class: "eg-visually-hidden", "aria-live": "polite", role: "status" });
  el.append(region);
  let timer;
  return (textNow) => {
    clearTimeout(timer);
    timer = setTimeout(() => { region.textContent = textNow(); }, delay);
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
