"""The claims of the page on vector mixtures."""

from itertools import product

import numpy as np
from embedding_geometry.corpus import load_glosses
from embedding_geometry.intervals import paired_bootstrap, repeat
from embedding_geometry.mixtures import pool, weighted_mean
from embedding_geometry.similarity import cosine_matrix, cosine_similarity, norm
from scipy.optimize import linprog

from claims.ledger import Outcome, claim, over_cases

BANDS = [(0, 1_000), (0, 10_000), (1_000, 5_000), (5_000, 10_000), (10_000, 20_000), (20_000, 30_000)]
RARE = [(30_000, 100_000), (100_000, 200_000), (200_000, 300_000), (300_000, 400_000)]


def clouds(run):
    """Return the vectors of ranges of frequency, at full size out of all 400,000 words."""
    words = list(run.vocabularies.values())[-1]
    return [words.vectors[low:high] for low, high in (BANDS + RARE if run.full else BANDS)]


@claim(
    "A linear rule reads a mixture as the mixture of its readings.",
    condition="random vectors, weights, rules and biases, in 2 to 200 dimensions",
    quantity="largest difference of the two, over the size of the readings",
    cell="934b5aed",
    below=1e-9,
)
def a_rule_is_linear(run):
    def difference(seed):
        random = np.random.default_rng(seed)
        d, n = random.integers(2, 200, size=2)
        X, weights, q, b = random.normal(size=(n, d)), random.random(n), *random.normal(size=(2, d))
        readings = X @ q + b[0]
        apart = weighted_mean(X, weights) @ q + b[0] - np.average(readings, weights=weights)
        return abs(apart) / abs(readings).max()

    n = run.times(2_000, 200)
    return Outcome(repeat(difference, n), f"{n} draws")


@claim(
    "A cosine is not linear.",
    condition="GloVe 6B 50d, ranges of frequency, random queries and means of 2 to 20 random words",
    quantity="cosine with the mean less the mean of the cosines, in size, on average",
    cell="934b5aed",
    above=0.003,
)
def a_cosine_is_not_linear(run):
    n = run.times(5_000, 500)
    gaps = [(abs(mean) - abs(each)).mean() for each, mean in read_both(run, n, (2, 5, 20))]
    return Outcome(over_cases(gaps), f"{len(gaps)} ranges and lengths")


@claim(
    "In at least nine draws of ten, the cosine with the mean of five words is farther from zero than the mean of their"
    " cosines.",
    condition="GloVe 6B 50d, ranges of frequency, random queries and words",
    quantity="share of draws",
    cell="2859624c",
    above=0.9,
)
def a_mean_looks_nearer_than_its_words(run):
    shares = [np.mean(abs(mean) > abs(each)) for each, mean in read_both(run, run.times(5_000, 1_000), (5,))]
    return Outcome(over_cases(shares), f"{len(shares)} ranges of frequency")


def read_both(run, n_draws, lengths):
    """Yield the mean of the cosines of some words with a query, and the cosine of their mean with it."""
    for seed, (cloud, length) in enumerate(product(clouds(run), lengths)):
        random = np.random.default_rng(seed + 1)
        words = cloud[random.integers(len(cloud), size=(n_draws, length + 1))]
        query, X = words[:, 0], words[:, 1:]
        each = np.mean([cosine_similarity(X[:, i], query) for i in range(length)], axis=0)
        yield each, cosine_similarity(X.mean(axis=1), query)


@claim(
    "Every pooling forgets the order.",
    condition="GloVe 6B 50d; mean, sum and largest values of 2 to 40 random words, shuffled",
    quantity="largest change of a coordinate, over the norm",
    cell="af24b0bd",
    below=1e-5,
)
def pooling_forgets_order(run):
    def change(seed):
        random = np.random.default_rng(seed)
        X = run.words.vectors[random.integers(30_000, size=random.integers(2, 40))]
        shuffled = random.permutation(X)
        both = [(pool(X, method), pool(shuffled, method)) for method in ("mean", "sum", "max")]
        return max(np.abs(a - b).max() / norm(a) for a, b in both)

    n = run.times(1_000, 100)
    return Outcome(repeat(change, n), f"{n} shuffles")


def halves(lines, vectors, a):
    """Return the vectors of both halves of each line, pooled with SIF's weights."""
    sides = [[line[i::2] for line in lines] for i in (0, 1)]
    weights = a / (a + 0.1 / np.arange(1, len(vectors) + 1))
    return np.array([[weights[side] @ vectors[side] / weights[side].sum() for side in s] for s in sides])


def without_common(both):
    """Remove the common component of all halves."""
    u = np.linalg.svd(both.reshape(-1, both.shape[-1]), full_matrices=False)[2][0]
    return both - (both @ u)[..., None] * u


def found(both):
    """Return the share of halves that find their other half."""
    return np.mean(cosine_matrix(*both).argmax(axis=1) == np.arange(both.shape[1]))


def draws(run):
    """Yield 1,000 definitions at a time, none twice; at full size from all of the dictionary."""
    rows = run.words.key_to_index
    known = [
        np.array([rows[w] for w in line if w in rows]) for line in load_glosses(part=1 if run.full else 16)
    ]
    lines = [line for line in known if len(line) >= 8]
    order = np.random.default_rng(11).permutation(len(lines))
    for i in range(run.times(40, 2)):
        yield [lines[j] for j in order[1_000 * i : 1_000 * (i + 1)]]


