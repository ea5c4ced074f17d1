"""The recipes of what is stored beside the data, to be run again in part."""

import importlib.util
import sys
from importlib import resources
from types import ModuleType

DATA = resources.files("embedding_geometry") / "data"


def recipe(name: str) -> ModuleType:
    """Import a recipe that stands beside the data; it may import another."""
    sys.path.insert(0, str(DATA))
    try:
        spec = importlib.util.spec_from_file_location(name, DATA / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(DATA))
    return module
