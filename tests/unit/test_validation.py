"""What every function of the library does at the edges: one table of calls, and one test for each edge."""

import inspect
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from embedding_geometry import _validation

RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 6))
Y = np.tile([0, 1, 2, 3], 10)

# Every public function that takes an embedding X, with the least other arguments that it needs.
CALLS = {
    "similarity.norm": {},
    "similarity.gram_matrix": {},
    "similarity.cosine_matrix": {},
    "similarity.center": {},
    "similarity.normalize": {},
    "neighbors.NeighborIndex": {},
    "neighbors.nearest_neighbors": {"queries": X[0]},
    "neighbors.neighbor_graph": {"k": 3},
    "mixtures.weighted_mean": {"weights": np.arange(40)},
    "mixtures.pool": {},
    "subspaces.project": {"directions": X[0]},
    "subspaces.residual": {"directions": X[:2]},
    "subspaces.principal_directions": {"n_directions": 2},
    "subspaces.explained_variance": {},
    "subspaces.principal_angles": {"Y": X[:2]},
    "subspaces.all_but_the_top": {"n_directions": 2},
    "dimensions.isoscore": {},
    "dimensions.effective_rank": {},
    "dimensions.participation_ratio": {},
    "dimensions.intrinsic_dimension": {},
    "neighborhoods.hubness": {"k": 3},
    "neighborhoods.neighbor_overlap": {"Y": X[:, :3], "k": 3},
    "neighborhoods.trustworthiness": {"picture": X[:, :2], "k": 3},
    "diagnostics.mean_cosine": {},
    "diagnostics.isotropy": {},
    "diagnostics.alignment": {"Y": X[::-1]},
    "diagnostics.uniformity": {},
    "diagnostics.diagnose": {"k": 3},
    "probes.linear_probe": {"y": Y},
    "probes.selectivity": {"y": Y, "types": np.arange(40) // 2},
    "description_length.online_code_length": {"y": Y},
}


def call(name, X, **others):
    module, function = name.split(".")
    return getattr(import_module(f"embedding_geometry.{module}"), function)(X, **{**CALLS[name], **others})


def arrays(result):
    """Return every array and number of a result, whatever holds them."""
    if isinstance(result, float | np.ndarray):
        return [np.asarray(result)]
    if isinstance(result, pd.DataFrame):
        return arrays(result[["embedding", "gaussian"]].to_numpy())
    if isinstance(result, tuple):
        return [array for part in result for array in arrays(part)]
    if hasattr(result, "__dataclass_fields__"):
        return [array for field in result.__dataclass_fields__ for array in arrays(getattr(result, field))]
    return []


def equal(one, other):
    one, other = arrays(one), arrays(other)
    assert len(one) == len(other)
    for a, b in zip(one, other, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", CALLS)
def test_refuses_what_is_no_matrix_of_finite_numbers_and_names_it(name):
    for bad, message in [
        (np.where(np.arange(240).reshape(40, 6) == 15, np.nan, X), r"X holds nan at row 2, column 3"),
        (np.where(np.arange(240).reshape(40, 6) == 15, -np.inf, X), r"X holds -inf at row 2, column 3"),
        (np.empty((0, 6)), "X is empty"),
        (np.empty((40, 0)), "X is empty"),
        (X[None], "X must be"),
        ([[1.0, 2.0], [3.0]], "X must have rows of the same length"),
        ([["cat", "dog"]], "X must hold real numbers"),
        (X + 1j, "X must hold real numbers"),
        (None, "X must hold real numbers"),
    ]:
        with pytest.raises(ValueError, match=message):
            call(name, bad)


@pytest.mark.parametrize("name", CALLS)
def test_gives_the_same_for_every_layout_of_the_same_numbers(name):
    expected = call(name, X)
    read_only = X.copy()
    read_only.setflags(write=False)
    wide = np.zeros((80, 12))
    wide[::2, ::2] = X
    for same in (read_only, np.asfortranarray(X), wide[::2, ::2], X.tolist(), X[::-1][::-1]):
        equal(call(name, same), expected)


@pytest.mark.parametrize("name", CALLS)
def test_leaves_its_argument_as_it_was(name):
    before = X.copy()
    call(name, X)
    np.testing.assert_array_equal(X, before)


@pytest.mark.parametrize("name", CALLS)
def test_takes_integers_as_float64(name):
    whole = np.round(3 * X).astype(int)
    equal(call(name, whole), call(name, whole.astype(float)))


@pytest.mark.parametrize("name", CALLS)
def test_keeps_float32_and_agrees_with_float64(name):
    single = arrays(call(name, X.astype(np.float32)))
    double = arrays(call(name, X))
    for a, b in zip(single, double, strict=True):
        assert a.ndim == 0 or a.dtype in (np.float32, b.dtype)
        np.testing.assert_allclose(a, b, rtol=1e-2, atol=1e-4)


def test_the_table_of_calls_has_every_function_of_an_embedding():
    modules = {name.split(".")[0] for name in CALLS}
    public = set()
    for module in modules:
        for name, value in vars(import_module(f"embedding_geometry.{module}")).items():
            own = getattr(value, "__module__", "") == f"embedding_geometry.{module}"
            if own and callable(value) and next(iter(inspect.signature(value).parameters), None) == "X":
                public.add(f"{module}.{name}")
    public = {name for name in public if "._" not in name}
    assert public <= set(CALLS)


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        ("check_count", (2.5, "k"), "k must be a whole number"),
        ("check_count", (True, "k"), "k must be a whole number"),
        ("check_count", (0, "k"), "k must be at least 1"),
        ("check_count", (5, "k", 1, 4), "k is 5, but here it can be 4 at the most"),
        ("check_positive", (0, "temperature"), "temperature must be a number above zero"),
        ("check_positive", (np.nan, "temperature"), "temperature must be a number above zero"),
        ("check_positive", ("1", "temperature"), "temperature must be a number above zero"),
        ("check_choice", ("cosin", "metric", ["cosine", "dot"]), "metric must be one of 'cosine', 'dot'"),
        ("as_labels", ([1, 2], 3), "y must hold one label a row, 3 in all"),
        ("as_labels", ([1, np.nan], 2), "y holds NaN"),
        ("as_rows", ([0.5], 3, "exclude"), "exclude must hold row numbers"),
        ("as_rows", ([3], 3, "exclude"), "exclude must hold row numbers from 0 to 2"),
        ("as_rows", ([-1], 3, "exclude"), "exclude must hold row numbers from 0 to 2"),
    ],
)
def test_says_what_is_wrong(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        getattr(_validation, function)(*arguments)
