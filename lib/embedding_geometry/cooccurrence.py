"""Embeddings by counting: who stands near whom, how much more often than by chance, in a few dimensions."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.linalg import orthogonal_procrustes

from embedding_geometry._validation import FloatArray, as_floats, check_count
from embedding_geometry.similarity import center, normalize
from embedding_geometry.subspaces import principal_directions


def cooccurrence_counts(documents: Iterable[Sequence[str]], words: Sequence[str], window: int) -> FloatArray:
    """Count how often two words stand at most `window` places apart in the same document.

    Parameters
    ----------
    documents : iterable of sequence of str
    words : sequence of str
        The words that are counted; others keep their places in the documents.
    window : int
        How far a context reaches on either side, 1 or more.

    Returns
    -------
    ndarray of shape (n_words, n_words)
        Symmetric. Two places of the same word count once for each of the two.

    Raises
    ------
    ValueError
        If `window` is less than 1, or a word stands in `words` twice.

    Examples
    --------
    >>> cooccurrence_counts([["a", "b", "x", "a"]], ["a", "b"], window=2)
    array([[0., 2.],
           [2., 0.]])
    """
    check_count(window, "window")
    rows = {word: row for row, word in enumerate(words)}
    if len(rows) < len(words):
        raise ValueError("words holds a word twice")
    counts = np.zeros((len(words), len(words)))
    for document in documents:
        places = np.array([rows.get(word, -1) for word in document], dtype=np.int64)
        for gap in range(1, window + 1):
            left, right = places[:-gap], places[gap:]
            known = (left >= 0) & (right >= 0)
            np.add.at(counts, (left[known], right[known]), 1)
    return counts + counts.T


def ppmi(counts: npt.ArrayLike) -> FloatArray:
    """Return the positive pointwise mutual information of each word with each context.

    It is log(p(word, context) / (p(word) p(context))), and 0 where that is negative: how much more
    often the two meet than they would if words fell at random.

    Parameters
    ----------
    counts : array_like of shape (n_words, n_contexts)
        How often they meet, zero or more. No row and no column may be zero throughout.

    Returns
    -------
    ndarray of shape (n_words, n_contexts)
        In natural units.

    Raises
    ------
    ValueError
        If `counts` isn't such a matrix.

    References
    ----------
    Levy and Goldberg (2014), Neural Word Embedding as Implicit Matrix Factorization.

    Examples
    --------
    >>> ppmi([[2, 0], [1, 1]]).round(4)
    array([[0.2877, 0.    ],
           [0.    , 0.6931]])
    """
    counts = as_floats(counts, "counts").astype(np.float64)
    if counts.min() < 0:
        raise ValueError(f"counts must be zero or more, not {counts.min()}")
    by_word, by_context = counts.sum(axis=1), counts.sum(axis=0)
    if not (by_word.all() and by_context.all()):
        raise ValueError("counts has a row or a column of zeros: leave that word out")
    with np.errstate(divide="ignore"):  # the logarithm of 0, which is cut off below
        information = np.log(counts * (counts.sum() / np.outer(by_word, by_context)))
    return np.maximum(information, 0)


def window_embedding(
    documents: Sequence[Sequence[str]], words: Sequence[str], window: int, n_features: int = 8
) -> FloatArray:
    """Embed words by the company that they keep within a window: PPMI, cut to a few dimensions by SVD.

    Parameters
    ----------
    documents : sequence of sequence of str
        Every word that occurs in them is a context.
    words : sequence of str
        The words to embed.
    window : int
        How far a context reaches on either side, 1 or more.
    n_features : int
        How many dimensions to keep: those of the largest singular values.

    Returns
    -------
    ndarray of shape (n_words, n_features)
        The rows of the PPMI matrix projected on the directions that it fills most. Signs are arbitrary.

    Raises
    ------
    ValueError
        If a word doesn't occur, or `window` or `n_features` is out of range.

    References
    ----------
    Levy, Goldberg and Dagan (2015), Improving Distributional Similarity with Lessons Learned from Word
    Embeddings.

    Examples
    --------
    >>> from embedding_geometry.corpus import toy_corpus
    >>> window_embedding(toy_corpus(), ["ship", "soup"], window=2).shape
    (2, 8)
    """
    contexts = sorted({word for document in documents for word in document})
    if missing := [word for word in words if word not in contexts]:
        raise ValueError(f"{missing[0]!r} doesn't occur in the documents")
    check_count(n_features, "n_features", most=len(contexts))
    left, singular, _ = np.linalg.svd(ppmi(cooccurrence_counts(documents, contexts, window)))
    rows = [contexts.index(word) for word in words]
    return left[rows, :n_features] * singular[:n_features]


def aligned_layouts(embeddings: Sequence[npt.ArrayLike]) -> list[FloatArray]:
    """Lay several embeddings of the same words out in the plane, each turned towards the one before.

    Each layout is the first two principal directions of the rows scaled to norm 1. It is turned, and
    perhaps mirrored (orthogonal Procrustes), so that words move no more than they have to.

    Parameters
    ----------
    embeddings : sequence of array_like of shape (n_words, n_features)

    Returns
    -------
    list of ndarray of shape (n_words, 2)
        Centred. Distances within a layout are those of the projection.

    References
    ----------
    Schoenemann (1966), A generalized solution of the orthogonal Procrustes problem.

    Examples
    --------
    >>> one = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    >>> turned = [[0, 1, 0], [-1, 0, 0], [0, 0, 1]]
    >>> first, second = aligned_layouts([one, turned])
    >>> np.allclose(first, second)
    True
    """
    layouts: list[FloatArray] = []
    for X in embeddings:
        unit = normalize(X)
        layout = center(unit) @ principal_directions(unit, 2).directions.T
        if layouts:
            layout = layout @ orthogonal_procrustes(layout, layouts[-1])[0]
        layouts.append(layout)
    return layouts
