"""Claims of the page on checking an embedding, on other bands, halves, widths and lists than its own."""

import warnings
from functools import cache

import numpy as np
from embedding_geometry import retrieval
from embedding_geometry.diagnostics import hubness
from embedding_geometry.intervals import Interval, bootstrap_interval, paired_bootstrap, repeat
from embedding_geometry.neighbors import NeighborIndex
from embedding_geometry.probes import linear_probe
from embedding_geometry.questions import analogy_pairs
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score, silhouette_score
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.neural_network import MLPClassifier

from claims.ledger import Outcome, claim, over_cases

DIGITS = load_digits()
NETWORKS = "scikit-learn's digits, one hidden layer, L-BFGS, 100 rounds, penalty 0.01 where none is named"


@cache
def half(split):
    """Return what is seen, what is checked, and the digits of each."""
    return train_test_split(DIGITS.data / 16, DIGITS.target, test_size=0.5, random_state=split)


@cache
def layer(split, width, penalty=0.01, solver="lbfgs", rounds=100):
    """Return the hidden layer of a network on the checked half; the split is also the seed of its start."""
    seen, checked, seen_digit, _ = half(split)
    net = MLPClassifier((width,), solver=solver, alpha=penalty, max_iter=rounds, random_state=split)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the rounds end before the training does is meant
        net.fit(seen, seen_digit)
    return np.maximum(checked @ net.coefs_[0] + net.intercepts_[0], 0)


def relevance(X, labels, metric="euclidean"):
    """Return which of the others are of the same class, nearest first."""
    distances = cdist(X, X, metric)
    np.fill_diagonal(distances, -1)  # itself first
    return labels[np.argsort(distances, axis=1)[:, 1:]] == labels[:, np.newaxis]


@cache
def retrieved(split, *recipe, metric="euclidean"):
    """Return precision@1 and MAP of a hidden layer, or of the pixels where no recipe is given."""
    X, labels = layer(split, *recipe) if recipe else half(split)[1], half(split)[3]
    rel = relevance(X + 1e-9, labels, metric)  # no row is exactly zero, for the cosine
    return float(rel[:, 0].mean()), retrieval.mean_average_precision(rel)


def bands(run):
    """Yield 3,000 words of each of some bands of frequency."""
    for name, words in run.vocabularies.items():
        starts = [5_000, 20_000] if name.startswith("30") else [1_000, 50_000, 150_000, 300_000]
        yield from (words.vectors[start : start + run.times(3_000, 1_500)] for start in starts)


@claim(
    "In every band we tried, the greatest hub by Euclidean distance is greater than that by cosine,",
    condition="GloVe 6B 50d, bands of 3,000 words by frequency in both vocabularies, k of 5, 20 and 50",
    quantity="lists that the greatest hub stands in, by Euclidean distance over by cosine",
    cell="02aeb4fa",
    above=1,
)
def greater_hubs_by_distance(run):
    def greatest(X, k, metric):
        return hubness(X, k=k, metric=metric).occurrences.max()

    ratios = [
        greatest(X, k, "euclidean") / greatest(X, k, "cosine")
        for X in bands(run)
        for k in run.times([5, 20, 50], [20])
    ]
    return Outcome(over_cases(ratios), f"{len(ratios)} bands and k")


@claim(
    "and no more than about half of the twenty greatest are the same words.",
    condition="GloVe 6B 50d, bands of 3,000 words by frequency in both vocabularies, k of 5, 20 and 50",
    quantity="share of the twenty greatest hubs by cosine that are among the twenty by Euclidean distance",
    cell="02aeb4fa",
    below=0.6,
)
def other_hubs_by_distance(run):
    def top(X, k, metric):
        return np.argsort(-hubness(X, k=k, metric=metric).occurrences)[:20]

    shares = [
        np.isin(top(X, k, "cosine"), top(X, k, "euclidean")).mean()
        for X in bands(run)
        for k in run.times([5, 20, 50], [20])
    ]
    return Outcome(over_cases(shares), f"{len(shares)} bands and k")


@claim(
    "Here it is precision@10 times $10/R$, and, with nearly as many images of each digit, next to nothing new (exercise 1).",
    condition="random rankings",
    quantity="greatest difference of recall@k and precision@k times k/R",
    cell="50327314",
    below=1e-12,
)
def recall_is_scaled_precision(run):
    def gap(seed):
        rng = np.random.default_rng(seed)
        k, rel = int(rng.integers(1, 30)), rng.integers(2, size=(20, 40))
        scaled = retrieval.precision_at_k(rel, k) * k / rel.sum(axis=1)
        return np.abs(retrieval.recall_at_k(rel, k) - scaled).max()

    n = run.times(200, 20)
    return Outcome(repeat(gap, n), f"{n} draws")


