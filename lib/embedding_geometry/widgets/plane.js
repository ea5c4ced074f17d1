// The plane: labelled vectors that the reader drags; what the teacher asked for is computed from them.

const PAIR_MEASURES = {
  dot: ["dot product", (u, v) => formatNumber(dot(u, v))],
  cosine: ["cosine", (u, v) => formatNumber(cosine(u, v), 4)],
  angle: ["angle", (u, v) => {
    const degrees = (Math.acos(cosine(u, v)) * 180) / Math.PI;
    return formatNumber(degrees, 1) + (Number.isFinite(degrees) ? "°" : "");
  }],
  distance: ["distance", (u, v) => formatNumber(distance(u, v))],
};
const CLOSENESS = { cosine, dot, euclidean: (u, v) => -distance(u, v) };
const METRIC_NAMES = { cosine: "cosine", dot: "dot product", euclidean: "Euclidean distance" };

/** The vectors as the plane shows them: as they are, or with their mean taken away. */
function shown(model) {
  const vectors = model.get("vectors");
  const mean = meanOf(vectors);
  return model.get("centered") ? vectors.map((v) => ({ ...v, x: v.x - mean.x, y: v.y - mean.y })) : vectors;
}

/** Move one vector so that it is *shown* at (x, y); when centred, the mean moves along with it. */
function moved(model, index, x, y) {
  const vectors = model.get("vectors").map((v) => ({ ...v })), n = vectors.length, extent = model.get("extent");
  const place = { x, y };
  for (const key of ["x", "y"]) {
    if (model.get("centered")) {
      if (n === 1) continue; // a vector alone is its own mean
      const others = vectors.reduce((total, v, i) => total + (i === index ? 0 : v[key]), 0);
      // Not beyond the plane's edge: without centring it could not be taken hold of there.
      vectors[index][key] = Math.max(-extent, Math.min(extent, (place[key] + others / n) / (1 - 1 / n)));
    } else vectors[index][key] = place[key];
  }
  return vectors;
}

/** The label of the nearest other vector, and how near it is; ties go to the first. */
function nearest(vectors, index, metric) {
  let best = null;
  vectors.forEach((other, i) => {
    const closeness = i === index ? NaN : CLOSENESS[metric](vectors[index], other);
    if (Number.isFinite(closeness) && (best === null || closeness > best.closeness)) best = { label: other.label, closeness };
  });
  return best;
}

