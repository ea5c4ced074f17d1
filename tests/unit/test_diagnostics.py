"""The diagnostics, with the dimensions and the neighbourhoods that they are made of."""

import time
import tracemalloc

import numpy as np
import pytest
import scipy.stats
from embedding_geometry import diagnostics as d
from embedding_geometry import dimensions, neighborhoods
from embedding_geometry.similarity import center
from embedding_geometry.wordvectors import load_word_vectors
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist
from scipy.stats import special_ortho_group
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

RNG = np.random.default_rng(5)
X = RNG.normal(size=(700, 6)) * [5, 3, 2, 1, 0.5, 0.1] + 1
seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(scope="module")
def words():
    return load_word_vectors().vectors[:10_000]


def test_mean_cosine_is_the_mean_over_all_pairs():
    assert d.mean_cosine(X) == pytest.approx(np.mean(1 - pdist(X, "cosine")))
    assert d.mean_cosine([[1, 0], [-1, 0]]) == -1
    assert d.mean_cosine(np.ones((9, 3))) == pytest.approx(1)


def test_isotropy_agrees_with_its_definition():
    eigenvectors = np.linalg.eigh(X.T @ X)[1].T
    Z = [np.exp(X @ c).sum() for c in [*eigenvectors, *-eigenvectors]]
    assert d.isotropy(X) == pytest.approx(min(Z) / max(Z))
    assert d.isotropy(X * 1e6) == 0  # nothing overflows
    assert d.isotropy(X * 1e-30) == pytest.approx(1)


def test_isoscore_agrees_with_the_steps_of_the_paper():
    # Rudman et al. (2022), algorithm 1, on the covariance in principal coordinates.
    covariance = np.cov(PCA().fit_transform(X).T)
    diagonal = np.diag(covariance)
    n = 6
    normalised = np.sqrt(n) * diagonal / np.linalg.norm(diagonal)
    defect = np.linalg.norm(normalised - np.ones(n)) / np.sqrt(2 * (n - np.sqrt(n)))
    fraction = (n - defect**2 * (n - np.sqrt(n))) ** 2 / n**2
    assert dimensions.isoscore(X) == pytest.approx((n * fraction - 1) / (n - 1))
    assert dimensions.isoscore(np.vstack([np.eye(5), -np.eye(5)])) == pytest.approx(1)
    assert dimensions.isoscore(np.outer(np.arange(9), np.ones(4))) == pytest.approx(0, abs=1e-9)


def test_effective_dimensions_agree_with_their_definitions():
    singular_values = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    p = singular_values / singular_values.sum()
    assert dimensions.effective_rank(X) == pytest.approx(np.exp(-(p * np.log(p)).sum()))
    covariance = np.cov(X.T)
    assert dimensions.participation_ratio(X) == pytest.approx(
        np.trace(covariance) ** 2 / np.trace(covariance @ covariance)
    )


@given(st.integers(1, 6), seeds)
def test_effective_dimensions_of_an_even_cloud(n_dimensions, seed):
    rotation = special_ortho_group.rvs(7, random_state=seed)
    even = np.vstack([np.eye(7), -np.eye(7)])[:, :n_dimensions] @ rotation[:n_dimensions]
    assert dimensions.effective_rank(even) == pytest.approx(n_dimensions)
    assert dimensions.participation_ratio(even) == pytest.approx(n_dimensions)


@given(seeds, st.floats(1e-3, 1e3))
@settings(max_examples=20)
def test_rotation_and_scale_change_no_dimension(seed, size):
    rotated = size * X[:100] @ special_ortho_group.rvs(6, random_state=seed).T
    for function in (
        dimensions.isoscore,
        dimensions.effective_rank,
        dimensions.participation_ratio,
        dimensions.intrinsic_dimension,
        d.mean_cosine,
        d.uniformity,
    ):
        assert function(rotated) == pytest.approx(function(X[:100]), rel=1e-6)


def test_intrinsic_dimension_of_known_surfaces():
    for n_dimensions in (1, 2, 4):
        flat = np.random.default_rng(0).random((4000, n_dimensions)) @ RNG.normal(size=(n_dimensions, 10))
        assert dimensions.intrinsic_dimension(flat) == pytest.approx(n_dimensions, rel=0.1)
    turns = 3 * np.random.default_rng(0).random(4000)
    spiral = np.column_stack([turns * np.cos(6 * turns), turns * np.sin(6 * turns), turns])
    assert dimensions.intrinsic_dimension(spiral) == pytest.approx(1, rel=0.1)
    twice = np.vstack([spiral, spiral])
    assert dimensions.intrinsic_dimension(twice) == dimensions.intrinsic_dimension(spiral)


def test_intrinsic_dimension_agrees_with_maximum_likelihood():
    # Another estimator from the same ratios: the inverse of the mean logarithm.
    distances = NearestNeighbors(n_neighbors=2).fit(X).kneighbors()[0]
    expected = 1 / np.mean(np.log(distances[:, 1] / distances[:, 0]))
    assert dimensions.intrinsic_dimension(X) == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize("metric", ["cosine", "euclidean"])
def test_hubness_counts_neighbours(metric):
    indices = NearestNeighbors(n_neighbors=5, metric=metric).fit(X).kneighbors(return_distance=False)
    result = neighborhoods.hubness(X, 5, metric)
    expected = [(indices == row).sum() for row in range(len(X))]
    assert result.occurrences.tolist() == expected
    assert result.skewness == pytest.approx(scipy.stats.skew(expected))


