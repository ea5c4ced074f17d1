// A plane's place on the screen: from its own coordinates to those of its drawing, and back.
import { roundStep } from "./numbers.js";
import { norm } from "./vectors.js";

/** @typedef {import("./vectors.js").Vector} Vector */

export const PLANE_SIZE = 400; // side of a plane's drawing, in units of its own viewBox

/**
 * @typedef {object} Scale
 * @property {number} extent the plane reaches from -extent to extent both ways
 * @property {number} perUnit how many places there are in a unit where points can be put: 100, or more on a small plane
 * @property {number} digits how many decimals tell these places apart
 * @property {(value: number) => number} x from a coordinate to the drawing's
 * @property {(value: number) => number} y
 * @property {(place: Vector) => [number, number]} toPlane from the drawing to coordinates
 */

/**
 * Map the square from -extent to extent onto a plane's drawing, and back.
 * @param {number} extent
 * @returns {Scale}
 */
export function planeScale(extent) {
  const middle = PLANE_SIZE / 2, unit = middle / extent, perUnit = Math.max(100, Math.round(1 / roundStep(extent, 150)));
  return {
    extent,
    perUnit,
    digits: Math.min(100, Math.ceil(Math.log10(perUnit))),
    x: (value) => middle + value * unit,
    y: (value) => middle - value * unit,
    toPlane: ({ x, y }) => [(x - middle) / unit, (middle - y) / unit],
  };
}

/**
 * Where a vector's name goes: beyond its tip, away from the nearest other tip, inside of the drawing.
 * @param {Scale} scale
 * @param {Vector} v
 * @param {Vector[]} others
 * @param {number} half about half of the name's width, in units of the drawing
 */
export function placeOfName(scale, v, others, half) {
  const apart = others.map((o) => ({ x: v.x - o.x, y: v.y - o.y })).sort((a, b) => norm(a) - norm(b))[0];
  const crowded = apart && norm(apart) < scale.extent / 4;
  const unit = (/** @type {Vector} */ u) => norm(u) || 1;
  const away = {
    x: v.x / unit(v) + (crowded ? apart.x / unit(apart) : 0),
    y: v.y / unit(v) + (crowded ? apart.y / unit(apart) : 0),
  };
  const keep = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
    Math.max(low, Math.min(high, value));
  return {
    x: keep(scale.x(v.x) + (away.x / unit(away)) * (14 + half), half + 2, PLANE_SIZE - half - 2),
    y: keep(scale.y(v.y) - (away.y / unit(away)) * 20 + 5, 16, PLANE_SIZE - 6),
  };
}
