// Draws with replacement, and the percentile interval of resamples: the same for every reader, by a seed.

/** @typedef {{ values: number[], counts: number[], seed: number }} Scores the different scores, how often each of them is there, and a seed */
/** @typedef {{ n: number, mean: number, low: number, high: number }} Interval */

const N_RESAMPLES = 1000, CONFIDENCE = 0.95;
const STRIDE = 0x6d2b79f5;

/**
 * Fill `rows` with whole numbers below `limit`, and return where the generator ("mulberry32") stands then.
 * @param {number} state
 * @param {Uint32Array} rows
 * @param {number} limit
 */
export function drawRows(state, rows, limit) {
  const scale = limit / 2 ** 32;
  for (let i = 0; i < rows.length; i++) {
    state = (state + STRIDE) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    rows[i] = ((mixed ^ (mixed >>> 14)) >>> 0) * scale;
  }
  return state;
}

/**
 * The quantile of sorted numbers, as numpy has it: between two of them it is interpolated.
 * @param {ArrayLike<number>} sorted
 * @param {number} share
 */
export function quantile(sorted, share) {
  const place = share * (sorted.length - 1), below = Math.floor(place), rest = place - below;
  return rest ? sorted[below] + rest * (sorted[below + 1] - sorted[below]) : sorted[below];
}

/**
 * Draw n of the scores with replacement, and resample them: their mean, and its percentile interval. The i-th draw is the same for every reader.
 * @param {Scores} scores
 * @param {number} n
 * @param {number} i
 * @returns {Interval}
 */
export function intervalOf({ values, counts, seed }, n, i) {
  let total = 0;
  const ends = counts.map((count) => (total += count)), rows = new Uint32Array(n);
  // A draw begins where no earlier one has been: it takes fewer than 2 ** 21 numbers.
  let state = drawRows((seed + Math.imul(i << 21, STRIDE)) | 0, rows, total);
  const scores = Float64Array.from(rows, (row) => values[ends.findIndex((end) => row < end)]);
  const means = new Float64Array(N_RESAMPLES), mean = scores.reduce((sum, score) => sum + score, 0) / n;
  for (let k = 0; k < N_RESAMPLES; k++) {
    state = drawRows(state, rows, n);
    let sum = 0;
    for (let j = 0; j < n; j++) sum += scores[rows[j]];
    means[k] = sum / n;
  }
  means.sort();
  return { n, mean, low: quantile(means, (1 - CONFIDENCE) / 2), high: quantile(means, (1 + CONFIDENCE) / 2) };
}
