"""What jobs do once Sphinx has written the site: with all of it, or with each page, read and written once."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

MARK = "data-finished"
_FINISHED = re.compile(rf"<html\b[^>]*\b{MARK}\b")
Change = Callable[[BeautifulSoup, Path], None]
_changes: list[Change] = []


def change_pages(change: Change) -> None:
    """Have a function change every page; those that are registered later see what earlier ones did."""
    if change not in _changes:
        _changes.append(change)


def pages_of(outdir: str | Path) -> Iterator[Path]:
    """Yield the pages of a site that its build writes."""
    return (page for page in Path(outdir).rglob("*.html") if page.name != "404.html")


def after_build(app, work: Callable[[Any], None], priority: int = 500) -> None:
    """Have a function called with the application once a website was built without an error."""

    def finished(app, error) -> None:
        if error is None and app.builder.format == "html":
            work(app)

    app.connect("build-finished", finished, priority=priority)


def finish(app) -> None:
    """Change the pages that this build has written; those of an earlier one are left alone."""
    for path in pages_of(app.outdir):
        text = path.read_text(encoding="utf-8")
        if _FINISHED.search(text):
            continue
        soup = BeautifulSoup(text, "html.parser")
        if soup.head is None or soup.html is None or not soup.html.has_attr("data-content_root"):
            continue  # a redirect, or a page that an output shows in a frame
        soup.html[MARK] = ""
        for change in _changes:
            change(soup, path)
        path.write_text(str(soup), encoding="utf-8")


def setup(app) -> None:
    """Register with Sphinx."""
    after_build(app, finish, priority=900)  # after all that writes pages
