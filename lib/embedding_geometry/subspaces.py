"""Subspaces: projections on directions, and the directions along which a cloud varies most."""

from contextlib import suppress
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.linalg
from sklearn import config_context
from sklearn.decomposition import PCA

from embedding_geometry._scaling import power_of_two, unit_vectors
from embedding_geometry._validation import FloatArray, as_floats, check_count, check_same_width
from embedding_geometry.similarity import center


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
    check_count(len(X), "the number of rows of X", least=2)
    if n_directions is not None:
        check_count(n_directions, "n_directions", most=min(X.shape))
    pca, scale = _fit(X, n_directions), 1.0
    # scikit-learn squares first and subtracts the mean later: far from 0, or from 1, no digits are left.
    if pca is None or not pca.mean_ @ pca.mean_ < 100 * pca.explained_variance_.sum() < np.inf:
        centered = center(X)
        scale = float(power_of_two(np.abs(centered).max()))
        with np.errstate(invalid="ignore"):  # the shares of no variance at all
            pca = PCA(n_directions).fit(centered / X.dtype.type(scale))
    return PrincipalDirections(pca.components_, pca.explained_variance_.astype(np.float64) * scale**2)


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
    variances = principal_directions(X).variances
    if not variances.any():
        raise ValueError("the rows of X are all the same: there is no variance to explain")
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


def _fit(X: FloatArray, n_directions: int | None) -> PCA | None:
    """Fit scikit-learn's PCA, or return None where the squares overflow."""
    with np.errstate(all="ignore"), config_context(assume_finite=True), suppress(np.linalg.LinAlgError):
        return PCA(n_directions).fit(X)
    return None


def _orthonormal_basis(directions: npt.ArrayLike, name: str) -> FloatArray:
    unit = unit_vectors(as_floats(directions, name, ndim=(1, 2)), name)
    # In float64, so that what is left along the directions is the rounding of X alone.
    return scipy.linalg.orth(np.atleast_2d(unit).T.astype(np.float64)).T
