"""What assignment 5 says in general holds: for all copies and reports, and over 20 student numbers."""

import ast
import functools
import re
import runpy

import numpy as np
import pytest
from embedding_geometry.damage import damage
from make_assignments import SOURCES
from scipy.spatial.distance import pdist

NUMBERS = [*range(17), 57, 1234, 202_611]
METERS = ("norm", "mean cosine", "effective rank", "overlap")
SCRIPT = runpy.run_path(str(SOURCES / "05_diagnosis_files.py"))
SOURCE = (SOURCES / "05_diagnosis.md").read_text(encoding="utf-8")
HEALTHY = SCRIPT["healthy_vectors"]()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    SCRIPT["write"](folder)
    return folder


@pytest.fixture(scope="module")
def copies(files):
    """Return, by variant and letter, what was done, and the copy."""
    return {
        (variant, letter): (kind, np.load(files / "copies" / str(variant) / f"{letter}.npy"))
        for variant, done in enumerate(SCRIPT["DONE"])
        for letter, (kind, _) in done.items()
    }


def near(X, by="cosine", k=10):
    X = np.asarray(X, dtype=float)
    if by == "cosine":
        X = X / np.linalg.norm(X, axis=1, keepdims=True)
    squares = (X**2).sum(axis=1)
    distances = squares[:, np.newaxis] - 2 * X @ X.T + squares + 1e9 * np.eye(len(X))
    return np.argpartition(distances, k, axis=1)[:, :k]


def shared(one, other):
    return np.array([np.isin(a, b).mean() for a, b in zip(one, other, strict=True)])


@functools.cache
def healthy_neighbours():
    return near(HEALTHY)


def cosine(X):
    unit = np.asarray(X, dtype=float)
    unit = unit / np.linalg.norm(unit, axis=1, keepdims=True)
    return ((unit.sum(axis=0) ** 2).sum() - len(X)) / (len(X) * (len(X) - 1))


def rank(X):
    p = np.sqrt(np.linalg.eigvalsh(np.cov(np.asarray(X, dtype=float).T)))
    p = p / p.sum()
    return np.exp(-(p * np.log(p)).sum())


def readings(Y):
    """Return the four meters of question 1, computed here in another way."""
    norm = np.sqrt((Y.astype(float) ** 2).sum(axis=1)).mean()
    return np.array([norm, cosine(Y), rank(Y), shared(healthy_neighbours(), near(Y)).mean()])


@functools.cache
def healthy_readings():
    return readings(HEALTHY)


def noticing(Y):
    moved = readings(Y) / healthy_readings() - 1
    return {name for name, move in zip(METERS, moved, strict=True) if abs(move) > 0.1}


def test_the_files_are_small_and_of_32_bits_and_tell_nothing_by_name(files):
    paths = sorted(path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file())
    expected = [f"copies/{variant}/{letter}.npy" for variant in range(6) for letter in "ABC"]
    assert paths == sorted([*expected, "copies/D.npy", *(f"reports/{variant}.md" for variant in range(6))])
    assert sum((files / path).stat().st_size for path in paths) < 5e6
    assert all(np.load(files / path).dtype == np.float32 for path in expected)
    for path in paths:  # no header and no report says more
        content = (files / path).read_bytes()
        assert str(SCRIPT["SEED"]).encode() not in content
        assert content[:128].count(b"{") == (0 if path.endswith(".md") else 1)
    student = "".join(SOURCE.split('""" # BEGIN TEST CONFIG')[:1])
    assert str(SCRIPT["SEED"]) not in SOURCE
    assert "SEED" not in student


def test_the_key_of_the_hidden_tests_is_what_was_done(copies):
    keys = re.findall(r'key = "(.*)"\n    key \+= "(.*)"', SOURCE)
    assert len(keys) == 3
    for key in keys:
        named = [row.split() for row in "".join(key).split(",")]
        assert named == [[done[letter][0] for letter in "ABC"] for done in SCRIPT["DONE"]]
    kinds = [kind for kind, _ in copies.values()]
    assert {kinds.count(kind) for kind in kinds} == {3}
    assert len(set(kinds)) == 6


