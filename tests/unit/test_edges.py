"""Numbers far from those of the course: other shapes, sizes and types, ties, and what may take long."""

import time
import tracemalloc

import numpy as np
import pandas as pd
import pytest
import yaml
from embedding_geometry._validation import as_floats, as_labels
from embedding_geometry.analogies import analogy_benchmark
from embedding_geometry.cooccurrence import cooccurrence_counts, window_embedding
from embedding_geometry.damage import damage
from embedding_geometry.description_length import online_code_length
from embedding_geometry.diagnostics import uniformity
from embedding_geometry.dimensions import effective_rank, intrinsic_dimension
from embedding_geometry.mixtures import attention, pool
from embedding_geometry.neighborhoods import hubness, neighbor_overlap, trustworthiness
from embedding_geometry.neighbors import nearest_neighbors, neighbor_graph
from embedding_geometry.probes import linear_probe, selectivity
from embedding_geometry.similarity import norm
from embedding_geometry.subspaces import principal_directions, residual
from embedding_geometry.widgets import Probe, SelfCheck, Subspace
from embedding_geometry.wordvectors import load_word_vectors, with_vectors
from scipy.spatial.distance import cdist, pdist
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression

RNG = np.random.default_rng(11)
X = RNG.normal(size=(200, 6))


@pytest.mark.parametrize("shape", [(600, 300), (300, 600), (2000, 400)])
def test_principal_directions_of_wide_data_are_exact_and_the_same_each_time(shape):
    wide = np.random.default_rng(0).normal(size=shape)
    expected = np.linalg.svd(wide - wide.mean(axis=0), full_matrices=False)[2][:3]
    found = principal_directions(wide, 3).directions
    np.testing.assert_allclose(np.abs(np.sum(found * expected, axis=1)), 1, atol=1e-9)
    np.testing.assert_array_equal(principal_directions(wide, 3).directions, found)
    np.testing.assert_array_equal(damage(wide, "collapse", 0.5, 1), damage(wide, "collapse", 0.5, 1))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_a_multiple_and_a_sum_are_no_new_directions(dtype):
    u, v = RNG.normal(size=(2, 300)).astype(dtype)
    rows = RNG.normal(size=(5, 300))
    np.testing.assert_allclose(residual(rows, [v, dtype(3) * v]), residual(rows, [v]), atol=0.02)
    np.testing.assert_allclose(residual(rows, [u, v, u + v]), residual(rows, [u, v]), atol=0.02)


def test_principal_directions_of_many_float32_rows_keep_their_digits():
    rows = (np.random.default_rng(0).normal(size=(200_000, 4)) * [3, 2, 1, 0.1] + 50).astype(np.float32)
    expected = np.linalg.eigvalsh(np.cov(rows.T.astype(float)))[::-1]
    np.testing.assert_allclose(principal_directions(rows).variances, expected, rtol=1e-5)


def test_float32_sums_keep_their_digits():
    many = np.full((2_000_000, 2), 0.1, np.float32)
    np.testing.assert_allclose(pool(many), 0.1, rtol=1e-6)
    line = np.outer(RNG.normal(size=3000), RNG.normal(size=50)).astype(np.float32)
    assert effective_rank(line) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("size", [1e-90, 1e-20, 1e20, 1e90])
def test_sizes_change_nothing(size):
    assert effective_rank(X * size) == pytest.approx(effective_rank(X))
    assert trustworthiness(X * size, X[:, :2] * size, 5) == pytest.approx(trustworthiness(X, X[:, :2], 5))
    assert norm(X * size) == pytest.approx(np.linalg.norm(X, axis=1) * size)
    probe = linear_probe(X * size, X[:, 0] > 0)  # where all is small, the penalty leaves it no weights
    assert probe.test_accuracy > 0.9 if size > 1 else probe.test_accuracy == probe.majority


