"""The claims of page 06a, the limits of probes."""

import numpy as np
from embedding_geometry.description_length import online_code_length
from embedding_geometry.intervals import bootstrap_interval, repeat
from embedding_geometry.probes import linear_probe
from embedding_geometry.questions import analogy_pairs
from embedding_geometry.similarity import cosine_similarity
from embedding_geometry.subspaces import principal_directions, residual
from scipy.optimize import linprog
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import SVC

from claims.ledger import Outcome, claim, over_cases

# Other names and other pairs than the page's.
MEN = """peter frank gary larry scott eric jerry dennis walter patrick raymond jack arthur henry carl roger
lawrence albert ralph howard harry philip louis bruce craig alan oscar simon martin hugh"""
WOMEN = """alice emma grace julia martha ruth helen anna diana claire lucy rose jane catherine christine marie
virginia victoria judith joan frances dorothy shirley anne jean cynthia diane julie kelly christina"""
GENDERS = "his her,him herself,boys girls,uncle aunt,prince princess,actor actress,male female,men women"


def word_lists(words):
    """Return lists of words of two classes, each with pairs whose direction is to be removed."""
    genders = [tuple(pair.split()) for pair in GENDERS.split(",")]
    lists = [(words[(MEN + " " + WOMEN).split()], np.repeat([0, 1], 30), genders)]
    for section in ("capital-world", "gram8-plural", "gram7-past-tense"):
        pairs = [pair for pair in analogy_pairs(section).items() if all(word in words for word in pair)]
        first, second = zip(*pairs, strict=True)
        lists.append((words[first + second], np.repeat([0, 1], len(pairs)), pairs[5:]))
    return [(X.astype(float), y, pairs) for X, y, pairs in lists]


def places(words):
    kind = {}
    for capital, country in analogy_pairs("capital-world").items():
        kind |= {capital: "capital", country: "country"}
    for country, people in analogy_pairs("gram6-nationality-adjective").items():
        kind |= {country: "country", people: "nationality"}
    names = [word for word in kind if word in words]
    return words[names], np.array([kind[word] for word in names])


def halved(X, y, seed):
    """Return the rows of one half and of the other, and all of them without the first half's mean difference."""
    seen, new = next(StratifiedShuffleSplit(1, test_size=0.5, random_state=100 + seed).split(X, y))
    means = [X[seen][y[seen] == c].mean(axis=0) for c in (0, 1)]
    return seen, new, residual(X, means[1] - means[0])


def circle(X, direction, n=500):
    order = np.argsort(cosine_similarity(X, direction.astype(X.dtype)))
    ends = residual(X[np.r_[order[:n], order[-n:]]], direction.astype(X.dtype))
    return linear_probe(ends, np.repeat([0, 1], n)).test_accuracy


def band(words, start, stop):
    return words[[word for word in words.index_to_key[start:stop] if word.isalpha()]]


@claim(
    "With 51 words *every* labelling can be fitted; with 102, half of them.",
    condition="coin tosses on 102 words drawn from the first 30,000, in 50 dimensions",
    quantity="share of labellings that a linear rule fits without error",
    cell="610a2992",
    above=0.3,
    below=0.7,
)
def covers_half(run):
    def separable(seed):
        rng = np.random.default_rng(500 + seed)
        X = np.c_[run.words.vectors[rng.choice(30_000, 102, replace=False)], np.ones(102)]
        signed = rng.choice([-1, 1], size=(102, 1)) * X
        found = linprog(np.zeros(51), A_ub=-signed, b_ub=-np.ones(102), bounds=(None, None))
        return float(found.status == 0)

    trials = [separable(seed) for seed in range(run.times(400, 60))]
    return Outcome(bootstrap_interval(trials), f"{len(trials)} trials, resampled")


@claim(
    "One pair of words is one trace.",
    condition="other names and pairs than the page's; places, plurals, tenses; one pair's direction removed",
    quantity="test accuracy of a probe after the removal (a guess: .50)",
    cell="a6000005",
    above=0.55,
)
def one_pair_is_one_trace(run):
    cases = [
        linear_probe(residual(X, (run.words[a] - run.words[b]).astype(float)), y).test_accuracy
        for X, y, pairs in word_lists(run.words)
        for a, b in pairs[: run.times(30, 3)]
    ]
    return Outcome(over_cases(cases), f"{len(cases)} pairs")


@claim(
    "Equal class means are what blinds a linear probe, on the words on which they are equal.",
    condition="the mean difference removed where the probe is fitted; names, places, plurals, tenses",
    quantity="largest weight of the fitted probe",
    cell="a600000a",
    below=1e-4,
)
def equal_means_give_no_weights(run):
    def largest(X, y, seed):
        seen, _, Z = halved(X, y, seed)
        probe = LogisticRegression(solver="newton-cholesky", tol=1e-8).fit(Z[seen], y[seen])
        return float(np.abs(probe.coef_).max())

    n = run.times(20, 3)
    cases = [largest(X, y, seed) for X, y, _ in word_lists(run.words) for seed in range(n)]
    return Outcome(over_cases(cases), f"4 lists, {n} halvings each")


@claim(
    "Curved readers and new words may still see.",
    condition="capitals and countries, the mean difference of one half removed",
    quantity="accuracy on the other half of a support vector machine with a Gaussian kernel (a guess: .50)",
    cell="a600000a",
    above=0.55,
)
def curves_still_see(run):
    X, y, _ = word_lists(run.words)[1]

    def measure(seed):
        seen, new, Z = halved(X, y, seed)
        return SVC(C=10).fit(Z[seen], y[seen]).score(Z[new], y[new])

    n = run.times(50, 5)
    return Outcome(repeat(measure, n), f"{n} halvings")


