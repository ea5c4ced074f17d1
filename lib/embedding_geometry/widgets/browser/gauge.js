// The gauge: users and items of a dot-product model. Stretching one axis of the items and shrinking it for the
// users changes no prediction, and changes who is whose nearest neighbour.
import { furnish, html } from "./elements.js";
import { formatNumber } from "./numbers.js";
import { framed, namedArrow, planeDrawing } from "./plane_drawing.js";
import { planeScale } from "./plane_scale.js";
import { columnHeading, valueBox } from "./tables.js";
import { cosine, dot } from "./vectors.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./vectors.js").Vector & { label: string }} Labelled */

/**
 * The vectors after the axes were rescaled by exp(gauge) and exp(-gauge), or the other way round for users.
 * @param {Labelled[]} vectors
 * @param {number} gauge
 */
export const rescaled = (vectors, gauge) => vectors.map((v) => ({ ...v, x: v.x * Math.exp(gauge), y: v.y * Math.exp(-gauge) }));

/**
 * @param {Labelled[]} items
 * @param {number} i
 */
export function nearestByCosine(items, i) {
  const others = items.map((other, j) => ({ value: j === i ? -Infinity : cosine(items[i], other), label: other.label }));
  return others.reduce((best, other) => (other.value > best.value ? other : best));
}

/** @param {View} view */
function render({ model, el }) {
  const scale = planeScale(model.get("extent"));
  prepareRoot(el, "eg-gauge-widget", "The gauge: same predictions, other neighbours");
  const drawing = planeDrawing(scale, "Items and users of a model as vectors in the plane");
  const marks = (/** @type {Labelled[]} */ list, /** @type {string} */ group) => list.map(({ label }) => {
    const { arrow, name, place } = namedArrow(scale, label, group);
    drawing.append(arrow, name);
    return place;
  });
  /** @type {Labelled[]} */
  const items = model.get("items");
  /** @type {Labelled[]} */
  const users = model.get("users");
  const allMarks = [...marks(items, "a"), ...marks(users, "b")];
  const gauge = html("input", { type: "range", min: -1, max: 1, step: 0.05, "aria-label": "gauge",
    oninput: () => save(model, { gauge: gauge.valueAsNumber }) });
  const gaugeText = html("output");
  const predictions = users.map(() => items.map(() => valueBox()));
  const nearest = items.map(() => ({ label: valueBox(items.map((item) => item.label)), value: valueBox() }));
  const table = (/** @type {string} */ name, /** @type {string} */ caption, /** @type {string[]} */ heads, /** @type {Node[]} */ rows) =>
    html("table", { class: name }, html("caption", { text: caption }),
      html("thead", {}, html("tr", {}, ...heads.map(columnHeading))), html("tbody", {}, ...rows));
  el.append(framed(drawing), html("div", { class: "eg-side" },
    html("div", { class: "eg-controls" }, html("label", {}, "gauge ", gauge, gaugeText),
      html("button", { type: "button", text: "Reset", onclick: () => save(model, { gauge: 0 }) })),
    table("eg-predictions", "Predictions: user \u00b7 item", ["user", ...items.map((i) => i.label)],
      users.map((user, u) => html("tr", {}, html("th", { scope: "row", text: user.label }), ...predictions[u].map((value) => html("td", {}, value))))),
    table("eg-nearest", "Nearest item by cosine", ["item", "nearest", "cosine"],
      items.map((item, i) => html("tr", {}, html("th", { scope: "row", text: item.label }),
        html("td", { class: "eg-text" }, nearest[i].label), html("td", {}, nearest[i].value))))));
  const announce = announcer(el);

  function draw() {
    const g = model.get("gauge"), E = rescaled(model.get("items"), g), C = rescaled(model.get("users"), -g);
    const all = [...E, ...C];
    allMarks.forEach((place, i) => place(all[i], all.filter((_, j) => j !== i)));
    C.forEach((user, u) => E.forEach((item, i) => furnish(predictions[u][i], { text: formatNumber(dot(user, item)) })));
    const found = E.map((_, i) => nearestByCosine(E, i));
    found.forEach(({ value, label }, i) => {
      furnish(nearest[i].label, { text: label });
      furnish(nearest[i].value, { text: formatNumber(value, 3) });
    });
    gauge.value = g;
    furnish(gaugeText, { text: formatNumber(g) });
    furnish(gauge, { "aria-valuetext": gaugeText.textContent });
    announce(() => E.map((item, i) => `nearest to ${item.label}: ${found[i].label}`).join("; "));
  }

  const stop = follow(model, ["gauge"], draw);
  draw();
  return stop;
}

export default { render };
