// Points of a plane that are moved by mouse, touch and arrow keys.
import { furnish, svg } from "./elements.js";
import { beginTurns, endTurns } from "./turns.js";

/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {import("./plane_scale.js").Scale} Scale */
/** @typedef {{ where: () => Vector, hold: (event: PointerEvent) => void }} Draggable */

/** @type {Record<string, [number, number]>} */
export const ARROW_KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @type {WeakMap<SVGSVGElement, Draggable[]>} */
const draggables = new WeakMap(); // for each drawing, its points that can be dragged

/**
 * Where a pointer is, in the units of a drawing's viewBox.
 * @param {SVGSVGElement} drawing
 * @param {MouseEvent} event
 * @returns {Vector}
 */
export function pointerPlace(drawing, event) {
  const place = new DOMPoint(event.clientX, event.clientY), matrix = drawing.getScreenCTM();
  return matrix ? place.matrixTransform(matrix.inverse()) : place;
}

/**
 * A point that can be focused and dragged.
 * @param {string} label
 */
export function handleFor(label) {
  return svg("g", { class: "eg-handle", tabindex: 0, role: "slider", "aria-label": label },
    svg("circle", { class: "eg-reach", r: 20 }), svg("circle", { class: "eg-focus", r: 12 }));
}

/**
 * Put a handle at (x, y); not by a transform, after which the browser would sort all of the page's layers again.
 * @param {SVGGElement} handle
 * @param {Scale} scale
 * @param {Vector} place
 */
export function placeHandle(handle, scale, { x, y }) {
  for (const circle of handle.children) furnish(circle, { cx: scale.x(x), cy: scale.y(y) });
}

/**
 * Say to assistive technology where a point of a plane stands.
 * @param {SVGGElement} handle
 * @param {Scale} scale
 * @param {number} x
 * @param {string} text
 */
export function describeHandle(handle, scale, x, text) {
  const limits = { "aria-valuemin": -scale.extent, "aria-valuemax": scale.extent, "aria-valuenow": x.toFixed(scale.digits) };
  furnish(handle, { ...limits, "aria-valuetext": text });
}

/**
 * Let a point of a plane be moved by mouse, touch and arrow keys (ten places a press, one with Shift).
 * @param {SVGGElement} handle
 * @param {SVGSVGElement} drawing
 * @param {Scale} scale
 * @param {() => Vector} where gives its place now
 * @param {(x: number, y: number) => void} moveTo is called with the new one, rounded and inside the plane
 */
export function makeDraggable(handle, drawing, scale, where, moveTo) {
  const { perUnit } = scale, limit = Math.floor(scale.extent * perUnit) / perUnit;
  const inside = (/** @type {number} */ value) => Math.max(-limit, Math.min(limit, Math.round(value * perUnit) / perUnit));
  const move = (/** @type {number} */ x, /** @type {number} */ y) => moveTo(inside(x), inside(y));
  const pointerIn = (/** @type {PointerEvent} */ event) => scale.toPlane(pointerPlace(drawing, event));
  let grip = [0, 0]; // from where the pointer took hold to the point itself, so that nothing jumps
  const hold = (/** @type {PointerEvent} */ event) => {
    const [px, py] = pointerIn(event), { x, y } = where();
    grip = [x - px, y - py];
    handle.setPointerCapture(event.pointerId);
    beginTurns();
    handle.focus({ preventScroll: true });
    event.preventDefault();
  };
  draggables.set(drawing, [...(draggables.get(drawing) ?? []), { where, hold }]);
  handle.addEventListener("pointerdown", (event) => {
    if (event.button === 0) nearestDraggable(drawing, pointerIn(event)).hold(event);
  });
  // Chromium heeds touch-action on a whole drawing only, where it would keep the page from scrolling.
  handle.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const [px, py] = pointerIn(event);
    move(px + grip[0], py + grip[1]);
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) handle.addEventListener(end, endTurns);
  handle.addEventListener("keydown", (event) => {
    const direction = ARROW_KEYS[event.key];
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (event.shiftKey ? 1 : 10) / perUnit, { x, y } = where();
    move(x + direction[0] * step, y + direction[1] * step);
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * Of points whose handles overlap, the one nearest to the pointer.
 * @param {SVGSVGElement} drawing
 * @param {[number, number]} pointer
 */
function nearestDraggable(drawing, [px, py]) {
  const away = (/** @type {Draggable} */ { where }) => Math.hypot(where().x - px, where().y - py);
  return (draggables.get(drawing) ?? []).reduce((best, point) => (away(point) <= away(best) ? point : best));
}
