// Quantised words, nearest words and close spellings.
import assert from "node:assert/strict";
import { test } from "node:test";
import { closeSpellings, slipsBetween } from "../../lib/embedding_geometry/widgets/browser/spelling.js";
import { analogyQuery, bestRows, closenessToAll, cosineOf, meanVector, unpackWords, wordVector }
  from "../../lib/embedding_geometry/widgets/browser/word_vectors.js";

/** Pack words as the library documents it: three uint32, scales, codes, words ended by line feeds. */
function packed(words, codes, scales) {
  const text = new TextEncoder().encode(words.map((word) => `${word}\n`).join(""));
  const header = new Uint8Array(new Uint32Array([words.length, codes[0].length, text.length]).buffer);
  const parts = [header, new Uint8Array(new Float32Array(scales).buffer), new Uint8Array(new Int8Array(codes.flat()).buffer), text];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}

const DATA = unpackWords(packed(["east", "north", "caf\u00e9"], [[4, 0], [0, -127], [2, 2]], [0.25, 0.5, 0.5]));

test("words, vectors and norms come out as they went in", () => {
  assert.deepEqual(DATA.words, ["east", "north", "caf\u00e9"]);
  assert.deepEqual([...wordVector(DATA, 0)], [1, 0]);
  assert.deepEqual([...wordVector(DATA, 1)], [0, -63.5]);
  assert.deepEqual([...DATA.norms], [1, 63.5, Math.SQRT2]);
  assert.equal(DATA.index.get("caf\u00e9"), 2);
});

test("a file that was cut short is refused, down to nothing at all", () => {
  const whole = packed(["a"], [[1, 2]], [1]);
  for (let length = 0; length < whole.byteLength; length++)
    assert.throws(() => unpackWords(whole.slice(0, length)), /cut short/);
});

test("closeness is larger for what is nearer, by each metric", () => {
  const query = new Float32Array([1, 0]);
  assert.deepEqual([...closenessToAll(DATA, query, "dot")], [1, 0, 1]);
  const cosines = closenessToAll(DATA, query, "cosine"), distances = closenessToAll(DATA, query, "euclidean");
  assert.deepEqual([...cosines].map((c) => c.toFixed(6)), ["1.000000", "0.000000", Math.SQRT1_2.toFixed(6)]);
  assert.deepEqual([...distances].map((d) => d.toFixed(4)), ["0.0000", (-Math.hypot(1, 63.5)).toFixed(4), "-1.0000"]
    .map((d) => (d === "0.0000" ? (-0).toFixed(4) : d)));
});

test("the best rows are those of a stable sort, whatever is left out", () => {
  const scores = Float64Array.from({ length: 500 }, (_, i) => Math.round(20 * Math.sin(12.9898 * i)) / 20);
  for (const excluded of [[], [0, 7, 499], [...Array(450).keys()]]) {
    const sorted = [...scores.keys()].filter((i) => !excluded.includes(i)).sort((a, b) => scores[b] - scores[a] || a - b);
    for (const k of [1, 10, 50]) assert.deepEqual(bestRows(scores, k, excluded), sorted.slice(0, k));
  }
});

test("an analogy's query is the sum of unit vectors, and a mean is a mean", () => {
  assert.deepEqual([...analogyQuery(DATA, [0, 1, 0])], [2, 1]); // (1, 0) - (0, -1) + (1, 0)
  assert.deepEqual([...meanVector(DATA, [0, 2])], [1, 0.5]);
  assert.ok(Math.abs(cosineOf(new Float32Array([3, 4]), new Float64Array([4, 3])) - 0.96) < 1e-12);
});

test("slips are insertions, deletions, replacements and swaps of neighbours", () => {
  for (const [from, to, slips] of [["cat", "cat", 0], ["cat", "cats", 1], ["cat", "at", 1], ["cat", "car", 1], ["cat", "act", 1],
                                   ["kitten", "sitting", 3], ["ca", "abc", 3], ["", "ab", 2], ["na\u00efve", "naive", 1]])
    assert.equal(slipsBetween(from, to, 9), slips, `${from} ${to}`);
});

test("slips are given up beyond what is allowed", () => {
  assert.equal(slipsBetween("kitten", "sitting", 2), 3);
  assert.equal(slipsBetween("a", "abcdef", 1), 2);
});

test("fewest slips come first, then the more frequent word; short words allow one", () => {
  const words = ["hose", "house", "mouse", "horse", "cat", "at", "it"];
  assert.deepEqual(closeSpellings("hous", words), ["house", "hose", "mouse"]);
  assert.deepEqual(closeSpellings("ct", words), ["cat", "at", "it"]);
  assert.deepEqual(closeSpellings("xyzzy", words), []);
});
