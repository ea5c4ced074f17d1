"""The claims of page 04, cat, dog, car."""

import numpy as np
from embedding_geometry.intervals import bootstrap_interval, repeat
from embedding_geometry.similarity import cosine_similarity, normalize
from scipy.stats import spearmanr
from sklearn.svm import SVC

from claims.ledger import Outcome, claim, over_cases

ANIMALS = """cat dog horse cow mouse rabbit sheep lion wolf goat monkey eagle whale beetle tiger elephant
bear pig duck snake frog deer fox shark spider turtle chicken bird camel"""
VEHICLES = """car truck bus train bicycle boat plane tractor van motorcycle helicopter ferry taxi ship jeep
ambulance yacht tram scooter trolley airplane submarine sled cart tanker locomotive jet bike canoe"""


def random_cosines(words, low, high, seed, n_pairs=5_000):
    one, other = np.random.default_rng(seed).integers(low, high, size=(2, n_pairs))
    kept = one != other
    return cosine_similarity(words.vectors[one[kept]], words.vectors[other[kept]])


def as_common_as(words, word, factor, seed):
    place = words.get_index(word)
    rows = np.random.default_rng(seed).integers(place / factor, place * factor, size=10_000)
    return words.vectors[rows]


def share_below(words, one, other, factor, seed):
    near = [as_common_as(words, word, factor, seed + i) for i, word in enumerate((one, other))]
    return float(np.mean(cosine_similarity(*near) < words.similarity(one, other)))


def halfway(words, animals, vehicles):
    one, other = words[list(animals)].mean(axis=0), words[list(vehicles)].mean(axis=0)
    w = one - other
    return lambda X: X @ w - w @ (one + other) / 2 > 0


def turned(X):
    """Return by how many degrees each row turns when the mean of the rows is taken away."""
    return np.degrees(np.arccos(np.clip(cosine_similarity(X, X - X.mean(axis=0)), -1, 1)))


@claim(
    "*what is ordinary depends on the words*",
    condition="GloVe 6B 50d, random pairs of words",
    quantity="mean cosine among the first 1,000 words, less that among the words of ranks 20,000 to 30,000",
    cell="43a281dd",
    above=0.3,
)
def ordinary_depends_on_the_band(run):
    def fall(seed):
        common, rarer = (
            random_cosines(run.words, low, high, seed) for low, high in ((0, 1_000), (20_000, 30_000))
        )
        return common.mean() - rarer.mean()

    return Outcome(repeat(fall, run.times(200, 20)), f"{run.times(200, 20)} draws of 5,000 pairs")


@claim(
    "So there is no one neutral point in this space",
    condition="GloVe 6B 50d, random pairs within bands of 2,500 words, up to rank 20,000",
    quantity="mean cosine of a band less that of the next one",
    cell="43a281dd",
    above=0,
)
def ordinary_falls_band_by_band(run):
    means = [
        np.mean([random_cosines(run.words, low, low + 2_500, seed).mean() for seed in range(8)])
        for low in range(0, 20_000, 2_500)
    ]
    return Outcome(over_cases(-np.diff(means)), "7 steps from band to band")


@claim(
    "About a quarter of such pairs are higher than cat and car",
    condition="GloVe 6B 50d, pairs from within a factor of 1.5, 2, 3 or 5 of the two words' ranks",
    quantity="share of these pairs with a higher cosine",
    cell="b1d7205e",
    above=0.1,
    below=0.4,
)
def cat_and_car_are_ordinary(run):
    found = [1 - share_below(run.words, "cat", "car", factor, 0) for factor in (1.5, 2, 3, 5)]
    return Outcome(over_cases(found), "4 widths of the band")


@claim(
    "Than cat and dog, almost none is higher.",
    condition="GloVe 6B 50d, pairs from within a factor of 1.5, 2, 3 or 5 of the two words' ranks",
    quantity="share of these pairs with a lower cosine",
    cell="b1d7205e",
    above=0.99,
)
def cat_and_dog_are_not(run):
    found = [share_below(run.words, "cat", "dog", factor, 0) for factor in (1.5, 2, 3, 5)]
    return Outcome(over_cases(found), "4 widths of the band")


@claim(
    "In GloVe 50d common words tend to be a little longer than rare ones.",
    condition="GloVe 6B 50d, the first 3,000, 10,000 and 30,000 words, and all 400,000",
    quantity="rank correlation of a word's norm with its frequency rank",
    cell="2904b0bd",
    below=-0.05,
)
def common_words_are_longer(run):
    tables = [run.words.vectors[:n] for n in (3_000, 10_000, 30_000)]
    tables += [words.vectors for words in list(run.vocabularies.values())[1:]]
    found = [spearmanr(np.linalg.norm(X, axis=1), np.arange(len(X)))[0] for X in tables]
    return Outcome(over_cases(found), f"{len(found)} sizes of the vocabulary")


@claim(
    "a line between cat and dog can leave no more than half of their distance",
    condition="random points in the plane, one of three alone",
    quantity="widest margin over half of the distance to the nearer of the other two",
    cell="c235c6bc",
    below=1.001,
)
def margin_is_at_most_half_the_distance(run):
    def ratio(seed):
        X = np.random.default_rng(seed).normal(size=(3, 2))
        widest = SVC(kernel="linear", C=1e8).fit(X, [1, 0, 0])
        half = np.linalg.norm(X[0] - X[1:], axis=1).min() / 2
        return 1 / np.linalg.norm(widest.coef_[0]) / half

    return Outcome(repeat(ratio, run.times(300, 40)), f"{run.times(300, 40)} triples")


