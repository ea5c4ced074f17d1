"""Probes: what a simple classifier reads off frozen embeddings, and whether that says anything of them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from embedding_geometry._logistic import fitted_probe, near_one
from embedding_geometry._validation import (
    FloatArray,
    as_floats,
    as_labels,
    check_count,
    check_positive,
    check_seed,
    shown,
)


@dataclass(frozen=True)
class ProbeResult:
    """What a probe reached on the rows it was fitted to, and on those it never saw."""

    train_scores: FloatArray
    """The accuracy on the training rows of each fold, of shape (n_folds,)."""
    test_scores: FloatArray
    """The accuracy on the held-out rows of each fold, of shape (n_folds,).

    The folds share most of their training rows: they are no independent trials, and the spread of their
    scores is no standard error.
    """
    majority: float
    """What always naming the commonest class would reach."""
    n_samples: int
    n_classes: int

    @property
    def train_accuracy(self) -> float:
        """The mean accuracy on training rows."""
        return float(self.train_scores.mean())

    @property
    def test_accuracy(self) -> float:
        """The mean accuracy on held-out rows."""
        return float(self.test_scores.mean())

    def to_frame(self, name: str = "probe") -> pd.DataFrame:
        """Return a table of one row."""
        row = {
            "samples": self.n_samples,
            "classes": self.n_classes,
            "majority": self.majority,
            "train": self.train_accuracy,
            "test": self.test_accuracy,
        }
        return pd.DataFrame([row], [name])

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the two accuracies and the majority baseline; see ``plot_probe``."""
        from embedding_geometry.plots import plot_probe

        return plot_probe({"probe": self}, ax)

    def __str__(self) -> str:
        return self.to_frame().round(3).to_string()

    def _repr_html_(self) -> str:
        return self.to_frame().round(3).to_html()


