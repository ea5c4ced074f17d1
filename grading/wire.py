"""Values as data: what the grader and a student's process may say to each other, and nothing more.

A message is one line of JSON. Numbers, texts, lists, tuples, sets, dictionaries and arrays of numbers, truth
values or texts pass; of an object of another class only the name of its class does. Both sides use this file.
"""

import base64
import binascii
import json
import math
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

LARGEST = 256 * 2**20  # of a message, in bytes
DEEPEST = 20
KINDS = "biufcUmM"  # of numpy's types: none that holds objects


class WireError(Exception):
    """What came is no message, or is larger than a message may be."""


@dataclass(frozen=True, eq=False)
class NotData:
    """Stands for an object that cannot pass; it equals nothing, and nothing can be computed with it."""

    kind: str


@dataclass(frozen=True)
class Named:
    """Stands for what the other side calls by this name."""

    name: str


def encode(value: Any, depth: int = 0) -> Any:
    """Return a value as JSON can hold it; an object of an unknown class becomes the name of its class."""
    if depth > DEEPEST:
        return {"is": "other", "kind": "a nested list without end"}
    if isinstance(value, np.ndarray | np.generic):
        return _encode_array(np.asarray(value), depth, scalar=isinstance(value, np.generic))
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__int__(value) if abs(int.__int__(value)) < 2**1000 else {"is": "other", "kind": "int"}
    if isinstance(value, float):
        number = float.__float__(value)
        return number if math.isfinite(number) else {"is": "float", "value": repr(number)}
    if isinstance(value, complex):
        return {"is": "complex", "value": [repr(value.real), repr(value.imag)]}
    if isinstance(value, Named):
        return {"is": "named", "value": value.name}
    if isinstance(value, list):
        return [encode(item, depth + 1) for item in list.__iter__(value)]
    for name, kind in (
        ("tuple", tuple),
        ("set", (set, frozenset)),
        ("list", (range, type({}.values()), type({}.keys()))),
    ):
        if isinstance(value, kind):
            return {"is": name, "value": [encode(item, depth + 1) for item in value]}
    if isinstance(value, dict):
        return {
            "is": "dict",
            "value": [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in dict.items(value)],
        }
    if type(value).__module__.partition(".")[0] == "pandas" and hasattr(value, "to_numpy"):
        return encode(value.to_numpy(), depth + 1)
    return {"is": "function" if callable(value) else "other", "kind": type(value).__name__[:60]}


def _encode_array(array: np.ndarray, depth: int, *, scalar: bool) -> Any:
    if array.dtype.kind == "O":
        return encode(array.tolist(), depth + 1)
    if array.dtype.kind not in KINDS or array.dtype.hasobject or array.dtype == np.longdouble:
        return {"is": "other", "kind": f"array of {array.dtype.name}"}
    content = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
    return {
        "is": "scalar" if scalar else "array",
        "type": array.dtype.str,
        "shape": list(array.shape),
        "value": content,
    }


def decode(told: Any, resolve: Callable[[dict], Any] | None = None) -> Any:
    """Return the value that was encoded; `resolve` turns functions, names and other objects into something.

    Raises
    ------
    WireError
        If this is nothing that `encode` makes.
    """
    if told is None or isinstance(told, bool | int | float | str):
        return told
    if isinstance(told, list):
        return [decode(item, resolve) for item in told]
    try:
        what = told["is"]
        if what in ("array", "scalar"):
            return _decode_array(told)
        if what == "float":
            return float(told["value"])
        if what == "complex":
            return complex(*map(float, told["value"]))
        if what in ("tuple", "list", "set"):
            items = [decode(item, resolve) for item in told["value"]]
            return {"tuple": tuple, "list": list, "set": set}[what](items)
        if what == "dict":
            return {decode(key, resolve): decode(value, resolve) for key, value in told["value"]}
        if what in ("function", "named", "other"):
            return resolve(told) if resolve else NotData(str(told.get("kind", "?"))[:60])
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise WireError(f"this is no value: {str(error)[:100]}") from error
    raise WireError("this is no value")


def _decode_array(told: dict) -> Any:
    kind, shape = np.dtype(told["type"]), tuple(map(int, told["shape"]))
    if kind.kind not in KINDS or kind.hasobject or (kind.itemsize == 0 and told["value"]):
        raise ValueError(f"arrays of {told['type']} do not pass")
    content = binascii.a2b_base64(told["value"], strict_mode=True)
    array = np.frombuffer(content, dtype=kind) if content else np.empty(0, dtype=kind)
    array = array.reshape(shape).copy()  # a ValueError if the shape is another
    return array[()] if told["is"] == "scalar" else array


def pack(message: dict) -> bytes:
    """Return a message as its line; what JSON can't hold raises a `TypeError` or a `ValueError`."""
    return (json.dumps(message, allow_nan=False) + "\n").encode("ascii")


class Channel:
    """Messages over a socket, one a line.

    Parameters
    ----------
    connection : socket.socket
        One end of a pair; the other side is not trusted.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._received = bytearray()

    def send(self, line: bytes) -> None:
        """Send a message that `pack` made; an `OSError` says that the other side is gone."""
        self._connection.sendall(line)

    def receive(self, until: float | None = None) -> dict:
        """Return the next message, or raise before `until`, a time of `time.monotonic`.

        Raises
        ------
        WireError
            If it is no JSON object, or longer than a message may be.
        TimeoutError
            If it does not come in time.
        EOFError
            If the other side is gone.
        """
        searched = 0
        while (end := self._received.find(b"\n", searched)) < 0:
            searched = len(self._received)
            if searched > LARGEST:
                raise WireError("it sent more than a message may hold")
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                raise TimeoutError
            self._connection.settimeout(left)
            part = self._connection.recv(2**20)
            if not part:
                raise EOFError("the other side is gone")
            self._received += part
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        try:
            message = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise WireError("it sent what is no message") from error
        if not isinstance(message, dict):
            raise WireError("it sent what is no message")
        return message
