// Paper is white: a page is printed in its light colours, whatever the reader has chosen for the screen.
(() => {
  "use strict";
  const root = document.documentElement;
  let chosen;
  addEventListener("beforeprint", () => {
    chosen = root.dataset.theme;
    root.dataset.theme = "light";
  });
  addEventListener("afterprint", () => { root.dataset.theme = chosen; });
})();
