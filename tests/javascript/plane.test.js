// The geometry of the plane: vectors, linear rules, scales and names.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleShapes, ruleValue } from "../../lib/embedding_geometry/widgets/browser/linear_rules.js";
import { PLANE_SIZE, placeOfName, planeScale } from "../../lib/embedding_geometry/widgets/browser/plane_scale.js";
import { convexHull, cosine, distance, dot, meanOf, norm, weightedSum } from "../../lib/embedding_geometry/widgets/browser/vectors.js";

const close = (found, expected) => assert.ok(Math.abs(found - expected) < 1e-12, `${found} is not ${expected}`);

test("products, norms, cosines and distances are those of a 3-4-5 triangle", () => {
  const u = { x: 3, y: 4 }, v = { x: 4, y: 3 };
  assert.equal(norm(u), 5);
  assert.equal(dot(u, v), 24);
  close(cosine(u, v), 24 / 25);
  close(distance(u, v), Math.SQRT2);
});

test("a vector of length zero has no cosine, and rounding takes none beyond one", () => {
  assert.ok(Number.isNaN(cosine({ x: 0, y: 0 }, { x: 1, y: 0 })));
  for (let i = 1; i < 200; i++) {
    const u = { x: Math.cos(i), y: Math.sin(i) };
    assert.ok(cosine(u, { x: 3 * u.x, y: 3 * u.y }) <= 1);
  }
});

test("means and weighted sums go by coordinates", () => {
  const vectors = [{ x: 1, y: 0 }, { x: 3, y: 6 }];
  assert.deepEqual(meanOf(vectors), { x: 2, y: 3 });
  assert.deepEqual(weightedSum(vectors, [0.5, 2]), { x: 6.5, y: 12 });
});

test("the hull of a square leaves out what lies inside and on its sides", () => {
  const square = [{ x: 0, y: 0 }, { x: 2, y: 0 }, { x: 2, y: 2 }, { x: 0, y: 2 }];
  const hull = convexHull([...square, { x: 1, y: 1 }, { x: 1, y: 0 }]);
  assert.equal(hull.length, 4);
  for (const corner of square) assert.ok(hull.some((p) => p.x === corner.x && p.y === corner.y));
});

test("a plane's scale turns upwards into downwards, and comes back", () => {
  const scale = planeScale(2);
  assert.equal(scale.x(-2), 0);
  assert.equal(scale.y(-2), PLANE_SIZE);
  assert.deepEqual(scale.toPlane({ x: scale.x(0.5), y: scale.y(-1.25) }), [0.5, -1.25]);
});

test("a rule's line and its part end at the plane's edge", () => {
  const { ends, part } = ruleShapes({ x: 1, y: 0, bias: -0.5 }, 1); // x > 1/2
  assert.deepEqual(ends.map((e) => e.x), [0.5, 0.5]);
  assert.deepEqual(ends.map((e) => e.y).sort(), [-1, 1]);
  assert.deepEqual([...new Set(part.map((p) => p.x))].sort(), [0.5, 1]);
});

test("both ends lie on the line of any rule that crosses the plane", () => {
  for (let i = 0; i < 300; i++) {
    const rule = { x: Math.cos(i), y: Math.sin(i), bias: 1.2 * Math.sin(7 * i) };
    const { ends } = ruleShapes(rule, 1.5);
    for (const end of ends) {
      close(ruleValue(rule, end), 0);
      assert.ok(Math.max(Math.abs(end.x), Math.abs(end.y)) <= 1.5 + 1e-12);
    }
    assert.ok(ends.length === 2 || ends.length === 0);
  }
});

test("a rule beyond the plane has no line, and all of the plane or nothing as its part", () => {
  assert.deepEqual(ruleShapes({ x: 1, y: 0, bias: 9 }, 1).ends, []);
  assert.equal(ruleShapes({ x: 1, y: 0, bias: 9 }, 1).part.length, 4);
  assert.deepEqual(ruleShapes({ x: 1, y: 0, bias: -9 }, 1).part, []);
});

test("a name stands beyond its tip, inside the drawing, and away from a near tip", () => {
  const scale = planeScale(1.5), tip = { x: 1, y: 0 };
  assert.ok(placeOfName(scale, tip, [], 10).x > scale.x(1));
  for (const v of [{ x: 1.5, y: 1.5 }, { x: -1.5, y: -1.5 }, { x: 0, y: 0 }]) {
    const { x, y } = placeOfName(scale, v, [], 30);
    assert.ok(x >= 30 && x <= PLANE_SIZE - 30 && y >= 16 && y <= PLANE_SIZE - 6);
  }
  const above = placeOfName(scale, tip, [{ x: 1, y: -0.1 }], 10), below = placeOfName(scale, tip, [{ x: 1, y: 0.1 }], 10);
  assert.ok(above.y < below.y);
});

test("points can be put on a hundredth of a unit, and on a small plane on a hundredth of that", () => {
  assert.deepEqual([1.5, 2.3, 40].map((extent) => planeScale(extent).perUnit), [100, 100, 100]);
  assert.deepEqual([1.5, 1e-6].map((extent) => planeScale(extent).digits), [2, 8]);
  assert.equal(planeScale(1e-6).perUnit, 1e8);
});
