"""The claims of Paper bridge: word2vec."""

from functools import cache
from importlib import resources

import numpy as np
import pandas as pd
from embedding_geometry.cooccurrence import window_embedding
from embedding_geometry.corpus import load_glosses, toy_corpus, toy_words
from embedding_geometry.intervals import repeat
from embedding_geometry.neighbors import neighbor_graph
from gensim.models import Word2Vec
from scipy.optimize import minimize_scalar

from claims.ledger import Outcome, claim, over_cases

DATA = resources.files("embedding_geometry") / "data"
WORDS = toy_words()
documents = cache(lambda seed: toy_corpus(seed=seed))


def purity(texts, window, kind, n_features=8, k=5):
    """Return the share of each word's `k` nearest that are of its kind."""
    near = neighbor_graph(window_embedding(texts, WORDS["word"], window, n_features), k=k).indices
    labels = WORDS[kind].to_numpy()
    return (labels[near] == labels[:, None]).mean()


def ways(run):
    """Yield seeds of corpora that the page doesn't have, and numbers of dimensions and of neighbours."""
    for seed in range(5, 5 + run.times(8, 1)):
        yield from ((seed, n_features, k) for n_features, k in [(4, 5), (8, 10), (16, 3)])


def corpus_of_clauses(longest, seed):
    """Write 300 documents as ``toy_corpus`` does, with up to `longest` words of each part of speech."""
    random, table = np.random.default_rng(seed), WORDS["word"].to_numpy().reshape(4, 4, 4)
    texts = []
    for own in random.integers(4, size=300):
        texts.append([])
        for _ in range(8):
            parts = np.repeat([2, 0, 1, 3], random.integers(longest + 1, size=4))
            topics = np.where(random.random(len(parts)) < 0.25, own, random.integers(4, size=len(parts)))
            texts[-1] += ["the", *table[parts, topics, random.integers(4, size=len(parts))], "."]
    return texts


