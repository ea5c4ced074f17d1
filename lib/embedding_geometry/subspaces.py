"""Subspaces: projections on directions, and the directions along which a cloud varies most."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.linalg
from sklearn.utils.extmath import svd_flip

from embedding_geometry._scaling import unit_vectors
from embedding_geometry._validation import (
    FloatArray,
    as_floats,
    check_count,
    check_same_width,
    check_varied,
    precision_of,
)
from embedding_geometry.similarity import center

_BLOCK = 4096  # rows that are centred and multiplied at a time, so that they are still in the cache


class PrincipalDirections(NamedTuple):
    """The directions along which a cloud varies most, the first one most of all."""

    directions: FloatArray
    """Of shape (n_directions, n_features): rows of norm 1, at right angles to each other."""
    variances: FloatArray
    """The variance along each direction, of shape (n_directions,)."""


def project(X: npt.ArrayLike, directions: npt.ArrayLike) -> FloatArray:
    """Project vectors on the line of a direction, or on the subspace that several directions span.

    The projection is the point of the line or subspace that is nearest to the vector.

    Parameters
    ----------
    X : array_like of shape (n_features,) or (n_samples, n_features)
    directions : array_like of shape (n_features,) or (n_directions, n_features)
        Of any length, at any angle to each other.

    Returns
    -------
    ndarray of the shape of `X`

    Raises
    ------
    ValueError
        If an argument isn't finite numbers, the widths differ, or a direction is a zero vector.

    References
    ----------
    Strang (2016), Introduction to Linear Algebra, section 4.2.

    Examples
    --------
    >>> project([3, 4], [2, 0])
    array([3., 0.])
    """
    X = as_floats(X, "X", ndim=(1, 2))
    basis = _orthonormal_basis(directions, "directions")
    check_same_width(X, basis, "X", "directions")
    basis = basis.astype(X.dtype, copy=False)
    return (X @ basis.T) @ basis


def residual(X: npt.ArrayLike, directions: npt.ArrayLike) -> FloatArray:
    """Remove a direction, or a subspace, from vectors: what their projection on it leaves.

    Parameters
    ----------
    X : array_like of shape (n_features,) or (n_samples, n_features)
    directions : array_like of shape (n_features,) or (n_directions, n_features)
        Of any length, at any angle to each other.

    Returns
    -------
    ndarray of the shape of `X`
        At right angles to every direction.

    Raises
    ------
    ValueError
        If an argument isn't finite numbers, the widths differ, or a direction is a zero vector.

    References
    ----------
    Bolukbasi et al. (2016), Man is to Computer Programmer as Woman is to Homemaker?

    Examples
    --------
    >>> residual([3, 4], [2, 0])
    array([0., 4.])
    """
    X = as_floats(X, "X", ndim=(1, 2))
    return X - project(X, directions)


def principal_directions(X: npt.ArrayLike, n_directions: int | None = None) -> PrincipalDirections:
    """Return the directions along which the rows vary most around their mean (PCA).

    They are the right singular vectors of the centred matrix, and the eigenvectors of its covariance.
    Where two variances are nearly equal, another sample may well mix their directions.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more.
    n_directions : int, optional
        From 1 to the lesser of n_samples and n_features, which is taken where none is given.

    Returns
    -------
    PrincipalDirections
        ``directions`` and ``variances``. A direction and its opposite are equally good; scikit-learn's
        choice of the sign is kept.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers with two rows or more, or `n_directions` is out of range.

    References
    ----------
    Pearson (1901), On Lines and Planes of Closest Fit to Systems of Points in Space.

    Examples
    --------
    >>> directions, variances = principal_directions([[1, 1], [2, 2], [4, 4]], 1)
    >>> np.abs(directions).round(4), variances.round(4)
    (array([[0.7071, 0.7071]]), array([4.6667]))
    """
    X = as_floats(X, "X")
    n_samples, n_features = X.shape
    check_count(n_samples, "the number of rows of X", least=2)
    n_found = min(n_samples, n_features)
    n_kept = n_found if n_directions is None else check_count(n_directions, "n_directions", most=n_found)
    if n_samples >= 10 * n_features:
        variances, eigenvectors = scipy.linalg.eigh(_covariance(X))
        variances, directions = np.maximum(variances[::-1], 0), eigenvectors.T[::-1]
    else:
        _, singular, directions = scipy.linalg.svd(center(X.astype(np.float64)), full_matrices=False)
        variances = singular**2 / (n_samples - 1)
    directions = svd_flip(None, directions[:n_kept], u_based_decision=False)[1]
    return PrincipalDirections(directions.astype(X.dtype), variances[:n_kept])


def explained_variance(X: npt.ArrayLike) -> FloatArray:
    """Return the share of the variance along each principal direction, the largest first.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more, not all the same.

    Returns
    -------
    ndarray of shape (min(n_samples, n_features),)
        From 0 to 1, with sum 1. ``explained_variance(X).cumsum()`` tells what the first k keep.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, or its rows are all the same.

    Examples
    --------
    >>> explained_variance([[3, 0], [-3, 0], [0, 1], [0, -1]])
    array([0.9, 0.1])
    """
    X = as_floats(X, "X")
    check_varied(X, "X")
    variances = principal_directions(X).variances
    return variances / variances.sum()


def principal_angles(X: npt.ArrayLike, Y: npt.ArrayLike) -> FloatArray:
    """Return the principal angles between the subspaces that the rows of `X` and those of `Y` span.

    The first is the least angle between a vector of one and a vector of the other; each next is the
    least at right angles to those before. Subspaces are the same if all angles are zero.

    Parameters
    ----------
    X, Y : array_like of shape (n_features,) or (n_directions, n_features)
        Directions of any length, at any angle to each other.

    Returns
    -------
    ndarray of shape (n_angles,)
        From 0 to pi/2, the least first; as many as the smaller subspace has dimensions.

    Raises
    ------
    ValueError
        If an argument isn't finite numbers, the widths differ, or a direction is a zero vector.

    References
    ----------
    Bjoerck and Golub (1973), Numerical Methods for Computing Angles Between Linear Subspaces.

    Examples
    --------
    >>> principal_angles([[1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 0, 1]]).round(4)
    array([0.    , 1.5708])
    """
    A, B = _orthonormal_basis(X, "X"), _orthonormal_basis(Y, "Y")
    check_same_width(A, B, "X", "Y")
    return scipy.linalg.subspace_angles(A.T, B.T)[::-1]


def all_but_the_top(X: npt.ArrayLike, n_directions: int | None = None) -> FloatArray:
    """Remove the mean and the first principal directions of the rows.

    They often say how common a word is. Whose they are matters: those of other words remove other things.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more.
    n_directions : int, optional
        How many directions to remove, from 1 to the lesser of n_samples and n_features; a hundredth
        of n_features where none is given, and at least 1.

    Returns
    -------
    ndarray of shape (n_samples, n_features)

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers with two rows or more, or `n_directions` is out of range.

    References
    ----------
    Mu and Viswanath (2018), All-but-the-Top: Simple and Effective Postprocessing for Word Representations.

    Examples
    --------
    >>> all_but_the_top([[3, 1], [-3, 1], [0, 2], [0, 0]])[:, 1].round(4)
    array([ 0.,  0.,  1., -1.])
    """
    X = as_floats(X, "X")
    if n_directions is None:
        n_directions = max(1, round(X.shape[1] / 100))
    return residual(center(X), principal_directions(X, n_directions).directions)


def _covariance(X: FloatArray) -> FloatArray:
    """Return the covariance of the columns, in float64."""
    # Around a guess of the mean no digits cancel, and one pass over the rows is enough.
    guess = X[:: 1 + len(X) // _BLOCK].mean(axis=0, dtype=np.float64).astype(X.dtype)
    sums, products = np.zeros(X.shape[1]), np.zeros((X.shape[1], X.shape[1]))
    for start in range(0, len(X), _BLOCK):
        block = X[start : start + _BLOCK] - guess
        sums += block.sum(axis=0)
        products += block.T @ block
    return (products - np.outer(sums, sums / len(X))) / (len(X) - 1)


def _orthonormal_basis(directions: npt.ArrayLike, name: str) -> FloatArray:
    # In float64, so that what is left along the directions is the rounding of X alone.
    unit = np.atleast_2d(unit_vectors(as_floats(directions, name, ndim=(1, 2)).astype(np.float64), name))
    # A direction counts if it is more than the rounding of the numbers that were given, and of the SVD.
    least = 2 * np.sqrt(len(unit)) * precision_of(directions) + max(unit.shape) * np.finfo(np.float64).eps
    return scipy.linalg.orth(unit.T, rcond=least).T
