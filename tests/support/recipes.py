"""The recipes of what is stored beside the data, to be run again in part."""

import sys
from importlib import resources
from importlib.machinery import SourceFileLoader
from types import ModuleType

DATA = resources.files("embedding_geometry") / "data"


def recipe(name: str) -> ModuleType:
    """Import a recipe that stands beside the data; it may import another."""
    sys.path.insert(0, str(DATA))
    try:
        loader = SourceFileLoader(name, str(DATA / f"{name}.py"))
        module = ModuleType(name)
        loader.exec_module(module)
    finally:
        sys.path.remove(str(DATA))
    return module
