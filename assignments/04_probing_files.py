"""The reports of assignment 4: eight sentences on one list of words, of which three are false.

This reaches no student. Which sentences are false depends on the file; the hidden tests of question 7
hold the key.
"""

from pathlib import Path
from typing import Any

import numpy as np
from embedding_geometry.questions import analogy_pairs
from embedding_geometry.subspaces import principal_directions, residual
from embedding_geometry.wordvectors import load_word_vectors
from planted import write_report
from sklearn.linear_model import LogisticRegression

SEEDS = range(10)
FALSE = [{2, 5, 7}, {1, 4, 8}, {3, 5, 6}, {2, 4, 7}, {1, 3, 8}, {2, 6, 8}]  # of each report
HEAD = """\
**A probe for the past tense.** Forty pairs of a form in -ing and a past form, such as *walking* and
*walked*, in GloVe 50d. The probe is a logistic regression with `max_iter=1000`. Unless a sentence says
otherwise, the pairs are split by `split_by_pair(40, seed)`, accuracies are of the test words, and a
number is the mean over the seeds 0 to 9. Coins are `np.random.default_rng(100 + seed).integers(2,
size=80)`, one for each word.
"""
TRUE_AND_FALSE = {
    1: (
        "On the words that it was fitted to, the probe is right in {train:.2f} of the cases; with "
        "coins for labels it is right in {coins:.2f} there, so this proves little.",
        "On the words that it was fitted to, the probe is right in {train:.2f} of the cases, and that "
        "alone is a finding: with coins for labels it would be right in about one half of them.",
    ),
    2: (
        "On new words it is right in {fair:.2f} of the cases, from {least:.2f} to {most:.2f} over the "
        "ten splits.",
        "On new words it is right in {most:.2f} of the cases (seed 1), and other splits will give the same.",
    ),
    3: (
        "With a split by words in place of pairs, the accuracy is lower by {drop:.2f}.",
        "With a split by words in place of pairs, the accuracy is higher by {drop:.2f}, as a leak "
        "would have it.",
    ),
    4: (
        "The probe is right in {ing:.2f} of the forms in -ing, and in {past:.2f} of the past forms.",
        "The mean of {fair:.2f} holds for both kinds of words, the forms in -ing and the past forms alike.",
    ),
    5: (
        "Without the mean offset of the training pairs the probe is right in {honest:.2f} of the "
        "cases; it is {all:.2f} if the mean offset of all pairs is removed, since then the removal "
        "has seen the test.",
        "When the mean offset of the pairs is removed, the probe is right in {all:.2f} of the cases: "
        "what is left after the removal does worse on new words than a guess.",
    ),
    6: (
        "A probe that sees only the first two principal directions of the 80 words, which hold "
        "{variance:.2f} of the variance, is right in {plane:.2f} of the cases.",
        "The first two principal directions of the 80 words hold {variance:.2f} of the variance, more "
        "than any other two, so a probe that sees these two alone does about as well as with all "
        "fifty coordinates.",
    ),
    7: (
        "A probe for another property, whether a word begins with the letter s, is right in {s:.2f} of "
        "the cases, and always naming the commoner class in {majority:.2f}: that property was not found.",
        "A probe for another property, whether a word begins with the letter s, is right in {s:.2f} of "
        "the cases, which is more than anybody gets who does not look at the vectors: it was found, if "
        "weakly.",
    ),
    8: (
        "The nearest of the other 79 words by cosine is in {partner:.2f} of the cases the word's own "
        "partner, and only in {alike:.2f} a word of the same form.",
        "The nearest of the other 79 words by cosine is in {partner:.2f} of the cases the word's own "
        "partner, which shows how forms are sorted: mostly a word's nearest neighbour is of the same "
        "form as itself.",
    ),
}


def measured() -> dict[str, float]:
    """Return the numbers that the sentences name."""
    glove, pairs = load_word_vectors(), list(analogy_pairs("gram7-past-tense").items())
    X = np.asarray(glove[[word for pair in pairs for word in pair]], dtype=float)
    y, n = np.tile([0, 1], len(pairs)), len(pairs)
    begins = np.repeat([ing.startswith("s") for ing, _ in pairs], 2)

    def split(seed: int) -> Any:
        chosen = np.isin(np.arange(n), np.random.default_rng(seed).permutation(n)[: n // 2])
        return np.repeat(chosen, 2)

    def right(Z: Any, labels: Any, train: Any) -> Any:
        return LogisticRegression(max_iter=1000).fit(Z[train], labels[train]).predict(Z) == labels

    def mean(of: Any) -> float:
        return float(np.mean([of(seed, split(seed)) for seed in SEEDS]))

    fair = [right(X, y, split(seed))[~split(seed)].mean() for seed in SEEDS]
    offsets, (axes, variances) = X[1::2] - X[0::2], principal_directions(X)
    plane = (X - X.mean(axis=0)) @ axes[:2].T
    unit = X / np.linalg.norm(X, axis=1, keepdims=True)
    nearest = (unit @ unit.T - 2 * np.eye(2 * n)).argmax(axis=1)

    def coins(seed: int, train: Any) -> float:
        tossed = np.random.default_rng(100 + seed).integers(2, size=2 * n)
        return right(X, tossed, train)[train].mean()

    def by_words(seed: int, _: Any) -> float:
        train = np.isin(np.arange(2 * n), np.random.default_rng(seed).permutation(2 * n)[:n])
        return right(X, y, train)[~train].mean()

    return {
        "train": mean(lambda _, t: right(X, y, t)[t].mean()),
        "coins": mean(coins),
        "fair": float(np.mean(fair)),
        "least": min(fair),
        "most": max(fair),
        "drop": float(np.mean(fair)) - mean(by_words),
        "ing": mean(lambda _, t: right(X, y, t)[~t & (y == 0)].mean()),
        "past": mean(lambda _, t: right(X, y, t)[~t & (y == 1)].mean()),
        "honest": mean(lambda _, t: right(residual(X, offsets[t[::2]].mean(axis=0)), y, t)[~t].mean()),
        "all": mean(lambda _, t: right(residual(X, offsets.mean(axis=0)), y, t)[~t].mean()),
        "variance": float(variances[:2].sum() / variances.sum()),
        "plane": mean(lambda _, t: right(plane, y, t)[~t].mean()),
        "s": mean(lambda _, t: right(X, begins, t)[~t].mean()),
        "majority": mean(lambda _, t: max(begins[~t].mean(), 1 - begins[~t].mean())),
        "partner": float(np.mean(nearest == np.arange(2 * n) ^ 1)),
        "alike": float(np.mean(y[nearest] == y)),
    }


def write(folder: Path) -> None:
    """Write the six reports."""
    numbers = measured()
    for variant, false in enumerate(FALSE):
        sentences = (both[place in false].format(**numbers) for place, both in TRUE_AND_FALSE.items())
        write_report(folder, f"{variant}.md", HEAD, sentences)