def test_each_copy_has_had_one_thing_done_to_it_within_the_strengths_told(copies):
    """By what each damage leaves as it was; and the library makes none of them again from a small seed."""
    X = HEALTHY.astype(float)
    spread, length = X.std(), np.linalg.norm(X, axis=1).mean()
    for (variant, letter), (kind, copy) in copies.items():
        strength, moves = SCRIPT["DONE"][variant][letter][1], copy - X
        if kind == "rotate":
            assert np.abs(copy @ copy.T - HEALTHY @ HEALTHY.T).max() < 1e-4 * np.abs(X @ X.T).max()
            assert np.linalg.norm(moves) > np.linalg.norm(X)
        elif kind == "shift":
            assert moves.std(axis=0).max() < 1e-5
            assert 0.5 <= np.linalg.norm(moves.mean(axis=0)) / length == pytest.approx(strength, abs=1e-3)
        elif kind == "stretch":
            (changed,) = np.flatnonzero(np.abs(moves).max(axis=0) > 1e-6)
            assert changed != 49  # another coordinate than the library's
            assert 2.5 <= np.median(copy[:, changed] / X[:, changed]) == pytest.approx(strength, abs=1e-3)
        elif kind == "collapse":
            assert 0.3 <= strength <= 0.95
            assert np.abs(moves.mean(axis=0)).max() < 1e-5
            assert np.linalg.matrix_rank(moves, tol=1e-2) == 48
        elif kind == "noise":
            assert 0.15 <= moves.std() / spread == pytest.approx(strength, abs=0.01)
            assert np.abs(np.corrcoef(X.ravel(), moves.ravel())[0, 1]) < 0.02
        else:
            moved = np.abs(moves).max(axis=1) > 0
            assert 0.05 <= moved.mean() == strength
            assert np.array_equal(np.sort(copy, axis=0), np.sort(HEALTHY, axis=0))
        assert not any(np.allclose(copy, damage(HEALTHY, kind, strength, seed)) for seed in range(3)) or (
            kind == "collapse"  # which has no seed
        )


def test_the_overlap_alone_tells_only_the_rotation(copies):
    kept = {key: shared(healthy_neighbours(), near(copy)).mean() for key, (_, copy) in copies.items()}
    for key, (kind, _) in copies.items():
        assert kept[key] > 0.999 if kind == "rotate" else 0.7 < kept[key] < 0.85


def test_which_meters_do_not_notice_the_copies(copies):
    """What the rubric of question 6 says."""
    told = {"rotate": set(), "stretch": {"overlap"}, "noise": {"overlap"}, "permute": {"overlap"}}
    told |= {"shift": set(METERS) - {"effective rank"}, "collapse": set(METERS) - {"effective rank"}}
    for kind, copy in copies.values():
        assert noticing(copy) == told[kind], kind


@pytest.mark.parametrize("number", NUMBERS)
def test_which_meters_notice_the_practice_copies(number):
    """What the hidden test of question 1 asks, with a margin: the same for everybody."""
    strengths = {"shift": 1, "noise": 0.6, "permute": 0.2}  # the other three come without a draw that matters
    for kind, strength in strengths.items():
        some = [readings(damage(HEALTHY, kind, strength, seed)) for seed in (number, number + 1)]
        moved = np.abs(np.mean(some, axis=0) / healthy_readings() - 1)
        assert (np.abs(moved - 0.1) > 0.012).all(), (kind, moved)
        told = {"shift": [1, 1, 0, 1], "noise": [1, 1, 1, 1], "permute": [0, 0, 0, 1]}[kind]
        assert (moved > 0.1).tolist() == [bool(yes) for yes in told], kind


