// The interval: queries are drawn again and again from a list of scores, and each draw gives an interval for their mean.

const N_RESAMPLES = 1000, CONFIDENCE = 0.95, KEPT = 20; // as many draws as the strip shows
const STRIP = { width: 400, height: 400, left: 12, right: 76, top: 32, row: 16 }; // in units of its own viewBox
const STRIDE = 0x6d2b79f5;

/** Fill `rows` with whole numbers below `limit`, and return where the generator ("mulberry32") stands then. */
function drawRows(state, rows, limit) {
  const scale = limit / 2 ** 32;
  for (let i = 0; i < rows.length; i++) {
    state = (state + STRIDE) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    rows[i] = ((mixed ^ (mixed >>> 14)) >>> 0) * scale;
  }
  return state;
}

/** The quantile of sorted numbers, as numpy has it: between two of them it is interpolated. */
function quantile(sorted, share) {
  const place = share * (sorted.length - 1), below = Math.floor(place), rest = place - below;
  return rest ? sorted[below] + rest * (sorted[below + 1] - sorted[below]) : sorted[below];
}

/** Draw n of the scores with replacement, and resample them: their mean, and its percentile interval. The i-th draw is the same for every reader. */
function intervalOf({ values, counts, seed }, n, i) {
  let total = 0;
  const ends = counts.map((count) => (total += count)), rows = new Uint32Array(n);
  // A draw begins where no earlier one has been: it takes fewer than 2 ** 21 numbers.
  let state = drawRows((seed + Math.imul(i << 21, STRIDE)) | 0, rows, total);
  const scores = Float64Array.from(rows, (row) => values[ends.findIndex((end) => row < end)]);
  const meanOf = (chosen) => chosen.reduce((sum, row) => sum + scores[row], 0) / n;
  const means = new Float64Array(N_RESAMPLES), mean = meanOf(rows.map((_, j) => j));
  for (let k = 0; k < N_RESAMPLES; k++) {
    state = drawRows(state, rows, n);
    let sum = 0;
    for (let j = 0; j < n; j++) sum += scores[rows[j]];
    means[k] = sum / n;
  }
  means.sort();
  return { n, mean, low: quantile(means, (1 - CONFIDENCE) / 2), high: quantile(means, (1 + CONFIDENCE) / 2) };
}

/** A step of 1, 2 or 5 times a power of ten, so that a range has at most so many. */
function roundStep(range, most) {
  const power = 10 ** Math.floor(Math.log10(range / most));
  return power * [1, 2, 5, 10].find((times) => times * power >= 0.999 * (range / most));
}

/** The mean of the whole list, which is the truth here; how far the strip reaches on either side, and a step for guesses. */
function scaleOf({ values, counts, sizes }) {
  const total = counts.reduce((a, b) => a + b, 0);
  const mean = (f) => values.reduce((sum, value, i) => sum + counts[i] * f(value), 0) / total;
  const truth = mean((value) => value), error = Math.sqrt(mean((value) => (value - truth) ** 2) / sizes[0]);
  const low = Math.max(values[0], truth - 4 * error), high = Math.min(values.at(-1), truth + 4 * error);
  const step = roundStep(5 * error, 60), digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const x = (value) => STRIP.left + ((value - low) / (high - low)) * (STRIP.width - STRIP.left - STRIP.right);
  return { truth, low, high, step, digits, most: step * Math.ceil((5 * error) / step), x };
}

const rowAt = (i) => STRIP.top + (i + 0.5) * STRIP.row;

/** A bar with a cap at each end. */
const barPath = (from, to, y, cap = 4) => `M${from},${y - cap}V${y + cap}M${from},${y}H${to}M${to},${y - cap}V${y + cap}`;

/** The marks of the axis below the strip. */
function axisMarks({ low, high, x }) {
  const step = roundStep(high - low, 5), digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9)), y = rowAt(KEPT - 0.5) + 4;
  const first = Math.ceil(low / step - 1e-9), ticks = [];
  for (let i = first; i * step <= high + 1e-9 * step; i++) ticks.push(i * step);
  return [svg("path", { class: "eg-axis", d: ticks.map((tick) => `M${x(tick)},${y}v5`).join("") + `M${x(low)},${y}H${x(high)}` }),
    ...ticks.map((tick) => svg("text", { text: formatNumber(tick, digits), x: x(tick), y: y + 19, "text-anchor": "middle" }))];
}

