// Runs the course's widgets on a page without a kernel and without a network.
//
// myst-nb writes the state of every widget into the page. This host runs the anywidgets among them, with the
// links and boxes that join them. A widget of any other kind, and whatever is linked to one, is left to the
// standard Jupyter widget manager, which is then loaded from where myst-nb would have taken it.
(() => {
  "use strict";
  const MIME = "application/vnd.jupyter.widget-";
  const BOXES = { BoxModel: "row", HBoxModel: "row", VBoxModel: "column", GridBoxModel: "row" };
  const LINKS = ["LinkModel", "DirectionalLinkModel"];
  const STANDARD_MODULES = ["@jupyter-widgets/base", "@jupyter-widgets/controls", "@jupyter-widgets/output"];
  const { src: hostAddress, dataset: { standardManager } } = document.currentScript;

  class Model {
    constructor(spec) {
      this.module = spec.model_module;
      this.name = spec.model_name;
      this.state = spec.state;
      this.listeners = [];
      for (const { path, data } of spec.buffers ?? []) {
        const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
        const last = path.at(-1), parent = path.slice(0, -1).reduce((at, key) => at[key], this.state);
        parent[last] = new DataView(bytes.buffer);
      }
    }
    get(name) { return this.state[name]; }
    set(name, value) {
      const changes = typeof name === "object" ? name : { [name]: value };
      const changed = Object.keys(changes).filter((key) => this.state[key] !== changes[key]);
      Object.assign(this.state, changes);
      for (const key of changed) this.emit(`change:${key}`, this, this.state[key]);
      if (changed.length) this.emit("change", this);
    }
    on(event, listener) { this.listeners.push({ event, listener }); }
    off(event, listener) {
      this.listeners = this.listeners.filter((l) =>
        (event != null && l.event !== event) || (listener != null && l.listener !== listener));
    }
    emit(event, ...values) {
      for (const l of [...this.listeners]) if (l.event === event) l.listener(...values);
    }
    save_changes() {}
    send() { throw new Error("this page has no kernel to ask"); }
  }

  /** The ids of the models that a value of a widget's state refers to. */
  function references(value) {
    if (typeof value === "string") return value.startsWith("IPY_MODEL_") ? [value.slice("IPY_MODEL_".length)] : [];
    return value && typeof value === "object" ? Object.values(value).flatMap(references) : [];
  }

  function isOurs(spec) {
    return spec.model_module === "anywidget" || spec.model_name === "LayoutModel" ||
      spec.model_name in BOXES || LINKS.includes(spec.model_name);
  }

  /** The ids of all models that hang together with a model of another kind. */
  function foreignIds(state) {
    const neighbors = new Map(Object.keys(state).map((id) => [id, []]));
    for (const [id, spec] of Object.entries(state))
      for (const other of references(spec.state).filter((ref) => neighbors.has(ref))) {
        neighbors.get(id).push(other);
        neighbors.get(other).push(id);
      }
    const found = new Set(), waiting = Object.keys(state).filter((id) => !isOurs(state[id]));
    while (waiting.length) {
      const id = waiting.pop();
      if (found.has(id)) continue;
      found.add(id);
      waiting.push(...neighbors.get(id));
    }
    return found;
  }

  const modules = new Map(), styles = new Set();

  /** Widgets of one kind share one module, however many the page has. */
  async function moduleOf(source) {
    if (!modules.has(source)) {
      const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      modules.set(source, import(address).then(({ default: made }) => (typeof made === "function" ? made() : made)));
    }
    return modules.get(source);
  }

  async function renderAnywidget(model, el) {
    const css = model.get("_css");
    if (css && !styles.has(css)) {
      styles.add(css);
      document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
    }
    const widget = await moduleOf(model.get("_esm"));
    const experimental = { invoke: () => Promise.reject(new Error("this page has no kernel to ask")) };
    model.ready ??= Promise.resolve(widget.initialize?.({ model, experimental }));
    await model.ready;
    await widget.render?.({ model, el, experimental });
  }

  async function renderModel(models, id) {
    const model = models.get(id), el = document.createElement("div");
    const [layout] = references(model.get("layout") ?? "");
    for (const [name, value] of Object.entries(models.get(layout)?.state ?? {}))
      if (!name.startsWith("_") && value !== null) el.style.setProperty(name.replaceAll("_", "-"), value);
    if (model.name in BOXES) {
      Object.assign(el.style, { display: "flex", flexWrap: "wrap", gap: "0.5rem", flexDirection: BOXES[model.name] });
      for (const child of references(model.get("children"))) el.append(await renderModel(models, child));
    } else await renderAnywidget(model, el);
    return el;
  }

  function joinLink(models, model) {
    const [[from, fromTrait], [to, toTrait]] = ["source", "target"].map((end) => {
      const [ref, trait] = model.get(end);
      return [models.get(references(ref)[0]), trait];
    });
    const push = () => to.set(toTrait, from.get(fromTrait));
    push();
    from.on(`change:${fromTrait}`, push);
    if (model.name === "LinkModel") to.on(`change:${toTrait}`, () => from.set(fromTrait, to.get(toTrait)));
  }

  /** The scripts of the standard manager, and their attributes, from where myst-nb would have taken them. */
  function managerScripts(specs) {
    const scripts = Object.entries(JSON.parse(standardManager));
    const amd = scripts.find(([src]) => src.endsWith("/embed-amd.js"));
    // For the standard widgets alone, its build beside this one needs no require.js.
    if (!amd || !specs.every((spec) => STANDARD_MODULES.includes(spec.model_module))) return scripts;
    return [[amd[0].replace(/embed-amd\.js$/, "embed.js"), amd[1]]];
  }

  function loadScript(src, attributes) {
    return new Promise((resolve, reject) => {
      // Not async: in order, and before the page's load event, on which the manager starts.
      const script = Object.assign(document.createElement("script"), { src, async: false, onload: resolve });
      for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
      script.onerror = () => reject(new Error(`${src.host} can't be reached`));
      document.head.append(script);
    });
  }

  async function useStandardManager(specs, views) {
    const scripts = managerScripts(specs);
    try {
      await Promise.all(scripts.map(([src, attributes]) => loadScript(new URL(src, hostAddress), attributes)));
    } catch (error) {
      for (const view of views)
        view.before(message(`This widget needs the standard Jupyter widget manager, and ${error.message}.`));
    }
  }

  function message(text) {
    return Object.assign(document.createElement("p"), { className: "widget-message", textContent: text });
  }

  async function main() {
    const stateTag = document.querySelector(`script[type="${MIME}state+json"]`);
    if (!stateTag) return;
    const saved = JSON.parse(stateTag.textContent), foreign = foreignIds(saved.state);
    const own = Object.entries(saved.state).filter(([id]) => !foreign.has(id));
    const models = new Map(own.map(([id, spec]) => [id, new Model(spec)]));
    for (const model of models.values()) if (LINKS.includes(model.name)) joinLink(models, model);

    const views = [...document.querySelectorAll(`script[type="${MIME}view+json"]`)]
      .map((tag) => ({ tag, id: JSON.parse(tag.textContent).model_id }));
    const foreignViews = views.filter(({ id }) => foreign.has(id));
    if (foreignViews.length) {
      // The manager starts every model that it finds: leave it only its own.
      const others = Object.fromEntries(Object.entries(saved.state).filter(([id]) => foreign.has(id)));
      stateTag.textContent = JSON.stringify({ ...saved, state: others });
      useStandardManager(Object.values(others), foreignViews.map(({ tag }) => tag));
    }
    for (const { tag, id } of views.filter((view) => models.has(view.id))) {
      const area = Object.assign(document.createElement("div"), { className: "widget-subarea" });
      tag.replaceWith(area);
      try {
        area.append(await renderModel(models, id));
      } catch (error) {
        console.error(error);
        area.append(message(`This widget could not start: ${error.message}.`));
      }
    }
  }

  main();
})();