def test_which_meters_notice_the_practice_copies_without_a_draw():
    told = {"rotate": set(), "stretch": set(METERS) - {"effective rank"}}
    told |= {"collapse": set(METERS) - {"effective rank"}}
    for kind, strength in [("rotate", 1), ("stretch", 4), ("collapse", 0.5)]:
        assert noticing(damage(HEALTHY, kind, strength, 3)) == told[kind]


def test_what_the_rubrics_say_of_question_7(copies):
    shift, noise = damage(HEALTHY, "shift", 1, 5), damage(HEALTHY, "noise", 0.6, 5)
    assert rank(shift) == pytest.approx(rank(HEALTHY), abs=0.01)
    assert shared(healthy_neighbours(), near(shift)).mean() > 0.8
    assert rank(noise) > rank(HEALTHY) + 3
    singular = np.linalg.svd(np.asarray(shift, dtype=float), compute_uv=False)
    before = np.linalg.svd(HEALTHY.astype(float), compute_uv=False)
    without = [np.exp(-(p * np.log(p)).sum()) for p in (s / s.sum() for s in (singular, before))]
    assert without[0] < without[1] - 1  # "the same rank without the centring must fall"


def test_each_report_has_its_own_three_faults(files):
    assert len(set(map(frozenset, SCRIPT["FALSE"]))) == 6
    keys = re.findall(r"(\[\{\d.*\}\])\[student_number % 6\]", SOURCE)
    assert [ast.literal_eval(key) for key in keys] == [SCRIPT["FALSE"]] * 5


def test_true_sentences_are_true_and_false_ones_are_not(files):
    X, D = HEALTHY.astype(float), np.load(files / "copies" / "D.npy").astype(float)
    kept = shared(near(X), near(D))
    first = (near(X, k=1) == near(D, k=1)).mean()
    by_distance = shared(near(X, "euclidean"), near(D)).mean()
    centred = shared(near(X), near(D - D.mean(axis=0))).mean()
    both = shared(near(X - X.mean(axis=0)), near(D - D.mean(axis=0))).mean()
    stretched = np.array([cosine(X * np.where(np.arange(50) == j, 11, 1)) for j in range(50)])
    chance = [shared(near(X), near(X[np.random.default_rng(s).permutation(1000)])).mean() for s in range(3)]
    apart = [pdist(Z).mean() for Z in (X, D)]
    told = {
        1: [cosine(X), cosine(D), first],
        2: [rank(D)],
        3: [kept.mean(), kept.min()],
        4: [by_distance],
        5: [centred],
        6: [stretched[-1]],
        7: [kept.mean()],
        8: [np.linalg.norm(X, axis=1).mean(), np.linalg.norm(D, axis=1).mean(), apart[1]],
    }
    for variant, false in enumerate(SCRIPT["FALSE"]):
        text = (files / "reports" / f"{variant}.md").read_text(encoding="utf-8")
        sentences = dict(re.findall(r"^(\d)\. (.*)$", text, re.M))
        assert set(sentences) == set("12345678")
        for place in set(told) - false:
            numbers = re.findall(r"\d+\.\d+", sentences[str(place)])
            for number, value in zip(numbers, told[place], strict=True):
                assert float(number) == pytest.approx(value, abs=0.51 * 10 ** -len(number.split(".")[1])), (
                    place
                )
    # The rest of the true sentences, and what is false in the false ones:
    assert first > 0.6  # not "another for most"
    assert abs(rank(D) - rank(X)) < 0.05  # "as before", not "far below"
    assert kept.min() < 0.5  # not "at least half"
    assert by_distance > kept.mean() + 0.05  # not "less"
    assert centred < 0.9
    assert both > 0.995
    rises = stretched > cosine(X)
    assert rises.sum() == 2
    assert (np.abs(stretched - cosine(X)) > 0.01).all()
    assert cosine(D) > cosine(X)
    assert max(chance) < 0.02  # "one in a hundred", not "a third"
    assert apart[0] == pytest.approx(apart[1], abs=1e-3)  # "as before", not doubled
