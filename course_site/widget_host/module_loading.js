// Where a widget's module comes from: the website's own files, an address, or the text that came with the page.
import { addScript, addStyles, isAddress } from "./page.js";

/** @typedef {import("./model.js").Model} Model */

const OURS = /^embedding_geometry\.widgets\.(\w+)\./;

/**
 * @param {URL} folder of the course's own modules
 * @param {Record<string, string[]>} parts by widget: its module and all that it imports
 */
export function moduleLoader(folder, parts) {
  /** @type {Map<string, Promise<any>>} */
  const loaded = new Map();
  const fromDisk = folder.protocol === "file:";
  const once = (/** @type {string} */ key, /** @type {() => Promise<any>} */ ask) => {
    const module = loaded.get(key) ?? ask();
    loaded.set(key, module);
    return module;
  };

  /**
   * Ask for all parts at once: otherwise the browser would learn of them one after the other.
   * @param {Iterable<Model>} models
   */
  function preload(models) {
    if (fromDisk) return;
    const names = new Set([...models].flatMap((model) => parts[ownName(model) ?? ""] ?? []));
    for (const name of names)
      document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: new URL(name, folder).href }));
  }

  /** @param {Model} model */
  async function load(model) {
    const esm = model.get("_esm"), name = ownName(model);
    if (esm === undefined && name) {
      if (fromDisk) return { default: (await once("all", () => modulesFromScript(folder)))[name] };
      return once(name, () => import(new URL(`${name}.js`, folder).href));
    }
    if (!esm) throw new Error("it came without a module");
    addStyles(model.get("_css"));
    return once(esm, () => (isAddress(esm) ? import(esm) : importText(esm)));
  }

  return { preload, load };
}

/** @param {Model} model */
const ownName = (model) => OURS.exec(model.get("_anywidget_id") ?? "")?.[1];

/** @param {string} text */
function importText(text) {
  return import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}

/**
 * A page opened from disk may run a script, but may not import a module.
 * @param {URL} folder
 */
async function modulesFromScript(folder) {
  await addScript(new URL("all.js", folder), {});
  return /** @type {any} */ (globalThis).embeddingGeometry.modules;
}
