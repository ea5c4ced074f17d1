"""What the page "The mathematical objects" claims."""

from functools import cache
from itertools import pairwise

import numpy as np
from embedding_geometry.analogies import analogy_benchmark
from embedding_geometry.diagnostics import mean_cosine
from embedding_geometry.intervals import bootstrap_interval, paired_bootstrap, repeat
from embedding_geometry.neighborhoods import hubness
from embedding_geometry.neighbors import nearest_neighbors
from embedding_geometry.questions import analogy_pairs
from embedding_geometry.similarity import cosine_matrix, euclidean_distance, norm
from embedding_geometry.subspaces import principal_directions
from embedding_geometry.wordvectors import load_word_vectors
from scipy.stats import binom, ortho_group, spearmanr
from sklearn.linear_model import LogisticRegression

from claims.ledger import Outcome, claim, over_cases

SMALL = "tiny small little mini miniature compact minute short narrow thin"
LARGE = "huge large giant enormous big massive vast immense gigantic tall"
ANIMALS = "ant bee mouse rat frog rabbit cat dog sheep pig wolf lion horse cow bear elephant whale"
OBJECTS = (
    "coin key pen cup book shoe chair table bicycle car bus house church ship bridge tower mountain planet"
)
KINDS = [
    "cat dog horse cow pig sheep goat lion rabbit mouse bear wolf",
    "car truck bus train ship boat plane bicycle van taxi tractor motorcycle",
    "apple bread cheese rice soup cake butter meat fish salt sugar milk",
    "doctor lawyer teacher farmer soldier painter singer baker driver nurse judge sailor",
]


def bands(run):
    """Return the vectors of each vocabulary, and the first ranks of bands within it."""
    for words in run.vocabularies.values():
        X = words.vectors
        starts = (
            range(0, 30_000, 5_000) if len(X) < 100_000 else [0, 20_000, 50_000, 100_000, 200_000, 390_000]
        )
        yield X, starts


def nearest(X, rows, k=5, metric="cosine"):
    return nearest_neighbors(X, X[rows], k, metric, exclude=np.reshape(rows, (-1, 1))).indices


def shared(a, b):
    return np.mean([len(set(x) & set(y)) for x, y in zip(a, b, strict=True)])


def sampled(start, n):
    return start + np.random.default_rng(1).choice(5_000, n, replace=False)


@claim(
    "Turn the whole space, and the coordinates change while every length, angle and distance stays the same.",
    condition="random rotations of 300 words of GloVe 6B 50d",
    quantity="largest change of a cosine or a distance",
    cell="c93d05bb",
    below=1e-4,
)
def a_rotation_changes_no_angle_and_no_distance(run):
    X = run.words.vectors[::100].astype(float)

    def change(seed):
        turned = X @ ortho_group.rvs(50, random_state=100 + seed)
        distances = [euclidean_distance(Y[1:], Y[:-1]) for Y in (X, turned)]
        return max(
            np.abs(cosine_matrix(X) - cosine_matrix(turned)).max(), np.abs(np.subtract(*distances)).max()
        )

    n = run.times(full=100, quick=10)
    return Outcome(repeat(change, n), f"{n} rotations")


@claim(
    "turned, no single coordinate follows how common a word is so closely.",
    condition="GloVe 6B 50d, Pearson correlation with the logarithm of the frequency rank, size without sign",
    quantity="best coordinate as trained less best after a rotation",
    cell="c93d05bb",
    above=0.1,
)
def turned_no_coordinate_follows_frequency_as_closely(run):
    n, gaps = run.times(full=50, quick=5), []
    for words in run.vocabularies.values():
        log_rank = np.log(np.arange(1, 30_001))
        X = words.vectors[:30_000]

        def best(Y, log_rank=log_rank):
            return np.abs(np.corrcoef(Y.T, log_rank)[-1, :-1]).max()

        gaps += [best(X) - best(X @ ortho_group.rvs(50, random_state=50 + s)) for s in range(n)]
    return Outcome(over_cases(gaps), f"{len(gaps)} rotations")


