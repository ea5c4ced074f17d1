// A lesson on a projector: the questions and interactives of its pages, one key apart.
// The address says which pages: 00_snapshot.html?lesson=00_snapshot,01_the_setting. Without that, nothing happens.
(() => {
  "use strict";
  // The host puts the second in the place of the first.
  const WIDGET = 'script[type="application/vnd.jupyter.widget-view+json"], .widget-subarea';
  const asked = new URLSearchParams(location.search).get("lesson");
  const pages = (asked ?? "").split(",").filter((name) => /^[\w-]+$/.test(name));
  const here = pages.indexOf(location.pathname.split("/").pop().replace(/\.html$/, ""));
  if (here < 0) return;

  // A question alone, then the question with what settles it; an interactive without a question stands by itself.
  function findSlides() {
    const slides = [];
    let question = null;
    for (const one of document.querySelectorAll("article .predict, article div.cell")) {
      if (one.matches(".predict")) {
        question = one;
        slides.push([one]);
      } else if (one.querySelector(WIDGET) || (question && one.querySelector(".cell_output"))) {
        slides.push(question ? [question, one] : [one]);
        question = null;
      }
    }
    return slides.map((shown) => [shown[0].closest("section").querySelector("h1, h2, h3"), ...shown]);
  }

  const slides = findSlides();
  let at = location.hash === "#end-of-lesson" ? slides.length - 1 : 0;

  const bar = document.createElement("nav");
  bar.className = "lesson-bar";
  bar.setAttribute("aria-label", "Lesson");
  bar.innerHTML = `<button type="button" data-step="-1">Back</button><span role="status"></span>
    <button type="button" data-step="1">Next</button><button type="button" data-full>Full screen</button>
    <button type="button" data-leave>Leave the lesson</button>`;

  function turnTo(page, hash = "") {
    location.href = `${pages[page]}.html?lesson=${pages.join(",")}${hash}`;
  }

  function show() {
    for (const one of document.querySelectorAll(".on-slide")) one.classList.remove("on-slide");
    for (const one of slides[at] ?? []) one.classList.add("on-slide");
    const title = document.querySelector("h1").firstChild.textContent;
    bar.querySelector("span").textContent = `${title}: ${at + 1} of ${slides.length}`;
    bar.querySelector('[data-step="-1"]').disabled = at === 0 && here === 0;
    bar.querySelector('[data-step="1"]').disabled = at >= slides.length - 1 && here === pages.length - 1;
    scrollTo(0, 0);
    dispatchEvent(new Event("resize")); // what was hidden had no width to draw itself in
  }

  function step(by) {
    const next = at + by;
    if (next >= 0 && next < slides.length) {
      at = next;
      show();
    } else if (pages[here + by]) {
      turnTo(here + by, by < 0 ? "#end-of-lesson" : "");
    }
  }

  function leave() {
    location.href = location.pathname;
  }

  bar.addEventListener("click", ({ target }) => {
    if (target.dataset.step) step(Number(target.dataset.step));
    else if ("leave" in target.dataset) leave();
    else if ("full" in target.dataset) {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen?.();
    }
  });
  addEventListener("keydown", (event) => {
    // The arrow keys belong to the interactives; a presenter's remote sends these two.
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      step(by);
    } else if (event.key === "Escape" && !document.fullscreenElement) {
      leave();
    }
  });
  document.body.classList.add("lesson");
  document.body.append(bar);
  show();
})();
