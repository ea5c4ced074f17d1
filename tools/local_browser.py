"""A browser that is found on this machine, and a server for it: what printing and the tests share."""

import functools
import http.server
import os
import shutil
import threading
import time
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Return the path of the browser: ``$CHROMIUM``, or the first that is on the PATH."""
    named = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in ([named] if named else CHROMIUM_NAMES)]
    if path := next(filter(None, found), None):
        return path
    raise FileNotFoundError(
        f"CHROMIUM names {named!r}, which is no program"
        if named
        else f"none of {', '.join(CHROMIUM_NAMES)} is on the PATH: install Debian's package `chromium`, "
        "or set CHROMIUM to the path of a Chromium or Chrome"
    )


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serve a folder without a line for each request."""

    def log_message(self, *args: object) -> None:
        """Say nothing: what fails is seen in the browser."""


class QuietServer(http.server.ThreadingHTTPServer):
    """A server that doesn't mind a browser that leaves early."""

    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing, for the same reason."""


def serve(folder: Path) -> QuietServer:
    """Serve a folder on 127.0.0.1, on a free port, until ``shutdown`` is called."""
    server = QuietServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def wait_until(page, condition: str, seconds: float = 15) -> None:
    """Wait until an expression, or a function of no arguments, is true in a page.

    Playwright's own ``wait_for_function`` asks the page to evaluate text, which our pages' policy refuses.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        if time.monotonic() > end:
            raise AssertionError(f"this did not come true in {seconds} seconds: {condition}")
        page.wait_for_timeout(50)


# All pictures, those too that wait for the reader to come near.
LOAD_PICTURES = """async () => {
  for (const picture of document.images) picture.loading = "eager";
  await Promise.allSettled([...document.images].map((picture) => picture.decode()));
}"""
# Until the widgets stand, with their words.
SETTLED = """async () => {
  const until = async (done) => { while (!done()) await new Promise((resolve) => setTimeout(resolve, 20)); };
  await until(() => !document.querySelector('script[type$="widget-view+json"]')
    && [...document.querySelectorAll(".widget-subarea")].every((area) => area.childElementCount));
  await document.fonts.ready;
}"""
