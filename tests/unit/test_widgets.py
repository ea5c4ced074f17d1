"""What widgets refuse, at the start and later, and what Python computes for them."""

import numpy as np
import pandas as pd
import pytest
from embedding_geometry.intervals import bootstrap_interval
from embedding_geometry.meters import damage_table
from embedding_geometry.widgets import (
    DamageMeters,
    Gauge,
    Interval,
    Mixture,
    Picture,
    Plane,
    Probe,
    Subspace,
    WindowSlider,
    WordExplorer,
)
from scipy.spatial.distance import cdist

PLACES = {"cat": (1.0, 0.9), "car": (-1.0, 0.2)}
RANDOM = np.random.default_rng(7)
CLOUD = RANDOM.normal(size=(30, 6))
POINTS = RANDOM.normal(size=(40, 2)) + np.repeat([[0, 0], [1, 1]], 20, axis=0)
LABELS = np.repeat(["low", "high"], 20)
DOCUMENTS = [["a", "b", "c", "d"], ["b", "d", "a", "c"]]


def window_slider(**options):
    return WindowSlider(
        DOCUMENTS, ["a", "b", "c"], {"kind": ["x", "x", "y"]}, windows=[1, 2], k=1, n_features=3, **options
    )


MADE = {
    "plane": lambda **options: Plane(PLACES, **options),
    "mixture": lambda **options: Mixture(PLACES, **options),
    "gauge": lambda **options: Gauge(PLACES, {"Ann": (1, 1)}, **options),
    "subspace": lambda **options: Subspace(POINTS, **options),
    "probe": lambda **options: Probe(POINTS, LABELS, n_shuffles=2, **options),
    "picture": lambda **options: Picture(
        CLOUD, [f"w{i}" for i in range(30)], {"flat": CLOUD[:, :2]}, **options
    ),
    "damage": lambda **options: DamageMeters(**options),
    "interval": lambda **options: Interval([0, 1, 1], **options),
    "explorer": lambda **options: WordExplorer(**options),
    "window": window_slider,
}
REFUSED = [  # by the constructor, and when it is set later
    ("plane", {"metric": "manhattan"}, "metric must be one of 'cosine', 'dot', 'euclidean', not 'manhattan'"),
    ("mixture", {"temperature": 0.0}, "temperature must be from 0.01 to 10"),
    ("gauge", {"gauge": 1.5}, "gauge must be from -1 to 1"),
    ("subspace", {"angle": 181.0}, "angle must be from 0 to 180 degrees"),
    ("damage", {"kind": "burn"}, "kind must be one of 'rotate', "),
    ("interval", {"n": 30}, "n must be one of 20, 50, 100, 200, 500, 1000, 2000, not 30"),
    ("explorer", {"metric": "manhattan"}, "metric must be one of"),
    ("explorer", {"k": 0}, "k must be at least 1"),
    ("explorer", {"k": 51}, "k is 51, but here it can be 50 at the most"),
    ("window", {"window": 3}, "window must be one of 1, 2, not 3"),
    ("window", {"color_by": "topic"}, "color_by must be one of 'kind', not 'topic'"),
    ("window", {"word": "z"}, "word must be one of 'a', 'b', 'c', not 'z'"),
]
REFUSED_LATER = [  # where the constructor takes another form
    ("plane", {"vectors": [{"label": "u", "x": 9, "y": 0, "group": "a"}]}, r"vectors\['u'\] .* within 1.5"),
    ("plane", {"vectors": [{"label": "u", "x": 1, "y": 0, "group": "z"}]}, r"groups\['u'\] must be one of"),
    ("plane", {"rule": {"x": 1, "y": 2}}, "rule must hold real numbers"),
    (
        "mixture",
        {"items": [{"label": "u", "x": 1, "y": 0, "weight": 2}]},
        "the weight of 'u' must be from 0 to 1",
    ),
    ("mixture", {"query": {"x": 9, "y": 0}}, "query must be two numbers within 1.5"),
    ("probe", {"rule": {"x": 99, "y": 0, "bias": 0}}, "the weights of rule must be two numbers within"),
    ("probe", {"shown": 3}, "shown is 3, but here it can be 2 at the most"),
    ("probe", {"shuffled": -1}, "shuffled must be at least 0"),
    ("picture", {"map": "round"}, "map must be one of 'flat', not 'round'"),
    ("picture", {"selected": 30}, "selected is 30, but here it can be 29 at the most"),
    ("damage", {"step": -1}, "step must be at least 0"),
    ("interval", {"guess": -0.1}, "guess must be from 0 to"),
    ("explorer", {"mode": "poem"}, "mode must be one of 'neighbors', 'analogy', not 'poem'"),
]
REFUSED_FIRST = [
    ("plane", {"show": ["weight"]}, "each of show must be one of 'dot', .*, not 'weight'"),
    ("plane", {"groups": {"dog": "a"}}, "a label of groups must be one of 'cat', 'car', not 'dog'"),
    ("plane", {"groups": {"cat": "z"}}, r"groups\['cat'\] must be one of 'a', 'b', 'c', 'd', not 'z'"),
    ("plane", {"extent": 0.5}, r"vectors\['cat'\] must be two numbers within 0.5 of 0"),
    ("plane", {"extent": -1}, "extent must be a number above zero"),
    ("plane", {"rule": (1, 2)}, r"rule must be three numbers \(w1, w2, b\)"),
    ("mixture", {"weights": [1]}, "weights must be 2 numbers, one an item, not 1"),
    ("mixture", {"weights": [1, 2]}, "the weight of 'car' must be from 0 to 1, not 2"),
    ("mixture", {"query": (0, 9)}, "query must be two numbers within 1.5"),
    ("mixture", {"mode": "poem"}, "mode must be one of"),
    ("probe", {"rule": (99, 0, 0)}, "the weights of rule must be two numbers within"),
    ("probe", {"C": 0}, "C must be a number above zero"),
    ("picture", {"selected": "w99"}, "selected must be one of"),
    ("explorer", {"modes": ("poem",)}, "modes must hold one or both of"),
]


