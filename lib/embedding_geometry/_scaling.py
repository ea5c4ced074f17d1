"""Lengths of vectors at any scale: divided by a power of two first, which is exact, their squares fit."""

import numpy as np
import numpy.typing as npt

from embedding_geometry._validation import FloatArray


def power_of_two(peak: FloatArray) -> FloatArray:
    """Return the power of two next above: to divide by it is exact, and leaves entries up to 1."""
    return np.ldexp(np.ones_like(peak), np.frexp(peak)[1])


def scale_of(X: FloatArray) -> FloatArray:
    """Return the power of two next above the largest entry of each vector."""
    return power_of_two(np.maximum(X.max(axis=-1, keepdims=True), -X.min(axis=-1, keepdims=True)))


def norms(X: FloatArray) -> FloatArray:
    """Return the length of each vector."""
    # Scaled first: the squares of 1e30 and of 1e-30 are beyond float32.
    scale = scale_of(X)
    scaled = X / scale
    return scale[..., 0] * np.sqrt(_squared_lengths(scaled))


def unit_vectors(X: FloatArray, name: str, out: FloatArray | None = None) -> FloatArray:
    """Return vectors of length 1, or raise a ``ValueError`` that names a zero vector."""
    unit = np.divide(X, scale_of(X), out=out, order="C")
    lengths = np.sqrt(_squared_lengths(unit))[..., np.newaxis]
    _refuse_zeros(lengths, X.ndim, name)
    unit /= lengths
    return unit


def check_directions(X: FloatArray, name: str) -> None:
    """Raise a ``ValueError`` that names a zero vector, if there is one."""
    _refuse_zeros(X.any(axis=-1), X.ndim, name)


def _squared_lengths(X: FloatArray) -> FloatArray:
    # The sum of many float32 squares in float32 loses digits.
    return np.einsum("...j,...j->...", X, X, dtype=np.float64).astype(X.dtype, copy=False)


def _refuse_zeros(lengths: npt.ArrayLike, ndim: int, name: str) -> None:
    if not np.all(lengths):
        zero = f"{name} is" if ndim == 1 else f"Row {np.argmin(lengths)} of {name} is"
        raise ValueError(f"{zero} a zero vector, which has no direction: leave it out")
