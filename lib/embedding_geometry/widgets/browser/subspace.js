// The subspace: a line through the mean of a cloud of points, turned by the reader; what it keeps and what it loses.
import { describeHandle, handleFor, makeDraggable, placeHandle } from "./dragging.js";
import { fillField, fillGroup, furnish, html, svg } from "./elements.js";
import { ruleShapes } from "./linear_rules.js";
import { formatNumber } from "./numbers.js";
import { framed, placeRule, planeDrawing } from "./plane_drawing.js";
import { planeScale } from "./plane_scale.js";
import { fillBar, valueBox } from "./tables.js";
import { inTurn } from "./turns.js";
import { dot, meanOf } from "./vectors.js";
import { announcer, follow, prepareRoot, save } from "./widget.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {import("./vectors.js").Vector} Vector */
/** @typedef {{ mean: Vector, centered: Vector[], xx: number, yy: number, xy: number }} Cloud */

const HANDLE_RADIUS = 0.85; // where the line's handle stands, as a share of the plane's extent

const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
/**
 * A line has no front: angles that differ by half a turn are the same line.
 * @param {number} degrees
 */
export const lineAngle = (degrees) => ((degrees % 180) + 180) % 180;

/**
 * The points around their mean, and the sums of their squares and products.
 * @param {[number, number][]} points
 * @returns {Cloud}
 */
export function spread(points) {
  const mean = meanOf(points.map(([x, y]) => ({ x, y })));
  const centered = points.map(([x, y]) => ({ x: x - mean.x, y: y - mean.y }));
  const total = (/** @type {(c: Vector) => number} */ f) => centered.reduce((sum, c) => sum + f(c), 0);
  return { mean, centered, xx: total((c) => c.x * c.x), yy: total((c) => c.y * c.y), xy: total((c) => c.x * c.y) };
}

/**
 * The angle of the direction along which the points vary most: half of atan2(2 xy, xx - yy).
 * @param {Cloud} cloud
 */
export const principalAngle = ({ xx, yy, xy }) => lineAngle((Math.atan2(2 * xy, xx - yy) / 2) * (180 / Math.PI));

/**
 * The share of the variance that the projections on the line keep.
 * @param {Cloud} cloud
 * @param {number} degrees
 */
export function keptShare({ xx, yy, xy }, degrees) {
  const cos = Math.cos(radians(degrees)), sin = Math.sin(radians(degrees));
  return (cos * cos * xx + 2 * cos * sin * xy + sin * sin * yy) / (xx + yy);
}

