"""Labelled vectors of the plane and their weighted mean, with weights set by hand or by attention."""

from collections.abc import Mapping, Sequence

import anywidget
import traitlets

from embedding_geometry.widgets._sources import joined

MODES = ("weights", "attention")


class Mixture(anywidget.AnyWidget):
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

    _esm = joined("shared.js", "plane_parts.js", "mixture.js")
    _css = joined("shared.css", "mixture.css")

    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    mode = traitlets.Enum(MODES).tag(sync=True)
    query = traitlets.Dict().tag(sync=True)
    temperature = traitlets.Float().tag(sync=True)
    extent = traitlets.Float().tag(sync=True)

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
        weights = [1.0] * len(items) if weights is None else weights
        for label, place in [*items.items(), ("query", query)]:
            if len(place) != 2 or not all(abs(coordinate) <= extent for coordinate in place):
                raise ValueError(f"{label!r} must be two numbers within {extent} of 0, not {place!r}")
        if mode not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}, not {mode!r}")
        if len(weights) != len(items) or not all(0 <= weight <= 1 for weight in weights):
            raise ValueError(f"weights must be {len(items)} numbers from 0 to 1, not {weights!r}")
        if not 0.01 <= temperature <= 10:
            raise ValueError(f"temperature must be from 0.01 to 10, not {temperature!r}")
        super().__init__(
            items=[
                {"label": label, "x": float(x), "y": float(y), "weight": float(weight), "group": "c"}
                for (label, (x, y)), weight in zip(items.items(), weights, strict=True)
            ],
            mode=mode,
            query={"x": float(query[0]), "y": float(query[1])},
            temperature=float(temperature),
            extent=float(extent),
        )
