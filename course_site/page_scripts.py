"""Scripts of a page wait until it has been read; those that it has no use for are left out.

The template ``layout.html`` leaves out what the theme would put on every page, and ``webpack-macros.html``
which of its own scripts and styles are loaded.
"""

import re
from pathlib import Path

from bs4 import BeautifulSoup, Script

from course_site.finished_pages import change_pages
from course_site.patching import patch


def defer(app, pagename, templatename, context, doctree) -> None:
    """Write each script of Sphinx and its extensions so that it waits."""
    write = context["js_tag"]

    def deferred(script) -> str:
        tag = write(script)
        if " src=" not in tag or " defer" in tag:
            return tag
        return patch(tag, "<script ", "<script defer ", "sphinx")

    context["js_tag"] = deferred


def write_options_in_place(soup: BeautifulSoup, page: Path) -> None:
    """Put a script that others in the page need at once into it: it is shorter than a request for it."""
    for script in soup.find_all("script", src=re.compile(r"documentation_options\.js")):
        root = page.parent / str(script["src"]).partition("?")[0]
        script.append(Script(root.read_text(encoding="utf-8")))
        del script["src"], script["defer"]


def setup(app) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", defer, priority=900)
    change_pages(write_options_in_place)
