"""The checks that every function of the library makes of its arguments, and their error messages."""

import reprlib
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

Choice = TypeVar("Choice")
FloatArray = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.int64]

# Between these the squares of entries, and sums of many squares, are well within float64's range.
SMALLEST, LARGEST = 1e-100, 1e100
# Between these they are within float32's.
_SMALLEST_SINGLE, _LARGEST_SINGLE = 2.0**-30, 2.0**30

_SHAPES = {
    (1,): "one vector, of shape (n,)",
    (2,): "a matrix, of shape (n_samples, n_features)",
    (1, 2): "one vector or a matrix, of shape (n_features,) or (n_samples, n_features)",
    (3,): "images, of shape (n_samples, height, width)",
}
_KINDS = {"U": "text", "S": "bytes", "c": "complex numbers", "M": "dates", "m": "times"}

_shorten = reprlib.Repr()
_shorten.maxstring = _shorten.maxother = _shorten.maxlong = 80
_shorten.maxlist = _shorten.maxtuple = 12


def shown(value: object) -> str:
    """Return a value as an error message shows it, cut short if it is long."""
    try:
        return _shorten.repr(value.item() if isinstance(value, np.generic) else value)
    except ValueError:  # Python doesn't write out whole numbers of thousands of digits
        return f"this {type(value).__name__}"


def as_array(value: Any, name: str, dtype: npt.DTypeLike | None = None) -> npt.NDArray[Any]:
    """Return an array of what is in lists, arrays or data frames, of which no entry may be masked."""
    if any(np.ma.is_masked(part) for part in (value if isinstance(value, list | tuple) else [value])):
        raise ValueError(f"{name} has masked entries: fill them, or leave out what they belong to")
    try:
        return np.asarray(value, dtype)
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(f"{name} must have rows of the same length, and be a list or an array") from error


def as_floats(value: npt.ArrayLike, name: str, ndim: tuple[int, ...] = (2,)) -> FloatArray:
    """Return finite numbers as an array; float32 stays float32 if its squares fit, all else becomes float64.

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
        `value` itself where it fits already: it is read here, and never written to. Its largest entry is 0,
        or from 1e-100 to 1e100 in size (2 ** -30 to 2 ** 30 in float32), so that squares can be summed.

    Raises
    ------
    ValueError
        If it isn't numbers, has another number of axes, is empty or partly masked, holds NaN or an infinity,
        or its largest entry is beyond that range.
    """
    array = as_array(value, name)
    if array.dtype == object:
        array = _numbers_of(array, name)
    if array.dtype.kind not in "biuf":
        kind = _KINDS.get(array.dtype.kind, str(array.dtype))
        raise ValueError(f"{name} must hold real numbers, not {kind}")
    if array.ndim not in ndim:
        raise ValueError(f"{name} must be {_SHAPES[ndim]}, not of shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty, of shape {array.shape}: it needs at least one row and one column")
    if array.dtype.kind != "f" or array.dtype.itemsize < 4:
        array = array.astype(np.float64)
    largest = max(array.max(), -array.min())  # NaN or infinite as soon as one entry is
    if not np.isfinite(largest):
        place = np.argwhere(~np.isfinite(array))[0]
        raise ValueError(f"{name} holds {array[tuple(place)]} at {_where(place)}: every entry must be finite")
    size = float(largest)
    if size > LARGEST or (largest > 0 and size < SMALLEST):
        raise ValueError(
            f"the largest entry of {name} is {largest:.3g} in size, and must be from {SMALLEST:g} to "
            f"{LARGEST:g}, or 0: divide all of it by a number"
        )
    single = array.dtype.type is np.float32 and (size == 0 or _SMALLEST_SINGLE <= size <= _LARGEST_SINGLE)
    return array.astype(np.float32 if single else np.float64, copy=False)


def precision_of(value: npt.ArrayLike) -> float:
    """Return the distance from 1 to the next number in the type that an argument came in."""
    dtype = np.asarray(value).dtype
    return float(np.finfo(dtype if dtype.kind == "f" else np.float64).eps)


