"""Flat maps of an embedding, linked with the neighbours that it really has."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from embedding_geometry._validation import (
    FloatArray,
    IntArray,
    as_floats,
    as_mapping,
    as_words,
    check_choice,
    check_count,
)
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.widgets.course_widget import CourseWidget, fixed
from embedding_geometry.widgets.places import rounded


class Picture(CourseWidget):
    """Choose a point of a flat map: its true neighbours, its false ones and its lost ones are marked.

    A neighbour is *true* when it is among the `k` nearest in all dimensions, by cosine; *false* when it is
    among the `k` nearest in the picture only; *lost* when it is a true one that the picture shows elsewhere.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        The embedding, of 400 rows at most.
    labels : sequence of str, of length n_samples
    maps : mapping of str to array_like of shape (n_samples, 2)
        One or more pictures of `X`, the first of them shown at the start.
    selected : str, optional
        The label chosen at the start; the first one where none is given.
    k : int

    Raises
    ------
    ValueError
        If an argument is none of these; the message names it.
    """

    labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    neighbors: traitlets.List = traitlets.List().tag(sync=True)
    maps = traitlets.List(traitlets.Dict()).tag(sync=True)  # name, points, neighbours, overlap
    map = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Int().tag(sync=True)
    _fixed = fixed("labels", "neighbors", "maps")

    def __init__(
        self,
        X: npt.ArrayLike,
        labels: Sequence[str],
        maps: Mapping[str, npt.ArrayLike],
        *,
        selected: str | None = None,
        k: int = 5,
    ) -> None:
        X, labels = as_floats(X, "X"), as_words(labels, "labels")
        if len(labels) != len(X) or len(X) > 400:
            raise ValueError(
                f"X must have one row for each of at most 400 labels, not {len(X)} for {len(labels)}"
            )
        pictures = {
            name: as_floats(points, f"maps[{name!r}]") for name, points in as_mapping(maps, "maps").items()
        }
        for name, points in pictures.items():
            if points.shape != (len(X), 2):
                raise ValueError(f"maps[{name!r}] must have shape ({len(X)}, 2), not {points.shape}")
        if not pictures:
            raise ValueError("maps must hold at least one picture")
        if selected is not None:
            check_choice(selected, "selected", labels)
        near = neighbor_graph(X, k).indices
        super().__init__(
            labels=labels,
            neighbors=near.tolist(),
            maps=[{"name": name, **_picture(points, near)} for name, points in pictures.items()],
            map=next(iter(pictures)),
            selected=0 if selected is None else labels.index(selected),
        )

    @traitlets.validate("map")
    def _check_map(self, proposal):
        return check_choice(proposal["value"], "map", [picture["name"] for picture in self.maps])

    @traitlets.validate("selected")
    def _check_selected(self, proposal):
        return check_count(proposal["value"], "selected", least=0, most=len(self.labels) - 1)


def _picture(points: FloatArray, near: IntArray) -> dict[str, Any]:
    """Return what a picture shows: its points, who looks near to whom, and how much of that is true."""
    points = rounded(points, 3)
    seen = neighbor_graph(points, near.shape[1], metric="euclidean").indices
    shared = (near[:, :, np.newaxis] == seen[:, np.newaxis, :]).any(axis=2)
    return {"points": points.tolist(), "neighbors": seen.tolist(), "overlap": float(shared.mean())}
