// Widgets of other kinds: the standard Jupyter widget manager runs them, from where myst-nb would have taken it.
import { addScript, message } from "./page.js";

/** @typedef {import("./state.js").Spec} Spec */

const STANDARD_MODULES = ["@jupyter-widgets/base", "@jupyter-widgets/controls", "@jupyter-widgets/output"];

/**
 * Load the manager; where that fails, say so in the place of each view.
 * @param {Record<string, Record<string, string>>} scripts addresses, with their attributes
 * @param {string} base of the addresses
 * @param {Spec[]} specs of the models that it is to run
 * @param {Element[]} views
 */
export async function useStandardManager(scripts, base, specs, views) {
  try {
    const needed = Object.entries(neededScripts(scripts, specs));
    await Promise.all(needed.map(([src, attributes]) => addScript(new URL(src, base), attributes)));
  } catch (error) {
    for (const view of views)
      view.before(message(`This widget needs the standard Jupyter widget manager, and ${/** @type {Error} */ (error).message}.`));
  }
}

/**
 * @param {Record<string, Record<string, string>>} scripts
 * @param {Spec[]} specs
 */
export function neededScripts(scripts, specs) {
  const amd = Object.keys(scripts).find((src) => src.endsWith("/embed-amd.js"));
  // For the standard widgets alone, its build beside this one needs no require.js.
  if (!amd || !specs.every((spec) => STANDARD_MODULES.includes(spec.model_module))) return scripts;
  return { [amd.replace(/embed-amd\.js$/, "embed.js")]: scripts[amd] };
}
