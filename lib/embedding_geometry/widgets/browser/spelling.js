// Words that are spelt almost like one that is missing.

/**
 * Words at most two slips of the pen away, fewest slips first, then in the order of the list.
 * @param {string} word
 * @param {string[]} words
 * @param {number} [n]
 */
export function closeSpellings(word, words, n = 3) {
  const allowed = word.length > 3 ? 2 : 1;
  /** @type {[number, number][]} */
  const found = [];
  const letters = [...word].length;
  words.forEach((other, i) => {
    // Twice, as a letter beyond the basic plane counts for two here.
    if (Math.abs(letters - other.length) > 2 * allowed) return;
    const slips = slipsBetween(word, other, allowed);
    if (slips <= allowed) found.push([slips, i]);
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, n).map(([, i]) => words[i]);
}

/**
 * Optimal string alignment distance, given up as soon as it must exceed `allowed`.
 * @param {string} from
 * @param {string} to
 * @param {number} allowed
 */
export function slipsBetween(from, to, allowed) {
  const a = [...from], b = [...to];
  if (Math.abs(a.length - b.length) > allowed) return allowed + 1;
  /** @type {number[]} */
  let before = [];
  let last = b.map((_, j) => j).concat(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > allowed) return allowed + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}
