// Files too big for a page, asked for once however many widgets want them: from the website's own files, from the
// folder beside the page (file://), or from the kernel.

/** @typedef {import("./widget.js").Model} Model */
/**
 * What the modules of a page share, also where each widget has its own copy of this one, as with a kernel.
 * @typedef {object} Shared
 * @property {Record<string, string>} [files] the bytes that scripts have brought, in base 64
 * @property {Map<string, Promise<any>>} [wanted] what was asked for already
 */

const KERNEL_PATIENCE = 20_000; // milliseconds
const page = /** @type {{ embeddingGeometry?: Shared }} */ (globalThis);
const shared = (page.embeddingGeometry ??= {});
const wanted = (shared.wanted ??= new Map());

/**
 * What `read` makes of a file; a failure is forgotten, so that the next try asks again.
 * @template T
 * @param {Model} model of the widget that asks; with a kernel, it answers
 * @param {string} name such as "words-int8.bin"
 * @param {(bytes: ArrayBuffer) => T} read
 * @returns {Promise<T>}
 */
export function loadFile(model, name, read) {
  const asked = wanted.get(name) ?? bytesOf(model, name).then(read);
  wanted.set(name, asked);
  asked.catch(() => wanted.delete(name));
  return asked;
}

/**
 * @param {Model} model
 * @param {string} name
 */
function bytesOf(model, name) {
  const root = document.documentElement.dataset.content_root; // set by the website's pages only
  if (root === undefined) return fromKernel(model, name);
  const address = new URL(`${root}_static/${name}`, document.baseURI);
  return location.protocol === "file:" ? fromScript(address, name) : fromServer(address);
}

/** @param {URL} address */
async function fromServer(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.arrayBuffer();
}

/**
 * A page opened from disk may not fetch a file, but may run a script, which brings the same bytes.
 * @param {URL} address
 * @param {string} name
 */
async function fromScript(address, name) {
  const script = Object.assign(document.createElement("script"), { src: `${address.href}.js` });
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address.pathname}.js is missing`));
    document.head.append(script);
  });
  return Uint8Array.from(atob(shared.files?.[name] ?? ""), (c) => c.charCodeAt(0)).buffer;
}

/**
 * @param {Model} model
 * @param {string} name
 * @returns {Promise<ArrayBuffer>}
 */
function fromKernel(model, name) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      model.off("msg:custom", receive);
    };
    const receive = (/** @type {{ name?: string }} */ message, /** @type {DataView[]} */ buffers) => {
      if (message.name !== name) return;
      stop();
      const { buffer, byteOffset, byteLength } = buffers[0];
      resolve(/** @type {ArrayBuffer} */ (buffer).slice(byteOffset, byteOffset + byteLength));
    };
    const timer = setTimeout(() => {
      stop();
      reject(new Error("no kernel answered; run the cell again"));
    }, KERNEL_PATIENCE);
    model.on("msg:custom", receive);
    model.send({ name });
  });
}
