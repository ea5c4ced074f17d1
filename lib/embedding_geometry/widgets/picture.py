"""Flat maps of an embedding, linked with the neighbours that it really has."""

from collections.abc import Mapping, Sequence

import anywidget
import numpy as np
import numpy.typing as npt
import traitlets

from embedding_geometry._validation import as_floats
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.widgets._sources import joined


class Picture(anywidget.AnyWidget):
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

    _esm = joined("shared.js", "plane_parts.js", "picture.js")
    _css = joined("shared.css", "picture.css")

    labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    neighbors: traitlets.List = traitlets.List().tag(sync=True)
    maps = traitlets.Dict().tag(sync=True)
    map = traitlets.Unicode().tag(sync=True)
    selected = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        X: npt.ArrayLike,
        labels: Sequence[str],
        maps: Mapping[str, npt.ArrayLike],
        *,
        selected: str | None = None,
        k: int = 5,
    ) -> None:
        X, labels = as_floats(X, "X"), list(labels)
        if len(labels) != len(X) or len(X) > 400:
            raise ValueError(
                f"X must have one row for each of at most 400 labels, not {len(X)} for {len(labels)}"
            )
        pictures = {name: as_floats(points, f"maps[{name!r}]") for name, points in maps.items()}
        for name, points in pictures.items():
            if points.shape != (len(X), 2):
                raise ValueError(f"maps[{name!r}] must have shape ({len(X)}, 2), not {points.shape}")
        if not pictures:
            raise ValueError("maps must hold at least one picture")
        if selected is not None and selected not in labels:
            raise ValueError(f"selected must be one of the labels, not {selected!r}")
        super().__init__(
            labels=labels,
            neighbors=neighbor_graph(X, k).indices.tolist(),
            maps={name: np.round(points.astype(float), 3).tolist() for name, points in pictures.items()},
            map=next(iter(pictures)),
            selected=0 if selected is None else labels.index(selected),
        )
