"""What all widgets of the course have in common: where their modules and styles come from."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from embedding_geometry.palette import ON_DARK, ON_LIGHT
from embedding_geometry.widgets import hot_reload
from embedding_geometry.widgets.bundling import bundle_module

BROWSER_FILES = Path(__file__).with_name("browser")
_DARK = 'html[data-theme="dark"] .eg-widget, body[data-jp-theme-light="false"] .eg-widget'


class CourseWidget(anywidget.AnyWidget):
    """A widget whose ES module, and stylesheet if it has one, lie in ``browser``, named as its Python module.

    The website serves these files as they are. With a kernel, the module comes as one text together with all
    that it imports.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give a kind of widget its module and its styles."""
        if CourseWidget in cls.__bases__:  # traitlets makes further subclasses of each
            cls._esm = _offered(cls, ".js", lambda: bundle_module(module_path(cls)))
            cls._css = _offered(cls, ".css", lambda: stylesheet([cls]))
        super().__init_subclass__(**kwargs)

    _made = False

    def __init__(self, **state: Any) -> None:
        super().__init__(**state)
        self._made = True


def fixed(*names: str) -> traitlets.traitlets.ValidateHandler:
    """Return a validator that lets traits be set by the constructor, and by nobody later."""

    def refuse(widget: CourseWidget, proposal: Mapping[str, Any]) -> Any:
        name = proposal["trait"].name
        if widget._made and proposal["value"] != getattr(widget, name):
            raise ValueError(f"{name} can't change any more: make another {type(widget).__name__}")
        return proposal["value"]

    return traitlets.validate(*names)(refuse)


def module_path(widget: type[CourseWidget]) -> Path:
    """Return the path of a widget's ES module."""
    return BROWSER_FILES / f"{widget.__module__.rpartition('.')[2]}.js"


def _offered(widget: type[CourseWidget], ending: str, make: Callable[[], str]) -> str | Path:
    """Return what anywidget takes: a text, or a file that it watches while somebody works on it."""
    name = module_path(widget).with_suffix(ending).name
    return hot_reload.watched_file(name, make, BROWSER_FILES) if hot_reload.WANTED else make()


def stylesheet(widgets: Iterable[type[CourseWidget]]) -> str:
    """Return what all kinds of widgets share, and the styles of these, in one text."""
    own = (module_path(widget).with_suffix(".css") for widget in widgets)
    files = [BROWSER_FILES / "shared.css", *filter(Path.exists, own)]
    colours = _variables(".eg-widget", ON_LIGHT) + _variables(_DARK, ON_DARK)
    return colours + "".join(path.read_text(encoding="utf-8") for path in files)


def _variables(selector: str, colours: Mapping[str, str]) -> str:
    return f"{selector} {{ {' '.join(f'--eg-{name}: {colour};' for name, colour in colours.items())} }}\n"
