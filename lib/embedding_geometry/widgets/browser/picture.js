// The picture that lies: flat maps of an embedding, linked with the true neighbours in all its dimensions.
import { ARROW_KEYS } from "./dragging.js";
import { furnish, html, svg, uniqueId } from "./elements.js";
import { formatNumber } from "./numbers.js";
import { framed } from "./plane_drawing.js";
import { PLANE_SIZE } from "./plane_scale.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./vectors.js").Vector} Vector */

const MARGIN = 14; // units of the drawing that stay free around the points

/**
 * Stretch a map's points to fill the drawing, the same way along both axes.
 * @param {[number, number][]} points
 * @returns {Vector[]}
 */
export function fitted(points) {
  const range = (/** @type {0 | 1} */ axis) => [Math.min(...points.map((p) => p[axis])), Math.max(...points.map((p) => p[axis]))];
  const [x0, x1] = range(0), [y0, y1] = range(1), room = PLANE_SIZE - 2 * MARGIN, unit = room / Math.max(x1 - x0, y1 - y0);
  return points.map(([x, y]) => ({ x: PLANE_SIZE / 2 + (x - (x0 + x1) / 2) * unit, y: PLANE_SIZE / 2 - (y - (y0 + y1) / 2) * unit }));
}

/**
 * The next point in a direction: the nearest of those that lie more ahead than aside.
 * @param {Vector[]} places
 * @param {number} from
 * @param {[number, number]} direction to the right, and up
 * @returns {number | undefined}
 */
export function nextPoint(places, from, [right, up]) {
  const here = places[from];
  let nearest = Infinity, next;
  places.forEach((p, i) => {
    const along = (p.x - here.x) * right - (p.y - here.y) * up;
    const aside = Math.abs((p.x - here.x) * up + (p.y - here.y) * right);
    if (along > 0 && aside <= 2 * along && along + aside < nearest) [nearest, next] = [along + aside, i];
  });
  return next;
}

/** @param {View} view */
function render({ model, el }) {
  prepareRoot(el, "eg-picture-widget", "A flat picture of words and their true neighbours");
  /** @type {string[]} */
  const labels = model.get("labels");
  /** @type {number[][]} */
  const trueNeighbors = model.get("neighbors");
  /** @type {{ name: string, points: [number, number][], neighbors: number[][], overlap: number }[]} */
  const given = model.get("maps");
  const k = trueNeighbors[0].length, maps = given.map((map) => ({ ...map, places: fitted(map.points) }));
  const mapNow = () => maps.find(({ name }) => name === model.get("map")) ?? maps[0];

  const drawing = svg("svg", { class: "eg-plane eg-picture", viewBox: `0 0 ${PLANE_SIZE} ${PLANE_SIZE}`, tabindex: 0, role: "listbox",
    "aria-label": "Words as points. The arrow keys choose the next word in that direction.", onkeydown: step });
  const links = svg("g"), names = svg("g", { "aria-hidden": "true" });
  const optionId = uniqueId("point");
  const points = labels.map((label, i) => svg("circle", { r: 4, role: "option", id: `${optionId}-${i}`, "aria-label": label,
    onclick: () => save(model, { selected: i }) }));
  drawing.append(links, ...points, names);

  const chooser = html("select", { onchange: () => save(model, { selected: Number(chooser.value) }) },
    ...[...labels.entries()].sort((a, b) => a[1].localeCompare(b[1])).map(([value, text]) => html("option", { value, text })));
  const mapName = uniqueId("map");
  const mapRadios = maps.map(({ name: value }) => html("input", { type: "radio", name: mapName, value, onchange: () => save(model, { map: value }) }));
  const kept = html("p"), falseOnes = html("p"), lost = html("p"), score = html("p", { class: "eg-score" });
  el.append(framed(drawing), html("div", { class: "eg-side" },
    html("div", { class: "eg-controls", role: "radiogroup", "aria-label": "map" }, ...mapRadios.map((radio) => html("label", {}, radio, radio.value))),
    html("div", { class: "eg-controls" }, html("label", {}, "word ", chooser)), kept, falseOnes, lost, score));
  const announce = announcer(el);

  /** @param {KeyboardEvent} event */
  function step(event) {
    const direction = ARROW_KEYS[event.key];
    if (!direction) return;
    event.preventDefault();
    event.stopPropagation();
    const next = nextPoint(mapNow().places, model.get("selected"), direction);
    if (next !== undefined) save(model, { selected: next });
  }

  function draw() {
    const { name, places, neighbors, overlap } = mapNow(), chosen = model.get("selected"), here = places[chosen];
    const near = new Set(trueNeighbors[chosen]), seen = new Set(neighbors[chosen]);
    const kinds = labels.map((_, i) => (i === chosen ? "chosen" : near.has(i) ? (seen.has(i) ? "kept" : "lost") : seen.has(i) ? "false" : "other"));
    const words = (/** @type {string} */ kind) => labels.filter((_, i) => kinds[i] === kind).join(", ") || "none";
    points.forEach((point, i) => furnish(point, { cx: places[i].x, cy: places[i].y, class: `eg-${kinds[i]}`,
      r: kinds[i] === "other" ? 3.5 : 6, "aria-selected": String(i === chosen) }));
    drawing.setAttribute("aria-activedescendant", `${optionId}-${chosen}`);
    links.replaceChildren(...trueNeighbors[chosen].map((i) =>
      svg("line", { class: `eg-link-${kinds[i]}`, x1: here.x, y1: here.y, x2: places[i].x, y2: places[i].y })));
    const mark = (/** @type {number} */ i) => (kinds[i] === "false" ? "\u2717 " : kinds[i] === "lost" ? "\u25cb " : "");
    names.replaceChildren(...namesWithRoom(places, kinds, chosen).map((i) => svg("text", { text: `${mark(i)}${labels[i]}`,
      x: Math.max(40, Math.min(PLANE_SIZE - 40, places[i].x)), y: places[i].y < 24 ? places[i].y + 20 : places[i].y - 9, "text-anchor": "middle" })));
    for (const radio of mapRadios) radio.checked = radio.value === name;
    chooser.value = chosen;
    kept.textContent = `\u25cf True neighbours that look near: ${words("kept")}.`;
    falseOnes.textContent = `\u2717 False neighbours, near in the picture only: ${words("false")}.`;
    lost.textContent = `\u25cb Lost neighbours, near in truth only: ${words("lost")}.`;
    score.textContent = `Over all ${labels.length} words, this picture shows ${formatNumber(100 * overlap, 1)}% of the ${k} nearest neighbours.`;
    announce(() => `${labels[chosen]}. ${kept.textContent} ${falseOnes.textContent}`);
  }

  const stop = follow(model, ["map", "selected"], draw);
  draw();
  return stop;
}

/**
 * The marked points whose names are written, the chosen one first. A name that would cover another stays out: the
 * lists beside the picture have them all.
 * @param {Vector[]} places
 * @param {string[]} kinds
 * @param {number} chosen
 */
function namesWithRoom(places, kinds, chosen) {
  const crowds = (/** @type {Vector} */ p, /** @type {Vector} */ q) => Math.abs(p.x - q.x) < 80 && Math.abs(p.y - q.y) < 15;
  const marked = [chosen, ...places.keys()].filter((i, at) => kinds[i] !== "other" && (at === 0 || i !== chosen));
  return marked.reduce((kept, i) => (kept.some((j) => crowds(places[j], places[i])) ? kept : [...kept, i]), /** @type {number[]} */ ([]));
}

export default { render };
