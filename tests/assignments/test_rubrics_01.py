"""What assignment 1 says of everybody's numbers, over many student numbers, and of its six reports."""

import re
import runpy

import jupytext
import numpy as np
import pytest
from embedding_geometry.questions import analogy_pairs
from embedding_geometry.wordvectors import load_word_vectors
from make_assignments import SOURCES, run_reference
from scipy.spatial.distance import cdist, pdist, squareform

NUMBERS = [*range(30), 202_611]
FILES = runpy.run_path(str(SOURCES / "01_geometry_files.py"))


def cloud(number):
    means = np.array([0.5, 0.0, -1.0, -1.0, -1.5])
    return np.random.default_rng(number).exponential(size=(60, 5)) + means


def mean_cosine(Z):
    return (1 - pdist(Z, "cosine")).mean()


def nearest(Z, metric):
    far = cdist(Z, Z, metric)
    np.fill_diagonal(far, np.inf)
    return far.argmin(axis=1)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_three_vectors_have_a_mean_in_whole_numbers(number):
    a, b = number % 4 + 1, number % 3 + 2
    corners = np.array([(a, 2), (-1, b), (4 - a, 1 - b)])
    assert corners.mean(axis=0).tolist() == [1, 1]
    assert (corners[:2] != 1).any(axis=1).all()  # neither vector is zero after centring


@pytest.mark.parametrize("number", NUMBERS)
def test_centring_a_students_cloud(number):
    X = cloud(number)
    C, M = X - X.mean(axis=0), X - np.median(X, axis=0)
    before, after = mean_cosine(X), mean_cosine(C)
    assert -1 / 59 <= after < 0.05 < before - 0.2
    assert (nearest(X, "euclidean") == nearest(C, "euclidean")).all()
    assert 0 < np.mean(nearest(X, "cosine") == nearest(C, "cosine")) < 0.9
    # Wrong ways that the tests tell from the right one: the median, and each row with itself.
    assert abs(mean_cosine(M) - after) > 2e-4
    assert abs((after * 59 + 1) / 60 - after) > 2e-4


def test_no_other_vector_brings_the_mean_cosine_below_the_bound():
    for number in NUMBERS:
        rng = np.random.default_rng(number)
        assert mean_cosine(cloud(number) - rng.normal(size=5) * 3) >= -1 / 59
        assert mean_cosine(rng.normal(size=(60, 60))) >= -1 / 59


def lists_of_words():
    """Return lists of 10 to 20 words: of one kind each, and drawn at random."""
    glove = load_word_vectors()
    sections = [
        "capital-world",
        "currency",
        "family",
        "gram8-plural",
        "gram3-comparative",
        "gram1-adjective-to-adverb",
    ]
    for section in sections:
        pairs = analogy_pairs(section)
        for words in (list(pairs), list(pairs.values())):
            known = [w for w in dict.fromkeys(words) if w in glove and glove.get_index(w) < 20_000]
            for n in (10, 20):
                yield known[:n]
    for number in range(20):
        rng = np.random.default_rng(number)
        yield [glove.index_to_key[i] for i in rng.choice(20_000, rng.integers(10, 21), replace=False)]


def test_words_of_any_kind_come_near_the_bound_once_their_own_mean_is_subtracted():
    glove = load_word_vectors()
    for words in lists_of_words():
        if len(words) < 10:
            continue
        Z = glove.vectors[[glove.get_index(word) for word in words]].astype(float)
        found, bound = mean_cosine(Z - Z.mean(axis=0)), -1 / (len(words) - 1)
        assert bound <= found < bound + 0.05, words
        assert found < mean_cosine(Z), words


