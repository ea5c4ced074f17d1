// What widgets with typed words share: fields, messages with suggestions, and loading the words when they are seen.

/** A text field for a word that is kept in a trait. */
function wordField(model, trait, label) {
  const id = uniqueId("word");
  const input = html("input", { id, type: "text", size: 12, spellcheck: "false", autocomplete: "off", autocapitalize: "off",
    onchange: () => save(model, { [trait]: input.value.trim().toLowerCase() }),
    onkeydown: (event) => { if (event.key === "Enter") input.dispatchEvent(new Event("change")); } });
  return { label: html("label", { for: id }, label, input), input, trait };
}

/**
 * A panel that shows a message or `results`, never both. `fields` are made by wordField; `ready(data)` is called
 * once the words are there.
 */
function wordPanel(model, el, className, fields, results) {
  const panel = html("div", { class: className, tabindex: -1 }), message = html("p", { class: "eg-message" });
  const announce = announcer(el);
  // A choice is replaced by what it leads to: the keyboard goes on from there.
  const choice = (text, choose) => html("button", { type: "button", text,
    onclick: () => { choose(); panel.focus({ preventScroll: true }); } });

  function say(...parts) {
    results.hidden = true;
    message.replaceChildren(...parts);
    announce(() => message.textContent);
  }

  /** The rows of the words typed into these fields, or null after saying which is missing and what is spelt like it. */
  function rowsOf(data, asked = fields) {
    for (const { trait, input } of asked) {
      const typed = model.get(trait), known = data.index.has(typed);
      input.setAttribute("aria-invalid", String(!known));
      if (known) continue;
      const close = closeSpellings(typed, data.words);
      say(`\u201c${typed}\u201d is not among these ${data.words.length.toLocaleString("en")} words. `,
        close.length ? "Did you mean " : "No word is spelt like it.",
        ...close.map((other) => choice(other, () => save(model, { [trait]: other }))));
      return null;
    }
    message.textContent = "";
    results.hidden = false;
    return asked.map(({ trait }) => data.index.get(model.get(trait)));
  }

  /** Load the words when the reader gets near; returns the function that stops waiting. */
  function loadWhenSeen(ready) {
    async function load() {
      el.setAttribute("aria-busy", "true");
      message.textContent = "Loading the words (1.9 MB, once) \u2026";
      try {
        const data = await loadWords(model);
        message.textContent = "";
        ready(data);
      } catch (error) {
        say(`The words could not be loaded: ${error.message}. `, choice("Try again", load));
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
