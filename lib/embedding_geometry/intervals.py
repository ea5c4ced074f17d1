"""Intervals: how far a number would move with other queries, other seeds or other splits."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from embedding_geometry._validation import (
    FloatArray,
    as_floats,
    check_count,
    check_seed,
    shown,
)

_MOST_REPEATS = 1_000_000


@dataclass(frozen=True)
class Interval:
    """A value, and from where to where it goes over repeats or resamples.

    It is formatted as a number is: ``f"{interval:.2f}"`` gives ``0.50 (0.41 to 0.58)``.
    """

    value: float
    low: float
    high: float
    values: FloatArray = field(repr=False, compare=False)
    """What each repeat or resample gave, of shape (n_repeats,)."""

    def __format__(self, spec: str) -> str:
        return f"{self.value:{spec}} ({self.low:{spec}} to {self.high:{spec}})"

    def __str__(self) -> str:
        return format(self, ".3f")


def repeat(measure: Callable[[int], float], n_repeats: int = 20, seed: int = 0) -> Interval:
    """Measure the same thing with several seeds.

    Parameters
    ----------
    measure : callable
        Takes a seed, such as of a draw, a split or a start, and returns a number.
    n_repeats : int
        How many seeds, from 2 to a million: `seed`, `seed` + 1 and so on.
    seed : int
        The first one, zero or more.

    Returns
    -------
    Interval
        The mean, the least and the greatest of what came out, and ``values`` with all of it.

    Raises
    ------
    ValueError
        If `n_repeats` is out of range, `seed` is negative, or `measure` returns anything but a finite number.
    TypeError
        If `measure` can't be called.

    Examples
    --------
    >>> print(repeat(lambda seed: np.random.default_rng(seed).normal(size=100).mean()))
    -0.027 (-0.224 to 0.107)
    """
    _check_callable(measure, "measure")
    check_count(n_repeats, "n_repeats", least=2, most=_MOST_REPEATS)
    check_seed(seed)
    values = np.array([_number(measure(seed + i), "what measure returns") for i in range(n_repeats)])
    return Interval(float(values.mean()), float(values.min()), float(values.max()), values)


def bootstrap_interval(
    samples: npt.ArrayLike,
    statistic: Callable[[FloatArray], float] = np.mean,
    *,
    confidence: float = 0.95,
    n_resamples: int = 1_000,
    seed: int = 0,
) -> Interval:
    """Return a statistic of a sample of queries, and its percentile bootstrap interval.

    The queries are drawn again from the sample, as many as there are and with replacement; what the
    statistic does meanwhile shows what another sample from the same source would do to it.

    Parameters
    ----------
    samples : array_like of shape (n_queries,) or (n_queries, n_numbers)
        What was measured on each query, such as a score, or the two numbers to be correlated.
    statistic : callable
        Takes rows of `samples` and returns a number; the mean where none is given.
    confidence : float
        The share of the resamples within the interval, above 0 and below 1.
    n_resamples : int
        How often the queries are drawn again, from 100 to a million times.
    seed : int
        Of the draws.

    Returns
    -------
    Interval
        The statistic of `samples` itself, the interval, and ``values`` with that of each resample.

    Raises
    ------
    ValueError
        If `samples` isn't finite numbers or holds fewer than two queries, `confidence` isn't between 0
        and 1, a count is out of range, or the statistic of a resample isn't a finite number.
    TypeError
        If `statistic` can't be called.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13.

    Examples
    --------
    >>> right = np.repeat([0, 1], [40, 60])  # of a hundred queries sixty were answered rightly
    >>> print(f"{bootstrap_interval(right):.2f}")
    0.60 (0.51 to 0.69)
    """
    samples = as_floats(samples, "samples", ndim=(1, 2)).astype(np.float64)
    _check_callable(statistic, "statistic")
    check_count(len(samples), "the number of queries in samples", least=2)
    return _resampled(lambda rows: statistic(samples[rows]), len(samples), confidence, n_resamples, seed)


def paired_bootstrap(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    statistic: Callable[[FloatArray], float] = np.mean,
    *,
    confidence: float = 0.95,
    n_resamples: int = 1_000,
    seed: int = 0,
) -> Interval:
    """Return by how much a statistic is higher on `first` than on `second`, with its bootstrap interval.

    Both were measured on the same queries, and each resample draws the same queries for both: what makes
    a query hard for the one and the other alike doesn't blur their difference.

    Parameters
    ----------
    first, second : array_like of shape (n_queries,) or (n_queries, n_numbers)
        What was measured on each query, in the same order.
    statistic, confidence, n_resamples, seed
        As for ``bootstrap_interval``.

    Returns
    -------
    Interval
        The difference, its interval, and ``values`` with that of each resample. Where the interval
        doesn't hold 0, the difference is more than the luck of these queries.

    Raises
    ------
    ValueError
        As for ``bootstrap_interval``, and if the numbers of queries differ.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13.

    Examples
    --------
    >>> hard = np.arange(100) / 100
    >>> print(f"{paired_bootstrap(hard + 0.02, hard):.2f}")
    0.02 (0.02 to 0.02)
    """
    pair = ((first, "first"), (second, "second"))
    first, second = (as_floats(x, name, ndim=(1, 2)).astype(np.float64) for x, name in pair)
    _check_callable(statistic, "statistic")
    if len(first) != len(second):
        raise ValueError(
            f"first and second must hold the same queries, not {len(first)} and {len(second)} of them"
        )
    check_count(len(first), "the number of queries in first", least=2)

    def difference(rows):
        return statistic(first[rows]) - statistic(second[rows])

    return _resampled(difference, len(first), confidence, n_resamples, seed)


def _resampled(
    measure: Callable[..., float], n_queries: int, confidence: float, n_resamples: int, seed: int
) -> Interval:
    """Measure all queries, and then each resample of them."""
    if not isinstance(confidence, float | np.floating) or not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, such as 0.95, not {shown(confidence)}")
    check_count(n_resamples, "n_resamples", least=100, most=_MOST_REPEATS)
    check_seed(seed)
    value = _number(measure(np.arange(n_queries)), "the statistic")
    random = np.random.default_rng(seed)
    resamples = (random.integers(n_queries, size=n_queries) for _ in range(n_resamples))
    values = np.array([_number(measure(rows), "the statistic of a resample") for rows in resamples])
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(value, float(low), float(high), values)


def _number(value: float, name: str) -> float:
    """Return a finite number, or raise a ``ValueError``."""
    if not isinstance(value, int | float | np.integer | np.floating) or not np.isfinite(value):
        raise ValueError(f"{name} must be one finite number, not {shown(value)}")
    return float(value)


def _check_callable(value: Callable[..., float], name: str) -> None:
    if not callable(value):
        raise TypeError(f"{name} must be a function, not {shown(value)}")
