import numpy as np
import pytest
from embedding_geometry import retrieval as r
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import average_precision_score, label_ranking_average_precision_score, ndcg_score

RELEVANCE = np.array([[1, 0, 1, 0, 0], [0, 0, 1, 1, 1], [0, 0, 0, 0, 1]])
relevances = arrays(int, st.tuples(st.integers(1, 5), st.integers(2, 12)), elements=st.integers(0, 1)).map(
    lambda relevance: np.where(np.arange(relevance.shape[1]) == 1, 1, relevance)
)


def test_by_hand():
    np.testing.assert_allclose(r.precision_at_k(RELEVANCE, 3), [2 / 3, 1 / 3, 0])
    np.testing.assert_allclose(r.recall_at_k(RELEVANCE, 3), [1, 1 / 3, 0])
    np.testing.assert_allclose(r.recall_at_k(RELEVANCE, 3, n_relevant=[4, 3, 2]), [1 / 2, 1 / 3, 0])
    average = [(1 + 2 / 3) / 2, (1 / 3 + 2 / 4 + 3 / 5) / 3, 1 / 5]
    np.testing.assert_allclose(r.average_precision(RELEVANCE), average)
    assert r.average_precision(RELEVANCE[0], n_relevant=4) == pytest.approx((1 + 2 / 3) / 4)
    assert r.mean_average_precision(RELEVANCE) == pytest.approx(np.mean(average))
    assert r.mean_reciprocal_rank(RELEVANCE) == pytest.approx((1 + 1 / 3 + 1 / 5) / 3)
    assert r.mean_reciprocal_rank([[0, 0]]) == 0
    assert r.ndcg([0, 3, 2]) == pytest.approx((3 / np.log2(3) + 2 / 2) / (3 + 2 / np.log2(3)))
    assert r.ndcg([[0, 1], [1, 0]], k=1) == 0.5


def test_the_ranking_of_van_rijsbergens_kind_in_the_textbook():
    # Manning et al. (2008), exercise 8.9: relevant at ranks 1, 2, 9, 11, 15 and 20 of 20, six of eight found.
    ranking = np.isin(np.arange(1, 21), [1, 2, 9, 11, 15, 20])
    assert r.precision_at_k(ranking, 20) == pytest.approx(0.3)
    assert r.average_precision(ranking, 6) == pytest.approx((1 + 1 + 3 / 9 + 4 / 11 + 5 / 15 + 6 / 20) / 6)


@given(relevances)
def test_agrees_with_scikit_learn(relevance):
    falling = np.broadcast_to(-np.arange(relevance.shape[1]), relevance.shape)
    expected = [average_precision_score(row, falling[0]) for row in relevance]
    np.testing.assert_allclose(r.average_precision(relevance), expected)
    expected = label_ranking_average_precision_score(relevance, falling)
    assert r.mean_average_precision(relevance) == pytest.approx(expected)
    assert r.ndcg(relevance, k=2) == pytest.approx(ndcg_score(relevance, falling, k=2))
    assert np.all(r.precision_at_k(relevance, 2) * 2 == relevance[:, :2].sum(axis=1))


@given(relevances)
def test_the_best_order_is_perfect(relevance):
    best = -np.sort(-relevance, axis=1)
    np.testing.assert_allclose(r.average_precision(best), 1)
    assert r.ndcg(best) == pytest.approx(1)
    assert r.mean_reciprocal_rank(best) == 1


def test_says_what_is_wrong():
    for call, message in [
        (lambda: r.precision_at_k([0, 2], 1), "relevance must hold 1 where an item is relevant"),
        (lambda: r.precision_at_k([0, 1], 3), "k is 3, but here it can be 2 at the most"),
        (lambda: r.recall_at_k([0, 1], 0), "k must be at least 1"),
        (lambda: r.recall_at_k([[0, 1], [0, 0]], 1), "query 1 has nothing relevant"),
        (lambda: r.average_precision([1, 1], n_relevant=1), "query 0 has nothing relevant, or less than"),
        (lambda: r.mean_reciprocal_rank([[np.nan, 1]]), "relevance holds nan"),
        (lambda: r.ndcg([1, -1]), "gains must be zero or more"),
        (lambda: r.ndcg([1]), "the number of ranks in gains must be at least 2"),
        (lambda: r.ndcg([1, 2], k=3), "k is 3"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
