// Runs the course's widgets on a page without a kernel and without a network.
//
// myst-nb writes the state of every widget into the page. This host runs the anywidgets among them, with the
// links and boxes that join them. A widget of any other kind, and whatever hangs together with one, is left to the
// standard Jupyter widget manager, which shows the anywidgets among those by this host.
import { Runtime } from "./front_end_module.js";
import { Model } from "./model.js";
import { moduleLoader } from "./module_loading.js";
import { message } from "./page.js";
import { useStandardManager } from "./standard_manager.js";
import { BOXES, LINKS, foreignIds, references } from "./state.js";

/** @typedef {import("./state.js").Spec} Spec */

const MIME = "application/vnd.jupyter.widget-";
const own = /** @type {HTMLScriptElement} */ (document.currentScript);
const { widgets = "", modules = "{}" } = own.dataset;

/**
 * @param {Runtime} runtime
 * @param {string} id
 */
async function renderModel(runtime, id) {
  const model = /** @type {Model} */ (runtime.models.get(id)), el = document.createElement("div");
  const [layout] = references(model.get("layout"));
  for (const [name, value] of Object.entries(runtime.models.get(layout)?.state ?? {}))
    if (!name.startsWith("_") && value !== null) el.style.setProperty(name.replaceAll("_", "-"), value);
  if (BOXES.has(model.name)) {
    Object.assign(el.style, { display: "flex", flexWrap: "wrap", gap: "0.5rem", flexDirection: BOXES.get(model.name) });
    for (const child of references(model.get("children"))) el.append(await renderModel(runtime, child));
  } else await runtime.show(model, el);
  return el;
}

/**
 * Let a trait of one widget follow that of another, or both each other.
 * @param {Map<string, Model>} models
 * @param {Model} link
 */
function join(models, link) {
  const end = (/** @type {string} */ name) => {
    const [ref, trait] = link.get(name);
    return { model: /** @type {Model} */ (models.get(references(ref)[0])), trait };
  };
  const from = end("source"), to = end("target"), push = () => to.model.set(to.trait, from.model.get(from.trait));
  push();
  from.model.on(`change:${from.trait}`, push);
  if (link.name === "LinkModel") to.model.on(`change:${to.trait}`, () => from.model.set(from.trait, to.model.get(to.trait)));
}

async function main() {
  const stateTag = document.querySelector(`script[type="${MIME}state+json"]`);
  if (!stateTag) return;
  const saved = JSON.parse(stateTag.textContent ?? "");
  /** @type {[string, Spec][]} */
  const specs = Object.entries(saved.state);
  const foreign = foreignIds(saved.state);
  const hosted = specs.filter(([id, spec]) => !foreign.has(id) || spec.model_module === "anywidget");
  const models = new Map(hosted.map(([id, spec]) => [id, new Model(spec)]));
  for (const model of models.values()) if (LINKS.includes(model.name)) join(models, model);
  const { preload, load } = moduleLoader(new URL(`${widgets}/`, own.src), JSON.parse(modules));
  preload(models.values());
  const leaving = new AbortController();
  // A page that the browser keeps for the way back goes on.
  addEventListener("pagehide", (event) => { if (!event.persisted) leaving.abort(); });
  const runtime = new Runtime(models, load, leaving.signal);
  // Also those that are shown nowhere; what goes wrong is told where a widget is shown.
  for (const model of models.values()) if (model.get("_anywidget_id")) runtime.start(model).catch(console.error);

  const views = [...document.querySelectorAll(`script[type="${MIME}view+json"]`)]
    .map((tag) => ({ tag, id: JSON.parse(tag.textContent ?? "").model_id }));
  const foreignViews = views.filter(({ id }) => foreign.has(id));
  if (foreignViews.length) {
    const others = Object.fromEntries(specs.filter(([id]) => foreign.has(id)));
    useStandardManager(new URL(".", own.src), others, foreignViews, runtime);
  }
  for (const { tag, id } of views.filter((view) => !foreign.has(view.id) && models.has(view.id))) {
    const area = Object.assign(document.createElement("div"), { className: "widget-subarea" });
    tag.replaceWith(area);
    try {
      area.append(await renderModel(runtime, id));
    } catch (error) {
      console.error(error);
      area.append(message(`This widget could not start: ${/** @type {Error} */ (error).message}.`));
    }
  }
}

main();
