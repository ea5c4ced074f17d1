// Vectors of the plane, as {x, y}.

/** @typedef {{ x: number, y: number }} Vector */

/**
 * @param {Vector} u
 * @param {Vector} v
 */
export const dot = (u, v) => u.x * v.x + u.y * v.y;

/** @param {Vector} u */
export const norm = (u) => Math.hypot(u.x, u.y);

/**
 * Of a vector of length zero it is undefined: NaN.
 * @param {Vector} u
 * @param {Vector} v
 */
export function cosine(u, v) {
  const lengths = norm(u) * norm(v);
  return lengths === 0 ? NaN : Math.max(-1, Math.min(1, dot(u, v) / lengths));
}

/**
 * @param {Vector} u
 * @param {Vector} v
 */
export const distance = (u, v) => Math.hypot(u.x - v.x, u.y - v.y);

/**
 * The sum of vectors, each times its weight.
 * @param {Vector[]} vectors
 * @param {number[]} weights
 * @returns {Vector}
 */
export function weightedSum(vectors, weights) {
  let x = 0, y = 0;
  vectors.forEach((v, i) => {
    x += weights[i] * v.x;
    y += weights[i] * v.y;
  });
  return { x, y };
}

/** @param {Vector[]} vectors */
export function meanOf(vectors) {
  const { x, y } = weightedSum(vectors, vectors.map(() => 1));
  return { x: x / vectors.length, y: y / vectors.length };
}

/**
 * The corners of the smallest convex shape around points, in order (Andrew's monotone chain).
 * @param {Vector[]} points
 */
export function convexHull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (/** @type {Vector} */ o, /** @type {Vector} */ a, /** @type {Vector} */ b) =>
    (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const chain = (/** @type {Vector[]} */ list) => list.reduce((kept, point) => {
    while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
    return [...kept, point];
  }, /** @type {Vector[]} */ ([]));
  return [...chain(sorted).slice(0, -1), ...chain(sorted.reverse()).slice(0, -1)];
}
