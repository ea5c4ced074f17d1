// The interval: queries are drawn again and again from a list of scores, and each draw gives an interval for their mean.
import { fillField, fillGroup, furnish, html, svg } from "./elements.js";
import { formatNumber, roundStep, sum } from "./numbers.js";
import { intervalOf } from "./resampling.js";
import { columnHeading } from "./tables.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./resampling.js").Interval} Interval */
/** @typedef {import("./resampling.js").Scores & { sizes: number[] }} Data */
/** @typedef {{ draws: number, held: number, width: number }} Tally */

const KEPT = 20; // as many draws as the strip shows
const STRIP = { width: 400, height: 400, left: 12, right: 76, top: 32, row: 16 }; // in units of its own viewBox

/** @param {number} step */
const digitsOf = (step) => Math.max(0, -Math.floor(Math.log10(step) + 1e-9));

/**
 * The mean of the whole list, which is the truth here; how far the strip reaches on either side, and a step for guesses.
 * @param {Data} data
 */
export function scaleOf({ values, counts, sizes }) {
  const mean = (/** @type {(value: number) => number} */ f) => sum(values.map((value, i) => counts[i] * f(value))) / sum(counts);
  const truth = mean((value) => value), error = Math.sqrt(mean((value) => (value - truth) ** 2) / sizes[0]);
  const low = Math.max(values[0], truth - 4 * error), high = Math.min(values[values.length - 1], truth + 4 * error);
  const step = roundStep(5 * error, 60);
  const x = (/** @type {number} */ value) => STRIP.left + ((value - low) / (high - low)) * (STRIP.width - STRIP.left - STRIP.right);
  return { truth, low, high, step, digits: digitsOf(step), most: step * Math.ceil((5 * error) / step), x };
}

/** @param {number} i */
const rowAt = (i) => STRIP.top + (i + 0.5) * STRIP.row;

/**
 * A bar with a cap at each end.
 * @param {number} from
 * @param {number} to
 * @param {number} y
 * @param {number} [cap]
 */
const barPath = (from, to, y, cap = 4) => `M${from},${y - cap}V${y + cap}M${from},${y}H${to}M${to},${y - cap}V${y + cap}`;

/**
 * The marks of the axis below the strip.
 * @param {ReturnType<typeof scaleOf>} scale
 */
function axisMarks({ low, high, x }) {
  const step = roundStep(high - low, 5), y = rowAt(KEPT - 0.5) + 4, ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) ticks.push(i * step);
  return [svg("path", { class: "eg-axis", d: ticks.map((tick) => `M${x(tick)},${y}v5`).join("") + `M${x(low)},${y}H${x(high)}` }),
    ...ticks.map((tick) => svg("text", { text: formatNumber(tick, digitsOf(step)), x: x(tick), y: y + 19, "text-anchor": "middle" }))];
}

