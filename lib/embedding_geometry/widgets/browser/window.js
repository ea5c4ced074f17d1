// The window slider: a map of words that is laid out again when the context window changes.
import { pointerPlace } from "./dragging.js";
import { html, svg, uniqueId } from "./elements.js";
import { formatNumber } from "./numbers.js";
import { PLANE_SIZE } from "./plane_scale.js";
import { fillBar } from "./tables.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {keyof typeof MARKS} Group */

const EDGE = 22; // the map's free edge, in units of its own viewBox
const GROUPS = /** @type {Group[]} */ (["a", "b", "c", "d"]);
const MARKS = {
  a: "M-6,0 A6,6 0 1 0 6,0 A6,6 0 1 0 -6,0 Z",
  b: "M-5.5,-5.5 H5.5 V5.5 H-5.5 Z",
  c: "M0,-7.5 L7.5,0 L0,7.5 L-7.5,0 Z",
  d: "M0,-7 L7,5.5 L-7,5.5 Z",
};

/**
 * A place on the map, whose coordinates reach from -1 to 1, in units of its viewBox.
 * @param {[number, number]} place
 * @returns {Vector}
 */
function onScreen([x, y]) {
  const unit = PLANE_SIZE / 2 - EDGE;
  return { x: PLANE_SIZE / 2 + x * unit, y: PLANE_SIZE / 2 - y * unit };
}

/**
 * The word whose mark is nearest to a click or tap; none, -1, if all are far.
 * @param {Vector} at
 * @param {[number, number][]} places
 */
function wordAt(at, places) {
  const far = places.map(onScreen).map(({ x, y }) => Math.hypot(x - at.x, y - at.y)), nearest = Math.min(...far);
  return nearest < 20 ? far.indexOf(nearest) : -1;
}

/** @param {number} window */
const reachText = (window) => `${window} word${window === 1 ? "" : "s"} on each side`;

