"""The checks that every function of the library makes of its arguments, and their error messages."""

from collections.abc import Iterable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Choice = TypeVar("Choice")
FloatArray = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.int64]

_SHAPES = {
    (1,): "one vector, of shape (n,)",
    (2,): "a matrix, of shape (n_samples, n_features)",
    (1, 2): "one vector or a matrix, of shape (n_features,) or (n_samples, n_features)",
}


def as_floats(value: npt.ArrayLike, name: str, ndim: tuple[int, ...] = (2,)) -> FloatArray:
    """Return finite numbers as an array; float32 stays float32, all else becomes float64.

    Parameters
    ----------
    value : array_like
        Numbers in a list, a tuple, an array or a data frame.
    name : str
        What the caller calls the argument, for the error message.
    ndim : tuple of int
        The numbers of axes allowed.

    Returns
    -------
    ndarray
        `value` itself where it fits already: it is read here, and never written to.

    Raises
    ------
    ValueError
        If it isn't numbers, has another number of axes, is empty, or holds NaN or an infinity.
    """
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} must have rows of the same length") from error
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, not {array.dtype}")
    if array.ndim not in ndim:
        raise ValueError(f"{name} must be {_SHAPES[ndim]}, not of shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty, of shape {array.shape}: it needs at least one row and one column")
    if array.dtype != np.float32:
        array = array.astype(np.float64, copy=False)
    finite = np.isfinite(array)
    if not finite.all():
        place = np.argwhere(~finite)[0]
        where = f"row {place[0]}, column {place[1]}" if array.ndim == 2 else f"position {place[0]}"
        raise ValueError(f"{name} holds {array[tuple(place)]} at {where}: every entry must be finite")
    return array


def as_labels(y: npt.ArrayLike, n_samples: int, name: str = "y") -> npt.NDArray[Any]:
    """Return one label for each of `n_samples` rows as an array, or raise a ``ValueError``."""
    labels = np.asarray(y)
    if labels.shape != (n_samples,):
        raise ValueError(f"{name} must hold one label a row, {n_samples} in all; its shape is {labels.shape}")
    if labels.dtype.kind == "f" and np.isnan(labels).any():
        raise ValueError(f"{name} holds NaN: every row needs a label")
    return labels


def as_rows(value: npt.ArrayLike, n_rows: int, name: str) -> IntArray:
    """Return row numbers from 0 to `n_rows` - 1 as an integer array, or raise a ``ValueError``."""
    rows = np.asarray(value)
    if rows.size == 0:
        rows = rows.astype(np.int64)
    if rows.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold row numbers, not {rows.dtype}")
    if rows.size and not (rows.min() >= 0 and rows.max() < n_rows):
        raise ValueError(f"{name} must hold row numbers from 0 to {n_rows - 1}")
    return rows.astype(np.int64)


def check_same_width(x: FloatArray, y: FloatArray, x_name: str, y_name: str) -> None:
    """Raise a ``ValueError`` unless the vectors of both have the same number of features."""
    if x.shape[-1] != y.shape[-1]:
        raise ValueError(
            f"{x_name} and {y_name} must have the same number of features, "
            f"not {x.shape[-1]} and {y.shape[-1]}"
        )


def check_count(value: int, name: str, least: int = 1, most: int | None = None) -> int:
    """Return a whole number from `least` to `most`, or raise a ``ValueError``."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise ValueError(f"{name} must be a whole number, not {value!r}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, not {value}")
    if most is not None and value > most:
        raise ValueError(f"{name} is {value}, but here it can be {most} at the most")
    return int(value)


def check_positive(value: float, name: str) -> float:
    """Return a finite number above zero, or raise a ``ValueError``."""
    if not isinstance(value, int | float | np.integer | np.floating) or not 0 < value < np.inf:
        raise ValueError(f"{name} must be a number above zero, not {value!r}")
    return float(value)


def check_between(value: float, name: str, low: float, high: float, unit: str = "") -> float:
    """Return a number from `low` to `high`, or raise a ``ValueError``."""
    if not low <= value <= high:
        raise ValueError(f"{name} must be from {low} to {high}{unit}, not {value!r}")
    return value


def check_choice(value: Choice, name: str, choices: Iterable[Choice]) -> Choice:
    """Return a value that is one of the choices, or raise a ``ValueError`` that lists them."""
    choices = list(choices)
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, not {value!r}")
    return value