@claim(
    "At the first neighbour the pixels are ahead;",
    condition=NETWORKS + "; layer of 64, other halves and starts",
    quantity="precision@1 by pixels less by the hidden layer, mean over trainings",
    cell="5c1e07a4",
    above=0,
)
def pixels_lead_at_the_first_neighbour(run):
    n = run.times(24, 2)
    gains = [retrieved(split)[0] - retrieved(split, 64)[0] for split in range(1, n + 1)]
    return Outcome(bootstrap_interval(gains), f"{n} halves and starts, resampled")


@claim(
    "By Euclidean distance or by cosine, with 16 to 256 units, each hidden layer has the higher MAP.",
    condition=NETWORKS + "; 16, 64 and 256 units, other halves and starts",
    quantity="MAP by the hidden layer less by pixels",
    cell="5c1e07a4",
    above=0.05,
)
def layers_lead_in_map(run):
    gains = [
        retrieved(split, width, metric=metric)[1] - retrieved(split, metric=metric)[1]
        for split in range(1, run.times(8, 1) + 1)
        for width in run.times([16, 32, 64, 256], [64])
        for metric in ("euclidean", "cosine")
    ]
    return Outcome(over_cases(gains), f"{len(gains)} halves, widths and measures")


@claim(
    "The first neighbour is far more often another country,",
    condition="GloVe 6B 50d, the 116 countries of capital-world and the most frequent of them, by cosine",
    quantity="share of countries whose first neighbour is a country of the list, less of those with the capital",
    cell="5a100c30",
    above=0.2,
)
def a_country_before_its_capital(run):
    found = []
    for words in run.vocabularies.values():
        countries = [words.get_index(c) for c in analogy_pairs("capital-world").values() if c in words]
        for section in ("capital-world", "capital-common-countries"):
            pairs = [(c, city) for city, c in analogy_pairs(section).items() if c in words and city in words]
            rows = np.array([[words.get_index(w) for w in pair] for pair in pairs])
            index = NeighborIndex(words.vectors)
            first = index.query(words.vectors[rows[:, 0]], k=1, exclude=rows[:, :1]).indices[:, 0]
            found.append(paired_bootstrap(np.isin(first, countries), first == rows[:, 1]))
    return Outcome(_all_of(found), f"{len(found)} lists and vocabularies, each resampled")


@claim(
    "Both hidden layers form the digits better than the pixels do, from every start.",
    condition=NETWORKS + "; 64 and 256 units, ten clusters, other halves and starts",
    quantity="adjusted Rand index in the hidden layer less in the pixels",
    cell="3eeb0945",
    above=0,
)
def layers_form_the_digits(run):
    def ari(split, *recipe):
        X = layer(split, *recipe) if recipe else half(split)[1]
        found = KMeans(10, n_init=run.times(5, 1), random_state=split).fit_predict(X)
        return adjusted_rand_score(half(split)[3], found)

    splits = range(1, run.times(12, 2) + 1)
    widths = run.times([64, 256], [64])
    gains = [ari(split, width) - ari(split) for split in splits for width in widths]
    return Outcome(over_cases(gains), f"{len(gains)} halves and widths")


def two_embeddings(seed, n, d, groups):
    """Return A, in tight groups that don't know its property, and B, a round cloud that a plane parts."""
    rng = np.random.default_rng(seed)
    A = 3 * np.eye(groups, d)[rng.integers(groups, size=n)] + 0.07 * rng.normal(size=(n, d))
    B = rng.normal(size=(n, d))
    return (A, rng.integers(2, size=n)), (B, (B[:, -10:].sum(axis=1) > 0).astype(int))


@cache
def silhouette_and_probe(seed, n, d, groups):
    """Return, for A and for B, the silhouette of the clusters found and the accuracy of a probe."""
    rows = []
    for X, kind in two_embeddings(seed, n, d, groups):
        found = KMeans(groups, n_init=3, random_state=seed).fit_predict(X)
        rows.append((silhouette_score(X, found), linear_probe(X, kind, n_folds=3).test_accuracy))
    return np.array(rows)


def constructions(run):
    """Yield the numbers of A and B for other sizes, dimensions and numbers of groups than the page's."""
    for n, d, groups in run.times([(600, 50, 3), (900, 50, 6), (600, 20, 3), (900, 30, 4)], [(400, 20, 4)]):
        yield from (silhouette_and_probe(seed, n, d, groups) for seed in range(10, run.times(20, 13)))


@claim(
    "By the groups that $k$-means finds, the silhouette puts A first every time,",
    condition="A in 3 to 6 tight groups, B a Gaussian cloud, 20 to 50 dimensions, 600 or 900 objects",
    quantity="silhouette of A less that of B",
    cell="24bb9a5c",
    above=0.5,
)
def silhouette_puts_a_first(run):
    gaps = [A[0] - B[0] for A, B in constructions(run)]
    return Outcome(over_cases(gaps), f"{len(gaps)} draws")


