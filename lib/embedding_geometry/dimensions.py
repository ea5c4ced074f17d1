"""Dimensions: how many directions of its space an embedding really uses, counted in four ways."""

import numpy as np
import numpy.typing as npt
import scipy.linalg

from embedding_geometry._validation import FloatArray, as_floats, check_between, check_count, check_varied
from embedding_geometry.mixtures import effective_number
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.similarity import center


def isoscore(X: npt.ArrayLike) -> float:
    """Return the share of the dimensions that the variance uses evenly: IsoScore.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows and two columns or more, not all rows the same.

    Returns
    -------
    float
        From 0 (all variance along one direction) to 1 (the same variance along every direction).

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, is too small, or its rows are all the same.

    References
    ----------
    Rudman et al. (2022), IsoScore: Measuring the Uniformity of Embedding Space Utilization.

    Examples
    --------
    >>> round(isoscore([[1, 0], [-1, 0], [0, 1], [0, -1]]), 4)
    1.0
    """
    variances = _variances(X)  # the largest is 1, so their squares fit
    n = check_count(len(variances), "the number of columns of X", least=2)
    defect = np.linalg.norm(np.sqrt(n) * variances / np.linalg.norm(variances) - 1)
    defect /= np.sqrt(2 * (n - np.sqrt(n)))
    used = (n - defect**2 * (n - np.sqrt(n))) ** 2 / n**2
    return float(np.clip((n * used - 1) / (n - 1), 0, 1))  # rounding takes some past the ends


def effective_rank(X: npt.ArrayLike) -> float:
    """Return the effective number of dimensions by the singular values of the centred rows (RankMe).

    It is the exponential of the entropy of the singular values, divided by their sum. RankMe's authors
    don't centre; here a vector added to all rows doesn't count as a dimension. Nor has it a scale: rows
    that have shrunk almost to one point keep their effective rank, so a complete collapse isn't seen.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more, not all the same.

    Returns
    -------
    float
        From 1 to n_features.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers with two rows or more, or its rows are all the same.

    References
    ----------
    Roy and Vetterli (2007), The effective rank. Garrido et al. (2023), RankMe.

    Examples
    --------
    >>> round(effective_rank([[1, 0], [-1, 0], [0, 1], [0, -1]]), 4)
    2.0
    """
    return float(effective_number(np.sqrt(_variances(X))))


def participation_ratio(X: npt.ArrayLike) -> float:
    """Return the effective number of dimensions by the variances: their squared sum over the sum of squares.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more, not all the same.

    Returns
    -------
    float
        From 1 to n_features. Never above ``effective_rank``: it counts small variances less.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers with two rows or more, or its rows are all the same.

    References
    ----------
    Gao et al. (2017), A theory of multineuronal dimensionality, dynamics and measurement.

    Examples
    --------
    >>> round(participation_ratio([[1, 0], [-1, 0], [0, 1], [0, -1]]), 4)
    2.0
    """
    variances = _variances(X)
    return float(variances.sum() ** 2 / (variances**2).sum())


def intrinsic_dimension(X: npt.ArrayLike, discard: float = 0.1) -> float:
    """Estimate the dimension of the surface on which the rows lie (TwoNN).

    How much farther the second neighbour of a row is than the first tells the dimension around it. The
    share of ratios up to the i-th of n is taken as i / (n + 1), where the paper has i / n.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Three rows or more. Copies of a row are left out.
    discard : float
        The share of the rows, those with the largest ratios, that is left out of the fit.

    Returns
    -------
    float
        Above zero; not a whole number as a rule. In many dimensions it comes out too low.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, has fewer than three different rows, or `discard`
        isn't from 0 to below 1.

    References
    ----------
    Facco, d'Errico, Rodriguez and Laio (2017), Estimating the intrinsic dimension of datasets.

    Examples
    --------
    >>> points_on_a_plane = np.random.default_rng(0).random((2000, 2)) @ [[1, 0, 2], [0, 1, 3]]
    >>> round(intrinsic_dimension(points_on_a_plane))
    2
    """
    discard = check_between(discard, "discard", 0, 1)
    X = np.unique(as_floats(X, "X") + 0.0, axis=0)  # -0.0 becomes 0.0
    check_count(len(X), "the number of different rows of X", least=3)
    n_kept = round(len(X) * (1 - discard))
    if n_kept < 1:
        raise ValueError(f"discard of {discard!r} leaves none of the {len(X)} different rows of X: lower it")
    nearest, second = neighbor_graph(X, 2, "euclidean").scores.T
    # -log(1 - F) is the dimension times the logarithm of the ratio, where F is the share of smaller ratios.
    ratios = np.sort(np.log(second / nearest))[:n_kept]
    if not ratios.any():
        raise ValueError(
            "the two nearest neighbours of the rows of X are equally far, as on a grid: this is no dimension"
        )
    ranks = -np.log1p(-np.arange(1, len(ratios) + 1) / (len(X) + 1))
    return float(ranks @ ratios / (ratios @ ratios))


def _variances(X: npt.ArrayLike) -> FloatArray:
    """Return the variances along the principal directions divided by the largest; 0 where no row reaches.

    By the singular values, since the covariance would leave of a small one half of its digits.
    """
    X = as_floats(X, "X")
    check_count(len(X), "the number of rows of X", least=2)
    check_varied(X, "X")
    singular = scipy.linalg.svdvals(center(X.astype(np.float64)))
    variances = np.zeros(X.shape[1])
    variances[: len(singular)] = (singular / singular[0]) ** 2
    return variances