@claim(
    "And a *new line*, fitted and tested on the **other** half, whose means were not used,",
    condition="names, places, plurals, tenses; the mean difference of one half removed",
    quantity="test accuracy of a probe in five folds of the other half, mean of each list (a guess: .50)",
    cell="a600000a",
    above=0.52,
)
def new_words_still_show(run):
    def measure(X, y, seed):
        _, new, Z = halved(X, y, seed)
        return linear_probe(Z[new], y[new], seed=seed).test_accuracy

    n = run.times(20, 3)
    cases = [np.mean([measure(X, y, s) for s in range(n)]) for X, y, _ in word_lists(run.words)]
    return Outcome(over_cases(cases), f"4 lists, {n} halvings each")


@claim(
    "The coordinates of GloVe are correlated, so words picked at the two ends of nearly any direction differ in others too.",
    condition="three bands of ranks, the direction between two words drawn at random, 500 words at each end",
    quantity="test accuracy of a probe after the direction has been removed (a guess: .50)",
    cell="5c70117c",
    above=0.65,
)
def any_direction_makes_a_circle(run):
    cases = []
    for words in run.vocabularies.values():
        for start, stop in [(0, 10_000), (5_000, 15_000), (18_000, 30_000)][: run.times(3, 1)]:
            X = band(words, start, stop)
            draws = np.random.default_rng(9).integers(len(X), size=(run.times(6, 3), 2))
            cases += [circle(X, X[i] - X[j]) for i, j in draws]
    return Outcome(over_cases(cases), f"{len(cases)} directions")


@claim(
    "When the cloud is whitened (its correlations removed), the random direction yields 0.55, "
    "hardly more than a guess.",
    condition="the first 10,000 words, whitened; directions of random numbers",
    quantity="test accuracy of a probe after the direction has been removed (a guess: .50)",
    cell="5c70117c",
    below=0.75,
)
def white_clouds_break_the_circle(run):
    X = band(run.words, 0, 10_000).astype(float)
    scales, axes = np.linalg.eigh(np.cov(X.T))
    white = (X - X.mean(axis=0)) @ axes / np.sqrt(scales)
    n = run.times(20, 3)
    found = repeat(lambda seed: circle(white, np.random.default_rng(70 + seed).normal(size=50)), n)
    return Outcome(found, f"{n} directions")


@claim(
    "Shuffled labels take *more* than sending them plainly, in every order:",
    condition="283 place names, three kinds, another shuffle and order each time",
    quantity="compression",
    cell="6d30055b",
    below=1,
)
def shuffles_are_not_compressed(run):
    X, kinds = places(run.words)

    def measure(seed):
        shuffled = np.random.default_rng(200 + seed).permutation(kinds)
        return online_code_length(X, shuffled, seed=seed).compression

    n = run.times(60, 5)
    return Outcome(repeat(measure, n), f"{n} shuffles")


@claim(
    "Order by order the 50 are ahead by 0.63 on average (0.30 to 0.97), though not in every order:",
    condition="283 place names; 20 and 50 principal directions at the same mean norm",
    quantity="compression with 50 directions less that with 20",
    cell="1cc15870",
    above=0,
)
def fifty_directions_are_easier(run):
    X, kinds = places(run.words)
    directions = principal_directions(run.words.vectors[:10_000]).directions

    def measure(k, seed):
        flat = X @ directions[:k].T
        flat = 5 * flat / np.linalg.norm(flat, axis=1).mean()
        return online_code_length(flat, kinds, seed=100 + seed).compression

    gains = [measure(50, seed) - measure(20, seed) for seed in range(run.times(60, 8))]
    return Outcome(bootstrap_interval(gains), f"{len(gains)} orders, resampled")


@claim(
    "What these probes read is *in* the vectors that the model was given, and plays no part in what it says.",
    condition="linear models for plurals, for tenses and for names, fitted on half of the words",
    quantity="test accuracy of a probe for the kind of place without the one direction that the model uses",
    cell="a600000f",
    above=0.95,
)
def unused_and_yet_there(run):
    P, kinds = places(run.words)
    names, _, plurals, tenses = word_lists(run.words)

    def measure(X, y, seed):
        seen, _ = next(StratifiedShuffleSplit(1, test_size=0.5, random_state=seed).split(X, y))
        model = LogisticRegression(solver="newton-cholesky").fit(X[seen], y[seen])
        return linear_probe(residual(P.astype(float), model.coef_[0]), kinds, seed=seed).test_accuracy

    n = run.times(10, 2)
    cases = [measure(X, y, seed) for X, y, _ in (names, plurals, tenses) for seed in range(n)]
    return Outcome(over_cases(cases), f"{len(cases)} models")


@claim(
    "With weights fitted on all 60, the test accuracy falls far *below* one half, which no honest failure does:",
    condition="60 other names, three rounds of removal; 40 for training, 20 for the test",
    quantity="test accuracy after the third round",
    cell="4dc7d7c6",
    below=0.45,
)
def removal_that_saw_the_test(run):
    X, y, _ = word_lists(run.words)[0]
    probe = LogisticRegression(solver="newton-cholesky")

    def measure(seed):
        order, Z = np.random.default_rng(50 + seed).permutation(60), X
        for _ in range(3):
            Z = residual(Z, probe.fit(Z, y).coef_[0])
        return probe.fit(Z[order[:40]], y[order[:40]]).score(Z[order[40:]], y[order[40:]])

    scores = [measure(seed) for seed in range(run.times(100, 20))]
    return Outcome(bootstrap_interval(scores), f"{len(scores)} splits, resampled")