@claim(
    "What is an ordinary cosine depends on the words:",
    condition="GloVe 6B 50d, ranks 1 to 1,000 against bands of 5,000 ranks from 5,000 to 30,000",
    quantity="mean cosine of the first 1,000 words less that of the band",
    cell="e2a96b07",
    above=0.2,
)
def an_ordinary_cosine_depends_on_the_band(run):
    X = run.words.vectors
    first = mean_cosine(X[:1_000])
    gaps = [first - mean_cosine(X[start : start + 5_000]) for start in range(5_000, 30_000, 5_000)]
    return Outcome(over_cases(gaps), f"{len(gaps)} bands")


@claim(
    "it rewards length, so long vectors push in;",
    condition="GloVe 6B 50d, five or ten nearest words",
    quantity="mean norm of the neighbours by dot product less that by cosine",
    cell="d8f03b92",
    above=0.3,
)
def the_dot_product_finds_longer_neighbours(run):
    gaps, n = [], run.times(full=200, quick=40)
    for X, starts in bands(run):
        for start in starts:
            for k in (5, 10) if run.full else (5,):
                near = [nearest(X, sampled(start, n), k, metric) for metric in ("dot", "cosine")]
                gaps.append(norm(X)[near[0]].mean() - norm(X)[near[1]].mean())
    return Outcome(over_cases(gaps), f"{len(gaps)} cases: bands, two k, vocabularies")


@claim(
    "Neighbourhoods depend on the measure, and are not mutual.",
    condition="GloVe 6B 50d, five nearest words by the dot product and by the cosine",
    quantity="how many of five are shared",
    cell="d8f03b92",
    below=3,
)
def half_of_the_neighbours_or_more_change_with_the_measure(run):
    found, n = [], run.times(full=200, quick=40)
    for X, starts in bands(run):
        for start in starts:
            rows = sampled(start, n)
            found.append(shared(nearest(X, rows), nearest(X, rows, metric="dot")))
    return Outcome(over_cases(found), f"{len(found)} bands, of each vocabulary")


@claim(
    "Last: being a neighbour is **not mutual**.",
    condition="GloVe 6B 50d, nearest word by the cosine",
    quantity="share of the choices that are returned",
    cell="d8f03b92",
    above=0.1,
    below=0.7,
)
def a_choice_is_often_not_returned(run):
    found, n = [], run.times(full=300, quick=100)
    for X, starts in bands(run):
        for start in starts:
            rows = sampled(start, n)
            chosen = nearest(X, rows, 1)[:, 0]
            found.append(np.mean(nearest(X, chosen, 1)[:, 0] == rows))
    return Outcome(over_cases(found), f"{len(found)} bands, of each vocabulary")


@claim(
    "By distance, noise in 50 dimensions has strong hubs and noise in 3 has none: there the dimension alone makes them.",
    condition="Gaussian noise, 1,000 to 3,000 points, 5 or 10 neighbours",
    quantity="skewness of the counts by distance in 50 dimensions less that in 3",
    cell="f13b58e6",
    above=1.5,
)
def by_distance_dimension_alone_makes_hubs(run):
    def gap(seed):
        rng, n, k = np.random.default_rng(10 + seed), (1_000, 2_000, 3_000)[seed % 3], (5, 10)[seed % 2]
        skew = [hubness(rng.normal(size=(n, d)), k, "euclidean").skewness for d in (50, 3)]
        return skew[0] - skew[1]

    n = run.times(full=60, quick=3)
    return Outcome(repeat(gap, n), f"{n} draws")


@claim(
    "By the cosine\nnoise has hardly any in either, and the words have some:",
    condition="3,000 words of a band of GloVe 6B 50d, and as many points of Gaussian noise in 50 dimensions; k = 10",
    quantity="skewness of the counts by cosine, words less noise",
    cell="f13b58e6",
    above=0.3,
)
def by_cosine_the_words_have_more_hubs_than_noise(run):
    gaps = []
    for X, starts in bands(run):
        for start in starts if run.full else starts[:2]:
            noise = np.random.default_rng(start).normal(size=(3_000, 50))
            gaps.append(hubness(X[start : start + 3_000]).skewness - hubness(noise).skewness)
    return Outcome(over_cases(gaps), f"{len(gaps)} bands, of each vocabulary")


