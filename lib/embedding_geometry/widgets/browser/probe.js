// The probe: labelled points in the plane and a separating line, which the reader moves or takes from the fits that Python made.
import { fillField, furnish, html, svg } from "./elements.js";
import { ruleValue } from "./linear_rules.js";
import { formatNumber, roundStep, sum } from "./numbers.js";
import { framed, placeCross, planeDrawing, ruleParts } from "./plane_drawing.js";
import { PLANE_SIZE, planeScale } from "./plane_scale.js";
import { columnHeading, valueBox } from "./tables.js";
import { inTurn } from "./turns.js";
import { norm } from "./vectors.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./linear_rules.js").Rule} Rule */
/** @typedef {import("./vectors.js").Vector & { label: number, test: boolean, name: string }} Point */

const NOT_YET = "\u2013";
const WEIGHT_LENGTH = 0.6; // of a fitted line's weight vector, as a share of the extent: its length doesn't move the line
const PARTS = /** @type {const} */ (["train", "test"]);

/**
 * 1 where the rule says "the second class".
 * @param {Rule} rule
 * @param {Point} point
 */
const verdict = (rule, point) => (ruleValue(rule, point) > 0 ? 1 : 0);

/**
 * The accuracies of a rule on the training and on the test points.
 * @param {Rule} rule
 * @param {Point[]} points
 * @param {number[]} labels
 */
export function accuracies(rule, points, labels) {
  const share = (/** @type {boolean} */ test) => {
    const right = points.flatMap((p, i) => (p.test === test ? [verdict(rule, p) === labels[i] ? 1 : 0] : []));
    return sum(right) / right.length;
  };
  return { train: share(false), test: share(true) };
}

/**
 * The rule that always names the class that is commonest in training.
 * @param {Point[]} points
 * @param {number[]} labels
 */
export function majorityRule(points, labels) {
  const training = labels.filter((_, i) => !points[i].test);
  return { x: 0, y: 0, bias: 2 * sum(training) > training.length ? 1 : -1 };
}

/**
 * The mark of a point: a circle or a square by its class, hollow if it is for testing.
 * @param {number} label
 * @param {boolean} test
 * @param {number} x
 * @param {number} y
 */
function markOf(label, test, x, y) {
  const kind = `eg-point eg-${label ? "b" : "a"}${test ? " eg-test" : ""}`;
  return label ? svg("rect", { class: kind, x: x - 5, y: y - 5, width: 10, height: 10 })
    : svg("circle", { class: kind, cx: x, cy: y, r: 5.5 });
}

/**
 * The names of points, of as many as have room for it; those who come first have the choice.
 * @param {Point[]} points
 * @param {[number, number][]} at
 */
function namesWithRoom(points, at) {
  /** @type {{ from: number, width: number, y: number }[]} */
  const boxes = [];
  return points.flatMap(({ name }, i) => {
    const left = at[i][0] > 0.72 * PLANE_SIZE, width = 7.5 * name.length; // about as wide as the name
    const x = at[i][0] + (left ? -9 : 9), y = Math.max(14, at[i][1] - 5), from = left ? x - width : x;
    if (boxes.some((box) => from < box.from + box.width && box.from < from + width && Math.abs(box.y - y) < 14)) return [];
    boxes.push({ from, width, y });
    return [svg("text", { text: name, x, y, "text-anchor": left ? "end" : "start" })];
  });
}

