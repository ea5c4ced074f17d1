// What an Output widget shows: the texts, tables and pictures that the kernel sent, as they were when the page was made.

const IMAGES = ["image/png", "image/jpeg", "image/gif"];
const ENTITIES = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;" });

/** @typedef {{ output_type: string, text?: string | string[], data?: Record<string, any>, traceback?: string[] }} Output */

/** The part of the classic notebook's class of this name that its widget manager needs. */
export class OutputArea {
  /** @type {Map<string, (this: OutputArea, data: any, metadata: any, element: { append: (part: Element[]) => void }) => unknown>} */
  static renderers = new Map();
  keyboard_manager = { register_events: () => {} };
  element = { trigger: () => {} };

  /** @param {{ selector: HTMLElement }} options */
  constructor({ selector }) {
    this.node = selector;
  }

  /**
   * @param {string} mime
   * @param {() => unknown} render
   */
  register_mime_type(mime, render) {
    OutputArea.renderers.set(mime, render);
  }

  /**
   * @param {any} _
   * @param {string} className
   */
  create_output_subarea(_, className) {
    return [Object.assign(document.createElement("div"), { className })];
  }

  clear_output() {
    this.node.replaceChildren();
  }

  /** @param {Output[]} outputs */
  fromJSON(outputs) {
    for (const output of outputs) this.#show(output);
  }

  toJSON() { return []; }
  handle_output() {}
  handle_clear_output() {}

  /** @param {Output} output */
  #show({ output_type, text = "", data = {}, traceback = [] }) {
    if (output_type === "stream") return this.#write(joined(text));
    // eslint-disable-next-line no-control-regex
    if (output_type === "error") return this.#write(traceback.join("\n").replace(/\x1b\[[\d;]*m/g, ""));
    for (const [mime, render] of OutputArea.renderers)
      if (data[mime]) return this.#whenAttached(() => render.call(this, data[mime], {}, { append: ([part]) => this.node.append(part) }));
    const image = IMAGES.find((mime) => data[mime]);
    if (data["text/html"]) this.node.append(fragment(joined(data["text/html"])));
    else if (data["image/svg+xml"]) this.node.append(fragment(joined(data["image/svg+xml"])));
    else if (image) this.node.append(Object.assign(new Image(), { src: `data:${image};base64,${joined(data[image])}`, alt: joined(data["text/plain"] ?? "") }));
    else this.#write(joined(data["text/plain"] ?? ""));
  }

  /**
   * A widget can be put only into what is part of the page; the model's own area never is.
   * @param {() => void} show
   */
  #whenAttached(show) {
    if (this.node.isConnected) return show();
    const watcher = new MutationObserver(() => {
      if (!this.node.isConnected) return;
      watcher.disconnect();
      show();
    });
    watcher.observe(document.body, { childList: true, subtree: true });
  }

  /** @param {string} text */
  #write(text) {
    this.node.append(fragment(`<pre>${text.replace(/[&<]/g, (sign) => ENTITIES[sign])}</pre>`));
  }
}

/** @param {string | string[]} text as notebooks store it: in one piece, or by lines */
const joined = (text) => [text].flat().join("");

/**
 * HTML as nodes, with its scripts ready to run: the parser leaves them dead.
 * @param {string} html
 */
function fragment(html) {
  const template = Object.assign(document.createElement("template"), { innerHTML: html });
  for (const dead of template.content.querySelectorAll("script")) {
    const script = document.createElement("script");
    for (const { name, value } of dead.attributes) script.setAttribute(name, value);
    script.textContent = dead.textContent;
    dead.replaceWith(script);
  }
  return template.content;
}