@pytest.mark.parametrize(("kind", "changes", "message"), REFUSED + REFUSED_FIRST)
def test_constructor_refuses(kind, changes, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        MADE[kind](**changes)


@pytest.mark.parametrize(("kind", "changes", "message"), REFUSED + REFUSED_LATER)
def test_later_change_is_refused_and_leaves_all_as_it_was(kind, changes, message):
    widget, ((name, value),) = MADE[kind](), changes.items()
    before = widget.get_state()
    with pytest.raises(ValueError, match=message):
        setattr(widget, name, value)
    assert widget.get_state() == before


@pytest.mark.parametrize("kind", MADE)
def test_what_the_page_reads_once_can_not_change(kind):
    widget = MADE[kind]()
    fixed = set(vars(type(widget).__mro__[1])["_fixed"].trait_names)
    assert fixed
    for name in fixed:
        value = getattr(widget, name)
        setattr(widget, name, value)  # as a front end may send it back
        other = {} if isinstance(value, dict) else value * 2 or type(value)(["more"] if value == [] else 1)
        with pytest.raises(ValueError, match=f"^{name} can't change any more: make another"):
            setattr(widget, name, other)


def test_what_the_reader_changes_is_taken():
    plane, probe = MADE["plane"](), MADE["probe"]()
    plane.vectors = [{**vector, "x": -0.5} for vector in plane.vectors]
    plane.metric, plane.centered, probe.shown = "dot", True, 2
    assert [vector["x"] for vector in plane.vectors] == [-0.5, -0.5]
    assert (plane.metric, plane.centered, probe.shown) == ("dot", True, 2)


@pytest.mark.parametrize(("C", "seed"), [(1.0, 0), (100.0, 3), (0.01, 5)])
def test_fits_of_a_probe_have_the_least_penalised_loss(C, seed):
    """The gradient of C * (sum of log losses) + |w|^2 / 2, written out by hand, is zero there."""
    probe = Probe(POINTS, LABELS, n_shuffles=3, C=C, seed=seed)
    X = np.array([[point["x"], point["y"], 1] for point in probe.points])
    train = np.array([not point["test"] for point in probe.points])
    real = [point["label"] for point in probe.points]
    assert len(probe.fits) == 4
    for fit, labels in zip(probe.fits, [real, *probe.shuffles], strict=True):
        theta = np.array([fit["x"], fit["y"], fit["bias"]])
        chance = 1 / (1 + np.exp(-X[train] @ theta))
        gradient = C * (chance - np.array(labels)[train]) @ X[train] + theta * [1, 1, 0]
        assert np.abs(gradient).max() < 1e-3 * max(1, C)


def test_picture_has_the_neighbours_that_distances_on_paper_give():
    picture = Picture(
        CLOUD, [f"w{i}" for i in range(30)], {"flat": CLOUD[:, :2], "other": CLOUD[:, 2:4]}, k=4
    )
    true = np.argsort(cdist(CLOUD, CLOUD, "cosine") + 9 * np.eye(30), axis=1)[:, :4]
    assert [set(row) for row in picture.neighbors] == [set(row) for row in true]
    maps = {shown["name"]: shown for shown in picture.maps}
    assert list(maps) == ["flat", "other"]
    for name, columns in (("flat", slice(0, 2)), ("other", slice(2, 4))):
        flat = CLOUD[:, columns].round(3)
        seen = np.argsort(cdist(flat, flat) + 99 * np.eye(30), axis=1)[:, :4]
        assert maps[name]["neighbors"] == seen.tolist()
        shared = [len(set(a) & set(b)) / 4 for a, b in zip(true, seen, strict=True)]
        assert maps[name]["overlap"] == pytest.approx(np.mean(shared))


def test_a_meter_has_noticed_by_more_than_a_tenth():
    table, widget = damage_table(), DamageMeters()
    healthy = table.iloc[0]
    steps = [(kind["kind"], step) for kind in widget.kinds for step in kind["steps"]]
    assert len(steps) == len(table)
    for (kind, step), row in zip(steps, table.to_dict("records"), strict=True):
        assert (kind, step["strength"]) == (row["kind"], row["strength"])
        moved = {m for m in widget.meters if abs(row[m] - healthy[m]) > 0.1 * abs(healthy[m])}
        assert set(step["noticed"]) == moved
        assert step["values"] == {m: row[m] for m in widget.meters}


def test_purity_by_hand():
    widget = window_slider()
    (purity,) = widget.classes
    assert purity["chance"] == pytest.approx((1 / 2 + 1 / 2 + 0) / 3)
    labels = ["x", "x", "y"]
    for near, share in zip(widget.neighbors, purity["purity"], strict=True):
        assert share == np.mean([labels[row[0]] == labels[i] for i, row in enumerate(near)])


def test_a_table_of_a_teachers_own_will_do():
    table = pd.DataFrame({"kind": ["shift", "shift"], "strength": [0.0, 1.0]})
    table = table.assign(**{meter: [1.0, 2.0] for meter in DamageMeters().meters})
    (shift,) = DamageMeters(table=table).kinds
    assert shift["steps"][1]["noticed"] == DamageMeters().meters


@pytest.mark.parametrize("kind", MADE)
def test_order_never_hangs_on_the_keys_of_a_dictionary(kind):
    """A saved notebook has them sorted: what comes in an order is a list."""
    keyed = {name for name, value in MADE[kind]().get_state().items() if isinstance(value, dict)}
    # Coordinates, values by meter, and counts by the number of queries: nobody goes through these in order.
    assert keyed <= {"rule", "query", "healthy", "tallies"}


def test_interval_of_the_widget_is_as_wide_as_the_librarys():
    """The page's own draws are compared in the browser; here the two agree on what a width is."""
    scores = np.repeat([0, 1], [70, 30])
    result = bootstrap_interval(scores, seed=1)
    assert Interval(scores).values == [0, 1]
    assert result.high - result.low == pytest.approx(2 * 1.96 * np.sqrt(0.3 * 0.7 / 100), rel=0.15)
