"""Old addresses of pages that were renamed or split: each leads to where the page is now.

``moved_pages`` in ``_config.yml`` names an old page and the pages that it became. An address with a place
in the page (``old.html#place``) leads to the one of them that has this place, all else to the first. A key
such as ``chapters/page#place`` is a section that moved while its page stayed: a script on the page leads on.
"""

import json
import os
from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.errors import ConfigError

from course_site.finished_pages import after_build

MOVED = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="robots" content="noindex" />
<title>{title}</title>
<link rel="icon" href="data:," />
<link rel="canonical" href="{first}" />
<noscript><meta http-equiv="refresh" content="0; url={first}" /></noscript>
<script>
const places = {places}, place = decodeURIComponent(location.hash.slice(1));
const page = Object.hasOwn(places, place) ? places[place] : "{first}";
// Not before the page is whole, or its own request is broken off.
addEventListener("load", () => location.replace(page + location.search + location.hash));
</script>
</head>
<body><p>This page has moved: <a href="{first}">{title}</a>.</p></body>
</html>
"""

LEAD_ON = """{{
const moved = {moved}, place = decodeURIComponent(location.hash.slice(1));
// Not before the page is whole, or what it asks for is broken off.
if (Object.hasOwn(moved, place)) addEventListener("load", () =>
  location.replace(moved[place] + location.search + location.hash));
}}"""


def check(app, config) -> None:
    """Refuse a setting that isn't a page and the pages that it became."""
    for old, pages in config.moved_pages.items():
        if not isinstance(pages, list) or not pages:
            raise ConfigError(
                f"moved_pages in _config.yml: {old} needs a list of pages, such as [chapters/new]"
            )


def write_moved(app) -> None:
    """Write a small page at each old address, and delete what an earlier build left there."""
    for old, pages in app.config.moved_pages.items():
        if "#" in old:
            continue
        there = [page for page in pages if page in app.env.found_docs]
        old_file = Path(app.outdir, f"{old}.html")
        if not there:
            old_file.unlink(missing_ok=True)
            continue
        addresses = {page: f"{os.path.relpath(page, os.path.dirname(old))}.html" for page in there}
        places = {place: addresses[page] for page in reversed(there) for place in _places(app.outdir, page)}
        old_file.parent.mkdir(parents=True, exist_ok=True)
        old_file.write_text(
            MOVED.format(
                language=app.config.language,
                title=app.env.titles[there[0]].astext(),
                first=addresses[there[0]],
                places=json.dumps(places),
            ),
            encoding="utf-8",
        )


def write_front(app) -> None:
    """Give the redirect at the site's own address, which sphinx-external-toc writes bare, a head."""
    front, first = Path(app.outdir, "index.html"), app.config.root_doc
    if first != "index":
        title, language = app.env.titles[first].astext(), app.config.language
        page = MOVED.format(language=language, title=title, first=f"{first}.html", places="{}")
        front.write_text(page.replace('<meta name="robots" content="noindex" />\n', ""), encoding="utf-8")


def lead_on(app, pagename, templatename, context, doctree) -> None:
    """Put a script on a page of which sections have moved."""
    moved = {}
    for old, (new, *_) in app.config.moved_pages.items():
        page, _, place = old.partition("#")
        if place and page == pagename and new in app.env.found_docs:
            moved[place] = f"{os.path.relpath(new, os.path.dirname(page))}.html"
    if moved:
        app.add_js_file(None, body=LEAD_ON.format(moved=json.dumps(moved)))


def _places(outdir: str, page: str) -> list[str]:
    """Return the places in a built page that an address may name."""
    soup = BeautifulSoup(Path(outdir, f"{page}.html").read_text(encoding="utf-8"), "html.parser")
    article = soup.find("article")
    places = article.find_all(["section", "span", "div", "dt"], id=True) if article else []
    return [str(tag["id"]) for tag in places]


def setup(app) -> None:
    """Register with Sphinx."""
    app.add_config_value("moved_pages", {}, "html")
    app.connect("config-inited", check)
    app.connect("html-page-context", lead_on)
    after_build(app, write_moved)
    after_build(app, write_front, priority=600)
