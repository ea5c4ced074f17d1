"""What assignment 3 says of everybody's numbers, over many student numbers, and of its six reports."""

import contextlib
import re
import runpy

import jupytext
import numpy as np
import pytest
from embedding_geometry.wordvectors import load_word_vectors
from make_assignments import SOURCES, run_reference
from scipy.special import softmax
from scipy.stats import entropy
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestCentroid, NearestNeighbors

NUMBERS = [*range(30), 202_611]
FILES = runpy.run_path(str(SOURCES / "03_subspaces_attention_files.py"))
KINDS = [
    (
        "anger fear joy grief pride shame guilt hope love hatred relief disgust",
        "doctor lawyer teacher nurse engineer farmer baker pilot soldier judge clerk actor",
    ),
    (
        "walked talked played opened closed called asked wanted needed helped looked turned",
        "walk talk play open close call ask want need help look turn",
    ),
    (
        "happy good beautiful excellent wonderful nice great pleasant lovely brilliant perfect charming",
        "sad bad ugly terrible awful nasty horrible unpleasant cruel stupid poor boring",
    ),
    (
        "france germany italy spain poland sweden norway greece turkey austria denmark portugal",
        "paris berlin rome madrid warsaw stockholm oslo athens ankara vienna copenhagen lisbon",
    ),
]


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """Return the names of the reference solution, for student number 0."""
    folder = tmp_path_factory.mktemp("reference")
    FILES["write"](folder)
    with contextlib.chdir(folder):
        return run_reference(jupytext.read(SOURCES / "03_subspaces_attention.md"))


def needed(X):
    return int((PCA().fit(X).explained_variance_ratio_.cumsum() < 0.9).sum()) + 1


def test_shuffled_words_need_more_directions_but_not_many_more(glove):
    for number in NUMBERS:
        rows = np.random.default_rng(number).choice(np.arange(200, 5000), 300, replace=False)
        X = glove.vectors[rows].astype(float)
        shuffled = np.random.default_rng(number).permuted(X, axis=0)
        assert 0.75 * needed(shuffled) < needed(X) < needed(shuffled) < 50


def test_pairs_stay_right_without_he_and_she(glove, reference):
    both = [pair.split() for pair in reference["both"].split(",")]
    assert len({tuple(pair) for pair in both}) == len(both) == 36
    assert all(word in glove for pair in both for word in pair)
    offsets = np.array([glove[man].astype(float) - glove[woman] for man, woman in both])
    d = glove["he"].astype(float) - glove["she"]
    left = offsets @ (np.eye(50) - np.outer(d, d) / (d @ d))
    flips = [np.random.default_rng(seed).choice([-1, 1], 12) for seed in range(20)]
    for number in [*range(300), 202_611]:
        order = np.random.default_rng(number).permutation(36)
        fit, unseen = order[:12], order[12:]
        u = offsets[fit].mean(axis=0)
        share_along = (u @ d) ** 2 / ((u @ u) * (d @ d))
        after = np.mean(left[unseen] @ left[fit].mean(axis=0) > 0)
        flipped = np.mean([offsets[unseen] @ (flip @ offsets[fit]) > 0 for flip in flips])
        assert 0.4 < share_along < 0.8
        assert np.mean(offsets[unseen] @ u > 0) > 0.85
        assert after > 2 / 3
        assert flipped < after - 0.05


def test_one_draw_of_shuffled_labels_can_be_far_from_one_half(glove):
    for lists in KINDS:
        one, other = (np.array([glove[word] for word in words.split()], dtype=float) for words in lists)
        fit, test = np.vstack([one[::2], other[::2]]), np.vstack([one[1::2], other[1::2]])
        labels = np.repeat([0, 1], 6)
        right = [
            NearestCentroid().fit(fit, np.random.default_rng(seed).permutation(labels)).score(test, labels)
            for seed in range(20)
        ]
        assert max(right) > 0.7
        assert min(right) < 0.3
        assert 0.3 < np.mean(right) < 0.7


def same_digit(Z, digit):
    near = NearestNeighbors(n_neighbors=1).fit(Z).kneighbors(return_distance=False)[:, 0]
    return digit[near] == digit


