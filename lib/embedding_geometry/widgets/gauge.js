// The gauge: users and items of a dot-product model. Stretching one axis of the items and shrinking it for the
// users changes no prediction, and changes who is whose nearest neighbour.

/** The vectors after the axes were rescaled by exp(gauge) and exp(-gauge), or the other way round for users. */
const rescaled = (vectors, gauge) => vectors.map((v) => ({ ...v, x: v.x * Math.exp(gauge), y: v.y * Math.exp(-gauge) }));

function nearestByCosine(items, i) {
  const others = items.map((other, j) => [j === i ? -Infinity : cosine(items[i], other), other.label]);
  return others.reduce((best, other) => (other[0] > best[0] ? other : best));
}

function render({ model, el }) {
  const scale = planeScale(model.get("extent"));
  prepareRoot(el, "eg-gauge-widget", "The gauge: same predictions, other neighbours");
  const drawing = planeDrawing(scale, "Items and users of a model as vectors in the plane");
  const marks = (list, group) => list.map(({ label }) => {
    const shaft = svg("line", { class: "eg-shaft" }), head = svg("polygon", { class: "eg-head" }), name = svg("text", { text: label });
    drawing.append(svg("g", { class: `eg-${group}` }, shaft, head), name);
    return (v, others) => { placeArrow(shaft, head, scale, v.x, v.y); placeName(name, scale, v, others); };
  });
  const items = model.get("items"), users = model.get("users");
  const itemMarks = marks(items, "a"), userMarks = marks(users, "b");
  const gauge = html("input", { type: "range", min: -1, max: 1, step: 0.05, "aria-label": "gauge",
    oninput: () => save(model, { gauge: gauge.valueAsNumber }) });
  const gaugeText = html("output"), heading = (text) => html("th", { scope: "col", text });
  const predictions = users.map(() => items.map(() => valueBox()));
  const nearest = items.map(() => [valueBox(items.map((item) => item.label)), valueBox()]);
  const table = (name, caption, heads, rows) => html("table", { class: name }, html("caption", { text: caption }),
    html("thead", {}, html("tr", {}, ...heads.map(heading))), html("tbody", {}, ...rows));
  el.append(framed(drawing), html("div", { class: "eg-side" },
    html("div", { class: "eg-controls" }, html("label", {}, "gauge ", gauge, gaugeText),
      html("button", { type: "button", text: "Reset", onclick: () => save(model, { gauge: 0 }) })),
    table("eg-predictions", "Predictions: user \u00b7 item", ["user", ...items.map((i) => i.label)],
      users.map((user, u) => html("tr", {}, html("th", { scope: "row", text: user.label }), ...predictions[u].map((value) => html("td", {}, value))))),
    table("eg-nearest", "Nearest item by cosine", ["item", "nearest", "cosine"],
      items.map((item, i) => html("tr", {}, html("th", { scope: "row", text: item.label }),
        html("td", { class: "eg-text" }, nearest[i][0]), html("td", {}, nearest[i][1]))))));
  const announce = announcer(el);

  function draw() {
    const g = model.get("gauge"), E = rescaled(model.get("items"), g), C = rescaled(model.get("users"), -g);
    const all = [...E, ...C], place = (mark, i) => mark(all[i], all.filter((_, j) => j !== i));
    [...itemMarks, ...userMarks].forEach(place);
    C.forEach((user, u) => E.forEach((item, i) => furnish(predictions[u][i], { text: formatNumber(dot(user, item)) })));
    const found = E.map((_, i) => nearestByCosine(E, i));
    found.forEach(([value, label], i) => { furnish(nearest[i][0], { text: label }); furnish(nearest[i][1], { text: formatNumber(value, 3) }); });
    gauge.value = g;
    furnish(gaugeText, { text: formatNumber(g) });
    furnish(gauge, { "aria-valuetext": gaugeText.textContent });
    announce(() => E.map((item, i) => `nearest to ${item.label}: ${found[i][1]}`).join("; "));
  }

  const stop = follow(model, ["gauge"], draw);
  draw();
  return stop;
}

export default { render };
