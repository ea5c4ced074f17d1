"""Scripts of a page wait until it has been read; those that it has no use for are left out.

The template ``layout.html`` leaves out what the theme would put on every page, and ``webpack-macros.html``
which of its own scripts and styles are loaded.
"""

from pathlib import Path

from bs4 import BeautifulSoup, Script

from course_site.finished_pages import change_pages


def defer_scripts(soup: BeautifulSoup, page: Path) -> None:
    """Let every script of a file wait, but one: others in the page need it at once, and it is put into it."""
    for script in soup.find_all("script", src=True):
        if "documentation_options.js" in str(script["src"]):
            file = page.parent / str(script["src"]).partition("?")[0]
            script.append(Script(file.read_text(encoding="utf-8")))
            del script["src"]
        else:
            script["defer"] = "defer"


def setup(app) -> None:
    """Register with Sphinx."""
    change_pages(defer_scripts)
