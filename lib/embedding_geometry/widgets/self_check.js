// The self-check: questions with one right choice each; every choice is explained when it is taken.

function render({ model, el }) {
  prepareRoot(el, "eg-check-widget", "Self-check");
  const questions = model.get("questions"), taken = new Map(); // taken: question number to choice number
  const score = html("p", { class: "eg-message", role: "status" });

  function tell() {
    const right = [...taken].filter(([q, c]) => questions[q].choices[c].correct).length;
    score.textContent = taken.size === 0 ? `${questions.length} questions.` :
      `${right} of ${questions.length} right${taken.size < questions.length ? " so far" : ""}.`;
  }

  el.append(html("ol", {}, ...questions.map(({ question, choices }, q) => {
    const name = uniqueId("check"), explanation = html("p", { class: "eg-why", "aria-live": "polite" });
    const choose = (c) => {
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
