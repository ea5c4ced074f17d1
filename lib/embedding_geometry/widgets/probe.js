// The probe: labelled points in the plane and a separating line, which the reader moves or has fitted.

const NOT_YET = "\u2013";
const WEIGHT_LENGTH = 0.6; // of a fitted line's weight vector, as a share of the extent: its length doesn't move the line

/** log(1 + exp(-m)), without overflow. */
const logLoss = (m) => (m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m);

/** Solve a small system of linear equations by elimination with pivoting. */
function solve(matrix, right) {
  const rows = matrix.map((row, i) => [...row, right[i]]), n = rows.length;
  for (let i = 0; i < n; i++) {
    const pivot = rows.slice(i).reduce((best, row, k) => (Math.abs(row[i]) > Math.abs(rows[best][i]) ? i + k : best), i);
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const factor = rows[j][i] / rows[i][i];
      rows[j] = rows[j].map((value, k) => value - factor * rows[i][k]);
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/**
 * Logistic regression by Newton's method: the weights and the bias with the least
 * C * (sum of log losses) + |w|^2 / 2, as scikit-learn's LogisticRegression(C) has them.
 */
function fitLogistic(points, labels, C) {
  const rows = points.map((p) => [p.x, p.y, 1]), penalty = [1, 1, 0]; // the bias is free
  const score = (theta, row) => row.reduce((sum, value, k) => sum + value * theta[k], 0);
  const loss = (theta) => C * rows.reduce((sum, row, i) => sum + logLoss((labels[i] ? 1 : -1) * score(theta, row)), 0)
    + theta.reduce((sum, value, k) => sum + (penalty[k] * value * value) / 2, 0);
  let theta = [0, 0, 0], now = loss(theta);
  for (let turn = 0; turn < 100; turn++) {
    const gradient = theta.map((value, k) => penalty[k] * value);
    const hessian = penalty.map((value, k) => penalty.map((_, l) => (k === l ? value : 0)));
    rows.forEach((row, i) => {
      const chance = 1 / (1 + Math.exp(-score(theta, row)));
      row.forEach((value, k) => {
        gradient[k] += C * (chance - labels[i]) * value;
        row.forEach((other, l) => { hessian[k][l] += C * chance * (1 - chance) * value * other; });
      });
    });
    const step = solve(hessian, gradient);
    let share = 1, next = theta, then = Infinity;
    for (; share > 1e-6; share /= 2) { // no farther than the loss falls
      next = theta.map((value, k) => value - share * step[k]);
      then = loss(next);
      if (then <= now) break;
    }
    if (!(then <= now)) break;
    const moved = Math.max(...step.map((value) => Math.abs(share * value)));
    [theta, now] = [next, then];
    if (moved < 1e-9) break;
  }
  return { x: theta[0], y: theta[1], bias: theta[2] };
}

/** 1 where the rule says "the second class". */
const verdict = (rule, point) => (ruleValue(rule, point) > 0 ? 1 : 0);

/** The accuracies of a rule on the training and on the test points. */
function accuracies(rule, points, labels) {
  const share = (test) => {
    const right = points.flatMap((p, i) => (p.test === test ? [verdict(rule, p) === labels[i] ? 1 : 0] : []));
    return right.reduce((a, b) => a + b, 0) / right.length;
  };
  return { train: share(false), test: share(true) };
}

/** The rule that always names the class that is commonest in training. */
function majorityRule(points, labels) {
  const training = labels.filter((_, i) => !points[i].test), ones = training.reduce((a, b) => a + b, 0);
  return { x: 0, y: 0, bias: 2 * ones > training.length ? 1 : -1 };
}

/** A step for about fifty stops on either side of zero: 1, 2 or 5 times a power of ten. */
function sliderStep(limit) {
  const power = 10 ** Math.floor(Math.log10(limit / 50));
  return power * [1, 2, 5, 10].find((times) => times * power >= limit / 50);
}

/** The mark of a point: a circle or a square by its class, hollow if it is for testing. */
function markOf(label, test, x, y) {
  const kind = `eg-point eg-${label ? "b" : "a"}${test ? " eg-test" : ""}`;
  return label ? svg("rect", { class: kind, x: x - 5, y: y - 5, width: 10, height: 10 })
    : svg("circle", { class: kind, cx: x, cy: y, r: 5.5 });
}

/** The names of points, of as many as have room for it; those who come first have the choice. */
function namesWithRoom(points, at) {
  const boxes = [];
  return points.flatMap(({ name }, i) => {
    const left = at[i][0] > 0.72 * PLANE_SIZE, width = 7.5 * name.length; // about as wide as the name
    const x = at[i][0] + (left ? -9 : 9), y = Math.max(14, at[i][1] - 5), from = left ? x - width : x;
    if (boxes.some((box) => from < box.from + box.width && box.from < from + width && Math.abs(box.y - y) < 14)) return [];
    boxes.push({ from, width, y });
    return [svg("text", { text: name, x, y, "text-anchor": left ? "end" : "start" })];
  });
}

function render({ model, el }) {
  const KEPT = ["rule", "shown", "shuffled", "fitted", "show_names"];
  const start = Object.fromEntries(KEPT.map((name) => [name, model.get(name)]));
  const points = model.get("points"), extent = model.get("extent"), C = model.get("C");
  const [first, second] = model.get("class_names"), real = points.map((p) => p.label);
  const named = points.some((p) => p.name), scale = planeScale(extent);
  prepareRoot(el, "eg-probe-widget", "A linear probe: a line between two classes of points");

  const drawing = planeDrawing(scale, "Points of two classes and a separating line. Focus the tip of the weight vector and press the arrow keys to turn the line.");
  const line = ruleParts(drawing, scale, "weights of the line", () => model.get("rule"), setRule);
  const [marks, crosses, words] = ["eg-points", "eg-crosses", "eg-words"].map((name) => svg("g", { class: name }));
  const at = points.map((p) => [scale.x(p.x), scale.y(p.y)]), namesOfPoints = named ? namesWithRoom(points, at) : [];
  points.forEach((p) => {
    const cross = svg("path", { class: "eg-wrong" });
    placeCross(cross, scale, p.x, p.y, 8);
    crosses.append(cross);
  });
  drawing.append(...line.ground, marks, crosses, words, ...line.weights, line.handle);

  const step = sliderStep(extent * extent);
  const bias = html("input", { type: "range", min: -50 * step, max: 50 * step, step, "aria-label": "bias b of the line",
    oninput: () => setRule({ bias: bias.valueAsNumber }) });
  const biasText = html("output");
  const withNames = html("input", { type: "checkbox", onchange: () => save(model, { show_names: withNames.checked }) });
  const button = (text, onclick) => html("button", { type: "button", text, onclick });
  const back = button("Real labels", () => act({ shown: 0 }));
  const status = html("p", { class: "eg-message" });
  const row = (text, name) => {
    const values = { train: valueBox(), test: valueBox() };
    const cells = Object.entries(values).map(([part, value]) => html("td", { "data-measure": `${name} ${part}` }, value));
    return { values, row: html("tr", {}, html("th", { scope: "row", text }), ...cells) };
  };
  const rows = { yours: row("your line", "yours"), real: row("line fitted to the real labels", "real"),
                 shuffled: row("line fitted to the shuffled labels", "shuffled"),
                 majority: row("always the commonest class", "majority") };
  const lead = html("p", { class: "eg-lead" }); // real less shuffled
  const heading = (text) => html("th", { scope: "col", text });
  const key = (text, kind) => html("li", {}, html("span", { class: `eg-key ${kind}`, "aria-hidden": "true" }), text);
  const legend = html("ul", { class: "eg-legend" },
    ...[first, second].flatMap((name, i) => ["train", "test"].map((part) => key(`${name}, ${part}`, `eg-${"ab"[i]} eg-${part}`))),
    key(`the rule says ${second}`, "eg-shaded"), key("on the wrong side", "eg-cross"));
  const every = points.map((p, i) => {
    const cells = [html("td", { class: "eg-text" }), html("td", { class: "eg-text", text: p.test ? "test" : "train" }), html("td", { class: "eg-text" })];
    return { cells, row: html("tr", {}, html("th", { scope: "row", text: p.name || `point ${i + 1}` }), ...cells) };
  });
  el.append(framed(drawing), html("div", { class: "eg-side" },
    html("div", { class: "eg-controls" }, html("label", {}, "bias b ", bias, biasText),
      ...(named ? [html("label", {}, withNames, "show the words")] : []),
      button("Fit the line", () => fit()), button("Shuffle the labels", () => shuffle()), back,
      button("Reset", () => act(start))),
    status, legend,
    html("table", { class: "eg-accuracies" }, html("caption", { text: "Accuracy" }),
      html("thead", {}, html("tr", {}, html("td"), heading("train"), heading("test"))),
      html("tbody", {}, ...Object.values(rows).map((r) => r.row))),
    lead,
    html("details", {}, html("summary", { text: "Every point" }), html("div", { class: "eg-every", role: "group", "aria-label": "Every point", tabindex: 0 },
      html("table", { class: "eg-list" },
        html("thead", {}, html("tr", {}, ...["point", "label", "part", "your line says"].map(heading))),
        html("tbody", {}, ...every.map((r) => r.row)))))));
  const announce = announcer(el);

  const labelsOf = (i) => (i === 0 ? real : model.get("shuffles")[i - 1]);
  const training = (list) => list.filter((_, i) => !points[i].test);
  const fits = new Map(); // the line fitted to each labelling, once it is asked for
  function fitTo(i) {
    if (!fits.has(i)) fits.set(i, fitLogistic(training(points), training(labelsOf(i)), C));
    return fits.get(i);
  }
  function act(changes) {
    save(model, changes);
    const { train, test } = rows.yours.values;
    announce(() => `${status.textContent} Your line: train ${train.textContent}, test ${test.textContent}. ${lead.textContent}`);
  }
  function setRule(change) {
    act({ rule: { ...model.get("rule"), ...change } });
  }
  function fit() {
    const found = fitTo(model.get("shown")), times = (WEIGHT_LENGTH * extent) / (norm(found) || 1);
    act({ fitted: true, rule: { x: times * found.x, y: times * found.y, bias: times * found.bias } });
  }
  function shuffle() {
    const next = (model.get("shuffled") % model.get("shuffles").length) + 1;
    act({ shown: next, shuffled: next });
  }

  function tell({ values }, rule, labels) {
    const reached = rule && accuracies(rule, points, labels);
    for (const part of ["train", "test"]) furnish(values[part], { text: reached ? formatNumber(reached[part], 3) : NOT_YET });
    return reached;
  }
  let marked; // the labels that are drawn: a drag doesn't change them
  function draw() {
    const rule = model.get("rule"), shown = model.get("shown"), labels = labelsOf(shown), tried = model.get("shuffled");
    line.place(rule);
    fillField(bias, rule.bias);
    furnish(biasText, { text: formatNumber(rule.bias) });
    if (marked !== labels) marks.replaceChildren(...points.map((p, i) => markOf(labels[i], p.test, ...at[i])));
    marked = labels;
    const said = points.map((p) => verdict(rule, p));
    said.forEach((verdict, i) => furnish(crosses.children[i], { display: verdict === labels[i] ? "none" : "inline" }));
    withNames.checked = model.get("show_names");
    if (words.hasChildNodes() !== withNames.checked) words.replaceChildren(...(withNames.checked ? namesOfPoints : []));
    every.forEach(({ cells }, i) => {
      furnish(cells[0], { text: [first, second][labels[i]] });
      furnish(cells[2], { text: [first, second][said[i]] });
    });
    furnish(status, { text: shown === 0 ? "The labels are the real ones." : `The labels are shuffled (shuffle ${shown} of ${model.get("shuffles").length}).` });
    back.disabled = shown === 0;
    tell(rows.yours, rule, labels);
    tell(rows.majority, majorityRule(points, real), real); // a shuffle leaves the classes as frequent as they were
    const onReal = tell(rows.real, model.get("fitted") && fitTo(0), real);
    const onShuffled = tell(rows.shuffled, tried > 0 && fitTo(tried), labelsOf(tried));
    furnish(lead, { text: onReal && onShuffled
      ? `Test, real less shuffled: ${formatNumber(onReal.test, 3)} \u2212 ${formatNumber(onShuffled.test, 3)} = ${formatNumber(onReal.test - onShuffled.test, 3)}.`
      : "Test, real less shuffled: fit the line and shuffle the labels first." });
  }

  const stop = follow(model, KEPT, draw);
  draw();
  return stop;
}

export default { render };