/** @param {View} view */
function render({ model, el }) {
  const start = model.get("angle"), extent = model.get("extent"), scale = planeScale(extent);
  const cloudNow = () => spread(model.get("points"));
  prepareRoot(el, "eg-subspace-widget", "A line through a cloud of points");
  const drawing = planeDrawing(scale, "A cloud of points and a line through its mean. Focus the end of the line and press the arrow keys to turn it.");
  const [dots, names] = ["eg-dots", "eg-names"].map((name) => svg("g", { class: name }));
  const [residuals, shadows] = ["eg-residuals", "eg-shadows"].map((name) => svg("path", { class: name }));
  const line = svg("line", { class: "eg-line" }), handle = handleFor("the line's direction");
  handle.prepend(svg("circle", { class: "eg-knob", r: 8 }));
  drawing.append(residuals, line, shadows, dots, names, handle);

  const angle = html("input", { type: "range", min: 0, max: 180, step: 1, "aria-label": "angle of the line in degrees",
    oninput: () => turn(angle.valueAsNumber) });
  const angleText = html("output");
  const lost = html("input", { type: "checkbox", onchange: () => save(model, { show_residuals: lost.checked }) });
  const kept = valueBox(), left = valueBox(), best = valueBox(), bar = html("span");
  const row = (/** @type {string} */ label, /** @type {string} */ measure, /** @type {Node} */ value, /** @type {Node[]} */ ...cells) =>
    html("tr", {}, html("th", { scope: "row", text: label }), html("td", { "data-measure": measure }, value), ...cells);
  el.append(framed(drawing), html("div", { class: "eg-side" },
    html("div", { class: "eg-controls" }, html("label", {}, "angle ", angle, angleText), html("label", {}, lost, "show what is lost"),
      html("button", { type: "button", text: "Snap to the first principal direction", onclick: () => turn(principalAngle(cloudNow())) }),
      html("button", { type: "button", text: "Reset", onclick: () => turn(start) })),
    html("table", {}, html("caption", { text: "Shares of the variance" }), html("tbody", {},
      row("kept by the line", "kept", kept, html("td", { class: "eg-bar", "aria-hidden": "true" }, bar)),
      row("lost, in the residuals", "residual", left, html("td")), row("most that a line can keep", "best", best, html("td"))))));
  const announce = announcer(el);

  /** @param {number} degrees */
  function turn(degrees) {
    save(model, { angle: degrees === 180 ? 180 : lineAngle(degrees) });
    announce(() => `angle ${angleText.textContent}, kept ${kept.textContent}`);
  }
  function handlePlace() {
    const { mean } = cloudNow(), way = radians(model.get("angle"));
    return { x: mean.x + HANDLE_RADIUS * extent * Math.cos(way), y: mean.y + HANDLE_RADIUS * extent * Math.sin(way) };
  }
  makeDraggable(handle, drawing, scale, handlePlace, (x, y) => {
    const { mean } = cloudNow();
    if (x !== mean.x || y !== mean.y) turn((Math.atan2(y - mean.y, x - mean.x) * 180) / Math.PI);
  });

  /** @type {[number, number][] | undefined} */
  let drawn; // the points that are drawn: a drag doesn't change them
  function draw() {
    const cloud = cloudNow(), degrees = model.get("angle"), { mean } = cloud;
    const u = { x: Math.cos(radians(degrees)), y: Math.sin(radians(degrees)) }, across = { x: -u.y, y: u.x };
    placeRule(line, scale, ruleShapes({ ...across, bias: -dot(across, mean) }, extent));
    const feet = cloud.centered.map((c) => ({ x: mean.x + dot(c, u) * u.x, y: mean.y + dot(c, u) * u.y }));
    const points = cloud.centered.map((c) => ({ x: c.x + mean.x, y: c.y + mean.y }));
    const at = (/** @type {Vector} */ p) => `${scale.x(p.x)},${scale.y(p.y)}`;
    furnish(shadows, { d: feet.map((foot) => `M${at(foot)}h0`).join(" ") }); // each a line of no length with round ends
    furnish(residuals, { d: model.get("show_residuals") ? points.map((p, i) => `M${at(p)}L${at(feet[i])}`).join(" ") : "" });
    if (drawn !== model.get("points")) {
      fillGroup(dots, "circle", points.map((p) => ({ cx: scale.x(p.x), cy: scale.y(p.y), r: 4.5 })));
      /** @type {string[]} */
      const labels = model.get("labels");
      fillGroup(names, "text", labels.map((text, i) =>
        ({ text, x: scale.x(points[i].x) + 7, y: scale.y(points[i].y) - 6, "font-size": 13 })));
    }
    drawn = model.get("points");
    const place = handlePlace(), share = keptShare(cloud, degrees);
    const percent = (/** @type {number} */ value) => `${formatNumber(100 * value, 1)}%`;
    placeHandle(handle, scale, place);
    inTurn(angle, () => fillField(angle, degrees));
    furnish(angleText, { text: `${formatNumber(degrees, 0)}\u00b0` });
    describeHandle(handle, scale, place.x, `${angleText.textContent}, keeps ${percent(share)} of the variance`);
    lost.checked = model.get("show_residuals");
    inTurn(kept, () => {
      furnish(kept, { text: percent(share) });
      fillBar(bar, share);
    });
    inTurn(left, () => furnish(left, { text: percent(1 - share) }));
    inTurn(best, () => furnish(best, { text: percent(keptShare(cloud, principalAngle(cloud))) }));
  }

  const stop = follow(model, ["points", "angle", "show_residuals"], draw);
  draw();
  return stop;
}

export default { render };
