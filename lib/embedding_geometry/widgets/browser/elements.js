// Elements of the page: made, furnished and filled so that a drag writes, and lays out, only what has changed.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

/** @typedef {Record<string, any>} Props attributes, except `text` and `on*` listeners; what is undefined is left alone */

/**
 * Create an HTML element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Props} [props]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function html(tag, props = {}, ...children) {
  return furnish(document.createElement(tag), props, children);
}

/**
 * Create an SVG element.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Props} [props]
 * @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, props = {}, ...children) {
  return furnish(document.createElementNS(SVG_NAMESPACE, tag), props, children);
}

/**
 * Set an element's attributes, text and listeners and add children. What is there already isn't written again: it would be laid out again.
 * @template {Element} E
 * @param {E} node
 * @param {Props} props
 * @param {(Node | string)[]} children
 * @returns {E}
 */
export function furnish(node, props, children = []) {
  for (const [key, value] of Object.entries(props)) {
    if (key === "text") setText(node, String(value));
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") node.toggleAttribute(key, value);
    else if (value !== undefined && node.getAttribute(key) !== String(value)) node.setAttribute(key, value);
  }
  if (children.length) node.append(...children);
  return node;
}

/**
 * @param {Element} node
 * @param {string} text
 */
function setText(node, text) {
  const only = node.childNodes.length === 1 ? node.firstChild : null;
  if (!(only instanceof Text)) node.textContent = text;
  else if (only.data !== text) only.data = text;
}

/**
 * Let a group hold one drawn element for each of these sets of attributes; those that it has are used again.
 * @param {SVGElement} group
 * @param {keyof SVGElementTagNameMap} tag
 * @param {Props[]} list
 */
export function fillGroup(group, tag, list) {
  while (group.lastElementChild && group.childElementCount > list.length) group.lastElementChild.remove();
  list.forEach((props, i) => furnish(group.children[i] ?? group.appendChild(svg(tag)), props));
}

/**
 * Set what a field holds, unless it holds that already: it would be laid out again.
 * @param {HTMLInputElement | HTMLSelectElement} field
 * @param {string | number} value
 */
export function fillField(field, value) {
  if (field.value !== String(value)) field.value = String(value);
}

let nextId = 0;
/**
 * An id that no other element of the page has, to tie labels to what they name.
 * @param {string} prefix
 */
export const uniqueId = (prefix) => `eg-${prefix}-${nextId++}-${Math.random().toString(36).slice(2, 7)}`;
