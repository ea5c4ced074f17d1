// The drawing of a plane: grid and axes, arrows, crosses, names, and a linear rule.
import { describeHandle, handleFor, makeDraggable, placeHandle } from "./dragging.js";
import { furnish, html, svg } from "./elements.js";
import { ruleShapes } from "./linear_rules.js";
import { formatNumber } from "./numbers.js";
import { PLANE_SIZE, placeOfName } from "./plane_scale.js";

/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {import("./plane_scale.js").Scale} Scale */
/** @typedef {import("./linear_rules.js").Rule} Rule */

/**
 * An empty plane with grid lines at the whole numbers, and its axes.
 * @param {Scale} scale
 * @param {string} label
 */
export function planeDrawing(scale, label) {
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

/**
 * In a box of its own, and not a flex item itself, a drawing is laid out without the page around it.
 * @param {SVGSVGElement} drawing
 */
export const framed = (drawing) => html("div", { class: "eg-frame" }, drawing);

/**
 * An arrow from the origin whose head ends at (x, y).
 * @param {SVGLineElement} shaft
 * @param {SVGPolygonElement} head
 * @param {Scale} scale
 * @param {Vector} tip
 */
export function placeArrow(shaft, head, scale, { x, y }) {
  const X = scale.x(x), Y = scale.y(y), dx = X - scale.x(0), dy = Y - scale.y(0);
  const length = Math.hypot(dx, dy) || 1, ux = dx / length, uy = dy / length;
  furnish(shaft, { x1: scale.x(0), y1: scale.y(0), x2: X - ux * 9, y2: Y - uy * 9 });
  const corner = (/** @type {number} */ along, /** @type {number} */ across) =>
    `${X - ux * along - uy * across},${Y - uy * along + ux * across}`;
  furnish(head, { points: [`${X},${Y}`, corner(13, 6), corner(13, -6)].join(" ") });
}

/**
 * A diagonal cross with arms of this reach.
 * @param {SVGPathElement} cross
 * @param {Scale} scale
 * @param {Vector} place
 * @param {number} reach
 */
export function placeCross(cross, scale, { x, y }, reach) {
  const X = scale.x(x), Y = scale.y(y), side = 2 * reach;
  furnish(cross, { d: `M${X - reach},${Y - reach} l${side},${side} m${-side},0 l${side},${-side}` });
}

/**
 * Put a vector's name beyond its tip.
 * @param {SVGTextElement} name
 * @param {Scale} scale
 * @param {Vector} v
 * @param {Vector[]} others
 */
export function placeName(name, scale, v, others) {
  furnish(name, { "text-anchor": "middle", ...placeOfName(scale, v, others, 4.5 * (name.textContent ?? "").length) });
}

/**
 * An arrow with its name.
 * @param {Scale} scale
 * @param {string} label
 * @param {string} group whose colour it has
 */
export function namedArrow(scale, label, group) {
  const shaft = svg("line", { class: "eg-shaft" }), head = svg("polygon", { class: "eg-head" }), name = svg("text", { text: label });
  /**
   * @param {Vector} v
   * @param {Vector[]} others
   */
  function place(v, others) {
    placeArrow(shaft, head, scale, v);
    placeName(name, scale, v, others);
  }
  return { arrow: svg("g", { class: `eg-${group}` }, shaft, head), name, place };
}

/**
 * An arrow with its name, whose tip can be moved.
 * @param {SVGSVGElement} drawing
 * @param {Scale} scale
 * @param {string} label
 * @param {string} group
 * @param {() => Vector} where
 * @param {(tip: Vector) => void} moveTo
 */
export function movableArrow(drawing, scale, label, group, where, moveTo) {
  const { arrow, name, place: placeMarks } = namedArrow(scale, label, group), handle = handleFor(`${label}, tip of the vector`);
  makeDraggable(handle, drawing, scale, where, (x, y) => moveTo({ x, y }));
  /**
   * @param {Vector} v
   * @param {Vector[]} others
   */
  function place(v, others) {
    placeMarks(v, others);
    placeHandle(handle, scale, v);
    describeHandle(handle, scale, v.x, `x ${formatNumber(v.x, scale.digits)}, y ${formatNumber(v.y, scale.digits)}`);
  }
  return { arrow, name, handle, place };
}

/**
 * Put a line where a linear rule is 0, or nowhere if that isn't in the plane.
 * @param {SVGLineElement} line
 * @param {Scale} scale
 * @param {{ ends: Vector[] }} shapes
 */
export function placeRule(line, scale, { ends }) {
  line.style.display = ends.length ? "" : "none";
  if (!ends.length) return;
  const [from, to] = ends;
  furnish(line, { x1: scale.x(from.x), y1: scale.y(from.y), x2: scale.x(to.x), y2: scale.y(to.y) });
}

/**
 * The parts of a drawing that show a linear rule: its line, the half where it says yes, and its weights w, which can be dragged.
 * @param {SVGSVGElement} drawing
 * @param {Scale} scale
 * @param {string} label
 * @param {() => Rule} where
 * @param {(weights: Vector) => void} moveTo
 */
export function ruleParts(drawing, scale, label, where, moveTo) {
  const half = svg("polygon", { class: "eg-half" }), line = svg("line", { class: "eg-rule" });
  const shaft = svg("line", { class: "eg-normal" }), head = svg("polygon", { class: "eg-normal-head" });
  const letter = svg("text", { text: "w" }), handle = handleFor(label);
  makeDraggable(handle, drawing, scale, where, (x, y) => moveTo({ x, y }));
  /**
   * @param {Rule} rule
   * @param {Vector[]} [others]
   */
  function place(rule, others = []) {
    const shapes = ruleShapes(rule, scale.extent);
    furnish(half, { points: shapes.part.map(({ x, y }) => `${scale.x(x)},${scale.y(y)}`).join(" ") });
    placeRule(line, scale, shapes);
    placeArrow(shaft, head, scale, rule);
    placeName(letter, scale, rule, others);
    placeHandle(handle, scale, rule);
    describeHandle(handle, scale, rule.x, `w is ${formatNumber(rule.x, scale.digits)}, ${formatNumber(rule.y, scale.digits)}`);
  }
  return { ground: [half, line], weights: [shaft, head, letter], handle, place };
}
