// One Firefox for the tests of a file, by WebDriver BiDi. SITE is the address of a book, FIREFOX the path of the browser.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";
import puppeteer from "puppeteer-core";

let browser, page, problems;
before(async () => {
  browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX, headless: true });
});
after(() => browser?.close());
afterEach(async () => {
  await page.close();
  assert.deepEqual(problems, []);
});

/** Open a page of the book; what goes wrong on it fails the test. */
export async function openPage(name) {
  problems = [];
  page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
  await page.goto(`${process.env.SITE}${name}.html`);
  return page;
}
