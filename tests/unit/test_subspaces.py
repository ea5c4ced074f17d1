import numpy as np
import pytest
import scipy.linalg
from embedding_geometry import subspaces as s
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import special_ortho_group
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression

RNG = np.random.default_rng(4)
X = RNG.normal(size=(300, 6)) * [5, 3, 2, 1, 0.5, 0.1] + [1, 2, 3, 4, 5, 6]
seeds = st.integers(0, 2**32 - 1)


def same_lines(one, other, **kwargs):
    np.testing.assert_allclose(np.abs(np.sum(one * other, axis=1)), 1, **kwargs)


def test_projection_by_hand_and_by_least_squares():
    np.testing.assert_allclose(s.project([2, 3], [1, 1]), [2.5, 2.5])
    np.testing.assert_allclose(s.residual([2, 3], [1, 1]), [-0.5, 0.5])
    directions = RNG.normal(size=(2, 6))
    fit = LinearRegression(fit_intercept=False).fit(directions.T, X.T)
    np.testing.assert_allclose(s.project(X, directions), fit.predict(directions.T).T)


@given(seeds, st.integers(1, 6))
def test_projection_is_idempotent_and_the_residual_orthogonal(seed, n_directions):
    directions = np.random.default_rng(seed).normal(size=(n_directions, 6))
    projected, rest = s.project(X, directions), s.residual(X, directions)
    np.testing.assert_allclose(s.project(projected, directions), projected, atol=1e-9)
    np.testing.assert_allclose(rest @ directions.T, 0, atol=1e-9)
    np.testing.assert_allclose(projected + rest, X)
    np.testing.assert_allclose(s.residual(rest, directions), rest, atol=1e-9)


def test_directions_may_be_of_any_length_and_dependent():
    a, b = RNG.normal(size=(2, 6))
    expected = s.project(X, [a, b])
    np.testing.assert_allclose(s.project(X, [1e30 * a, 1e-30 * b]), expected)
    np.testing.assert_allclose(s.project(X, [a, b, a + b]), expected)
    np.testing.assert_allclose(s.project(X[0], [a, b]), expected[0])
    assert s.project(X.astype(np.float32), a).dtype == np.float32


@pytest.mark.parametrize("shape", [(300, 6), (40, 6), (4, 6), (2, 6), (300, 1)])
def test_principal_directions_agree_with_the_singular_value_decomposition(shape):
    rows = X[: shape[0], : shape[1]]
    directions, variances = s.principal_directions(rows)
    _, singular_values, expected = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(variances, singular_values**2 / (len(rows) - 1), atol=1e-9)
    real = singular_values > 1e-9
    same_lines(directions[real], expected[real])
    np.testing.assert_allclose(directions @ directions.T, np.eye(len(directions)), atol=1e-9)
    np.testing.assert_allclose(
        s.explained_variance(rows), PCA().fit(rows).explained_variance_ratio_, atol=1e-12
    )


def test_only_the_first_directions():
    directions, variances = s.principal_directions(X, 2)
    assert directions.shape == (2, 6)
    np.testing.assert_allclose(variances, s.principal_directions(X).variances[:2])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("size", "offset"), [(1e30, 0), (1e-30, 0), (1, 1e4), (1e-30, 1e-27)])
def test_sizes_and_offsets_that_leave_scikit_learn_no_digits(dtype, size, offset):
    directions, variances = s.principal_directions((X * size + offset).astype(dtype))
    expected = s.principal_directions((X + offset / size).astype(dtype).astype(float))
    np.testing.assert_allclose(variances[:5] / size**2, expected.variances[:5], rtol=0.05)
    same_lines(directions[:4].astype(float), expected.directions[:4], atol=1e-2)


@given(seeds)
def test_a_rotation_turns_the_directions_and_keeps_the_variances(seed):
    rotation = special_ortho_group.rvs(6, random_state=seed)
    turned, kept = s.principal_directions(X @ rotation.T), s.principal_directions(X)
    np.testing.assert_allclose(turned.variances, kept.variances)
    same_lines(turned.directions, kept.directions @ rotation.T)


def test_principal_angles():
    np.testing.assert_allclose(s.principal_angles([1, 0], [1, 1]), [np.pi / 4])
    # Two planes of 3-space share a line, and meet at the angle of their normals.
    angles = s.principal_angles([[1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 1, 1]])
    np.testing.assert_allclose(angles, [0, np.pi / 4], atol=1e-12)
    A, B = RNG.normal(size=(2, 6)), RNG.normal(size=(3, 6))
    expected = np.sort(scipy.linalg.subspace_angles(A.T, B.T))
    np.testing.assert_allclose(s.principal_angles(A, B), expected)
    np.testing.assert_allclose(s.principal_angles([1e30 * A[0], 1e-30 * A[1]], B), expected)
    np.testing.assert_allclose(s.principal_angles(A, A[::-1] * 7), [0, 0], atol=1e-7)


def test_all_but_the_top_agrees_with_the_paper():
    centred = X - X.mean(axis=0)
    top = np.linalg.svd(centred)[2][:2]
    np.testing.assert_allclose(s.all_but_the_top(X, 2), centred - centred @ top.T @ top, atol=1e-9)
    np.testing.assert_allclose(s.all_but_the_top(X), s.all_but_the_top(X, 1))
    wide = RNG.normal(size=(400, 300))
    np.testing.assert_allclose(s.all_but_the_top(wide), s.all_but_the_top(wide, 3))


def test_says_what_is_wrong():
    for call, message in [
        (
            lambda: s.project(X, X[:, :5]),
            "X and directions must have the same number of features",
        ),
        (lambda: s.project(X, np.zeros(6)), "directions is a zero vector"),
        (lambda: s.residual(X, [X[0], 0 * X[0]]), "Row 1 of directions is a zero vector"),
        (lambda: s.principal_angles(X[0], 0 * X[0]), "Y is a zero vector"),
        (lambda: s.principal_angles(X[:2], X[:2, :5]), "X and Y must have the same number of features"),
        (lambda: s.principal_directions(X[:1]), "the number of rows of X must be at least 2"),
        (lambda: s.principal_directions(X, 7), "n_directions is 7, but here it can be 6 at the most"),
        (lambda: s.principal_directions(X, 0), "n_directions must be at least 1"),
        (lambda: s.explained_variance(np.ones((5, 3))), "the rows of X are all the same"),
        (lambda: s.all_but_the_top(X, 7), "n_directions is 7"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
