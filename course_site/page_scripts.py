"""Scripts of a page wait until it has been read; those that it has no use for are left out.

The template ``layout.html`` leaves out what the theme would put on every page, and ``webpack-macros.html``
which of its own scripts and styles are loaded.
"""

import re
from pathlib import Path

from bs4 import BeautifulSoup, Script

from course_site.finished_pages import after_build, change_pages

EVALUATED = "Documentation.PLURAL_EXPR = new Function("
EVALUATION = re.compile(rf"{re.escape(EVALUATED)}.*?\);", re.DOTALL)


def defer_scripts(soup: BeautifulSoup, page: Path) -> None:
    """Let every script of a file wait, but one: others in the page need it at once, and it is put into it.

    Those that an author put into the page stay as they are: what follows them may need them.
    """
    for script in soup.find_all("script", src=True):
        if script.find_parent("article"):
            continue
        if "documentation_options.js" in str(script["src"]):
            file = page.parent / str(script["src"]).partition("?")[0]
            script.append(Script(file.read_text(encoding="utf-8")))
            del script["src"]
        else:
            script["defer"] = "defer"


def write_plural(app) -> None:
    """Write another language's rule for plurals into Sphinx's script, which would evaluate it."""
    static = Path(app.outdir, "_static")
    script, translations = static / "doctools.js", static / "translations.js"
    if not translations.exists():
        return
    text = script.read_text(encoding="utf-8")
    rule = re.search(r'"plural_expr": "(.*?)"', translations.read_text(encoding="utf-8"))
    if rule and EVALUATED in text:
        made = f"Documentation.PLURAL_EXPR = (n) => Number({rule[1]});"
        script.write_text(EVALUATION.sub(lambda _: made, text), encoding="utf-8")


def setup(app) -> None:
    """Register with Sphinx."""
    change_pages(defer_scripts)
    after_build(app, write_plural)