/** @param {View} view */
function render({ model, el }) {
  const data = /** @type {Data} */ (Object.fromEntries(["values", "counts", "sizes", "seed"].map((name) => [name, model.get(name)])));
  const CHANGING = ["n", "guess", "drawn", "tallies"], start = Object.fromEntries(CHANGING.map((name) => [name, model.get(name)]));
  const { sizes } = data, scale = scaleOf(data), { truth, x } = scale, label = model.get("label");
  const whole = (/** @type {number} */ n) => n.toLocaleString("en");
  const shown = (/** @type {number} */ value) => formatNumber(value, scale.digits + 1);
  const holds = (/** @type {Interval} */ { low, high }) => low <= truth && truth <= high;
  prepareRoot(el, "eg-interval-widget", "Draw queries, and see the interval of their mean score");

  const guess = html("input", { type: "range", min: 0, max: scale.most, step: scale.step, "aria-label": "your guess: the width of the interval",
    oninput: () => act({ guess: guess.valueAsNumber }) });
  const size = html("input", { type: "range", min: 0, max: sizes.length - 1, step: 1, "aria-label": "how many queries n",
    oninput: () => act({ n: sizes[size.valueAsNumber] }) });
  const guessText = html("output"), sizeText = html("output");
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => html("button", { type: "button", text, onclick });

  const drawing = svg("svg", { class: "eg-plane eg-strip", viewBox: `0 0 ${STRIP.width} ${STRIP.height}`, role: "img" });
  const guessed = svg("path", { class: "eg-guessed" }), bottom = rowAt(KEPT - 0.5) + 4;
  const guessName = svg("text", { x: STRIP.width - 4, y: 29, "text-anchor": "end" });
  const [bars, dots, notes] = ["eg-bars", "eg-dots", "eg-notes"].map((name) => svg("g", { class: name }));
  drawing.append(...axisMarks(scale), svg("line", { class: "eg-truth", x1: x(truth), x2: x(truth), y1: 20, y2: bottom }),
    svg("text", { text: `truth ${shown(truth)}`, x: x(truth), y: 15, "text-anchor": "middle" }), guessed, guessName, bars, dots, notes,
    svg("text", { text: label, x: (x(scale.low) + x(scale.high)) / 2, y: bottom + 37, "text-anchor": "middle" }));

  const status = html("p", { class: "eg-message" });
  const cells = sizes.map((n) => ({ n, draws: html("td"), held: html("td"), width: html("td") }));
  const lines = Array.from({ length: KEPT }, () => html("tr", {}, html("th", { scope: "row" }), html("td"), html("td"), html("td")));
  const listed = html("tbody");
  el.append(
    html("div", { class: "eg-controls eg-choices" }, html("label", {}, "guess the width ", guess, guessText),
      html("label", {}, "queries n ", size, sizeText),
      html("span", { class: "eg-buttons" }, button("Draw", () => draw(1)), button("Draw 20", () => draw(20)),
        button("Reset", () => act({ ...start })))),
    status,
    html("div", { class: "eg-frame" }, drawing),
    html("div", { class: "eg-side" },
      html("table", { class: "eg-tally" }, html("caption", { text: "All draws, by the number of queries" }),
        html("thead", {}, html("tr", {}, ...["n", "draws", "hold the truth", "mean width"].map(columnHeading))),
        html("tbody", {}, ...cells.map((c) => html("tr", { "data-n": c.n }, html("th", { scope: "row", text: whole(c.n) }), c.draws, c.held, c.width)))),
      html("details", {}, html("summary", { text: `The last ${KEPT} draws in numbers` }),
        html("table", { class: "eg-list" }, html("thead", {}, html("tr", {}, ...["n", "mean", "interval", "holds the truth"].map(columnHeading))), listed))));
  const announce = announcer(el);

  /** @param {Record<string, any>} changes */
  function act(changes) {
    save(model, changes);
    announce(() => status.textContent ?? "");
  }
  /** @param {number} times */
  function draw(times) {
    /** @type {Record<string, Tally>} */
    const tallies = { ...model.get("tallies") };
    const n = model.get("n"), before = sum(Object.values(tallies).map((tally) => tally.draws));
    const found = Array.from({ length: times }, (_, i) => intervalOf(data, n, before + i));
    const { draws, held, width } = tallies[n] ?? { draws: 0, held: 0, width: 0 };
    tallies[n] = { draws: draws + times, held: held + found.filter(holds).length,
                   width: width + sum(found.map(({ low, high }) => high - low)) };
    act({ tallies, drawn: [...found.reverse(), ...model.get("drawn")].slice(0, KEPT) });
  }

  /**
   * What the line above the strip says of the draws with this n.
   * @param {number} n
   * @param {number} guessedWidth
   * @param {Tally | undefined} tally
   */
  function summary(n, guessedWidth, tally) {
    const yours = guessedWidth ? `your guess ${formatNumber(guessedWidth, scale.digits)}` : "no guess yet";
    if (!tally) return guessedWidth ? `n = ${whole(n)}: ${yours}. Now draw.` : `n = ${whole(n)}: first guess how wide the interval will be, then draw.`;
    return `n = ${whole(n)}: ${tally.held} of ${tally.draws} intervals hold the truth. Mean width ${shown(tally.width / tally.draws)}, ${yours}.`;
  }

  function show() {
    const n = model.get("n"), width = model.get("guess");
    /** @type {Record<string, Tally>} */
    const tallies = model.get("tallies");
    /** @type {Interval[]} */
    const drawn = model.get("drawn");
    fillField(guess, width);
    fillField(size, sizes.indexOf(n));
    furnish(guessText, { text: width ? formatNumber(width, scale.digits) : "\u2013" });
    furnish(sizeText, { text: whole(n) });
    size.setAttribute("aria-valuetext", `${whole(n)} queries`);
    guess.setAttribute("aria-valuetext", width ? guessText.textContent : "no guess yet");
    furnish(guessed, { d: width ? barPath(x(truth - width / 2), x(truth + width / 2), 24, 3) : "" });
    furnish(guessName, { text: width ? "your guess" : "" });
    const missed = drawn.map((interval) => !holds(interval)), kind = (/** @type {number} */ i) => (missed[i] ? "eg-b" : "eg-a");
    fillGroup(bars, "path", drawn.map(({ low, high }, i) => ({ class: kind(i), d: barPath(x(low), x(high), rowAt(i)) })));
    fillGroup(dots, "path", drawn.map(({ mean }, i) => ({ class: kind(i), transform: `translate(${x(mean)},${rowAt(i)})`,
      d: missed[i] ? "M0,-6L6,0L0,6L-6,0Z" : "M-4,0A4,4 0 1 0 4,0A4,4 0 1 0 -4,0Z" })));
    fillGroup(notes, "text", drawn.map((_, i) => ({ text: missed[i] ? "misses" : "", x: STRIP.width - 4, y: rowAt(i) + 5, "text-anchor": "end" })));
    furnish(drawing, { "aria-label": drawn.length ? `The last ${drawn.length} intervals: ${missed.filter((m) => !m).length} hold the truth, ${shown(truth)}.`
      : `An empty strip: no draw yet. The truth is ${shown(truth)}.` });
    for (const cell of cells) {
      const tally = tallies[cell.n];
      furnish(cell.draws, { text: tally ? tally.draws : "\u2013" });
      furnish(cell.held, { text: tally ? `${tally.held} of ${tally.draws}` : "\u2013" });
      furnish(cell.width, { text: tally ? shown(tally.width / tally.draws) : "\u2013" });
    }
    drawn.forEach((interval, i) => {
      const texts = [whole(interval.n), shown(interval.mean), `${shown(interval.low)} to ${shown(interval.high)}`, missed[i] ? "no" : "yes"];
      texts.forEach((text, j) => furnish(lines[i].children[j], { text }));
    });
    listed.replaceChildren(...lines.slice(0, drawn.length));
    furnish(status, { text: summary(n, width, tallies[n]) });
  }

  show();
  return follow(model, CHANGING, show);
}

export default { render };
