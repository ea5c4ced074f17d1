// Paper is white, and nothing on it unfolds: a page is printed in its light colours and with its folded cells open.
(() => {
  "use strict";
  const root = document.documentElement;
  let chosen, folded = [];
  addEventListener("beforeprint", () => {
    chosen = root.dataset.theme;
    root.dataset.theme = "light";
    folded = [...document.querySelectorAll("article details.hide:not([open]), article .claims > details:not([open])")];
    for (const cell of folded) cell.open = true;
  });
  addEventListener("afterprint", () => {
    root.dataset.theme = chosen;
    for (const cell of folded) cell.open = false;
  });
})();
