// The window slider: a map of words that is laid out again when the context window changes.

const MAP_SIZE = 400, MAP_EDGE = 22; // side of the map and its free edge, in units of its own viewBox
const GROUPS = ["a", "b", "c", "d"];
const MARKS = {
  a: "M-6,0 A6,6 0 1 0 6,0 A6,6 0 1 0 -6,0 Z",
  b: "M-5.5,-5.5 H5.5 V5.5 H-5.5 Z",
  c: "M0,-7.5 L7.5,0 L0,7.5 L-7.5,0 Z",
  d: "M0,-7 L7,5.5 L-7,5.5 Z",
};

/** The different labels of a way to sort, in the order in which they first appear. */
const kinds = (labels) => [...new Set(labels)];

/** The share of the neighbours that have the label of the word itself. */
function purity(labels, neighbors) {
  const shares = neighbors.map((near, i) => near.filter((j) => labels[j] === labels[i]).length / near.length);
  return shares.reduce((total, share) => total + share, 0) / shares.length;
}

/** What that share is if neighbours are drawn by lot. */
function chance(labels) {
  const same = labels.map((label) => labels.filter((other) => other === label).length - 1);
  return same.reduce((total, n) => total + n, 0) / (labels.length * (labels.length - 1));
}

const onScreen = ([x, y]) => {
  const unit = MAP_SIZE / 2 - MAP_EDGE;
  return [MAP_SIZE / 2 + x * unit, MAP_SIZE / 2 - y * unit];
};

/** The word whose mark is nearest to a click or tap; none if all are far. */
function wordAt(drawing, event, places) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
  const far = places.map(onScreen).map(([x, y]) => Math.hypot(x - at.x, y - at.y)), nearest = Math.min(...far);
  return nearest < 20 ? far.indexOf(nearest) : -1;
}

const reachText = (window) => `${window} word${window === 1 ? "" : "s"} on each side`;

function render({ model, el }) {
  prepareRoot(el, "eg-window-widget", "The window slider: a map of words for each size of the context window");
  const words = model.get("words"), classes = model.get("classes"), windows = model.get("windows");
  const names = Object.keys(classes);

  const drawing = svg("svg", { class: "eg-plane", viewBox: `0 0 ${MAP_SIZE} ${MAP_SIZE}`, role: "img" });
  const marks = words.map((word, i) => {
    const mark = svg("path", { class: "eg-mark" });
    const ring = svg("circle", { class: "eg-ring", r: 11 });
    return { point: svg("g", { class: "eg-point" }, svg("title", { text: word }), ring, mark), mark };
  });
  const name = svg("text", { class: "eg-followed", "text-anchor": "middle" });
  drawing.append(...marks.map((m) => m.point), name);
  drawing.addEventListener("click", (event) => {
    const found = wordAt(drawing, event, model.get("places")[at()]);
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
  const headings = (...texts) => html("thead", {}, html("tr", {}, ...texts.map((text) => (text ? html("th", { scope: "col", text }) : html("td", { "aria-hidden": "true" })))));
  const k = model.get("neighbors")[0][0].length;
  const purities = html("table", { class: "eg-purity" },
    html("caption", { text: `Same kind among the ${k} nearest, mean over all words` }), headings("kind", "share", "", "by chance"),
    html("tbody", {}, ...names.map((n, i) => html("tr", {}, html("th", { scope: "row", text: n }), shares[i],
      html("td", { class: "eg-bar", "aria-hidden": "true" }, bars[i]), html("td", { text: formatNumber(chance(classes[n])) })))));
  const nearCaption = html("caption"), nearRows = html("tbody");
  const nearest = html("table", { class: "eg-nearest" }, nearCaption, headings("neighbour", ...names), nearRows);

  el.append(
    html("div", { class: "eg-controls eg-reach-line" }, html("label", {}, "context window ", slider), reach),
    html("div", { class: "eg-map" }, drawing, legend),
    html("div", { class: "eg-side" },
      html("div", { class: "eg-controls", role: "radiogroup", "aria-label": "colour and mark by" }, "colour by",
        ...radios.map((radio, i) => html("label", {}, radio, names[i]))),
      purities, html("div", { class: "eg-controls" }, html("label", {}, "follow the word ", follows)), nearest));
  const announce = announcer(el);

  const at = () => windows.indexOf(model.get("window"));
  const near = () => model.get("neighbors")[at()];
  const purityText = (n) => formatNumber(purity(classes[n], near()));

  function announceWindow() {
    announce(() => `${reachText(model.get("window"))}; ` + names.map((n) => `neighbours of the same ${n} ${purityText(n)}`).join(", "));
  }
  function followWord(word) {
    save(model, { word });
    announce(() => `nearest to ${word}: ${near()[words.indexOf(word)].map((j) => words[j]).join(", ")}`);
  }

  function draw() {
    const places = model.get("places")[at()], labels = classes[model.get("color_by")], all = kinds(labels);
    const followed = words.indexOf(model.get("word")), neighbours = new Set(near()[followed]);
    marks.forEach(({ point, mark }, i) => {
      const [x, y] = onScreen(places[i]), kind = GROUPS[all.indexOf(labels[i])];
      point.style.transform = `translate(${x}px, ${y}px)`;
      point.setAttribute("class", `eg-point eg-${kind}`);
      point.classList.toggle("eg-self", i === followed);
      point.classList.toggle("eg-near", neighbours.has(i));
      mark.setAttribute("d", MARKS[kind]);
    });
    drawing.append(marks[followed].point, name); // over the others
    const [x, y] = onScreen(places[followed]), half = 4.5 * words[followed].length + 4;
    name.textContent = words[followed];
    name.style.transform = `translate(${Math.max(half, Math.min(MAP_SIZE - half, x))}px, ${y < 40 ? y + 26 : y - 16}px)`;

    slider.value = at();
    slider.setAttribute("aria-valuetext", reachText(model.get("window")));
    reach.textContent = reachText(model.get("window"));
    radios.forEach((radio) => { radio.checked = radio.value === model.get("color_by"); });
    follows.value = model.get("word");
    legend.replaceChildren(...all.map((label, i) => html("li", { class: `eg-${GROUPS[i]}` },
      svg("svg", { viewBox: "-9 -9 18 18", "aria-hidden": "true" }, svg("path", { class: "eg-mark", d: MARKS[GROUPS[i]] })), label)));
    names.forEach((n, i) => {
      shares[i].textContent = purityText(n);
      fillBar(bars[i], purity(classes[n], near()));
    });
    nearCaption.textContent = `Nearest to ${words[followed]}, in the full embedding`;
    nearRows.replaceChildren(...near()[followed].map((j) => html("tr", {}, html("th", { scope: "row", text: words[j] }),
      ...names.map((n) => html("td", { class: classes[n][j] === classes[n][followed] ? "eg-same" : "", text: classes[n][j] })))));
    drawing.setAttribute("aria-label", `Map of ${words.length} words, ${reachText(model.get("window"))}, marked by ` +
      `${model.get("color_by")}. ${names.map((n) => `Neighbours of the same ${n}: ${purityText(n)}`).join(". ")}.`);
  }
  draw();
  return follow(model, ["window", "color_by", "word"], draw);
}

export default { render };
