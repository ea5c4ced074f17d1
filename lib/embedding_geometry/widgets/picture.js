// The picture that lies: flat maps of an embedding, linked with the true neighbours in all its dimensions.

const MARGIN = 14; // units of the drawing that stay free around the points

/** Stretch a map's points to fill the drawing, the same way along both axes. */
function fitted(points) {
  const range = (axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))];
  const [x0, x1] = range(0), [y0, y1] = range(1), room = PLANE_SIZE - 2 * MARGIN, unit = room / Math.max(x1 - x0, y1 - y0);
  return points.map(([x, y]) => ({ x: PLANE_SIZE / 2 + (x - (x0 + x1) / 2) * unit, y: PLANE_SIZE / 2 - (y - (y0 + y1) / 2) * unit }));
}

/** The k points nearest to each in the picture; equal distances in the order of the points. */
function pictureNeighbors(points, k) {
  return points.map((p, i) => points.map((q, j) => [i === j ? Infinity : Math.hypot(p[0] - q[0], p[1] - q[1]), j])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, k).map(([, j]) => j));
}

function render({ model, el }) {
  prepareRoot(el, "eg-picture-widget", "A flat picture of words and their true neighbours");
  const labels = model.get("labels"), trueNeighbors = model.get("neighbors"), maps = model.get("maps"), k = trueNeighbors[0].length;
  const shownNeighbors = Object.fromEntries(Object.entries(maps).map(([name, points]) => [name, pictureNeighbors(points, k)]));
  const overlap = (name) => labels.reduce((sum, _, i) =>
    sum + trueNeighbors[i].filter((j) => shownNeighbors[name][i].includes(j)).length / k, 0) / labels.length;

  const drawing = svg("svg", { class: "eg-plane eg-picture", viewBox: `0 0 ${PLANE_SIZE} ${PLANE_SIZE}`, tabindex: 0, role: "listbox",
    "aria-label": "Words as points. The arrow keys choose the next word in that direction.", onkeydown: (event) => step(event) });
  const links = svg("g"), names = svg("g", { "aria-hidden": "true" });
  const optionId = uniqueId("point");
  const points = labels.map((label, i) => svg("circle", { r: 4, role: "option", id: `${optionId}-${i}`, "aria-label": label,
    onclick: () => save(model, { selected: i }) }));
  drawing.append(links, ...points, names);

  const chooser = html("select", { onchange: () => save(model, { selected: Number(chooser.value) }) },
    ...labels.map((text, i) => [text, i]).sort((a, b) => a[0].localeCompare(b[0])).map(([text, value]) => html("option", { value, text })));
  const mapName = uniqueId("map");
  const mapRadios = Object.keys(maps).map((value) => html("input", { type: "radio", name: mapName, value, onchange: () => save(model, { map: value }) }));
  const kept = html("p"), falseOnes = html("p"), lost = html("p"), score = html("p", { class: "eg-score" });
  el.append(framed(drawing), html("div", { class: "eg-side" },
    html("div", { class: "eg-controls", role: "radiogroup", "aria-label": "map" }, ...mapRadios.map((radio) => html("label", {}, radio, radio.value))),
    html("div", { class: "eg-controls" }, html("label", {}, "word ", chooser)), kept, falseOnes, lost, score));
  const announce = announcer(el);

  function step(event) {
    const direction = ARROW_KEYS[event.key];
    if (!direction) return;
    event.preventDefault();
    event.stopPropagation();
    const places = fitted(maps[model.get("map")]), here = places[model.get("selected")];
    const ahead = places.map((p, i) => {
      const along = (p.x - here.x) * direction[0] - (p.y - here.y) * direction[1];
      const aside = Math.abs((p.x - here.x) * direction[1] + (p.y - here.y) * direction[0]);
      return [along > 0 && aside <= 2 * along ? along + aside : Infinity, i];
    }).reduce((best, other) => (other[0] < best[0] ? other : best));
    if (ahead[0] < Infinity) save(model, { selected: ahead[1] });
  }

  function draw() {
    const name = model.get("map"), chosen = model.get("selected"), places = fitted(maps[name]), here = places[chosen];
    const near = new Set(trueNeighbors[chosen]), seen = new Set(shownNeighbors[name][chosen]);
    const kindOf = (i) => (i === chosen ? "chosen" : near.has(i) ? (seen.has(i) ? "kept" : "lost") : seen.has(i) ? "false" : "other");
    const words = (kind) => labels.filter((_, i) => kindOf(i) === kind).join(", ") || "none";
    points.forEach((point, i) => furnish(point, { cx: places[i].x, cy: places[i].y, class: `eg-${kindOf(i)}`,
      r: kindOf(i) === "other" ? 3.5 : 6, "aria-selected": String(i === chosen) }));
    drawing.setAttribute("aria-activedescendant", `${optionId}-${chosen}`);
    links.replaceChildren(...trueNeighbors[chosen].map((i) =>
      svg("line", { class: `eg-link-${kindOf(i)}`, x1: here.x, y1: here.y, x2: places[i].x, y2: places[i].y })));
    // A name that would cover another stays out: the lists beside the picture have them all.
    const crowds = (p, q) => Math.abs(p.x - q.x) < 80 && Math.abs(p.y - q.y) < 15;
    const marked = [chosen, ...places.keys()].filter((i, at) => kindOf(i) !== "other" && (at === 0 || i !== chosen));
    const labelled = marked.reduce((kept, i) => (kept.some(([p]) => crowds(p, places[i])) ? kept : [...kept, [places[i], i]]), []);
    names.replaceChildren(...labelled.map(([{ x, y }, i]) => svg("text", { text: `${{ false: "\u2717 ", lost: "\u25cb " }[kindOf(i)] ?? ""}${labels[i]}`,
      x: Math.max(40, Math.min(PLANE_SIZE - 40, x)), y: y < 24 ? y + 20 : y - 9, "text-anchor": "middle" })));
    for (const radio of mapRadios) radio.checked = radio.value === name;
    chooser.value = chosen;
    kept.textContent = `\u25cf True neighbours that look near: ${words("kept")}.`;
    falseOnes.textContent = `\u2717 False neighbours, near in the picture only: ${words("false")}.`;
    lost.textContent = `\u25cb Lost neighbours, near in truth only: ${words("lost")}.`;
    score.textContent = `Over all ${labels.length} words, this picture shows ${formatNumber(100 * overlap(name), 1)}% of the ${k} nearest neighbours.`;
    announce(() => `${labels[chosen]}. ${kept.textContent} ${falseOnes.textContent}`);
  }

  const stop = follow(model, ["map", "selected"], draw);
  draw();
  return stop;
}

export default { render };
