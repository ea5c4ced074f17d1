"""What page 1 says: counts as embeddings, GloVe's objective on small counts, and maps of the digits."""

from collections import Counter
from functools import cache

import numpy as np
from embedding_geometry.cooccurrence import cooccurrence_counts
from embedding_geometry.corpus import load_glosses
from embedding_geometry.intervals import repeat
from embedding_geometry.neighborhoods import neighbor_overlap
from scipy.optimize import minimize
from scipy.stats import binomtest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from claims.ledger import Interval, Outcome, claim, over_cases

RULE = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))


@claim(
    "As a geometry it is worthless.",
    condition="GloVe 6B 50d, five bands of 2,000 words, rows handed out again at random",
    quantity="share of the ten nearest neighbours that stay",
    cell="d5166aa0",
    below=0.02,
)
def shuffled_rows_keep_no_neighbours(run):
    bands = [0, 2_000, 8_000, 14_000, 26_000][: run.times(5, 2)]

    def kept(first):
        X = run.words.vectors[first : first + 2_000]
        return neighbor_overlap(X, np.random.default_rng(first + 99).permutation(X))

    return Outcome(over_cases(map(kept, bands)), f"{len(bands)} bands")


@cache
def gloss_counts(part, window, least):
    """Return the words of a part of the glosses that stand there often enough, and their counts."""
    from embedding_geometry.wordvectors import load_word_vectors

    text = [word for gloss in load_glosses(part) for word in [*gloss, *[None] * window]]
    seen = Counter(text)
    words = [word for word in load_word_vectors().index_to_key[:8_000] if seen[word] >= least]
    return words, cooccurrence_counts([text], words, window)


def gloss_settings(run):
    """Return parts of the text, windows and least counts, none of them the page's own."""
    return [(1, 2, 150), (1, 3, 100), (1, 10, 200), (2, 5, 100), (2, 10, 80)] if run.full else [(8, 4, 40)]


@claim(
    "Neighbours begin to make sense, with the logarithm more than without.",
    condition="glosses of WordNet or half of them, windows 2 to 10, words met at least 80 to 200 times",
    quantity="share of the ten nearest that GloVe 50d has too, for log counts less for counts",
    cell="4dd948aa",
    above=0,
)
def the_logarithm_helps(run):
    def gain(settings):
        words, counts = gloss_counts(*settings)
        with_log, without = (neighbor_overlap(T, run.words[words]) for T in (np.log1p(counts), counts))
        return with_log - without

    return Outcome(over_cases(map(gain, gloss_settings(run))), f"{len(gloss_settings(run))} settings")


def misfit(flat, logs, weights):
    """Return GloVe's objective and its slopes."""
    V, U = flat.reshape(2, len(logs), -1)
    error = V[:, :-1] @ U[:, :-1].T + V[:, -1:] + U[:, -1] - logs
    pull = 2 * weights * error
    to_V = np.column_stack([pull @ U[:, :-1], pull.sum(axis=1)])
    to_U = np.column_stack([pull.T @ V[:, :-1], pull.sum(axis=0)])
    return (weights * error**2).sum(), np.ravel([to_V, to_U])


def hidden_misfit(m, d, seed):
    """Fit all pairs but one in ten, and return the objective on those."""
    rng = np.random.default_rng(seed)
    hidden = np.triu(rng.random(m.shape) < 0.1)
    shown = ~(hidden | hidden.T)
    logs, f = np.log(np.maximum(m, 1)), np.minimum((m / 100) ** 0.75, 1)
    start = rng.normal(0, 0.1, size=2 * len(m) * (d + 1))
    end = minimize(misfit, start, (logs, f * shown), "L-BFGS-B", True, options={"maxiter": 60}).x
    return misfit(end, logs, f * ~shown)[0]


@claim(
    """So the vectors hold something of *which* words meet, learned from pairs that were shown and right for
    pairs that were not.""",
    condition="GloVe's objective with 5 numbers a word, 300 words, one pair in ten hidden, other windows and texts",
    quantity="share of the misfit on hidden pairs that the vectors take away from the biases alone",
    cell="6d4e37ff",
    above=0.05,
)
def five_numbers_predict_hidden_pairs(run):
    def taken_away(settings, seed):
        counts = gloss_counts(*settings)[1][:300, :300]
        return 1 - hidden_misfit(counts, 5, seed) / hidden_misfit(counts, 0, seed)

    seeds = range(50, 50 + run.times(5, 1))
    cases = [taken_away(settings, seed) for settings in gloss_settings(run) for seed in seeds]
    return Outcome(over_cases(cases), f"{len(cases)} fits")


