// A widget's model without a kernel: it keeps the traits, and tells who listens.
import { decodeBuffers } from "./state.js";

/** @typedef {import("./state.js").Spec} Spec */
/** @typedef {(...values: any[]) => void} Listener */

export class Model {
  /** @type {{ event: string, listener: Listener, owner: unknown }[]} */
  #listeners = [];

  /** @param {Spec} spec */
  constructor(spec) {
    this.name = spec.model_name;
    this.state = spec.state;
    decodeBuffers(spec);
  }

  /** @param {string} name */
  get(name) { return this.state[name]; }

  /**
   * @param {string | Record<string, any>} name
   * @param {any} [value]
   */
  set(name, value) {
    const changes = typeof name === "object" ? name : { [name]: value };
    const changed = Object.keys(changes).filter((key) => this.state[key] !== changes[key]);
    Object.assign(this.state, changes);
    for (const key of changed) this.#emit(`change:${key}`, this, this.state[key]);
    if (changed.length) this.#emit("change", this);
  }

  /**
   * @param {string} events one or more, separated by spaces
   * @param {Listener} listener
   * @param {unknown} [owner] for whom it listens
   */
  on(events, listener, owner) {
    for (const event of events.split(/\s+/).filter(Boolean)) this.#listeners.push({ event, listener, owner });
  }

  /**
   * Stop listening; what isn't given means all.
   * @param {string | null} [events]
   * @param {Listener | null} [listener]
   * @param {unknown} [owner]
   */
  off(events, listener, owner) {
    const named = events?.split(/\s+/);
    this.#listeners = this.#listeners.filter((l) => (named && !named.includes(l.event)) ||
      (listener && l.listener !== listener) || (owner !== undefined && l.owner !== owner));
  }

  /**
   * @param {string} event
   * @param {...any} values
   */
  #emit(event, ...values) {
    for (const { listener } of this.#listeners.filter((l) => l.event === event)) listener(...values);
  }
}
