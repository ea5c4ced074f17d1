"""Calls of every public function and widget, with good arguments and bad ones, made from their signatures."""

import inspect
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from time import process_time

import embedding_geometry
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from embedding_geometry import meters, widgets, wordvectors
from embedding_geometry.neighbors import NeighborIndex
from embedding_geometry.probes import linear_probe
from gensim.models import KeyedVectors
from ipywidgets import Widget

matplotlib.use("Agg")
PATH = Path(__file__).parents[2] / "chapters" / "self_check" / "00_snapshot.yml"
SHAPES = [(2, 1), (1, 7), (5, 1), (3, 3), (12, 3), (30, 4), (40, 60), (80, 5)]
# Classes that functions return.
RESULTS = {"SimilarityBenchmark", "OnlineCode", "Interval", "Attention", "Hubness", "Neighbors"}
RESULTS |= {"ProbeResult", "Selectivity", "PrincipalDirections", "WordVectors"}
SECONDS = {"corpus.load_glosses", "meters.measure", "analogies.analogy_benchmark"}  # what one good call takes


def public() -> dict[str, Callable]:
    """Return all that the library offers, by module and name."""
    found: dict[str, Callable] = {f"widgets.{name}": getattr(widgets, name) for name in widgets.__all__}
    for path in sorted(Path(embedding_geometry.__file__).parent.glob("[a-z]*.py")):
        module = import_module(f"embedding_geometry.{path.stem}")
        for name, value in vars(module).items():
            own = callable(value) and getattr(value, "__module__", "") == module.__name__
            if own and not name.startswith("_") and name not in RESULTS:
                found[f"{path.stem}.{name}"] = value
    return found


def query(X, queries, k, exclude):
    """Ask an index."""
    return NeighborIndex(X).query(queries, k, exclude)


ENTRIES = public() | {"neighbors.NeighborIndex.query": query}


def parameters(name: str) -> list[str]:
    """Return the names of an entry's parameters."""
    return [p for p in inspect.signature(ENTRIES[name]).parameters if p != "self"]


class Case:
    """The sizes that the arguments of one call share, and where they are drawn from."""

    def __init__(self, seed: int, plain: bool) -> None:
        self.random = np.random.default_rng(seed)
        self.plain = plain
        large = not plain and self.random.random() < 0.003
        self.n: int
        self.d: int
        self.n, self.d = (40, 6) if plain else (600, 300) if large else self.pick(SHAPES)
        self.kind = "normal" if plain else self.pick(list(_CLOUDS))
        self.layout = "float64" if plain else self.pick(list(LAYOUTS))
        self.size = 10.0 ** self.random.uniform(-90, 90) if not plain and self.random.random() < 0.2 else 1.0

    def pick(self, choices):
        return choices[self.random.integers(len(choices))]

    def cloud(self, n: int | None = None, d: int | None = None) -> np.ndarray:
        X = _CLOUDS[self.kind](self.random, n or self.n, d or self.d)
        return self.size * X

    def matrix(self, n: int | None = None, d: int | None = None):
        return LAYOUTS[self.layout](self.cloud(n, d))

    def vector(self, n: int):
        return self.cloud(1, n)[0]

    def labels(self, n: int | None = None, kinds: int = 2):
        numbers = self.random.permutation(np.arange(n or self.n) % kinds)
        return self.pick([numbers, numbers.astype(str), [f"c{i}" for i in numbers], pd.Series(numbers)])

    def words(self, n: int) -> list[str]:
        return [f"w{i}" for i in range(n)]

    def places(self, n: int) -> dict[str, tuple[float, float]]:
        return {f"w{i}": tuple(place) for i, place in enumerate(self.random.uniform(-1, 1, (n, 2)))}

    def documents(self) -> list[list[str]]:
        start = [[f"w{i}" for i in range(8)]]
        return start + [[f"w{i}" for i in self.random.integers(8, size=12)] for _ in range(6)]

    def flags(self, n: int) -> np.ndarray:
        return self.random.permutation(np.arange(n) % 3 > 0) if n > 1 else np.array([True])

    def relevance(self) -> np.ndarray:
        ranked = self.random.integers(2, size=(4, 6))
        ranked[:, -1] = 1
        return self.pick([ranked, ranked.astype(bool), ranked.astype(np.float32), ranked[0], ranked.tolist()])


def _ties(random, n, d):
    return random.integers(-1, 2, (n, d)) + np.eye(n, d)


