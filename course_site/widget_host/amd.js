// Loads the modules that packages of widgets bring for the classic notebook: files that call `define`.

/** @typedef {(...modules: any[]) => any} Factory */

export class AmdLoader {
  /** @type {Map<string, Promise<any>>} */
  #modules = new Map();
  /** @type {Map<Element | null, { needs: string[], factory: Factory }>} what a script has defined, until it is loaded */
  #defined = new Map();

  /**
   * @param {(name: string) => URL[]} addressesOf where the file of a module may lie, the first choice first
   * @param {(src: URL, attributes: Record<string, string>) => Promise<Element>} addScript
   */
  constructor(addressesOf, addScript) {
    this.addressesOf = addressesOf;
    this.addScript = addScript;
  }

  /**
   * @param {string} name
   * @param {any} module
   */
  provide(name, module) {
    this.#modules.set(name, Promise.resolve(module));
  }

  /**
   * As require.js has it.
   * @param {string[]} names
   * @param {Factory} [resolve]
   * @param {(error: Error) => void} [reject]
   */
  require(names, resolve = () => {}, reject = console.error) {
    Promise.all(names.map((name) => this.load(name))).then((modules) => resolve(...modules), reject);
  }

  /**
   * @param {string} name
   * @returns {Promise<any>}
   */
  load(name) {
    const module = this.#modules.get(name) ?? this.#fetch(name);
    this.#modules.set(name, module);
    return module;
  }

  /** @param {string} name */
  async #fetch(name) {
    const [first, ...others] = this.addressesOf(name);
    let script = this.#run(first);
    for (const src of others) script = script.catch(() => this.#run(src));
    const defined = this.#defined.get(await script);
    if (!defined) throw new Error(`${name} defines no module`);
    const module = { id: name, exports: {} };
    /** @type {Record<string, any>} */
    const special = { module, exports: module.exports, require: this.require.bind(this) };
    const needs = await Promise.all(defined.needs.map((need) => special[need] ?? this.load(need)));
    return defined.factory(...needs) ?? module.exports;
  }

  /**
   * Run a script, with `define` for no longer than that: other scripts of the page may take it for require.js.
   * @param {URL} src
   */
  async #run(src) {
    const page = /** @type {any} */ (globalThis);
    page.define = Object.assign((/** @type {any[]} */ ...parts) => this.#define(parts), { amd: {} });
    try {
      return await this.addScript(src, {});
    } finally {
      delete page.define;
    }
  }

  /** @param {any[]} parts a name, the modules that are needed, and what makes this one; the first two may be missing */
  #define(parts) {
    const factory = parts[parts.length - 1], needs = parts.find(Array.isArray) ?? [];
    this.#defined.set(document.currentScript, { needs, factory: typeof factory === "function" ? factory : () => factory });
  }
}
