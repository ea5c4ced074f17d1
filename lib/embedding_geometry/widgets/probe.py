"""A linear probe in the plane: a separating line that the reader moves or fits, and labels to shuffle."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import traitlets

from embedding_geometry._logistic import fitted_probe, near_one
from embedding_geometry._validation import (
    as_flags,
    as_floats,
    as_labels,
    as_words,
    check_between,
    check_count,
    check_positive,
    check_seed,
)
from embedding_geometry.widgets.course_widget import CourseWidget, fixed
from embedding_geometry.widgets.places import as_rule, check_within, kept_rule, rounded


class Probe(CourseWidget):
    """Points of two classes, some for training and some for testing, and a line that separates them, or not.

    The reader moves the line, or has it fitted to the training points: by logistic regression with
    scikit-learn's penalty. Beside it stand its accuracies, those of the lines fitted to the real labels and
    to shuffled ones, the majority baseline and by how much the real
    labels are ahead of the shuffled ones in the test.

    Parameters
    ----------
    points : array_like of shape (n_samples, 2)
        At most 500.
    labels : array_like of shape (n_samples,)
        Two classes. That of the first point is drawn as blue circles, the other one as orange squares;
        the rule says "the other one" above zero.
    test : float or array_like of bool, of shape (n_samples,)
        Which points are held out; or what share of each class, drawn at random.
    names : sequence of str, of length n_samples, optional
        The name of each point, such as its word.
    rule : triple of float, optional
        Weights w1, w2 and bias b at the start: the line is where w·x + b is zero.
    n_shuffles : int
        How many shuffles of the labels there are to try, 100 at the most. The training and the test points
        are shuffled apart, so that the classes stay as frequent in each as they were.
    C : float
        Above zero: the inverse of the strength of the penalty on large weights.
    seed : int
        Of the draw of the test points and of the shuffles.

    Raises
    ------
    ValueError
        If an argument is none of these; the message names it.

    Examples
    --------
    >>> points = [[-1, 0], [-2, 1], [-1, 1], [1, 0], [2, 1], [1, 1]]
    >>> probe = Probe(points, ["low"] * 3 + ["high"] * 3, test=[False, False, True] * 2)
    >>> probe.class_names, probe.points[2]
    (['low', 'high'], {'x': -1.0, 'y': 1.0, 'label': 0, 'test': True, 'name': ''})
    """

    points = traitlets.List(traitlets.Dict()).tag(sync=True)
    class_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    shuffles = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)
    fits = traitlets.List(traitlets.Dict()).tag(sync=True)  # to the real labels, then each shuffle
    shown = traitlets.Int(0).tag(sync=True)  # 0: the real labels; i: those of the i-th shuffle
    shuffled = traitlets.Int(0).tag(sync=True)  # the shuffle that was tried last
    fitted = traitlets.Bool(False).tag(sync=True)  # whether the reader has asked for a fit yet
    rule = traitlets.Dict().tag(sync=True)
    show_names = traitlets.Bool(False).tag(sync=True)
    extent = traitlets.Float().tag(sync=True)
    _fixed = fixed("points", "class_names", "shuffles", "fits", "extent")

    def __init__(
        self,
        points: npt.ArrayLike,
        labels: npt.ArrayLike,
        test: float | npt.ArrayLike = 0.4,
        *,
        names: Sequence[str] = (),
        rule: Sequence[float] | None = None,
        n_shuffles: int = 10,
        C: float = 1.0,
        seed: int = 0,
    ) -> None:
        X = as_floats(points, "points")
        if X.shape[1] != 2 or len(X) > 500 or not X.any():
            raise ValueError(
                f"points must be 1 to 500 rows of 2 columns, not all 0; their shape is {X.shape}"
            )
        given = as_labels(labels, len(X), "labels")
        other = given[given != given[0]]
        if len(np.unique(other)) != 1:
            raise ValueError(f"labels must be of two classes, not {len(np.unique(given))}")
        y = (given != given[0]).astype(int)
        random = np.random.default_rng(check_seed(seed))
        held_out = _held_out(test, y, random)
        names = as_words(names, "names")
        if len(names) not in (0, len(X)):
            raise ValueError(f"names must be {len(X)} names, one for each point, not {len(names)}")
        extent = float(1.15 * np.abs(X).max())
        check_count(n_shuffles, "n_shuffles", most=100)
        shuffles = [_shuffle(y, held_out, random) for _ in range(n_shuffles)]
        X = rounded(X, 4)
        C = check_positive(C, "C")
        super().__init__(
            points=[
                {"x": x, "y": y_, "label": int(label), "test": bool(out), "name": name}
                for (x, y_), label, out, name in zip(
                    X.tolist(), y, held_out, names or [""] * len(X), strict=True
                )
            ],
            class_names=[str(given[0]), str(other[0])],
            shuffles=[shuffle.tolist() for shuffle in shuffles],
            fits=[_fit(X[~held_out], labels[~held_out], C) for labels in (y, *shuffles)],
            extent=extent,
            rule=as_rule((0.0, 0.6 * extent, 0.0) if rule is None else rule),
        )

    @traitlets.validate("rule")
    def _check_rule(self, proposal):
        rule = kept_rule(proposal["value"])
        check_within([rule], self.extent, "the weights of rule")
        return rule

    @traitlets.validate("shown", "shuffled")
    def _check_shuffle(self, proposal):
        return check_count(proposal["value"], proposal["trait"].name, least=0, most=len(self.shuffles))


def _held_out(
    test: float | npt.ArrayLike, y: npt.NDArray, random: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Return which points are for testing, once both parts are sure to have points of both classes."""
    if isinstance(test, Iterable) and not isinstance(test, str):
        held_out = as_flags(test, y.shape, "test")
    else:
        share = check_between(test, "test", 0, 1)  # type: ignore[arg-type]  # it says if it is no number
        held_out = np.zeros(len(y), dtype=bool)
        for label in (0, 1):
            rows = random.permutation(np.flatnonzero(y == label))
            held_out[rows[: round(share * len(rows))]] = True
    if len(np.unique(y[~held_out])) < 2 or len(np.unique(y[held_out])) < 2:
        raise ValueError("test must leave points of both classes for training, and hold out some of both")
    return held_out


def _shuffle(y: npt.NDArray, held_out: npt.NDArray[np.bool_], random: np.random.Generator) -> npt.NDArray:
    """Return the labels in another order, within the training points and within the test points."""
    shuffled = y.copy()
    for part in (held_out, ~held_out):
        shuffled[part] = random.permutation(y[part])
    return shuffled


def _fit(X: npt.NDArray, y: npt.NDArray, C: float) -> dict[str, float]:
    """Return the weights and the bias of the line that logistic regression fits."""
    near, near_C = near_one(X, C)
    model = fitted_probe(near, y, near_C)
    scale = np.abs(X).max() / np.abs(near).max()
    return as_rule([*(model.coef_[0] / scale), model.intercept_[0]])
