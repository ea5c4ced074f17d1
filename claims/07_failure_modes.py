"""The claims of page 07, failure modes."""

import numpy as np
from embedding_geometry.analogies import similarity_benchmark
from embedding_geometry.damage import damage
from embedding_geometry.intervals import Interval, repeat
from embedding_geometry.neighborhoods import neighbor_overlap
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.probes import linear_probe
from embedding_geometry.questions import analogy_pairs
from embedding_geometry.similarity import normalize
from embedding_geometry.wordvectors import with_vectors
from scipy.stats import spearmanr
from sklearn.cross_decomposition import PLSRegression
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.manifold import TSNE
from sklearn.model_selection import train_test_split

from claims.ledger import Outcome, claim, over_cases

DIGITS = load_digits()


def permuted_score(words, share, seed):
    return similarity_benchmark(with_vectors(words, damage(words.vectors, "permute", share, seed))).spearman


@claim(
    "With all rows permuted the analogies are at zero in every draw and the similarity benchmark scatters "
    "around zero",
    condition="GloVe 6B 50d, WordSim-353, all rows permuted, both vocabularies",
    quantity="Spearman correlation of cosines with ratings",
    cell="c78bfa68",
    above=-0.25,
    below=0.25,
)
def permuted_rows_match_no_rating(run):
    times = run.times(full=20, quick=10)
    scores = [permuted_score(w, 1, seed) for w in run.vocabularies.values() for seed in range(times)]
    return Outcome(over_cases(scores), f"{len(scores)} draws")


@claim(
    "**A meter that looks at the cloud alone cannot see whether it means anything.**",
    condition="GloVe 6B 50d, a quarter of the rows permuted, both vocabularies",
    quantity="Spearman correlation on WordSim-353, healthy less permuted, where no meter of the cloud can move",
    cell="c78bfa68",
    above=0.1,
)
def permuting_a_quarter_is_felt_by_meaning(run):
    times = run.times(full=20, quick=10)
    losses = []
    for words in run.vocabularies.values():
        healthy = similarity_benchmark(words).spearman
        losses += [healthy - permuted_score(words, 0.25, seed) for seed in range(times)]
    return Outcome(over_cases(losses), f"{len(losses)} draws")


