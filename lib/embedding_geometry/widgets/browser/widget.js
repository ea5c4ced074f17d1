// What every widget of the course does with its root element and its model.
import { html } from "./elements.js";

/**
 * What a host hands over: anywidget's in JupyterLab, the course's own on the website.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, listener: (...values: any[]) => void) => void} on
 * @property {(event: string, listener: (...values: any[]) => void) => void} off
 * @property {(message: object) => void} send
 */
/** @typedef {{ model: Model, el: HTMLElement, signal: AbortSignal }} View */

/**
 * Name and class of a widget's root; Jupyter's keyboard shortcuts stay out of it.
 * @param {HTMLElement} el
 * @param {string} className
 * @param {string} label
 */
export function prepareRoot(el, className, label) {
  el.classList.add("eg-widget", className);
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", label);
  // Not by data-lm-suppress-shortcuts: Lumino doesn't look for it above the element that has the focus.
  el.addEventListener("keydown", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); });
}

/**
 * A line for screen readers that speaks once the reader pauses, not at every step of a drag; `textNow` is asked only then.
 * @param {HTMLElement} el
 * @param {number} [delay] in milliseconds
 */
export function announcer(el, delay = 500) {
  const region = html("div", { class: "eg-visually-hidden", "aria-live": "polite", role: "status" });
  el.append(region);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (/** @type {() => string} */ textNow) => {
    clearTimeout(timer);
    timer = setTimeout(() => { region.textContent = textNow(); }, delay);
  };
}

/**
 * Follow every named trait with `update`; returns the function that stops following.
 * @param {Model} model
 * @param {string[]} names
 * @param {() => void} update
 */
export function follow(model, names, update) {
  for (const name of names) model.on(`change:${name}`, update);
  return () => names.forEach((name) => model.off(`change:${name}`, update));
}

/**
 * Change traits here and, where there is a kernel, in Python.
 * @param {Model} model
 * @param {Record<string, any>} changes
 */
export function save(model, changes) {
  for (const [name, value] of Object.entries(changes)) model.set(name, value);
  model.save_changes();
}
