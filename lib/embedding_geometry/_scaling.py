"""Lengths of vectors at any scale: divided by a power of two first, which is exact, their squares fit."""

import numpy as np

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
    return scale[..., 0] * np.sqrt(np.einsum("...j,...j->...", scaled, scaled))


def unit_vectors(X: FloatArray, name: str, out: FloatArray | None = None) -> FloatArray:
    """Return vectors of length 1, or raise a ``ValueError`` that names a zero vector."""
    unit = np.divide(X, scale_of(X), out=out, order="C")
    lengths = np.sqrt(np.einsum("...j,...j->...", unit, unit))[..., np.newaxis]
    if not lengths.all():
        zero = f"{name} is" if X.ndim == 1 else f"Row {np.argmin(lengths)} of {name} is"
        raise ValueError(f"{zero} a zero vector, which has no direction: leave it out")
    unit /= lengths
    return unit
