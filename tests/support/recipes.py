"""The recipes of what is stored beside the data, to be run again in part."""

from importlib import import_module, resources
from types import ModuleType

DATA = resources.files("embedding_geometry") / "data"


def recipe(name: str) -> ModuleType:
    """Import a recipe that stands beside the data."""
    return import_module(name)