def follows_size(words, seed):
    rng = np.random.default_rng(1_000 + seed)
    small, large = (list(rng.choice(side.split(), 4, replace=False)) for side in (SMALL, LARGE))
    things = np.array(words.split())[np.sort(rng.choice(len(words.split()), 12, replace=False))]
    glove = load_words()
    u = glove[large].mean(axis=0) - glove[small].mean(axis=0)
    return spearmanr(glove[list(things)] @ u, range(12)).statistic


@cache
def load_words():
    return load_word_vectors()


@claim(
    "For the objects\nthe draw of the adjectives decides:",
    condition="GloVe 6B 50d, 12 of 18 objects in the order of size, four of ten adjectives on each side",
    quantity="90th less 10th percentile of the rank correlation with size, over draws of the adjectives",
    cell="17d90e5c",
    above=0.4,
)
def for_objects_the_adjectives_decide(run):
    def spread(seed):
        low, high = np.quantile([follows_size(OBJECTS, 100 * seed + i) for i in range(50)], [0.1, 0.9])
        return high - low

    n = run.times(full=40, quick=2)
    return Outcome(repeat(spread, n), f"{n} times 50 draws")


@claim(
    "a direction with a name is a hypothesis.",
    condition="GloVe 6B 50d, 50 draws of the adjectives; 12 of 18 animals or objects in the order of size",
    quantity="mean rank correlation with size, animals less objects",
    cell="17d90e5c",
    above=0,
)
def one_direction_fits_animals_better_than_objects(run):
    def gap(seed):
        draws = range(100 * seed, 100 * seed + 50)
        return np.mean([follows_size(ANIMALS, i) - follows_size(OBJECTS, i) for i in draws])

    n = run.times(full=40, quick=2)
    return Outcome(repeat(gap, n), f"{n} times 50 draws")


@cache
def axes():
    return principal_directions(load_words().vectors[:10_000]).directions


@cache
def nouns():
    return list(analogy_pairs("gram8-plural").items())


def unseen(seed, directions, shuffle=False):
    rng, words = np.random.default_rng(500 + seed), load_words()
    train, test = np.split(rng.permutation(nouns()), [18])
    y = np.repeat([0, 1], len(train))
    fit = LogisticRegression(max_iter=1000)
    fit.fit(words[list(train.T.flat)] @ directions.T, rng.permutation(y) if shuffle else y)
    return fit.score(words[list(test.T.flat)] @ directions.T, np.repeat([0, 1], len(test)))


@claim(
    "The real labels are found in every draw.",
    condition="GloVe 6B 50d, singular or plural, 18 pairs of nouns to fit and 19 to score",
    quantity="accuracy on the unseen pairs, real labels less shuffled ones",
    cell="5f20a8d7",
    above=0,
)
def plurals_are_told_on_unseen_nouns(run):
    n = run.times(full=300, quick=8)
    return Outcome(repeat(lambda s: unseen(s, axes()) - unseen(s, axes(), shuffle=True), n), f"{n} draws")


@claim(
    "the half of the directions with little variance still tells most plurals: variance is not importance.",
    condition="GloVe 6B 50d, the 25 directions of least variance among the first 10,000 words, 18 pairs to fit",
    quantity="accuracy on the 19 unseen pairs",
    cell="5f20a8d7",
    above=0.55,
)
def directions_of_little_variance_tell_plurals(run):
    n = run.times(full=300, quick=8)
    return Outcome(repeat(lambda s: unseen(s, axes()[25:]), n), f"{n} draws")


def coverages(n, shares):
    """Return how often the percentile intervals of n answers hold each true share, by the binomial formula."""
    k = np.arange(n + 1)
    low, high = (binom.ppf(quantile, n, k / n) / n for quantile in (0.025, 0.975))
    return [binom.pmf(k, n, p)[(low <= p) & (p <= high)].sum() for p in shares]


