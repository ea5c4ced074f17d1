// The word explorer: neighbours of a word, and analogies, over the words of the course.

const METRICS = {
  cosine: { name: "cosine", column: "cosine", shown: (score) => score },
  dot: { name: "dot product", column: "dot product", shown: (score) => score },
  euclidean: { name: "Euclidean distance", column: "distance", shown: (score) => -score },
};
const EXAMPLE_QUESTIONS = [["king", "man", "woman"], ["paris", "france", "italy"], ["doctor", "man", "woman"]];

/** The unit vectors of a, minus b, plus c: the query of the offset method (3CosAdd). */
function analogyQuery(data, [a, b, c]) {
  const query = new Float64Array(data.width);
  for (const [row, sign] of [[a, 1], [b, -1], [c, 1]])
    wordVector(data, row).forEach((value, j) => { query[j] += (sign * value) / data.norms[row]; });
  return query;
}

function render({ model, el }) {
  prepareRoot(el, "eg-words-widget", "The word explorer");
  const results = html("table", { class: "eg-results", hidden: true }), modes = model.get("modes");
  const word = wordField(model, "word", "word ");
  const abc = [wordField(model, "a", "a "), wordField(model, "b", "\u2212 b "), wordField(model, "c", "+ c ")];
  const { panel, message, announce, choice, rowsOf, loadWhenSeen } = wordPanel(model, el, "eg-words-panel", [word, ...abc], results);
  let data = null;

  const metric = html("select", { onchange: () => save(model, { metric: metric.value }) },
    ...Object.entries(METRICS).map(([value, { name }]) => html("option", { value, text: name })));
  const exclude = html("input", { type: "checkbox", onchange: () => save(model, { exclude_inputs: exclude.checked }) });
  const modeName = uniqueId("mode");
  const modeButtons = Object.entries({ neighbors: "neighbours", analogy: "analogy a \u2212 b + c" })
    .filter(([mode]) => modes.includes(mode))
    .map(([value, text]) => {
      const input = html("input", { type: "radio", name: modeName, value, onchange: () => save(model, { mode: value }) });
      return { input, label: html("label", {}, input, text) };
    });
  const modeRow = html("div", { class: "eg-controls", role: "radiogroup", "aria-label": "what to look for" },
    ...modeButtons.map((b) => b.label));
  const neighborRow = html("div", { class: "eg-controls" }, word.label, html("label", {}, "by ", metric));
  const analogyRow = html("div", { class: "eg-controls" }, ...abc.map((f) => f.label),
    html("label", {}, exclude, "leave out a, b and c"),
    ...EXAMPLE_QUESTIONS.map(([a, b, c]) => html("button", { type: "button", text: `${a} \u2212 ${b} + ${c}`,
      onclick: () => save(model, { a, b, c }) })));
  panel.append(...(modes.length > 1 ? [modeRow] : []), neighborRow, analogyRow, message, results);
  el.append(panel);

  function draw() {
    const mode = model.get("mode"), analogy = mode === "analogy";
    neighborRow.hidden = analogy;
    analogyRow.hidden = !analogy;
    for (const { input } of modeButtons) input.checked = input.value === mode;
    for (const { input, trait } of [word, ...abc]) input.value = model.get(trait);
    metric.value = model.get("metric");
    exclude.checked = model.get("exclude_inputs");
    if (!data) return;
    const rows = rowsOf(data, analogy ? abc : [word]);
    if (!rows) return;
    const by = analogy ? "cosine" : model.get("metric");
    const query = analogy ? analogyQuery(data, rows) : wordVector(data, rows[0]);
    const scores = closenessToAll(data, query, by);
    showResults(bestRows(scores, model.get("k"), analogy && !model.get("exclude_inputs") ? [] : rows), scores, by,
      analogy ? `${model.get("a")} \u2212 ${model.get("b")} + ${model.get("c")}` : model.get("word"));
  }

  function showResults(best, scores, by, asked) {
    const { column, shown, name } = METRICS[by];
    const values = best.map((row) => shown(scores[row])), largest = Math.max(...values.map(Math.abs));
    results.replaceChildren(
      html("caption", { text: `Nearest to ${asked} by ${name}` }),
      html("thead", {}, html("tr", {}, html("th", { scope: "col", text: "word" }), html("th", { scope: "col", text: column }),
        html("td", { "aria-hidden": "true" }))),
      html("tbody", {}, ...best.map((row, i) => html("tr", {},
        html("th", { scope: "row" }, modes.includes("neighbors")
          ? choice(data.words[row], () => save(model, { mode: "neighbors", word: data.words[row] })) : data.words[row]),
        html("td", { text: formatNumber(values[i], 3) }),
        html("td", { class: "eg-bar", "aria-hidden": "true" }, fillBar(html("span"), Math.max(0, values[i] / largest)))))));
    announce(() => `${asked}: ${best.slice(0, 3).map((row, i) => `${data.words[row]} ${formatNumber(values[i], 3)}`).join(", ")}`);
  }

  const stop = follow(model, ["mode", "word", "a", "b", "c", "metric", "exclude_inputs", "k"], draw);
  draw();
  const stopWaiting = loadWhenSeen((words) => { data = words; draw(); });
  return () => { stop(); stopWaiting(); };
}

export default { render };
