"""Similarity: dot products, norms, cosines, angles and distances, of one vector or of many.

A function of `x` and `y` takes one vector or many on either side: two vectors give a number, two
matrices one for each pair of rows that stand side by side, a vector and a matrix one for each row.
``gram_matrix`` and ``cosine_matrix`` compare all rows with all rows.
"""

import numpy as np
import numpy.typing as npt

from embedding_geometry._scaling import norms, unit_vectors
from embedding_geometry._validation import FloatArray, as_floats, check_same_width


def dot_product(x: npt.ArrayLike, y: npt.ArrayLike) -> float | FloatArray:
    """Return the dot product of two vectors, or of the rows of two matrices.

    Parameters
    ----------
    x, y : array_like of shape (n_features,) or (n_samples, n_features)

    Returns
    -------
    float or ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        If an argument isn't finite numbers, or the shapes don't fit each other.

    Examples
    --------
    >>> dot_product([1.0, 0.9], [[0.9, 1.0], [-1.0, 0.2]])
    array([ 1.8 , -0.82])
    """
    x, y = _as_pair(x, y)
    return _as_given(_products(x, y), x, y)


def norm(X: npt.ArrayLike) -> float | FloatArray:
    """Return the Euclidean norm of a vector, or of each row of a matrix.

    Parameters
    ----------
    X : array_like of shape (n_features,) or (n_samples, n_features)

    Returns
    -------
    float or ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        If `X` isn't finite numbers.

    Examples
    --------
    >>> norm([3, 4])
    5.0
    """
    X = as_floats(X, "X", ndim=(1, 2))
    return _as_given(norms(X), X)


def cosine_similarity(x: npt.ArrayLike, y: npt.ArrayLike) -> float | FloatArray:
    """Return the cosine of the angle between two vectors, or between the rows of two matrices.

    It is the dot product of the vectors scaled to norm 1.

    Parameters
    ----------
    x, y : array_like of shape (n_features,) or (n_samples, n_features)

    Returns
    -------
    float or ndarray of shape (n_samples,)
        From -1 (opposite directions) to 1 (the same direction).

    Raises
    ------
    ValueError
        If an argument isn't finite numbers, has a zero vector, or the shapes don't fit each other.

    Examples
    --------
    >>> cosine_similarity([1.0, 0.9], [[0.9, 1.0], [-1.0, 0.2]]).round(4)
    array([ 0.9945, -0.5977])
    """
    x, y = _as_pair(x, y)
    u, v = (unit_vectors(z.astype(np.float64, copy=False), name) for z, name in ((x, "x"), (y, "y")))
    # Rounding takes some cosines past 1.
    return _as_given(np.clip(_products(u, v), -1, 1), x, y)


def angle(x: npt.ArrayLike, y: npt.ArrayLike) -> float | FloatArray:
    """Return the angle between two vectors, or between the rows of two matrices, in radians.

    It is the arc cosine of the cosine similarity, in Kahan's form: the arc cosine itself loses half
    of its digits near 0 and near pi.

    Parameters
    ----------
    x, y : array_like of shape (n_features,) or (n_samples, n_features)

    Returns
    -------
    float or ndarray of shape (n_samples,)
        From 0 to pi.

    Raises
    ------
    ValueError
        If an argument isn't finite numbers, has a zero vector, or the shapes don't fit each other.

    References
    ----------
    Kahan (2006), How Futile are Mindless Assessments of Roundoff in Floating-Point Computation?

    Examples
    --------
    >>> round(angle([1, 0], [-1, 0]), 4)
    3.1416
    """
    x, y = _as_pair(x, y)
    u, v = (unit_vectors(z.astype(np.float64, copy=False), name) for z, name in ((x, "x"), (y, "y")))
    return _as_given(2 * np.arctan2(norms(u - v), norms(u + v)), x, y)


def euclidean_distance(x: npt.ArrayLike, y: npt.ArrayLike) -> float | FloatArray:
    """Return the Euclidean distance of two vectors, or of the rows of two matrices.

    Parameters
    ----------
    x, y : array_like of shape (n_features,) or (n_samples, n_features)

    Returns
    -------
    float or ndarray of shape (n_samples,)

    Raises
    ------
    ValueError
        If an argument isn't finite numbers, or the shapes don't fit each other.

    Examples
    --------
    >>> euclidean_distance([1, 1], [[4, 5], [1, 1]])
    array([5., 0.])
    """
    x, y = _as_pair(x, y)
    return _as_given(norms(x - y), x, y)


