import numpy as np
import pytest
import sklearn.metrics.pairwise as sk
from embedding_geometry import similarity as s
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial import distance
from scipy.stats import special_ortho_group

CAT, DOG, CAR = [1.0, 0.9], [0.9, 1.0], [-1.0, 0.2]
RNG = np.random.default_rng(1)
X, Y = RNG.normal(size=(30, 7)), RNG.normal(size=(30, 7))

vectors = arrays(float, 5, elements=st.floats(-100, 100).map(lambda v: round(v, 3))).filter(np.any)


def test_cat_dog_car_by_hand():
    assert s.dot_product(CAT, DOG) == pytest.approx(1.8)
    np.testing.assert_allclose(s.dot_product(CAR, [CAT, DOG]), [-0.82, -0.70])
    np.testing.assert_allclose(s.norm([CAT, DOG, CAR]), np.sqrt([1.81, 1.81, 1.04]))
    assert s.cosine_similarity(CAT, DOG) == pytest.approx(1.8 / 1.81)
    assert s.cosine_similarity(CAT, CAR) == pytest.approx(-0.82 / np.sqrt(1.81 * 1.04))
    assert s.euclidean_distance(CAT, DOG) == pytest.approx(np.sqrt(0.02))
    assert s.angle([1, 0], [0, 3]) == pytest.approx(np.pi / 2)


def test_a_pair_of_vectors_gives_a_plain_float():
    for function in (s.dot_product, s.cosine_similarity, s.angle, s.euclidean_distance):
        assert type(function(CAT, DOG)) is float
        assert type(function(np.float32(CAT), np.float32(DOG))) is float
    assert type(s.norm(CAT)) is float


def test_agrees_with_scipy_and_scikit_learn():
    np.testing.assert_allclose(s.norm(X), np.linalg.norm(X, axis=1))
    np.testing.assert_allclose(s.dot_product(X, Y), [np.dot(x, y) for x, y in zip(X, Y, strict=True)])
    cosines = [1 - distance.cosine(x, y) for x, y in zip(X, Y, strict=True)]
    np.testing.assert_allclose(s.cosine_similarity(X, Y), cosines)
    np.testing.assert_allclose(s.angle(X, Y), np.arccos(cosines))
    np.testing.assert_allclose(s.euclidean_distance(X, Y), sk.paired_euclidean_distances(X, Y))
    np.testing.assert_allclose(s.gram_matrix(X, Y[:4]), sk.linear_kernel(X, Y[:4]))
    np.testing.assert_allclose(s.cosine_matrix(X, Y[:4]), sk.cosine_similarity(X, Y[:4]))
    np.testing.assert_allclose(s.cosine_matrix(X), sk.cosine_similarity(X), atol=1e-15)
    np.testing.assert_allclose(s.gram_matrix(X), sk.linear_kernel(X))
    np.testing.assert_allclose(s.normalize(X), sk.normalize(X))
    np.testing.assert_allclose(s.center(X).mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(s.center(X) + X.mean(axis=0), X)


@pytest.mark.parametrize("name", ["dot_product", "cosine_similarity", "angle", "euclidean_distance"])
def test_one_vector_goes_with_every_row_and_either_order(name):
    function = getattr(s, name)
    expected = [function(X[0], y) for y in Y]
    np.testing.assert_allclose(function(X[0], Y), expected)
    np.testing.assert_allclose(function(Y, X[0]), expected)
    np.testing.assert_allclose(function(X[:1], Y[:1]), expected[:1])


@pytest.mark.parametrize("name", ["dot_product", "cosine_similarity", "angle", "euclidean_distance"])
def test_pairs_must_fit_and_be_finite(name):
    function = getattr(s, name)
    with pytest.raises(ValueError, match="x and y must have the same number of features, not 7 and 6"):
        function(X, Y[:, :6])
    with pytest.raises(ValueError, match="x and y must have the same number of rows, not 30 and 29"):
        function(X, Y[:29])
    with pytest.raises(ValueError, match="y holds nan at position 1"):
        function([1, 2], [1, np.nan])


@pytest.mark.parametrize("name", ["gram_matrix", "cosine_matrix"])
def test_matrices_must_have_the_same_width(name):
    with pytest.raises(ValueError, match="X and Y must have the same number of features"):
        getattr(s, name)(X, Y[:, :6])
    with pytest.raises(ValueError, match="Y must be a matrix"):
        getattr(s, name)(X, Y[0])


def test_a_zero_vector_has_no_direction():
    zeros = np.where(np.arange(30)[:, None] == 4, 0, X)
    for function in (s.cosine_similarity, s.angle):
        with pytest.raises(ValueError, match="y is a zero vector, which has no direction"):
            function([1, 2], [0, 0])
        with pytest.raises(ValueError, match="Row 4 of x is a zero vector"):
            function(zeros, Y)
    for of_matrix in (s.normalize, s.cosine_matrix):
        with pytest.raises(ValueError, match="Row 4 of X is a zero vector"):
            of_matrix(zeros)  # type: ignore[operator]
    with pytest.raises(ValueError, match="Row 4 of Y is a zero vector"):
        s.cosine_matrix(X, zeros)
    assert s.norm([0, 0]) == 0
    assert s.dot_product([0, 0], [1, 2]) == 0
    assert s.euclidean_distance([0, 0], [3, 4]) == 5


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1e-30, 1e30])
def test_huge_and_tiny_norms_neither_overflow_nor_vanish(dtype, size):
    x, y = (X[0] * size).astype(dtype), (X[1] * size).astype(dtype)
    kwargs = {"rtol": 1e-5}
    np.testing.assert_allclose(s.norm(x), np.linalg.norm(X[0]) * size, **kwargs)
    np.testing.assert_allclose(s.norm(s.normalize(x)), 1, **kwargs)
    np.testing.assert_allclose(s.cosine_similarity(x, y), s.cosine_similarity(X[0], X[1]), **kwargs)
    np.testing.assert_allclose(s.cosine_similarity(x, Y), s.cosine_similarity(X[0], Y), rtol=1e-4)
    np.testing.assert_allclose(s.angle(x, y), s.angle(X[0], X[1]), **kwargs)
    np.testing.assert_allclose(s.euclidean_distance(x, y), s.euclidean_distance(X[0], X[1]) * size, **kwargs)
    np.testing.assert_allclose(s.center([x, y]), (X[:2] - X[:2].mean(axis=0)) * size, **kwargs)
    assert np.isfinite(s.cosine_matrix([x, y])).all()