@claim(
    "the probe puts B first every time.",
    condition="A in 3 to 6 tight groups, B a Gaussian cloud, 20 to 50 dimensions, 600 or 900 objects",
    quantity="accuracy of the probe on B less on A",
    cell="24bb9a5c",
    above=0.25,
)
def probe_puts_b_first(run):
    gaps = [B[1] - A[1] for A, B in constructions(run)]
    return Outcome(over_cases(gaps), f"{len(gaps)} draws")


@claim(
    "From 8 units to 64 both measures gain in every repeat: more was better.",
    condition=NETWORKS + "; other halves and starts",
    quantity="the lesser of the gains in precision@1 and MAP, from 8 units to 64",
    cell="5c1e07b2",
    above=0,
)
def eight_to_sixty_four_gains(run):
    def gain(split):
        return float(np.subtract(retrieved(split, 64), retrieved(split, 8)).min())

    n = run.times(24, 2)
    return Outcome(repeat(gain, n, seed=1), f"{n} halves and starts")


@claim(
    "the MAP, on average, gains nothing.",
    condition=NETWORKS + "; other halves and starts",
    quantity="MAP at 256 units less at 64, mean over trainings",
    cell="5c1e07b2",
    below=0.005,
)
def four_times_the_units_gain_nothing(run):
    n = run.times(24, 2)
    gains = [retrieved(split, 256)[1] - retrieved(split, 64)[1] for split in range(1, n + 1)]
    return Outcome(bootstrap_interval(gains), f"{n} halves and starts, resampled")


@claim(
    "From 64 to 256 units the first neighbours neither gain nor lose,",
    condition=NETWORKS + "; other halves and starts",
    quantity="precision@1 at 256 units less at 64, mean over trainings, without its sign",
    cell="5c1e07b2",
    below=0.005,
)
def four_times_the_units_leave_the_first_neighbour(run):
    n = run.times(24, 2)
    gains = [retrieved(split, 256)[0] - retrieved(split, 64)[0] for split in range(1, n + 1)]
    return Outcome(bootstrap_interval(gains, lambda g: abs(np.mean(g))), f"{n} halves and starts, resampled")


@claim(
    "At one width, a stronger penalty raises the MAP in every repeat.",
    condition=NETWORKS + "; penalty 1 against 0.01, 32 to 256 units, other halves and starts",
    quantity="MAP with the stronger penalty less with the weaker",
    cell="5c1e07b2",
    above=0,
)
def a_penalty_raises_map(run):
    gains = [
        retrieved(split, width, 1.0)[1] - retrieved(split, width)[1]
        for split in range(1, run.times(10, 2) + 1)
        for width in run.times([32, 64, 256], [64])
    ]
    return Outcome(over_cases(gains), f"{len(gains)} halves and widths")


@claim(
    "With Adam in place of L-BFGS, stopped after 60 rounds, the layer of 256 does rank better than that of 64.",
    condition="scikit-learn's digits, one hidden layer, penalty 0.01, other halves and starts",
    quantity="MAP at 256 units less at 64",
    cell="5c1e07b2",
    above=0,
)
def adam_gains_by_width(run):
    def gain(split):
        wide, base = (retrieved(split, width, 0.01, "adam", run.times(60, 10)) for width in (256, 64))
        return wide[1] - base[1]

    n = run.times(10, 2)
    return Outcome(repeat(gain, n, seed=1), f"{n} halves and starts")


@claim(
    "An untrained layer loses little for the probe:",
    condition="scikit-learn's digits, random matrices of 128 columns, other halves",
    quantity="accuracy of the probe on pixels less on the untrained layer",
    cell="97c0c548",
    below=0.04,
)
def untrained_layers_can_be_probed(run):
    def accuracy(X, split):
        rule = LogisticRegression(max_iter=1_000)
        return cross_val_score(rule, X / X.std(), half(split)[3], cv=3).mean()

    n = run.times(12, 2)
    losses = [accuracy(half(s)[1], s) - accuracy(untrained(s), s) for s in range(1, n + 1)]
    return Outcome(over_cases(losses), f"{n} halves and matrices")


@claim(
    "The MAP tells it from the trained layer of 64,",
    condition=NETWORKS + "; random matrices of 128 columns, other halves and starts",
    quantity="MAP of the trained layer less of the untrained one",
    cell="97c0c548",
    above=0.1,
)
def map_tells_the_untrained(run):
    def gain(split):
        rel = relevance(untrained(split), half(split)[3])
        return retrieved(split, 64)[1] - retrieval.mean_average_precision(rel)

    n = run.times(12, 2)
    return Outcome(repeat(gain, n, seed=1), f"{n} halves and matrices")


def untrained(split):
    """Return the checked half through a random matrix, without its negative values."""
    return np.maximum(half(split)[1] @ np.random.default_rng(split).normal(size=(64, 128)), 0)


def _all_of(intervals):
    """Return the mean of some values, and the interval that holds all of theirs."""
    values = np.array([interval.value for interval in intervals])
    low, high = (fold(getattr(i, end) for i in intervals) for fold, end in ((min, "low"), (max, "high")))
    return Interval(float(values.mean()), low, high, values)
