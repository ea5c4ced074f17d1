import tracemalloc

import gensim.models
import numpy as np
import pytest
from embedding_geometry import neighbors as n
from embedding_geometry.similarity import normalize
from embedding_geometry.wordvectors import load_word_vectors
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neighbors import NearestNeighbors

RNG = np.random.default_rng(2)
X = RNG.normal(size=(3000, 8))
QUERIES = RNG.normal(size=(20, 8))


def brute_force(X, queries, k, metric, excluded=()):
    """Rank all rows in float64, the lowest row first where they tie."""
    X, queries = np.asarray(X, float), np.asarray(queries, float)
    if metric == "euclidean":
        scores = np.sqrt(((queries[:, None] - X) ** 2).sum(axis=2))
    else:
        if metric == "cosine":
            X, queries = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (X, queries))
        scores = (queries[:, None] * X).sum(axis=2)
    worst = np.inf if metric == "euclidean" else -np.inf
    scores[:, list(excluded)] = worst
    order = np.argsort(scores if metric == "euclidean" else -scores, axis=1, kind="stable")[:, :k]
    return order, np.take_along_axis(scores, order, axis=1)


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("k", [1, 10, 500, 3000])
def test_agrees_with_brute_force(metric, dtype, k):
    rows, queries = X.astype(dtype), QUERIES.astype(dtype)
    indices, scores = n.nearest_neighbors(rows, queries, k, metric)
    expected_indices, expected_scores = brute_force(rows, queries, k, metric)
    np.testing.assert_array_equal(indices, expected_indices)
    np.testing.assert_allclose(scores, expected_scores, rtol=1e-5, atol=1e-6)
    assert scores.dtype == np.float64


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_agrees_with_scikit_learn(metric):
    distances, expected = NearestNeighbors(n_neighbors=7, metric=metric).fit(X).kneighbors(QUERIES)
    indices, scores = n.nearest_neighbors(X, QUERIES, 7, metric)
    np.testing.assert_array_equal(indices, expected)
    np.testing.assert_allclose(1 - scores if metric == "cosine" else scores, distances)
    expected = NearestNeighbors(n_neighbors=7, metric=metric).fit(X).kneighbors(return_distance=False)
    np.testing.assert_array_equal(n.neighbor_graph(X, 7, metric).indices, expected)


def test_agrees_with_gensim_on_words():
    word_vectors = load_word_vectors()
    words = ["cat", "king", "bank", "the", "python", "paris", "dog", "seven"]
    rows = [word_vectors.get_index(word) for word in words]
    indices, scores = n.nearest_neighbors(
        word_vectors.vectors, word_vectors.vectors[rows], 10, exclude=np.transpose([rows])
    )
    for word, found, cosines in zip(words, indices, scores, strict=True):
        expected = word_vectors.most_similar(word, topn=10)
        assert [word_vectors.index_to_key[row] for row in found] == [other for other, _ in expected]
        np.testing.assert_allclose(cosines, [cosine for _, cosine in expected], atol=1e-6)
    assert isinstance(word_vectors, gensim.models.KeyedVectors)


def test_one_query_gives_one_row():
    many, one = n.nearest_neighbors(X, QUERIES[:1]), n.nearest_neighbors(X, QUERIES[0])
    assert one.indices.shape == one.scores.shape == (10,)
    np.testing.assert_array_equal(many.indices[0], one.indices)
    np.testing.assert_array_equal(many.scores[0], one.scores)


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
def test_the_lowest_row_comes_first_among_ties(metric):
    rows = np.tile(RNG.normal(size=(50, 33)), (40, 1)).astype(np.float32)
    indices, _ = n.nearest_neighbors(rows, rows[:50], 45, metric)
    if metric != "dot":
        np.testing.assert_array_equal(indices[:, :40], np.arange(50)[:, None] + 50 * np.arange(40))
    np.testing.assert_array_equal(indices, brute_force(rows, rows[:50], 45, metric)[0])
    same = np.ones((600, 3))
    np.testing.assert_array_equal(n.neighbor_graph(same, 4, metric).indices[:2], [[1, 2, 3, 4], [0, 2, 3, 4]])


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
def test_exclusion(metric):
    shared = [5, 7, 11, 7]
    indices, _ = n.nearest_neighbors(X, QUERIES, 12, metric, exclude=shared)
    np.testing.assert_array_equal(indices, brute_force(X, QUERIES, 12, metric, shared)[0])
    each = brute_force(X, QUERIES, 3, metric)[0]
    indices, _ = n.nearest_neighbors(X, QUERIES, 12, metric, exclude=each)
    np.testing.assert_array_equal(indices, brute_force(X, QUERIES, 15, metric)[0][:, 3:])
    one, _ = n.nearest_neighbors(X, QUERIES[0], 12, metric, exclude=each[0])
    np.testing.assert_array_equal(one, indices[0])
    np.testing.assert_array_equal(n.nearest_neighbors(X, QUERIES, 4, metric, exclude=[]).indices,
                                  n.nearest_neighbors(X, QUERIES, 4, metric).indices)  # fmt: skip


