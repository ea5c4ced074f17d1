// Numbers beside a drawing are written at once, or in turns while the reader drags.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { beginTurns, endTurns, inTurn } from "../../lib/embedding_geometry/widgets/browser/turns.js";

let frames;
beforeEach(() => {
  frames = [];
  globalThis.requestAnimationFrame = (callback) => frames.push(callback);
});
const nextFrame = () => frames.splice(0).forEach((callback) => callback());

/** Eight parts of a page, and what has been written into them. */
function page() {
  const written = Array(8).fill("");
  const parts = written.map(() => ({}));
  return { written, write: (text) => parts.forEach((part, i) => inTurn(part, () => { written[i] = text; })) };
}

test("without a drag everything is written at once", () => {
  const { written, write } = page();
  write("a");
  assert.deepEqual(written, Array(8).fill("a"));
  assert.equal(frames.length, 0);
});

test("in a drag each part is written within four frames, however often it changes", () => {
  const { written, write } = page();
  beginTurns();
  for (let step = 0; step < 8; step++) {
    write(step);
    nextFrame();
    assert.ok(written.filter((text) => text === step).length <= 2);
    if (step >= 3) assert.ok(written.every((text) => step - text < 4), written.join());
  }
  while (frames.length) nextFrame(); // the hand rests
  assert.deepEqual(written, Array(8).fill(7));
  endTurns();
});

test("when the reader lets go all of it is written, once", () => {
  const { written, write } = page();
  beginTurns();
  write("b");
  endTurns();
  assert.deepEqual(written, Array(8).fill("b"));
  write("c");
  while (frames.length) nextFrame();
  assert.deepEqual(written, Array(8).fill("c"));
});
