// The damage bench: an embedding is damaged by a slider, and meters notice or do not. Python measured every step.
import { html, uniqueId } from "./elements.js";
import { formatNumber } from "./numbers.js";
import { columnHeading, fillBar } from "./tables.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {{ strength: number, values: Record<string, number>, noticed: string[] }} Step */
/** @typedef {{ kind: string, name: string, steps: Step[] }} Kind */

/** @param {View} view */
function render({ model, el }) {
  prepareRoot(el, "eg-damage-widget", "The damage bench");
  /** @type {Kind[]} */
  const kinds = model.get("kinds");
  /** @type {string[]} */
  const meters = model.get("meters");
  /** @type {Record<string, number>} */
  const healthy = model.get("healthy");
  const radioName = uniqueId("damage");
  const radios = kinds.map(({ kind, steps }) => html("input", { type: "radio", name: radioName, value: kind,
    onchange: () => save(model, { kind, step: Math.min(model.get("step"), steps.length - 1) }) }));
  const step = html("input", { type: "range", min: 0, step: 1, "aria-label": "strength of the damage",
    oninput: () => save(model, { step: step.valueAsNumber }) });
  const stepText = html("output");
  const cells = meters.map((meter) => ({ meter, value: html("td"),
    bar: html("span", {}, html("i", { style: `left:${100 * barPlace(meter, healthy[meter])}%` })), verdict: html("td", { class: "eg-text" }) }));
  el.append(html("div", { class: "eg-damage-panel" },
    html("div", { class: "eg-controls", role: "radiogroup", "aria-label": "kind of damage" },
      ...kinds.map(({ name }, i) => html("label", {}, radios[i], name))),
    html("div", { class: "eg-controls" }, html("label", {}, "strength ", step, stepText)),
    html("table", {}, html("caption", { text: "What each meter reads; the mark on the bar is the healthy value" }),
      html("thead", {}, html("tr", {}, ...["meter", "healthy", "now"].map(columnHeading), html("td", { class: "eg-bar" }),
        html("th", { scope: "col", class: "eg-text", text: "notices?" }))),
      html("tbody", {}, ...cells.map(({ meter, value, bar, verdict }) => html("tr", { "data-meter": meter },
        html("th", { scope: "row", text: meter }), html("td", { text: formatNumber(healthy[meter], 3) }), value,
        html("td", { class: "eg-bar", "aria-hidden": "true" }, bar), verdict))))));
  const announce = announcer(el);

  /**
   * Where a value stands between the least and the greatest that its meter ever reads, from 0 to 1.
   * @param {string} meter
   * @param {number} value
   */
  function barPlace(meter, value) {
    const all = kinds.flatMap(({ steps }) => steps.map(({ values }) => values[meter])), low = Math.min(0, ...all), high = Math.max(0, ...all);
    return (value - low) / (high - low);
  }

  function draw() {
    const { kind, name, steps } = kinds.find((other) => other.kind === model.get("kind")) ?? kinds[0];
    const at = Math.min(model.get("step"), steps.length - 1), now = steps[at]; // a kind may have fewer steps than the last one
    for (const radio of radios) radio.checked = radio.value === kind;
    step.max = String(steps.length - 1);
    step.value = String(at);
    stepText.textContent = formatNumber(now.strength, 2);
    step.setAttribute("aria-valuetext", stepText.textContent);
    for (const { meter, value, bar, verdict } of cells) {
      const noticed = now.noticed.includes(meter);
      value.textContent = formatNumber(now.values[meter], 3);
      fillBar(bar, barPlace(meter, now.values[meter]));
      verdict.textContent = noticed ? "\u25b2 yes" : "no";
      verdict.classList.toggle("eg-noticed", noticed);
    }
    announce(() => `${name}, strength ${stepText.textContent}: ${now.noticed.join(", ") || "no meter"} noticed`);
  }

  const stop = follow(model, ["kind", "step"], draw);
  draw();
  return stop;
}

export default { render };