_CLOUDS: dict[str, Callable] = {
    "normal": lambda random, n, d: random.normal(size=(n, d)),
    "wide apart": lambda random, n, d: random.normal(size=(n, d)) * 10.0 ** random.integers(-6, 6, (n, 1)),
    "ties": _ties,
    "copies": lambda random, n, d: random.normal(size=(n, d))[random.integers(max(n // 3, 1), size=n)],
    "constant column": lambda random, n, d: np.hstack([random.normal(size=(n, d - 1)), np.full((n, 1), 0.1)]),
    "constant": lambda random, n, d: np.full((n, d), 0.1),
    "zeros": lambda random, n, d: np.zeros((n, d)),
    "a zero row": lambda random, n, d: random.normal(size=(n, d)) * (np.arange(n) > 0)[:, None],
    "far away": lambda random, n, d: 1e3 + random.normal(size=(n, d)),
    "one outlier": lambda random, n, d: (
        random.normal(size=(n, d)) * np.where(np.arange(n) == n // 2, 1e6, 1)[:, None]
    ),
    "one direction": lambda random, n, d: np.outer(random.normal(size=n), random.normal(size=d)),
}


def _every_second(X):
    wide = np.zeros((2 * len(X), 3 * X.shape[1]), X.dtype)
    wide[::2, ::3] = X
    return wide[::2, ::3]


def _read_only(X):
    X.setflags(write=False)
    return X


LAYOUTS: dict[str, Callable] = {
    "float64": lambda X: X,
    "float32": lambda X: X.astype(np.float32) if 1e-30 < np.abs(X).max() < 1e30 else X,
    "column by column": np.asfortranarray,
    "every second": _every_second,
    "reversed": lambda X: X[::-1].copy()[::-1],
    "big-endian": lambda X: X.astype(">f8"),
    "long double": lambda X: X.astype(np.longdouble),
    "read-only": _read_only,
    "list": lambda X: X.tolist(),
    "data frame": pd.DataFrame,
    "objects": lambda X: X.astype(object),
    "nothing masked": lambda X: np.ma.array(X, mask=np.zeros(X.shape, bool)),
}
WORDS = wordvectors.load_word_vectors()
FEW_WORDS = KeyedVectors(50)
FEW_WORDS.add_vectors(WORDS.index_to_key[:500], WORDS.vectors[:500])
PROBE = linear_probe(np.arange(20.0)[:, None], np.arange(20) > 9)

# The argument that fits a parameter of this name, wherever it stands; below, those of one function.
BY_NAME: dict[str, Callable[[Case], object]] = {
    "X": lambda c: c.matrix(),
    "Y": lambda c: c.matrix(),
    "x": lambda c: c.matrix() if c.random.random() < 0.5 else c.vector(c.d),
    "y": lambda c: c.matrix(),
    "a": lambda c: "man",
    "b": lambda c: "king",
    "c": lambda c: "woman",
    "C": lambda c: c.pick([0.1, 1, 10.0, np.float32(2)]),
    "alpha": lambda c: c.pick([0.5, 2, 3.0]),
    "analogy": lambda c: ("king", "man", "woman"),
    "angle": lambda c: c.random.uniform(0, 180),
    "ax": lambda c: None,
    "bias": lambda c: c.random.normal(),
    "centered": lambda c: c.pick([True, False]),
    "classes": lambda c: c.labels(),
    "color_by": lambda c: None,
    "confidence": lambda c: c.pick([0.9, 0.95, np.float64(0.5)]),
    "counts": lambda c: np.abs(c.cloud()) + (c.size if c.random.random() < 0.7 else 0),
    "dataset": lambda c: c.pick(["wordsim353", "simlex999"]),
    "directions": lambda c: c.matrix(min(c.n, 3)) if c.random.random() < 0.5 else c.cloud(1)[0],
    "discard": lambda c: c.pick([0, 0.1, 0.5]),
    "documents": lambda c: c.documents(),
    "embeddings": lambda c: [c.matrix() for _ in range(3)],
    "ends": lambda c: c.matrix(),
    "exclude": lambda c: c.pick([None, [0], np.array([0, 0])]),
    "exclude_inputs": lambda c: c.pick([True, False]),
    "extent": lambda c: c.pick([1.5, 2, 40.0]),
    "first": lambda c: c.matrix(),
    "fractions": lambda c: c.pick([(0.5, 1), [0.1, 0.4, 1], np.array([0.3, 1.0])]),
    "gains": lambda c: np.abs(c.cloud()),
    "gauge": lambda c: c.random.uniform(-1, 1),
    "groups": lambda c: None,
    "healthy": lambda c: WORDS,
    "images": lambda c: c.random.random((3, 4, 4)),
    "items": lambda c: c.places(3),
    "k": lambda c: c.pick([1, 2, np.int64(1)]),
    "keys": lambda c: c.matrix(),
    "kind": lambda c: c.pick(["rotate", "shift", "stretch", "collapse", "noise", "permute"]),
    "label": lambda c: "mean",
    "labels": lambda c: c.words(c.n),
    "maps": lambda c: {"flat": c.cloud(c.n, 2)},
    "mask": lambda c: c.pick([None, c.flags(c.n)]),
    "matrix": lambda c: c.cloud(4, 4),
    "measure": lambda c: lambda seed: np.random.default_rng(seed).normal(),
    "method": lambda c: c.pick(["3CosAdd", "3CosMul"]),
    "metric": lambda c: c.pick(["cosine", "euclidean"]),
    "mode": lambda c: c.pick(["weights", "attention"]),
    "modes": lambda c: c.pick([("neighbors", "analogy"), ["analogy"]]),
    "n": lambda c: 2,
    "n_classes": lambda c: c.pick([2, 5]),
    "n_compared": lambda c: c.pick([12, 10_000]),
    "n_directions": lambda c: c.pick([None, 1]),
    "n_documents": lambda c: c.pick([1, 3]),
    "n_features": lambda c: c.pick([2, 4]),
    "n_folds": lambda c: 2,
    "n_pairs": lambda c: c.pick([1, 200]),
    "n_relevant": lambda c: c.pick([None, 9]),
    "n_repeats": lambda c: c.pick([2, 5]),
    "n_resamples": lambda c: 100,
    "n_shuffles": lambda c: c.pick([1, 3]),
    "name": lambda c: "embedded",
    "names": lambda c: (),
    "on_topic": lambda c: c.pick([0, 0.5, 1]),
    "other": lambda c: "dog",
    "part": lambda c: 1000,
    "path": lambda c: c.pick([PATH, str(PATH)]),
    "picture": lambda c: c.matrix(c.n, 2),
    "points": lambda c: c.matrix(c.n, 2),
    "query": lambda c: c.random.uniform(-1, 1, 2),
    "queries": lambda c: c.matrix(min(c.n, 2)) if c.random.random() < 0.5 else c.cloud(1)[0],
    "relevance": lambda c: c.relevance(),
    "restrict_vocab": lambda c: c.pick([2_000, 3_000]),
    "results": lambda c: {"probe": PROBE},
    "rule": lambda c: (1.0, 0.5, 0.1),
    "samples": lambda c: c.matrix(),
    "scores": lambda c: c.matrix(),
    "second": lambda c: c.matrix(),
    "section": lambda c: c.pick(["family", "currency"]),
    "seed": lambda c: c.pick([0, 1, np.int64(7), 2**31 - 1]),
    "selected": lambda c: None,
    "sentences": lambda c: ["the cat", "the dog"],
    "show": lambda c: c.pick([["dot"], ("norm", "nearest", "rule", "center"), []]),
    "show_residuals": lambda c: c.pick([True, False]),
    "sizes": lambda c: c.pick([(20, 50), [2, 3, 2000], range(5, 8)]),
    "starts": lambda c: c.matrix(),
    "statistic": lambda c: c.pick([np.mean, np.max]),
    "strength": lambda c: c.random.random(),
    "t": lambda c: c.pick([0.5, 2, 3.0]),
    "table": lambda c: None,
    "temperature": lambda c: c.pick([0.5, 1, 10.0]),
    "test": lambda c: c.pick([0.4, 0.5]),
    "topn": lambda c: c.pick([1, 3]),
    "types": lambda c: np.arange(c.n) // 2,
    "users": lambda c: c.places(2),
    "values": lambda c: c.matrix(),
    "vectors": lambda c: c.places(3),
    "vocabulary": lambda c: c.pick([["cat", "car"], {"cat", "car"}, ("cat", "dog"), WORDS.index_to_key[:50]]),
    "weights": lambda c: np.abs(c.cloud(1, c.n)[0]),
    "window": lambda c: c.pick([1, 3, 10**9]),
    "windows": lambda c: c.pick([[1, 2], range(1, 4), (2, 10**9)]),
    "word": lambda c: "cat",
    "words": lambda c: c.words(5),
    "word_vectors": lambda c: c.pick([WORDS, FEW_WORDS]),
}
OF_ONE: dict[str, dict[str, Callable[[Case], object]]] = {
    "analogies.analogy_benchmark": {
        "word_vectors": lambda c: WORDS,
        "method": lambda c: c.pick(["b+c", "only-c"]),
    },
    "analogies.analogy": {"word_vectors": lambda c: WORDS},
    "cooccurrence.cooccurrence_counts": {
        "words": lambda c: c.pick([c.words(5), tuple(c.words(8)), pd.Series(c.words(3))])
    },
    "description_length.online_code_length": {"y": lambda c: c.labels()},
    "mixtures.pool": {"method": lambda c: c.pick(["mean", "max", "sum"])},
    "neighbors.NeighborIndex": {"metric": lambda c: c.pick(["cosine", "dot", "euclidean"])},
    "neighbors.nearest_neighbors": {"metric": lambda c: c.pick(["cosine", "dot", "euclidean"])},
    "plots.plot_images": {"labels": lambda c: [1, 2, 3]},
    "plots.plot_map": {"X": lambda c: c.matrix(c.n, 2)},
    "plots.plot_matrix": {"labels": lambda c: c.words(4)},
    "plots.plot_vectors": {"X": lambda c: c.matrix(c.n, 2)},
    "probes.control_task": {"weights": lambda c: None},
    "probes.linear_probe": {
        "y": lambda c: c.labels(),
        "groups": lambda c: c.pick([None, np.arange(c.n) // 2]),
    },
    "probes.majority_baseline": {"y": lambda c: c.labels()},
    "probes.selectivity": {"y": lambda c: c.labels()},
    "similarity.dot_product": {"y": lambda c: c.vector(c.d)},
    "similarity.euclidean_distance": {"y": lambda c: c.vector(c.d)},
    "subspaces.principal_angles": {"Y": lambda c: c.matrix(min(c.n, 2))},
    "widgets.DamageMeters": {"table": lambda c: c.pick([None, meters.damage_table()])},
    "widgets.Interval": {"scores": lambda c: c.random.integers(5, size=30), "n": lambda c: None},
    "widgets.Mixture": {"weights": lambda c: c.pick([None, [1, 0.5, 0]])},
    "widgets.Picture": {"k": lambda c: 1},
    "widgets.Probe": {"labels": lambda c: c.labels(), "rule": lambda c: None},
    "widgets.Snapshot": {
        "clusters": lambda c: {"one": c.cloud(1)[0], "two": c.cloud(1)[0]},
        "weights": lambda c: c.cloud(1)[0],
    },
    "widgets.WindowSlider": {
        "words": lambda c: c.words(6),
        "classes": lambda c: {"kind": list("xxyyzz")},
        "window": lambda c: None,
        "word": lambda c: None,
        "k": lambda c: 2,
        "n_features": lambda c: 3,
    },
    "wordvectors.close_spellings": {"word": lambda c: "caat"},
    "wordvectors.with_vectors": {"words": lambda c: FEW_WORDS, "X": lambda c: c.matrix(500, 3)},
}


def good_arguments(name: str, case: Case) -> dict[str, object]:
    """Return arguments for each parameter of an entry."""
    own = OF_ONE.get(name, {})
    return {parameter: (own.get(parameter) or BY_NAME[parameter])(case) for parameter in parameters(name)}


class _NoNumber:
    def __repr__(self):
        return "<no number>"


BAD: list[Callable[[], object]] = [
    lambda: None, lambda: "a", lambda: b"a", lambda: "", lambda: 1.5, lambda: -1, lambda: 0, lambda: True,
    lambda: np.nan, lambda: np.inf, lambda: 1e300, lambda: -1e-300, lambda: 10**400, lambda: 1j, lambda: [],
    lambda: {}, lambda: set(), lambda: {"a", "b"}, lambda: (i for i in range(3)), _NoNumber,
    lambda: np.array([]), lambda: [[1, 2], [3]], lambda: ["a", np.nan, "a"], lambda: [None] * 40,
    lambda: [1, "a"], lambda: np.array(["a"] * 40), lambda: np.full((40, 6), 1j),
    lambda: np.ma.array(np.ones((40, 6)), mask=np.eye(40, 6) > 0), lambda: np.ma.masked_all(40),
    lambda: pd.NA, lambda: pd.NaT, lambda: [pd.NaT] * 40, lambda: pd.array([1, None] * 20),
    lambda: np.full((40, 6), np.nan), lambda: np.full((40, 6), -np.inf), lambda: np.full(40, 1e200),
    lambda: np.full((40, 6), 1e-200), lambda: np.ones((2, 2, 2, 2)), lambda: np.float64(3),
    lambda: np.array(3), lambda: pd.DataFrame({"a": ["x"], "b": [1]}), lambda: pd.Series(["a", None]),
    lambda: [0.5, np.nan], lambda: [1, 0.5], lambda: {"a": "b"}, lambda: {"a": (1, np.nan)},
    lambda: {1: (1, 2)}, lambda: [-1], lambda: [10**9], lambda: np.datetime64("2020-01-01"),
    lambda: [["w0"], "w1"], lambda: 2**40, lambda: 1, lambda: "cosine", lambda: np.str_("false"),
    lambda: Path("none.yml"), lambda: [[]], lambda: np.zeros((40, 6)), lambda: np.arange(40),
    lambda: KeyedVectors(3), lambda: range(2),
]  # fmt: skip


def numbers_in(value: object) -> Iterator[np.ndarray]:
    """Yield all floating-point numbers of a result, whatever holds them."""
    if isinstance(value, float | np.floating | np.ndarray):
        array = np.asarray(value)
        if array.dtype.kind == "f":
            yield array
        elif array.dtype == object:
            for part in array.ravel():
                yield from numbers_in(part)
    elif isinstance(value, pd.DataFrame):
        yield value.select_dtypes("number").to_numpy(dtype=float)
    elif isinstance(value, KeyedVectors):
        yield value.vectors
    elif isinstance(value, Widget):
        yield from numbers_in({k: v for k, v in value.get_state().items() if not k.startswith("_")})
    elif isinstance(value, NeighborIndex):
        yield value.X
    elif isinstance(value, dict):
        for part in value.values():
            yield from numbers_in(part)
    elif is_dataclass(value):
        for part in fields(value):
            yield from numbers_in(getattr(value, part.name))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from numbers_in(part)


def same(one: object, other: object, rtol: float = 0.0) -> bool:
    """Say whether two results hold the same numbers; relative to the largest, if not to the digit."""
    pairs = list(zip(numbers_in(one), numbers_in(other), strict=True))
    return all(
        np.shape(a) == np.shape(b) and np.all(np.abs(a - b) <= rtol * max(np.abs(a).max(initial=0), 1e-300))
        for a, b in pairs
    )


@dataclass
class Tally:
    """What came of the calls."""

    calls: int = 0
    answered: Counter = field(default_factory=Counter)
    refused: Counter = field(default_factory=Counter)
    failures: dict[str, list[str]] = field(default_factory=dict)

    def fail(self, kind: str, name: str, seed: int, what: object) -> None:
        self.failures.setdefault(f"{kind}: {name}", []).append(f"seed {seed}: {what}"[:300])

    def __str__(self) -> str:
        n_failures = sum(map(len, self.failures.values()))
        return (
            f"{self.calls} calls of {len(ENTRIES)} entries: {sum(self.answered.values())} answered, "
            f"{sum(self.refused.values())} refused, {n_failures} failures of {len(self.failures)} kinds"
        )


def call(name: str, arguments: dict[str, object]) -> object:
    """Call an entry; a warning is an error, and what it draws is closed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "Call to deprecated `init_sims`")  # gensim calls its own
        warnings.filterwarnings("ignore", "More than 20 figures")
        try:
            return ENTRIES[name](**arguments)
        finally:
            plt.close("all")


def tried(
    tally: Tally, name: str, seed: int, make: Callable[[], dict[str, object]], replaced: list[str]
) -> object:
    """Call an entry, and tally an answer that isn't finite, or an error that names none of the arguments."""
    arguments = make()
    tally.calls += 1
    start = process_time()
    try:
        result = call(name, arguments)
    except (ValueError, TypeError, KeyError, OSError) as error:
        documented = type(error) in (ValueError, TypeError)
        documented |= type(error) is KeyError and name == "analogies.analogy"
        documented |= isinstance(error, OSError) and name == "widgets.SelfCheck"
        named = [p for p in replaced or parameters(name) if _names(str(error), p)]
        if not documented or not (named or isinstance(error, KeyError | OSError)):
            tally.fail(
                "error", name, seed, f"{replaced} {[_brief(arguments[r]) for r in replaced]} {error!r}"
            )
        tally.refused[name] += 1
        return None
    except Exception as error:
        tally.fail(
            "exception", name, seed, f"{replaced} {[_brief(arguments[r]) for r in replaced]} {error!r}"
        )
        return None
    if process_time() - start > 10:
        tally.fail("slow", name, seed, f"{process_time() - start:.0f} s")
    if not all(np.isfinite(numbers).all() for numbers in numbers_in(result)):
        tally.fail("not finite", name, seed, f"{replaced} {[_brief(arguments[r]) for r in replaced]}")
    tally.answered[name] += 1
    return result


def _names(message: str, parameter: str) -> bool:
    return (
        parameter
        in "".join(
            character if character.isalnum() or character == "_" else " " for character in message
        ).split()
    )


def _brief(value: object) -> str:
    return f"{type(value).__name__} {value!r}"[:60].replace("\n", " ")
