"""The claims of page 06, linear probes."""

import warnings

import numpy as np
from embedding_geometry.intervals import bootstrap_interval, repeat
from embedding_geometry.probes import control_task, linear_probe, selectivity
from embedding_geometry.questions import analogy_pairs
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, KFold, cross_val_predict
from sklearn.neural_network import MLPClassifier

from claims.ledger import Outcome, claim, over_cases

BANDS = [(0, 10_000), (5_000, 20_000), (10_000, 30_000)]


def forms(words, band):
    """Return the forms in -ing and -ed of a band of ranks, and a number for the stem of each."""
    names = [w for w in words.index_to_key[slice(*band)] if w.isalpha() and len(w) > 5]
    names = [w for w in names if w.endswith(("ing", "ed"))]
    cut = [w.removesuffix("ing").removesuffix("ed") for w in names]
    stems = [w[:-1] + "y" if w.endswith("i") else w for w in cut]
    return np.array(names), np.unique(stems, return_inverse=True)[1]


def right_when_held_out(X, y, families, n_deals):
    folding = KFold if families is None else GroupKFold
    deals = [folding(5, shuffle=True, random_state=100 + seed) for seed in range(n_deals)]
    reader = LogisticRegression(solver="newton-cholesky")
    return np.mean([y == cross_val_predict(reader, X, y, groups=families, cv=cv) for cv in deals], axis=0)


def place_names(words):
    """Return the words of the kinds of places, the most frequent first, and their kinds."""
    kind = {}
    for capital, country in analogy_pairs("capital-world").items():
        kind |= {capital: "capital", country: "country"}
    for country, people in analogy_pairs("gram6-nationality-adjective").items():
        kind |= {country: "country", people: "nationality"}
    names = sorted((w for w in kind if w in words), key=words.get_index)
    return words[names], np.array([kind[w] for w in names])


def accuracy(probe, X, y, train, test):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return probe.fit(X[train], y[train]).score(X[test], y[test])


def network_less_probe(X, y, n, seed, width=32):
    order = np.random.default_rng(seed).permutation(len(y))
    network = MLPClassifier(width, alpha=1, solver="lbfgs", max_iter=100, random_state=seed)
    readers = LogisticRegression(max_iter=1000), network
    probe, network = (accuracy(reader, X, y, order[:n], order[n:]) for reader in readers)
    return network - probe


def memory(words, seed, of_noise=False):
    """Return what the MLP and the line reach on the task and on the control task, and the MLP on unseen types."""
    X, kinds = place_names(words)
    rng = np.random.default_rng(1000 + seed)
    X = rng.normal(size=X.shape) if of_noise else X
    shares = 1 / np.arange(1, len(X) + 1)
    tokens = rng.choice(len(X), 1500, p=shares / shares.sum())
    counts = np.unique(kinds, return_counts=True)[1]
    control = control_task(np.arange(len(X)), 3, seed=1000 + seed, weights=counts)
    train, test = tokens[:1000], tokens[1000:]
    mlp = MLPClassifier((100,), solver="lbfgs", alpha=0.01, max_iter=60, random_state=seed)
    line = LogisticRegression(max_iter=1000)
    found = {"control": accuracy(mlp, X, control, train, test), "task": accuracy(mlp, X, kinds, train, test)}
    new = test[~np.isin(test, train)]
    found["unseen"] = mlp.score(X[new], kinds[new])
    found["line"] = accuracy(line, X, kinds, train, test) - accuracy(line, X, control, train, test)
    return found | {"mlp": found["task"] - found["control"]}


@claim(
    "In these two directions the two kinds overlap; fifty directions will tell another story.",
    condition="36 countries and their capitals, others in each draw, in 50 dimensions",
    quantity="test accuracy of a probe in five folds",
    cell="d1a40b02",
    above=0.9,
)
def fifty_directions(run):
    pairs = [p for p in analogy_pairs("capital-world").items() if p[0] in run.words and p[1] in run.words]

    def measure(seed):
        drawn = np.random.default_rng(seed).choice(len(pairs), 36, replace=False)
        words = [word for i in drawn for word in pairs[i]]
        return linear_probe(run.words[words], np.tile([0, 1], 36), seed=seed).test_accuracy

    n = run.times(50, 5)
    return Outcome(repeat(measure, n), f"{n} draws of the words")


@claim(
    "-ing or -ed* is a question of spelling, and GloVe never saw a letter.",
    condition="forms in -ing and -ed of three bands of ranks, families kept together",
    quantity="test accuracy of a probe less the majority baseline",
    cell="914c58f9",
    above=0.1,
)
def endings_can_be_read(run):
    cases = []
    for words in run.vocabularies.values():
        for band in BANDS[: run.times(3, 1)]:
            names, stems = forms(words, band)
            ing = np.char.endswith(names, "ing")
            right = right_when_held_out(words[list(names)], ing, stems, 1)
            cases.append(right.mean() - max(ing.mean(), 1 - ing.mean()))
    return Outcome(over_cases(cases), f"{len(cases)} bands of ranks")


