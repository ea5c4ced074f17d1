"""The claims of the page on low-dimensional subspaces."""

from functools import cache, partial
from itertools import product

import numpy as np
from embedding_geometry.analogies import similarity_benchmark
from embedding_geometry.dimensions import effective_rank, intrinsic_dimension, participation_ratio
from embedding_geometry.intervals import paired_bootstrap, repeat
from embedding_geometry.mixtures import effective_number
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.similarity import cosine_similarity
from embedding_geometry.subspaces import (
    explained_variance,
    principal_angles,
    principal_directions,
    residual,
)
from scipy.stats import rankdata, spearmanr
from sklearn.datasets import load_digits

from claims.ledger import Outcome, Run, claim, over_cases

DIGITS = load_digits()
BANDS = [(0, 1_000), (0, 10_000), (1_000, 5_000), (5_000, 10_000), (10_000, 20_000), (20_000, 30_000)]
RARE = [(30_000, 100_000), (100_000, 200_000), (200_000, 300_000), (300_000, 400_000), (0, 400_000)]
LISTS = ("wordsim353", "simlex999")
# The mean of all 400,000 words, to two places, for the quick form; the full form computes it.
MEAN_OF_ALL = np.fromstring(
    """
    -0.13 -0.29 -0.01 -0.06 -0.20 -0.08 0.33 0.16 0.04 0.18 0.05 -0.00 0.29
    0.05 -0.21 -0.07 -0.07 0.08 0.31 0.18 -0.12 -0.10 -0.07 0.06 0.14 0.61
    0.17 0.05 -0.01 0.03 -0.81 -0.05 0.20 0.20 -0.04 0.07 -0.02 -0.03 -0.07
    0.12 0.14 -0.17 -0.08 0.08 -0.01 -0.14 0.20 0.10 0.01 0.02
    """,
    sep=" ",
    dtype=np.float32,
)


def clouds(run):
    """Return the vectors of ranges of frequency, at full size out of all 400,000 words."""
    words = list(run.vocabularies.values())[-1]
    return [words.vectors[low:high] for low, high in (BANDS + RARE if run.full else BANDS)]


@claim(
    "The variance along a direction is a weighted mean of the eigenvalues.",
    condition="random clouds and directions, in 2 to 50 dimensions",
    quantity="largest difference of the two, over the largest eigenvalue",
    cell="2de2c82a",
    below=1e-9,
)
def variance_is_a_mixture(run):
    def difference(seed):
        random = np.random.default_rng(seed)
        d = random.integers(2, 50)
        X = random.normal(size=(60, d)) @ random.normal(size=(d, d))
        u = random.normal(size=d)
        u /= np.linalg.norm(u)
        V, variances = principal_directions(X)
        return abs((V @ u) ** 2 @ variances - np.var(X @ u, ddof=1)) / variances[0]

    n = run.times(500, 100)
    return Outcome(repeat(difference, n), f"{n} draws")


@claim(
    "In every range of 1,000 words or more that we tried, GloVe 50d needs 30 directions or more for 90% of its"
    " variance.",
    condition="GloVe 6B 50d, ranges of frequency, none of fewer than 1,000 words",
    quantity="directions needed",
    cell="1b1dfc82",
    above=29.5,
)
def words_need_most_directions(run):
    needed = [np.argmax(np.cumsum(explained_variance(X)) >= 0.9) + 1 for X in clouds(run)]
    return Outcome(over_cases(needed), f"{len(needed)} ranges of frequency")


@claim(
    "The last seven always hold next to nothing",
    condition="GloVe 6B 50d, ranges of frequency",
    quantity="share of the variance along the last seven of fifty directions",
    cell="1b1dfc82",
    below=0.01,
)
def the_last_seven_hold_little(run):
    shares = [explained_variance(X)[-7:].sum() for X in clouds(run)]
    return Outcome(over_cases(shares), f"{len(shares)} ranges of frequency")


@claim(
    "Here half or more of the gap between the effective rank and the participation ratio is the square root.",
    condition="digits, and GloVe 6B 50d in ranges of frequency",
    quantity="effective rank less the count by the entropy of the variances, as a share of the gap",
    cell="db380964",
    above=0.5,
)
def the_square_root_is_half_of_the_gap(run):
    def share(X):
        rank = effective_rank(X)
        return (rank - effective_number(explained_variance(X))) / (rank - participation_ratio(X))

    shares = [share(X) for X in [DIGITS.data, *clouds(run)]]
    return Outcome(over_cases(shares), f"digits and {len(shares) - 1} ranges of frequency")


