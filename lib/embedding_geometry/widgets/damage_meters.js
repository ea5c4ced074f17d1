// The damage bench: an embedding is damaged by a slider, and meters notice or do not. Python measured every step.

const KIND_NAMES = {
  rotate: "rotate all", shift: "shift all", stretch: "stretch one axis", collapse: "collapse the rank", noise: "add noise",
  permute: "permute rows",
};
const NOTICEABLE = 0.1; // a meter has noticed when it moved by a tenth of its healthy value

const notices = (value, healthy) => Math.abs(value - healthy) > NOTICEABLE * Math.abs(healthy);

function render({ model, el }) {
  prepareRoot(el, "eg-damage-widget", "The damage bench");
  const table = model.get("table"), meters = model.get("meters");
  const kinds = [...new Set(table.map((row) => row.kind))], healthy = table[0];
  const stepsOf = (kind) => table.filter((row) => row.kind === kind);
  const radioName = uniqueId("damage");
  const radios = kinds.map((kind) => html("input", { type: "radio", name: radioName, value: kind,
    onchange: () => save(model, { kind, step: Math.min(model.get("step"), stepsOf(kind).length - 1) }) }));
  const step = html("input", { type: "range", min: 0, step: 1, "aria-label": "strength of the damage",
    oninput: () => save(model, { step: step.valueAsNumber }) });
  const stepText = html("output");
  const cells = meters.map((meter) => ({ meter, value: html("td"),
    bar: html("span", {}, html("i", { style: `left:${100 * barPlace(meter, healthy[meter])}%` })), verdict: html("td", { class: "eg-text" }) }));
  const heading = (text) => html("th", { scope: "col", text });
  el.append(html("div", { class: "eg-damage-panel" },
    html("div", { class: "eg-controls", role: "radiogroup", "aria-label": "kind of damage" },
      ...kinds.map((kind, i) => html("label", {}, radios[i], KIND_NAMES[kind]))),
    html("div", { class: "eg-controls" }, html("label", {}, "strength ", step, stepText)),
    html("table", {}, html("caption", { text: "What each meter reads; the mark on the bar is the healthy value" }),
      html("thead", {}, html("tr", {}, heading("meter"), heading("healthy"), heading("now"), html("td", { class: "eg-bar" }), html("th", { scope: "col", class: "eg-text", text: "notices?" }))),
      html("tbody", {}, ...cells.map(({ meter, value, bar, verdict }) => html("tr", { "data-meter": meter },
        html("th", { scope: "row", text: meter }), html("td", { text: formatNumber(healthy[meter], 3) }), value,
        html("td", { class: "eg-bar", "aria-hidden": "true" }, bar), verdict))))));
  const announce = announcer(el);

  /** Where a value stands between the least and the greatest that its meter ever reads, from 0 to 1. */
  function barPlace(meter, value) {
    const all = table.map((row) => row[meter]), low = Math.min(0, ...all), high = Math.max(0, ...all);
    return (value - low) / (high - low);
  }

  function draw() {
    const steps = stepsOf(model.get("kind"));
    const at = Math.min(model.get("step"), steps.length - 1), now = steps[at]; // a kind may have fewer steps than the last one
    for (const radio of radios) radio.checked = radio.value === model.get("kind");
    step.max = steps.length - 1;
    step.value = at;
    stepText.textContent = formatNumber(now.strength, 2);
    step.setAttribute("aria-valuetext", stepText.textContent);
    const noticed = cells.filter(({ meter, value, bar, verdict }) => {
      const yes = notices(now[meter], healthy[meter]);
      value.textContent = formatNumber(now[meter], 3);
      fillBar(bar, barPlace(meter, now[meter]));
      verdict.textContent = yes ? "\u25b2 yes" : "no";
      verdict.classList.toggle("eg-noticed", yes);
      return yes;
    });
    announce(() => `${KIND_NAMES[now.kind]}, strength ${stepText.textContent}: ${noticed.length ? noticed.map((c) => c.meter).join(", ") : "no meter"} noticed`);
  }

  const stop = follow(model, ["kind", "step"], draw);
  draw();
  return stop;
}

export default { render };
