"""The interactive parts of the course: one Python class, one ES module and one stylesheet each."""

from embedding_geometry.widgets.damage_meters import DamageMeters
from embedding_geometry.widgets.gauge import Gauge
from embedding_geometry.widgets.interval import Interval
from embedding_geometry.widgets.mixture import Mixture
from embedding_geometry.widgets.picture import Picture
from embedding_geometry.widgets.plane import Plane
from embedding_geometry.widgets.probe import Probe
from embedding_geometry.widgets.self_check import SelfCheck
from embedding_geometry.widgets.snapshot import Snapshot
from embedding_geometry.widgets.subspace import Subspace
from embedding_geometry.widgets.window import WindowSlider
from embedding_geometry.widgets.word_explorer import WordExplorer

__all__ = [
    "DamageMeters",
    "Gauge",
    "Interval",
    "Mixture",
    "Picture",
    "Plane",
    "Probe",
    "SelfCheck",
    "Snapshot",
    "Subspace",
    "WindowSlider",
    "WordExplorer",
]