@claim(
    "On these definitions SIF's weights help to find the other half, and removing the common component helps further.",
    condition="WordNet's definitions, 1,000 at a time, GloVe 6B 50d",
    quantity="the lesser of the two gains, in the share found",
    cell="fdbd8812",
    above=0,
)
def sif_helps_on_definitions(run):
    def gains(draw):
        plain, sif = (found(halves(draw, run.words.vectors, a)) for a in (1e9, 0.001))
        both = found(without_common(halves(draw, run.words.vectors, 0.001)))
        return min(sif - plain, both - sif)

    values = [gains(draw) for draw in draws(run)]
    return Outcome(over_cases(values), f"{len(values)} draws")


@claim(
    "Leaving out *the* gains next to nothing.",
    condition="WordNet's definitions, 1,000 at a time, GloVe 6B 50d",
    quantity="gain in the share found",
    cell="fdbd8812",
    below=0.02,
)
def leaving_out_the_gains_little(run):
    def who(draw):
        return np.equal(cosine_matrix(*halves(draw, run.words.vectors, 1e9)).argmax(axis=1), range(len(draw)))

    pairs = [(who([line[line > 0] for line in draw]), who(draw)) for draw in draws(run)]
    without, with_it = np.concatenate(pairs, axis=1).astype(float)
    return Outcome(paired_bootstrap(without, with_it), f"{len(without):,} definitions, resampled")


@claim(
    "A single long vector can take over a mean.",
    condition="GloVe 6B 50d, means of 2 to 10 random words, one of them ten times as long",
    quantity="cosine of the mean with the long vector",
    cell="08e72b75",
    above=0.6,
)
def a_long_vector_takes_over(run):
    def nearness(seed):
        random = np.random.default_rng(seed)
        X = run.words.vectors[random.integers(30_000, size=random.integers(2, 11))].copy()
        X[0] *= 10
        return float(cosine_similarity(X.mean(axis=0), X[0]))

    n = run.times(2_000, 200)
    return Outcome(repeat(nearness, n), f"{n} draws")


def cosine_of_means(X, n, seed, n_pairs):
    """Return the mean cosine of the means of n random rows each."""
    rows = np.random.default_rng(seed).integers(len(X), size=(n_pairs, 2, n))
    means = X[rows].mean(axis=2)
    return cosine_similarity(means[:, 0], means[:, 1]).mean()


@claim(
    "How alike two means of random words are follows from how much the words share and from how many there are.",
    condition="GloVe 6B 50d, ranges of frequency, means of 1 to 100 words",
    quantity="largest difference of the mean cosine from the formula",
    cell="0ccae282",
    below=0.05,
)
def means_are_alike_by_a_formula(run):
    differences = []
    for X, n in product(clouds(run), (1, 3, 10, 30, 100)):
        rho = np.sum(X.mean(axis=0) ** 2) / np.mean(np.sum(X**2, axis=1))
        measured = cosine_of_means(X, n, seed=5, n_pairs=run.times(2_000, 300))
        differences.append(abs(measured - n * rho / (1 + (n - 1) * rho)))
    return Outcome(over_cases(differences), f"{len(differences)} ranges and lengths")


@claim(
    "Within the first 20,000 words, the rarer share less.",
    condition="GloVe 6B 50d, ranges of 2,000 ranks within the first 20,000 words",
    quantity="fall of the share of the common mean from one range to the next",
    cell="0ccae282",
    above=0,
)
def rarer_words_share_less(run):
    ranges = [run.words.vectors[low : low + 2_000] for low in range(0, 20_000, 2_000)]
    shared = [np.sum(X.mean(axis=0) ** 2) / np.mean(np.sum(X**2, axis=1)) for X in ranges]
    return Outcome(over_cases(-np.diff(shared)), f"{len(shared) - 1} steps")


@claim(
    "A range's own mean takes all of it away",
    condition="GloVe 6B 50d, ranges of frequency, means of 30 words",
    quantity="size of the mean cosine after the range's own mean was subtracted",
    cell="0dd2f832",
    below=0.05,
)
def the_own_mean_takes_the_pull_away(run):
    sizes = [
        abs(cosine_of_means(X - X.mean(axis=0), 30, seed=7, n_pairs=run.times(5_000, 500)))
        for X in clouds(run)
    ]
    return Outcome(over_cases(sizes), f"{len(sizes)} ranges of frequency")


@claim(
    "Prove that no rule can do it, whatever the vectors of the three words are.",
    condition="GloVe 6B 50d, three random words in the places of *good*, *bad* and *not*",
    quantity="largest margin of a linear rule, by linear programming",
    cell="1774089a",
    below=1e-9,
)
def no_rule_reads_not_good(run):
    def margin(seed):
        good, bad, no = run.words.vectors[np.random.default_rng(seed).integers(30_000, size=3)].astype(float)
        asked = np.array([good, bad, (no + good) / 2, (no + bad) / 2])
        signed = np.array([1, -1, -1, 1])[:, None] * np.column_stack([asked, np.ones(4)])
        demands = np.column_stack([-signed, np.ones(4)])
        goal = np.r_[np.zeros(demands.shape[1] - 1), -1]
        bounds = [(-1, 1)] * (demands.shape[1] - 1) + [(0, None)]
        return -linprog(goal, A_ub=demands, b_ub=np.zeros(4), bounds=bounds).fun

    n = run.times(200, 20)
    return Outcome(repeat(margin, n), f"{n} draws of three words")