@claim(
    "So the room is a fact about these words, and not about fifty dimensions.",
    condition="GloVe 6B 50d, other lists of eight animals and eight vehicles, drawn from 29 of each",
    quantity="share of shuffled labellings with a margin as wide as that of the true labels",
    cell="63fe8d0a",
    below=0.1,
)
def true_labels_have_room(run):
    labels = np.repeat([1, 0], 8)

    def margin(X, y):
        return 1 / np.linalg.norm(SVC(kernel="linear", C=1e6).fit(X, y).coef_[0])

    def share(seed):
        random = np.random.default_rng(seed)
        lists = [random.permutation(kind.split())[:8] for kind in (ANIMALS, VEHICLES)]
        X = run.words[list(np.concatenate(lists))]
        true = margin(X, labels)
        return np.mean([margin(X, random.permutation(labels)) >= true for _ in range(run.times(200, 25))])

    return Outcome(repeat(share, run.times(60, 5)), f"{run.times(60, 5)} pairs of lists")


@claim(
    "It is *jaguar* that most rules call a vehicle.",
    condition="GloVe 6B 50d, rules halfway between the means of eight animals and eight vehicles, from 29 of each",
    quantity="share of the rules that call jaguar an animal",
    cell="0ad4f7e3",
    below=0.4,
)
def jaguar_is_a_vehicle(run):
    called = []
    for seed in range(run.times(1_000, 200)):
        random = np.random.default_rng(seed)
        lists = [random.permutation(kind.split())[:8] for kind in (ANIMALS, VEHICLES)]
        called.append(halfway(run.words, *lists)(run.words["jaguar"]))
    return Outcome(bootstrap_interval(np.array(called)), f"{len(called):,} rules, resampled")


@claim(
    "The linear rule survives the move to real vectors",
    condition="GloVe 6B 50d, rules halfway between the means of eight animals and eight vehicles, from 29 of each",
    quantity="accuracy on the 42 words that the rule has not seen",
    cell="0ad4f7e3",
    above=0.8,
)
def unseen_words_are_told_apart(run):
    def accuracy(seed):
        random = np.random.default_rng(seed)
        mixed = [random.permutation(kind.split()) for kind in (ANIMALS, VEHICLES)]
        rule = halfway(run.words, *(kind[:8] for kind in mixed))
        unseen = [run.words[list(kind[8:])] for kind in mixed]
        return (rule(unseen[0]).mean() + 1 - rule(unseen[1]).mean()) / 2

    return Outcome(repeat(accuracy, run.times(300, 40)), f"{run.times(300, 40)} pairs of lists")


@claim(
    "some hyperplane splits any 51 in general position",
    condition="GloVe 6B 50d, 51 words drawn at random, labels drawn at random",
    quantity="least value of label times rule, for the rule that solves 51 equations",
    cell="63fe8d0a",
    above=0.9,
)
def any_51_words_are_split(run):
    def least(seed):
        random = np.random.default_rng(seed)
        X = run.words.vectors[random.permutation(len(run.words))[:51]].astype(float)
        labels = random.choice([-1.0, 1.0], size=51)
        equations = np.column_stack([X, np.ones(51)])
        return float((labels * (equations @ np.linalg.solve(equations, labels))).min())

    return Outcome(repeat(least, run.times(500, 50)), f"{run.times(500, 50)} draws of words and labels")


@claim(
    "the angle between $a$ and $-c$ is at most $\\arcsin\\varepsilon + \\arcsin\\frac{\\varepsilon}{2}$",
    condition="three random points in 2 to 50 dimensions, centred",
    quantity="the angle over its bound",
    cell="51c8e7f0",
    below=1.000001,
)
def near_points_oppose_the_third(run):
    def ratio(seed):
        random = np.random.default_rng(seed)
        size, nearness = random.integers(2, 51), random.uniform(0.05, 0.95)
        a, c = random.normal(size=(2, size))
        b = a + nearness * np.linalg.norm(a - c) * normalize(random.normal(size=size))
        m = (a + b + c) / 3
        angle = np.arccos(np.clip(cosine_similarity(a - m, m - c), -1, 1))
        return float(angle / (np.arcsin(nearness) + np.arcsin(nearness / 2)))

    return Outcome(repeat(ratio, run.times(5_000, 500)), f"{run.times(5_000, 500):,} triples")


@claim(
    "the common words of GloVe, which share a direction, turn by far more than the rarer ones",
    condition="GloVe 6B 50d, each band less its own mean: ranks up to 1,000, and five bands from 20,000 on",
    quantity="median turn in degrees of the first band less that of the other",
    cell="51c8e7f0",
    above=20,
)
def common_words_turn_more(run):
    X = run.words.vectors
    first = np.median(turned(X[:1_000]))
    found = [first - np.median(turned(X[low : low + 2_000])) for low in range(20_000, 30_000, 2_000)]
    return Outcome(over_cases(found), "5 bands")


@claim(
    "How many they are does not matter",
    condition="GloVe 6B 50d, words drawn from the first 10,000, less their mean",
    quantity="median turn of all 10,000 words over that of 300 drawn from them",
    cell="51c8e7f0",
    above=0.85,
    below=1.15,
)
def number_does_not_matter(run):
    X = run.words.vectors[:10_000]
    every = np.median(turned(X))

    def ratio(seed):
        return float(every / np.median(turned(np.random.default_rng(seed).permutation(X)[:300])))

    return Outcome(repeat(ratio, run.times(200, 20)), f"{run.times(200, 20)} draws")
