"""What the browser tests share: a page that is watched, and what it says."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit


class Watch:
    """Everything that went wrong on one page, and the addresses that it asked for."""

    def __init__(self, allowed: Callable[[str], bool]) -> None:
        self.allowed = allowed
        self.problems: list[str] = []
        self.requests: list[str] = []

    def follow(self, context, page) -> None:
        """Refuse what isn't allowed, and write down what fails."""
        context.route("**/*", self._admit)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("requestfailed", lambda request: self._on_failed(request))
        page.on("response", self._on_response)

    def _admit(self, route) -> None:
        if self.allowed(route.request.url):
            route.continue_()
        else:
            self.problems.append(f"external request: {route.request.url}")
            route.abort()

    def _on_console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console {message.type}: {message.text}")

    def _on_failed(self, request) -> None:
        self.problems.append(f"failed request: {request.url} ({request.failure})")

    def _on_response(self, response) -> None:
        if response.status >= 400:
            self.problems.append(f"HTTP {response.status}: {response.url}")


def is_local(address: str, base: str) -> bool:
    """Say whether an address is of this server (or of this folder on disk), or made by the page itself."""
    return address.startswith(base) or urlsplit(address).scheme in ("blob", "data", "about")


class WatchedPages:
    """Pages in one browser, each in a fresh context, that must all be without fault at the end."""

    def __init__(self, browser) -> None:
        self.browser = browser
        self.contexts: list = []
        self.watches: list[Watch] = []

    def open(
        self, address, base=None, *, width=1280, height=900, dark=False, touch=False, before=None, **options
    ):
        """Open a page that may ask only what begins with `base`; `before` is called before it loads."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            has_touch=touch,
            reduced_motion="reduce",  # else the theme scrolls smoothly, and places change under the pointer
            **options,
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        watch = Watch(lambda url: is_local(url, base or address.rpartition("/")[0]))
        watch.follow(context, page)
        page.watch = watch
        self.contexts.append(context)
        self.watches.append(watch)
        if before:
            before(page)  # a route added later goes first
        page.goto(address)
        return page

    def __enter__(self):
        """Begin with no page."""
        return self

    def __exit__(self, *failure) -> None:
        """Close every page; complain of what went wrong on them, unless the test failed already."""
        for context in self.contexts:
            context.close()
        problems = dict.fromkeys(problem for watch in self.watches for problem in watch.problems)
        if problems:
            raise AssertionError("\n".join(problems))


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
