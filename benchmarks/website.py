"""Measure the built website: Lighthouse's scores of every page, frames while dragging, and word queries.

    make bench-site

Lighthouse comes from npm in the version below. The server packs text, as web servers for sites do. What is
measured goes into ``benchmarks/WEBSITE.md``, which keeps the last tables of each machine.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import threading
from bisect import bisect
from collections import Counter
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.machine import keep, machine
from tools.built_site import ROOT, page_names, site_folder
from tools.local_browser import CHROMIUM_ARGUMENTS, QuietHandler, QuietServer, chromium_path

LIGHTHOUSE = "12.8.2"
TOOLS = ROOT / "_build" / "lighthouse"
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}  # and the goals
PACKED = (".html", ".css", ".js", ".svg")
TABLE = ROOT / "benchmarks" / "WEBSITE.md"
ASK = """(words) => words.map((word) => {
  const field = document.querySelector(".eg-words-widget input[type=text]");
  const start = performance.now();
  field.value = word;
  field.dispatchEvent(new Event("change"));
  document.querySelector(".eg-results").getBoundingClientRect();
  const took = performance.now() - start;
  if (!document.querySelector(".eg-results caption").textContent.includes(word)) throw new Error(word);
  return took;
})"""
DRAGGED = {  # a page for each widget that has something to drag
    "plane": "chapters/04_cat_dog_car",
    "mixture": "chapters/02a_vector_mixtures",
    "subspace": "chapters/02b_low_dimensional_subspaces",
    "attention": "chapters/02c_attention",
    "probe": "chapters/06_probes",
}
# The same hand, and nothing to do but to let one circle follow it: what a frame costs here at the least.
BARE = """<!doctype html>
<svg class="eg-plane" width="400" height="400"><circle role="slider" cx="200" cy="200" r="20" /></svg><script>
const circle = document.querySelector("circle");
circle.addEventListener("pointerdown", (event) => circle.setPointerCapture(event.pointerId));
circle.addEventListener("pointermove", (event) => {
  const place = new DOMPoint(event.clientX, event.clientY);
  const { x, y } = place.matrixTransform(circle.ownerSVGElement.getScreenCTM().inverse());
  circle.setAttribute("cx", x);
  circle.setAttribute("cy", y);
});
</script>"""
TASK, FRAME = "ThreadControllerImpl::RunTask", "ProxyMain::BeginMainFrame"  # as Chromium calls them


class PackingHandler(QuietHandler):
    """Serve text packed, and let browsers keep what they have."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802
        """Answer with a packed copy of a text file, or with any other file as it is."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in PACKED or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(content)


def serve_packed(folder: Path) -> tuple[QuietServer, str]:
    """Serve the site; return the server and its address."""
    server = QuietServer(("127.0.0.1", 0), lambda *args: PackingHandler(*args, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"


def lighthouse(address: str, profile: str) -> dict[str, float]:
    """Return Lighthouse's scores of one page, from 0 to 100, and print what it finds wrong."""
    command = [str(TOOLS / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json"]
    command += [f"--chrome-flags={' '.join(CHROMIUM_ARGUMENTS)}", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--preset=desktop"] if profile == "desktop" else []
    browser = {"CHROME_PATH": chromium_path()}
    done = subprocess.run(command, env=os.environ | browser, capture_output=True, check=True, timeout=300)
    report = json.loads(done.stdout)
    for name, goal in CATEGORIES.items():
        category = report["categories"][name]
        if 100 * category["score"] < goal:
            for part in category["auditRefs"]:
                audit = report["audits"][part["id"]]
                if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                    shown = audit.get("displayValue", "")
                    print(f"  {profile} {name}: {audit['title']} {shown}", file=sys.stderr)
    return {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}


def while_dragging(browser, address: str = "") -> list[float]:
    """Return the milliseconds of work for each frame of a drag, with the processor slowed four times.

    Without an address it is the bare page. As Chromium records it, a frame costs all that the main thread did
    since the frame before: scripts, styles, layout and painting, but not waiting.
    """
    page = browser.new_page()
    if address:
        page.goto(address)
    else:
        page.set_content(BARE)
    handle = page.locator(".eg-plane [role=slider]").first
    handle.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)  # until the page has nothing else to do
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    browser.start_tracing(page=page, categories=["toplevel", "cc"])
    for step in range(900):
        page.mouse.move(x - 60 + abs(step % 120 - 60), y + abs(step % 80 - 40))
    events = json.loads(browser.stop_tracing())["traceEvents"]
    page.close()
    return frame_work(events)


def frame_work(events: list[dict]) -> list[float]:
    """Return the milliseconds of the main thread's tasks up to the end of each frame."""
    frames = Counter((e["pid"], e["tid"]) for e in events if e["name"] == FRAME and e["ph"] == "X")
    main_thread = frames.most_common(1)[0][0]
    done = [e for e in events if (e["pid"], e["tid"]) == main_thread and e["ph"] == "X"]
    ends = sorted(e["ts"] + e["dur"] for e in done if e["name"] == FRAME)
    work = [0.0] * (len(ends) + 1)  # the last is of no frame
    for task in done:
        if task["name"] == TASK:
            work[bisect(ends, task["ts"])] += task["dur"] / 1000
    return work[:-1]


def word_queries(browser, address: str) -> list[float]:
    """Return the milliseconds of each of 200 word queries, drawn and laid out."""
    page = browser.new_page()
    page.goto(f"{address}chapters/00_snapshot.html")
    page.locator(".eg-words-widget").first.scroll_into_view_if_needed()
    page.locator(".eg-results tbody tr").first.wait_for()
    words = (ROOT / "lib/embedding_geometry/data/glove-6b-50d.txt").read_text(encoding="utf-8").split("\n")
    took = page.evaluate(ASK, words[500:20_500:100])
    page.close()
    return took


def percentile(values: list[float], share: int) -> float:
    """Return a percentile."""
    return statistics.quantiles(values, n=100)[share - 1]


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(description="Measure the built website.")
    parser.add_argument(
        "pages", nargs="*", default=page_names(), help="pages of _toc.yml; all if none is named"
    )
    pages = parser.parse_args().pages
    TOOLS.mkdir(parents=True, exist_ok=True)
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", f"--prefix={TOOLS}"]
    subprocess.run([*install, f"lighthouse@{LIGHTHOUSE}"], check=True)
    before = machine(lighthouse=LIGHTHOUSE)
    server, address = serve_packed(site_folder())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        frames = {"bare page": while_dragging(browser)}
        frames |= {name: while_dragging(browser, f"{address}{page}.html") for name, page in DRAGGED.items()}
        queries = word_queries(browser, address)
        browser.close()
    least = percentile(frames["bare page"], 95)
    lines = [
        f"Before: {before}.",
        "",
        "| work for a frame while dragging (ms) | median | 95th percentile | of the bare page |",
        "|---|---|---|---|",
    ]
    for name, values in frames.items():
        most = percentile(values, 95)
        lines.append(f"| {name} | {statistics.median(values):.1f} | {most:.1f} | {most / least:.2f} |")
    found = f"median {statistics.median(queries):.1f} ms, 95th percentile {percentile(queries, 95):.1f} ms"
    lines += ["", f"A word query among 30,113, drawn: {found}."]
    lines += [
        "",
        "Performance, accessibility, best practices and search, of 100:",
        "",
        "| page | desktop | mobile |",
        "|---|---|---|",
    ]
    for page in pages:
        scores = [lighthouse(f"{address}{page}.html", profile) for profile in ("desktop", "mobile")]
        lines.append(f"| {page} | " + " | ".join(" / ".join(map(str, s.values())) for s in scores) + " |")
        print(lines[-1], flush=True)
    server.shutdown()
    lines += ["", f"After: {machine(lighthouse=LIGHTHOUSE)}."]
    print("\n".join(lines))
    if pages == page_names():
        keep(TABLE, before, lines)


if __name__ == "__main__":
    main()
