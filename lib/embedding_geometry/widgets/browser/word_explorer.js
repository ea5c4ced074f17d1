// The word explorer: neighbours of a word, and analogies, over the words of the course.
import { furnish, html, uniqueId } from "./elements.js";
import { formatNumber } from "./numbers.js";
import { columnHeading, fillBar } from "./tables.js";
import { follow, prepareRoot, save } from "./widget.js";
import { wordField, wordPanel } from "./word_panel.js";
import { analogyQuery, bestRows, closenessToAll, wordVector } from "./word_vectors.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./word_vectors.js").Words} Words */

const EXAMPLE_QUESTIONS = [["king", "man", "woman"], ["paris", "france", "italy"], ["doctor", "man", "woman"]];
const MODE_NAMES = { neighbors: "neighbours", analogy: "analogy a \u2212 b + c" };

/** @param {View} view */
function render({ model, el }) {
  prepareRoot(el, "eg-words-widget", "The word explorer");
  const results = html("table", { class: "eg-results", hidden: true });
  /** @type {string[]} */
  const modes = model.get("modes");
  /** @type {Map<string, string>} */
  const metricNames = new Map(model.get("metric_names"));
  const word = wordField(model, "word", "word ");
  const abc = [wordField(model, "a", "a "), wordField(model, "b", "\u2212 b "), wordField(model, "c", "+ c ")];
  const { panel, message, announce, choice, rowsOf, loadWhenSeen } = wordPanel(model, el, "eg-words-panel", [word, ...abc], results);
  /** @type {Words | undefined} */
  let data;

  const metric = html("select", { onchange: () => save(model, { metric: metric.value }) },
    ...[...metricNames].map(([value, text]) => html("option", { value, text })));
  const exclude = html("input", { type: "checkbox", onchange: () => save(model, { exclude_inputs: exclude.checked }) });
  const modeName = uniqueId("mode");
  const modeButtons = Object.entries(MODE_NAMES).filter(([mode]) => modes.includes(mode)).map(([value, text]) => {
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
  const caption = html("caption"), measured = columnHeading(""), body = html("tbody");
  results.append(caption, html("thead", {}, html("tr", {}, columnHeading("word"), measured, html("td", { "aria-hidden": "true" }))), body);
  /** @type {ReturnType<typeof emptyLine>[]} */
  const lines = []; // they are used again for the next answer
  function emptyLine() {
    /** @type {HTMLElement} */
    const name = modes.includes("neighbors") ? choice("", () => save(model, { mode: "neighbors", word: name.textContent })) : html("span");
    const value = html("td"), bar = html("span");
    return { name, value, bar, row: html("tr", {}, html("th", { scope: "row" }, name), value, html("td", { class: "eg-bar", "aria-hidden": "true" }, bar)) };
  }
  panel.append(...(modes.length > 1 ? [modeRow] : []), neighborRow, analogyRow, message, results);
  el.append(panel);

  function draw() {
    const analogy = model.get("mode") === "analogy";
    neighborRow.hidden = analogy;
    analogyRow.hidden = !analogy;
    for (const { input } of modeButtons) input.checked = input.value === model.get("mode");
    for (const { input, trait } of [word, ...abc]) input.value = model.get(trait);
    metric.value = model.get("metric");
    exclude.checked = model.get("exclude_inputs");
    const rows = data && rowsOf(data, analogy ? abc : [word]);
    if (!data || !rows) return;
    const by = analogy ? "cosine" : model.get("metric");
    const scores = closenessToAll(data, analogy ? analogyQuery(data, rows) : wordVector(data, rows[0]), by);
    const best = bestRows(scores, model.get("k"), analogy && !model.get("exclude_inputs") ? [] : rows);
    showResults(data.words, best, best.map((row) => (by === "euclidean" ? -scores[row] : scores[row])), by,
      analogy ? `${model.get("a")} \u2212 ${model.get("b")} + ${model.get("c")}` : model.get("word"));
  }

  /**
   * @param {string[]} words
   * @param {number[]} best
   * @param {number[]} values
   * @param {string} by
   * @param {string} asked
   */
  function showResults(words, best, values, by, asked) {
    const largest = Math.max(...values.map(Math.abs));
    furnish(caption, { text: `Nearest to ${asked} by ${metricNames.get(by)}` });
    furnish(measured, { text: by === "euclidean" ? "distance" : metricNames.get(by) ?? by });
    while (lines.length < best.length) lines.push(emptyLine());
    if (body.childElementCount !== best.length) body.replaceChildren(...lines.slice(0, best.length).map(({ row }) => row));
    best.forEach((row, i) => {
      furnish(lines[i].name, { text: words[row] });
      furnish(lines[i].value, { text: formatNumber(values[i], 3) });
      fillBar(lines[i].bar, Math.max(0, values[i] / largest));
    });
    announce(() => `${asked}: ${best.slice(0, 3).map((row, i) => `${words[row]} ${formatNumber(values[i], 3)}`).join(", ")}`);
  }

  const stop = follow(model, ["mode", "word", "a", "b", "c", "metric", "exclude_inputs", "k"], draw);
  draw();
  const stopWaiting = loadWhenSeen((words) => { data = words; draw(); });
  return () => { stop(); stopWaiting(); };
}

export default { render };
