"""Exact nearest neighbours by cosine similarity, dot product or Euclidean distance."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from embedding_geometry._scaling import norms, power_of_two, unit_vectors
from embedding_geometry._validation import (
    FloatArray,
    IntArray,
    as_floats,
    as_rows,
    check_choice,
    check_count,
    check_same_width,
)
from embedding_geometry.similarity import (
    cosine_similarity,
    dot_product,
    euclidean_distance,
)

METRICS: dict[str, Callable[..., Any]] = {
    "cosine": cosine_similarity,
    "dot": dot_product,
    "euclidean": euclidean_distance,
}
METRIC_NAMES = {"cosine": "cosine", "dot": "dot product", "euclidean": "Euclidean distance"}
_TILE = 2**19  # scores computed at a time: 2 MB of float32, so that they are still in the cache when read
_BATCH = 2**22  # best scores of blocks kept at a time
_CHUNK = 2**11  # pairs of a query and a row compared at a time: less than 1 MB for 50 features, likewise
_CANDIDATES = 2**20  # pairs of a query and a row picked out at a time
_CROWD = 100  # rows that may be among the nearest of a query, beyond which all rows are scored instead


class Neighbors(NamedTuple):
    """The neighbours of one query, of shape (k,), or of many, of shape (n_queries, k); nearest first."""

    indices: IntArray
    """Rows of the matrix that was searched."""
    scores: FloatArray
    """Their cosine similarities or dot products, falling, or Euclidean distances, rising; float64."""


class NeighborIndex:
    """A matrix made ready for many searches: validated and scaled once.

    Every row is compared, so the answer is exact; the memory it takes is one copy of `X` and 50 to 100 MB,
    whatever the number of queries.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        The rows to search. They must not be changed afterwards.
    metric : {"cosine", "dot", "euclidean"}

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, or `metric` is unknown, or `X` has a zero row and
        the metric is the cosine.

    Examples
    --------
    >>> index = NeighborIndex([[1.0, 0.9], [0.9, 1.0], [-1.0, 0.2]])
    >>> index.query([1.0, 0.0], k=2).indices
    array([0, 1])
    """

    def __init__(self, X: npt.ArrayLike, metric: str = "cosine") -> None:
        self.metric = check_choice(metric, "metric", METRICS)
        self.X = as_floats(X, "X")
        # Each metric is made a dot product with the rows of _A: the higher, the nearer.
        n_samples, n_features = self.X.shape
        self._A = np.zeros((n_samples, _padded(n_features + (metric == "euclidean"))), self.X.dtype)
        points = self._A[:, :n_features]
        if metric == "cosine":
            unit_vectors(self.X, "X", out=points)
        else:
            self._scale = power_of_two(max(self.X.max(), -self.X.min()))
            np.divide(self.X, self._scale, out=points)
        if metric == "euclidean":
            # |q - x|^2 = |q|^2 - 2 (q.x - |x|^2 / 2); around the mean, fewer digits cancel.
            self._mean = points.mean(axis=0, dtype=np.float64).astype(points.dtype)
            points -= self._mean
            self._A[:, n_features] = np.einsum("ij,ij->i", points, points) / -2
        self._reach = np.sqrt(np.einsum("ij,ij->i", self._A, self._A).max())

    def query(self, queries: npt.ArrayLike, k: int = 10, exclude: npt.ArrayLike | None = None) -> Neighbors:
        """Return the `k` nearest rows of each query; see ``nearest_neighbors``."""
        queries = as_floats(queries, "queries", ndim=(1, 2))
        check_same_width(queries, self.X, "queries", "X")
        Q = np.ascontiguousarray(np.atleast_2d(queries), np.result_type(queries, self.X))
        excluded = _as_excluded(exclude, len(Q), len(self.X))
        n_left = len(self.X) - _most_distinct(excluded)
        if not n_left:
            raise ValueError("exclude leaves no row that could be an answer")
        check_count(k, "k", most=n_left)
        size = _block_size(len(self.X), k, len(Q))
        n_batch = int(np.clip(_BATCH * size // len(self.X), 1, 512))
        found = []
        for start in range(0, len(Q), n_batch):
            batch = slice(start, start + n_batch)
            found.append(self._search(Q[batch], excluded if excluded.ndim == 1 else excluded[batch], k, size))
        indices, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return Neighbors(indices[0], scores[0]) if queries.ndim == 1 else Neighbors(indices, scores)

    def _search(self, Q: FloatArray, excluded: IntArray, k: int, size: int) -> tuple[IntArray, FloatArray]:
        A, B = self._A, self._directions(Q)
        best = _block_maxima(A, B, size, excluded)
        # As many blocks reach `last` as rows are wanted: so the rows wanted reach it, but for rounding.
        last = np.partition(best, -k, axis=1)[:, -k]
        rounding = (A.shape[1] + 8) * np.finfo(A.dtype).eps * self._reach
        least = last - 2 * rounding * np.sqrt(np.einsum("ij,ij->i", B, B))
        reached = (best >= least[:, np.newaxis]) & (best > -np.inf)
        indices, scores = np.empty((len(Q), k), np.int64), np.empty((len(Q), k))
        candidates = reached.sum(axis=1) * size
        crowded = candidates > max(_CROWD, len(A) // 8)
        for i in np.flatnonzero(crowded):
            indices[i], scores[i] = self._scan(Q[i], excluded if excluded.ndim == 1 else excluded[i], k)
        others = np.flatnonzero(~crowded)
        shares = np.cumsum(candidates[others]) // _CANDIDATES
        for part in np.split(others, np.flatnonzero(np.diff(shares)) + 1):
            # The nonzero entries of a matrix take ten times as long.
            query, block = np.divmod(np.flatnonzero(reached[part]), reached.shape[1])
            query, row = np.repeat(part[query], size), (block[:, np.newaxis] * size + np.arange(size)).ravel()
            kept = row < len(A)
            query, row = query[kept], row[kept]
            kept = _compare_pairs(_products, A, row, B, query, A.dtype) >= least[query]
            if excluded.size:
                kept &= ~_is_excluded(query, row, excluded, len(A))
            query, row = query[kept], row[kept]
            # float64, and the same steps for every row: so equal rows tie, wherever they stand.
            score = _compare_pairs(METRICS[self.metric], self.X, row, Q, query, np.float64)
            order = np.lexsort((row, score if self.metric == "euclidean" else -score, query))
            first = np.searchsorted(query, part)
            order = order[first[:, np.newaxis] + np.arange(k)]
            indices[part], scores[part] = row[order], score[order]
        return indices, scores

    def _scan(self, q: FloatArray, excluded: IntArray, k: int) -> tuple[IntArray, FloatArray]:
        """Score all rows for a query for which very many tie, but for copies of a row that come too late."""
        rows, copies_before, exact = self._for_scans
        part = slice(np.searchsorted(copies_before, k + len(excluded)))
        row, q = rows[part], q.astype(np.float64)
        if self.metric == "euclidean":
            score = cost = norms(exact[part] - q)
        else:
            score = _products(exact[part], unit_vectors(q, "queries") if self.metric == "cosine" else q)
            cost = -score
        if excluded.size:
            cost = np.where(_is_excluded(row, row, excluded, len(rows)), np.inf, cost)
        order = np.lexsort((row, cost))[:k]
        return row[order], score[order]

    @cached_property
    def _for_scans(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any], FloatArray]:
        """Rows with the fewest copies before them first, how many these are, and what the rows hold."""
        X = np.ascontiguousarray(self.X + 0.0)  # -0.0 becomes 0.0
        copies = np.unique(X.view(f"V{X.strides[0]}")[:, 0], return_inverse=True)[1]
        before = pd.Series(copies).groupby(copies).cumcount().to_numpy()
        rows = np.argsort(before, kind="stable")
        exact = X[rows].astype(np.float64)
        return rows, before[rows], unit_vectors(exact, "X") if self.metric == "cosine" else exact

    def _directions(self, Q: FloatArray) -> FloatArray:
        """Return the vectors whose dot products with the rows of ``_A`` rank these for each query."""
        if self.metric == "cosine":
            B = unit_vectors(Q, "queries")
        else:
            scale = power_of_two(np.abs(Q).max(axis=1, keepdims=True))
            B = Q / scale
        if self.metric == "euclidean":
            scale = np.maximum(scale, self._scale)
            B = np.hstack([Q / scale - self._mean * (self._scale / scale), self._scale / scale])
        padded = np.zeros((len(B), self._A.shape[1]), self._A.dtype)
        padded[:, : B.shape[1]] = B
        return padded


def nearest_neighbors(
    X: npt.ArrayLike,
    queries: npt.ArrayLike,
    k: int = 10,
    metric: str = "cosine",
    exclude: npt.ArrayLike | None = None,
) -> Neighbors:
    """Return the rows of `X` that are nearest to each query, nearest first.

    Every row is compared (no approximation), and the order is that of float64 arithmetic. Rows that
    tie come in the order in which they stand in `X`. For many searches of one matrix at different
    times, make a ``NeighborIndex`` once and call its ``query``.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        The rows to search.
    queries : array_like of shape (n_features,) or (n_queries, n_features)
        One vector or many.
    k : int
        How many neighbours, from 1 to the number of rows that aren't excluded.
    metric : {"cosine", "dot", "euclidean"}
        The highest cosine similarity or dot product is nearest, or the lowest Euclidean distance.
    exclude : array_like of int, of shape (n_excluded,) or (n_queries, n_excluded), optional
        Rows of `X` that can't be an answer: the same for all queries, or a row of them for each.

    Returns
    -------
    Neighbors
        ``indices`` and ``scores``, of shape (k,) for one query and (n_queries, k) for many.

    Raises
    ------
    ValueError
        If an argument isn't finite numbers of fitting shape, if `k` is more than there are rows, or if the
        metric is the cosine and a vector is zero.

    Examples
    --------
    >>> X = [[1.0, 0.9], [0.9, 1.0], [-1.0, 0.2]]
    >>> indices, scores = nearest_neighbors(X, X[0], k=2, exclude=[0])
    >>> indices, scores.round(3)
    (array([1, 2]), array([ 0.994, -0.598]))
    """
    return NeighborIndex(X, metric).query(queries, k, exclude)


def neighbor_graph(X: npt.ArrayLike, k: int = 10, metric: str = "cosine") -> Neighbors:
    """Return the k-nearest-neighbour graph: the `k` nearest other rows of every row.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more.
    k : int
        How many neighbours, from 1 to n_samples - 1.
    metric : {"cosine", "dot", "euclidean"}

    Returns
    -------
    Neighbors
        ``indices`` and ``scores``, of shape (n_samples, k). A row is never its own neighbour; a copy
        of it may be.

    Raises
    ------
    ValueError
        As for ``nearest_neighbors``.

    Examples
    --------
    >>> neighbor_graph([[1.0, 0.9], [0.9, 1.0], [-1.0, 0.2]], k=1).indices
    array([[1],
           [0],
           [1]])
    """
    index = NeighborIndex(X, metric)
    check_count(len(index.X), "the number of rows of X", least=2)
    return index.query(index.X, k, exclude=np.arange(len(index.X))[:, np.newaxis])


def _padded(width: int) -> int:
    """Return the next multiple of four: OpenBLAS takes half as long for 52 numbers a row as for 50."""
    return -(-width // 4) * 4


def _block_size(n_samples: int, n_wanted: int, n_queries: int) -> int:
    """Return how many rows a block has: few beside the rows left for each row wanted; by trial."""
    # The rows of the best blocks are scored again: for a few queries that takes no time.
    halvings = 2 if n_queries > 8 else 0
    return 2 ** int(np.clip(np.log2(n_samples / n_wanted) / 2 - halvings, 0, 8))


def _block_maxima(A: FloatArray, B: FloatArray, size: int, excluded: IntArray) -> FloatArray:
    """Return each query's best score in each block of `size` rows, of those that aren't excluded.

    A selection among all scores would take longer than computing them; one among block maxima doesn't.
    """
    n_tile = size * -(-min(max(_TILE // len(B), size), len(A)) // size)
    best = np.empty((len(B), -(-len(A) // size)), A.dtype)
    scores = np.empty((n_tile, len(B)), A.dtype)
    # In the order of the rows, so that those of a tile stand side by side; `of` says for which query.
    order = np.argsort(excluded, axis=None)
    rows, of = excluded.ravel()[order], order // excluded.shape[-1] if excluded.ndim == 2 else None
    for start in range(0, len(A), n_tile):
        tile = A[start : start + n_tile]
        np.matmul(tile, B.T, out=scores[: len(tile)])
        here = slice(*np.searchsorted(rows, (start, start + n_tile)))
        scores[rows[here] - start, slice(None) if of is None else of[here]] = -np.inf
        n_blocks = -(-len(tile) // size)
        scores[len(tile) : n_blocks * size] = -np.inf
        blocks = scores[: n_blocks * size].reshape(n_blocks, size, len(B))
        best[:, start // size : start // size + n_blocks] = blocks.max(axis=1).T
    return best


def _compare_pairs(
    compare: Callable[..., Any],
    X: FloatArray,
    row: IntArray,
    Q: FloatArray,
    query: IntArray,
    dtype: npt.DTypeLike,
) -> FloatArray:
    """Compare rows of `X` with rows of `Q`, pair by pair, a chunk at a time."""
    values = np.empty(len(row), dtype)
    for start in range(0, len(row), _CHUNK):
        c = slice(start, start + _CHUNK)
        # Twice as fast as X[row], but take copies all of a matrix that isn't in C order.
        x = X.take(row[c], axis=0) if X.flags.c_contiguous else X[row[c]]
        values[c] = compare(x.astype(dtype, copy=False), Q.take(query[c], axis=0).astype(dtype, copy=False))
    return values


def _products(x: FloatArray, y: FloatArray) -> FloatArray:
    return np.einsum("...j,...j->...", x, y)


def _is_excluded(query: IntArray, row: IntArray, excluded: IntArray, n_rows: int) -> npt.NDArray[np.bool_]:
    """Say of each pair of a query and a row whether it is excluded."""
    pairs, keys = row, excluded
    if excluded.ndim == 2:  # one number for each pair, in rising order
        pairs, keys = (
            query * n_rows + row,
            (n_rows * np.arange(len(excluded))[:, np.newaxis] + excluded).ravel(),
        )
    return keys[np.minimum(np.searchsorted(keys, pairs), len(keys) - 1)] == pairs


def _as_excluded(exclude: npt.ArrayLike | None, n_queries: int, n_rows: int) -> IntArray:
    rows = as_rows([] if exclude is None else exclude, n_rows, "exclude")
    if rows.ndim not in (1, 2) or (rows.ndim == 2 and len(rows) != n_queries):
        raise ValueError(
            f"exclude must be of shape (n_excluded,) or ({n_queries}, n_excluded), not {rows.shape}"
        )
    return np.sort(rows, axis=-1)


def _most_distinct(rows: IntArray) -> int:
    """Return the most different values in any one of the sorted rows."""
    if not rows.size:
        return 0
    return 1 + int(np.count_nonzero(np.diff(rows, axis=-1), axis=-1).max())
