// Widgets of other kinds: the widget manager of the classic notebook runs them. It comes with ipywidgets, and is a file
// of this site; here it finds what it looks for in a notebook: a kernel that knows the page's widgets, and is silent.
import { AmdLoader } from "./amd.js";
import { OutputArea } from "./output_area.js";
import { addScript, message } from "./page.js";
import { keepReadable } from "./readable.js";
import { decodeBuffers } from "./state.js";

/** @typedef {import("./state.js").Spec} Spec */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./front_end_module.js").Runtime} Runtime */

const VIEW = "application/vnd.jupyter.widget-view+json";
const STANDARD = ["@jupyter-widgets/base", "@jupyter-widgets/controls", "@jupyter-widgets/output"];
const MANAGER = "jupyter-js-widgets";
const nothing = () => {};

/**
 * Load the manager and show widgets with it; where that fails, say so in the place of each view.
 * @param {URL} folder of the site's files
 * @param {Record<string, Spec>} specs of the models that it is to run, by id
 * @param {{ tag: Element, id: string }[]} views
 * @param {Runtime} runtime of the anywidgets among them
 */
export async function useStandardManager(folder, specs, views, runtime) {
  const loader = new AmdLoader((name) => addressesOf(name, folder, specs), addScript);
  try {
    await startManager(loader, specs, runtime);
  } catch (error) {
    for (const { tag } of views)
      tag.before(message(`This widget needs the standard Jupyter widget manager, which could not start: ${/** @type {Error} */ (error).message}.`));
    return;
  }
  for (const { tag, id } of views) {
    const place = Object.assign(document.createElement("div"), { className: "widget-subarea standard-widget" });
    tag.replaceWith(place);
    keepReadable(place);
    new OutputArea({ selector: place }).fromJSON([{ output_type: "display_data", data: { [VIEW]: { model_id: id } } }]);
    const { model_module } = specs[id];
    // The manager itself would show a broken picture.
    loader.load(model_module).catch((/** @type {Error} */ error) =>
      place.replaceChildren(message(`This widget needs the module ${model_module}, and ${error.message}.`)));
  }
}

/**
 * Where a module may lie: among the site's files, where its package was installed, else where Jupyter's own pages fetch it.
 * @param {string} name
 * @param {URL} folder
 * @param {Record<string, Spec>} specs
 */
function addressesOf(name, folder, specs) {
  if (name === MANAGER) return [new URL(`${MANAGER}.js`, folder)];
  const version = Object.values(specs).find((spec) => spec.model_module === name)?.model_module_version ?? "*";
  return [new URL(`nbextensions/${name}/index.js`, folder), new URL(`https://cdn.jsdelivr.net/npm/${name}@${version}/dist/index.js`)];
}

/**
 * @param {AmdLoader} loader
 * @param {Record<string, Spec>} specs
 * @param {Runtime} runtime
 */
async function startManager(loader, specs, runtime) {
  const page = /** @type {any} */ (globalThis);
  const require = Object.assign(loader.require.bind(loader), { config: nothing });
  // Its menu goes where the notebook's help has one.
  const menu = Object.assign(document.createElement("ul"), { hidden: true, innerHTML: '<li><a id="help_menu"></a></li>' });
  document.body.append(menu);
  await new Promise((resolve, reject) => {
    const events = { on: nothing, trigger: nothing };
    const actions = { register: nothing, get: () => ({ handler: nothing }) };
    const notebook = {
      events, metadata: {}, kernel: kernelOf(specs), container: { on: nothing },
      keyboard_manager: { register_events: nothing, actions },
      // It asks for the cells once it has all widgets.
      get_cells: () => { resolve(null); return []; },
    };
    page.Jupyter = { version: "6.5", notebook, notification_area: { widget: () => ({}) }, menubar: { actions } };
    Object.assign(page, { requirejs: require, require });
    loader.provide("base/js/namespace", page.Jupyter);
    loader.provide("base/js/events", events);
    loader.provide("base/js/dialog", {});
    loader.provide("notebook/js/outputarea", { OutputArea });
    loader.provide("services/kernels/comm", { Comm });
    loader.load(MANAGER).then((manager) => {
      for (const name of STANDARD) loader.provide(name, manager);
      loader.provide("anywidget", anywidgetModule(manager, runtime));
      return manager.load_ipython_extension();
    }).catch(reject);
  });
  menu.remove();
}

/**
 * A kernel that answers one question: which widgets there are.
 * @param {Record<string, Spec>} specs
 */
function kernelOf(specs) {
  for (const spec of Object.values(specs)) decodeBuffers(spec);
  const kernel = {
    is_connected: () => true,
    comm_info: (/** @type {string} */ _, /** @type {(reply: object) => void} */ answer) => answer({ content: { comms: {} } }),
    set_callbacks_for_msg: nothing, output_callback_overrides_push: nothing, output_callback_overrides_pop: nothing,
    comm_manager: /** @type {any} */ ({ register_target: nothing, register_comm: nothing }),
  };
  const answer = { method: "update_states", states: specs, buffer_paths: [] };
  Object.assign(kernel.comm_manager, {
    kernel,
    // Six parameters: by their number the manager tells new notebooks from old ones.
    new_comm: Object.defineProperty((/** @type {any[]} */ ...sent) => new Comm(sent[0], sent[4], answer), "length", { value: 6 }),
  });
  return kernel;
}

/** One widget's connection to the kernel: what is sent is heard by nobody. */
class Comm {
  /**
   * @param {string} target_name
   * @param {string} comm_id
   * @param {object} [answer] to the first message
   */
  constructor(target_name, comm_id, answer) {
    Object.assign(this, { target_name, comm_id, answer });
    this.on_msg = (/** @type {(message: object) => void} */ listener) => { this.listener = listener; };
  }

  on_close() {}
  close() {}

  send() {
    const { answer } = /** @type {any} */ (this);
    if (answer) this.listener?.({ content: { data: answer } });
    return "";
  }
}

/**
 * The module "anywidget" for this manager: its views are those of this page's own host.
 * @param {any} manager
 * @param {Runtime} runtime
 */
function anywidgetModule(manager, runtime) {
  class AnyModel extends manager.DOMWidgetModel {
    /** @param {any[]} parts */
    initialize(...parts) {
      super.initialize(...parts);
      const model = runtime.models.get(this.model_id);
      if (model) keepEqual(model, this);
    }
  }
  class AnyView extends manager.DOMWidgetView {
    async render() {
      try {
        await runtime.show(/** @type {Model} */ (runtime.models.get(this.model.model_id)), this.el);
      } catch (error) {
        console.error(error);
        this.el.append(message(`This widget could not start: ${/** @type {Error} */ (error).message}.`));
      }
    }
  }
  return { AnyModel, AnyView };
}

/**
 * Let the host's model and the manager's follow each other.
 * @param {Model} model
 * @param {any} other
 */
function keepEqual(model, other) {
  const shared = Object.keys(model.state).filter((name) => !name.startsWith("_") && name !== "layout");
  model.on("change", () => {
    for (const name of shared) if (other.get(name) !== model.get(name)) other.set(name, model.get(name));
  });
  for (const name of shared) other.on(`change:${name}`, () => model.set(name, other.get(name)));
}
