// The self-check: questions with one right choice each; every choice is explained when it is taken.
import { html, uniqueId } from "./elements.js";
import { prepareRoot } from "./widget.js";

/** @typedef {import("./widget.js").View} View */
/** @typedef {{ question: string, choices: { text: string, why: string, correct: boolean }[] }} Question */

/** @param {View} view */
function render({ model, el }) {
  prepareRoot(el, "eg-check-widget", "Self-check");
  /** @type {Question[]} */
  const questions = model.get("questions");
  /** @type {Map<number, number>} */
  const taken = new Map(); // question number to choice number
  const score = html("p", { class: "eg-message", role: "status" });

  function tell() {
    const right = [...taken].filter(([q, c]) => questions[q].choices[c].correct).length;
    score.textContent = taken.size === 0 ? `${questions.length} questions.` :
      `${right} of ${questions.length} right${taken.size < questions.length ? " so far" : ""}.`;
  }

  el.append(html("ol", {}, ...questions.map(({ question, choices }, q) => {
    const name = uniqueId("check"), explanation = html("p", { class: "eg-why", "aria-live": "polite" });
    const choose = (/** @type {number} */ c) => {
      taken.set(q, c);
      explanation.classList.toggle("eg-right", choices[c].correct);
      explanation.textContent = `${choices[c].correct ? "\u2713 Right." : "\u2717 Not quite."} ${choices[c].why}`;
      tell();
    };
    return html("li", {}, html("fieldset", {}, html("legend", { text: question }), ...choices.map(({ text }, c) =>
      html("label", {}, html("input", { type: "radio", name, onchange: () => choose(c) }), html("span", { text })))), explanation);
  })), score);
  tell();
}

export default { render };