@pytest.mark.parametrize("size", [1e-110, 1e110])
def test_sizes_beyond_are_refused_by_name(size):
    with pytest.raises(ValueError, match=r"the largest entry of queries is .* from 1e-100 to 1e\+100"):
        as_floats(X * size, "queries")


def test_float32_becomes_float64_only_where_its_squares_do_not_fit():
    assert as_floats(np.float32([[1e3]]), "X").dtype == np.float32
    assert as_floats(np.float32([[1e20]]), "X").dtype == np.float64
    far = np.float32([[1e20, 0], [0, 1]])
    np.testing.assert_array_equal(attention(far[0], far, np.float32([[1], [2]])).weights, [1, 0])


def test_a_code_is_finite_where_a_probability_is_rounded_to_zero():
    y = np.repeat([0, 1], 100)
    rows = np.random.default_rng(0).normal(size=(200, 3)) + y[:, None]
    rows[150] *= -1e4
    code = online_code_length(rows, y, [0.5, 1], seed=3)
    order = np.random.default_rng(3).permutation(200)
    A, labels = rows[order], y[order]
    probe = LogisticRegression(tol=1e-10, max_iter=100_000).fit(A[:100], labels[:100])
    scores = probe.decision_function(A[100:]) * (2 * labels[100:] - 1)
    bits = 100 + np.logaddexp(0, -scores).sum() / np.log(2)
    assert code.code_length == pytest.approx(bits, rel=1e-3)


