"""Widgets that aren't the course's own: their manager, their modules, and what they show, without a network.

ipywidgets installs its manager for the classic notebook, and other packages install modules of their widgets
for it; both become files of the site. Formulas in labels and outputs are set here, as JupyterLab sets them.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_path
from markdown_it import MarkdownIt

from course_site.finished_pages import after_build
from course_site.mathematics import FORMULA, typeset, typeset_html
from course_site.patching import package_files
from course_site.widget_files import BROWSER_HOST, keep_widgets, saved_widgets

MANAGER = "jupyter-js-widgets.js"
STYLES = "standard-widgets.css"
# The models that the page's own host runs are named there alone.
HOSTED = set(re.findall(r'"(\w+Model)"', (BROWSER_HOST / "state.js").read_text(encoding="utf-8")))


def foreign_models(models: Iterable[dict]) -> list[dict]:
    """Return the models that the standard manager runs, and not the page's own host."""
    return [m for m in models if m["model_module"] != "anywidget" and m["model_name"] not in HOSTED]


def nbextension(module: str) -> Path | None:
    """Return the folder of a widget's module among what its package has installed, if it is there."""
    folders = (Path(folder, module) for folder in jupyter_path("nbextensions"))
    return next((folder for folder in folders if (folder / "index.js").exists()), None)


def foreign_models_of(env, docname: str) -> list[dict]:
    """Return those of a page."""
    saved = saved_widgets(env, docname)
    return foreign_models(saved["state"].values()) if saved else []


def set_outputs(app, doctree) -> None:
    """Make HTML of the Markdown and the formulas in what Output widgets show."""
    saved = saved_widgets(app.env, app.env.docname)
    models = foreign_models(saved["state"].values()) if saved else []
    if not saved or not models:
        return
    for model in models:
        for output in model["state"].get("outputs") or ():
            if made := _as_html(output.get("data", {})):
                output["data"]["text/html"] = made
    keep_widgets(app.env, app.env.docname, saved)


def _as_html(data: dict[str, Any]) -> str:
    def text(kind: str) -> str:
        return "".join(data.get(kind, ""))

    if text("text/html"):
        return typeset_html(text("text/html"))
    if text("text/latex"):
        return typeset(text("text/latex"))
    return typeset_html(MarkdownIt("gfm-like").render(text("text/markdown"))) if text("text/markdown") else ""


def add_formulas(app, pagename, templatename, context, doctree) -> None:
    """Link the styles of standard widgets, and put the formulas of their labels into the page, set."""
    models = foreign_models_of(app.env, pagename) if doctree else []
    if not models:
        return
    app.add_css_file(STYLES)
    formulas = {f: typeset(f) for text in _strings([m["state"] for m in models]) for f in _formulas(text)}
    if formulas:
        # In a template and not in the state: the font of formulas is made for the characters of the pages.
        spans = "".join(f"<span>{made}</span>" for made in formulas.values())
        names = json.dumps(list(formulas)).replace("&", "&amp;").replace('"', "&quot;")
        context["body"] += f'<template class="widget-formulas" data-formulas="{names}">{spans}</template>'


def _formulas(text: str) -> list[str]:
    return [found[0] for found in FORMULA.finditer(text)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def write_manager(app) -> None:
    """Write the standard manager, and the modules of widgets that it runs, where a page needs them."""
    models = [m for name in app.env.found_docs for m in foreign_models_of(app.env, name)]
    if not models:
        return
    static = Path(app.outdir, "_static")
    shutil.copyfile(package_files("widgetsnbextension", "static") / "extension.js", static / MANAGER)
    shutil.copyfile(BROWSER_HOST / STYLES, static / STYLES)
    for module in {m["model_module"] for m in models}:
        if folder := nbextension(module):
            shutil.copytree(folder, static / "nbextensions" / module, dirs_exist_ok=True)


def setup(app) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", set_outputs)
    app.connect("html-page-context", add_formulas)
    after_build(app, write_manager)
