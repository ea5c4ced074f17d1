// What a reader would see wrong on a page: run in the page, returns plain data.
() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const ink = canvas.getContext("2d", { willReadFrequently: true });
  /** Any CSS colour as red, green, blue from 0 to 255 and alpha from 0 to 1. */
  const rgba = (colour) => {
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = colour;
    ink.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = ink.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, ground) => [0, 1, 2].map((i) => top[i] * top[3] + ground[i] * (1 - top[3]));
  const luminance = (colour) => {
    const linear = colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const background = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((ground, layer) => over(layer, ground), [255, 255, 255]);
  };
  const contrast = (colour, ground) => {
    const [low, high] = [luminance(over(rgba(colour), ground)), luminance(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const visible = (element) =>
    element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && element.getClientRects().length > 0;

  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== "visible") return true;
    return false;
  };

  const pale = [], ownText = (element) => [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  for (const element of document.querySelectorAll(".eg-widget *")) {
    if (element.closest(".eg-visually-hidden, option") || !visible(element)) continue;
    if (!ownText(element) && !["INPUT", "SELECT"].includes(element.tagName)) continue;
    const style = getComputedStyle(element), ground = background(element);
    const found = contrast(element.closest("svg") ? style.fill : style.color, ground);
    if (!(found >= 4.5)) pale.push(`${element.outerHTML.slice(0, 80)}: ${found.toFixed(2)}`);
  }
  for (const shaft of document.querySelectorAll(".eg-plane :is(.eg-shaft, .eg-rule)")) {
    const found = contrast(getComputedStyle(shaft).stroke, background(shaft));
    if (!(found >= 3)) pale.push(`a line of ${shaft.parentElement.getAttribute("class")}: ${found.toFixed(2)}`);
  }

  // A field whose text is longer than the field shows a part of it only.
  const clipped = [...document.querySelectorAll(".eg-widget input")]
    .filter((field) => visible(field) && field.scrollWidth > field.clientWidth).map((field) => field.outerHTML);

  const text = [], article = document.querySelector("article, main") ?? document.body;
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("pre, code, script, style, noscript, annotation")) text.push(walker.currentNode.data);
  }
  const areas = [...document.querySelectorAll(".widget-subarea")];
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    wide: [...article.querySelectorAll("*")].filter((e) => visible(e) && !scrolls(e) &&
      e.getBoundingClientRect().right > document.documentElement.clientWidth).map((e) => e.outerHTML.slice(0, 80)),
    widgets: areas.filter((area) => area.querySelector(".eg-widget")?.childElementCount).length,
    messages: [...document.querySelectorAll(".widget-message")].map((m) => m.textContent),
    typeset: document.querySelectorAll("article .math > math > semantics > annotation").length,
    formulas: document.querySelectorAll("article .math").length,
    mathErrors: [...document.querySelectorAll("merror, .math > code")].map((e) => e.outerHTML.slice(0, 200)),
    text: text.join("\n"),
    headings: [...document.querySelectorAll("h1")].filter(visible).length,
    brokenImages: [...document.images].filter((i) => visible(i) && !i.naturalWidth).map((i) => i.src),
    pale,
    clipped,
    background: luminance(background(document.body)),
  };
}