def test_alignment_and_uniformity_agree_with_their_formulas():
    other = X + RNG.normal(size=X.shape)
    unit, other_unit = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (X, other))
    distances = np.linalg.norm(unit - other_unit, axis=1)
    assert d.alignment(X, other) == pytest.approx(np.mean(distances**2))
    assert d.alignment(X, other, alpha=1) == pytest.approx(np.mean(distances))
    for t in (2, 0.5):
        expected = np.log(np.exp(-t * pdist(unit, "sqeuclidean")).mean())
        assert d.uniformity(X, t) == pytest.approx(expected)


@given(seeds, st.integers(2, 30))
@settings(max_examples=30)
def test_uniformity_is_worst_when_collapsed(seed, n_samples):
    cloud = np.random.default_rng(seed).normal(size=(n_samples, 4))
    assert (
        d.uniformity(cloud) < d.uniformity(np.tile(cloud[0], (n_samples, 1))) == pytest.approx(0, abs=1e-12)
    )


def test_neighbor_overlap():
    rotated = X @ special_ortho_group.rvs(6, random_state=0)
    for metric in ("cosine", "euclidean"):
        assert neighborhoods.neighbor_overlap(X, rotated, 5, metric) == 1
    other = RNG.normal(size=(700, 3))
    graphs = [NearestNeighbors(n_neighbors=5, metric="cosine").fit(Z).kneighbors()[1] for Z in (X, other)]
    expected = np.mean([len(set(a) & set(b)) / 5 for a, b in zip(*graphs, strict=True)])
    assert neighborhoods.neighbor_overlap(X, other, 5) == pytest.approx(expected)
    assert neighborhoods.neighbor_overlap(X, other, 699) == 1


def test_trustworthiness_is_scikit_learns():
    picture = X[:, :2]
    expected = trustworthiness(X, picture, n_neighbors=7, metric="cosine")
    assert neighborhoods.trustworthiness(X, picture, 7) == pytest.approx(expected)
    assert neighborhoods.trustworthiness(X, X, 7, "euclidean") == 1


def test_the_measured_numbers_of_the_first_10000_words(words):
    centred = center(words)
    assert d.mean_cosine(words) == pytest.approx(0.220, abs=0.0005)
    assert d.mean_cosine(centred) == pytest.approx(0, abs=0.001)
    assert d.isotropy(words) == pytest.approx(0.0099, abs=0.00005)
    assert d.isotropy(centred) == pytest.approx(0.470, abs=0.0005)
    assert d.uniformity(words) == pytest.approx(-2.87, abs=0.015)
    assert d.uniformity(centred) == pytest.approx(-3.70, abs=0.015)
    assert neighborhoods.hubness(words).skewness == pytest.approx(1.68, abs=0.005)
    assert neighborhoods.hubness(centred).skewness == pytest.approx(1.20, abs=0.005)
    assert neighborhoods.hubness(words, metric="euclidean").skewness == pytest.approx(3.27, abs=0.005)


def test_the_check_up_reports_what_the_functions_say():
    report = d.diagnose(X)
    for name, value in {
        "mean cosine": d.mean_cosine(X),
        "isotropy I(W)": d.isotropy(X),
        "IsoScore": d.isoscore(X),
        "effective rank": d.effective_rank(X),
        "participation ratio": d.participation_ratio(X),
        "intrinsic dimension": d.intrinsic_dimension(X),
        "hubness": d.hubness(X).skewness,
        "uniformity": d.uniformity(X),
    }.items():
        assert report.loc[name, "embedding"] == pytest.approx(value), name
    assert report.loc["mean cosine", "gaussian"] == pytest.approx(0, abs=0.01)
    assert report.loc["effective rank", "gaussian"] == pytest.approx(6, abs=0.1)
    assert max(map(len, str(report.round(3)).splitlines())) <= 80  # else pandas leaves columns out


def test_the_check_up_of_30000_words_is_quick_and_small():
    words = load_word_vectors().vectors[:30_000]
    tracemalloc.start()
    before = time.perf_counter()
    d.diagnose(words)
    seconds, peak = time.perf_counter() - before, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500e6
    assert seconds < 30  # 2 on a quiet machine


def test_says_what_is_wrong():
    same = np.ones((20, 3))
    for call, message in [
        (lambda: d.mean_cosine(X[:1]), "the number of rows of X must be at least 2"),
        (lambda: d.mean_cosine(0 * X), "Row 0 of X is a zero vector"),
        (lambda: d.isotropy(X[:1]), "the number of rows of X must be at least 2"),
        (lambda: d.uniformity(X[:1]), "the number of rows of X must be at least 2"),
        (lambda: d.uniformity(X, 0), "t must be a number above zero"),
        (lambda: d.isoscore(X[:, :1]), "the number of columns of X must be at least 2"),
        (lambda: d.effective_rank(same), "the rows of X are all the same"),
        (lambda: d.participation_ratio(X[:1]), "the number of rows of X must be at least 2"),
        (lambda: d.intrinsic_dimension(same), "the number of different rows of X must be at least 3"),
        (lambda: d.intrinsic_dimension(X, 1), "discard of 1.0 leaves none of the 700"),
        (lambda: d.intrinsic_dimension(np.eye(4)), "equally far"),
        (lambda: d.hubness(X, 700), "k is 700, but here it can be 699 at the most"),
        (lambda: d.alignment(X, X[:5]), "X and Y must have the same shape"),
        (lambda: d.alignment(X, 0 * X), "Row 0 of Y is a zero vector"),
        (lambda: d.neighbor_overlap(X, X[:5]), "X and Y must have the same number of rows, not 700 and 5"),
        (lambda: d.trustworthiness(X, X[:5]), "X and picture must have the same number of rows"),
        (lambda: d.trustworthiness(X, X, 350), "k is 350, but here it can be 349 at the most"),
        (lambda: d.trustworthiness(X, X, metric="dot"), "metric must be one of 'cosine', 'euclidean'"),
        (lambda: d.diagnose(X, n_compared=10), "n_compared must be at least 11"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
