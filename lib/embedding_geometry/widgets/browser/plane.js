// The plane: labelled vectors that the reader drags; what the teacher asked for is computed from them.
import { fillField, furnish, html, svg } from "./elements.js";
import { ruleValue } from "./linear_rules.js";
import { formatNumber } from "./numbers.js";
import { framed, movableArrow, placeCross, planeDrawing, ruleParts } from "./plane_drawing.js";
import { planeScale } from "./plane_scale.js";
import { columnHeading, scrollingTable, valueBox } from "./tables.js";
import { inTurn } from "./turns.js";
import { cosine, distance, dot, meanOf, norm } from "./vectors.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";

/** @typedef {import("./widget.js").Model} Model */
/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {Vector & { label: string, group: string }} Labelled */
/** @typedef {(u: Vector, v: Vector) => string} PairMeasure */

/** @type {Record<string, [string, PairMeasure]>} */
const PAIR_MEASURES = {
  dot: ["dot product", (u, v) => formatNumber(dot(u, v))],
  cosine: ["cosine", (u, v) => formatNumber(cosine(u, v), 4)],
  angle: ["angle", (u, v) => {
    const degrees = (Math.acos(cosine(u, v)) * 180) / Math.PI;
    return formatNumber(degrees, 1) + (Number.isFinite(degrees) ? "°" : "");
  }],
  distance: ["distance", (u, v) => formatNumber(distance(u, v))],
};
/** @type {Record<string, (u: Vector, v: Vector) => number>} */
const CLOSENESS = { cosine, dot, euclidean: (u, v) => -distance(u, v) };

/**
 * The vectors as the plane shows them: as they are, or with their mean taken away.
 * @param {Labelled[]} vectors
 * @param {boolean} centered
 */
export function shownVectors(vectors, centered) {
  const mean = meanOf(vectors);
  return centered ? vectors.map((v) => ({ ...v, x: v.x - mean.x, y: v.y - mean.y })) : vectors;
}

/**
 * Move one vector so that it is *shown* at (x, y); when centred, the mean moves along with it.
 * @param {Labelled[]} vectors
 * @param {boolean} centered
 * @param {number} extent
 * @param {number} index
 * @param {Vector} place
 */
export function movedVectors(vectors, centered, extent, index, place) {
  const moved = vectors.map((v) => ({ ...v })), n = moved.length;
  for (const key of /** @type {const} */ (["x", "y"])) {
    if (centered) {
      if (n === 1) continue; // a vector alone is its own mean
      const others = moved.reduce((total, v, i) => total + (i === index ? 0 : v[key]), 0);
      // Not beyond the plane's edge: without centring it could not be taken hold of there.
      moved[index][key] = Math.max(-extent, Math.min(extent, (place[key] + others / n) / (1 - 1 / n)));
    } else moved[index][key] = place[key];
  }
  return moved;
}

/**
 * The label of the nearest other vector; ties go to the first.
 * @param {Labelled[]} vectors
 * @param {number} index
 * @param {string} metric
 */
export function nearestLabel(vectors, index, metric) {
  /** @type {{ label: string, closeness: number } | undefined} */
  let best;
  vectors.forEach((other, i) => {
    const closeness = i === index ? NaN : CLOSENESS[metric](vectors[index], other);
    if (Number.isFinite(closeness) && (!best || closeness > best.closeness)) best = { label: other.label, closeness };
  });
  return best?.label ?? "none";
}

/** @param {View} view */
function render({ model, el }) {
  const start = Object.fromEntries(["vectors", "rule", "centered", "metric"].map((name) => [name, model.get(name)]));
  prepareRoot(el, "eg-plane-widget", "The plane: vectors that you can move");
  let stop = () => {};
  function build() {
    stop();
    el.replaceChildren();
    stop = drawPlane(model, el, start, build);
  }
  build();
  return () => stop();
}

/**
 * Draw the plane and its tables, and keep them up to date; returns the function that stops that.
 * @param {Model} model
 * @param {HTMLElement} el
 * @param {Record<string, any>} start what "Reset" goes back to
 * @param {() => void} rebuild is called when there are more vectors, or fewer
 */