@claim(
    "So a leak can make a probe look *worse* as well as better.",
    condition="even letters, on forms in -ing and -ed that have a sibling, the first 10,000 words, 30 deals",
    quantity="accuracy with families kept together less accuracy as they come",
    cell="e5a70b05",
    above=0,
)
def siblings_mislead(run):
    names, stems = forms(run.words, BANDS[0])
    X, even = run.words[list(names)], np.char.str_len(names) % 2 == 0
    n = run.times(30, 3)
    gain = right_when_held_out(X, even, stems, n) - right_when_held_out(X, even, None, n)
    rows = np.bincount(stems)[stems] > 1
    families = np.c_[np.bincount(stems, gain * rows), np.bincount(stems, rows * 1.0)]
    interval = bootstrap_interval(families, lambda drawn: np.divide(*drawn.sum(axis=0)))
    return Outcome(interval, f"{len(families)} families, resampled")


@claim(
    "With 30 labels the network adds nothing that these draws could show, on any of the four.",
    condition="digits, odd or even, -ing or -ed, kind of place; 30 labels",
    quantity="accuracy of a network of 32 hidden units less that of a probe, mean over draws",
    cell="be7a1005",
    above=-0.03,
    below=0.03,
)
def few_labels_nothing_to_add(run):
    names, stems = forms(run.words, BANDS[0])
    one = np.unique(stems, return_index=True)[1]
    pixels, digit = load_digits().data / 16, load_digits().target
    tasks = [(pixels, digit), (pixels, digit % 2), place_names(run.words)]
    tasks += [(run.words[list(names[one])], np.char.endswith(names[one], "ing"))]
    n = run.times(30, 3)
    cases = [np.mean([network_less_probe(X, y, 30, 100 + seed) for seed in range(n)]) for X, y in tasks]
    return Outcome(over_cases(cases), f"4 questions, {n} draws each")


@claim(
    "*Kind of place* is complete in GloVe: nothing is left to win.",
    condition="200 labels, 16, 32 or 100 hidden units",
    quantity="accuracy of the network less that of a probe",
    cell="be7a1005",
    above=-0.03,
    below=0.03,
)
def places_are_there_already(run):
    X, kinds = place_names(run.words)
    n = run.times(30, 3)
    values = [network_less_probe(X, kinds, 200, 100 + s, (16, 32, 100)[s % 3]) for s in range(n)]
    return Outcome(over_cases(values), f"{n} draws")


@claim(
    "a line reads 0.91 of it, and the network, which may bend, adds 0.06, in each draw.",
    condition="odd or even from the pixels of digits, 600 labels, 16, 32 or 64 hidden units",
    quantity="accuracy of the network less that of a probe",
    cell="be7a1005",
    above=0.01,
)
def parity_is_not_there_yet(run):
    pixels, digit = load_digits().data / 16, load_digits().target
    n = run.times(24, 3)
    values = [network_less_probe(pixels, digit % 2, 600, 100 + s, (16, 32, 64)[s % 3]) for s in range(n)]
    return Outcome(over_cases(values), f"{n} draws")


@claim(
    "On GloVe the MLP and the line are equally accurate, but the line is more **selective** in each draw:",
    condition="1,500 tokens of 283 place names, Zipf's law; other tokens and controls in each draw",
    quantity="selectivity of the line less that of an MLP with 100 hidden units",
    cell="3a692b72",
    above=0,
)
def lines_are_selective(run):
    def measure(seed):
        found = memory(run.words, seed)
        return found["line"] - found["mlp"]

    n = run.times(30, 2)
    return Outcome(repeat(measure, n), f"{n} draws")


@claim(
    "The control task reveals the trick:",
    condition="one random vector for each of 283 types, MLP with 100 hidden units",
    quantity="selectivity of the MLP on noise",
    cell="3a692b72",
    above=-0.08,
    below=0.08,
)
def noise_has_no_selectivity(run):
    n = run.times(30, 2)
    return Outcome(repeat(lambda seed: memory(run.words, seed, True)["mlp"], n), f"{n} draws")


@claim(
    "There the noise is unmasked at once.",
    condition="types that were not in training; one random vector for each of 283 types",
    quantity="accuracy of the MLP on their tokens",
    cell="1538c95d",
    below=0.7,
)
def noise_fails_on_unseen_types(run):
    n = run.times(30, 2)
    return Outcome(repeat(lambda seed: memory(run.words, seed, True)["unseen"], n), f"{n} draws")


@claim(
    "With equal chances there are too many types for it to remember.",
    condition="1,500 tokens of 283 place names, linear probe",
    quantity="selectivity with equal chances less selectivity by Zipf's law",
    cell="140e7427",
    above=0.05,
)
def equal_chances_raise_selectivity(run):
    X, kinds = place_names(run.words)
    shares = 1 / np.arange(1, len(X) + 1)

    def measure(seed, p):
        tokens = np.random.default_rng(300 + seed).choice(len(X), 1500, p=p)
        return selectivity(X[tokens], kinds[tokens], types=tokens, n_folds=3, seed=seed).selectivity

    n = run.times(20, 2)
    gaps = repeat(lambda seed: measure(seed, None) - measure(seed, shares / shares.sum()), n)
    return Outcome(gaps, f"{n} draws of tokens and controls")
