// The mixture: labelled vectors and their weighted mean. The reader sets the weights, or a query does so by attention.

/** Weights that add up to one; all equal where all are zero. */
function shares(weights) {
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => (total === 0 ? 1 / weights.length : weight / total));
}

/** The softmax of scores over a temperature; the largest score is taken away first, so that nothing overflows. */
function softmax(scores, temperature) {
  const largest = Math.max(...scores);
  return shares(scores.map((score) => Math.exp((score - largest) / temperature)));
}

/** The exponential of the entropy: how many items, equally weighted, would be as spread out. */
function effectiveNumber(weights) {
  return Math.exp(-weights.reduce((sum, w) => sum + (w > 0 ? w * Math.log(w) : 0), 0));
}

function weightedMean(items, weights) {
  const sum = (key) => items.reduce((total, item, i) => total + weights[i] * item[key], 0);
  return { x: sum("x"), y: sum("y") };
}

/** The corners of the smallest convex shape around points, in order (Andrew's monotone chain). */
function convexHull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const chain = (list) => list.reduce((kept, point) => {
    while (kept.length > 1 && turn(kept.at(-2), kept.at(-1), point) <= 0) kept.pop();
    return [...kept, point];
  }, []);
  return [...chain(sorted).slice(0, -1), ...chain(sorted.reverse()).slice(0, -1)];
}

function render({ model, el }) {
  const attention = model.get("mode") === "attention", items = () => model.get("items");
  const start = { items: items(), query: model.get("query"), temperature: model.get("temperature") };
  const scale = planeScale(model.get("extent"));
  prepareRoot(el, "eg-mixture-widget", attention ? "Attention over labelled vectors" : "A weighted mean of labelled vectors");

  const drawing = planeDrawing(scale, "Vectors in the plane and their mixture. Focus a tip and press the arrow keys to move it.");
  const hull = svg("polygon", { class: "eg-hull" });
  const mean = svg("path", { class: "eg-mean" }), meanName = svg("text", { text: "mixture" });
  const [arrowLayer, nameLayer, handleLayer] = [svg("g"), svg("g"), svg("g")];
  const arrow = (group, label, where, moveTo) => {
    const shaft = svg("line", { class: "eg-shaft" }), head = svg("polygon", { class: "eg-head" });
    const name = svg("text", { text: label }), handle = handleFor(`${label}, tip of the vector`);
    arrowLayer.append(svg("g", { class: `eg-${group}` }, shaft, head));
    nameLayer.append(name);
    handleLayer.append(handle);
    makeDraggable(handle, drawing, scale, () => [where().x, where().y], moveTo);
    return (others) => {
      const v = where();
      placeArrow(shaft, head, scale, v.x, v.y);
      placeHandle(handle, scale, v.x, v.y);
      describeHandle(handle, scale, v.x, `x ${formatNumber(v.x)}, y ${formatNumber(v.y)}`);
      placeName(name, scale, v, others);
    };
  };
  drawing.append(hull, arrowLayer, mean, nameLayer, handleLayer);
  nameLayer.append(meanName);
  const changeItem = (i, part) => change({ items: items().map((item, j) => (j === i ? { ...item, ...part } : item)) });
  const itemArrows = items().map((item, i) => arrow(item.group, item.label, () => items()[i], (x, y) => changeItem(i, { x, y })));
  const queryArrow = attention && arrow("a", "query", () => model.get("query"), (x, y) => change({ query: { x, y } }));

  const temperature = html("input", { type: "range", min: -2, max: 1, step: 0.05, "aria-label": "temperature",
    oninput: () => change({ temperature: 10 ** temperature.valueAsNumber }) });
  const temperatureText = html("output");
  const controls = html("div", { class: "eg-controls" },
    ...(attention ? [html("label", {}, "temperature ", temperature, temperatureText)] : []),
    html("button", { type: "button", text: "Reset", onclick: () => change(start) }));
  const rows = items().map((item, i) => {
    const slider = html("input", { type: "range", min: 0, max: 1, step: 0.05, "aria-label": `weight of ${item.label}`,
      oninput: () => changeItem(i, { weight: slider.valueAsNumber }) });
    const score = valueBox(), weight = valueBox(), bar = html("span");
    const row = html("tr", {}, html("th", { scope: "row", text: item.label }),
      attention ? html("td", { "data-measure": "score" }, score) : html("td", {}, slider),
      html("td", { "data-measure": "weight" }, weight), html("td", { class: "eg-bar", "aria-hidden": "true" }, bar));
    return { slider, score, weight, bar, row };
  });
  const summary = html("p", { class: "eg-summary" });
  const heading = (text) => html("th", { scope: "col", text });
  el.append(framed(drawing), html("div", { class: "eg-side" }, controls,
    html("table", { class: "eg-weights" }, html("caption", { text: attention ? "What the query reads" : "What is mixed" }),
      html("thead", {}, html("tr", {}, heading("item"), heading(attention ? "query \u00b7 item" : "set"), heading("weight"), html("td"))),
      html("tbody", {}, ...rows.map((r) => r.row))), summary));
  const announce = announcer(el);

  function change(changes) {
    save(model, changes);
    announce(() => `${rows.map((r, i) => `${items()[i].label} ${r.weight.textContent}`).join(", ")}; ${summary.textContent}`);
  }

  function draw() {
    const query = model.get("query"), scores = items().map((item) => dot(query, item));
    const weights = attention ? softmax(scores, model.get("temperature")) : shares(items().map((item) => item.weight));
    const mixture = weightedMean(items(), weights);
    furnish(hull, { points: convexHull(items()).map(({ x, y }) => `${scale.x(x)},${scale.y(y)}`).join(" ") });
    const all = attention ? [...items(), query] : items();
    itemArrows.forEach((place, i) => place(all.filter((_, j) => j !== i)));
    if (queryArrow) queryArrow(items());
    placeCross(mean, scale, mixture.x, mixture.y, 8);
    placeName(meanName, scale, mixture, all);
    rows.forEach(({ slider, score, weight, bar }, i) => {
      fillField(slider, items()[i].weight);
      furnish(score, { text: formatNumber(scores[i]) });
      furnish(weight, { text: formatNumber(weights[i], 3) });
      fillBar(bar, weights[i]);
    });
    fillField(temperature, Math.log10(model.get("temperature")));
    furnish(temperatureText, { text: formatNumber(model.get("temperature")) });
    furnish(temperature, { "aria-valuetext": temperatureText.textContent });
    furnish(summary, { text: `The mixture is at (${formatNumber(mixture.x)}, ${formatNumber(mixture.y)}). ` +
      `Effective number of items: ${formatNumber(effectiveNumber(weights))} of ${items().length}.` });
  }

  const stop = follow(model, ["items", "query", "temperature"], draw);
  draw();
  return stop;
}

export default { render };