def gram_matrix(X: npt.ArrayLike, Y: npt.ArrayLike | None = None) -> FloatArray:
    """Return the dot products of all rows of `X` with all rows of `Y`.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    Y : array_like of shape (n_others, n_features), optional
        `X` itself if it isn't given.

    Returns
    -------
    ndarray of shape (n_samples, n_others)

    Raises
    ------
    ValueError
        If an argument isn't a matrix of finite numbers, or the widths differ.

    Examples
    --------
    >>> gram_matrix([[1.0, 0.9], [0.9, 1.0], [-1.0, 0.2]])
    array([[ 1.81,  1.8 , -0.82],
           [ 1.8 ,  1.81, -0.7 ],
           [-0.82, -0.7 ,  1.04]])
    """
    X = as_floats(X, "X")
    Y = X if Y is None else as_floats(Y, "Y")
    check_same_width(X, Y, "X", "Y")
    return X @ Y.T


def cosine_matrix(X: npt.ArrayLike, Y: npt.ArrayLike | None = None) -> FloatArray:
    """Return the cosine similarities of all rows of `X` with all rows of `Y`.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    Y : array_like of shape (n_others, n_features), optional
        `X` itself if it isn't given.

    Returns
    -------
    ndarray of shape (n_samples, n_others)

    Raises
    ------
    ValueError
        If an argument isn't a matrix of finite numbers, has a zero row, or the widths differ.

    Examples
    --------
    >>> cosine_matrix([[1.0, 0.9], [0.9, 1.0], [-1.0, 0.2]]).round(4)
    array([[ 1.    ,  0.9945, -0.5977],
           [ 0.9945,  1.    , -0.5102],
           [-0.5977, -0.5102,  1.    ]])
    """
    U = unit_vectors(as_floats(X, "X"), "X")
    cosines = gram_matrix(U, None if Y is None else unit_vectors(as_floats(Y, "Y"), "Y"))
    return np.clip(cosines, -1, 1, out=cosines)


def center(X: npt.ArrayLike) -> FloatArray:
    """Return the rows minus their mean, so that their new mean is zero.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)

    Returns
    -------
    ndarray of shape (n_samples, n_features)

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers.

    Examples
    --------
    >>> center([[1, 2], [3, 6]]).tolist()
    [[-1.0, -2.0], [1.0, 2.0]]
    """
    X = as_floats(X, "X")
    # In float32 the sum of many rows loses digits, and float64 costs no memory here.
    return X - X.mean(axis=0, dtype=np.float64).astype(X.dtype)


def normalize(X: npt.ArrayLike) -> FloatArray:
    """Return the vector, or each row of the matrix, scaled to norm 1.

    Parameters
    ----------
    X : array_like of shape (n_features,) or (n_samples, n_features)

    Returns
    -------
    ndarray of the shape of `X`

    Raises
    ------
    ValueError
        If `X` isn't finite numbers, or has a zero vector: it has no direction.

    Examples
    --------
    >>> normalize([3, 4])
    array([0.6, 0.8])
    """
    return unit_vectors(as_floats(X, "X", ndim=(1, 2)), "X")


def _as_pair(x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    x, y = as_floats(x, "x", ndim=(1, 2)), as_floats(y, "y", ndim=(1, 2))
    check_same_width(x, y, "x", "y")
    if x.ndim == y.ndim == 2 and len(x) != len(y):
        raise ValueError(f"x and y must have the same number of rows, not {len(x)} and {len(y)}")
    return x, y


def _products(x: FloatArray, y: FloatArray) -> FloatArray:
    # In float64: the sum of many float32 products in float32 loses digits.
    return np.einsum("...j,...j->...", x, y, dtype=np.float64)


def _as_given(values: FloatArray, *given: FloatArray) -> float | FloatArray:
    """Return one value as a number, and many in the type of the arguments."""
    return float(values) if values.ndim == 0 else values.astype(np.result_type(*given), copy=False)
