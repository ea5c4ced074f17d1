"""Retrieval quality: how good a ranking is, from which of the ranked items were relevant.

All measures take `relevance`, of shape (n_ranked,) for one query or (n_queries, n_ranked) for many: 1 or
True where the item at that rank is relevant, best rank first. With labels of the rows of an embedding,
``labels[neighbors.indices] == labels[queries, np.newaxis]`` is such an array.
"""

import numpy as np
import numpy.typing as npt
from sklearn.metrics import ndcg_score

from embedding_geometry._scaling import power_of_two
from embedding_geometry._validation import FloatArray, IntArray, as_floats, as_whole_numbers, check_count


def precision_at_k(relevance: npt.ArrayLike, k: int) -> float | FloatArray:
    """Return the share of the first `k` items that are relevant, for each query.

    Parameters
    ----------
    relevance : array_like of shape (n_ranked,) or (n_queries, n_ranked)
        1 where the item at a rank is relevant, 0 where it isn't.
    k : int
        From 1 to n_ranked.

    Returns
    -------
    float or ndarray of shape (n_queries,)
        From 0 to 1.

    Raises
    ------
    ValueError
        If `relevance` holds other than 0 and 1, or `k` is out of range.

    Examples
    --------
    >>> precision_at_k([1, 0, 1, 0], k=4)
    0.5
    """
    relevance = _as_relevance(relevance)
    check_count(k, "k", most=relevance.shape[-1])
    return _float_if_one(relevance[..., :k].mean(axis=-1))


def recall_at_k(
    relevance: npt.ArrayLike, k: int, n_relevant: npt.ArrayLike | None = None
) -> float | FloatArray:
    """Return the share of all relevant items that are among the first `k`, for each query.

    Parameters
    ----------
    relevance : array_like of shape (n_ranked,) or (n_queries, n_ranked)
        1 where the item at a rank is relevant, 0 where it isn't.
    k : int
        From 1 to n_ranked.
    n_relevant : int or array_like of shape (n_queries,), optional
        How many relevant items there are in all. Where it isn't given, the ranking is taken to be
        complete, and those in it are counted.

    Returns
    -------
    float or ndarray of shape (n_queries,)
        From 0 to 1.

    Raises
    ------
    ValueError
        If `relevance` holds other than 0 and 1, `k` is out of range, or a query has nothing relevant.

    Examples
    --------
    >>> recall_at_k([1, 0, 1, 0], k=2)
    0.5
    >>> recall_at_k([1, 0, 1, 0], k=4, n_relevant=8)
    0.25
    """
    relevance = _as_relevance(relevance)
    check_count(k, "k", most=relevance.shape[-1])
    return _float_if_one(relevance[..., :k].sum(axis=-1) / _as_n_relevant(n_relevant, relevance))


def average_precision(
    relevance: npt.ArrayLike, n_relevant: npt.ArrayLike | None = None
) -> float | FloatArray:
    """Return the mean of the precisions at the ranks of the relevant items, for each query.

    A relevant item that isn't in the ranking adds a precision of zero.

    Parameters
    ----------
    relevance : array_like of shape (n_ranked,) or (n_queries, n_ranked)
        1 where the item at a rank is relevant, 0 where it isn't.
    n_relevant : int or array_like of shape (n_queries,), optional
        How many relevant items there are in all. Where it isn't given, the ranking is taken to be
        complete, and those in it are counted.

    Returns
    -------
    float or ndarray of shape (n_queries,)
        From 0 to 1.

    Raises
    ------
    ValueError
        If `relevance` holds other than 0 and 1, or a query has nothing relevant.

    References
    ----------
    Manning, Raghavan and Schuetze (2008), Introduction to Information Retrieval, section 8.4.

    Examples
    --------
    >>> average_precision([1, 0, 0, 1])
    0.75
    """
    relevance = _as_relevance(relevance)
    precisions = relevance.cumsum(axis=-1) / np.arange(1, relevance.shape[-1] + 1)
    return _float_if_one((precisions * relevance).sum(axis=-1) / _as_n_relevant(n_relevant, relevance))


def mean_average_precision(relevance: npt.ArrayLike, n_relevant: npt.ArrayLike | None = None) -> float:
    """Return the mean over all queries of ``average_precision``, which has the same arguments.

    Parameters
    ----------
    relevance, n_relevant
        As for ``average_precision``.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        As for ``average_precision``.

    Examples
    --------
    >>> mean_average_precision([[1, 0, 0, 1], [0, 1, 0, 0]])
    0.625
    """
    return float(np.mean(average_precision(relevance, n_relevant)))


