"""What the browser tests share: a page that is watched, and what it says."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

SCHEMES = {False: "light", True: "dark"}


class Watch:
    """Everything that went wrong on one page since it was opened, and the addresses that it asked for."""

    def __init__(self, page) -> None:
        self.begin("")
        page.on("request", self._on_request)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("requestfailed", self._on_failed)
        page.on("requestfinished", self._on_finished)
        page.on("response", self._on_response)

    def begin(self, base: str) -> None:
        """Begin anew with a page that may ask only what begins with `base`."""
        self.base = base
        self.problems: list[str] = []
        self.requests: list[str] = []
        self._asked: set = set()

    def _on_request(self, request) -> None:
        self._asked.add(request)
        self.requests.append(request.url)

    def _on_console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _on_failed(self, request) -> None:
        if request not in self._asked:
            return  # it is of the page before
        # The browser reaches nothing outside; what a page's own policy refuses was never asked.
        outside = not is_local(request.url, self.base) and request.failure != "csp"
        kind = "external" if outside else "failed"
        self.problems.append(f"{kind} request: {request.url} ({request.failure})")

    def _on_finished(self, request) -> None:
        if urlsplit(request.url).scheme == "file" and not is_local(request.url, self.base):
            self.problems.append(f"external request: {request.url}")

    def _on_response(self, response) -> None:
        if response.status >= 400:
            self.problems.append(f"HTTP {response.status}: {response.url}")


def is_local(address: str, base: str) -> bool:
    """Say whether an address is of this server (or of this folder on disk), or made by the page itself."""
    return address.startswith(base) or urlsplit(address).scheme in ("blob", "data", "about")


class WatchedPages:
    """Pages in one browser that must all be without fault at the end."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.contexts: list = []
        self.watches: list[Watch] = []
        self.windows: dict[tuple, Any] = {}

    def open(self, address, base=None, *, before=None, **options):
        """Open a page in a fresh context; it may ask only what begins with `base`.

        `before` is called before it loads.
        """
        page = self._new_page(**options)
        page.watch.begin(base or address.rpartition("/")[0])
        if before:
            before(page)
        page.goto(address)
        return page

    def visit(self, address, base=None, *, before=None, width=1280, height=900, dark=False, **options):
        """Open a page likewise where the last one with these options was: in a third of the time.

        `before` is called once, before the first of them loads.
        """
        key = (before, width, height, dark, *sorted(options.items()))
        if key in self.windows:  # as it was before a test changed it
            page = self.windows[key]
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=SCHEMES[dark], reduced_motion="reduce")
        else:
            page = self.windows[key] = self._new_page(width=width, height=height, dark=dark, **options)
            if before:
                before(page)
        page.watch.begin(base or address.rpartition("/")[0])
        page.goto(address)
        return page

    def _new_page(self, *, width=1280, height=900, dark=False, touch=False, **options):
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=SCHEMES[dark],
            has_touch=touch,
            reduced_motion="reduce",  # else the theme scrolls smoothly, and places change under the pointer
            **options,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.watch = Watch(page)
        self.watches.append(page.watch)
        return page

    def complain(self) -> None:
        """Complain of what went wrong on the pages, once."""
        problems = dict.fromkeys(problem for watch in self.watches for problem in watch.problems)
        for watch in self.watches:
            watch.problems.clear()
        if problems:
            raise AssertionError("\n".join(problems))

    def __enter__(self):
        """Begin with no page."""
        return self

    def __exit__(self, *failure) -> None:
        """Close every page; complain of what went wrong on them."""
        for context in self.contexts:
            context.close()
        self.complain()


HEARD = """(region) => {
  region.said = [];
  const note = () => region.said.push(region.textContent);
  new MutationObserver(note).observe(region, { childList: true });
}"""


def hold_the_clock(page) -> None:
    """Before a page loads: let a test say how its time passes."""
    page.clock.install(time=datetime(2026, 1, 1))


def heard_after(widget, act: Callable[[], object]) -> list[str]:
    """Return what the live region says after an act: nothing during it, nor before the reader has paused."""
    clock = widget.page.clock
    clock.pause_at(datetime(2026, 1, 2))
    region = widget.locator('[aria-live="polite"]')
    region.evaluate(HEARD)
    act()
    clock.run_for(400)
    assert region.evaluate("(e) => e.said") == []
    clock.run_for(5_000)
    return region.evaluate("(e) => e.said")


def number(text: str) -> float:
    """Read a number as the widgets print it, with a true minus sign and perhaps a degree sign."""
    return float(text.replace("\u2212", "-").removesuffix("°"))
