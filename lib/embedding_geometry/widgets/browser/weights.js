// Weights of a mixture: as shares, from scores by softmax, and how many items they amount to.
import { sum } from "./numbers.js";

/**
 * Weights that add up to one; all equal where all are zero.
 * @param {number[]} weights
 */
export function shares(weights) {
  const total = sum(weights);
  return weights.map((weight) => (total === 0 ? 1 / weights.length : weight / total));
}

/**
 * The softmax of scores over a temperature; the largest score is taken away first, so that nothing overflows.
 * @param {number[]} scores
 * @param {number} temperature
 */
export function softmax(scores, temperature) {
  const largest = Math.max(...scores);
  return shares(scores.map((score) => Math.exp((score - largest) / temperature)));
}

/**
 * The exponential of the entropy: how many items, equally weighted, would be as spread out.
 * @param {number[]} weights
 */
export const effectiveNumber = (weights) => Math.exp(-sum(weights.map((w) => (w > 0 ? w * Math.log(w) : 0))));