def as_labels(y: npt.ArrayLike, n_samples: int | None, name: str = "y") -> npt.NDArray[Any]:
    """Return one label for each of `n_samples` rows (None: any number of them), or raise a ``ValueError``.

    Labels are texts, or whole or other numbers, and none is missing: NaN, None, NaT and NA are refused.
    """
    # As objects, so that ["a", nan] doesn't become two texts.
    labels = as_array(y, name, object)
    if labels.ndim != 1 or n_samples not in (None, len(labels)):
        count = "" if n_samples is None else f", {n_samples} in all"
        raise ValueError(f"{name} must hold one label a row{count}; its shape is {labels.shape}")
    missing = pd.isna(labels)
    if missing.any():
        place = int(missing.argmax())
        raise ValueError(
            f"{name} holds {_missing(labels[place])} at position {place}: every row needs a label"
        )
    if all(isinstance(label, str) for label in labels):
        return labels.astype(str)
    if all(isinstance(label, _NUMBERS) for label in labels):
        return np.asarray(labels.tolist())
    raise ValueError(
        f"{name} must hold labels of one kind, all texts or all numbers, not {shown(labels[:3])}"
    )


def as_whole_numbers(value: npt.ArrayLike, name: str, what: str, least: int, most: int) -> IntArray:
    """Return whole numbers from `least` to `most` as an array, or raise a ``ValueError``."""
    numbers = as_array(value, name)
    if numbers.size == 0:
        numbers = numbers.astype(np.int64)
    if numbers.dtype.kind not in "iu":
        raise ValueError(f"{name} must hold {what}, not {_KINDS.get(numbers.dtype.kind, numbers.dtype)}")
    if numbers.size and not (numbers.min() >= least and numbers.max() <= most):
        raise ValueError(f"{name} must hold {what} from {least} to {most}")
    return numbers.astype(np.int64)


def as_rows(value: npt.ArrayLike, n_rows: int, name: str) -> IntArray:
    """Return row numbers from 0 to `n_rows` - 1 as an integer array, or raise a ``ValueError``."""
    return as_whole_numbers(value, name, "row numbers", 0, n_rows - 1)


def as_flags(value: npt.ArrayLike, shape: tuple[int, ...], name: str) -> npt.NDArray[np.bool_]:
    """Return True and False in an array of one shape, or of its last axis; else raise a ``ValueError``."""
    flags = as_array(value, name)
    if flags.dtype != bool:
        raise ValueError(f"{name} must hold True and False, not {_KINDS.get(flags.dtype.kind, flags.dtype)}")
    if flags.shape not in (shape, shape[-1:]):
        raise ValueError(f"{name} must be of shape {shape}, not {flags.shape}")
    return np.broadcast_to(flags, shape)


def as_words(
    value: Iterable[str], name: str, n_words: int | None = None, *, ordered: bool = True, free: bool = False
) -> list[str]:
    """Return texts as a list, `n_words` of them if that is given, or raise a ``ValueError``.

    A set has no order, and is taken only where that does no harm, in the order of the alphabet. None is taken
    where places may be free.
    """
    if not ordered and isinstance(value, Set | Mapping):
        value = sorted(value, key=str)
    if isinstance(value, str | bytes | Set | Mapping):
        raise ValueError(f"{name} must be texts in an order, such as a list of them, not {shown(value)}")
    words = as_list(value, name)
    for word in words:
        if not isinstance(word, str) and not (free and word is None):
            raise ValueError(f"{name} must hold texts alone, not {shown(word)}")
    if n_words not in (None, len(words)):
        raise ValueError(f"{name} must have {n_words} entries, one for each row, not {len(words)}")
    return words


def as_mapping(value: Any, name: str) -> dict[str, Any]:
    """Return a mapping from texts as a dictionary, or raise a ``ValueError``."""
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} must be a mapping, such as a dictionary, not {shown(value)}")
    as_words(list(value), f"the keys of {name}")
    return dict(value)


def as_list(value: Any, name: str) -> list[Any]:
    """Return what can be gone through as a list, but no text, or raise a ``ValueError``."""
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        with suppress(TypeError):
            return list(value)
    raise ValueError(f"{name} must be a list, not {shown(value)}")


