// The snapshot: one word typed, five uses of its vector.
import { html } from "./elements.js";
import { formatNumber } from "./numbers.js";
import { follow, prepareRoot } from "./widget.js";
import { wordField, wordPanel } from "./word_panel.js";
import { bestRows, closenessToAll, cosineOf, meanVector, wordVector } from "./word_vectors.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./word_vectors.js").Words} Words */

/** @param {View} view */
function render({ model, el }) {
  prepareRoot(el, "eg-snapshot-widget", "Five uses of one vector");
  const uses = html("dl", { class: "eg-uses", hidden: true });
  const fields = [wordField(model, "word", "word "), wordField(model, "other", "mixed with ")];
  const { panel, message, announce, rowsOf, loadWhenSeen } = wordPanel(model, el, "eg-snapshot-panel", fields, uses);
  const use = (/** @type {string} */ name, /** @type {string} */ title, /** @type {string} */ question) => {
    const answer = html("dd", { "data-use": name });
    uses.append(html("dt", {}, html("strong", { text: title }), ` ${question}`), answer);
    return answer;
  };
  const answers = {
    neighbors: use("neighbors", "Neighbours", "what is like it?"),
    cluster: use("cluster", "Cluster", "which group has the nearest centre, and how far is it?"),
    probe: use("probe", "Linear probe", "does a simple rule call it pleasant?"),
    mixture: use("mixture", "Mixture", "what lies halfway to the other word, the two left out?"),
    retrieval: use("retrieval", "Retrieval", "which sentence answers it best?"),
  };
  panel.append(html("div", { class: "eg-controls" }, ...fields.map((f) => f.label)), message, uses);
  el.append(panel);
  /** @type {Words | undefined} */
  let data;

  /**
   * @param {Words} words
   * @param {import("./word_vectors.js").Vector} query
   * @param {number} k
   * @param {number[]} excluded
   */
  function nearest(words, query, k, excluded) {
    const scores = closenessToAll(words, query, "cosine");
    return bestRows(scores, k, excluded).map((row) => `${words.words[row]} ${formatNumber(scores[row])}`).join(", ");
  }

  function draw() {
    for (const { trait, input } of fields) input.value = model.get(trait);
    const rows = data && rowsOf(data);
    if (!data || !rows) return;
    const words = data, vector = wordVector(words, rows[0]);
    answers.neighbors.textContent = nearest(words, vector, 5, [rows[0]]);

    /** @type {{ name: string, center: number[] }[]} */
    const clusters = model.get("clusters");
    const groups = clusters.map(({ name, center }) => ({ name, far: Math.hypot(...center.map((c, j) => c - vector[j])) }));
    answers.cluster.textContent = groups.sort((a, b) => a.far - b.far).map(({ name, far }) => `${name} ${formatNumber(far)}`).join(", ");

    /** @type {{ weights: number[], bias: number }} */
    const { weights, bias } = model.get("probe");
    const value = weights.reduce((sum, w, j) => sum + w * vector[j], bias);
    answers.probe.textContent = `${formatNumber(100 / (1 + Math.exp(-value)), 0)}% pleasant`;

    answers.mixture.textContent = nearest(words, meanVector(words, rows), 3, rows);

    /** @type {string[]} */
    const sentences = model.get("sentences");
    const rowsIn = (/** @type {string} */ text) => text.split(" ").map((word) => /** @type {number} */ (words.index.get(word)));
    const ranked = sentences.map((text) => ({ text, score: cosineOf(meanVector(words, rowsIn(text)), vector) }))
      .sort((a, b) => b.score - a.score);
    answers.retrieval.textContent = `\u201c${ranked[0].text}\u201d ${formatNumber(ranked[0].score)}`;
    announce(() => `${model.get("word")}: ${answers.neighbors.textContent}`);
  }

  const stop = follow(model, ["word", "other"], draw);
  draw();
  const stopWaiting = loadWhenSeen((words) => { data = words; draw(); });
  return () => { stop(); stopWaiting(); };
}

export default { render };
