// While the reader drags, the drawing follows the hand in every frame, and the numbers beside it are written in turns.

const TURNS = 4; // frames in which every number has had its turn

/** @type {Map<Element, () => void>} */
const waiting = new Map(); // what is still to be written, for each part of a page
let dragging = false, frame = 0;

/**
 * Write a part of a page: now, or while the reader drags in one of the next frames. All parts together would take longer than the drawing.
 * @param {Element} part
 * @param {() => void} write
 */
export function inTurn(part, write) {
  if (!dragging) return write();
  waiting.set(part, write);
  frame ||= requestAnimationFrame(takeTurn);
}

function takeTurn() {
  frame = 0;
  writeSome(Math.ceil(waiting.size / TURNS));
  if (waiting.size) frame = requestAnimationFrame(takeTurn);
}

/** @param {number} count */
function writeSome(count) {
  for (const [part, write] of [...waiting].slice(0, count)) {
    waiting.delete(part);
    write();
  }
}

export function beginTurns() {
  dragging = true;
}

/** The reader let go: everything is written at once. */
export function endTurns() {
  dragging = false;
  writeSome(waiting.size);
}
