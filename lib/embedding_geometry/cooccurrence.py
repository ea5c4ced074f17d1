"""Embeddings by counting: who stands near whom, how much more often than by chance, in a few dimensions."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.linalg import orthogonal_procrustes
from scipy.sparse import coo_array, csr_array
from scipy.sparse.linalg import svds

from embedding_geometry._scaling import unit_vectors
from embedding_geometry._validation import FloatArray, IntArray, as_floats, as_list, as_words, check_count
from embedding_geometry.similarity import center
from embedding_geometry.subspaces import principal_directions

_SMALL = 500  # contexts, up to which all singular values are computed in no time


def cooccurrence_counts(
    documents: Iterable[Sequence[str | None]], words: Sequence[str], window: int
) -> FloatArray:
    """Count how often two words stand at most `window` places apart in the same document.

    Parameters
    ----------
    documents : iterable of iterable of str
    words : sequence of str
        The words that are counted; others keep their places in the documents, and so does None.
    window : int
        How far a context reaches on either side, 1 or more.

    Returns
    -------
    ndarray of shape (n_words, n_words)
        Symmetric. Two places of the same word count once for each of the two.

    Raises
    ------
    ValueError
        If `window` is less than 1, a word stands in `words` twice, or `documents` aren't texts.

    Examples
    --------
    >>> cooccurrence_counts([["a", "b", "x", "a"]], ["a", "b"], window=2)
    array([[0., 2.],
           [2., 0.]])
    """
    return _counts(_as_documents(documents), as_words(words, "words"), window).toarray()


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
    if not (counts.any(axis=1).all() and counts.any(axis=0).all()):
        raise ValueError("counts has a row or a column of zeros: leave that word out")
    return _sparse_ppmi(csr_array(counts)).toarray()


def window_embedding(
    documents: Sequence[Sequence[str]], words: Sequence[str], window: int, n_features: int = 8
) -> FloatArray:
    """Embed words by the company that they keep within a window: PPMI, cut to a few dimensions by SVD.

    Parameters
    ----------
    documents : iterable of iterable of str
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
    documents, words = _as_documents(documents), as_words(words, "words")
    contexts = sorted({word for document in documents for word in document if word is not None})
    rows = {word: row for row, word in enumerate(contexts)}
    if missing := [word for word in words if word not in rows]:
        raise ValueError(f"words holds {missing[0]!r}, which doesn't occur in the documents")
    check_count(len(words), "the number of words")
    check_count(n_features, "n_features", most=len(contexts))
    information = _sparse_ppmi(_counts(documents, contexts, window))
    if len(contexts) <= _SMALL or 4 * n_features > len(contexts):
        left, singular, _ = np.linalg.svd(information.toarray())
    else:  # from a start that is always the same, so that the signs are
        left, singular, _ = svds(information, n_features, v0=np.ones(len(contexts)))
        left, singular = left[:, ::-1], singular[::-1]
    return left[[rows[word] for word in words], :n_features] * singular[:n_features]


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
    for i, X in enumerate(_as_embeddings(embeddings)):
        unit = unit_vectors(X, f"embeddings[{i}]")
        layout = center(unit) @ principal_directions(unit, 2).directions.T
        if layouts:
            layout = layout @ orthogonal_procrustes(layout, layouts[-1])[0]
        layouts.append(layout)
    return layouts


def _as_embeddings(embeddings: Iterable[npt.ArrayLike]) -> list[FloatArray]:
    """Return embeddings that can be laid out beside each other, or raise a ``ValueError``."""
    checked = [as_floats(X, f"embeddings[{i}]") for i, X in enumerate(as_list(embeddings, "embeddings"))]
    check_count(len(checked), "the number of embeddings")
    for i, X in enumerate(checked):
        if len(X) != len(checked[0]) or min(X.shape) < 2:
            raise ValueError(
                f"embeddings must all have the same rows, two or more of them, and two columns or more: "
                f"embeddings[{i}] is of shape {X.shape}, and embeddings[0] of {checked[0].shape}"
            )
    return checked


def _as_documents(documents: Iterable[Iterable[str | None]]) -> list[list[str]]:
    """Return documents as lists of words and of None, or raise a ``ValueError``."""
    return [
        as_words(document, "each of documents", free=True) for document in as_list(documents, "documents")
    ]


def _counts(documents: list[list[str]], words: list[str], window: int) -> csr_array:
    """Return the counts of ``cooccurrence_counts``, of which most are zero in a large vocabulary."""
    check_count(window, "window")
    rows = {word: row for row, word in enumerate(words)}
    if len(rows) < len(words):
        raise ValueError("words holds a word twice")
    row = np.array([rows.get(word, -1) for document in documents for word in document], np.int64)
    lengths = np.array([len(document) for document in documents], np.int64)
    start = np.repeat(np.cumsum(lengths) - lengths, lengths)  # where the document of each place starts
    reach = min(window, max(lengths, default=0) - 1)
    count = _by_word if reach > len(words) else _by_gap
    counts = count(row, start, reach, len(words))
    return (counts + counts.T).tocsr()


def _by_gap(row: IntArray, start: IntArray, reach: int, n_words: int) -> csr_array:
    """Count each two places once: those one place apart, then two, and so on."""
    counts = csr_array((n_words, n_words))
    for gap in range(1, reach + 1):
        known = (start[:-gap] == start[gap:]) & (row[:-gap] >= 0) & (row[gap:] >= 0)
        pairs = row[:-gap][known], row[gap:][known]
        counts = counts + coo_array((np.ones(len(pairs[0])), pairs), (n_words, n_words)).tocsr()
    return counts


def _by_word(row: IntArray, start: IntArray, reach: int, n_words: int) -> csr_array:
    """Count each two places once: how often the first word stands before each place, then the second."""
    place = np.arange(len(row))
    first, known = np.maximum(start, place - reach), row >= 0
    counts = np.empty((n_words, n_words))
    for word in range(n_words):
        before = np.concatenate([[0], np.cumsum(row == word)])
        counts[word] = np.bincount(row[known], (before[place] - before[first])[known], n_words)
    return csr_array(counts)


def _sparse_ppmi(counts: csr_array) -> csr_array:
    """Return the information of ``ppmi``; a row or column of zeros stays one."""
    pairs = counts.tocoo()
    by_word, by_context = counts.sum(axis=1), counts.sum(axis=0)
    with np.errstate(divide="ignore"):  # the logarithm of what is rounded to 0, which is cut off below
        information = np.log(pairs.data / by_word[pairs.row] * (counts.sum() / by_context[pairs.col]))
    return coo_array((np.maximum(information, 0), (pairs.row, pairs.col)), counts.shape).tocsr()