@claim(
    "Where neither answer is rare, 200 queries or more let about 95 of 100 intervals hold the truth;",
    condition="right or wrong answers, true shares of 0.1 to 0.9, 200 or 2,000 queries, resampled without end",
    quantity="share of percentile intervals that hold the truth",
    cell="f95a3e17",
    above=0.92,
    below=0.98,
)
def about_95_of_100_intervals_hold_the_truth(run):
    shares = np.linspace(0.1, 0.9, run.times(full=81, quick=17)) + 0.003
    found = coverages(200, shares) + coverages(2_000, shares)
    return Outcome(over_cases(found), f"{len(found)} cases: shares, two numbers of queries")


@claim(
    "with 20 it can be a good deal fewer,\nmost of all where nearly every answer is right.",
    condition="right or wrong answers, true shares of 0.93 to 0.99, 20 queries, resampled without end",
    quantity="share of percentile intervals that hold the truth",
    cell="f95a3e17",
    above=0.1,
    below=0.85,
)
def with_20_queries_it_can_be_fewer(run):
    found = coverages(20, np.linspace(0.93, 0.99, run.times(full=61, quick=13)))
    return Outcome(over_cases(found), f"{len(found)} shares")


@claim(
    "A hundred\ntimes the queries make it ten times narrower: the width goes with $1/\\sqrt{n}$",
    condition="right or wrong answers, true shares of 0.2 to 0.8, 20 and 2,000 queries",
    quantity="mean width with 20 queries over that with 2,000",
    cell="f95a3e17",
    above=8.5,
    below=11.5,
)
def the_width_goes_with_the_root_of_n(run):
    def ratio(seed):
        rng, p = np.random.default_rng(seed), 0.2 + 0.6 * (seed % 5) / 4
        draws = {n: [rng.random(n) < p for _ in range(run.times(full=40, quick=15))] for n in (20, 2_000)}
        widths = [
            np.mean([width(bootstrap_interval(d, n_resamples=200)) for d in of]) for of in draws.values()
        ]
        return widths[0] / widths[1]

    n = run.times(full=20, quick=2)
    return Outcome(repeat(ratio, n), f"{n} times 40 draws of each size")


def width(interval):
    return interval.high - interval.low


@cache
def partners():
    """Return the analogies' pairs as rows of the table: each first word's own, and its partner's."""
    sections = benchmark(10_000).index[:-3]
    pairs = {}
    for section in sections:
        pairs |= analogy_pairs(section)
    return np.array([[load_words().get_index(word) for word in pair] for pair in pairs.items()])


@cache
def partner_found(metric, k):
    rows = partners()
    near = nearest(load_words().vectors, rows[:, 0], k, metric)
    return (near == rows[:, 1:]).any(axis=1).astype(float)


@claim(
    "What is hard for the one is hard for the other, and a\npaired difference is blind to that:",
    condition="GloVe 6B 50d, 474 pairs of the analogies, partner among the k nearest, by two measures; k from 1 to 50",
    quantity="width of the paired interval over that with other queries for each",
    cell="61c5e9fa",
    below=0.9,
)
def a_paired_interval_is_narrower(run):
    ratios = []
    for other in ("euclidean", "dot"):
        for k in (1, 5, 10, 20, 50) if run.full else (10,):
            a, b = partner_found("cosine", k), partner_found(other, k)
            unpaired = np.hypot(width(bootstrap_interval(a)), width(bootstrap_interval(b, seed=1)))
            ratios.append(width(paired_bootstrap(a, b)) / unpaired)
    return Outcome(over_cases(ratios), f"{len(ratios)} cases: two pairs of measures, several k")


@claim(
    "yet the interval of the difference, with the same queries drawn for both, stays above 0.",
    condition="GloVe 6B 50d, 474 pairs of the analogies, partner among the ten nearest",
    quantity="share found by cosine less share found by distance",
    cell="61c5e9fa",
    above=0,
)
def cosine_finds_more_partners_than_distance(run):
    found = paired_bootstrap(partner_found("cosine", 10), partner_found("euclidean", 10), seed=7)
    return Outcome(found, "474 queries, resampled")


