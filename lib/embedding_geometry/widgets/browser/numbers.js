// Numbers as the course prints them.

/**
 * Fixed digits and a true minus sign, never "-0.00".
 * @param {number} value
 * @param {number} [digits]
 */
export function formatNumber(value, digits = 2) {
  if (!Number.isFinite(value)) return "undefined";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "\u2212");
}

/** @param {number[]} values */
export const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * A step of 1, 2 or 5 times a power of ten, so that a range has at most so many of them.
 * @param {number} range
 * @param {number} most
 */
export function roundStep(range, most) {
  const power = 10 ** Math.floor(Math.log10(range / most));
  // A hair less: a range that divides evenly must not be rounded up.
  return power * ([1, 2, 5].find((times) => times * power >= 0.999 * (range / most)) ?? 10);
}
