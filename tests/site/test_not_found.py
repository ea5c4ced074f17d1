"""The page that a server shows for an address that is not there, wherever the site stands."""

import functools
import threading
from pathlib import Path

import pytest

from tools.local_browser import QuietHandler, QuietServer


class Handler(QuietHandler):
    """Answer as static hosts do: with the site's own page, under the address that was asked for."""

    site = "/"

    def send_error(self, code, message=None, explain=None):
        """Send 404.html in the place of the server's own words."""
        page = Path(self.translate_path(f"{self.site}404.html")).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)


@pytest.fixture(params=["/", "/courses/embeddings/"], ids=["top", "folder"])
def address(request, site, tmp_path):
    """Serve the site from the top of a server, and from a folder of it."""
    root = tmp_path
    if request.param == "/":
        root = site
    else:
        (root / "courses").mkdir()
        (root / "courses" / "embeddings").symlink_to(site)
    handler = type("SiteHandler", (Handler,), {"site": request.param})
    server = QuietServer(("127.0.0.1", 0), functools.partial(handler, directory=str(root)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{request.param}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser):
    """Return an empty page in a context of its own."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("missing", ["missing.html", "chapters/missing.html", "no/such/folder/"])
def test_lost_reader_finds_the_course(page, address, missing):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Policy" in message.text else None)
    assert page.goto(address + missing).status == 404
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_function(
        "(front) => document.links[0].href === `${front}index.html`"
        " && document.links[1].href === `${front}search.html`",
        arg=address,
    )
    # Its own policy admits its style and its script, and nothing of the page is wider than a phone.
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert refused == []
    page.get_by_role("link", name="front page").click()
    page.wait_for_url(f"{address}chapters/*.html")


def test_it_works_from_disk(page, site):
    page.goto((site / "404.html").as_uri())
    page.get_by_role("link", name="front page").click()
    page.wait_for_url(f"{site.as_uri()}/chapters/*.html")