@claim(
    "Over the kinds of question it is hardly known at all",
    condition="GloVe 6B 50d, analogies within the first 10,000, 20,000 and 30,000 words",
    quantity="width of the interval over sections over that over questions",
    cell="9f36a0d4",
    above=5,
)
def sections_scatter_far_more_than_questions(run):
    def ratio(size):
        table = benchmark(size)
        rows = table.loc[table.index[:-3], ["correct", "asked"]].to_numpy(float)
        correct, asked = rows.sum(axis=0)
        over_sections = bootstrap_interval(rows, lambda r: r[:, 0].sum() / r[:, 1].sum())
        over_questions = 2 * 1.96 * np.sqrt(correct / asked * (1 - correct / asked) / asked)
        return width(over_sections) / over_questions

    sizes = (10_000, 20_000, 30_000) if run.full else (10_000,)
    return Outcome(over_cases(ratio(size) for size in sizes), f"{len(sizes)} numbers of words")


@cache
def benchmark(size):
    return analogy_benchmark(load_words(), restrict_vocab=size)


@claim(
    "That the real rule carries over to words that it has not seen is one.",
    condition="GloVe 6B 50d, 6 pairs of kinds of twelve words; three of each to fit, 18 to score",
    quantity="accuracy on the unseen words, real labels less shuffled ones",
    cell="d4097c5b",
    above=0,
)
def only_real_kinds_carry_over(run):
    def gap(seed):
        return rule(seed, False)[1] - rule(seed, True)[1]

    n = run.times(full=300, quick=12)
    return Outcome(repeat(gap, n), f"{n} draws, over 6 pairs of kinds")


@claim(
    "In 50 dimensions a line separates any six words under any labels,",
    condition="GloVe 6B 50d, three words of each label, 6 pairs of kinds, labels shuffled",
    quantity="accuracy on the six words of the fit",
    cell="d4097c5b",
    above=0.99,
)
def a_line_separates_six_words_under_any_labels(run):
    n = run.times(full=300, quick=18)
    return Outcome(repeat(lambda seed: rule(seed, True)[0], n), f"{n} shuffles, over 6 pairs of kinds")


def rule(seed, shuffle):
    """Return the accuracy of a linear rule on the six words that it was fitted to, and on the others."""
    rng = np.random.default_rng(200 + seed)
    pairs = [(i, j) for i in range(4) for j in range(i)]
    kinds = [KINDS[i].split() for i in pairs[seed % 6]]
    X, labels = load_words()[kinds[0] + kinds[1]], np.repeat([0, 1], 12)
    labels = rng.permutation(labels) if shuffle else labels
    rows = np.array([rng.permutation(np.flatnonzero(labels == i)) for i in (0, 1)])
    six, rest = rows[:, :3].ravel(), rows[:, 3:].ravel()
    fit = LogisticRegression(max_iter=1000, C=100).fit(X[six], labels[six])
    return [fit.score(X[part], labels[part]) for part in (six, rest)]


@claim(
    "From the first 2,000 words on, the median norm falls from band to band, slowly:",
    condition="GloVe 6B 50d, ranks 0, 2,000, 5,000, 10,000, 20,000 and 30,000, and to 400,000 in the full form",
    quantity="median norm of a band less that of the next",
    cell="56a011fe",
    above=0,
    below=1,
)
def norms_fall_with_rank(run):
    gaps = []
    for words in run.vocabularies.values():
        edges = [0, 2_000, 5_000, 10_000, 20_000, 30_000]
        edges += [60_000, 120_000, 250_000, 400_000] if len(words) > 100_000 else []
        medians = [np.median(norm(words.vectors[a:b])) for a, b in pairwise(edges)]
        gaps += list(-np.diff(medians))
    return Outcome(over_cases(gaps), f"{len(gaps)} pairs of neighbouring bands")
