"""Diagnostics: how an embedding uses its space, in one number each, and a check-up of them all."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.special

from embedding_geometry._scaling import norms, power_of_two, unit_vectors
from embedding_geometry._validation import (
    FloatArray,
    as_floats,
    check_count,
    check_positive,
    check_seed,
    check_varied,
)
from embedding_geometry.dimensions import (
    effective_rank,
    intrinsic_dimension,
    isoscore,
    participation_ratio,
)
from embedding_geometry.neighborhoods import hubness, neighbor_overlap, trustworthiness
from embedding_geometry.similarity import normalize

__all__ = [
    "alignment",
    "diagnose",
    "effective_rank",
    "hubness",
    "intrinsic_dimension",
    "isoscore",
    "isotropy",
    "mean_cosine",
    "neighbor_overlap",
    "participation_ratio",
    "trustworthiness",
    "uniformity",
]

_TILE = 512  # rows compared with all others at a time


def mean_cosine(X: npt.ArrayLike) -> float:
    """Return the mean cosine similarity of two different rows, over all pairs.

    It is near 0 for a cloud around the origin, and high for a cone. A shift raises it, and so may the
    stretch of one axis; it says nothing of how the variance is spread.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more.

    Returns
    -------
    float
        From -1 / (n_samples - 1) to 1.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers with two rows or more, or has a zero row.

    References
    ----------
    Ethayarajh (2019), How Contextual are Contextualized Word Representations?

    Examples
    --------
    >>> mean_cosine([[1, 0], [0, 1], [0, -1]])
    -0.3333333333333333
    """
    unit = normalize(_as_cloud(X))
    n_samples, total = len(unit), unit.sum(axis=0, dtype=np.float64)
    # The squared sum of unit vectors holds every pair twice, and 1 for each vector with itself.
    return float((total @ total - n_samples) / (n_samples * (n_samples - 1)))


def isotropy(X: npt.ArrayLike) -> float:
    """Return how alike all directions are: I(W) of Mu and Viswanath, the least Z(c) over the greatest.

    Z(c) is the sum of exp(c . x) over the rows x, for c along each eigenvector of X'X and its opposite. It
    depends on the lengths of the rows: longer rows, lower isotropy. So it compares embeddings only where
    these are alike; read it beside ``mean_cosine``.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more.

    Returns
    -------
    float
        From 0 to 1, where all directions are alike.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers with two rows or more.

    References
    ----------
    Mu and Viswanath (2018), All-but-the-Top, section 2.2.

    Examples
    --------
    >>> isotropy([[1, 0], [-1, 0], [0, 1], [0, -1]])
    1.0
    """
    X = _as_cloud(X).astype(np.float64)
    scaled = X / power_of_two(np.abs(X).max())
    eigenvectors = np.linalg.eigh(scaled.T @ scaled)[1]
    products = X @ eigenvectors
    log_z = scipy.special.logsumexp(np.hstack([products, -products]), axis=0)
    return float(np.exp(log_z.min() - log_z.max()))


def alignment(X: npt.ArrayLike, Y: npt.ArrayLike, alpha: float = 2.0) -> float:
    """Return the mean distance, to the power `alpha`, of pairs that should be near, on the unit sphere.

    Low is good, but 0 is reached by sending everything to one point, and every collapse lowers it: read
    it beside ``uniformity``.

    Parameters
    ----------
    X, Y : array_like of shape (n_pairs, n_features)
        The two vectors of each pair. They are scaled to norm 1.
    alpha : float
        Above zero, 1000 at the most.

    Returns
    -------
    float
        From 0 to 2 ** alpha.

    Raises
    ------
    ValueError
        If an argument isn't a matrix of finite numbers, has a zero row, or the shapes differ.

    References
    ----------
    Wang and Isola (2020), Understanding Contrastive Representation Learning through Alignment and Uniformity.

    Examples
    --------
    >>> round(alignment([[1, 0], [0, 2]], [[3, 0], [1, 0]]), 4)
    1.0
    """
    X, Y = as_floats(X, "X"), as_floats(Y, "Y")
    if X.shape != Y.shape:
        raise ValueError(f"X and Y must have the same shape, not {X.shape} and {Y.shape}")
    distances = norms(unit_vectors(X, "X") - unit_vectors(Y, "Y"))
    return float(np.mean(distances.astype(np.float64) ** check_positive(alpha, "alpha", most=1000)))


def uniformity(X: npt.ArrayLike, t: float = 2.0) -> float:
    """Return how evenly the rows spread over the unit sphere: the log mean Gaussian potential of all pairs.

    The potential of two rows is exp(-t d^2), where d is their distance after scaling to norm 1.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more.
    t : float
        Above zero, 1000 at the most.

    Returns
    -------
    float
        From -4 t to 0; lower is more even, and 0 is reached where all rows point one way: after a collapse
        to one point, and nearly so after a long shift, which it can't tell apart.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers with two rows or more, or has a zero row.

    References
    ----------
    Wang and Isola (2020), Understanding Contrastive Representation Learning through Alignment and Uniformity.

    Examples
    --------
    >>> uniformity([[1, 0], [0, 1]])
    -4.0
    """
    unit = normalize(_as_cloud(X))
    check_positive(t, "t", most=1000)
    logs = []  # of the sum of the potentials in each part, so that the least of them don't vanish
    for start in range(0, len(unit), _TILE):
        # d^2 = 2 - 2 cos; each pair once: those within the tile, then the tile with the rows after it.
        tile, after = unit[start : start + _TILE], unit[start + _TILE :]
        logs.append(_log_potentials((tile @ tile.T)[np.triu_indices(len(tile), 1)], t))
        logs.append(_log_potentials(tile @ after.T, t))
    n_pairs = len(unit) * (len(unit) - 1) / 2
    return float(min(scipy.special.logsumexp(logs) - np.log(n_pairs), 0.0))


def diagnose(X: npt.ArrayLike, k: int = 10, n_compared: int = 10_000, seed: int = 0) -> pd.DataFrame:
    """Give an embedding a check-up: each diagnostic, beside that of a random cloud, and what it means.

    None of them has a scale but I(W): a cloud that has shrunk around its mean looks as if it were shifted.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Not all rows the same, none zero; two columns or more.
    k : int
        How many neighbours hubness counts.
    n_compared : int
        More than `k`. The last three diagnostics compare each row with each: of a larger embedding, so
        many rows are drawn at random for them. Give n_samples to compare all.
    seed : int
        Of the draw and of the random cloud: a Gaussian of the shape of `X`, its rows as long on average.

    Returns
    -------
    DataFrame
        A row for each diagnostic; columns embedding, gaussian and meaning.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, or too small.

    Examples
    --------
    >>> report = diagnose(np.random.default_rng(1).normal(size=(300, 5)))
    >>> [round(value) for value in report.loc["effective rank", ["embedding", "gaussian"]]]
    [5, 5]
    """
    X = as_floats(X, "X")
    check_varied(X, "X")
    check_count(n_compared, "n_compared", least=check_count(k, "k") + 1)
    random = np.random.default_rng(check_seed(seed))
    rows = np.sort(random.choice(len(X), min(len(X), n_compared), replace=False))
    cloud = random.standard_normal(X.shape).astype(X.dtype)
    cloud *= norms(norms(X)) / np.sqrt(X.size)
    checks: list[tuple[str, Callable[[FloatArray], float], str]] = [
        ("mean cosine", mean_cosine, "0: no cone"),
        ("isotropy I(W)", isotropy, "1: all directions alike"),
        ("IsoScore", isoscore, "1: even variance in all dimensions"),
        ("effective rank", effective_rank, "dimensions in use, weak ones too"),
        ("participation ratio", participation_ratio, "dimensions with most of the variance"),
        (
            "intrinsic dimension",
            lambda X: intrinsic_dimension(X[rows]),
            "dimension of the surface around a row",
        ),
        ("hubness", lambda X: hubness(X[rows], k).skewness, "0: no hubs; above 1: strong hubs"),
        ("uniformity", lambda X: uniformity(X[rows]), "0: collapsed; lower is more even"),
    ]
    values = [(check(X), check(cloud), meaning) for _, check, meaning in checks]
    return pd.DataFrame(values, [name for name, _, _ in checks], ["embedding", "gaussian", "meaning"])


def _as_cloud(X: npt.ArrayLike) -> FloatArray:
    X = as_floats(X, "X")
    check_count(len(X), "the number of rows of X", least=2)
    return X


def _log_potentials(cosines: FloatArray, t: float) -> float:
    """Return the logarithm of the sum of exp(-t d^2) over pairs with these cosines, which are overwritten."""
    if not cosines.size:
        return -np.inf
    highest = cosines.max()
    cosines -= highest
    cosines *= 2 * t
    return float(2 * t * (highest - 1) + np.log(np.exp(cosines, out=cosines).sum(dtype=np.float64)))
