// Tables and what changes in them: boxes for values, and bars.
import { html } from "./elements.js";

/**
 * A table that scrolls by itself where long labels make it wider than the page.
 * @param {import("./elements.js").Props} props
 * @param {...Node} children
 */
export const scrollingTable = (props, ...children) => html("div", { class: "eg-scroll" }, html("table", props, ...children));

/**
 * The heading of a column.
 * @param {string} text
 */
export const columnHeading = (text) => html("th", { scope: "col", text });

/**
 * A value that changes while the reader drags. Its box has a size of its own, so that the browser lays out nothing else.
 * @param {string[]} [texts] the longest that it may hold, where they are more than six digits
 */
export function valueBox(texts = []) {
  const box = html("span", { class: "eg-value" });
  box.style.minWidth = `${Math.max(6, ...texts.map((text) => text.length))}ch`;
  return box;
}

/**
 * Fill a share of a bar, and return it. The bar itself keeps its size, so that nothing is laid out again.
 * @param {HTMLElement} bar
 * @param {number} share
 */
export function fillBar(bar, share) {
  bar.style.backgroundSize = `${100 * share}% 100%`;
  return bar;
}
