// Every widget in Firefox, by WebDriver BiDi: started, dragged or clicked, and typed into; the numbers by hand.
// SITE is the address of the book of tests/support/widget_pages.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./browser.js";

let page;

/** Open a page, and return its nth widget of a kind once it stands. */
async function open(name, kind, index = 0) {
  page = await openPage(name);
  await page.waitForFunction((selector, i) => document.querySelectorAll(selector)[i]?.childElementCount, {}, `.eg-${kind}-widget`, index);
  const widget = (await page.$$(`.eg-${kind}-widget`))[index];
  await widget.evaluate((e) => e.scrollIntoView({ block: "center" }));
  return widget;
}

/** Drag an element by this many pixels. */
async function drag(element, right, down) {
  const { x, y, width, height } = await element.boundingBox(), from = [x + width / 2, y + height / 2];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + right, from[1] + down, { steps: 5 });
  await page.mouse.up();
}

/** Type into a field as a reader does, over what it holds. */
async function type(field, text) {
  await field.focus();
  await field.evaluate((e) => e.select());
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

async function press(element, ...keys) {
  await element.evaluate((e) => e.focus()); // puppeteer's own refuses what SVG draws
  for (const key of keys) await page.keyboard.press(key);
}

/** Press the button with this text. */
async function button(widget, text) {
  for (const one of await widget.$$("button")) if (await textOf(one) === text) return one.click();
  assert.fail(`there is no button ${text}`);
}

const textOf = (element) => element.evaluate((e) => e.textContent);
const texts = (widget, selector) => widget.$$eval(selector, (all) => all.map((e) => e.textContent));
const numbersIn = (text) => text.replaceAll("\u2212", "-").match(/-?\d+(\.\d+)?/g).map(Number);
const numbers = async (widget, selector) => (await texts(widget, selector)).map((text) => numbersIn(text)[0]);
const tip = async (handle) => numbersIn(await handle.evaluate((e) => e.getAttribute("aria-valuetext")));
const near = (found, expected, within) => assert.ok(Math.abs(found - expected) <= within, `${found} is not ${expected}`);
const byLabel = (widget, label) => widget.$(`[aria-label^="${label}"]`);

test("Plane", async () => {
  const plane = await open("planes", "plane"), cat = await byLabel(plane, "cat, tip");
  const side = (await (await plane.$("svg.eg-plane")).boundingBox()).width;
  await drag(cat, -side / 6, side / 6); // the plane's 3 units stand on its side
  const [x, y] = await tip(cat);
  near(x, 1 - 3 / 6, 0.011);
  near(y, 0.9 - 3 / 6, 0.011);
  const field = await byLabel(plane, "x of dog");
  await type(field, "-0.5");
  assert.deepEqual(await tip(await byLabel(plane, "dog, tip")), [-0.5, 1]);
  const [cosine] = await numbers(plane, '.eg-pairs [data-measure="cosine"]');
  near(cosine, (x * -0.5 + y) / (Math.hypot(x, y) * Math.hypot(0.5, 1)), 1e-4);
  await press(cat, "ArrowLeft", "ArrowUp");
  const moved = await tip(cat);
  near(moved[0], x - 0.1, 1e-9);
  near(moved[1], y + 0.1, 1e-9);
});

test("Mixture", async () => {
  const mixture = await open("flagships", "mixture"), cat = await byLabel(mixture, "cat, tip");
  await drag(cat, -60, 40);
  const [x, y] = await tip(cat);
  assert.ok(x < 1 && y < 0.9);
  await press(await byLabel(mixture, "weight of car"), "Home");
  const [mx, my] = numbersIn(await textOf(await mixture.$(".eg-summary")));
  near(mx, (x + 0.5 * 0.9) / 1.5, 0.011);
  near(my, (y - 0.5 * 0.6) / 1.5, 0.011);
  const attention = await open("flagships", "mixture", 1);
  await press(await byLabel(attention, "query, tip"), "ArrowUp");
  const scores = await numbers(attention, '[data-measure="score"]');
  [[1, 0.9], [0.9, -0.6], [-1, 0.2]].forEach(([a, b], i) => near(scores[i], 0.5 * a + 0.6 * b, 0.006));
});

test("Subspace", async () => {
  const subspace = await open("flagships", "subspace"), handle = await byLabel(subspace, "the line's direction");
  const start = await textOf(await subspace.$("output"));
  await drag(handle, 60, 30);
  assert.notEqual(await textOf(await subspace.$("output")), start);
  const value = async (name) => (await numbers(subspace, `[data-measure="${name}"]`))[0];
  near(await value("kept") + await value("residual"), 100, 0.11);
  assert.ok(await value("kept") < await value("best"));
  await button(subspace, "Snap to the first principal direction");
  assert.equal(await value("kept"), await value("best"));
  await press(await byLabel(subspace, "angle of the line"), "ArrowRight", "ArrowRight", "ArrowRight");
  assert.ok(await value("kept") < await value("best"));
});

test("Probe", async () => {
  const probe = await open("probes", "probe"), handle = await byLabel(probe, "weights of the line");
  await drag(handle, 30, 60);
  const [x, y] = await tip(handle);
  assert.ok(x > 0.5 && y < 1);
  const part = async (name) => (await numbers(probe, `[data-measure="${name}"]`))[0];
  await press(await byLabel(probe, "bias b of the line"), "End");
  near(await part("yours test"), 1 - await part("majority test"), 1e-9); // so large a bias says one class of all
  await press(await byLabel(probe, "bias b of the line"), "Home");
  assert.equal(await part("yours test"), await part("majority test"));
  await button(probe, "Fit the line");
  assert.equal(await part("yours test"), await part("real test"));
});

test("Gauge", async () => {
  const gauge = await open("flagships", "gauge"), slider = await byLabel(gauge, "gauge");
  const predictions = await texts(gauge, ".eg-predictions td"), nearest = await texts(gauge, ".eg-nearest td.eg-text");
  await drag(slider, -80, 0);
  assert.ok(numbersIn(await textOf(await gauge.$("output")))[0] < -0.5);
  await press(slider, "Home");
  const ends = [await texts(gauge, ".eg-nearest td.eg-text")];
  await press(slider, "End");
  ends.push(await texts(gauge, ".eg-nearest td.eg-text"));
  assert.deepEqual(await texts(gauge, ".eg-predictions td"), predictions);
  assert.ok(ends.some((end) => end.join() !== nearest.join()));
});

test("Picture", async () => {
  const picture = await open("flagships", "picture"), drawing = await picture.$("svg.eg-picture");
  const chosen = () => picture.$eval("select", (e) => e.value);
  // The first point that no other one covers.
  const place = await picture.$$eval("svg circle", (all) => {
    for (const point of all) {
      const { x, y, width, height } = point.getBoundingClientRect(), at = [x + width / 2, y + height / 2];
      if (point.id.split("-").pop() !== "0" && document.elementFromPoint(...at) === point) return { at, id: point.id.split("-").pop() };
    }
  });
  await page.mouse.click(...place.at);
  assert.equal(await chosen(), place.id);
  await press(drawing, "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown");
  const selected = await picture.$$eval('[aria-selected="true"]', (all) => all.map((e) => e.id.split("-").pop()));
  assert.deepEqual(selected, [await chosen()]);
  const named = (await texts(picture, "p")).slice(0, 3).map((line) => line.split(": ")[1].replace(".", "").split(", ").filter((w) => w !== "none"));
  assert.equal(named[0].length + named[2].length, 5); // true neighbours, kept or lost
  assert.equal(named[0].length + named[1].length, 5); // those of the map, true or false
});

test("WindowSlider", async () => {
  const slider = await open("windows", "window"), range = await slider.$('input[type="range"]');
  await press(range, "Home", "ArrowRight", "ArrowRight");
  assert.equal(await textOf(await slider.$("output")), "3 words on each side");
  await drag(range, 40, 0);
  assert.ok(numbersIn(await textOf(await slider.$("output")))[0] > 3);
  await slider.$eval("select", (e) => { e.value = "ship"; e.dispatchEvent(new Event("change")); });
  assert.equal(await textOf(await slider.$(".eg-followed")), "ship");
  assert.equal((await texts(slider, ".eg-nearest tbody tr")).length, 5);
});

test("DamageMeters", async () => {
  const bench = await open("flagships", "damage");
  await (await bench.$('input[value="permute"]')).click();
  await drag(await byLabel(bench, "strength of the damage"), 60, 0);
  const first = numbersIn(await textOf(await bench.$("output")))[0];
  await press(await byLabel(bench, "strength of the damage"), "End");
  assert.ok(numbersIn(await textOf(await bench.$("output")))[0] >= first);
  assert.ok((await texts(bench, "tbody td:last-child")).some((text) => text.includes("yes")));
});

test("SelfCheck", async () => {
  const check = await open("flagships", "check"), choices = await check.$$("li:first-child input");
  await choices[0].click();
  assert.match(await textOf(await check.$(".eg-why")), /Not quite. Too few./);
  await press(choices[0], "ArrowDown");
  assert.match(await textOf(await check.$(".eg-why")), /Right. As it is./);
  assert.equal(await textOf(await check.$(".eg-message")), "1 of 2 right so far.");
});

test("Snapshot", async () => {
  const snapshot = await open("flagships", "snapshot");
  await page.waitForFunction(() => !document.querySelector(".eg-uses").hidden);
  await type(await snapshot.$("input"), "jazz");
  assert.match((await texts(snapshot, '[data-use="neighbors"]'))[0], /^\w+ 0\.\d\d, (\w+ 0\.\d\d, ){3}\w+ 0\.\d\d$/);
  assert.match((await texts(snapshot, '[data-use="cluster"]'))[0], /^music/);
});

test("WordExplorer", async () => {
  const explorer = await open("explorers", "words");
  await page.waitForFunction(() => document.querySelector(".eg-results tbody tr"));
  const start = await texts(explorer, ".eg-results th");
  await type(await explorer.$("input[type=text]"), "paris");
  assert.equal(await textOf(await explorer.$("caption")), "Nearest to paris by cosine");
  const found = await texts(explorer, ".eg-results tbody th"), values = await numbers(explorer, ".eg-results tbody td:nth-child(2)");
  assert.notDeepEqual(found, start);
  assert.equal(found.length, values.length);
  assert.deepEqual(values, values.toSorted((a, b) => b - a));
  await type(await explorer.$("input[type=text]"), "pariss");
  assert.ok((await texts(explorer, ".eg-message button")).includes("paris"));
});

test("Interval", async () => {
  const interval = await open("intervals", "interval");
  await drag(await byLabel(interval, "your guess"), 0, 0); // the middle of the slider
  assert.ok(numbersIn(await textOf(await interval.$("output")))[0] > 0);
  await press(await byLabel(interval, "how many queries n"), "Home");
  await button(interval, "Draw 20");
  const [n, held, draws] = numbersIn(await textOf(await interval.$(".eg-message")));
  assert.deepEqual([n, draws], [20, 20]);
  assert.ok(held >= 15);
  assert.equal((await interval.$$(".eg-bars path")).length, 20);
});