def truths(report):
    """Return the numbers that decide about each sentence."""
    glove, digits = load_word_vectors(), load_digits()
    words = glove.index_to_key[1_000 + 600 * report :][:400]
    R = glove.vectors[1_000 + 600 * report :][:400].astype(float)
    images, digit = digits.data[100 * report :][:1200], digits.target[100 * report :][:1200]
    pca = PCA(64, svd_solver="full").fit(images)
    Z = pca.transform(images)
    two = same_digit(Z[:, :2], digit)
    kind, even, odd = np.repeat([0, 1], 12), np.arange(0, 24, 2), np.arange(1, 24, 2)
    S = R[:20] @ R[:20].T
    return {
        "words": words,
        "B": [needed(R), *(needed(np.random.default_rng(s).permuted(R, axis=0)) for s in range(5))],
        "D": [pca.explained_variance_ratio_[34:].sum(), same_digit(Z[:, 34:], digit).mean()],
        "E": [two.mean(), *(two[digit == d].mean() for d in range(10))],
        "F": [np.exp(entropy(softmax(S / t, axis=1), axis=1)).mean() for t in (50**0.5, 1)],
        "G": softmax(S / 50**0.5, axis=1),
        "I": [
            NearestCentroid().fit(R[:24], kind).score(R[:24], kind),
            NearestCentroid().fit(R[even], kind[even]).score(R[odd], kind[odd]),
            NearestCentroid().fit(R[odd], kind[odd]).score(R[even], kind[even]),
        ],
    }


@pytest.mark.parametrize("report", range(6))
def test_true_sentences_are_true_and_false_ones_false(report, tmp_path):
    FILES["write"](tmp_path)
    text = (tmp_path / "reports" / f"{report}.md").read_text()
    sentences = re.findall(r"^\d\. (.*)$", text, re.MULTILINE)
    assert len(sentences) == 6
    t = truths(report)
    for letter, sentence in zip(FILES["ORDER"][report], sentences, strict=True):
        false = letter in FILES["FALSE"][report]
        told = [float(n) for n in re.findall(r"\d+\.\d+|\d+", sentence)]
        if letter == "B":
            count, *shuffled = t["B"]
            assert told[0] == count
            assert max(shuffled) - min(shuffled) <= 1
            assert count + 1 < min(shuffled)
            assert max(shuffled) + 1 < 50
            assert false or told[3] == shuffled[0]
        elif letter == "D":
            variance, same = t["D"]
            assert abs(told[1] / 100 - variance) < 0.0006
            assert same > 0.25
            assert false or abs(told[2] / 100 - same) < 0.006
        elif letter == "E":
            mean, *each = t["E"]
            assert abs(told[0] / 100 - mean) < 0.006
            assert min(each) < mean - 0.2
            assert max(each) > mean + 0.2
            if not false:
                assert np.allclose([told[1] / 100, told[3] / 100], [min(each), max(each)], atol=0.006)
                assert [told[2], told[4]] == [np.argmin(each), np.argmax(each)]
        elif letter == "F":
            scaled, unscaled = t["F"]
            assert scaled > 4 * unscaled
            found = [told[0]] if false else [told[1], told[2]]
            assert np.allclose(found, [scaled] if false else [scaled, unscaled], atol=0.06)
        elif letter == "G":
            reader, item = (t["words"].index(word) for word in re.findall(r"\*(.+?)\*", sentence)[:2])
            weight, back = t["G"][reader, item], t["G"][item, reader]
            weights = [float(n) for n in re.findall(r"0\.\d{3}", sentence)]
            assert np.allclose(weights, [weight, weight if false else back], atol=0.0006)
            assert weight - back > 0.03
        else:
            seen, *unseen = t["I"]
            rounded = [float(n) / 100 for n in re.findall(r"(\d+)%", sentence)]
            assert abs(rounded[0] - seen) < 0.006
            assert max(unseen) < seen - 0.1
            assert false or abs(rounded[1] - unseen[0]) < 0.006


def test_the_six_reports_have_six_different_answers():
    places = [
        {order.index(letter) for letter in false}
        for order, false in zip(FILES["ORDER"], FILES["FALSE"], strict=True)
    ]
    assert all(len(place) == 3 for place in places)
    assert len({frozenset(place) for place in places}) == 6


def test_the_graded_answers_speak_of_the_largest_miss_of_the_reference(reference):
    found = {"ninety": reference["n_ninety"] / 50, "ninety_shuffled": reference["n_ninety_shuffled"] / 50}
    misses = {name: abs(reference[f"guess_{name}"] / 50 - number) for name, number in found.items()}
    for name in [name[6:] for name in reference if name.startswith("guess_") and name[6:] not in found]:
        misses[name] = abs(reference[f"guess_{name}"] - reference[name])
    assert len(misses) == 14
    assert max(misses, key=misses.get) == "right_after"
