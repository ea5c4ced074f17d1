// Makes standard widgets readable: their formulas are set, as on JupyterLab, and every control has a name.

const CODE = "pre, code, textarea, math, script, style, .widget-html-content:not(.widget-htmlmath *)";
const CONTROLS = "button, input:not([type=hidden]), select, textarea, [role=slider], [role=progressbar], progress, video, audio";

/** @returns {Map<string, Element>} the page's formulas in labels, set when it was made, by their TeX */
function pageFormulas() {
  const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector("template.widget-formulas"));
  const names = JSON.parse(template?.dataset.formulas ?? "[]");
  return new Map(names.map((/** @type {string} */ name, /** @type {number} */ i) => [name, template?.content.children[i]]));
}

/**
 * Keep all in an element readable while the manager changes it.
 * @param {Element} place
 */
export function keepReadable(place) {
  const formulas = pageFormulas();
  const mend = () => {
    if (formulas.size) setFormulas(place, formulas);
    for (const control of place.querySelectorAll(CONTROLS)) nameControl(control);
    for (const [i, tab] of place.querySelectorAll("[role=tab]").entries())
      if (!tab.textContent?.trim()) tab.setAttribute("aria-label", `tab ${i + 1}`);
    for (const image of place.querySelectorAll("img:not([alt])")) image.setAttribute("alt", "picture");
  };
  new MutationObserver(mend).observe(place, { childList: true, subtree: true, characterData: true });
}

/**
 * @param {Element} place
 * @param {Map<string, Element>} formulas
 */
function setFormulas(place, formulas) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) if (!walker.currentNode.parentElement?.closest(CODE)) found.push(/** @type {Text} */ (walker.currentNode));
  for (const text of found)
    for (const [name, made] of formulas) {
      const at = text.data.indexOf(name);
      if (at < 0) continue;
      text.splitText(at).splitText(name.length);
      /** @type {ChildNode} */ (text.nextSibling).replaceWith(...[...made.cloneNode(true).childNodes]);
    }
}

/**
 * Give a control the name of its label, or of its kind.
 * @param {Element} control
 */
function nameControl(control) {
  const labels = /** @type {HTMLInputElement} */ (control).labels;
  if (control.hasAttribute("aria-label") || control.hasAttribute("aria-labelledby") || [...labels ?? []].some((l) => l.textContent)) return;
  const icon = control.querySelector("i")?.className.match(/fa-([\w-]+)/)?.[1];
  if (control.tagName === "BUTTON" && control.textContent?.trim()) return;
  const widget = control.closest(".jupyter-widgets"), label = widget?.querySelector(".widget-label")?.textContent?.trim();
  const kinds = [...widget?.classList ?? []].map((name) => /^widget-(\w[\w-]*)$/.exec(name)?.[1]);
  const kind = kinds.find((name) => name && !/box$/.test(name));
  control.setAttribute("aria-label", icon || label || kind || "control");
}
