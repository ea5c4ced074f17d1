"""The freedom that a dot-product model leaves: same predictions, other neighbours."""

from collections.abc import Mapping, Sequence

import anywidget
import traitlets

from embedding_geometry.widgets._sources import joined


class Gauge(anywidget.AnyWidget):
    """Items and users of a model whose predictions are dot products, and a slider that rescales them.

    The items' axes are multiplied by exp(g) and exp(-g), the users' by the inverse. No prediction changes;
    cosines between items do. Source: Steck, Ekanadham and Kallus (2024).

    Parameters
    ----------
    items, users : mapping of str to pair of float
        The label and the coordinates of each vector.
    gauge : float
        The value of g at the start, from -1 to 1.

    Raises
    ------
    ValueError
        If `items` are fewer than two, `users` none, or `gauge` is out of range.

    Examples
    --------
    >>> Gauge({"tea": (1.0, 0.5), "jazz": (0.4, 1.0)}, {"Ann": (1.0, 1.0)}).items[0]
    {'label': 'tea', 'x': 1.0, 'y': 0.5}
    """

    _esm = joined("shared.js", "plane_parts.js", "gauge.js")
    _css = joined("shared.css", "gauge.css")

    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    users = traitlets.List(traitlets.Dict()).tag(sync=True)
    gauge = traitlets.Float().tag(sync=True)
    extent = traitlets.Float().tag(sync=True)

    def __init__(
        self,
        items: Mapping[str, Sequence[float]],
        users: Mapping[str, Sequence[float]],
        *,
        gauge: float = 0.0,
    ) -> None:
        if len(items) < 2 or not users:
            raise ValueError(
                f"items must be two or more and users one or more, not {len(items)} and {len(users)}"
            )
        if not -1 <= gauge <= 1:
            raise ValueError(f"gauge must be from -1 to 1, not {gauge!r}")
        largest = max(abs(float(value)) for place in [*items.values(), *users.values()] for value in place)
        super().__init__(
            items=[{"label": label, "x": float(x), "y": float(y)} for label, (x, y) in items.items()],
            users=[{"label": label, "x": float(x), "y": float(y)} for label, (x, y) in users.items()],
            gauge=float(gauge),
            extent=2.8 * largest,  # room for the longest vector at either end of the slider, times e
        )