@claim(
    "By TwoNN rarer words fill more dimensions than common ones",
    condition="GloVe 6B 50d, 1,500 words at a time from ranks 20,000 to 30,000 and from the first 10,000",
    quantity="intrinsic dimension of the rarer less that of the common ones",
    cell="db380964",
    above=0,
)
def rarer_words_have_more_dimensions(run):
    def difference(seed):
        rows = np.random.default_rng(seed).permutation(10_000)[:1_500]
        rarer, common = run.words.vectors[20_000 + rows], run.words.vectors[rows]
        return intrinsic_dimension(rarer) - intrinsic_dimension(common)

    n = run.times(40, 4)
    return Outcome(repeat(difference, n), f"{n} draws")


@claim(
    "TwoNN comes out too low where the true dimension is high",
    condition="2,000 points from a normal distribution in 20, 30 and 50 dimensions",
    quantity="intrinsic dimension over the true one",
    cell="c415b3b4",
    below=0.95,
)
def twonn_is_low_in_many_dimensions(run):
    def share(seed, d):
        return intrinsic_dimension(np.random.default_rng(seed).normal(size=(2_000, d))) / d

    n = run.times(30, 1)
    shares = [share(seed, d) for seed in range(n) for d in (20, 30, 50)]
    return Outcome(over_cases(shares), f"{len(shares)} clouds")


@claim(
    "On the whole, the larger the drop after the $k$-th variance, the smaller the angle.",
    condition="random halves of the digits and of words in ranges of frequency, k from 1 to 20",
    quantity="rank correlation of the drop and the largest principal angle",
    cell="04b70d6f",
    below=-0.3,
)
def a_drop_makes_a_subspace_firm(run):
    def correlation(X, seed):
        rows = np.random.default_rng(seed).permutation(len(X))
        halves = [principal_directions(X[rows[i::2]], 20).directions for i in (0, 1)]
        angles = [principal_angles(halves[0][:k], halves[1][:k])[-1] for k in range(1, 21)]
        variances = principal_directions(X).variances
        return spearmanr(1 - variances[1:21] / variances[:20], angles).statistic

    words = run.words.vectors
    samples = [DIGITS.data, words[:10_000], words[10_000:20_000], words[20_000:30_000]]
    found = [correlation(X, seed) for X, seed in product(samples, range(100, 100 + run.times(30, 2)))]
    return Outcome(over_cases(found), f"{len(found)} splits")


def same_digit(X, rows):
    """Return the share of images whose nearest neighbour among some images shows the same digit."""
    nearest = neighbor_graph(X[rows], k=1, metric="euclidean").indices[:, 0]
    return np.mean(DIGITS.target[rows][nearest] == DIGITS.target[rows])


def splits(run):
    """Yield random halves of the images, and principal directions found on the other half."""
    for seed in range(run.times(50, 4)):
        rows = np.random.default_rng(seed).permutation(len(DIGITS.data))
        directions = principal_directions(DIGITS.data[rows[::2]]).directions
        yield rows[1::2], DIGITS.data @ directions.T


@claim(
    "Ten directions keep almost all that a nearest neighbour needs.",
    condition="digits, one half's images on the other half's directions",
    quantity="share of nearest neighbours with the same digit: all 64 directions less the first ten",
    cell="dced8ed3",
    below=0.05,
)
def ten_directions_keep_the_digit(run):
    losses = [same_digit(X, rows) - same_digit(X[:, :10], rows) for rows, X in splits(run)]
    return Outcome(over_cases(losses), f"{len(losses)} splits")


@claim(
    "Little variance is not the same as no information.",
    condition="digits, the last 20 of 64 directions, found on the other half of the images",
    quantity="share of nearest neighbours with the same digit, where a guess gets one in ten",
    cell="dced8ed3",
    above=0.15,
)
def the_last_directions_know_the_digit(run):
    shares = [same_digit(X[:, -20:], rows) for rows, X in splits(run)]
    return Outcome(over_cases(shares), f"{len(shares)} splits")


@claim(
    "Ten random directions do better than two principal ones, and worse than ten.",
    condition="digits",
    quantity="the lesser of the two differences, in the share of neighbours with the same digit",
    cell="5d8cf3f4",
    above=0,
)
def ten_random_directions_lie_between(run):
    rows, U = np.arange(len(DIGITS.data)), principal_directions(DIGITS.data).directions
    two, ten = (same_digit(DIGITS.data @ U[:k].T, rows) for k in (2, 10))

    def difference(seed):
        share = same_digit(DIGITS.data @ np.random.default_rng(seed).normal(size=(64, 10)), rows)
        return min(share - two, ten - share)

    n = run.times(200, 6)
    return Outcome(repeat(difference, n, seed=1_000), f"{n} draws")