def mean_reciprocal_rank(relevance: npt.ArrayLike) -> float:
    """Return the mean over all queries of 1 / the rank of the first relevant item, or 0 where there is none.

    Parameters
    ----------
    relevance : array_like of shape (n_ranked,) or (n_queries, n_ranked)
        1 where the item at a rank is relevant, 0 where it isn't.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If `relevance` holds other than 0 and 1.

    References
    ----------
    Voorhees (1999), The TREC-8 Question Answering Track Report.

    Examples
    --------
    >>> mean_reciprocal_rank([[1, 0, 0], [0, 0, 0], [0, 1, 1]])
    0.5
    """
    relevance = np.atleast_2d(_as_relevance(relevance))
    return float(np.mean(relevance.any(axis=1) / (relevance.argmax(axis=1) + 1)))


def ndcg(gains: npt.ArrayLike, k: int | None = None) -> float:
    """Return the normalised discounted cumulative gain, averaged over the queries.

    For one query it is DCG over the greatest DCG that the same items allow, where
    DCG = sum over the ranks r = 1, 2, ... of gain(r) / log2(r + 1).

    The discount log2(rank + 1) is that of Burges et al. (2005), now the common one; they take
    2 ** gain - 1 as the gain, which is the same where gains are 0 or 1. Jaervelin and Kekaelaeinen
    (2002), who proposed the measure, leave rank 1 undivided and divide by log2(rank) from rank 2 on.

    Parameters
    ----------
    gains : array_like of shape (n_ranked,) or (n_queries, n_ranked)
        How relevant the item at each rank is, best rank first; zero or more. Two items at least.
    k : int, optional
        Count the first `k` ranks alone, from 1 to n_ranked.

    Returns
    -------
    float
        From 0 to 1, the best order. A query of which no item has a gain counts as 0.

    Raises
    ------
    ValueError
        If a gain is negative, there is but one rank, or `k` is out of range.

    References
    ----------
    Jaervelin and Kekaelaeinen (2002), Cumulated gain-based evaluation of IR techniques.
    Burges et al. (2005), Learning to rank using gradient descent.

    Examples
    --------
    >>> ndcg([3, 2, 0])
    1.0
    >>> round(ndcg([0, 1]), 4)
    0.6309
    """
    gains = np.atleast_2d(as_floats(gains, "gains", ndim=(1, 2))).astype(np.float64)
    if gains.min() < 0:
        raise ValueError(f"gains must be zero or more, not {gains.min()}")
    check_count(gains.shape[1], "the number of ranks in gains", least=2)
    if k is not None:
        check_count(k, "k", most=gains.shape[1])
    ranks = np.arange(gains.shape[1])
    gains = gains / power_of_two(gains.max())  # scikit-learn takes no large ones
    return float(ndcg_score(gains, np.broadcast_to(-ranks, gains.shape), k=k))


def _as_relevance(relevance: npt.ArrayLike) -> FloatArray:
    relevance = as_floats(relevance, "relevance", ndim=(1, 2)).astype(np.float64)
    if not np.isin(relevance, (0, 1)).all():
        raise ValueError("relevance must hold 1 where an item is relevant and 0 where it isn't")
    return relevance


def _as_n_relevant(n_relevant: npt.ArrayLike | None, relevance: FloatArray) -> FloatArray | IntArray:
    listed = relevance.sum(axis=-1)
    if n_relevant is None:
        counts = listed
    else:
        counts = as_whole_numbers(n_relevant, "n_relevant", "whole numbers", 0, 2**53)
        if counts.shape not in ((), listed.shape):
            raise ValueError(
                f"n_relevant must be one number, or one for each query, not shape {counts.shape}"
            )
        counts = np.broadcast_to(counts, listed.shape)
    if np.any(counts < np.maximum(listed, 1)):
        query = np.argmax(np.atleast_1d(counts < np.maximum(listed, 1)))
        name = "relevance" if n_relevant is None else "n_relevant"
        raise ValueError(
            f"query {query} has nothing relevant, or less than its ranking holds, by {name}: leave it out"
        )
    return counts


def _float_if_one(values: FloatArray) -> float | FloatArray:
    return float(values) if values.ndim == 0 else values
