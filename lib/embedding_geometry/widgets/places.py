"""Labelled places in the plane, and linear rules, as widgets keep them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from embedding_geometry._validation import as_floats

GROUPS = ("a", "b", "c", "d")  # the colours of the palette that tell groups apart


def as_places(vectors: Mapping[str, Sequence[float]], name: str) -> list[dict[str, Any]]:
    """Return the label and the coordinates of each vector, or raise a ``ValueError``."""
    return [{"label": label, **as_place(place, f"{name}[{label!r}]")} for label, place in vectors.items()]


def as_place(place: Sequence[float], name: str) -> dict[str, float]:
    """Return the coordinates of one vector, or raise a ``ValueError``."""
    x, y = _numbers(place, name, "two numbers", 2)
    return {"x": x, "y": y}


def as_rule(rule: Sequence[float]) -> dict[str, float]:
    """Return the weights and the bias of a linear rule, or raise a ``ValueError``."""
    x, y, bias = _numbers(rule, "rule", "three numbers (w1, w2, b)", 3)
    return {"x": x, "y": y, "bias": bias}


def kept_rule(rule: Mapping[str, Any]) -> dict[str, float]:
    """Return a rule in the form in which widgets keep it, or raise a ``ValueError``."""
    parts: list[Any] = [rule.get(part) for part in ("x", "y", "bias")]
    return as_rule(parts)


def _numbers(values: Sequence[float], name: str, wanted: str, count: int) -> list[float]:
    array = as_floats(values, name, ndim=(1,))
    if len(array) != count:
        raise ValueError(f"{name} must be {wanted}, not {values!r}")
    return array.tolist()


def check_within(places: Iterable[Mapping[str, Any]], extent: float, name: str) -> None:
    """Raise a ``ValueError`` unless all places lie on the plane, from -extent to extent both ways."""
    for place in places:
        if not max(abs(place["x"]), abs(place["y"])) <= extent:
            label = f"[{place['label']!r}]" if "label" in place else ""
            raise ValueError(
                f"{name}{label} must be two numbers within {extent} of 0, not {(place['x'], place['y'])}"
            )
