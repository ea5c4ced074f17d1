"""The six reports of assignment 3: six sentences each, three of them false.

Report r is about the words and images that student numbers with remainder r get. Each sentence is
there twice, true and false; `FALSE` says which of a report are false, and
`ORDER` in which order its sentences stand.
"""

from pathlib import Path

import numpy as np
from embedding_geometry.wordvectors import load_word_vectors
from planted import write_report
from sklearn.datasets import load_digits

ORDER = ["BDFIGE", "GBFEDI", "EIGDBF", "FEBGID", "DGIBFE", "EFBDIG"]
FALSE = ["DFI", "BEG", "BFI", "DEF", "EGI", "BDG"]
HEAD = """\
**On 400 words and 1,200 images.** The words are those of `R`, a row each, in GloVe 50d; the images are
those of `images`, a row of 64 pixels each, with their digits in `digit`. *Directions* are principal
directions of the words, or of the images; the last ones are those of least variance. The *nearest*
image is another one of these, by the Euclidean distance.
"""
SENTENCES = {
    "B": (
        """{words_needed} of the 50 directions keep 90% of the variance of the words; when each coordinate
        is shuffled among the words, it takes {shuffled_needed}.""",
        """{words_needed} of the 50 directions keep 90% of the variance of the words, so these words lie in
        a subspace of their own: with each coordinate shuffled among the words, all 50 would be needed.""",
    ),
    "D": (
        """The last 30 directions hold {last_variance:.1%} of the variance of the images, but they are not
        without use: seen along them alone, the nearest image shows the same digit for {last_same:.0%}
        of the images.""",
        """The last 30 directions hold {last_variance:.1%} of the variance of the images, so they are of no
        use: seen along them alone, the nearest image shows the same digit no more often than the 10% of
        a guess.""",
    ),
    "E": (
        """Seen along the first two directions, the nearest image shows the same digit for {two_same:.0%}
        of the images, but digit by digit it is from {lowest:.0%} (of the {worst}) to {highest:.0%} (of
        the {best}).""",
        """Seen along the first two directions, the nearest image shows the same digit for {two_same:.0%}
        of the images, so for each of the ten digits about as often: none is further than 10
        percentage points from that.""",
    ),
    "F": (
        """Let the first twenty words read all twenty, themselves too. With scores divided by the root of
        50 they effectively read {scaled:.1f} of the twenty on average, with undivided scores
        {unscaled:.1f}.""",
        """Let the first twenty words read all twenty, themselves too. With undivided scores they
        effectively read {scaled:.1f} of the twenty on average; dividing the scores by the root of 50
        would leave fewer.""",
    ),
    "G": (
        """Among the first twenty words, with scores divided by the root of 50, *{reader}* reads *{read}*
        with a weight of {weight:.3f}, and *{read}* reads *{reader}* with {back:.3f}: the product is the
        same, the shares are not.""",
        """Among the first twenty words, with scores divided by the root of 50, *{reader}* reads *{read}*
        with a weight of {weight:.3f}. A product is the same both ways, so *{read}* reads *{reader}*
        with {weight:.3f} too.""",
    ),
    "I": (
        """Call rows 0 to 11 of the words one kind, rows 12 to 23 another. The rule that names the kind
        whose mean is nearer is right for {seen:.0%} of these 24, which says nothing: made of the even
        rows alone, it is right for {unseen:.0%} of the odd ones.""",
        """Call rows 0 to 11 of the words one kind, rows 12 to 23 another. The rule that names the kind
        whose mean is nearer is right for {seen:.0%} of these 24, so the two kinds can be told apart:
        made of the even rows alone, it would be as good on the odd ones.""",
    ),
}


def axes(X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the singular values of a cloud, centred, and its principal directions."""
    _, values, directions = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    return values, directions


def needed(amounts: np.ndarray) -> int:
    """Return how many of the amounts, largest first, make 90% of their sum."""
    return int(np.argmax(np.cumsum(amounts) >= 0.9 * amounts.sum())) + 1


def same_digit(X: np.ndarray, digit: np.ndarray) -> np.ndarray:
    """Return for each image whether the nearest other one shows the same digit."""
    squares = (X**2).sum(axis=1)
    far = squares[:, np.newaxis] + squares - 2 * X @ X.T
    np.fill_diagonal(far, np.inf)
    return digit[far.argmin(axis=1)] == digit


def read(X: np.ndarray, divisor: float) -> np.ndarray:
    """Return the weights with which the rows read each other."""
    scores = X @ X.T / divisor
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def effective(weights: np.ndarray) -> float:
    """Return the mean effective number of items that are read."""
    return float(np.exp(-(weights * np.log(weights + 1e-300)).sum(axis=1)).mean())


def nearer_mean(fit: np.ndarray, kind: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return for each row of X the kind, 0 or 1, whose mean of the fitted rows is nearer."""
    one, other = (fit[kind == k].mean(axis=0) for k in (0, 1))
    return (np.linalg.norm(X - other, axis=1) < np.linalg.norm(X - one, axis=1)).astype(int)


def measured(report: int) -> dict[str, object]:
    """Return what the sentences of a report speak of."""
    glove, digits = load_word_vectors(), load_digits()
    words = glove.index_to_key[1_000 + 600 * report :][:400]
    R = glove.vectors[1_000 + 600 * report :][:400].astype(float)
    images, digit = digits.data[100 * report :][:1200], digits.target[100 * report :][:1200]
    values, directions = axes(images)
    two = same_digit(images @ directions[:2].T, digit)
    by_digit = np.array([two[digit == d].mean() for d in range(10)])
    weights, kind = read(R[:20], np.sqrt(50)), np.repeat([0, 1], 12)
    gap = np.where((weights > 0.02) & (weights.T > 0.02), weights - weights.T, 0)
    reader, item = np.unravel_index(gap.argmax(), gap.shape)
    even, odd = np.arange(0, 24, 2), np.arange(1, 24, 2)
    return {
        "words_needed": needed(axes(R)[0] ** 2),
        "shuffled_needed": needed(axes(np.random.default_rng(0).permuted(R, axis=0))[0] ** 2),
        "last_variance": (values[-30:] ** 2).sum() / (values**2).sum(),
        "last_same": same_digit(images @ directions[-30:].T, digit).mean(),
        "two_same": two.mean(),
        "lowest": by_digit.min(),
        "highest": by_digit.max(),
        "worst": by_digit.argmin(),
        "best": by_digit.argmax(),
        "scaled": effective(weights),
        "unscaled": effective(read(R[:20], 1)),
        "reader": words[reader],
        "read": words[item],
        "weight": weights[reader, item],
        "back": weights[item, reader],
        "seen": np.mean(nearer_mean(R[:24], kind, R[:24]) == kind),
        "unseen": np.mean(nearer_mean(R[even], kind[even], R[odd]) == kind[odd]),
    }


def write(folder: Path) -> None:
    """Write the six reports into the folder `reports`."""
    for report, order in enumerate(ORDER):
        numbers = measured(report)
        sentences = (SENTENCES[letter][letter in FALSE[report]].format(**numbers) for letter in order)
        write_report(folder, f"{report}.md", HEAD, sentences)
