"""ES modules that import each other, put together into one text for places where they can't.

A website serves them as files. A kernel hands its front end one module, which has no neighbours to import
from; and a page opened from disk may run scripts, but no modules. This reads a small part of the language,
and refuses the rest: named imports from the same folder, and exports of functions, classes, constants and
one default.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_IMPORT = re.compile(r"^import \{([^{}]*)\} from \"\./([\w-]+\.js)\";$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) ([\w$]+)\b)", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (?!function|class|async)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|\bimport\.meta\b", re.MULTILINE)


def module_imports(path: Path) -> list[Path]:
    """Return the modules that a module imports itself, in order.

    Parameters
    ----------
    path : Path

    Returns
    -------
    list of Path

    Raises
    ------
    ValueError
        If it imports or exports in another way than this module reads.
    OSError
        If there is no such file.
    """
    return [path.with_name(name) for name in _parse(path.name, path.read_text(encoding="utf-8")).imports]


def import_order(paths: Iterable[Path]) -> list[Path]:
    """Return modules with all that they import, each after what it imports.

    Parameters
    ----------
    paths : iterable of Path

    Returns
    -------
    list of Path

    Raises
    ------
    ValueError
        If modules import each other in a circle.
    """
    order: list[Path] = []
    open_: list[Path] = []

    def visit(path: Path) -> None:
        if path in order:
            return
        if path in open_:
            circle = " imports ".join(p.name for p in [*open_[open_.index(path) :], path])
            raise ValueError(f"modules import each other in a circle: {circle}")
        open_.append(path)
        for imported in module_imports(path):
            visit(imported)
        open_.pop()
        order.append(path)

    for path in paths:
        visit(path)
    return order


def bundle_module(path: Path) -> str:
    """Return one module that imports nothing, with the default export of the module at `path`.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        The text of an ES module.
    """
    return "\n".join([*_scopes([path]), f"export default {_variable(path)}.default;", ""])


def bundle_script(paths: Iterable[Path], use: str) -> str:
    """Return a classic script that runs modules, and then what is to be done with them.

    Parameters
    ----------
    paths : iterable of Path
    use : str
        A statement, in which ``{name}`` stands for the exports of the module ``name.js``; of none of them, if
        running the modules is all.

    Returns
    -------
    str
    """
    paths = list(paths)
    used = re.sub(r"\{(\w+)\}", lambda found: _variable(Path(f"{found[1]}.js")), use)
    return "\n".join(["(() => {", '"use strict";', *_scopes(paths), used, "})();", ""])


def _scopes(paths: Iterable[Path]) -> Iterator[str]:
    """Yield each module as a constant that holds its exports, its own names inside of a function."""
    for path in import_order(paths):
        yield _parse(path.name, path.read_text(encoding="utf-8")).scope


class _Parsed(NamedTuple):
    imports: list[str]
    scope: str


@cache  # by its text, so that a changed file is read anew: most modules are part of many bundles
def _parse(name: str, text: str) -> _Parsed:
    left = _OTHER.search(_DEFAULT.sub("", _EXPORT.sub("", _IMPORT.sub("", text))))
    if left:
        raise ValueError(
            f'{name}: {left[0]!r} can\'t be bundled; write import {{ name }} from "./module.js"; and '
            "export function, class, const, or default with a value"
        )
    imports = [found[2] for found in _IMPORT.finditer(text)]
    exported = [found[1] for found in _EXPORT.finditer(text)]
    text = _IMPORT.sub(lambda found: _taken(found[1], Path(found[2])), text)
    text, defaults = _DEFAULT.subn("const $default = ", _EXPORT.sub("", text))
    exported += ["default: $default"] if defaults else []
    scope = f"const {_variable(Path(name))} = (() => {{\n{text}\nreturn {{ {', '.join(exported)} }};\n}})();"
    return _Parsed(imports, scope)


def _variable(path: Path) -> str:
    return f"${path.stem.replace('-', '_')}"


def _taken(names: str, path: Path) -> str:
    """Return the line that takes imported names from the constant of their module."""
    return f"const {{{names.replace(' as ', ': ')}}} = {_variable(path)};"
