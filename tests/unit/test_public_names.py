"""Every public function is taught by a chapter, held by a test and listed on a page of the library."""

import ast
import re

import nbformat
import pytest

from tools.built_site import ROOT

LIBRARY = ROOT / "lib" / "embedding_geometry"
MODULES = sorted(path for path in LIBRARY.glob("[a-z]*.py"))
FUNCTIONS = [
    (path.stem, node.name)
    for path in MODULES
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
]


def all_code(paths):
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


CHAPTERS = "\n".join(
    cell.source
    for path in (ROOT / "chapters").glob("*.ipynb")
    for cell in nbformat.read(path, as_version=4).cells
    if cell.cell_type == "code"
)
TESTS = all_code((ROOT / "tests" / "unit").glob("test_*.py"))
LIBRARY_PAGES = all_code((ROOT / "chapters" / "library").glob("*.md"))


def names(code, name):
    return re.search(rf"\b{name}\b", code) is not None


@pytest.mark.parametrize(("module", "name"), FUNCTIONS)
def test_function_is_taught_tested_and_listed(module, name):
    # Some are taught through what calls them: a widget, a result's picture, an error's hint.
    calls = re.findall(rf"(?<!def )\b{name}\(", all_code(LIBRARY.rglob("*.py")))
    assert names(CHAPTERS, name) or calls, f"neither a chapter nor the library uses {module}.{name}"
    assert names(TESTS, name), f"no unit test names {module}.{name}"
    assert f"automodule:: embedding_geometry.{module}\n   :members:" in LIBRARY_PAGES
