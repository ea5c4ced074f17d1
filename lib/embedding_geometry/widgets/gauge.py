"""The freedom that a dot-product model leaves: same predictions, other neighbours."""

from collections.abc import Mapping, Sequence

import traitlets

from embedding_geometry._validation import check_between
from embedding_geometry.widgets.course_widget import CourseWidget, fixed
from embedding_geometry.widgets.places import as_places


class Gauge(CourseWidget):
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

    items = traitlets.List(traitlets.Dict()).tag(sync=True)
    users = traitlets.List(traitlets.Dict()).tag(sync=True)
    gauge = traitlets.Float().tag(sync=True)
    extent = traitlets.Float().tag(sync=True)
    _fixed = fixed("items", "users", "extent")

    def __init__(
        self,
        items: Mapping[str, Sequence[float]],
        users: Mapping[str, Sequence[float]],
        *,
        gauge: float = 0.0,
    ) -> None:
        places = as_places(items, "items"), as_places(users, "users")
        if len(items) < 2:
            raise ValueError(f"items must be two or more, not {len(items)}")
        largest = max(max(abs(place["x"]), abs(place["y"])) for place in [*places[0], *places[1]])
        if not largest:
            raise ValueError("items and users are all zero vectors: there is nothing to see")
        super().__init__(
            items=places[0],
            users=places[1],
            extent=2.8 * largest,  # room for the longest vector at either end of the slider, times e,
            gauge=check_between(gauge, "gauge", -1, 1),
        )

    @traitlets.validate("gauge")
    def _check_gauge(self, proposal):
        return check_between(proposal["value"], "gauge", -1, 1)
