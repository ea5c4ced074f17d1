// The words of the course in the browser: fetched once a page, from the website's own files, from the
// folder beside the page (file://), or from the kernel.

const WORD_FILE = "words-int8";
const KERNEL_PATIENCE = 20000; // milliseconds

/** The words, their vectors and norms; asks for them once, however many widgets want them. */
function loadWords(model) {
  const shared = (globalThis.embeddingGeometry ??= {});
  shared.words ??= wordBytes(model).then(unpackWords);
  shared.words.catch(() => { shared.words = undefined; }); // the next try asks again
  return shared.words;
}

function wordBytes(model) {
  const root = document.documentElement.dataset.content_root; // set by the website's pages only
  if (root === undefined) return fromKernel(model, `${WORD_FILE}.bin`);
  const address = (ending) => new URL(`${root}_static/${WORD_FILE}.${ending}`, document.baseURI);
  return location.protocol === "file:" ? fromScript(address("js")) : fromServer(address("bin"));
}

async function fromServer(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.arrayBuffer();
}

/** A page opened from disk may not fetch a file, but may run a script, which brings the same bytes. */
async function fromScript(address) {
  await new Promise((resolve, reject) => {
    document.head.append(html("script", { src: address.href, onload: resolve,
      onerror: () => reject(new Error(`${address.pathname} is missing`)) }));
  });
  return Uint8Array.from(atob(globalThis.embeddingGeometry.wordBytes), (c) => c.charCodeAt(0)).buffer;
}

function fromKernel(model, name) {
  return new Promise((resolve, reject) => {
    const finish = (settle, value) => { clearTimeout(timer); model.off("msg:custom", receive); settle(value); };
    const receive = (message, buffers) => {
      if (message.name !== name) return;
      const { buffer, byteOffset, byteLength } = buffers[0];
      finish(resolve, buffer.slice(byteOffset, byteOffset + byteLength));
    };
    const timer = setTimeout(() => finish(reject, new Error("no kernel answered; run the cell again")), KERNEL_PATIENCE);
    model.on("msg:custom", receive);
    model.send({ name });
  });
}

function unpackWords(buffer) {
  const [count, width, textLength] = buffer.byteLength < 12 ? [] : new Uint32Array(buffer, 0, 3);
  const codesAt = 12 + 4 * count, textAt = codesAt + count * width;
  if (buffer.byteLength !== textAt + textLength) throw new Error("the file of words is cut short");
  const scales = new Float32Array(buffer, 12, count), codes = new Int8Array(buffer, codesAt, count * width);
  const words = new TextDecoder().decode(new Uint8Array(buffer, textAt)).split("\n").slice(0, -1);
  const vectors = new Float32Array(count * width), norms = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let j = i * width; j < (i + 1) * width; j++) {
      vectors[j] = codes[j] * scales[i];
      square += vectors[j] * vectors[j];
    }
    norms[i] = Math.sqrt(square);
  }
  return { words, width, vectors, norms, index: new Map(words.map((word, i) => [word, i])) };
}

const wordVector = ({ vectors, width }, row) => vectors.subarray(row * width, (row + 1) * width);

/** How near each word is to a query vector, larger is nearer; Euclidean distances come as negatives. */
function closenessToAll({ words, vectors, norms, width }, query, metric) {
  const scores = new Float64Array(words.length);
  const queryNorm = Math.hypot(...query);
  for (let i = 0, at = 0; i < words.length; i++, at += width) {
    let product = 0;
    for (let j = 0; j < width; j++) product += vectors[at + j] * query[j];
    if (metric === "dot") scores[i] = product;
    else if (metric === "cosine") scores[i] = product / (norms[i] * queryNorm);
    else scores[i] = -Math.sqrt(Math.max(0, norms[i] ** 2 + queryNorm ** 2 - 2 * product));
  }
  return scores;
}

/** The rows of the k largest scores, best first; equal scores in the order of the rows. */
function bestRows(scores, k, excluded) {
  const best = [];
  for (let i = 0; i < scores.length; i++) {
    if (excluded.includes(i) || (best.length === k && scores[i] <= scores[best[k - 1]])) continue;
    let at = best.length;
    while (at > 0 && scores[best[at - 1]] < scores[i]) at--;
    best.splice(at, 0, i);
    if (best.length > k) best.pop();
  }
  return best;
}

/** Words at most two slips of the pen away, fewest slips first, then the most frequent. */
function closeSpellings(word, words, n = 3) {
  const allowed = word.length > 3 ? 2 : 1, found = [];
  words.forEach((other, i) => {
    const slips = slipsBetween(word, other, allowed);
    if (slips <= allowed) found.push([slips, i]);
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, n).map(([, i]) => words[i]);
}

/** Optimal string alignment distance, given up as soon as it must exceed `allowed`. */
function slipsBetween(from, to, allowed) {
  const a = [...from], b = [...to];
  if (Math.abs(a.length - b.length) > allowed) return allowed + 1;
  let before = [], last = b.map((_, j) => j).concat(b.length);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > allowed) return allowed + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}