function render({ model, el }) {
  const start = { vectors: model.get("vectors"), rule: model.get("rule"), centered: model.get("centered"),
                  metric: model.get("metric") };
  const scale = planeScale(model.get("extent"));
  prepareRoot(el, "eg-plane-widget", "The plane: vectors that you can move");
  let stop = () => {};

  function build() {
    el.replaceChildren();
    const show = new Set(model.get("show")), labels = model.get("vectors").map((v) => v.label);
    const drawing = planeDrawing(scale, "Vectors in the plane. Focus the tip of a vector and press the arrow keys to move it.");
    const line = show.has("rule") && ruleParts(drawing, scale, "weights of the rule", () => model.get("rule"), setRule);
    const mean = svg("path", { class: "eg-mean" }), meanName = svg("text", { text: "mean" });
    if (line) drawing.append(...line.ground, ...line.weights);
    if (show.has("center")) drawing.append(mean);

    const arrows = model.get("vectors").map((v, i) => {
      const shaft = svg("line", { class: "eg-shaft" }), head = svg("polygon", { class: "eg-head" });
      const name = svg("text", { text: v.label }), handle = handleFor(`${v.label}, tip of the vector`);
      drawing.append(svg("g", { class: `eg-${v.group}` }, shaft, head), name);
      makeDraggable(handle, drawing, scale, () => [shown(model)[i].x, shown(model)[i].y], (x, y) => move(i, x, y));
      return { shaft, head, name, handle };
    });
    if (line) drawing.append(line.handle);
    if (show.has("center")) drawing.append(meanName); // over the arrows
    drawing.append(...arrows.map((a) => a.handle));

    const controls = html("div", { class: "eg-controls" }), side = html("div", { class: "eg-side" });
    const bias = html("input", { type: "range", min: -2, max: 2, step: 0.05,
                                   oninput: () => setRule({ bias: bias.valueAsNumber }) });
    const biasText = html("output");
    if (show.has("rule")) controls.append(html("label", {}, "bias b ", bias, biasText));
    const centre = html("input", { type: "checkbox", onchange: () => save(model, { centered: centre.checked }) });
    if (show.has("center")) controls.append(html("label", {}, centre, "subtract the mean"));
    const metric = html("select", { onchange: () => save(model, { metric: metric.value }) },
      ...Object.entries(METRIC_NAMES).map(([value, text]) => html("option", { value, text })));
    if (show.has("nearest")) controls.append(html("label", {}, "nearest by ", metric));
    controls.append(html("button", { type: "button", text: "Reset", onclick: () => save(model, start) }));

    const columns = ["x", "y", ...(show.has("norm") ? ["norm"] : []), ...(show.has("nearest") ? ["nearest"] : []),
                     ...(show.has("rule") ? ["w·x + b"] : [])];
    const rows = labels.map((label, i) => {
      const input = (axis) => html("input", { type: "number", step: 0.1, min: -scale.extent, max: scale.extent,
        "aria-label": `${axis} of ${label}`, onchange: (event) => {
          const value = event.target.valueAsNumber, v = shown(model)[i];
          if (!Number.isFinite(value)) return draw(); // an emptied field goes back to what it was
          // Rounded as it is shown: the numbers beside it are those of what the reader sees.
          const kept = Math.max(-scale.extent, Math.min(scale.extent, Math.round(value * 100) / 100));
          move(i, axis === "x" ? kept : v.x, axis === "y" ? kept : v.y);
        } });
      const cells = { x: input("x"), y: input("y"), norm: valueBox(), nearest: valueBox(labels), "w·x + b": valueBox() };
      const name = html("th", { scope: "row" }, html("span", { class: `eg-swatch eg-${model.get("vectors")[i].group}` }), label);
      return { cells, row: html("tr", {}, name, ...columns.map((c) => html("td", { "data-measure": c }, cells[c]))) };
    });
    side.append(controls, scrollingTable({ class: "eg-vectors" }, html("caption", { text: "Each vector" }),
      html("thead", {}, html("tr", {}, html("th", { scope: "col", text: "vector" }), ...columns.map((text) => html("th", { scope: "col", text })))),
      html("tbody", {}, ...rows.map((r) => r.row))));

    const measures = Object.keys(PAIR_MEASURES).filter((name) => show.has(name)), pairs = [];
    labels.forEach((_, i) => labels.forEach((_, j) => { if (i < j) pairs.push([i, j]); }));
    const pairValues = pairs.map(() => measures.map(() => valueBox()));
    if (measures.length && pairs.length) side.append(scrollingTable({ class: "eg-pairs" }, html("caption", { text: "Each pair" }),
      html("thead", {}, html("tr", {}, html("th", { scope: "col", text: "pair" }),
        ...measures.map((m) => html("th", { scope: "col", text: PAIR_MEASURES[m][0] })))),
      html("tbody", {}, ...pairs.map(([i, j], p) =>
        html("tr", {}, html("th", { scope: "row", text: `${labels[i]}, ${labels[j]}` }), ...measures.map((measure, k) => html("td", { "data-measure": measure }, pairValues[p][k])))))));
    el.append(framed(drawing), side);
    const announce = announcer(el);

    function move(i, x, y) {
      save(model, { vectors: moved(model, i, x, y) });
      announce(() => {
        const vectors = shown(model), v = vectors[i], said = measures.flatMap((m) => pairs.filter((pair) => pair.includes(i))
          .map(([a, b]) => `${PAIR_MEASURES[m][0]} of ${labels[a]} and ${labels[b]} ${PAIR_MEASURES[m][1](vectors[a], vectors[b])}`));
        return [`${labels[i]} at ${formatNumber(v.x)}, ${formatNumber(v.y)}`, ...said].join("; ");
      });
    }
    function setRule(change) {
      save(model, { rule: { ...model.get("rule"), ...change } });
      announce(() => shown(model).map((v) => `${v.label}: ${formatNumber(ruleValue(model.get("rule"), v))}`).join("; "));
    }

    function draw() {
      const vectors = shown(model), rule = model.get("rule");
      if (vectors.length !== arrows.length) return build();
      arrows.forEach(({ shaft, head, name, handle }, i) => {
        const v = vectors[i];
        placeArrow(shaft, head, scale, v.x, v.y);
        placeHandle(handle, scale, v.x, v.y);
        describeHandle(handle, scale, v.x, `x ${formatNumber(v.x)}, y ${formatNumber(v.y)}`);
        placeName(name, scale, v, vectors.filter((_, j) => j !== i));
        const { cells } = rows[i], near = nearest(vectors, i, model.get("metric"));
        fillField(cells.x, v.x.toFixed(2));
        fillField(cells.y, v.y.toFixed(2));
        furnish(cells.norm, { text: formatNumber(norm(v), 4) });
        furnish(cells.nearest, { text: near ? near.label : "none" });
        furnish(cells["w·x + b"], { text: rule ? formatNumber(ruleValue(rule, v)) : "" });
      });
      pairs.forEach(([i, j], p) => measures.forEach((m, k) => {
        furnish(pairValues[p][k], { text: PAIR_MEASURES[m][1](vectors[i], vectors[j]) });
      }));
      const middle = meanOf(vectors);
      placeCross(mean, scale, middle.x, middle.y, 7);
      furnish(meanName, { x: scale.x(middle.x) + 12, y: scale.y(middle.y) + 20 });
      centre.checked = model.get("centered");
      fillField(metric, model.get("metric"));
      if (!line) return;
      line.place(rule, vectors);
      fillField(bias, rule.bias);
      furnish(biasText, { text: formatNumber(rule.bias) });
    }
    stop();
    stop = follow(model, ["vectors", "rule", "centered", "metric"], draw);
    draw();
  }

  build();
  return () => stop();
}

export default { render };
