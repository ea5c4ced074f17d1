// A linear rule w·x + b of the plane: its value, and the shapes that show it.
import { dot } from "./vectors.js";

/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {Vector & { bias: number }} Rule weights x and y, and a bias */

/**
 * @param {Rule} rule
 * @param {Vector} v
 */
export const ruleValue = (rule, v) => dot(rule, v) + rule.bias;

/**
 * The ends of the line where a linear rule is 0, and the corners of the part where it is more. Both end at the
 * plane's edge: what reaches farther makes the browser sort all of the page's layers again.
 * @param {Rule} rule
 * @param {number} extent the plane reaches from -extent to extent both ways
 */
export function ruleShapes(rule, extent) {
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x, y]) => ({ x: x * extent, y: y * extent }));
  /** @type {Vector[]} */
  const ends = [];
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