@dataclass(frozen=True)
class Selectivity:
    """A probe on a task, beside the same probe on a control task, which memory alone can solve."""

    task: ProbeResult
    control: ProbeResult

    @property
    def selectivity(self) -> float:
        """The test accuracy on the task minus that on the control task."""
        return self.task.test_accuracy - self.control.test_accuracy

    def to_frame(self) -> pd.DataFrame:
        """Return a table of two rows."""
        return pd.concat([self.task.to_frame("task"), self.control.to_frame("control")])

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw both probes; see ``plot_probe``."""
        from embedding_geometry.plots import plot_probe

        return plot_probe({"task": self.task, "control": self.control}, ax)

    def __str__(self) -> str:
        return f"{self.to_frame().round(3).to_string()}\nselectivity {self.selectivity:.3f}"

    def _repr_html_(self) -> str:
        return f"{self.to_frame().round(3).to_html()}<p>selectivity {self.selectivity:.3f}</p>"


def majority_baseline(y: npt.ArrayLike) -> float:
    """Return the accuracy of always naming the commonest class.

    Parameters
    ----------
    y : array_like of shape (n_samples,)
        The class of each row.

    Returns
    -------
    float
        From 1 / n_classes to 1.

    Raises
    ------
    ValueError
        If `y` is empty or has another shape.

    Examples
    --------
    >>> majority_baseline(["noun", "verb", "noun", "noun"])
    0.75
    """
    labels = as_labels(y, None)
    check_count(len(labels), "the number of labels in y")
    return float(np.unique(labels, return_counts=True)[1].max() / len(labels))


def linear_probe(
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    groups: npt.ArrayLike | None = None,
    n_folds: int = 5,
    C: float = 1.0,
    seed: int = 0,
) -> ProbeResult:
    """Fit a linear classifier (logistic regression) to frozen embeddings, and test it on rows held out.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    y : array_like of shape (n_samples,)
        The class of each row: two classes or more, each with `n_folds` rows at least.
    groups : array_like of shape (n_samples,), optional
        Rows of one group, such as the occurrences or the forms of one word, are never split between training
        and test.
    n_folds : int
        How many parts the rows are dealt into; each is held out once.
    C : float
        Above zero: the inverse of the strength of the penalty on large weights. Beyond 1e-12 and 1e12, for
        rows of a size near 1, it counts as these.
    seed : int
        Of the deal.

    Returns
    -------
    ProbeResult
        The accuracies on training rows and on held-out rows, and the majority baseline.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, `y` or `groups` hasn't one entry a row, there is but one
        class, or a class has fewer rows (or the data fewer groups) than there are folds.

    References
    ----------
    Alain and Bengio (2016), Understanding intermediate layers using linear classifier probes.

    Examples
    --------
    >>> random = np.random.default_rng(0)
    >>> y = np.repeat([0, 1], 50)
    >>> X = random.normal(size=(100, 3)) + 6 * y[:, np.newaxis]
    >>> linear_probe(X, y).test_accuracy
    1.0
    """
    X = as_floats(X, "X")
    classes, labels, counts = np.unique(as_labels(y, len(X)), return_inverse=True, return_counts=True)
    check_count(n_folds, "n_folds", least=2)
    check_seed(seed)
    check_count(len(classes), "the number of classes in y", least=2)
    if counts.min() < n_folds:
        few = classes[counts.argmin()]
        raise ValueError(
            f"y has {counts.min()} rows of class {shown(few)}, fewer than the {n_folds} folds: take fewer"
        )
    if groups is None:
        splits = StratifiedKFold(n_folds, shuffle=True, random_state=seed).split(X, labels)
    else:
        groups = as_labels(groups, len(X), "groups")
        check_count(len(np.unique(groups)), "the number of different groups", least=n_folds)
        splits = StratifiedGroupKFold(n_folds, shuffle=True, random_state=seed).split(X, labels, groups)
    X, C = near_one(X, check_positive(C, "C"))
    scores = []
    for train, test in splits:
        if not len(test) or len(np.unique(labels[train])) < len(classes):
            raise ValueError(
                "groups leave a fold without rows to test, or without a class to learn: each class needs "
                "rows in several groups, or take fewer folds"
            )
        probe = fitted_probe(X[train], labels[train], C)
        scores.append((probe.score(X[train], labels[train]), probe.score(X[test], labels[test])))
    train_scores, test_scores = np.transpose(scores)
    return ProbeResult(train_scores, test_scores, majority_baseline(labels), len(X), len(classes))


def control_task(
    types: npt.ArrayLike, n_classes: int, seed: int = 0, weights: npt.ArrayLike | None = None
) -> npt.NDArray[np.int64]:
    """Give each type one random class, and each of its occurrences that class.

    The embedding holds nothing of these labels. What a probe reaches of them beyond the commonest class
    it has by remembering types; frequent ones can make that class common: see ``majority_baseline``.

    Parameters
    ----------
    types : array_like of shape (n_samples,)
        The type of each row, such as its word.
    n_classes : int
        From two to a million.
    seed : int
        Of the draw.
    weights : array_like of shape (n_classes,), optional
        How likely each class is; the same for all where none are given.

    Returns
    -------
    ndarray of shape (n_samples,)
        Classes from 0 to n_classes - 1.

    Raises
    ------
    ValueError
        If `types` is empty, `n_classes` is below 2, or there isn't one weight a class.

    References
    ----------
    Hewitt and Liang (2019), Designing and Interpreting Probes with Control Tasks.

    Examples
    --------
    >>> labels = control_task(["cat", "dog", "cat", "sat"], n_classes=2)
    >>> bool(labels[0] == labels[2])
    True
    """
    check_count(n_classes, "n_classes", least=2, most=1_000_000)
    types = as_labels(types, None, "types")
    check_count(len(types), "the number of types")
    shares = np.ones(n_classes) if weights is None else as_floats(weights, "weights", ndim=(1,))
    shares = shares.astype(np.float64)
    if shares.shape != (n_classes,) or shares.min() < 0 or not shares.any():
        raise ValueError(f"weights must hold {n_classes} numbers of zero or more, one for each class")
    names, occurrences = np.unique(types, return_inverse=True)
    drawn = np.random.default_rng(check_seed(seed)).choice(n_classes, len(names), p=shares / shares.sum())
    return drawn[occurrences]


def selectivity(
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    types: npt.ArrayLike,
    *,
    n_folds: int = 5,
    C: float = 1.0,
    seed: int = 0,
) -> Selectivity:
    """Compare a linear probe's accuracy on a task with that on a control task.

    What the probe reaches on the control task beyond its majority baseline it has by remembering types.
    Classes are drawn with their shares in the task; where few types are frequent, those among the rows
    differ from seed to seed. Types have to recur: where each stands once, the control task says nothing.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    y : array_like of shape (n_samples,)
        The class of each row in the task.
    types : array_like of shape (n_samples,)
        The type of each row, such as its word.
    n_folds, C, seed
        As for ``linear_probe``.

    Returns
    -------
    Selectivity
        Both probes, and the difference of their test accuracies.

    Raises
    ------
    ValueError
        As for ``linear_probe``; if fewer than half of the rows are of a type that recurs; and if `seed` draws
        a control task in which a class has fewer rows than there are folds.

    References
    ----------
    Hewitt and Liang (2019), Designing and Interpreting Probes with Control Tasks.

    Examples
    --------
    >>> types = np.tile(np.arange(40), 10)
    >>> X = np.random.default_rng(0).normal(size=(40, 5))[types]
    >>> result = selectivity(X, y=X[:, 0] > 0, types=types)
    >>> bool(result.selectivity > 0.2)
    True
    """
    X = as_floats(X, "X")
    labels, types = as_labels(y, len(X)), as_labels(types, len(X), "types")
    _, occurrence, counts = np.unique(types, return_inverse=True, return_counts=True)
    if np.mean(counts[occurrence] > 1) < 0.5:
        raise ValueError("types hardly recur: a control task says nothing where each type stands but once")
    task = linear_probe(X, labels, n_folds=n_folds, C=C, seed=seed)
    frequencies = np.unique(labels, return_counts=True)[1]
    control_labels = control_task(types, len(frequencies), seed, frequencies)
    drawn = np.unique(control_labels, return_counts=True)[1]
    if len(drawn) < 2 or drawn.min() < n_folds:
        raise ValueError(
            f"types and seed {seed} draw a control task with a class of fewer rows than the {n_folds} folds: "
            "take another seed, or fewer folds"
        )
    return Selectivity(task, linear_probe(X, control_labels, n_folds=n_folds, C=C, seed=seed))
