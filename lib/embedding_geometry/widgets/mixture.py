"""Labelled vectors of the plane and their weighted mean, with weights set by hand or by attention."""

from collections.abc import Mapping, Sequence

import traitlets

from embedding_geometry._validation import as_floats, check_between, check_choice, check_positive
from embedding_geometry.widgets.course_widget import CourseWidget, fixed
from embedding_geometry.widgets.places import as_place, as_places, check_within

MODES = ("weights", "attention")


class Mixture(CourseWidget):
    """A weighted mean that follows as the reader moves its vectors, its weights or its query.

    In the mode ``"weights"`` each vector has a slider. In the mode ``"attention"`` the weights are the
    softmax of the dot products of a query with the vectors, divided by a temperature, and the reader drags
    the query. It shows what ``mixtures.weighted_mean``, ``mixtures.softmax`` and
    ``mixtures.effective_number`` compute.

    Parameters
    ----------
    items : mapping of str to pair of float
        The label and the coordinates of each vector, all within `extent` of the origin.
    mode : {"weights", "attention"}
    weights : sequence of float, optional
        The weights at the start, from 0 to 1, one for each vector; all 1 where none are given.
    query : pair of float
        Where the query stands at the start.
    temperature : float
        From 0.01 to 10, at the start.
    extent : float
        The plane reaches from ``-extent`` to ``extent`` both ways; positive.

    Raises
    ------
    ValueError
        If an argument is none of these; the message names it.

    Examples
    --------
    >>> Mixture({"cat": (1.0, 0.9), "car": (-1.0, 0.2)}, weights=[1, 0.5]).items[1]
    {'label': 'car', 'x': -1.0, 'y': 0.2, 'weight': 0.5, 'group': 'c'}
    """

    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    mode = traitlets.Unicode().tag(sync=True)
    query = traitlets.Dict().tag(sync=True)
    temperature = traitlets.Float().tag(sync=True)
    extent = traitlets.Float().tag(sync=True)
    _fixed = fixed("mode", "extent")

    def __init__(
        self,
        items: Mapping[str, Sequence[float]],
        mode: str = "weights",
        *,
        weights: Sequence[float] | None = None,
        query: Sequence[float] = (0.5, 0.5),
        temperature: float = 1.0,
        extent: float = 1.5,
    ) -> None:
        places = as_places(items, "items")
        weights = [1.0] * len(items) if weights is None else as_floats(weights, "weights", (1,)).tolist()
        if len(weights) != len(items):
            raise ValueError(f"weights must be {len(items)} numbers, one an item, not {len(weights)}")
        super().__init__(
            mode=check_choice(mode, "mode", MODES),
            extent=check_positive(extent, "extent"),
            items=[
                {**place, "weight": weight, "group": "c"}
                for place, weight in zip(places, weights, strict=True)
            ],
            query=as_place(query, "query"),
            temperature=check_between(temperature, "temperature", 0.01, 10),
        )

    @traitlets.validate("items")
    def _check_items(self, proposal):
        check_within(proposal["value"], self.extent, "items")
        for item in proposal["value"]:
            check_between(item.get("weight"), f"the weight of {item.get('label')!r}", 0, 1)
        return proposal["value"]

    @traitlets.validate("query")
    def _check_query(self, proposal):
        check_within([proposal["value"]], self.extent, "query")
        return proposal["value"]

    @traitlets.validate("temperature")
    def _check_temperature(self, proposal):
        return check_between(proposal["value"], "temperature", 0.01, 10)
