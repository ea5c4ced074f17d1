// Runs the module of an anywidget, as its contract with hosts says (AFM, in anywidget 0.11): one `initialize` for each
// model, one `render` for each place where it is shown, and both get a signal.
import { message } from "./page.js";
import { references } from "./state.js";

/** @typedef {import("./model.js").Model} Model */
/** @typedef {Record<string, (props: any) => any>} Widget */
/** @typedef {{ widget: Widget, exports: unknown }} Ready */
/** @typedef {(model: Model) => Promise<any>} LoadModule */

const NO_KERNEL = "this page has no kernel: nothing in Python can answer";

export class Runtime {
  /** @type {Map<Model, Promise<Ready>>} */
  #started = new Map();

  /**
   * @param {Map<string, Model>} models by id
   * @param {LoadModule} loadModule
   * @param {AbortSignal} signal
   */
  constructor(models, loadModule, signal) {
    this.models = models;
    this.loadModule = loadModule;
    this.signal = signal;
  }

  /**
   * Show a model in an element.
   * @param {Model} model
   * @param {HTMLElement} el
   * @param {AbortSignal} [signal]
   */
  async show(model, el, signal = this.signal) {
    const { widget } = await this.start(model);
    const owner = {}, proxy = this.#proxy(model, owner, el);
    const cleanUp = await widget.render?.({ model: proxy, el, signal, host: this.#host(signal), experimental: EXPERIMENTAL });
    signal.addEventListener("abort", () => {
      model.off(null, null, owner);
      if (typeof cleanUp === "function") cleanUp();
    });
  }

  /**
   * Load a model's module and initialize it, once; also a model that is shown nowhere.
   * @param {Model} model
   * @returns {Promise<Ready>}
   */
  start(model) {
    const started = this.#started.get(model) ?? this.#initialize(model);
    this.#started.set(model, started);
    return started;
  }

  /** @param {Model} model */
  async #initialize(model) {
    const { default: made, render } = await this.loadModule(model);
    if (!made && !render) throw new Error("its module exports neither a default nor a function render");
    // A widget made by a function is made anew for each model; one that exports only `render` is of the old style.
    const widget = render ? { render } : typeof made === "function" ? await made() : made;
    const result = await widget.initialize?.({ model: this.#proxy(model, {}), signal: this.signal, experimental: EXPERIMENTAL });
    if (typeof result === "function") this.signal.addEventListener("abort", result);
    return { widget, exports: typeof result === "object" && result ? result : undefined };
  }

  /** @param {AbortSignal} signal */
  #host(signal) {
    const find = (/** @type {string} */ ref) => {
      const model = this.models.get(references(ref)[0]);
      if (!model) throw new Error(`${JSON.stringify(ref)} is no reference to a widget of this page`);
      return model;
    };
    return {
      getModel: async (/** @type {string} */ ref) => this.#proxy(find(ref), {}),
      getWidget: async (/** @type {string} */ ref) => {
        const model = find(ref), { exports } = await this.start(model);
        const show = (/** @type {{ el: HTMLElement, signal?: AbortSignal }} */ view) => this.show(model, view.el, view.signal ?? signal);
        return { exports, render: show };
      },
    };
  }

  /**
   * A model as one view has it: `off()` without arguments ends what this view listens to, and nobody else.
   * @param {Model} model
   * @param {object} owner
   * @param {HTMLElement} [el] where the reader is told what can't be done
   */
  #proxy(model, owner, el) {
    let told = false; // once: a drag saves at every step
    return {
      get: (/** @type {string} */ name) => model.get(name),
      set: (/** @type {any} */ name, /** @type {any} */ value) => model.set(name, value),
      on: (/** @type {string} */ events, /** @type {() => void} */ listener) => model.on(events, listener, owner),
      off: (/** @type {string} */ events, /** @type {() => void} */ listener) => model.off(events, listener, owner),
      save_changes: () => {
        if (!told) console.debug(`save_changes: ${NO_KERNEL}; the change holds on this page`);
        told = true;
      },
      send: () => {
        console.debug(`send: ${NO_KERNEL}`);
        if (!el || el.nextElementSibling?.matches(".widget-message")) return;
        el.after(message("This widget asked Python for something, and this page runs without Python."));
      },
      widget_manager: { get_model: async (/** @type {string} */ id) => this.models.get(id) },
    };
  }
}

const EXPERIMENTAL = { invoke: () => Promise.reject(new Error(NO_KERNEL)) };
