// The state of a page's widgets, as Jupyter writes it: which models there are, and which hang together.

/**
 * @typedef {object} Spec
 * @property {string} model_module
 * @property {string} model_name
 * @property {string} [model_module_version]
 * @property {Record<string, any>} state
 * @property {{ path: (string | number)[], data: string }[]} [buffers] in base 64
 */

export const BOXES = new Map([["BoxModel", "row"], ["HBoxModel", "row"], ["VBoxModel", "column"], ["GridBoxModel", "row"]]);
export const LINKS = ["LinkModel", "DirectionalLinkModel"];

/**
 * The ids of the models that a value of a widget's state refers to.
 * @param {any} value
 * @returns {string[]}
 */
export function references(value) {
  if (typeof value === "string") {
    const found = /^(?:IPY_MODEL_|anywidget:)(.+)$/.exec(value);
    return found ? [found[1]] : [];
  }
  if (!value || typeof value !== "object" || ArrayBuffer.isView(value)) return [];
  // What an Output widget shows is named by its id alone.
  const shown = typeof value.model_id === "string" ? [value.model_id] : [];
  return [...shown, ...Object.values(value).flatMap(references)];
}

/**
 * Put a model's bytes where they were taken from; once.
 * @param {Spec} spec
 */
export function decodeBuffers(spec) {
  for (const { path, data } of spec.buffers ?? []) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    const last = path[path.length - 1], parent = path.slice(0, -1).reduce((at, key) => at[key], spec.state);
    parent[last] = new DataView(bytes.buffer);
  }
  delete spec.buffers;
}

/**
 * Whether this host runs a model: an anywidget, a box, a link or a layout.
 * @param {Spec} spec
 */
const isHosted = ({ model_module, model_name }) =>
  model_module === "anywidget" || model_name === "LayoutModel" || BOXES.has(model_name) || LINKS.includes(model_name);

/**
 * The ids of all models that hang together with one that this host doesn't run.
 * @param {Record<string, Spec>} specs
 */
export function foreignIds(specs) {
  /** @type {Map<string, string[]>} */
  const neighbors = new Map(Object.keys(specs).map((id) => [id, []]));
  for (const [id, spec] of Object.entries(specs)) {
    for (const other of references(spec.state)) {
      neighbors.get(other)?.push(id);
      if (neighbors.has(other)) neighbors.get(id)?.push(other);
    }
  }
  const found = new Set(), waiting = Object.keys(specs).filter((id) => !isHosted(specs[id]));
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...(neighbors.get(id) ?? []));
  }
  return found;
}
