"""What page 2 says: random directions, the cosines of each band of frequency, likeness, and middles of words."""

from importlib import resources

import numpy as np
import pandas as pd
from embedding_geometry.analogies import similarity_benchmark
from embedding_geometry.intervals import repeat
from embedding_geometry.neighbors import nearest_neighbors
from embedding_geometry.similarity import cosine_matrix, cosine_similarity, normalize

from claims.ledger import Outcome, claim, over_cases

WIDTH = 2_000
U_SHAPE = """Over all 400,000 words the mean cosine is a U: 0.43 at the head, 0.01 near rank 28,000, 0.32 among
the rarest."""


def bands(vectors):
    """Return the mean cosine within each 2,000 words, and the cosine of each band's mean with the first's."""
    n_bands = len(vectors) // WIDTH
    units = normalize(vectors[: n_bands * WIDTH].astype(np.float64)).reshape(n_bands, WIDTH, -1)
    means = units.mean(axis=1)
    mean_cosine = (WIDTH * (means**2).sum(axis=1) - 1) / (WIDTH - 1)
    return mean_cosine, normalize(means) @ normalize(means[:1])[0]


def stored_bands():
    """Return the table that the page draws."""
    data = resources.files("embedding_geometry") / "data"
    with (data / "frequency-bands.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file)


@claim(
    "The mean is zero, and the standard deviation is $1 / \\sqrt{d}$: exactly so (exercise 1), not only about.",
    condition="Gaussian directions, 3 to 1,600 dimensions, 2,000 pairs a draw",
    quantity="standard deviation of the cosines times the root of the number of dimensions",
    cell="b3b95e78",
    above=0.92,
    below=1.08,
)
def spread_of_random_cosines(run):
    def spread(d, seed):
        pairs = np.random.default_rng(700 + seed).normal(size=(2, 2_000, d))
        return cosine_similarity(*pairs).std() * np.sqrt(d)

    cases = [spread(d, seed) for d in (3, 20, 100, 400, 1_600) for seed in range(run.times(20, 2))]
    return Outcome(over_cases(cases), f"{len(cases)} draws")


@claim(
    U_SHAPE,
    condition="GloVe 6B 50d, bands of 2,000 words: those of the course, and all 200 at full size",
    quantity="largest difference of a mean cosine from the stored table's",
    cell="407d83ad",
    below=0.002,
)
def stored_bands_are_those_of_the_words(run):
    cases = []
    for words in run.vocabularies.values():
        n_bands = min(len(words), 400_000) // WIDTH
        found = bands(words.vectors[: 30_000 if n_bands < 20 else None])[0]
        cases.append(np.abs(found - stored_bands().mean_cosine[: len(found)]).max())
    return Outcome(over_cases(cases), f"{len(cases)} vocabularies")


@claim(
    U_SHAPE,
    condition="GloVe 6B 50d, all 400,000 words in bands of 2,000 (the quick form reads the stored table)",
    quantity="mean cosine of the first four bands and of the last five, less that of the lowest band",
    cell="407d83ad",
    above=0.1,
)
def the_mean_cosine_is_a_u(run):
    vectors = run.vocabularies.get("400,000 words")
    found = bands(vectors.vectors)[0] if vectors else stored_bands().mean_cosine.to_numpy()
    ends = np.concatenate([found[:4], found[-5:]])
    return Outcome(over_cases(ends - found.min()), f"{len(ends)} bands")


@claim(
    "And the rarest bunch on the *other* side: their mean has cosine -0.85 with that of the commonest words.",
    condition="GloVe 6B 50d, the last 100 of 200 bands (the quick form reads the stored table)",
    quantity="cosine of a band's mean with that of the first 2,000 words",
    cell="407d83ad",
    below=-0.8,
)
def rare_words_bunch_on_the_other_side(run):
    vectors = run.vocabularies.get("400,000 words")
    found = bands(vectors.vectors)[1] if vectors else stored_bands().cosine_with_head.to_numpy()
    return Outcome(over_cases(found[-100:]), "100 bands")


def rated(run, low, high):
    """Return the pairs of SimLex-999 rated between two numbers, as two matrices."""
    pairs = similarity_benchmark(run.words, "simlex999").pairs
    pairs = pairs[(pairs.human > low) & (pairs.human < high)]
    return [run.words[pairs[column].str.lower()] for column in ("word1", "word2")]


FAR_ABOVE = """Pairs that people call not similar have a cosine of 0.49, far above the 0.31 that their words have
when they are dealt again, and below the 0.67 of pairs called alike."""


@claim(
    FAR_ABOVE,
    condition="GloVe 6B 50d, SimLex-999 pairs rated below 1, 1.5, 2, 2.5 and 3 of 10",
    quantity="mean cosine of the pairs less that of their words dealt again",
    cell="8f2968ce",
    above=0.03,
)
def not_similar_pairs_are_near(run):
    cases = []
    for most in (1, 1.5, 2, 2.5, 3):
        A, B = rated(run, -1, most)
        for seed in range(run.times(40, 4)):
            dealt = cosine_similarity(A, np.random.default_rng(800 + seed).permutation(B)).mean()
            cases.append(cosine_similarity(A, B).mean() - dealt)
    return Outcome(over_cases(cases), f"{len(cases)} deals")


@claim(
    FAR_ABOVE,
    condition="GloVe 6B 50d, SimLex-999, halves of both groups drawn at random",
    quantity="mean cosine of pairs rated above 8 less that of pairs rated below 2",
    cell="8f2968ce",
    above=0.05,
)
def alike_pairs_are_nearer_than_others(run):
    alike, apart = (cosine_similarity(*rated(run, *limits)) for limits in ((8, 11), (-1, 2)))

    def lead(seed):
        rng = np.random.default_rng(seed)
        one, other = (rng.choice(c, size=len(c) // 2, replace=False).mean() for c in (alike, apart))
        return one - other

    return Outcome(repeat(lead, run.times(200, 20)), "random halves of the pairs")


def both_first(vectors, pairs):
    """Return the share of pairs of rows whose middle has just these two as its nearest."""
    near = nearest_neighbors(vectors, vectors[pairs].mean(axis=1), k=2).indices
    return (np.sort(near, axis=1) == np.sort(pairs, axis=1)).all(axis=1).mean()


@claim(
    "For related pairs it nearly always holds: in 95% of them the two words come first.",
    condition="GloVe 6B 50d, a word of the first 10,000 and its third, fifth or eighth neighbour, both vocabularies",
    quantity="share of pairs whose middle has the two as its nearest words",
    cell="a8577cf1",
    above=0.85,
)
def the_middle_of_related_words(run):
    cases = []
    for words in run.vocabularies.values():
        for place in (3, 5, 8) if run.full else (5,):
            rows = np.random.default_rng(900 + place).choice(10_000, size=run.times(300, 60), replace=False)
            near = nearest_neighbors(words.vectors, words.vectors[rows], k=9).indices
            cases.append(both_first(words.vectors, near[:, [0, place]]))
    return Outcome(over_cases(cases), f"{len(cases)} kinds of pairs")


@claim(
    "For random pairs it holds in 21%.",
    condition="GloVe 6B 50d, random pairs of the first 2,000, 10,000 or 30,000 words, both vocabularies",
    quantity="share of pairs whose middle has the two as its nearest words",
    cell="a8577cf1",
    below=0.45,
)
def the_middle_of_random_words(run):
    cases = []
    for words in run.vocabularies.values():
        for most in (2_000, 10_000, 30_000) if run.full else (10_000,):
            pairs = np.random.default_rng(950 + most).choice(
                most, size=(run.times(300, 80), 2), replace=False
            )
            cases.append(both_first(words.vectors, pairs))
    return Outcome(over_cases(cases), f"{len(cases)} kinds of pairs")


@claim(
    "A mean alone, or a threshold, cannot tell the two apart.",
    condition="GloVe 6B 50d, SimLex-999 pairs rated above 7 or 8, vectors of norm 5 to 20 in random directions added",
    quantity="change of the share of dealt pairs below the true one",
    cell="7d90f997",
    above=-0.06,
    below=0.06,
)
def a_shift_leaves_the_standing(run):
    def standing(A, B, shift):
        cosines = cosine_matrix(A + shift, B + shift)
        return (cosines < np.diag(cosines)[:, None]).mean()

    cases = []
    for least in (7, 8):
        A, B = rated(run, least, 11)
        for seed in range(run.times(20, 3)):
            direction = normalize(np.random.default_rng(seed).normal(size=(1, 50)))[0]
            cases += [standing(A, B, size * direction) - standing(A, B, 0) for size in (5, 10, 20)]
    return Outcome(over_cases(cases), f"{len(cases)} shifts")
