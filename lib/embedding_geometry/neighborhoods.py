"""Neighbourhoods: who is whose neighbour, in one embedding, in two, and in a picture of one."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import scipy.stats
import sklearn.manifold

from embedding_geometry._scaling import check_directions, power_of_two, unit_vectors
from embedding_geometry._validation import FloatArray, IntArray, as_floats, check_choice, check_count
from embedding_geometry.neighbors import METRICS, neighbor_graph
from embedding_geometry.similarity import center


@dataclass(frozen=True)
class Hubness:
    """How unevenly the rows are among the nearest neighbours of the others."""

    occurrences: IntArray = field(repr=False)
    """Of how many other rows each row is one of the k nearest, of shape (n_samples,); their mean is k."""
    skewness: float
    """Their skewness: about 0 where neighbours are shared evenly; above 1, a few rows are hubs."""


def hubness(X: npt.ArrayLike, k: int = 10, metric: str = "cosine") -> Hubness:
    """Count how often each row is among the `k` nearest neighbours of another.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    k : int
        From 1 to n_samples - 1.
    metric : {"cosine", "dot", "euclidean"}

    Returns
    -------
    Hubness
        ``occurrences`` and their ``skewness``, which is 0 if each row is hit as often as every other.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, `k` is out of range, or `metric` is unknown.

    References
    ----------
    Radovanovic, Nanopoulos and Ivanovic (2010), Hubs in Space.

    Examples
    --------
    >>> hubness([[1, 0], [3, 1], [3, -1], [1, 9]], k=1).occurrences
    array([2, 2, 0, 0])
    """
    indices = neighbor_graph(X, k, metric).indices
    occurrences = np.bincount(indices.ravel(), minlength=len(indices))
    even = occurrences.min() == occurrences.max()  # then the skewness is 0 / 0
    return Hubness(occurrences, 0.0 if even else float(scipy.stats.skew(occurrences)))


def neighbor_overlap(X: npt.ArrayLike, Y: npt.ArrayLike, k: int = 10, metric: str = "cosine") -> float:
    """Return the share of the `k` nearest neighbours that two embeddings of the same objects agree on.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    Y : array_like of shape (n_samples, n_other_features)
        The same objects in the same order.
    k : int
        From 1 to n_samples - 1.
    metric : {"cosine", "dot", "euclidean"}

    Returns
    -------
    float
        From 0 to 1. Two unrelated embeddings reach k / (n_samples - 1).

    Raises
    ------
    ValueError
        If an argument isn't a matrix of finite numbers, or the numbers of rows differ.

    Examples
    --------
    >>> neighbor_overlap([[0], [1], [3], [7]], [[0], [1], [7], [3]], k=1, metric="euclidean")
    0.5
    """
    X, Y = as_floats(X, "X"), as_floats(Y, "Y")
    if len(X) != len(Y):
        raise ValueError(f"X and Y must have the same number of rows, not {len(X)} and {len(Y)}")
    if check_choice(metric, "metric", METRICS) == "cosine":
        check_directions(Y, "Y")  # the graph would call it X
    both = np.hstack([neighbor_graph(Z, k, metric).indices for Z in (X, Y)])
    return float(np.mean(np.diff(np.sort(both, axis=1), axis=1) == 0) * (2 * k - 1) / k)


def trustworthiness(X: npt.ArrayLike, picture: npt.ArrayLike, k: int = 10, metric: str = "cosine") -> float:
    """Return how far the neighbours in a picture can be trusted to be neighbours in the embedding.

    Each neighbour in the picture that isn't one in the embedding costs the more, the farther it is
    there. Computed by scikit-learn, which takes memory for all pairs of rows: use some thousands.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    picture : array_like of shape (n_samples, n_picture_features)
        The same objects in the plane, in the same order; compared by Euclidean distance.
    k : int
        Below half of n_samples.
    metric : {"cosine", "euclidean"}
        Of the embedding.

    Returns
    -------
    float
        From 0 to 1, where all neighbours are true.

    Raises
    ------
    ValueError
        If an argument isn't a matrix of finite numbers, the numbers of rows differ, or `k` is out of range.

    References
    ----------
    Venna and Kaski (2001), Neighborhood Preservation in Nonlinear Projection Methods.

    Examples
    --------
    >>> trustworthiness([[1, 0], [3, 1], [1, 1], [0, 1]], [[0], [1], [2], [3]], k=1)
    1.0
    """
    X, picture = as_floats(X, "X"), as_floats(picture, "picture")
    check_choice(metric, "metric", ("cosine", "euclidean"))
    if len(X) != len(picture):
        raise ValueError(f"X and picture must have the same number of rows, not {len(X)} and {len(picture)}")
    check_count(len(X), "the number of rows of X", least=3)
    check_count(k, "k", most=(len(X) - 1) // 2)
    X = unit_vectors(X.astype(np.float64), "X") if metric == "cosine" else _near_one(X)
    trust = sklearn.manifold.trustworthiness(X, _near_one(picture), n_neighbors=k, metric=metric)
    return float(np.clip(trust, 0, 1))  # rounding takes some past 1


def _near_one(X: FloatArray) -> FloatArray:
    """Return points around 0 and of a size near 1: scikit-learn's distances keep their digits there alone."""
    centered = center(X.astype(np.float64))
    return centered / power_of_two(np.abs(centered).max())
