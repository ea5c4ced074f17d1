"""Labelled places in the plane, and linear rules, as widgets keep them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from embedding_geometry._validation import FloatArray, as_floats, as_mapping, shown

GROUPS = ("a", "b", "c", "d")  # the colours of the palette that tell groups apart


def as_places(vectors: Mapping[str, Sequence[float]], name: str) -> list[dict[str, Any]]:
    """Return the label and the coordinates of each vector, of which there is one at least."""
    places = as_mapping(vectors, name)
    if not places:
        raise ValueError(f"{name} is empty: it needs at least one vector")
    return [{"label": label, **as_place(place, f"{name}[{label!r}]")} for label, place in places.items()]


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
    return as_rule(_parts(rule, "rule", ("x", "y", "bias")))


def rounded(X: FloatArray, digits: int) -> FloatArray:
    """Round what is written into the page: to so many decimals, and more if all of it is small."""
    largest = np.abs(X).max()
    more = -1 - int(np.floor(np.log10(largest))) if largest else 0
    return np.round(X.astype(np.float64), digits + max(more, 0))


def _numbers(values: Sequence[float], name: str, wanted: str, count: int) -> list[float]:
    array = as_floats(values, name, ndim=(1,))
    if len(array) != count:
        raise ValueError(f"{name} must be {wanted}, not {shown(values)}")
    return array.tolist()


def _parts(place: Mapping[str, Any], name: str, parts: Sequence[str]) -> Any:
    return [as_mapping(place, name).get(part) for part in parts]


def check_within(places: Iterable[Mapping[str, Any]], extent: float, name: str) -> None:
    """Raise a ``ValueError`` unless all places lie on the plane, from -extent to extent both ways."""
    for place in places:
        label = f"[{place['label']!r}]" if "label" in place else ""
        x, y = as_place(_parts(place, name, ("x", "y")), f"{name}{label}").values()
        if max(abs(x), abs(y)) > extent:
            raise ValueError(f"{name}{label} must be two numbers within {extent} of 0, not {(x, y)}")
