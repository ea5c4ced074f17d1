"""The interactive parts of the course: one Python class, one ES module and one stylesheet each."""

from embedding_geometry.widgets.mixture import Mixture
from embedding_geometry.widgets.plane import Plane
from embedding_geometry.widgets.self_check import SelfCheck
from embedding_geometry.widgets.subspace import Subspace
from embedding_geometry.widgets.word_explorer import WordExplorer

__all__ = ["Mixture", "Plane", "SelfCheck", "Subspace", "WordExplorer"]
