"""Vectors in the plane that the reader drags."""

from collections.abc import Mapping, Sequence

import traitlets

from embedding_geometry._validation import as_mapping, as_words, check_choice, check_flag, check_positive
from embedding_geometry.neighbors import METRIC_NAMES
from embedding_geometry.widgets.course_widget import CourseWidget, fixed
from embedding_geometry.widgets.places import GROUPS, as_places, as_rule, check_within, kept_rule

MEASURES = ("dot", "cosine", "angle", "distance", "norm", "nearest", "rule", "center")


class Plane(CourseWidget):
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

    vectors = traitlets.List(traitlets.Dict()).tag(sync=True)
    show = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rule = traitlets.Dict().tag(sync=True)
    extent = traitlets.Float().tag(sync=True)
    centered = traitlets.Bool().tag(sync=True)
    metric = traitlets.Unicode().tag(sync=True)
    metric_names = traitlets.List([*METRIC_NAMES.items()]).tag(sync=True)
    _fixed = fixed("show", "extent", "metric_names")

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
        places = as_places(vectors, "vectors")
        groups = {} if groups is None else as_mapping(groups, "groups")
        for label in groups:
            check_choice(label, "a label of groups", vectors)
        show = as_words(show, "show")
        for name in show:
            check_choice(name, "each of show", MEASURES)
        super().__init__(
            show=show,
            extent=check_positive(extent, "extent"),
            vectors=[{**place, "group": groups.get(place["label"], "a")} for place in places],
            rule=as_rule(rule),
            centered=check_flag(centered, "centered"),
            metric=check_choice(metric, "metric", METRIC_NAMES),
        )

    @traitlets.validate("vectors")
    def _check_vectors(self, proposal):
        check_within(proposal["value"], self.extent, "vectors")
        for vector in proposal["value"]:
            check_choice(vector.get("group"), f"groups[{vector.get('label')!r}]", GROUPS)
        return proposal["value"]

    @traitlets.validate("rule")
    def _check_rule(self, proposal):
        return kept_rule(proposal["value"])

    @traitlets.validate("metric")
    def _check_metric(self, proposal):
        return check_choice(proposal["value"], "metric", METRIC_NAMES)
