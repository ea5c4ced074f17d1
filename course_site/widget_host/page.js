// What the host puts into the page: lines for the reader, scripts and styles.

/**
 * A line in the place of a widget, or below it.
 * @param {string} text
 */
export const message = (text) => Object.assign(document.createElement("p"), { className: "widget-message", textContent: text });

/** @param {string} text */
export const isAddress = (text) => /^https?:\/\//.test(text);

/**
 * @param {URL} src
 * @param {Record<string, string>} attributes
 */
export function addScript(src, attributes) {
  return /** @type {Promise<Element>} */ (new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: src.href, onload: () => resolve(script) });
    for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
    script.onerror = () => reject(new Error(`${src.host || src.pathname} can't be reached`));
    document.head.append(script);
  }));
}

/** @type {Set<string>} */
const styles = new Set();
/** @param {string | undefined} css a text, or an address */
export function addStyles(css) {
  if (!css || styles.has(css)) return;
  styles.add(css);
  document.head.append(isAddress(css) ? Object.assign(document.createElement("link"), { rel: "stylesheet", href: css })
    : Object.assign(document.createElement("style"), { textContent: css }));
}
