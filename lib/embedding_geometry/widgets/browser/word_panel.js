// What widgets with typed words share: fields, messages with suggestions, and loading the words when they are seen.
import { loadFile } from "./browser_files.js";
import { html, uniqueId } from "./elements.js";
import { closeSpellings } from "./spelling.js";
import { announcer, save } from "./widget.js";
import { unpackWords } from "./word_vectors.js";

/** @typedef {import("./widget.js").Model} Model */
/** @typedef {import("./word_vectors.js").Words} Words */
/** @typedef {{ label: HTMLElement, input: HTMLInputElement, trait: string }} WordField */

const WORD_FILE = "words-int8.bin";

/**
 * A text field for a word that is kept in a trait.
 * @param {Model} model
 * @param {string} trait
 * @param {string} label
 * @returns {WordField}
 */
export function wordField(model, trait, label) {
  const id = uniqueId("word");
  const keep = () => save(model, { [trait]: input.value.trim().toLowerCase() });
  const input = html("input", { id, type: "text", size: 12, spellcheck: "false", autocomplete: "off", autocapitalize: "off",
    onchange: keep, onkeydown: (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") keep(); } });
  return { label: html("label", { for: id }, label, input), input, trait };
}

/**
 * A panel that shows a message or `results`, never both.
 * @param {Model} model
 * @param {HTMLElement} el
 * @param {string} className
 * @param {WordField[]} fields
 * @param {HTMLElement} results
 */
export function wordPanel(model, el, className, fields, results) {
  const panel = html("div", { class: className, tabindex: -1 }), message = html("p", { class: "eg-message" });
  const announce = announcer(el);

  /**
   * A choice is replaced by what it leads to: the keyboard goes on from there.
   * @param {string} text
   * @param {() => void} choose
   */
  const choice = (text, choose) => html("button", { type: "button", text,
    onclick: () => { choose(); panel.focus({ preventScroll: true }); } });

  /** @param {...(Node | string)} parts */
  function say(...parts) {
    results.hidden = true;
    message.replaceChildren(...parts);
    announce(() => message.textContent ?? "");
  }

  /**
   * The rows of the words typed into these fields, or null after saying which is missing and what is spelt like it.
   * @param {Words} data
   * @param {WordField[]} [asked]
   */
  function rowsOf(data, asked = fields) {
    for (const { trait, input } of asked) {
      const typed = model.get(trait), known = data.index.has(typed);
      input.setAttribute("aria-invalid", String(!known));
      if (known) continue;
      if (!typed.trim()) {
        say("Type a word, such as ", choice("music", () => save(model, { [trait]: "music" })));
        return null;
      }
      const close = closeSpellings(typed, data.words);
      say(`\u201c${shortened(typed)}\u201d is not among these ${data.words.length.toLocaleString("en")} words. `,
        close.length ? "Did you mean " : "No word is spelt like it.",
        ...close.map((other) => choice(other, () => save(model, { [trait]: other }))));
      return null;
    }
    message.textContent = "";
    results.hidden = false;
    return asked.map(({ trait }) => /** @type {number} */ (data.index.get(model.get(trait))));
  }

  /**
   * Load the words when the reader gets near; returns the function that stops waiting.
   * @param {(data: Words) => void} ready is called once they are there
   */
  function loadWhenSeen(ready) {
    async function load() {
      el.setAttribute("aria-busy", "true");
      message.textContent = "Loading the words (1.9 MB, once) \u2026";
      try {
        const data = await loadFile(model, WORD_FILE, unpackWords);
        message.textContent = "";
        ready(data);
      } catch (error) {
        say(`The words could not be loaded: ${/** @type {Error} */ (error).message}. `, choice("Try again", load));
      }
      el.removeAttribute("aria-busy");
    }
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      load();
    }, { rootMargin: "200px" });
    watcher.observe(el);
    return () => watcher.disconnect();
  }

  return { panel, message, announce, choice, rowsOf, loadWhenSeen };
}

/**
 * A typed word as a message may quote it: cut, and kept from turning the words around it to the left.
 * @param {string} typed
 */
function shortened(typed) {
  const letters = [...typed];
  return `\u2068${letters.length > 40 ? `${letters.slice(0, 40).join("")}\u2026` : typed}\u2069`;
}
