"""Vectors in the plane that the reader drags."""

from collections.abc import Mapping, Sequence

import anywidget
import traitlets

from embedding_geometry.widgets._sources import joined

MEASURES = ("dot", "cosine", "angle", "distance", "norm", "nearest", "rule", "center")
METRICS = ("cosine", "dot", "euclidean")


class Plane(anywidget.AnyWidget):
    """Labelled vectors in the plane, moved by mouse, touch or arrow keys.

    Parameters
    ----------
    vectors : mapping of str to pair of float
        The label and the coordinates of each vector, all within `extent` of the origin.
    show : sequence of str
        What is computed beside the picture, any of ``"dot"``, ``"cosine"``, ``"angle"``,
        ``"distance"`` (of each pair), ``"norm"``, ``"nearest"`` (of each vector), ``"rule"`` (a linear
        rule's line and values) and ``"center"`` (a switch that subtracts the mean).
    groups : mapping of str to {"a", "b", "c", "d"}, optional
        The colour of each vector; ``"a"`` where none is given.
    rule : triple of float
        Weights w1, w2 and bias b of the linear rule w·x + b; it says yes above zero.
    extent : float
        The plane reaches from ``-extent`` to ``extent`` both ways; positive.
    centered : bool
        Whether the mean is subtracted at the start.
    metric : {"cosine", "dot", "euclidean"}
        By which measure the nearest vector is found at the start.

    Raises
    ------
    ValueError
        If an argument is none of these; the message names it.

    Examples
    --------
    >>> plane = Plane({"cat": (1.0, 0.9), "car": (-1.0, 0.2)}, show=["dot"], groups={"car": "b"})
    >>> plane.vectors[1]
    {'label': 'car', 'x': -1.0, 'y': 0.2, 'group': 'b'}
    """

    _esm = joined("shared.js", "plane_parts.js", "plane.js")
    _css = joined("shared.css", "plane.css")

    vectors = traitlets.List(traitlets.Dict()).tag(sync=True)
    show = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rule = traitlets.Dict().tag(sync=True)
    extent = traitlets.Float(1.5).tag(sync=True)
    centered = traitlets.Bool(False).tag(sync=True)
    metric = traitlets.Enum(METRICS, default_value="cosine").tag(sync=True)

    def __init__(
        self,
        vectors: Mapping[str, Sequence[float]],
        show: Sequence[str] = ("dot", "cosine"),
        *,
        groups: Mapping[str, str] | None = None,
        rule: Sequence[float] = (1.0, 0.0, 0.0),
        extent: float = 1.5,
        centered: bool = False,
        metric: str = "cosine",
    ) -> None:
        groups = groups or {}
        _check(vectors, show, groups, rule, extent, metric)
        super().__init__(
            vectors=[
                {"label": label, "x": float(x), "y": float(y), "group": groups.get(label, "a")}
                for label, (x, y) in vectors.items()
            ],
            show=list(show),
            rule=dict(zip(("x", "y", "bias"), map(float, rule), strict=True)),
            extent=float(extent),
            centered=centered,
            metric=metric,
        )


def _check(vectors, show, groups, rule, extent, metric) -> None:
    if not extent > 0:
        raise ValueError(f"extent must be a positive number, not {extent!r}")
    for label, place in vectors.items():
        if len(place) != 2 or not all(abs(coordinate) <= extent for coordinate in place):
            raise ValueError(f"vectors[{label!r}] must be two numbers within {extent} of 0, not {place!r}")
    unknown = [name for name in show if name not in MEASURES]
    if unknown:
        raise ValueError(f"show holds {unknown[0]!r}; it takes any of {', '.join(MEASURES)}")
    if unknown := [label for label in groups if label not in vectors]:
        raise ValueError(f"groups names {unknown[0]!r}, which is none of the vectors {', '.join(vectors)}")
    if unknown := [group for group in groups.values() if group not in ("a", "b", "c", "d")]:
        raise ValueError(f"groups holds the colour {unknown[0]!r}; it takes 'a', 'b', 'c' or 'd'")
    if len(rule) != 3:
        raise ValueError(f"rule must be three numbers (w1, w2, b), not {rule!r}")
    if metric not in METRICS:
        raise ValueError(f"metric must be one of {', '.join(METRICS)}, not {metric!r}")