@claim(
    "The mean of the most frequent words points along their frequency.",
    condition="GloVe 6B 50d, the first 5,000 to the first 30,000 words",
    quantity="size of the correlation of the dot product with the mean and the log of the frequency rank",
    cell="11c78fa8",
    above=0.7,
)
def the_mean_tells_the_frequency(run):
    found = []
    for n in (5_000, 10_000, 20_000, 30_000):
        X = run.words.vectors[:n]
        found.append(abs(np.corrcoef(X @ X.mean(axis=0), np.log(np.arange(1, n + 1)))[0, 1]))
    return Outcome(over_cases(found), f"{len(found)} sets of words")


@cache
def rated(dataset):
    """Return people's ratings of a list's pairs, and the vectors of their words."""
    words = Run().words
    pairs = similarity_benchmark(words, dataset).pairs
    keys = [[w if w in words else w.lower() for w in pairs[column]] for column in ("word1", "word2")]
    return pairs["human"].to_numpy(), words[keys[0]], words[keys[1]]


def gain(run, dataset, new, old=lambda X: X):
    """Return by how much one change of the vectors scores higher than another, over pairs drawn again."""
    human, first, second = rated(dataset)
    both = [np.column_stack([human, cosine_similarity(f(first), f(second))]) for f in (new, old)]
    return paired_bootstrap(*both, spearman, n_resamples=run.times(1_000, 100))


def without(x, mean, directions):
    """Remove a mean, then directions."""
    return residual(x - mean, directions)


def spearman(pairs):
    """Return the rank correlation of two columns: scipy's, but faster."""
    return np.corrcoef(rankdata(pairs, axis=0).T)[0, 1]


def mean_of_all(run):
    """Return the mean of all 400,000 words; in the quick form to two places."""
    return run.vocabularies["400,000 words"].vectors.mean(axis=0) if run.full else MEAN_OF_ALL


@claim(
    "The mean of the 10,000 most frequent words, taken away, raises both scores.",
    condition="GloVe 6B 50d, WordSim-353 and SimLex-999",
    quantity="gain in Spearman correlation, on the list where it is less sure",
    cell="d680c13e",
    above=0,
)
def the_mean_of_frequent_words_helps(run):
    X = run.words.vectors
    gains = [gain(run, dataset, lambda x: x - X[:10_000].mean(axis=0)) for dataset in LISTS]
    return Outcome(min(gains, key=lambda found: found.low), "the pairs of a list, resampled")


@claim(
    "The mean of all four hundred thousand words of GloVe, taken away, lowers both.",
    condition="GloVe 6B 50d, WordSim-353 and SimLex-999",
    quantity="gain in Spearman correlation, on the list where the loss is less sure",
    cell="d680c13e",
    below=0,
)
def the_mean_of_all_words_hurts(run):
    mean = mean_of_all(run)
    gains = [gain(run, dataset, lambda x: x - mean) for dataset in LISTS]
    return Outcome(max(gains, key=lambda found: found.high), "the pairs of a list, resampled")


@claim(
    "The two directions of the course's words lower SimLex-999, and the mean had raised it.",
    condition="GloVe 6B 50d, the course's words",
    quantity="gain in Spearman correlation by the two directions, after the mean",
    cell="d680c13e",
    below=0,
)
def two_directions_lower_simlex(run):
    X = run.words.vectors
    mean, directions = X.mean(axis=0), principal_directions(X, 2).directions
    found = gain(run, "simlex999", partial(without, mean=mean, directions=directions), lambda x: x - mean)
    return Outcome(found, "999 pairs, resampled")


@claim(
    "Mean and two directions together raise WordSim-353 from every set of words that we tried.",
    condition="GloVe 6B 50d, mean and directions of the first 1,000 to 30,000, at full size to 400,000 words",
    quantity="gain in Spearman correlation, for the set where it is least sure",
    cell="d680c13e",
    above=0,
)
def all_but_the_top_raises_wordsim(run):
    words, gains = list(run.vocabularies.values())[-1].vectors, []
    for n in [1_000, 10_000, 30_000] + ([100_000, 400_000] if run.full else []):
        mean, directions = words[:n].mean(axis=0), principal_directions(words[:n], 2).directions
        gains.append(gain(run, "wordsim353", partial(without, mean=mean, directions=directions)))
    return Outcome(min(gains, key=lambda found: found.low), "353 pairs, resampled")