function render({ model, el }) {
  const data = Object.fromEntries(["values", "counts", "sizes", "seed"].map((name) => [name, model.get(name)]));
  const CHANGING = ["n", "guess", "drawn", "tallies"], start = Object.fromEntries(CHANGING.map((name) => [name, model.get(name)]));
  const { sizes } = data, scale = scaleOf(data), { truth, x } = scale, label = model.get("label");
  const whole = (n) => n.toLocaleString("en");
  const shown = (value) => formatNumber(value, scale.digits + 1), holds = ({ low, high }) => low <= truth && truth <= high;
  prepareRoot(el, "eg-interval-widget", "Draw queries, and see the interval of their mean score");

  const guess = html("input", { type: "range", min: 0, max: scale.most, step: scale.step, "aria-label": "your guess: the width of the interval",
    oninput: () => act({ guess: guess.valueAsNumber }) });
  const size = html("input", { type: "range", min: 0, max: sizes.length - 1, step: 1, "aria-label": "how many queries n",
    oninput: () => act({ n: sizes[size.valueAsNumber] }) });
  const guessText = html("output"), sizeText = html("output");
  const button = (text, onclick) => html("button", { type: "button", text, onclick });

  const drawing = svg("svg", { class: "eg-plane eg-strip", viewBox: `0 0 ${STRIP.width} ${STRIP.height}`, role: "img" });
  const guessed = svg("path", { class: "eg-guessed" }), bottom = rowAt(KEPT - 0.5) + 4;
  const guessName = svg("text", { x: STRIP.width - 4, y: 29, "text-anchor": "end" });
  const [bars, dots, notes] = ["eg-bars", "eg-dots", "eg-notes"].map((name) => svg("g", { class: name }));
  drawing.append(...axisMarks(scale), svg("line", { class: "eg-truth", x1: x(truth), x2: x(truth), y1: 20, y2: bottom }),
    svg("text", { text: `truth ${shown(truth)}`, x: x(truth), y: 15, "text-anchor": "middle" }), guessed, guessName, bars, dots, notes,
    svg("text", { text: label, x: (x(scale.low) + x(scale.high)) / 2, y: bottom + 37, "text-anchor": "middle" }));

  const status = html("p", { class: "eg-message" });
  const cells = sizes.map((n) => ({ n, draws: html("td"), held: html("td"), width: html("td") }));
  const heading = (text) => html("th", { scope: "col", text });
  const lines = Array.from({ length: KEPT }, () => html("tr", {}, html("th", { scope: "row" }), ...[1, 2, 3].map(() => html("td"))));
  const group = html("tbody");
  el.append(
    html("div", { class: "eg-controls eg-choices" }, html("label", {}, "guess the width ", guess, guessText),
      html("label", {}, "queries n ", size, sizeText),
      html("span", { class: "eg-buttons" }, button("Draw", () => draw(1)), button("Draw 20", () => draw(20)),
        button("Reset", () => act({ ...start })))),
    status,
    html("div", { class: "eg-frame" }, drawing),
    html("div", { class: "eg-side" },
      html("table", { class: "eg-tally" }, html("caption", { text: "All draws, by the number of queries" }),
        html("thead", {}, html("tr", {}, ...["n", "draws", "hold the truth", "mean width"].map(heading))),
        html("tbody", {}, ...cells.map((c) => html("tr", { "data-n": c.n }, html("th", { scope: "row", text: whole(c.n) }), c.draws, c.held, c.width)))),
      html("details", {}, html("summary", { text: `The last ${KEPT} draws in numbers` }),
        html("table", { class: "eg-list" }, html("thead", {}, html("tr", {}, ...["n", "mean", "interval", "holds the truth"].map(heading))), group))));
  const announce = announcer(el);

  function act(changes) {
    save(model, changes);
    announce(() => status.textContent);
  }
  function draw(times) {
    const n = model.get("n"), tallies = { ...model.get("tallies") };
    const before = Object.values(tallies).reduce((sum, tally) => sum + tally.draws, 0);
    const found = Array.from({ length: times }, (_, i) => intervalOf(data, n, before + i));
    const { draws, held, width } = tallies[n] ?? { draws: 0, held: 0, width: 0 };
    tallies[n] = { draws: draws + times, held: held + found.filter(holds).length,
                   width: found.reduce((sum, { low, high }) => sum + high - low, width) };
    act({ tallies, drawn: [...found.reverse(), ...model.get("drawn")].slice(0, KEPT) });
  }

  /** What the line above the strip says of the draws with this n. */
  function summary(n, guess, tally) {
    const yours = guess ? `your guess ${formatNumber(guess, scale.digits)}` : "no guess yet";
    if (!tally) return guess ? `n = ${whole(n)}: ${yours}. Now draw.` : `n = ${whole(n)}: first guess how wide the interval will be, then draw.`;
    return `n = ${whole(n)}: ${tally.held} of ${tally.draws} intervals hold the truth. Mean width ${shown(tally.width / tally.draws)}, ${yours}.`;
  }

  function show() {
    const n = model.get("n"), guess_ = model.get("guess"), tallies = model.get("tallies"), drawn = model.get("drawn");
    fillField(guess, guess_);
    fillField(size, sizes.indexOf(n));
    furnish(guessText, { text: guess_ ? formatNumber(guess_, scale.digits) : "\u2013" });
    furnish(sizeText, { text: whole(n) });
    size.setAttribute("aria-valuetext", `${whole(n)} queries`);
    guess.setAttribute("aria-valuetext", guess_ ? guessText.textContent : "no guess yet");
    furnish(guessed, { d: guess_ ? barPath(x(truth - guess_ / 2), x(truth + guess_ / 2), 24, 3) : "" });
    furnish(guessName, { text: guess_ ? "your guess" : "" });
    const missed = drawn.map((interval) => !holds(interval)), kind = (i) => (missed[i] ? "eg-b" : "eg-a");
    fillGroup(bars, "path", drawn.map(({ low, high }, i) => ({ class: kind(i), d: barPath(x(low), x(high), rowAt(i)) })));
    fillGroup(dots, "path", drawn.map(({ mean }, i) => ({ class: kind(i), transform: `translate(${x(mean)},${rowAt(i)})`,
      d: missed[i] ? "M0,-6L6,0L0,6L-6,0Z" : "M-4,0A4,4 0 1 0 4,0A4,4 0 1 0 -4,0Z" })));
    fillGroup(notes, "text", drawn.map((_, i) => ({ text: missed[i] ? "misses" : "", x: STRIP.width - 4, y: rowAt(i) + 5, "text-anchor": "end" })));
    furnish(drawing, { "aria-label": drawn.length ? `The last ${drawn.length} intervals: ${missed.filter((m) => !m).length} hold the truth, ${shown(truth)}.`
      : `An empty strip: no draw yet. The truth is ${shown(truth)}.` });
    cells.forEach(({ n, draws, held, width }) => {
      const tally = tallies[n];
      furnish(draws, { text: tally ? tally.draws : "\u2013" });
      furnish(held, { text: tally ? `${tally.held} of ${tally.draws}` : "\u2013" });
      furnish(width, { text: tally ? shown(tally.width / tally.draws) : "\u2013" });
    });
    lines.slice(0, drawn.length).forEach((line, i) => {
      const { n, mean, low, high } = drawn[i], texts = [whole(n), shown(mean), `${shown(low)} to ${shown(high)}`, missed[i] ? "no" : "yes"];
      texts.forEach((text, j) => furnish(line.children[j], { text }));
    });
    group.replaceChildren(...lines.slice(0, drawn.length));
    furnish(status, { text: summary(n, guess_, tallies[n]) });
  }

  show();
  return follow(model, CHANGING, show);
}

export default { render };
