"""The modules, the styles and the host of the course's widgets, as files of the site.

1. Pages keep the widgets' traits, and neither their modules nor their styles: each is a file, loaded once.
2. Modules lie in a folder named by a digest of them all, so that a browser never mixes those of two versions.
3. For pages opened from disk, which may import no module, one script holds them all.
"""

import json
import shutil
from pathlib import Path

from embedding_geometry import widgets
from embedding_geometry.widgets.bundling import bundle_script, import_order
from embedding_geometry.widgets.course_widget import BROWSER_FILES, module_path, stylesheet
from myst_nb.sphinx_ import NbMetadataCollector

from course_site.execution_cache import digest_of

HOST = "widget-host.js"
BROWSER_HOST = Path(__file__).parent / "widget_host"
STYLES = "widgets.css"
OURS = "embedding_geometry.widgets."
CLASSES = [getattr(widgets, name) for name in widgets.__all__]
MODULES = {module_path(widget).stem: module_path(widget) for widget in CLASSES}


def use_own_widget_host(app, config) -> None:
    """Put our host on pages with widgets; it learns where modules lie."""
    config.widget_folder = f"widgets-{digest_of(BROWSER_FILES.iterdir())}"
    parts = {name: [part.name for part in import_order([path])] for name, path in MODULES.items()}
    config.nb_ipywidgets_js = {
        HOST: {
            "defer": "defer",
            "data-widgets": config.widget_folder,
            "data-modules": json.dumps(parts, separators=(",", ":")),
        }
    }


def saved_widgets(env, docname: str) -> dict | None:
    """Return what a page keeps of its widgets, or None where it has none."""
    scripts = NbMetadataCollector.get_js_files(env, docname)
    return json.loads(scripts["ipywidgets_state"][1]["body"]) if "ipywidgets_state" in scripts else None


def keep_widgets(env, docname: str, saved: dict) -> None:
    """Put a changed state of its widgets into a page."""
    scripts = NbMetadataCollector.get_js_files(env, docname)
    address, attributes = scripts["ipywidgets_state"]
    # As in what myst-nb writes, nothing may end the script that holds this.
    body = json.dumps(saved, separators=(",", ":")).replace("<", "\\u003c")
    scripts["ipywidgets_state"] = (address, attributes | {"body": body})


def leave_out_modules(app, doctree) -> None:
    """Take the modules and styles of our widgets out of the state that a page keeps."""
    saved = saved_widgets(app.env, app.env.docname)
    if saved is None:
        return
    for model in saved["state"].values():
        if model["state"].get("_anywidget_id", "").startswith(OURS):
            model["state"].pop("_esm")
            model["state"].pop("_css")
    keep_widgets(app.env, app.env.docname, saved)


def add_styles(app, pagename, templatename, context, doctree) -> None:
    """Link the widgets' styles on each page that has widgets."""
    if doctree and "ipywidgets_state" in NbMetadataCollector.get_js_files(app.env, pagename):
        app.add_css_file(STYLES)


def write_files(app) -> None:
    """Write the host, the styles and the modules; early, as pages carry digests of the first two."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    static.mkdir(parents=True, exist_ok=True)
    host = bundle_script([BROWSER_HOST / "main.js"], "")
    (static / HOST).write_text(host, encoding="utf-8")
    (static / STYLES).write_text(stylesheet(CLASSES), encoding="utf-8")
    folder = static / app.config.widget_folder
    for other in static.glob("widgets-*"):
        if other != folder:
            shutil.rmtree(other)
    folder.mkdir(exist_ok=True)
    for module in import_order(MODULES.values()):
        shutil.copyfile(module, folder / module.name)
    exports = ", ".join(f"{name}: {{{name}}}.default" for name in MODULES)
    register = f"(globalThis.embeddingGeometry ??= {{}}).modules = {{ {exports} }};"
    (folder / "all.js").write_text(bundle_script(MODULES.values(), register), encoding="utf-8")


def setup(app) -> None:
    """Register with Sphinx."""
    app.add_config_value("widget_folder", "", "html")
    app.connect("config-inited", use_own_widget_host)
    app.connect("doctree-read", leave_out_modules)
    app.connect("html-page-context", add_styles)
    app.connect("builder-inited", write_files)