def dip(longest, seed):
    """Return the window at which the part of speech is least pure, among windows up to three quarters of a clause."""
    texts, windows = corpus_of_clauses(longest, seed), range(3, 3 * (longest + 1) // 2 + 1)
    return min(windows, key=lambda window: purity(texts, window, "part"))


def grid():
    table = pd.read_csv(DATA / "word2vec-grid.csv")
    return table.groupby(["part", "dimensions"])["wordsim353"].agg(["min", "mean", "max"])


@claim(
    "With one word on each side, the neighbours are the words that *stand* where ship stands:",
    condition="toy corpus, other seeds, 4 to 16 dimensions, 3 to 10 neighbours",
    quantity="purity of the part of speech less that of the topic, window of 1",
    cell="e42e17dc",
    above=0.3,
)
def narrow_window_finds_the_part_of_speech(run):
    found = [
        purity(documents(seed), 1, "part", *how) - purity(documents(seed), 1, "topic", *how)
        for seed, *how in ways(run)
    ]
    return Outcome(over_cases(found), f"{len(found)} corpora and settings")


@claim(
    "With twelve they are what ship is *about*:",
    condition="toy corpus, other seeds, 4 to 16 dimensions, 3 to 10 neighbours",
    quantity="purity of the topic less that of the part of speech, window of 12",
    cell="e42e17dc",
    above=0.5,
)
def wide_window_finds_the_topic(run):
    found = [
        purity(documents(seed), 12, "topic", *how) - purity(documents(seed), 12, "part", *how)
        for seed, *how in ways(run)
    ]
    return Outcome(over_cases(found), f"{len(found)} corpora and settings")


@claim(
    "at six it is higher again, in each corpus.",
    condition="toy corpus, other seeds, 8 dimensions, 5 neighbours",
    quantity="purity of the part of speech at a window of 6 less the lower of those at 4 and 5",
    cell="e42e17dc",
    above=0,
)
def purity_rises_again_at_six(run):
    def rise(seed):
        four, five, six = (purity(documents(seed), window, "part") for window in (4, 5, 6))
        return six - min(four, five)

    return Outcome(repeat(rise, run.times(20, 2), seed=3), f"{run.times(20, 2)} corpora")


@claim(
    "So the dip comes with the clause.",
    condition="corpora with clauses of 8 and of 12 tokens on average, 8 dimensions, 5 neighbours",
    quantity="window of the least purity of the part of speech, up to 3/4 of a clause, longer less shorter clauses",
    cell="506de159",
    above=0.5,
)
def longer_clauses_move_the_dip(run):
    n = run.times(20, 2)
    return Outcome(repeat(lambda seed: dip(5, seed) - dip(3, seed), n, seed=1), f"{n} pairs of corpora")


@claim(
    "So the error of each output is *what the model says minus what was seen*,",
    condition="random vectors of 10 dimensions, one outside word and five negatives",
    quantity="largest difference between the derived and the measured slope along the word",
    cell="3f454f9c",
    below=1e-5,
)
def error_is_what_is_said_minus_what_was_seen(run):
    def off(seed):
        random = np.random.default_rng(seed)
        word, outputs, signs = random.normal(size=10), random.normal(size=(6, 10)), np.array([1] + [-1] * 5)

        def loss(at):
            return np.logaddexp(0, -signs * (outputs @ at)).sum()

        error = 1 / (1 + np.exp(-outputs @ word)) - (signs > 0)
        measured = [(loss(word + tiny) - loss(word - tiny)) / 2e-5 for tiny in 1e-5 * np.eye(10)]
        return float(np.abs(error @ outputs - measured).max())

    n = run.times(200, 20)
    return Outcome(repeat(off, n), f"{n} random steps")


@claim(
    "its optimum is $u_o^\\top v_w = \\mathrm{PMI}(w, o) - \\log m$,",
    condition="random tables of counts; negatives drawn as the words, and with the power 0.75 and its term",
    quantity="largest difference between the best score, found by search, and the formula",
    cell="b540b2b3",
    below=1e-3,
)
def optimum_is_pmi_less_a_constant(run):
    def off(seed):
        random = np.random.default_rng(seed)
        p = random.integers(1, 50, size=(4, 4)) / 1.0
        p, m = p / p.sum(), int(random.integers(1, 20))
        words, outside = p.sum(axis=1), p.sum(axis=0)
        worst = 0.0
        for q in (outside, outside**0.75 / (outside**0.75).sum()):
            seen, drawn = p[0, 0], m * words[0] * q[0]
            best = minimize_scalar(
                lambda s, a=seen, b=drawn: a * np.logaddexp(0, -s) + b * np.logaddexp(0, s), tol=1e-10
            ).x
            formula = np.log(seen / (words[0] * outside[0])) - np.log(m) + np.log(outside[0] / q[0])
            worst = max(worst, abs(best - formula))
        return worst

    n = run.times(200, 20)
    return Outcome(repeat(off, n), f"{n} random tables")


@claim(
    "with a seed and *one* worker (several overwrite each other's steps), gensim gives the same vectors bit for bit.",
    condition="skip-gram of the page's settings on parts of the glosses",
    quantity="share of numbers that are the same in two runs with one seed",
    cell="5cb59278",
    above=0.999,
)
def one_worker_repeats_itself(run):
    glosses = load_glosses(16 if run.full else 128)
    options = {"sg": 1, "vector_size": 20, "workers": 1, "epochs": 1}

    def same(seed):
        one, two = (Word2Vec(glosses, seed=seed + 1, **options).wv.vectors for _ in range(2))
        return float((one == two).mean())

    n = run.times(10, 2)
    return Outcome(repeat(same, n), f"{n} seeds")


@claim(
    "with a quarter of the lines every draw is above every draw with an eighth, whatever the dimensions.",
    condition="skip-gram tuned, WordSim-353, three draws of lines and seeds, stored",
    quantity="worst draw with a quarter less best draw with an eighth, and the same for all against a quarter",
    cell="b980409d",
    above=0,
)
def more_text_helps(run):
    found = [grid().loc[(4, d), "min"] - grid().loc[(8, d), "max"] for d in (25, 50, 100, 200)]
    found += [grid().loc[(1, d), "min"] - grid().loc[(4, d), "max"] for d in (50, 100)]
    return Outcome(over_cases(found), "6 steps in size, 3 draws each")


@claim(
    "More dimensions do not help here:",
    condition="skip-gram tuned, WordSim-353, parts of the glosses up to all, means of three draws, stored",
    quantity="score with the most dimensions less that with the fewest",
    cell="b980409d",
    below=0.03,
)
def more_dimensions_do_not_help(run):
    mean = grid()["mean"]
    found = [mean[4, 200] - mean[4, 25], mean[8, 200] - mean[8, 25], mean[16, 200] - mean[16, 25]]
    return Outcome(over_cases([*found, mean[1, 100] - mean[1, 50]]), "4 amounts of text")