def truths(report):
    """Return what each sentence is about: whether its claim holds, and numbers that decide it."""
    glove = load_word_vectors()
    words = glove.index_to_key[500 * report :][:300]
    A = glove.vectors[500 * report :][:300].astype(float)
    B = glove.vectors[20_000 + 1_500 * report :][:300].astype(float)
    lengths, rare = (np.sqrt((M**2).sum(axis=1)) for M in (A, B))
    near, pairs = nearest(A, "cosine"), 1 - pdist(A, "cosine")
    product = (A @ A.T - 1e6 * np.eye(300)).argmax(axis=1)
    C = A - A.sum(axis=0) / 300
    square = squareform(pairs)
    at = {kind: [words.index(word) for word in FILES[kind][report]] for kind in ("PLAIN", "CLOSE")}
    return {
        "B": [lengths.mean(), rare.mean()],
        "C": [np.mean(product == near), np.mean(nearest(A, "euclidean") == near)],
        "D": [np.mean(near[near] == np.arange(300))],
        "E": [
            np.mean(nearest(C, "euclidean") == nearest(A, "euclidean")),
            np.mean(nearest(C, "cosine") == near),
        ],
        "F": [np.mean(lengths[product] > lengths), np.mean(lengths[near] > lengths)],
        "G": [np.mean(1 - pdist(B, "cosine")), np.mean(np.abs(1 - pdist(B, "cosine")) < 0.1)],
        "H": [np.mean(pairs > square[tuple(at["CLOSE"])]), np.mean(pairs > square[tuple(at["PLAIN"])])],
        "lengths": lengths,
        "rare": rare,
    }


@pytest.mark.parametrize("report", range(6))
def test_true_sentences_are_true_and_false_ones_false(report, tmp_path):
    FILES["write"](tmp_path)
    text = (tmp_path / "reports" / f"{report}.md").read_text()
    sentences = re.findall(r"^\d\. (.*)$", text, re.MULTILINE)
    assert len(sentences) == 7
    t = truths(report)
    for letter, sentence in zip(FILES["ORDER"][report], sentences, strict=True):
        false = letter in FILES["FALSE"][report]
        told = [float(n) for n in re.findall(r"\d+\.\d+|\d+(?=%)", sentence)]
        if letter == "B":
            assert t["B"][0] > t["B"][1] + 0.1  # common words are the longer ones
            if false:
                first, last = map(int, re.findall(r"rows (\d+) to (\d+)", sentence)[0])
                few = [t[kind][first : last + 1].mean() for kind in ("rare", "lengths")]
                assert np.allclose(told, few, atol=0.006)
                assert few[0] > few[1]
                right = [*t["B"], t["B"][0] - t["B"][1]]
                assert min(abs(a - b) for a in told for b in right) > 0.02
            else:
                assert np.allclose(told, t["B"], atol=0.006)
        elif letter == "C":
            share, other = t["C"]
            assert abs(told[0] / 100 - (other if false else share)) < 0.006
            assert abs(other - share) > 0.1
            assert abs(1 - share - other) > 0.02
        elif letter == "D":
            assert t["D"][0] < 0.6
            assert abs(told[0] / 100 - (1 if false else t["D"][0])) < 0.006
        elif letter == "E":
            assert t["E"][0] == 1
            assert t["E"][1] < 0.9
            assert told == [100]
        elif letter == "F":
            assert t["F"][0] > 0.7
            assert t["F"][1] < 0.49
            assert false or abs(told[0] / 100 - t["F"][0]) < 0.006
        elif letter == "G":
            assert abs(told[0] - t["G"][0]) < 0.006
            assert t["G"][1] < 0.6
            assert false or abs(told[1] / 100 - t["G"][1]) < 0.006
        else:
            assert t["H"][0] < 0.01
            assert t["H"][1] > 0.55


def test_the_six_reports_have_six_different_answers():
    places = [
        {order.index(letter) for letter in false}
        for order, false in zip(FILES["ORDER"], FILES["FALSE"], strict=True)
    ]
    assert all(len(place) == 3 for place in places)
    assert len({frozenset(place) for place in places}) == 6


def test_the_graded_answers_speak_of_the_largest_miss_of_the_reference(tmp_path, monkeypatch):
    FILES["write"](tmp_path)
    monkeypatch.chdir(tmp_path)
    space = run_reference(jupytext.read(SOURCES / "01_geometry.md"))
    found = {
        name[6:]: space.get("mean_" + name[6:], space.get(name[6:] + "_cosine", space.get(name[6:])))
        for name in space
        if name.startswith("guess_")
    }
    assert len(found) == 10
    misses = {name: abs(space[f"guess_{name}"] - number) for name, number in found.items()}
    assert max(misses, key=misses.get) == "mine_by_itself"