/** @param {View} view */
function render({ model, el }) {
  const KEPT = ["rule", "shown", "shuffled", "fitted", "show_names"];
  const start = Object.fromEntries(KEPT.map((name) => [name, model.get(name)]));
  /** @type {Point[]} */
  const points = model.get("points");
  /** @type {Rule[]} */
  const fits = model.get("fits"); // the first to the real labels, the others to the shuffles
  const extent = model.get("extent"), [first, second] = model.get("class_names"), real = points.map((p) => p.label);
  const named = points.some((p) => p.name), scale = planeScale(extent);
  prepareRoot(el, "eg-probe-widget", "A linear probe: a line between two classes of points");

  const drawing = planeDrawing(scale, "Points of two classes and a separating line. Focus the tip of the weight vector and press the arrow keys to turn the line.");
  const line = ruleParts(drawing, scale, "weights of the line", () => model.get("rule"), setRule);
  const [marks, crosses, words] = ["eg-points", "eg-crosses", "eg-words"].map((name) => svg("g", { class: name }));
  const at = points.map((p) => /** @type {[number, number]} */ ([scale.x(p.x), scale.y(p.y)]));
  const namesOfPoints = named ? namesWithRoom(points, at) : [];
  for (const point of points) {
    const cross = svg("path", { class: "eg-wrong" });
    placeCross(cross, scale, point, 8);
    crosses.append(cross);
  }
  drawing.append(...line.ground, marks, crosses, words, ...line.weights, line.handle);

  const step = roundStep(extent * extent, 50);
  const bias = html("input", { type: "range", min: -50 * step, max: 50 * step, step, "aria-label": "bias b of the line",
    oninput: () => setRule({ bias: bias.valueAsNumber }) });
  const biasText = html("output");
  const withNames = html("input", { type: "checkbox", onchange: () => save(model, { show_names: withNames.checked }) });
  const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => html("button", { type: "button", text, onclick });
  const back = button("Real labels", () => act({ shown: 0 }));
  const status = html("p", { class: "eg-message" });
  const row = (/** @type {string} */ text, /** @type {string} */ name) => {
    const values = { train: valueBox(), test: valueBox() };
    const cells = PARTS.map((part) => html("td", { "data-measure": `${name} ${part}` }, values[part]));
    return { values, row: html("tr", {}, html("th", { scope: "row", text }), ...cells) };
  };
  const rows = { yours: row("your line", "yours"), real: row("line fitted to the real labels", "real"),
                 shuffled: row("line fitted to the shuffled labels", "shuffled"),
                 majority: row("always the commonest class", "majority") };
  const lead = html("p", { class: "eg-lead" }); // real less shuffled
  const key = (/** @type {string} */ text, /** @type {string} */ kind) =>
    html("li", {}, html("span", { class: `eg-key ${kind}`, "aria-hidden": "true" }), text);
  const legend = html("ul", { class: "eg-legend" },
    ...[first, second].flatMap((name, i) => PARTS.map((part) => key(`${name}, ${part}`, `eg-${"ab"[i]} eg-${part}`))),
    key(`the rule says ${second}`, "eg-shaded"), key("on the wrong side", "eg-cross"));
  const every = points.map((p, i) => {
    const label = html("td", { class: "eg-text" }), said = html("td", { class: "eg-text" });
    const part = html("td", { class: "eg-text", text: p.test ? "test" : "train" });
    return { label, said, row: html("tr", {}, html("th", { scope: "row", text: p.name || `point ${i + 1}` }), label, part, said) };
  });
  el.append(framed(drawing), html("div", { class: "eg-side" },
    html("div", { class: "eg-controls" }, html("label", {}, "bias b ", bias, biasText),
      ...(named ? [html("label", {}, withNames, "show the words")] : []),
      button("Fit the line", () => fit()), button("Shuffle the labels", () => shuffle()), back,
      button("Reset", () => act(start))),
    status, legend,
    html("table", { class: "eg-accuracies" }, html("caption", { text: "Accuracy" }),
      html("thead", {}, html("tr", {}, html("td"), ...PARTS.map(columnHeading))),
      html("tbody", {}, ...Object.values(rows).map((r) => r.row))),
    lead,
    html("details", {}, html("summary", { text: "Every point" }), html("div", { class: "eg-every", role: "group", "aria-label": "Every point", tabindex: 0 },
      html("table", { class: "eg-list" },
        html("thead", {}, html("tr", {}, ...["point", "label", "part", "your line says"].map(columnHeading))),
        html("tbody", {}, ...every.map((r) => r.row)))))));
  const announce = announcer(el);

  /** @type {(i: number) => number[]} */
  const labelsOf = (i) => (i === 0 ? real : model.get("shuffles")[i - 1]);
  /** @param {Record<string, any>} changes */
  function act(changes) {
    save(model, changes);
    const { train, test } = rows.yours.values;
    announce(() => `${status.textContent} Your line: train ${train.textContent}, test ${test.textContent}. ${lead.textContent}`);
  }
  /** @param {object} change */
  function setRule(change) {
    act({ rule: { ...model.get("rule"), ...change } });
  }
  function fit() {
    const found = fits[model.get("shown")], times = (WEIGHT_LENGTH * extent) / (norm(found) || 1);
    act({ fitted: true, rule: { x: times * found.x, y: times * found.y, bias: times * found.bias } });
  }
  function shuffle() {
    const next = (model.get("shuffled") % model.get("shuffles").length) + 1;
    act({ shown: next, shuffled: next });
  }

  /**
   * @param {{ values: Record<"train" | "test", HTMLElement> }} row
   * @param {Rule | null} rule
   * @param {number[]} labels
   */
  function tell({ values }, rule, labels) {
    const reached = rule && accuracies(rule, points, labels);
    for (const part of PARTS) inTurn(values[part], () => furnish(values[part], { text: reached ? formatNumber(reached[part], 3) : NOT_YET }));
    return reached;
  }
  /** @type {number[]} */
  let marked; // the labels that are drawn: a drag doesn't change them
  function draw() {
    const rule = model.get("rule"), shown = model.get("shown"), labels = labelsOf(shown), tried = model.get("shuffled");
    line.place(rule);
    fillField(bias, rule.bias);
    furnish(biasText, { text: formatNumber(rule.bias) });
    if (marked !== labels) marks.replaceChildren(...points.map((p, i) => markOf(labels[i], p.test, ...at[i])));
    marked = labels;
    withNames.checked = model.get("show_names");
    if (words.hasChildNodes() !== withNames.checked) words.replaceChildren(...(withNames.checked ? namesOfPoints : []));
    every.forEach(({ label, said, row: listed }, i) => {
      const says = verdict(rule, points[i]);
      furnish(crosses.children[i], { display: says === labels[i] ? "none" : "inline" });
      inTurn(listed, () => {
        furnish(label, { text: [first, second][labels[i]] });
        furnish(said, { text: [first, second][says] });
      });
    });
    furnish(status, { text: shown === 0 ? "The labels are the real ones." : `The labels are shuffled (shuffle ${shown} of ${model.get("shuffles").length}).` });
    back.disabled = shown === 0;
    tell(rows.yours, rule, labels);
    tell(rows.majority, majorityRule(points, real), real); // a shuffle leaves the classes as frequent as they were
    const onReal = tell(rows.real, model.get("fitted") ? fits[0] : null, real);
    const onShuffled = tell(rows.shuffled, tried > 0 ? fits[tried] : null, labelsOf(tried));
    furnish(lead, { text: onReal && onShuffled
      ? `Test, real less shuffled: ${formatNumber(onReal.test, 3)} \u2212 ${formatNumber(onShuffled.test, 3)} = ${formatNumber(onReal.test - onShuffled.test, 3)}.`
      : "Test, real less shuffled: fit the line and shuffle the labels first." });
  }

  const stop = follow(model, KEPT, draw);
  draw();
  return stop;
}

export default { render };
