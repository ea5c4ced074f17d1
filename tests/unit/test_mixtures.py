import numpy as np
import pytest
import scipy.special
from embedding_geometry import mixtures as m
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

RNG = np.random.default_rng(3)
X = RNG.normal(size=(6, 4))

scores = arrays(float, st.integers(1, 8), elements=st.floats(-1e3, 1e3).map(lambda v: round(v, 6)))
weights = arrays(float, 6, elements=st.floats(0, 1e6).map(lambda w: round(w, 6))).filter(np.any)


def test_weighted_mean_agrees_with_numpy():
    w = RNG.random(6)
    np.testing.assert_allclose(m.weighted_mean(X, w), np.average(X, axis=0, weights=w))
    np.testing.assert_allclose(m.weighted_mean(X, np.ones(6)), X.mean(axis=0))
    many = RNG.random((3, 6))
    np.testing.assert_allclose(m.weighted_mean(X, many), [np.average(X, axis=0, weights=w) for w in many])
    np.testing.assert_allclose(m.weighted_mean(X, [0, 0, 1e30, 0, 0, 0]), X[2])
    assert m.weighted_mean(X.astype(np.float32), w).dtype == np.float32


@given(weights)
def test_a_weighted_mean_stays_within_its_vectors(w):
    mean = m.weighted_mean(X, w)
    assert np.all(mean >= X.min(axis=0) - 1e-9)
    assert np.all(mean <= X.max(axis=0) + 1e-9)


def test_softmax_agrees_with_scipy():
    many = RNG.normal(size=(3, 5))
    np.testing.assert_allclose(m.softmax(many), scipy.special.softmax(many, axis=1))
    np.testing.assert_allclose(m.softmax(many[0], 0.3), scipy.special.softmax(many[0] / 0.3))


@given(scores, st.integers(-1000, 1000), st.floats(0.1, 10))
def test_softmax_is_shift_invariant_and_sums_to_one(s, shift, temperature):
    result = m.softmax(s, temperature)
    assert result.sum() == pytest.approx(1)
    np.testing.assert_allclose(m.softmax(s + shift, temperature), result, atol=1e-9)
    np.testing.assert_allclose(np.argsort(result[np.argsort(s)]), np.argsort(np.sort(result)))


def test_softmax_is_stable_and_has_its_limits():
    with np.errstate(all="raise", under="ignore"):
        np.testing.assert_allclose(m.softmax([1e100, 0]), [1, 0])
        np.testing.assert_allclose(m.softmax(np.float32([1e30, 0])), [1, 0])
    np.testing.assert_allclose(m.softmax([1e10, 2e10], temperature=1e-100), [0, 1])
    np.testing.assert_allclose(m.softmax([1, 2, 3], temperature=1e-100), [0, 0, 1])
    np.testing.assert_allclose(m.softmax([1, 2, 3], temperature=1e12), np.full(3, 1 / 3))
    assert m.softmax([5]).tolist() == [1]


def test_attention_by_hand():
    # One score is log 3 above the other, so the weights are 3/4 and 1/4.
    output, weights = m.attention([[np.log(3), 0]], [[1, 0], [0, 1]], [[0, 8], [4, 0]], temperature=1)
    np.testing.assert_allclose(weights, [[0.75, 0.25]])
    np.testing.assert_allclose(output, [[1, 6]])


def test_attention_agrees_with_its_formula():
    Q, K, V = RNG.normal(size=(5, 4)), RNG.normal(size=(6, 4)), RNG.normal(size=(6, 3))
    weights = scipy.special.softmax(Q @ K.T / 2, axis=1)
    result = m.attention(Q, K, V)
    np.testing.assert_allclose(result.weights, weights)
    np.testing.assert_allclose(result.output, weights @ V)
    one = m.attention(Q[0], K, V)
    np.testing.assert_allclose(one.output, result.output[0])
    assert one.weights.shape == (6,)


def test_a_mask_hides_values():
    Q, V = X[:3], RNG.normal(size=(6, 2))
    causal = np.tril(np.ones((3, 6), bool))
    output, weights = m.attention(Q, X, V, mask=causal)
    assert np.all(weights[~causal] == 0)
    np.testing.assert_allclose(output[0], V[0])
    np.testing.assert_allclose(output[1], m.attention(Q[1], X[:2], V[:2]).output)
    same_for_all = m.attention(Q, X, V, mask=causal[1])
    np.testing.assert_allclose(same_for_all.output, m.attention(Q, X[:2], V[:2]).output)


@given(arrays(float, 4, elements=st.floats(-1e3, 1e3).map(lambda v: round(v, 6))), st.floats(1e-3, 1e3))
def test_attention_with_one_key_returns_its_value(query, temperature):
    output, weights = m.attention(query, X[:1], X[1:2], temperature=temperature)
    assert weights.tolist() == [1]
    np.testing.assert_allclose(output, X[1])


def test_pooling():
    np.testing.assert_allclose(m.pool(X), X.mean(axis=0))
    np.testing.assert_allclose(m.pool(X, "max"), X.max(axis=0))
    np.testing.assert_allclose(m.pool(X, "sum"), X.sum(axis=0))
    np.testing.assert_allclose(m.pool(X, mask=np.arange(6) < 2), X[:2].mean(axis=0))
    np.testing.assert_allclose(m.pool(X[:1]), X[0])


def test_entropy_and_effective_number():
    assert m.entropy([1, 0, 0]) == 0
    assert m.entropy([2, 2]) == pytest.approx(np.log(2))
    assert m.effective_number([1, 1, 1, 1]) == pytest.approx(4)
    np.testing.assert_allclose(m.effective_number([[1, 0], [1, 1]]), [1, 2])
    np.testing.assert_allclose(m.entropy([[1e-30, 1e-30], [1e30, 0]]), [np.log(2), 0])


@given(weights)
def test_the_effective_number_lies_between_one_and_all(w):
    assert 1 - 1e-9 <= m.effective_number(w) <= 6 + 1e-9


def test_says_what_is_wrong():
    for call, message in [
        (lambda: m.weighted_mean(X, [1, 2]), "weights must hold one for each of the 6 rows, not 2"),
        (lambda: m.weighted_mean(X, [-1, 1, 1, 1, 1, 1]), "weights must be zero or more"),
        (lambda: m.weighted_mean(X, np.zeros(6)), "weights are all zero"),
        (lambda: m.softmax([1, np.inf]), "scores holds inf at position 1"),
        (lambda: m.softmax([]), "scores is empty"),
        (lambda: m.softmax([1, 2], 0), "temperature must be a number above zero"),
        (lambda: m.attention(X, X[:, :3], X), "queries and keys must have the same number of features"),
        (lambda: m.attention(X, X, X[:3]), "keys and values must have as many rows, not 6 and 3"),
        (lambda: m.attention(X, X, X, mask=np.zeros((6, 6), bool)), "mask leaves nothing"),
        (lambda: m.attention(X, X, X, mask=np.ones((6, 6))), "mask must hold True and False"),
        (lambda: m.attention(X, X, X, mask=np.ones((6, 5), bool)), r"mask must be of shape \(6, 6\)"),
        (lambda: m.pool(X, "median"), "method must be one of 'mean', 'max', 'sum'"),
        (lambda: m.pool(X, mask=np.zeros(6, bool)), "mask leaves nothing"),
        (lambda: m.entropy([0, 0]), "weights are all zero"),
        (lambda: m.effective_number([np.nan]), "weights holds nan"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
