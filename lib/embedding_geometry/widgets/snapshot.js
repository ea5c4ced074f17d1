// The snapshot: one word typed, five uses of its vector.

function render({ model, el }) {
  prepareRoot(el, "eg-snapshot-widget", "Five uses of one vector");
  const uses = html("dl", { class: "eg-uses", hidden: true });
  const fields = [wordField(model, "word", "word "), wordField(model, "other", "mixed with ")];
  const { panel, message, announce, rowsOf, loadWhenSeen } = wordPanel(model, el, "eg-snapshot-panel", fields, uses);
  const answers = Object.fromEntries(["neighbors", "cluster", "probe", "mixture", "retrieval"].map((use) => [use, html("dd", { "data-use": use })]));
  const use = (title, question, answer) => uses.append(html("dt", {}, html("strong", { text: title }), ` ${question}`), answer);
  use("Neighbours", "what is like it?", answers.neighbors);
  use("Cluster", "which group has the nearest centre, and how far is it?", answers.cluster);
  use("Linear probe", "does a simple rule call it pleasant?", answers.probe);
  use("Mixture", "what lies halfway to the other word, the two left out?", answers.mixture);
  use("Retrieval", "which sentence answers it best?", answers.retrieval);
  panel.append(html("div", { class: "eg-controls" }, ...fields.map((f) => f.label)), message, uses);
  el.append(panel);
  let data = null;

  const listed = (rows, scores) => rows.map((row) => `${data.words[row]} ${formatNumber(scores[row])}`).join(", ");

  const cosineTo = (vector, query) => {
    let product = 0, square = 0, querySquare = 0;
    for (let j = 0; j < query.length; j++) {
      product += vector[j] * query[j];
      square += vector[j] ** 2;
      querySquare += query[j] ** 2;
    }
    return product / Math.sqrt(square * querySquare);
  };
  const meanVector = (rows) => Float64Array.from({ length: data.width }, (_, j) => rows.reduce((sum, row) => sum + data.vectors[row * data.width + j], 0) / rows.length);

  function draw() {
    for (const { trait, input } of fields) input.value = model.get(trait);
    if (!data) return;
    const rows = rowsOf(data);
    if (!rows) return;
    const [row, other] = rows, vector = wordVector(data, row);
    const scores = closenessToAll(data, vector, "cosine");
    answers.neighbors.textContent = listed(bestRows(scores, 5, [row]), scores);

    const groups = model.get("clusters").map(({ name, center }) => [Math.hypot(...center.map((c, j) => c - vector[j])), name]);
    answers.cluster.textContent = groups.sort((a, b) => a[0] - b[0]).map(([far, name]) => `${name} ${formatNumber(far)}`).join(", ");

    const { weights, bias } = model.get("probe"), value = weights.reduce((sum, w, j) => sum + w * vector[j], bias);
    answers.probe.textContent = `${formatNumber(100 / (1 + Math.exp(-value)), 0)}% pleasant`;

    const middle = meanVector([row, other]), nearMiddle = closenessToAll(data, middle, "cosine");
    answers.mixture.textContent = listed(bestRows(nearMiddle, 3, [row, other]), nearMiddle);

    const ranked = model.get("sentences").map((text) => [cosineTo(meanVector(text.split(" ").map((word) => data.index.get(word))), vector), text])
      .sort((a, b) => b[0] - a[0]);
    answers.retrieval.textContent = `\u201c${ranked[0][1]}\u201d ${formatNumber(ranked[0][0])}`;
    announce(() => `${model.get("word")}: ${answers.neighbors.textContent}`);
  }

  const stop = follow(model, ["word", "other"], draw);
  draw();
  const stopWaiting = loadWhenSeen((words) => { data = words; draw(); });
  return () => { stop(); stopWaiting(); };
}

export default { render };