/** @param {View} view */
function render({ model, el }) {
  prepareRoot(el, "eg-window-widget", "The window slider: a map of words for each size of the context window");
  /** @type {string[]} */
  const words = model.get("words");
  /** @type {{ name: string, labels: string[], purity: number[], chance: number }[]} */
  const classes = model.get("classes");
  /** @type {number[]} */
  const windows = model.get("windows");
  /** @type {[number, number][][]} */
  const places = model.get("places");
  /** @type {number[][][]} */
  const neighbors = model.get("neighbors");
  const names = classes.map((c) => c.name), at = () => windows.indexOf(model.get("window"));

  const drawing = svg("svg", { class: "eg-plane", viewBox: `0 0 ${PLANE_SIZE} ${PLANE_SIZE}`, role: "img" });
  const marks = words.map((word) => {
    const mark = svg("path", { class: "eg-mark" });
    return { point: svg("g", { class: "eg-point" }, svg("title", { text: word }), svg("circle", { class: "eg-ring", r: 11 }), mark), mark };
  });
  const name = svg("text", { class: "eg-followed", "text-anchor": "middle" });
  drawing.append(...marks.map((m) => m.point), name);
  drawing.addEventListener("click", (event) => {
    const found = wordAt(pointerPlace(drawing, event), places[at()]);
    if (found >= 0) followWord(words[found]);
  });

  const slider = html("input", { type: "range", min: 0, max: windows.length - 1, step: 1,
    oninput: () => { save(model, { window: windows[slider.valueAsNumber] }); announceWindow(); } });
  const reach = html("output");
  const group = uniqueId("color");
  const radios = names.map((value) => html("input", { type: "radio", name: group, value,
    onchange: () => save(model, { color_by: value }) }));
  const follows = html("select", { onchange: () => followWord(follows.value) },
    ...[...words].sort().map((word) => html("option", { value: word, text: word })));
  const legend = html("ul", { class: "eg-legend", "aria-label": "marks" });

  const bars = names.map(() => html("span")), shares = names.map(() => html("td"));
  const headings = (/** @type {string[]} */ ...texts) =>
    html("thead", {}, html("tr", {}, ...texts.map((text) => (text ? html("th", { scope: "col", text }) : html("td", { "aria-hidden": "true" })))));
  const purityTable = html("table", { class: "eg-purity" },
    html("caption", { text: `Same kind among the ${neighbors[0][0].length} nearest, mean over all words` }), headings("kind", "share", "", "by chance"),
    html("tbody", {}, ...classes.map((c, i) => html("tr", {}, html("th", { scope: "row", text: c.name }), shares[i],
      html("td", { class: "eg-bar", "aria-hidden": "true" }, bars[i]), html("td", { text: formatNumber(c.chance) })))));
  const nearCaption = html("caption"), nearRows = html("tbody");
  const nearest = html("table", { class: "eg-nearest" }, nearCaption, headings("neighbour", ...names), nearRows);

  el.append(
    html("div", { class: "eg-controls eg-reach-line" }, html("label", {}, "context window ", slider), reach),
    html("div", { class: "eg-map" }, drawing, legend),
    html("div", { class: "eg-side" },
      html("div", { class: "eg-controls", role: "radiogroup", "aria-label": "colour and mark by" }, "colour by",
        ...radios.map((radio, i) => html("label", {}, radio, names[i]))),
      purityTable, html("div", { class: "eg-controls" }, html("label", {}, "follow the word ", follows)), nearest));
  const announce = announcer(el);
  const purities = () => classes.map((c) => ({ name: c.name, share: c.purity[at()], text: formatNumber(c.purity[at()]) }));

  function announceWindow() {
    announce(() => `${reachText(model.get("window"))}; ` + purities().map(({ name: n, text }) => `neighbours of the same ${n} ${text}`).join(", "));
  }
  /** @param {string} word */
  function followWord(word) {
    save(model, { word });
    announce(() => `nearest to ${word}: ${neighbors[at()][words.indexOf(word)].map((j) => words[j]).join(", ")}`);
  }

  function draw() {
    const { labels } = classes.find((c) => c.name === model.get("color_by")) ?? classes[0], kinds = [...new Set(labels)]; // in the order in which they first appear
    const followed = words.indexOf(model.get("word")), near = neighbors[at()][followed];
    marks.forEach(({ point, mark }, i) => {
      const { x, y } = onScreen(places[at()][i]), kind = GROUPS[kinds.indexOf(labels[i])];
      point.style.transform = `translate(${x}px, ${y}px)`;
      point.setAttribute("class", `eg-point eg-${kind}`);
      point.classList.toggle("eg-self", i === followed);
      point.classList.toggle("eg-near", near.includes(i));
      mark.setAttribute("d", MARKS[kind]);
    });
    drawing.append(marks[followed].point, name); // over the others
    const { x, y } = onScreen(places[at()][followed]), half = 4.5 * words[followed].length + 4;
    name.textContent = words[followed];
    name.style.transform = `translate(${Math.max(half, Math.min(PLANE_SIZE - half, x))}px, ${y < 40 ? y + 26 : y - 16}px)`;

    slider.value = String(at());
    slider.setAttribute("aria-valuetext", reachText(model.get("window")));
    reach.textContent = reachText(model.get("window"));
    for (const radio of radios) radio.checked = radio.value === model.get("color_by");
    follows.value = model.get("word");
    legend.replaceChildren(...kinds.map((label, i) => html("li", { class: `eg-${GROUPS[i]}` },
      svg("svg", { viewBox: "-9 -9 18 18", "aria-hidden": "true" }, svg("path", { class: "eg-mark", d: MARKS[GROUPS[i]] })), label)));
    purities().forEach(({ share, text }, i) => {
      shares[i].textContent = text;
      fillBar(bars[i], share);
    });
    nearCaption.textContent = `Nearest to ${words[followed]}, in the full embedding`;
    nearRows.replaceChildren(...near.map((j) => html("tr", {}, html("th", { scope: "row", text: words[j] }),
      ...classes.map((c) => html("td", { class: c.labels[j] === c.labels[followed] ? "eg-same" : "", text: c.labels[j] })))));
    drawing.setAttribute("aria-label", `Map of ${words.length} words, ${reachText(model.get("window"))}, marked by ` +
      `${model.get("color_by")}. ${purities().map(({ name: n, text }) => `Neighbours of the same ${n}: ${text}`).join(". ")}.`);
  }
  draw();
  return follow(model, ["window", "color_by", "word"], draw);
}

export default { render };
