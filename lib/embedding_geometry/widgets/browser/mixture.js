// The mixture: labelled vectors and their weighted mean. The reader sets the weights, or a query does so by attention.
import { fillField, furnish, html, svg } from "./elements.js";
import { formatNumber } from "./numbers.js";
import { framed, movableArrow, placeCross, placeName, planeDrawing } from "./plane_drawing.js";
import { planeScale } from "./plane_scale.js";
import { columnHeading, fillBar, valueBox } from "./tables.js";
import { inTurn } from "./turns.js";
import { convexHull, dot, weightedSum } from "./vectors.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";
import { effectiveNumber, shares, softmax } from "./weights.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {Vector & { label: string, group: string, weight: number }} Item */

/** @param {View} view */
function render({ model, el }) {
  const attention = model.get("mode") === "attention";
  const items = () => /** @type {Item[]} */ (model.get("items"));
  const start = { items: items(), query: model.get("query"), temperature: model.get("temperature") };
  const scale = planeScale(model.get("extent"));
  prepareRoot(el, "eg-mixture-widget", attention ? "Attention over labelled vectors" : "A weighted mean of labelled vectors");

  const drawing = planeDrawing(scale, "Vectors in the plane and their mixture. Focus a tip and press the arrow keys to move it.");
  const hull = svg("polygon", { class: "eg-hull" });
  const mean = svg("path", { class: "eg-mean" }), meanName = svg("text", { text: "mixture" });
  const [arrowLayer, nameLayer, handleLayer] = [svg("g"), svg("g"), svg("g")];
  /**
   * @param {string} group
   * @param {string} label
   * @param {() => Vector} where
   * @param {(place: Vector) => void} moveTo
   */
  function addArrow(group, label, where, moveTo) {
    const { arrow, name, handle, place } = movableArrow(drawing, scale, label, group, where, moveTo);
    arrowLayer.append(arrow);
    nameLayer.append(name);
    handleLayer.append(handle);
    return (/** @type {Vector[]} */ others) => place(where(), others);
  }
  drawing.append(hull, arrowLayer, mean, nameLayer, handleLayer);
  nameLayer.append(meanName);
  const changeItem = (/** @type {number} */ i, /** @type {Partial<Item>} */ part) =>
    change({ items: items().map((item, j) => (j === i ? { ...item, ...part } : item)) });
  const itemArrows = items().map((item, i) => addArrow(item.group, item.label, () => items()[i], (place) => changeItem(i, place)));
  const queryArrow = attention ? addArrow("a", "query", () => model.get("query"), (query) => change({ query })) : null;

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
  el.append(framed(drawing), html("div", { class: "eg-side" }, controls,
    html("table", { class: "eg-weights" }, html("caption", { text: attention ? "What the query reads" : "What is mixed" }),
      html("thead", {}, html("tr", {}, ...["item", attention ? "query \u00b7 item" : "set", "weight"].map(columnHeading), html("td"))),
      html("tbody", {}, ...rows.map((r) => r.row))), summary));
  const announce = announcer(el);

  /** @param {Record<string, any>} changes */
  function change(changes) {
    save(model, changes);
    announce(() => `${rows.map((r, i) => `${items()[i].label} ${r.weight.textContent}`).join(", ")}; ${summary.textContent}`);
  }

  function draw() {
    const query = model.get("query"), now = items(), scores = now.map((item) => dot(query, item));
    const weights = attention ? softmax(scores, model.get("temperature")) : shares(now.map((item) => item.weight));
    const mixture = weightedSum(now, weights);
    furnish(hull, { points: convexHull(now).map(({ x, y }) => `${scale.x(x)},${scale.y(y)}`).join(" ") });
    const all = attention ? [...now, query] : now;
    itemArrows.forEach((place, i) => place(all.filter((_, j) => j !== i)));
    queryArrow?.(now);
    placeCross(mean, scale, mixture, 8);
    placeName(meanName, scale, mixture, all);
    rows.forEach(({ slider, score, weight, bar, row }, i) => inTurn(row, () => {
      fillField(slider, now[i].weight);
      furnish(score, { text: formatNumber(scores[i]) });
      furnish(weight, { text: formatNumber(weights[i], 3) });
      fillBar(bar, weights[i]);
    }));
    fillField(temperature, Math.log10(model.get("temperature")));
    furnish(temperatureText, { text: formatNumber(model.get("temperature")) });
    furnish(temperature, { "aria-valuetext": temperatureText.textContent });
    inTurn(summary, () => furnish(summary, { text: `The mixture is at (${formatNumber(mixture.x)}, ${formatNumber(mixture.y)}). ` +
      `Effective number of items: ${formatNumber(effectiveNumber(weights))} of ${now.length}.` }));
  }

  const stop = follow(model, ["items", "query", "temperature"], draw);
  draw();
  return stop;
}

export default { render };
