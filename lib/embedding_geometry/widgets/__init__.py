"""The interactive parts of the course: one Python class, one ES module and one stylesheet each."""

from embedding_geometry.widgets.plane import Plane
from embedding_geometry.widgets.word_explorer import WordExplorer

__all__ = ["Plane", "WordExplorer"]
