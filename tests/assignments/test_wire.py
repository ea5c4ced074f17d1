"""What passes between the two processes is data, comes back as it was, and is nothing else."""

import json
import pickle
import socket
import time

import numpy as np
import pandas as pd
import pytest
import wire
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=20,
)
ARRAYS = npst.arrays(
    npst.scalar_dtypes().filter(lambda kind: kind.itemsize < 16 or kind.kind == "c"),
    npst.array_shapes(min_dims=0, min_side=0),
)


def there_and_back(value):
    return wire.decode(json.loads(json.dumps(wire.encode(value), allow_nan=False)))


@given(VALUES)
def test_a_value_comes_back(value):
    back = there_and_back(value)
    assert back == value
    assert type(back) is type(value)


@given(ARRAYS)
def test_an_array_comes_back(array):
    back = there_and_back(array)
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()


def test_what_is_like_data_becomes_data():
    class Number(float):
        def __eq__(self, other):
            return True

        def __repr__(self):
            return "0.25"

        __hash__ = float.__hash__

    back = there_and_back(Number(0.5))
    assert type(back) is float
    assert back == 0.5
    assert there_and_back(np.float32(0.5)).dtype == np.float32
    assert there_and_back(pd.Series([1, 2])).tolist() == [1, 2]
    assert there_and_back({1: {2}, (3, 4): range(2)}) == {1: {2}, (3, 4): [0, 1]}
    assert np.isnan(there_and_back(float("nan")))
    assert there_and_back(np.array([1, None], dtype=object)) == [1, None]


@pytest.mark.parametrize("value", [object(), socket, 10**400, np.array([object()]), type, {"a": object}])
def test_no_object_passes(value):
    back = there_and_back(value)
    inner = back["a"] if isinstance(back, dict) else back[0] if isinstance(back, list) else back
    assert isinstance(inner, wire.NotData)
    assert inner != inner.__class__("x")


def test_a_list_in_itself_ends():
    value: list = []
    value.append(value)
    assert "nested list without end" in repr(there_and_back(value))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"is": "array", "type": "O", "shape": [1], "value": "AAAAAAAAAAA="},
        {"is": "array", "type": "<f8", "shape": [2], "value": "AAAAAAAAAAA="},
        {"is": "array", "type": "<f8", "shape": [-1, 0], "value": "AAAAAAAAAAA="},
        {"is": "array", "type": "<f8", "shape": [10**12], "value": ""},
        {"is": "array", "type": "V8", "shape": [1], "value": "AAAAAAAAAAA="},
        {"is": "dict", "value": [[[1], 2]]},
        {"is": "set", "value": [[1]]},
        {"is": "pickle", "value": "gASVCg=="},
        {"is": "tuple", "value": 3},
        [{"is": "array"}],
    ],
)
def test_what_is_no_value_is_refused(told):
    with pytest.raises(wire.WireError):
        wire.decode(told)


def channel():
    ours, theirs = socket.socketpair()
    return wire.Channel(ours), theirs


@pytest.mark.parametrize(
    "line",
    [b"[1]\n", b"{\n", pickle.dumps({"a": 1}).replace(b"\n", b"") + b"\n", b'{"a": 1e}\n', b"\xff\xfe\n"],
)
def test_what_is_no_message_is_refused(line):
    ours, theirs = channel()
    theirs.sendall(line)
    with pytest.raises(wire.WireError, match="no message"):
        ours.receive()


def test_messages_in_pieces_and_together():
    ours, theirs = channel()
    theirs.sendall(b'{"a": 1}\n{"b"')
    assert ours.receive(time.monotonic() + 5) == {"a": 1}
    theirs.sendall(b': 2}\n{"c": 3}\n')
    assert [ours.receive(), ours.receive()] == [{"b": 2}, {"c": 3}]
    theirs.close()
    with pytest.raises(EOFError):
        ours.receive()


def test_drops_of_a_message_do_not_stretch_the_time():
    ours, theirs = channel()
    begun = time.monotonic()
    theirs.sendall(b"{")
    with pytest.raises(TimeoutError):
        ours.receive(begun + 0.2)
    assert time.monotonic() - begun < 2


def test_a_message_has_a_largest_size(monkeypatch):
    monkeypatch.setattr(wire, "LARGEST", 1000)
    ours, theirs = channel()
    theirs.sendall(b"x" * 5000)
    with pytest.raises(wire.WireError, match="more than a message may hold"):
        ours.receive()
