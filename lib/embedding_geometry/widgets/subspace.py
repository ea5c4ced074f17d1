"""A line through a cloud of points, turned by the reader."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import traitlets

from embedding_geometry._validation import as_floats, as_words, check_between, check_flag
from embedding_geometry.widgets.course_widget import CourseWidget, fixed
from embedding_geometry.widgets.places import rounded


class Subspace(CourseWidget):
    """Points of the plane, a line through their mean, and what it keeps of the variance.

    It shows what ``subspaces.project``, ``subspaces.residual`` and ``subspaces.explained_variance`` compute.

    Parameters
    ----------
    points : array_like of shape (n_samples, 2)
        At least two different points, at most 500.
    labels : sequence of str, of length n_samples, optional
        The name of each point.
    angle : float
        The angle of the line at the start, from 0 to 180 degrees.
    show_residuals : bool
        Whether the part of each point that the line loses is drawn at the start.

    Raises
    ------
    ValueError
        If an argument is none of these; the message names it.

    Examples
    --------
    >>> Subspace([[0, 0], [1, 1], [2, 2.5]], angle=30).angle
    30.0
    """

    points: traitlets.List = traitlets.List().tag(sync=True)
    labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    angle = traitlets.Float().tag(sync=True)
    show_residuals = traitlets.Bool().tag(sync=True)
    extent = traitlets.Float().tag(sync=True)
    _fixed = fixed("points", "labels", "extent")

    def __init__(
        self,
        points: npt.ArrayLike,
        labels: Sequence[str] = (),
        *,
        angle: float = 0.0,
        show_residuals: bool = True,
    ) -> None:
        X = as_floats(points, "points")
        if X.shape[1] != 2 or len(X) > 500 or not np.ptp(X, axis=0).any():
            raise ValueError(
                f"points must be 2 to 500 rows of 2 columns, not all the same, not of shape {X.shape}"
            )
        labels = as_words(labels, "labels")
        if len(labels) not in (0, len(X)):
            raise ValueError(f"labels must be {len(X)} names, one for each point, not {len(labels)}")
        super().__init__(
            points=rounded(X, 4).tolist(),
            labels=labels,
            extent=float(1.25 * np.abs(X).max()),
            angle=check_between(angle, "angle", 0, 180, " degrees"),
            show_residuals=check_flag(show_residuals, "show_residuals"),
        )

    @traitlets.validate("angle")
    def _check_angle(self, proposal):
        return check_between(proposal["value"], "angle", 0, 180, " degrees")
