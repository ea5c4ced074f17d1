"""The six reports of assignment 1: seven sentences each, three of them false.

Report r is about the words that student numbers with remainder r get. Each sentence is there twice, true
and false; `FALSE` says which of a report are false, and `ORDER` in which order its sentences stand.
"""

from pathlib import Path

import numpy as np
from embedding_geometry.wordvectors import load_word_vectors
from planted import write_report

ORDER = ["BGHCDFE", "FDBEHGC", "CEHGDBF", "HBFCGED", "GBDCFHE", "EBFCDGH"]
FALSE = ["CFG", "BFH", "DGH", "CEH", "BDF", "EFG"]
PLAIN = [
    ("bank", "house"),
    ("gold", "river"),
    ("movie", "hall"),
    ("soccer", "seat"),
    ("plot", "reading"),
    ("truck", "drama"),
]
CLOSE = [
    ("second", "third"),
    ("eight", "nine"),
    ("above", "below"),
    ("writer", "author"),
    ("loans", "loan"),
    ("seattle", "dallas"),
]
ONE_WORD = ["first", "vote", "hall", "spring", "studio", "brand"]
HEAD = """\
**On 300 common and 300 rare words.** All words have their vectors of GloVe 50d. The common words are
those of `common`, the rare ones those of `rare`. *Nearest* means: among the other words of the same set.
"""
SENTENCES = {
    "B": (
        """The common words are the longer vectors: their mean norm is {norm:.2f}, that of the rare ones
        {rare_norm:.2f}.""",
        """I looked at rows {start} to {stop} of both sets: there the mean norm is {few_rare:.2f} for the rare
        words and {few:.2f} for the common ones, so in these sets the rare words are the longer vectors.""",
    ),
    "C": (
        """The nearest by the dot product is also the nearest by the cosine for {product_agrees:.0%} of the
        common words.""",
        """The nearest by the dot product is also the nearest by the cosine for {distance_agrees:.0%} of the
        common words.""",
    ),
    "D": (
        """Being nearest by the cosine is not mutual: only {mutual:.0%} of the common words are the nearest of
        their own nearest.""",
        """The cosine is the same both ways, so being nearest by the cosine is mutual among the common words:
        *{friend}* is the nearest of *{word}*, *{word}* that of *{friend}*, and so for 100% of them.""",
    ),
    "E": (
        """Subtracting the mean of the common words from each of them moves all by the same vector, so 100%
        keep their nearest by the Euclidean distance.""",
        """Subtracting the mean of the common words from each of them moves all by the same vector, so 100%
        keep their nearest by the cosine.""",
    ),
    "F": (
        """The dot product leans to long vectors: for {longer_by_product:.0%} of the common words the nearest
        by the dot product is longer than the word itself.""",
        """The cosine leans to long vectors: the nearest of *{short}* by the cosine is *{long}*, of norm
        {long_norm:.2f} against {short_norm:.2f}, and for most of the common words the nearest by the cosine
        is longer than the word itself.""",
    ),
    "G": (
        """The mean cosine of two rare words is {rare_cosine:.2f}, but that is no typical pair: only
        {narrow:.0%} of the pairs lie between -0.1 and 0.1.""",
        """The mean cosine of two rare words is {rare_cosine:.2f}, so a typical pair stands nearly at a right
        angle: at least 90% of the pairs lie between -0.1 and 0.1.""",
    ),
    "H": (
        """*{close[0]}* and *{close[1]}* have a cosine of {close_cosine:.2f}, which is high for this set:
        fewer than 1% of the pairs of common words have a higher one.""",
        """*{plain[0]}* and *{plain[1]}* have a cosine of {plain_cosine:.2f}, which is far from 0: the two are
        nearer to each other than most pairs of the common words.""",
    ),
}


def unit(A: np.ndarray) -> np.ndarray:
    """Return the rows, scaled to norm 1."""
    return A / np.linalg.norm(A, axis=1, keepdims=True)


def first_of_others(scores: np.ndarray) -> np.ndarray:
    """Return for each row the place of its largest score, its own left out."""
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    return scores.argmax(axis=1)


def distances(A: np.ndarray) -> np.ndarray:
    """Return the Euclidean distances of all rows."""
    return np.sqrt(((A[:, np.newaxis] - A) ** 2).sum(axis=2))


def measured(report: int) -> dict[str, object]:
    """Return what the sentences of a report speak of."""
    glove = load_word_vectors()
    common, rare = 500 * report, 20_000 + 1_500 * report
    words = glove.index_to_key[common : common + 300]
    A, B = (glove.vectors[first : first + 300].astype(float) for first in (common, rare))
    lengths, rare_lengths = (np.linalg.norm(M, axis=1) for M in (A, B))
    cosines = unit(A) @ unit(A).T
    rare_pairs = (unit(B) @ unit(B).T)[np.triu_indices(300, 1)]
    by_cosine, by_product = first_of_others(cosines), first_of_others(A @ A.T)
    mutual = by_cosine[by_cosine] == np.arange(300)
    word = next(i for i in range(20, 300) if mutual[i] and len(words[i]) > 4)
    # Five rows in which the rare words happen to be longer, and a word whose nearest is longer than itself.
    few = next(
        slice(i, i + 5)
        for i in range(296)
        if rare_lengths[i : i + 5].mean() > lengths[i : i + 5].mean() + 0.1
    )
    short = words.index(ONE_WORD[report])
    long = by_cosine[short]
    if lengths[long] <= lengths[short]:
        raise ValueError(f"{ONE_WORD[report]} is longer than its nearest word: name another one")
    return {
        "norm": lengths.mean(),
        "rare_norm": rare_lengths.mean(),
        "start": few.start,
        "stop": few.stop - 1,
        "few": lengths[few].mean(),
        "few_rare": rare_lengths[few].mean(),
        "product_agrees": np.mean(by_product == by_cosine),
        "distance_agrees": np.mean(first_of_others(-distances(A)) == by_cosine),
        "mutual": mutual.mean(),
        "word": words[word],
        "friend": words[by_cosine[word]],
        "longer_by_product": np.mean(lengths[by_product] > lengths),
        "short": words[short],
        "long": words[long],
        "short_norm": lengths[short],
        "long_norm": lengths[long],
        "rare_cosine": rare_pairs.mean(),
        "narrow": np.mean(abs(rare_pairs) < 0.1),
        "close": CLOSE[report],
        "plain": PLAIN[report],
        "close_cosine": cosines[tuple(map(words.index, CLOSE[report]))],
        "plain_cosine": cosines[tuple(map(words.index, PLAIN[report]))],
    }


def write(folder: Path) -> None:
    """Write the six reports into the folder `reports`."""
    for report, order in enumerate(ORDER):
        numbers = measured(report)
        sentences = (SENTENCES[letter][letter in FALSE[report]].format(**numbers) for letter in order)
        write_report(folder, f"{report}.md", HEAD, sentences)
