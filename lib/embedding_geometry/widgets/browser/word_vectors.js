// The words and their vectors, unpacked from 8-bit numbers, and what is nearest to a query.

/**
 * @typedef {object} Words
 * @property {string[]} words
 * @property {number} width how many features a vector has
 * @property {Float32Array} vectors one after the other
 * @property {Float64Array} norms
 * @property {Map<string, number>} index the row of each word
 */
/** @typedef {Float32Array | Float64Array} Vector */

/**
 * Unpack the file that `packed_words` of the library makes.
 * @param {ArrayBuffer} buffer
 * @returns {Words}
 */
export function unpackWords(buffer) {
  const [count, width, textLength] = buffer.byteLength < 12 ? [0, 0, 0] : new Uint32Array(buffer, 0, 3);
  const codesAt = 12 + 4 * count, textAt = codesAt + count * width;
  if (buffer.byteLength !== textAt + textLength) throw new Error("the file of words is cut short");
  const scales = new Float32Array(buffer, 12, count), codes = new Int8Array(buffer, codesAt, count * width);
  const words = new TextDecoder().decode(new Uint8Array(buffer, textAt)).split("\n").slice(0, -1);
  const vectors = new Float32Array(count * width), norms = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let j = i * width; j < (i + 1) * width; j++) {
      vectors[j] = codes[j] * scales[i];
      square += vectors[j] * vectors[j];
    }
    norms[i] = Math.sqrt(square);
  }
  return { words, width, vectors, norms, index: new Map(words.map((word, i) => [word, i])) };
}

/**
 * The vector of one word, not copied.
 * @param {Words} data
 * @param {number} row
 */
export const wordVector = ({ vectors, width }, row) => vectors.subarray(row * width, (row + 1) * width);

/**
 * The mean of the vectors of words.
 * @param {Words} data
 * @param {number[]} rows
 */
export function meanVector(data, rows) {
  const mean = new Float64Array(data.width);
  for (const row of rows) wordVector(data, row).forEach((value, j) => { mean[j] += value / rows.length; });
  return mean;
}

/**
 * The query of the offset method (3CosAdd): the unit vectors of a, minus b, plus c.
 * @param {Words} data
 * @param {number[]} rows of a, b and c
 */
export function analogyQuery(data, [a, b, c]) {
  const query = new Float64Array(data.width);
  for (const [row, sign] of [[a, 1], [b, -1], [c, 1]])
    wordVector(data, row).forEach((value, j) => { query[j] += (sign * value) / data.norms[row]; });
  return query;
}

/**
 * How near each word is to a query vector, larger is nearer; Euclidean distances come as negatives.
 * @param {Words} data
 * @param {Vector} query
 * @param {"cosine" | "dot" | "euclidean"} metric
 */
export function closenessToAll({ words, vectors, norms, width }, query, metric) {
  // One kind of numbers, and two sums side by side: a third less time, and this is most of an answer's.
  const scores = new Float64Array(words.length), numbers = Float64Array.from(query), even = width - (width % 2);
  const queryNorm = Math.hypot(...query);
  for (let i = 0, at = 0; i < words.length; i++, at += width) {
    let product = width > even ? vectors[at + even] * numbers[even] : 0, other = 0;
    for (let j = 0; j < even; j += 2) {
      product += vectors[at + j] * numbers[j];
      other += vectors[at + j + 1] * numbers[j + 1];
    }
    product += other;
    if (metric === "dot") scores[i] = product;
    else if (metric === "cosine") scores[i] = product / (norms[i] * queryNorm);
    else scores[i] = -Math.sqrt(Math.max(0, norms[i] ** 2 + queryNorm ** 2 - 2 * product));
  }
  return scores;
}

/**
 * The cosine of two vectors.
 * @param {Vector} u
 * @param {Vector} v
 */
export function cosineOf(u, v) {
  let product = 0, square = 0, other = 0;
  for (let j = 0; j < v.length; j++) {
    product += u[j] * v[j];
    square += u[j] ** 2;
    other += v[j] ** 2;
  }
  return product / Math.sqrt(square * other);
}

/**
 * The rows of the k largest scores, best first; equal scores in the order of the rows.
 * @param {Float64Array} scores
 * @param {number} k
 * @param {number[]} excluded rows that are left out
 */
export function bestRows(scores, k, excluded) {
  /** @type {number[]} */
  const best = [];
  for (let i = 0; i < scores.length; i++) {
    if (best.length === k && scores[i] <= scores[best[k - 1]]) continue;
    if (excluded.includes(i)) continue;
    let at = best.length;
    while (at > 0 && scores[best[at - 1]] < scores[i]) at--;
    best.splice(at, 0, i);
    if (best.length > k) best.pop();
  }
  return best;
}