def test_k_can_be_all_rows_that_are_left_and_no_more():
    assert n.nearest_neighbors(X[:5], QUERIES, 5).indices.shape == (20, 5)
    assert n.nearest_neighbors(X[:1], QUERIES, 1).indices.tolist() == [[0]] * 20
    assert n.nearest_neighbors(X[:5], QUERIES, 3, exclude=[1, 1, 2]).indices.shape == (20, 3)
    with pytest.raises(ValueError, match="k is 6, but here it can be 5 at the most"):
        n.nearest_neighbors(X[:5], QUERIES, 6)
    with pytest.raises(ValueError, match="k is 4, but here it can be 3 at the most"):
        n.nearest_neighbors(X[:5], QUERIES, 4, exclude=[1, 1, 2])
    with pytest.raises(ValueError, match="k is 5, but here it can be 4 at the most"):
        n.neighbor_graph(X[:5], 5)
    with pytest.raises(ValueError, match="k must be at least 1"):
        n.nearest_neighbors(X, QUERIES, 0)


def test_says_what_is_wrong():
    for arguments, message in [
        ({"metric": "cosin"}, "metric must be one of 'cosine', 'dot', 'euclidean', not 'cosin'"),
        ({"queries": QUERIES[:, :7]}, "queries and X must have the same number of features, not 7 and 8"),
        ({"queries": QUERIES * np.nan}, "queries holds nan"),
        ({"queries": 0 * QUERIES}, "Row 0 of queries is a zero vector"),
        ({"X": 0 * X}, "Row 0 of X is a zero vector"),
        ({"exclude": [3000]}, "exclude must hold row numbers from 0 to 2999"),
        ({"exclude": [[1], [2]]}, r"exclude must be of shape \(n_excluded,\) or \(20, n_excluded\)"),
    ]:
        with pytest.raises(ValueError, match=message):
            n.nearest_neighbors(**{"X": X, "queries": QUERIES} | arguments)


@pytest.mark.parametrize("metric", ["dot", "euclidean"])
def test_zero_vectors_are_fine_without_directions(metric):
    rows = np.vstack([np.zeros((2, 8)), X])
    np.testing.assert_array_equal(
        n.nearest_neighbors(rows, [np.zeros(8)], 5, metric).indices,
        brute_force(rows, np.zeros((1, 8)), 5, metric)[0],
    )
    assert n.nearest_neighbors(np.zeros((4, 2)), [1, 2], 2, metric).indices.tolist() == [0, 1]


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1e-30, 1e30])
def test_huge_and_tiny_norms(metric, dtype, size):
    rows = (X * size).astype(dtype)
    # Seen from afar, the distances of all rows round to the same number.
    for queries in (QUERIES * size,) if metric == "euclidean" else (QUERIES * size, QUERIES):
        queries = queries.astype(dtype)
        indices = n.nearest_neighbors(rows, queries, 10, metric).indices
        np.testing.assert_array_equal(indices, brute_force(rows, queries, 10, metric)[0])


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
def test_a_few_huge_rows_do_not_blur_the_others(metric):
    rows = X * np.where(np.arange(3000) % 100 == 0, 1e20, 1e-10)[:, None]
    for queries in (QUERIES, QUERIES * 1e-10, rows[:20]):
        found = n.nearest_neighbors(rows.astype(np.float32), queries.astype(np.float32), 40, metric).indices
        expected = brute_force(rows.astype(np.float32), queries.astype(np.float32), 40, metric)[0]
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("metric", ["cosine", "dot", "euclidean"])
def test_a_far_cloud_is_ranked_as_in_float64(metric):
    rows = (X[:800] + 1000).astype(np.float32)
    expected = [brute_force(rows, rows[[i]], 5, metric, [i])[0][0] for i in range(100)]
    np.testing.assert_array_equal(n.neighbor_graph(rows, 5, metric).indices[:100], expected)


def test_mixed_precision_is_ranked_in_the_finer_one():
    for rows, queries in [(X.astype(np.float32), QUERIES), (X, QUERIES.astype(np.float32))]:
        for metric in ("cosine", "dot", "euclidean"):
            expected = brute_force(rows, queries, 10, metric)[0]
            np.testing.assert_array_equal(n.nearest_neighbors(rows, queries, 10, metric).indices, expected)


@given(st.integers(1, 60), st.integers(1, 5), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_neighbors_by_cosine_and_by_distance_agree_on_unit_vectors(n_samples, n_features, k, seed):
    unit = normalize(np.random.default_rng(seed).normal(size=(n_samples, n_features + 1)))
    k = min(k, n_samples)
    by_cosine = n.nearest_neighbors(unit, unit, k, "cosine").indices
    np.testing.assert_array_equal(by_cosine, n.nearest_neighbors(unit, unit, k, "dot").indices)
    np.testing.assert_array_equal(by_cosine, n.nearest_neighbors(unit, unit, k, "euclidean").indices)


@given(st.integers(2, 40), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_whole_numbers_with_many_ties_agree_with_brute_force(n_samples, n_features, seed):
    rows = np.random.default_rng(seed).integers(-2, 3, size=(n_samples, n_features))
    for metric in ("dot", "euclidean"):
        expected = brute_force(rows, rows, n_samples, metric)[0]
        np.testing.assert_array_equal(n.nearest_neighbors(rows, rows, n_samples, metric).indices, expected)


def test_memory_does_not_grow_with_the_number_of_queries():
    rows = (1 + 1e-3 * RNG.normal(size=(20_000, 4))).astype(np.float32)
    rows[:5000] = 1  # a collapsed part: thousands of rows tie
    tracemalloc.start()
    n.nearest_neighbors(rows, rows[4800:5100], 5)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150e6