def check_same_width(x: FloatArray, y: FloatArray, x_name: str, y_name: str) -> None:
    """Raise a ``ValueError`` unless the vectors of both have the same number of features."""
    if x.shape[-1] != y.shape[-1]:
        raise ValueError(
            f"{x_name} and {y_name} must have the same number of features, "
            f"not {x.shape[-1]} and {y.shape[-1]}"
        )


def check_varied(X: FloatArray, name: str) -> None:
    """Raise a ``ValueError`` if all rows are the same."""
    if not np.ptp(X, axis=0).any():  # their variance may be above zero by rounding
        raise ValueError(f"the rows of {name} are all the same: there is no variance")


def check_count(value: int, name: str, least: int = 1, most: int | None = None) -> int:
    """Return a whole number from `least` to `most`, or raise a ``ValueError``."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer):
        raise ValueError(f"{name} must be a whole number, not {shown(value)}")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, not {shown(value)}")
    if most is not None and value > most:
        raise ValueError(f"{name} is {shown(value)}, but here it can be {most} at the most")
    return int(value)


def check_seed(seed: int) -> int:
    """Return a seed, or raise a ``ValueError``."""
    return check_count(seed, "seed", least=0, most=2**32 - 1)  # scikit-learn takes none above


def check_positive(value: float, name: str, most: float = LARGEST) -> float:
    """Return a number above zero, in the range of `as_floats`, or raise a ``ValueError``."""
    if not _is_number(value) or not SMALLEST <= float(value) <= most:
        raise ValueError(
            f"{name} must be a number above zero, from {SMALLEST:g} to {most:g}, not {shown(value)}"
        )
    return float(value)


def check_between(value: float, name: str, low: float, high: float, unit: str = "") -> float:
    """Return a number from `low` to `high`, or raise a ``ValueError``."""
    if not _is_number(value) or not low <= float(value) <= high:
        raise ValueError(f"{name} must be from {low:g} to {high:g}{unit}, not {shown(value)}")
    return float(value)


def check_flag(value: bool, name: str) -> bool:
    """Return True or False, or raise a ``ValueError``."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False, not {shown(value)}")
    return bool(value)


def check_text(value: str, name: str) -> str:
    """Return a text, or raise a ``ValueError``."""
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text, not {shown(value)}")
    return value


def check_choice(value: Choice, name: str, choices: Iterable[Choice]) -> Choice:
    """Return a value that is one of the choices, or raise a ``ValueError`` that lists them."""
    choices = list(choices)
    one_value = isinstance(value, str | int | np.integer) and not isinstance(value, bool)
    if not one_value or value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, choices))}, not {shown(value)}")
    return value


def check_type(value: Any, name: str, wanted: type | tuple[type, ...], what: str) -> None:
    """Raise a ``TypeError`` unless a value is of the type that nothing else can stand for."""
    if not isinstance(value, wanted):
        raise TypeError(f"{name} must be {what}, not {shown(value)}")


_LARGEST_FLOAT = float(np.finfo(np.float64).max)
_NUMBERS = (int, float, np.bool_, np.integer, np.floating)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return False
    return not isinstance(value, int) or abs(value) <= _LARGEST_FLOAT  # a larger one can't become a float


def _numbers_of(array: npt.NDArray[np.object_], name: str) -> FloatArray:
    """Return an array of Python's numbers, such as of a data frame of several types, as float64."""
    for place, entry in np.ndenumerate(array):
        if not isinstance(entry, _NUMBERS):
            where = f" at {_where(place)}" if place else ""
            raise ValueError(f"{name} must hold real numbers, not {shown(entry)}{where}")
    try:
        return array.astype(np.float64)
    except OverflowError as error:
        raise ValueError(
            f"{name} holds a number above {LARGEST:g} in size: divide all of it by one"
        ) from error


def _where(place: Sequence[int]) -> str:
    if len(place) == 2:
        return f"row {place[0]}, column {place[1]}"
    return f"position {', '.join(map(str, place))}"


def _missing(label: object) -> str:
    return "NaN" if isinstance(label, float | np.floating) else str(label)