@claim(
    "These cosines agree better with ratings of relatedness than with ratings of similarity",
    condition="GloVe 6B 50d, WordSim-353 against SimLex-999",
    quantity="Spearman correlation on WordSim-353 less that on SimLex-999",
    cell="4c1d07aa",
    above=0.05,
)
def relatedness_before_similarity(run):
    columns = ["human", "model"]
    tables = [
        similarity_benchmark(run.words, name).pairs[columns].to_numpy()
        for name in ("wordsim353", "simlex999")
    ]

    def agreement(table):
        return spearmanr(table).statistic

    def redrawn(table, random):
        return agreement(table[random.integers(len(table), size=len(table))])

    random = np.random.default_rng(1)
    times = run.times(full=1000, quick=200)
    drawn = [redrawn(tables[0], random) - redrawn(tables[1], random) for _ in range(times)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    value = agreement(tables[0]) - agreement(tables[1])
    return Outcome(Interval(value, low, high, np.array(drawn)), "both lists of pairs, resampled")


def bands(run):
    """Yield rows from several bands of frequency."""
    starts = [0, 3_000, 10_000, 25_000] if run.full else [20_000]
    for words in run.vocabularies.values():
        yield from (words.vectors[start : start + 1_000] for start in starts)


@claim(
    "How much is lost depends on the strength of the gauge and on the draw",
    condition="GloVe 6B 50d, four bands of 1,000 words, k = 5, 10 and 50, both vocabularies",
    quantity="share of the nearest neighbours kept by a gauge whose factors have a log-standard deviation of 0.25, "
    "less the same at 1",
    cell="5b6e0f19",
    above=0.2,
)
def stronger_gauges_lose_more_neighbours(run):
    def kept(X, k, spread, seed):
        factors = np.exp(np.random.default_rng(seed).normal(0, spread, size=50))
        return neighbor_overlap(X, X * factors, k)

    seeds = range(100, 100 + run.times(full=4, quick=1))
    differences = [
        kept(X, k, 0.25, seed) - kept(X, k, 1, seed)
        for X in bands(run)
        for k in (5, 10, 50)
        for seed in seeds
    ]
    return Outcome(over_cases(differences), f"{len(differences)} gauges, bands and k")


@claim(
    "a rotation loses nothing",
    condition="GloVe 6B 50d, four bands of 1,000 words, both vocabularies",
    quantity="share of the ten nearest neighbours kept by a rotation",
    cell="5b6e0f19",
    above=0.995,
)
def rotations_keep_neighbours(run):
    times = run.times(full=5, quick=2)
    shares = [
        neighbor_overlap(X, damage(X, "rotate", 1, s)) for X in bands(run) for s in range(100, 100 + times)
    ]
    return Outcome(over_cases(shares), f"{len(shares)} rotations and bands")


def flat(X, perplexity):
    return TSNE(2, perplexity=perplexity, init="pca", random_state=0).fit_transform(X)


def kept_neighbours(X, picture, k):
    true = neighbor_graph(X, k).indices
    shown = neighbor_graph(picture, k, metric="euclidean").indices
    return np.mean([np.isin(a, b).mean() for a, b in zip(true, shown, strict=True)])


def pictures(run):
    """Yield draws of words from several bands, and their t-SNE pictures."""
    cases = [(0, 30), (5_000, 15), (20_000, 5), (10_000, 50), (2_000, 30), (15_000, 10)]
    for seed, (start, perplexity) in enumerate(cases if run.full else cases[:1]):
        rows = start + np.random.default_rng(50 + seed).choice(8_000, 200 if run.full else 150, replace=False)
        X = normalize(run.words.vectors[rows])
        yield X, flat(X, perplexity)


@claim(
    "About half of the true neighbours are lost even in the better picture",
    condition="200 words of GloVe 6B 50d, six bands of frequency, perplexities from 5 to 50, k = 3, 5 and 10",
    quantity="share of the nearest neighbours that a t-SNE picture keeps",
    cell="0a9b3c55",
    above=0.35,
    below=0.65,
)
def tsne_loses_half_of_the_neighbours(run):
    shares = [kept_neighbours(X, picture, k) for X, picture in pictures(run) for k in (3, 5, 10)]
    return Outcome(over_cases(shares), f"{len(shares)} draws, perplexities and k")


@claim(
    "PCA keeps little more than one in ten",
    condition="200 words of GloVe 6B 50d, many bands of frequency, k = 5",
    quantity="share of the five nearest neighbours that a picture of two principal directions keeps",
    cell="0a9b3c55",
    above=0.05,
    below=0.2,
)
def pca_loses_most_neighbours(run):
    def share(seed):
        random = np.random.default_rng(100 + seed)
        rows = random.choice(30_000, 5_000, replace=False)[:200] if seed % 2 else random.choice(5_000, 200)
        X = normalize(run.words.vectors[np.unique(rows)])
        return kept_neighbours(X, PCA(2).fit_transform(X), 5)

    times = run.times(full=100, quick=20)
    return Outcome(repeat(share, times), f"{times} draws of words")


@claim(
    "t-SNE keeps *who is near*, in part, and gives up sizes and distances.",
    condition="two Gaussian heaps in 50 dimensions, one 3 to 30 times as wide as the other, perplexities 5 to 40",
    quantity="how many times as wide the wider heap is drawn by t-SNE",
    cell="ae12a143",
    above=0.5,
    below=1.5,
)
def tsne_gives_up_sizes(run):
    cases = [(10, 15), (3, 30), (30, 5), (10, 40), (5, 10)]
    ratios = []
    for seed, (factor, perplexity) in enumerate(cases if run.full else cases[:1]):
        heaps = np.random.default_rng(100 + seed).normal(size=(120, 50))
        heaps[60:] = 10 * factor + factor * heaps[60:]
        picture = flat(heaps, perplexity)
        ratios.append(picture[60:].std(axis=0).mean() / picture[:60].std(axis=0).mean())
    return Outcome(over_cases(ratios), f"{len(ratios)} widths and perplexities")


def task_scores(signal, width, seed):
    """Read digit and parity from a map that partial least squares fitted to a signal."""
    digit, odd = DIGITS.target, DIGITS.target % 2
    seen, held_out = train_test_split(np.arange(len(digit)), test_size=0.5, random_state=seed)
    target = np.eye(10)[digit] if signal == "digit" else odd.astype(float)
    fitted = PLSRegression(width).fit(DIGITS.data[seen], target[seen])
    X = fitted.transform(DIGITS.data)
    reader = LinearDiscriminantAnalysis()
    return np.array([reader.fit(X[seen], y[seen]).score(X[held_out], y[held_out]) for y in (digit, odd)])


def advantage(width, task, seed):
    """Return by how much the map trained for a task (0 digit, 1 parity) is ahead in it of the other map."""
    difference = task_scores("digit", width, seed) - task_scores("parity", width, seed)
    return difference[task] if task == 0 else -difference[task]


@claim(
    "in every split the digit is read better from the map that was trained on it, and odd or even from its own",
    condition="scikit-learn's digits, partial least squares to 2 or 3 numbers, read by linear discriminant analysis",
    quantity="accuracy on a task of the map that was trained for it, less that of the other map",
    cell="8c9d0e1f",
    above=0,
)
def narrow_maps_are_task_specific(run):
    times = run.times(full=25, quick=3)
    gaps = [advantage(w, task, seed) for w in (2, 3) for task in (0, 1) for seed in range(100, 100 + times)]
    return Outcome(over_cases(gaps), f"{len(gaps)} splits, widths and tasks")


@claim(
    "**Here task-specificity harms transfer when the space is narrow.**",
    condition="scikit-learn's digits, partial least squares, read by linear discriminant analysis",
    quantity="how far ahead each map is in its own task, both tasks added up, at a width of 2 less at a width of 32",
    cell="8c9d0e1f",
    above=0,
)
def more_room_narrows_the_gap(run):
    def both(width, seed):
        return advantage(width, 0, seed) + advantage(width, 1, seed)

    times = run.times(full=25, quick=2)
    return Outcome(repeat(lambda seed: both(2, seed) - both(32, seed), times, seed=100), f"{times} splits")


@claim(
    "So the structure is **already there**: not in the cosine to one neighbour, but along a direction that a "
    "linear rule finds.",
    condition="GloVe 6B 50d, the 29 opposites of the analogy questions, such as certain and uncertain",
    quantity="a probe's accuracy on words of unseen pairs, less its accuracy where coins turn each pair round",
    cell="e83a9d60",
    above=0.1,
)
def opposites_can_be_read_from_other_lists_too(run):
    pairs = [pair for pair in analogy_pairs("gram2-opposite").items() if all(w in run.words for w in pair)]
    X = run.words[[word for side in zip(*pairs, strict=True) for word in side]]
    n = len(pairs)
    group, negated = np.tile(np.arange(n), 2), np.repeat([0, 1], n)

    def difference(seed):
        coin = np.random.default_rng(seed).integers(2, size=n)
        labels = negated, np.r_[coin, 1 - coin]
        real, tossed = (linear_probe(X, y, groups=group, seed=seed).test_accuracy for y in labels)
        return real - tossed

    times = run.times(full=40, quick=4)
    return Outcome(repeat(difference, times), f"{times} deals and coins")
