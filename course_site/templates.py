"""The theme's pieces that are written another way here: what they are made with."""

import re
from functools import cache
from pathlib import Path

from sphinx.errors import ExtensionError

from course_site.patching import patch, theme_static


def use_templates(app, config) -> None:
    """Put our templates before those of the theme."""
    config.templates_path.insert(0, str(Path(__file__).with_name("templates")))


@cache
def theme_digest() -> str:
    """Return what the theme appends to the addresses of its scripts."""
    path = theme_static() / "webpack-macros.html"
    found = re.search(r"bootstrap\.js', 1\) \}\}\?digest=(\w+)", path.read_text(encoding="utf-8"))
    if found is None:
        raise ExtensionError(f"{path} has no digest of bootstrap.js any more: mend course_site")
    return found[1]


def offer_tools(app, pagename, templatename, context, doctree) -> None:
    """Let templates patch what the theme writes, and name its scripts as it does."""
    context["patch"] = patch
    context["theme_digest"] = theme_digest()


def setup(app) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", use_templates)
    app.connect("html-page-context", offer_tools, priority=100)  # before the theme uses its templates