function drawPlane(model, el, start, rebuild) {
  /** @type {Labelled[]} */
  const all = model.get("vectors");
  const scale = planeScale(model.get("extent")), shows = new Set(model.get("show")), labels = all.map((v) => v.label);
  const shown = () => shownVectors(model.get("vectors"), model.get("centered"));
  const drawing = planeDrawing(scale, "Vectors in the plane. Focus the tip of a vector and press the arrow keys to move it.");
  const line = shows.has("rule") ? ruleParts(drawing, scale, "weights of the rule", () => model.get("rule"), setRule) : null;
  const mean = svg("path", { class: "eg-mean" }), meanName = svg("text", { text: "mean" });
  if (line) drawing.append(...line.ground, ...line.weights);
  if (shows.has("center")) drawing.append(mean);

  const arrows = all.map(({ label, group }, i) =>
    movableArrow(drawing, scale, label, group, () => shown()[i], (tip) => move(i, tip)));
  for (const { arrow, name } of arrows) drawing.append(arrow, name);
  if (line) drawing.append(line.handle);
  if (shows.has("center")) drawing.append(meanName); // over the arrows
  drawing.append(...arrows.map((a) => a.handle));

  const controls = html("div", { class: "eg-controls" }), side = html("div", { class: "eg-side" });
  const bias = html("input", { type: "range", min: -2, max: 2, step: 0.05, oninput: () => setRule({ bias: bias.valueAsNumber }) });
  const biasText = html("output");
  if (line) controls.append(html("label", {}, "bias b ", bias, biasText));
  const centre = html("input", { type: "checkbox", onchange: () => save(model, { centered: centre.checked }) });
  if (shows.has("center")) controls.append(html("label", {}, centre, "subtract the mean"));
  const metric = html("select", { onchange: () => save(model, { metric: metric.value }) },
    .../** @type {[string, string][]} */ (model.get("metric_names")).map(([value, text]) => html("option", { value, text })));
  if (shows.has("nearest")) controls.append(html("label", {}, "nearest by ", metric));
  controls.append(html("button", { type: "button", text: "Reset", onclick: () => save(model, start) }));

  const columns = ["x", "y", ...(shows.has("norm") ? ["norm"] : []), ...(shows.has("nearest") ? ["nearest"] : []),
                   ...(line ? ["w·x + b"] : [])];
  const rows = all.map(({ label, group }, i) => {
    const input = (/** @type {"x" | "y"} */ axis) => {
      const field = html("input", { type: "number", step: 10 / scale.perUnit, min: -scale.extent, max: scale.extent, "aria-label": `${axis} of ${label}`,
        onchange: () => {
          if (!Number.isFinite(field.valueAsNumber)) return draw(); // an emptied field goes back to what it was
          // Rounded as it is shown: the numbers beside it are those of what the reader sees.
          const kept = Math.max(-scale.extent, Math.min(scale.extent, Math.round(field.valueAsNumber * scale.perUnit) / scale.perUnit));
          const { x, y } = shown()[i];
          move(i, { x, y, [axis]: kept });
        } });
      return field;
    };
    const fields = { x: input("x"), y: input("y") };
    const values = { norm: valueBox(), nearest: valueBox(labels), "w·x + b": valueBox() };
    /** @type {Record<string, HTMLElement>} */
    const cells = { ...fields, ...values };
    const name = html("th", { scope: "row" }, html("span", { class: `eg-swatch eg-${group}` }), label);
    return { fields, values, row: html("tr", {}, name, ...columns.map((c) => html("td", { "data-measure": c }, cells[c]))) };
  });
  side.append(controls, scrollingTable({ class: "eg-vectors" }, html("caption", { text: "Each vector" }),
    html("thead", {}, html("tr", {}, columnHeading("vector"), ...columns.map(columnHeading))),
    html("tbody", {}, ...rows.map((r) => r.row))));

  const measures = Object.keys(PAIR_MEASURES).filter((name) => shows.has(name));
  const pairs = [...labels.keys()].flatMap((i) => [...labels.keys()].filter((j) => i < j).map((j) => [i, j]));
  const pairValues = pairs.map(() => measures.map(() => valueBox()));
  if (measures.length && pairs.length) side.append(scrollingTable({ class: "eg-pairs" }, html("caption", { text: "Each pair" }),
    html("thead", {}, html("tr", {}, columnHeading("pair"), ...measures.map((m) => columnHeading(PAIR_MEASURES[m][0])))),
    html("tbody", {}, ...pairs.map(([i, j], p) => html("tr", {}, html("th", { scope: "row", text: `${labels[i]}, ${labels[j]}` }),
      ...measures.map((measure, k) => html("td", { "data-measure": measure }, pairValues[p][k])))))));
  el.append(framed(drawing), side);
  const announce = announcer(el);

  /**
   * @param {number} i
   * @param {Vector} place
   */
  function move(i, place) {
    save(model, { vectors: movedVectors(model.get("vectors"), model.get("centered"), scale.extent, i, place) });
    announce(() => {
      const vectors = shown(), v = vectors[i], said = measures.flatMap((m) => pairs.filter((pair) => pair.includes(i))
        .map(([a, b]) => `${PAIR_MEASURES[m][0]} of ${labels[a]} and ${labels[b]} ${PAIR_MEASURES[m][1](vectors[a], vectors[b])}`));
      return [`${labels[i]} at ${formatNumber(v.x, scale.digits)}, ${formatNumber(v.y, scale.digits)}`, ...said].join("; ");
    });
  }
  /** @param {object} change */
  function setRule(change) {
    save(model, { rule: { ...model.get("rule"), ...change } });
    announce(() => shown().map((v) => `${v.label}: ${formatNumber(ruleValue(model.get("rule"), v))}`).join("; "));
  }

  function draw() {
    const vectors = shown(), rule = model.get("rule");
    if (vectors.length !== arrows.length) return rebuild();
    arrows.forEach(({ place }, i) => {
      const v = vectors[i], { fields, values, row } = rows[i];
      place(v, vectors.filter((_, j) => j !== i));
      inTurn(row, () => {
        fillField(fields.x, v.x.toFixed(scale.digits));
        fillField(fields.y, v.y.toFixed(scale.digits));
        furnish(values.norm, { text: formatNumber(norm(v), 4) });
        furnish(values.nearest, { text: nearestLabel(vectors, i, model.get("metric")) });
        furnish(values["w·x + b"], { text: formatNumber(ruleValue(rule, v)) });
      });
    });
    pairs.forEach(([i, j], p) => measures.forEach((m, k) => {
      const box = pairValues[p][k];
      inTurn(box, () => furnish(box, { text: PAIR_MEASURES[m][1](vectors[i], vectors[j]) }));
    }));
    const middle = meanOf(vectors);
    placeCross(mean, scale, middle, 7);
    furnish(meanName, { x: scale.x(middle.x) + 12, y: scale.y(middle.y) + 20 });
    centre.checked = model.get("centered");
    fillField(metric, model.get("metric"));
    if (!line) return;
    line.place(rule, vectors);
    fillField(bias, rule.bias);
    furnish(biasText, { text: formatNumber(rule.bias) });
  }
  const stop = follow(model, ["vectors", "rule", "centered", "metric"], draw);
  draw();
  return stop;
}

export default { render };
