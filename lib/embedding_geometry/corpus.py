"""Corpora to learn from, the WordNet glosses and a synthetic one, and embeddings counted from contexts."""

import hashlib
import lzma
import sys
from collections.abc import Iterable, Sequence
from importlib import resources

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.linalg import orthogonal_procrustes

from embedding_geometry._validation import FloatArray, as_floats, check_count
from embedding_geometry.similarity import center, normalize
from embedding_geometry.subspaces import principal_directions

_DATA = resources.files("embedding_geometry") / "data"
_GLOSSES = "wordnet-glosses.txt.xz"

_TOY_WORDS = {
    "noun": {
        "sea": "ship harbour anchor wave",
        "kitchen": "soup bread oven onion",
        "music": "violin melody chord drum",
        "money": "bank price loan market",
    },
    "verb": {
        "sea": "sails drifts sinks floats",
        "kitchen": "simmers bakes fries boils",
        "music": "sings hums strums plays",
        "money": "pays buys sells invests",
    },
    "adjective": {
        "sea": "salty stormy tidal nautical",
        "kitchen": "spicy crispy savoury ripe",
        "music": "tuneful melodic rhythmic choral",
        "money": "cheap costly bankrupt profitable",
    },
    "adverb": {
        "sea": "ashore offshore aboard seaward",
        "kitchen": "freshly hungrily tastily slowly",
        "music": "loudly softly tunefully harmoniously",
        "money": "cheaply profitably thriftily lavishly",
    },
}


def load_glosses(part: int = 1) -> list[list[str]]:
    """Load the glosses of WordNet 3.0 as tokens, in lower case and without punctuation.

    A sentence is one synset: the words that share a meaning, then the gloss that explains it and its
    examples, if any. So synonyms stand side by side.

    Parameters
    ----------
    part : int
        Take one of so many lines, spread over the whole dictionary: 1 takes all, 16 a sixteenth. A
        part holds every smaller part whose number is a multiple of its own.

    Returns
    -------
    list of list of str
        117,659 sentences of 1,759,542 words in all, where `part` is 1.

    Raises
    ------
    ValueError
        If `part` is less than 1, or isn't a whole number.
    OSError
        If the file is damaged or missing.

    References
    ----------
    Fellbaum (1998), WordNet: An Electronic Lexical Database.

    Examples
    --------
    >>> load_glosses(part=16)[0][:8]
    ['entity', 'that', 'which', 'is', 'perceived', 'or', 'known', 'or']
    """
    check_count(part, "part")
    lines = _read_glosses().splitlines()
    # Interned: the same word is one object, which takes a fifth of the memory.
    return [list(map(sys.intern, line.split())) for line in lines[::part]]


def toy_words() -> pd.DataFrame:
    """Return the 64 words of the synthetic corpus: four of each part of speech in each of four topics.

    Returns
    -------
    DataFrame
        Columns word, part and topic.

    Examples
    --------
    >>> toy_words().iloc[[0, 63]]
            word    part  topic
    0       ship    noun    sea
    63  lavishly  adverb  money
    """
    rows = [
        (word, part, topic)
        for part, by_topic in _TOY_WORDS.items()
        for topic, words in by_topic.items()
        for word in words.split()
    ]
    return pd.DataFrame(rows, columns=["word", "part", "topic"])


def toy_corpus(n_documents: int = 300, on_topic: float = 0.25, seed: int = 0) -> list[list[str]]:
    """Write a small corpus in which a word's place says its part of speech, and its document the topic.

    A document has one topic and eight clauses. A clause is "the", then adjectives, nouns, verbs and
    adverbs in this order, up to three of each, and a full stop. Each word is taken from the document's
    topic with the probability `on_topic`; otherwise from any topic.

    Parameters
    ----------
    n_documents : int
    on_topic : float
        From 0, where documents have no topic, to 1, where they have no other.
    seed : int

    Returns
    -------
    list of list of str
        The words of each document, among them "the" and "."; the same for the same seed.

    Raises
    ------
    ValueError
        If `n_documents` is less than 1, or `on_topic` isn't from 0 to 1.

    Examples
    --------
    >>> print(*toy_corpus(1)[0][:9])
    the spicy cheap chord chord onion sinks floats .
    """
    check_count(n_documents, "n_documents")
    if not 0 <= on_topic <= 1:
        raise ValueError(f"on_topic must be from 0 to 1, not {on_topic!r}")
    rng = np.random.default_rng(seed)
    topics = list(_TOY_WORDS["noun"])
    documents = []
    for _ in range(n_documents):
        own_topic, document = rng.choice(topics), []
        for _ in range(8):
            document.append("the")
            for part in ("adjective", "noun", "verb", "adverb"):
                for _ in range(rng.integers(4)):
                    topic = own_topic if rng.random() < on_topic else rng.choice(topics)
                    document.append(str(rng.choice(_TOY_WORDS[part][topic].split())))
            document.append(".")
        documents.append(document)
    return documents


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


def _read_glosses() -> str:
    advice = "Restore it with `git checkout lib/embedding_geometry/data`, or install the course again."
    try:
        data = (_DATA / _GLOSSES).read_bytes()
        sums = (_DATA / "wordnet-SHA256SUMS").read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"The course's corpus can't be read: {error}. {advice}") from error
    if hashlib.sha256(data).hexdigest() not in sums:
        raise OSError(f"The course's file {_GLOSSES} is damaged (its SHA-256 sum differs). {advice}")
    return lzma.decompress(data).decode("ascii")