def test_what_is_undefined_is_said():
    assert hubness([[1, 0], [1, 0.1], [0, 1], [0.1, 1]], k=1).skewness == 0
    grid = np.array([[i, j] for i in range(5) for j in range(5)] + [[1e3, 7]])
    with pytest.raises(ValueError, match="equally far, as on a grid"):
        intrinsic_dimension(grid)
    with pytest.raises(ValueError, match="none of the questions can be asked of 1 words"):
        analogy_benchmark(load_word_vectors(), restrict_vocab=1)
    few = analogy_benchmark(load_word_vectors(), restrict_vocab=500)
    assert few["accuracy"].notna().all()
    with pytest.raises(ValueError, match="Row 0 of Y is a zero vector"):
        neighbor_overlap(X, 0 * X)
    with pytest.raises(ValueError, match=r"types and seed [0-9] draw a control task"):
        # Two types are given the same class in half of all draws.
        [selectivity(X[:20], np.arange(20) % 2, np.arange(20) // 10, seed=seed) for seed in range(10)]
    with pytest.raises(ValueError, match="groups leave a fold"):
        linear_probe(X, np.arange(200) % 5, groups=np.arange(200) % 5)


def test_uniformity_keeps_what_is_very_far_apart():
    unit = X / np.linalg.norm(X, axis=1, keepdims=True)
    for t in (2, 1000):
        expected = logsumexp(-t * pdist(unit, "sqeuclidean")) - np.log(200 * 199 / 2)
        assert uniformity(X, t) == pytest.approx(expected)


@pytest.mark.parametrize(
    "labels",
    [
        ["a", np.nan, "a"],
        [1.0, np.nan, 2.0],
        [None, "a", "b"],
        np.array(["a", pd.NA, "b"], dtype=object),
        pd.Series([pd.NaT, pd.Timestamp("2020"), pd.NaT]),
        [1, "1", 2],
        np.ma.array([1, 2, 3], mask=[0, 1, 0]),
    ],
)
def test_labels_are_all_there_and_of_one_kind(labels):
    with pytest.raises(ValueError, match=r"^groups "):
        as_labels(labels, 3, "groups")


def test_ties_excluded_rows_and_windows_take_no_longer_than_others():
    start = time.process_time()
    ones = neighbor_graph(np.ones((3000, 50)), 10).indices
    np.testing.assert_array_equal(ones[:2], [[*range(1, 11)], [0, *range(2, 11)]])
    np.testing.assert_array_equal(neighbor_graph(np.eye(400), 3, "dot").indices[5], [0, 1, 2])
    many, out = np.random.default_rng(0).normal(size=(100_000, 10)), np.arange(10_000)
    tracemalloc.start()
    found = nearest_neighbors(many, many[:3], 5, "euclidean", exclude=out)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    expected = np.sort(cdist(many[:3], many[10_000:]), axis=1)[:, :5]
    np.testing.assert_allclose(found.scores, expected)
    assert peak < 100e6
    text = [f"w{i % 7}" for i in range(30_000)]
    words = [f"w{i}" for i in range(7)]
    everything = cooccurrence_counts([text], words, 10**9)
    assert everything.sum() == 30_000 * 29_999
    np.testing.assert_array_equal(everything, cooccurrence_counts([text], words, 29_999))
    assert time.process_time() - start < 15


def test_the_embedding_of_many_words_is_that_of_all_singular_values():
    documents = [[f"w{i}" for i in np.random.default_rng(j).zipf(1.4, 300) % 700] for j in range(12)]
    words = sorted({word for document in documents for word in document})
    counts = cooccurrence_counts(documents, words, 3)
    sums = counts.sum(axis=0)
    with np.errstate(divide="ignore"):
        information = np.log(counts * counts.sum() / np.outer(sums, sums)).clip(0)
    values = np.linalg.svd(information, compute_uv=False)[:4]
    found = window_embedding(documents, words, 3, 4)
    np.testing.assert_allclose(np.linalg.norm(found, axis=0), values)
    np.testing.assert_array_equal(found, window_embedding((iter(d) for d in documents), words, 3, 4))


def test_b_and_c_tie_unless_they_are_left_out():
    words = load_word_vectors()
    found = [
        analogy_benchmark(with_vectors(words, words.vectors * scale), method="b+c", exclude_inputs=False,
                          restrict_vocab=2000).loc["total", "third_word"]
        for scale in (1, 3, 0.7)
    ]  # fmt: skip
    assert found[0] == found[1] == found[2] > 0


def test_the_mean_skips_unknown_words_as_gensims_does():
    words = load_word_vectors()
    np.testing.assert_array_equal(words.get_mean_vector(["cat", "kat5"]), words.get_mean_vector(["cat"]))
    with pytest.raises(KeyError, match="kat5"):
        words.get_mean_vector(["cat", "kat5"], ignore_missing=False)
    with pytest.raises(KeyError, match="kat5"):
        words.most_similar("kat5")


def test_other_vectors_share_no_memory():
    words = load_word_vectors()
    vectors = words.vectors.copy()
    assert not np.shares_memory(with_vectors(words, vectors).vectors, vectors)
    for bad in (vectors * np.nan, vectors.astype(complex), np.full(vectors.shape, "a")):
        with pytest.raises(ValueError, match=r"^X "):
            with_vectors(words, bad)


def test_small_points_of_widgets_keep_their_digits():
    points = RNG.normal(size=(20, 2))
    for scale in (1e-6, 1e-50):
        np.testing.assert_allclose(
            Subspace(points * scale).points, points * scale, rtol=0.01, atol=scale / 1e3
        )
        probe = Probe(points * scale, points[:, 0] > 0)
        np.testing.assert_allclose([p["x"] for p in probe.points], points[:, 0] * scale, atol=scale / 1e3)


def test_a_self_check_takes_no_text_for_true(tmp_path):
    path = tmp_path / "check.yml"
    for correct in ("false", 1):
        choices = [{"text": "a", "why": "b", "correct": correct}, {"text": "c", "why": "d", "correct": True}]
        path.write_text(yaml.safe_dump([{"question": "?", "choices": choices}]))
        with pytest.raises(ValueError, match="must be true or false"):
            SelfCheck(path)
    path.write_text("[a: b: c")
    with pytest.raises(ValueError, match="isn't a YAML file"):
        SelfCheck(path)