@claim(
    "No line does it: whatever the line, at least one of the four corners is on the wrong side (exercise 1 proves it).",
    condition="opposite corners of a square in one class, random lines",
    quantity="corners on the right side of a line, of four",
    cell="00ae7af8",
    below=3.5,
)
def no_line_separates_opposite_corners(run):
    corners = np.array([(-1, 1), (1, -1), (-1, -1), (1, 1)])

    def best(seed):
        rules = np.random.default_rng(seed).normal(size=(run.times(100_000, 10_000), 3))
        values = rules[:, :2] @ corners.T + rules[:, 2:]
        return ((values > 0) == [True, True, False, False]).sum(axis=1).max()

    return Outcome(repeat(best, 5), f"{5 * run.times(100_000, 10_000):,} lines")


def share_right(e, train, y, test, y_test):
    """Return the share of the unseen half that a linear rule on the map `e` gets right."""
    return RULE.fit(e(train), y).score(e(test), y_test)


@cache
def named(seed):
    """Return the shares that the random map, PCA and LDA name in one split of the digits."""
    images = load_digits()
    split = train_test_split(images.data, images.target, test_size=0.5, random_state=1_000 + seed)
    train, test, y, y_test = split
    directions = np.random.default_rng(1_000 + seed).normal(size=(64, 2))
    pca, lda = PCA(2, random_state=0).fit(train), LinearDiscriminantAnalysis(n_components=2).fit(train, y)
    maps = [lambda X: X @ directions, pca.transform, lda.transform]
    return np.array([share_right(e, train, y, test, y_test) for e in maps])


@claim(
    "None of the twenty random maps reached PCA.",
    condition="digits to two numbers, named by logistic regression on the unseen half; other splits and draws",
    quantity="share named after PCA less share named after a random map",
    cell="20fbcf06",
    above=0.05,
)
def pca_names_more_than_random_directions(run):
    n = run.times(100, 6)
    return Outcome(repeat(lambda seed: named(seed)[1] - named(seed)[0], n), f"{n} splits and draws")


@claim(
    "LDA is ahead of PCA in nearly all splits, by six points on average.",
    condition="digits to two numbers, named by logistic regression on the unseen half; other splits",
    quantity="share of the splits in which LDA is ahead, with Wilson's interval",
    cell="20fbcf06",
    above=0.5,
)
def lda_names_more_than_pca(run):
    n = run.times(100, 6)
    ahead = sum(named(seed)[2] > named(seed)[1] for seed in range(n))
    low, high = binomtest(ahead, n).proportion_ci(method="wilson")
    return Outcome(Interval(ahead / n, low, high, np.array([])), f"{n} splits")


def told(seed, label, ask):
    """Return the share that one number from LDA on `label` gets right when asked for `ask`."""
    images = load_digits()
    split = train_test_split(images.data, images.target, test_size=0.5, random_state=2_000 + seed)
    train, test, y, y_test = split
    e = LinearDiscriminantAnalysis(n_components=1).fit(train, label(y)).transform
    return share_right(e, train, ask(y), test, ask(y_test))


def digit(y):
    return y


def parity(y):
    return y % 2


EACH_WINS = "Each wins the task that it was told about, in every split: the ranges do not meet."


@claim(
    EACH_WINS,
    condition="LDA to one number, told the digit or the parity; other splits of the digits",
    quantity="share of digits named by the map told the digit less by the map told the parity",
    cell="e211023c",
    above=0.05,
)
def the_map_told_the_digit_names_more(run):
    n = run.times(100, 5)
    lead = repeat(lambda seed: told(seed, digit, digit) - told(seed, parity, digit), n)
    return Outcome(lead, f"{n} splits")


@claim(
    EACH_WINS,
    condition="LDA to one number, told the digit or the parity; other splits of the digits",
    quantity="share told even from odd by the map told the parity less by the map told the digit",
    cell="e211023c",
    above=0.05,
)
def the_map_told_the_parity_tells_more(run):
    n = run.times(100, 6)
    lead = repeat(lambda seed: told(seed, parity, parity) - told(seed, digit, parity), n)
    return Outcome(lead, f"{n} splits")


@claim(
    "A failed linear rule says that no line reaches the classes. It does not say that they are gone.",
    condition="two classes on the fields of chessboards of 4 by 4 and 6 by 6, noise 0.1 to 0.25",
    quantity="unseen points right by five neighbours less by logistic regression",
    cell="32be83be",
    above=0.2,
)
def neighbours_find_what_no_line_does(run):
    def gain(size, noise, seed):
        rng = np.random.default_rng(seed)
        field = rng.integers(size, size=(1_600, 2))
        X, y = field + rng.normal(0, noise, size=(1_600, 2)), field.sum(axis=1) % 2
        near, line = (
            r.fit(X[:800], y[:800]).score(X[800:], y[800:]) for r in (KNeighborsClassifier(5), RULE)
        )
        return near - line

    seeds = range(run.times(10, 2))
    cases = [gain(size, noise, seed) for size in (4, 6) for noise in (0.1, 0.25) for seed in seeds]
    return Outcome(over_cases(cases), f"{len(cases)} draws")
