"""Mixtures: weighted means of vectors, and the softmax and attention that choose the weights."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.special
import scipy.stats

from embedding_geometry._validation import (
    FloatArray,
    as_flags,
    as_floats,
    check_choice,
    check_positive,
    check_same_width,
)

# In float64: the sum of many float32 numbers in float32 loses digits.
_POOLS: dict[str, Callable[[FloatArray], FloatArray]] = {
    "mean": lambda X: X.mean(axis=0, dtype=np.float64),
    "max": lambda X: X.max(axis=0),
    "sum": lambda X: X.sum(axis=0, dtype=np.float64),
}


class Attention(NamedTuple):
    """What each query reads, and how much of each value is in it."""

    output: FloatArray
    """The mixtures, of shape (n_queries, n_value_features), or (n_value_features,) for one query."""
    weights: FloatArray
    """The weights of the values, of shape (n_queries, n_values), or (n_values,) for one query."""


def weighted_mean(X: npt.ArrayLike, weights: npt.ArrayLike) -> FloatArray:
    """Return the mean of the rows of `X` with the given weights, or one such mean for each row of weights.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    weights : array_like of shape (n_samples,) or (n_means, n_samples)
        Zero or more, not all zero. They are divided by their sum.

    Returns
    -------
    ndarray of shape (n_features,) or (n_means, n_features)

    Raises
    ------
    ValueError
        If an argument isn't finite numbers, there isn't one weight a row, or a weight is negative.

    Examples
    --------
    >>> weighted_mean([[0, 0], [4, 8]], [3, 1])
    array([1., 2.])
    """
    X = as_floats(X, "X")
    shares = _as_shares(weights)
    if shares.shape[-1] != len(X):
        raise ValueError(f"weights must hold one for each of the {len(X)} rows, not {shares.shape[-1]}")
    return (shares @ X.astype(np.float64, copy=False)).astype(X.dtype, copy=False)


def softmax(scores: npt.ArrayLike, temperature: float = 1.0) -> FloatArray:
    """Turn scores into weights that sum to 1: the higher the score, the higher the weight.

    Parameters
    ----------
    scores : array_like of shape (n_scores,) or (n_rows, n_scores)
        Of any size: adding the same number to all of them changes nothing.
    temperature : float
        Above zero. Towards 0 the highest score takes all; with growth all weights become equal.

    Returns
    -------
    ndarray of the shape of `scores`
        Weights from 0 to 1 that sum to 1 in each row.

    Raises
    ------
    ValueError
        If `scores` isn't finite numbers, or `temperature` isn't above zero.

    Examples
    --------
    >>> softmax([0, 0, 0, 0])
    array([0.25, 0.25, 0.25, 0.25])
    >>> softmax([1000.0, 1001.0]).round(3)
    array([0.269, 0.731])
    """
    scores = as_floats(scores, "scores", ndim=(1, 2))
    weights = _softmax(scores, check_positive(temperature, "temperature"))
    return weights.astype(scores.dtype, copy=False)


def attention(
    queries: npt.ArrayLike,
    keys: npt.ArrayLike,
    values: npt.ArrayLike,
    mask: npt.ArrayLike | None = None,
    temperature: float | None = None,
) -> Attention:
    """Let each query read a mixture of the values, weighted by how well their keys match it.

    The weights are the softmax of the dot products of the query with the keys, divided by the
    temperature (scaled dot-product attention).

    Parameters
    ----------
    queries : array_like of shape (n_features,) or (n_queries, n_features)
    keys : array_like of shape (n_values, n_features)
    values : array_like of shape (n_values, n_value_features)
    mask : array_like of bool, of shape (n_values,) or (n_queries, n_values), optional
        True where a query may read a value. Without it, all may be read.
    temperature : float, optional
        Above zero; the square root of n_features where none is given.

    Returns
    -------
    Attention
        ``output``, of shape (n_queries, n_value_features), and ``weights``, of shape (n_queries, n_values);
        without the first axis for one query.

    Raises
    ------
    ValueError
        If an argument isn't finite numbers of fitting shape, or the mask leaves a query nothing to read.

    References
    ----------
    Vaswani et al. (2017), Attention Is All You Need, section 3.2.1.

    Examples
    --------
    >>> output, weights = attention([1, 0], keys=[[9, 0], [0, 9]], values=[[1, 2], [3, 4]])
    >>> weights.round(3), output.round(3)
    (array([0.998, 0.002]), array([1.003, 2.003]))
    """
    queries, keys = as_floats(queries, "queries", ndim=(1, 2)), as_floats(keys, "keys")
    values = as_floats(values, "values")
    check_same_width(queries, keys, "queries", "keys")
    if len(keys) != len(values):
        raise ValueError(f"keys and values must have as many rows, not {len(keys)} and {len(values)}")
    if temperature is None:
        temperature = np.sqrt(keys.shape[1])
    scores = queries.astype(np.float64) @ keys.astype(np.float64).T
    if mask is not None:
        scores = np.where(_as_mask(mask, scores.shape), scores, -np.inf)
    weights = _softmax(scores, check_positive(temperature, "temperature"))
    output = (weights @ values.astype(np.float64)).astype(values.dtype)
    return Attention(output, weights.astype(np.result_type(queries, keys)))


def pool(X: npt.ArrayLike, method: str = "mean", mask: npt.ArrayLike | None = None) -> FloatArray:
    """Return one vector for all rows of `X`, such as one for the words of a sentence.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    method : {"mean", "max", "sum"}
        Taken of each column alone.
    mask : array_like of bool, of shape (n_samples,), optional
        True for the rows that count, such as those that aren't padding. Without it, all do.

    Returns
    -------
    ndarray of shape (n_features,)

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, `method` is unknown, or the mask leaves no row.

    Examples
    --------
    >>> pool([[1, 5], [3, 1]]), pool([[1, 5], [3, 1]], "max")
    (array([2., 3.]), array([3., 5.]))
    """
    X = as_floats(X, "X")
    check_choice(method, "method", _POOLS)
    if mask is not None:
        X = X[_as_mask(mask, (len(X),))]
    return _POOLS[method](X).astype(X.dtype, copy=False)


def entropy(weights: npt.ArrayLike) -> float | FloatArray:
    """Return the entropy of a weighting in nats: how evenly it is spread.

    Parameters
    ----------
    weights : array_like of shape (n_weights,) or (n_rows, n_weights)
        Zero or more, not all zero in a row. They are divided by their sum.

    Returns
    -------
    float or ndarray of shape (n_rows,)
        From 0 (one weight holds all) to the logarithm of n_weights (all are equal).

    Raises
    ------
    ValueError
        If `weights` isn't finite numbers, or one is negative.

    References
    ----------
    Shannon (1948), A Mathematical Theory of Communication.

    Examples
    --------
    >>> round(entropy([1, 1, 1, 1]), 4)
    1.3863
    """
    values = np.asarray(scipy.stats.entropy(_as_shares(weights), axis=-1))
    return float(values) if values.ndim == 0 else values


def effective_number(weights: npt.ArrayLike) -> float | FloatArray:
    """Return how many equal weights would be spread as evenly: the exponential of the entropy.

    It reads the weights alone, and not what they weigh: two copies of one thing count as two.

    Parameters
    ----------
    weights : array_like of shape (n_weights,) or (n_rows, n_weights)
        Zero or more, not all zero in a row. They are divided by their sum.

    Returns
    -------
    float or ndarray of shape (n_rows,)
        From 1 to n_weights.

    Raises
    ------
    ValueError
        If `weights` isn't finite numbers, or one is negative.

    References
    ----------
    Hill (1973), Diversity and Evenness: A Unifying Notation and Its Consequences.

    Examples
    --------
    >>> round(effective_number([1, 1, 1, 0]), 4)
    3.0
    """
    numbers = np.asarray(np.exp(entropy(weights)))
    return float(numbers) if numbers.ndim == 0 else numbers


def _softmax(scores: FloatArray, temperature: float) -> FloatArray:
    # Shifted before it is divided: then what overflows is minus infinity, and its weight 0.
    shifted = (scores - scores.max(axis=-1, keepdims=True)).astype(np.float64, copy=False)
    with np.errstate(over="ignore"):
        return scipy.special.softmax(shifted / temperature, axis=-1)


def _as_shares(weights: npt.ArrayLike) -> FloatArray:
    weights = as_floats(weights, "weights", ndim=(1, 2)).astype(np.float64, copy=False)
    if weights.min() < 0:
        raise ValueError(f"weights must be zero or more, not {weights.min()}")
    largest = weights.max(axis=-1, keepdims=True)
    if not largest.all():
        raise ValueError("weights are all zero: at least one of each mean must be above zero")
    scaled = weights / largest
    return scaled / scaled.sum(axis=-1, keepdims=True)


def _as_mask(mask: npt.ArrayLike, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    flags = as_flags(mask, shape, "mask")
    if not flags.any(axis=-1).all():
        raise ValueError("mask leaves nothing: it must be True at least once in each row")
    return flags
