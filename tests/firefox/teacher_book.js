// A teacher's own notebooks in Firefox: plots, sound, frames, animations, handlers and linked widgets.
// SITE is the address of the book of tests/support/teacher_pages.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./browser.js";

let page;
async function open(name) {
  page = await openPage(name);
}

const count = (selector) => page.$$eval(selector, (found) => found.length);
const until = (selector, n) => page.waitForFunction((s, k) => document.querySelectorAll(s).length === k, {}, selector, n);

for (const [name, selector, n] of [["plotly", ".main-svg .point", 15], ["altair", ".vega-embed svg.marks", 2], ["bokeh", "[data-root-id] > *", 1]])
  test(`${name} draws`, async () => {
    await open(name);
    await until(selector, n);
  });

test("media plays and answers", async () => {
  await open("media");
  await page.waitForFunction(() => [...document.querySelectorAll("audio")].every((e) => e.duration > 0.2));
  const source = () => page.$eval("[id^=_anim_img]", (e) => e.src);
  const first = await source();
  await (await page.$("[title='Next frame']")).click();
  assert.notEqual(await source(), first);
  await page.type("input[aria-label=number]", "21");
  await page.keyboard.press("Tab");
  assert.equal(await page.$eval("article output", (e) => e.textContent), "42");
});

test("mathematics is set", async () => {
  await open("mathematics");
  assert.ok(await count(".cell_output math") >= 6);
});

test("widgets move each other", async () => {
  await open("widgets");
  const slider = await page.waitForSelector(".standard-widget [role=slider]");
  await slider.focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
  assert.equal(await page.$eval("input[type=number]", (e) => e.value), "7");
  await page.waitForSelector(".standard-widget .eg-plane-widget .eg-handle");
});