def test_norms_at_the_ends_of_what_is_taken():
    assert s.norm([0.3e100, 0.4e100]) == pytest.approx(0.5e100)
    assert s.norm([3e-100, 4e-100]) == pytest.approx(5e-100)
    assert s.cosine_similarity([0.3e100, 0.4e100], [3e-100, 4e-100]) == pytest.approx(1)
    rows = [[3e-200, 4e-200], [1, 0]]  # the largest entry of all counts
    np.testing.assert_allclose(s.norm(rows), [5e-200, 1])
    assert s.dot_product(np.float32([1e30, 0]), np.float32([1e30, 0])) == pytest.approx(1e60)


def test_the_angle_keeps_its_digits_where_the_arc_cosine_loses_them():
    assert s.angle([1, 0], [1, 1e-9]) == pytest.approx(1e-9, rel=1e-6)
    assert s.angle([1, 1, 1], [-1, -1, -1]) == pytest.approx(np.pi, abs=1e-15)


def test_float32_cosines_stay_between_minus_one_and_one():
    rows = RNG.normal(size=(500, 50)).astype(np.float32)
    for cosines in (s.cosine_matrix(rows), s.cosine_similarity(rows, rows), s.cosine_similarity(rows, -rows)):
        assert cosines.dtype == np.float32
        assert np.abs(cosines).max() <= 1


@given(vectors, vectors, st.floats(1e-6, 1e6), st.integers(0, 10))
def test_cosine_is_invariant_under_rotation_and_positive_scaling(x, y, factor, seed):
    rotation = special_ortho_group.rvs(5, random_state=seed)
    cosine = s.cosine_similarity(x, y)
    assert s.cosine_similarity(rotation @ x, rotation @ y) == pytest.approx(cosine, abs=1e-9)
    assert s.cosine_similarity(factor * x, y) == pytest.approx(cosine, abs=1e-9)
    assert s.cosine_similarity(-x, y) == pytest.approx(-cosine, abs=1e-9)


@given(vectors, vectors, vectors)
def test_angles_and_distances_obey_the_triangle_inequality(x, y, z):
    for function in (s.angle, s.euclidean_distance):
        assert function(x, z) <= function(x, y) + function(y, z) + 1e-6
        assert function(x, y) == pytest.approx(function(y, x))


@given(vectors, vectors)
def test_angle_and_distance_of_unit_vectors_follow_from_the_cosine(x, y):
    cosine = s.cosine_similarity(x, y)
    assert np.cos(s.angle(x, y)) == pytest.approx(cosine, abs=1e-12)
    distance_of_units = s.euclidean_distance(s.normalize(x), s.normalize(y))
    assert distance_of_units**2 == pytest.approx(2 - 2 * cosine, abs=1e-12)
    assert s.dot_product(x, y) == pytest.approx(cosine * s.norm(x) * s.norm(y), abs=1e-6)
