"""Exact nearest neighbours by cosine similarity, dot product or Euclidean distance."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from embedding_geometry._scaling import power_of_two, unit_vectors
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
_TILE = 2**20  # scores computed at a time: 4 MB of float32, so that they are still in the cache when read
_BATCH = 2**22  # best scores of blocks kept at a time
_CHUNK = 2**14  # pairs of a query and a row compared at a time
_CANDIDATES = 2**20  # pairs of a query and a row picked out at a time


class Neighbors(NamedTuple):
    """The neighbours of one query, of shape (k,), or of many, of shape (n_queries, k); nearest first."""

    indices: IntArray
    """Rows of the matrix that was searched."""
    scores: FloatArray
    """Their cosine similarities or dot products, falling, or Euclidean distances, rising; float64."""


class NeighborIndex:
    """A matrix made ready for many searches: validated and scaled once.

    Every row is compared, so the answer is exact; the memory it takes is one copy of `X` and about
    60 MB, whatever the number of queries.

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
        n_excluded = _most_distinct(excluded)
        check_count(k, "k", most=len(self.X) - n_excluded)
        size = _block_size(len(self.X), k + n_excluded, len(Q))
        n_batch = int(np.clip(_BATCH * size // len(self.X), 1, 512))
        found = [
            self._search(Q[start : start + n_batch], excluded[start : start + n_batch], k, n_excluded, size)
            for start in range(0, len(Q), n_batch)
        ]
        indices, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return Neighbors(indices[0], scores[0]) if queries.ndim == 1 else Neighbors(indices, scores)

    def _search(
        self, Q: FloatArray, excluded: IntArray, k: int, n_excluded: int, size: int
    ) -> tuple[IntArray, FloatArray]:
        A, B = self._A, self._directions(Q)
        best = _block_maxima(A, B, size)
        # As many blocks reach `last` as rows are wanted: so the rows wanted reach it, but for rounding.
        last = np.partition(best, -k - n_excluded, axis=1)[:, -k - n_excluded]
        rounding = (A.shape[1] + 8) * np.finfo(A.dtype).eps * self._reach
        least = last - 2 * rounding * np.sqrt(np.einsum("ij,ij->i", B, B))
        reached = best >= least[:, np.newaxis]
        indices, scores = np.empty((len(Q), k), np.int64), np.empty((len(Q), k))
        candidates = np.cumsum(reached.sum(axis=1)) * size
        for part in np.split(np.arange(len(Q)), np.flatnonzero(np.diff(candidates // _CANDIDATES)) + 1):
            # The nonzero entries of a matrix take ten times as long.
            query, block = np.divmod(np.flatnonzero(reached[part]), reached.shape[1])
            query, row = np.repeat(part[query], size), (block[:, np.newaxis] * size + np.arange(size)).ravel()
            kept = row < len(A)
            query, row = query[kept], row[kept]
            kept = _compare_pairs(_products, A, row, B, query, A.dtype) >= least[query]
            if excluded.size:
                kept &= ~(row[:, np.newaxis] == excluded[query]).any(axis=1)
            query, row = query[kept], row[kept]
            # float64, and the same steps for every row: so equal rows tie, wherever they stand.
            score = _compare_pairs(METRICS[self.metric], self.X, row, Q, query, np.float64)
            order = np.lexsort((row, score if self.metric == "euclidean" else -score, query))
            first = np.searchsorted(query, part)
            order = order[first[:, np.newaxis] + np.arange(k)]
            indices[part], scores[part] = row[order], score[order]
        return indices, scores

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
    return index.query(index.X, k, exclude=np.arange(len(index.X))[:, np.newaxis])


def _padded(width: int) -> int:
    """Return the next multiple of four: OpenBLAS takes half as long for 52 numbers a row as for 50."""
    return -(-width // 4) * 4


def _block_size(n_samples: int, n_wanted: int, n_queries: int) -> int:
    """Return how many rows a block has: few beside the rows left for each row wanted; by trial."""
    # The rows of the best blocks are scored again: for a few queries that takes no time.
    halvings = 2 if n_queries > 8 else 0
    return 2 ** int(np.clip(np.log2(n_samples / n_wanted) / 2 - halvings, 0, 8))


def _block_maxima(A: FloatArray, B: FloatArray, size: int) -> FloatArray:
    """Return each query's best score in each block of `size` rows.

    A selection among all scores would take longer than computing them; one among block maxima doesn't.
    """
    n_tile = size * -(-min(max(_TILE // len(B), size), len(A)) // size)
    best = np.empty((len(B), -(-len(A) // size)), A.dtype)
    scores = np.empty((n_tile, len(B)), A.dtype)
    for start in range(0, len(A), n_tile):
        tile = A[start : start + n_tile]
        np.matmul(tile, B.T, out=scores[: len(tile)])
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
    return np.einsum("ij,ij->i", x, y)


def _as_excluded(exclude: npt.ArrayLike | None, n_queries: int, n_rows: int) -> IntArray:
    rows = as_rows([] if exclude is None else exclude, n_rows, "exclude")
    if rows.ndim not in (1, 2) or (rows.ndim == 2 and len(rows) != n_queries):
        raise ValueError(
            f"exclude must be of shape (n_excluded,) or ({n_queries}, n_excluded), not {rows.shape}"
        )
    return np.sort(np.broadcast_to(rows, (n_queries, rows.shape[-1])), axis=1)


def _most_distinct(rows: IntArray) -> int:
    """Return the most different values in any one of the sorted rows."""
    if not rows.size:
        return 0
    return 1 + int(np.count_nonzero(np.diff(rows, axis=1), axis=1).max())
