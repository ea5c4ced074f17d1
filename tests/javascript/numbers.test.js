// Numbers as they are printed, weights, resampling, and what single widgets compute.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestByCosine, rescaled } from "../../lib/embedding_geometry/widgets/browser/gauge.js";
import { formatNumber, roundStep, sum } from "../../lib/embedding_geometry/widgets/browser/numbers.js";
import { fitted, nextPoint } from "../../lib/embedding_geometry/widgets/browser/picture.js";
import { movedVectors, nearestLabel, shownVectors } from "../../lib/embedding_geometry/widgets/browser/plane.js";
import { accuracies, majorityRule } from "../../lib/embedding_geometry/widgets/browser/probe.js";
import { drawRows, intervalOf, quantile } from "../../lib/embedding_geometry/widgets/browser/resampling.js";
import { keptShare, lineAngle, principalAngle, spread } from "../../lib/embedding_geometry/widgets/browser/subspace.js";
import { effectiveNumber, shares, softmax } from "../../lib/embedding_geometry/widgets/browser/weights.js";

const close = (found, expected, tolerance = 1e-12) => assert.ok(Math.abs(found - expected) < tolerance, `${found} is not ${expected}`);

test("numbers have a true minus, and zero has none", () => {
  assert.equal(formatNumber(-1.005, 2), "\u22121.00");
  assert.equal(formatNumber(-0.001), "0.00");
  assert.equal(formatNumber(NaN), "undefined");
  assert.equal(formatNumber(2 / 3, 4), "0.6667");
});

test("a step is 1, 2 or 5 times a power of ten, and no step less would do", () => {
  for (const range of [0.003, 0.8, 1, 7, 99.5, 12_345])
    for (const most of [5, 50, 60]) {
      const step = roundStep(range, most), digit = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
      assert.ok([1, 2, 5].some((d) => Math.abs(d - digit) < 1e-9), `${step}`);
      assert.ok(range / step <= most * 1.002);
      assert.ok(range / (step / 2.5) > most * 0.99);
    }
});

test("weights are shares; of equal scores and of none, too", () => {
  assert.deepEqual(shares([1, 3]), [0.25, 0.75]);
  assert.deepEqual(shares([0, 0]), [0.5, 0.5]);
  const weights = softmax([Math.log(1), Math.log(3)], 1);
  close(weights[1], 0.75);
  assert.deepEqual(softmax([1e300, -1e300], 0.01), [1, 0]);
  close(effectiveNumber([0.25, 0.25, 0.25, 0.25]), 4);
  close(effectiveNumber([1, 0]), 1);
});

test("quantiles are numpy's", () => {
  // numpy.quantile([1, 2, 4, 8], [0, .1, .5, .9, 1]) is [1, 1.3, 3, 6.8, 8]
  [[0, 1], [0.1, 1.3], [0.5, 3], [0.9, 6.8], [1, 8]].forEach(([q, value]) => close(quantile([1, 2, 4, 8], q), value));
});

test("draws are whole numbers below the limit, all about as frequent, and the same again", () => {
  const rows = new Uint32Array(60_000), again = new Uint32Array(60_000), counts = Array(6).fill(0);
  drawRows(11, rows, 6);
  drawRows(11, again, 6);
  assert.deepEqual(rows, again);
  for (const row of rows) counts[row]++;
  assert.equal(sum(counts), 60_000);
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 5 * Math.sqrt(10_000)); // five standard deviations
});

test("an interval of a share is about four standard errors wide, and holds its own mean", () => {
  const scores = { values: [0, 1], counts: [7, 3], seed: 4 }, n = 400;
  const widths = Array.from({ length: 12 }, (_, i) => intervalOf(scores, n, i)).map(({ mean, low, high }) => {
    assert.ok(low <= mean && mean <= high);
    return (high - low) / (2 * 1.96 * Math.sqrt((mean * (1 - mean)) / n));
  });
  for (const width of widths) close(width, 1, 0.12);
});

test("centring subtracts the mean, and a moved vector is shown where it was put", () => {
  const vectors = [{ label: "u", group: "a", x: 1, y: 0 }, { label: "v", group: "a", x: 0, y: 1 }, { label: "w", group: "a", x: 0, y: 0 }];
  const moved = movedVectors(vectors, true, 1.5, 1, { x: 0.4, y: -0.2 });
  const shown = shownVectors(moved, true)[1];
  close(shown.x, 0.4);
  close(shown.y, -0.2);
  assert.deepEqual([vectors[1].x, vectors[1].y], [0, 1]); // what was given is left as it was
});

test("the nearest vector depends on the metric; ties go to the first, and nothing is nearest to a vector alone", () => {
  const at = (label, x, y) => ({ label, group: "a", x, y });
  const vectors = [at("u", 1, 0), at("same way", 9, 1), at("close by", 0.8, 0.6), at("twin", 0.8, 0.6)];
  assert.equal(nearestLabel(vectors, 0, "cosine"), "same way");
  assert.equal(nearestLabel(vectors, 0, "euclidean"), "close by");
  assert.equal(nearestLabel([at("alone", 1, 1)], 0, "dot"), "none");
});

test("a gauge changes no product of a user with an item", () => {
  const items = [{ label: "i", x: 0.3, y: 2 }, { label: "j", x: 1, y: 0.1 }], users = [{ label: "a", x: -1, y: 0.5 }];
  const [E, C] = [rescaled(items, 0.7), rescaled(users, -0.7)];
  items.forEach((item, i) => close(C[0].x * E[i].x + C[0].y * E[i].y, users[0].x * item.x + users[0].y * item.y));
  assert.equal(nearestByCosine(E, 0).label, "j");
});

test("the principal angle keeps the most variance, and across it the rest", () => {
  const cloud = spread([[0, 0], [2, 1], [4, 2.2], [1, 0.4]]), best = principalAngle(cloud);
  const kept = (angle) => keptShare(cloud, angle);
  for (let angle = 0; angle < 180; angle++) assert.ok(kept(angle) <= kept(best) + 1e-12);
  close(kept(best) + kept(lineAngle(best + 90)), 1);
});

test("accuracies are of the training and of the test points; the majority is that of training", () => {
  const point = (x, label, isTest) => ({ x, y: 0, label, test: isTest, name: "" });
  const points = [point(-1, 0, false), point(1, 1, false), point(2, 0, false), point(3, 1, true)];
  const labels = points.map((p) => p.label);
  assert.deepEqual(accuracies({ x: 1, y: 0, bias: 0 }, points, labels), { train: 2 / 3, test: 1 });
  assert.deepEqual(majorityRule(points, labels), { x: 0, y: 0, bias: -1 });
});

test("a map is stretched alike along both axes, and arrows go to what lies ahead", () => {
  const places = fitted([[0, 0], [10, 0], [10, 5]]);
  close(places[1].x - places[0].x, 400 - 2 * 14);
  close(places[1].y - places[2].y, (400 - 2 * 14) / 2);
  assert.equal(nextPoint(places, 0, [1, 0]), 1);
  assert.equal(nextPoint(places, 1, [0, 1]), 2);
  assert.equal(nextPoint(places, 0, [-1, 0]), undefined);
});
