"""The pretrained word vectors of the course: GloVe 6B 50d, as gensim ``KeyedVectors``."""

import hashlib
import zlib
from collections.abc import Iterable
from importlib import resources
from io import BytesIO

import numpy as np
from gensim.models import KeyedVectors
from rapidfuzz.distance import OSA

from embedding_geometry._validation import (
    as_floats,
    as_words,
    check_choice,
    check_count,
    check_text,
    check_type,
)

_DATA = resources.files("embedding_geometry") / "data"
_NAME = "glove-6b-50d"
_FULL_NAME = "glove-wiki-gigaword-50"  # what gensim's downloader calls all 400,000 words


class WordVectors(KeyedVectors):
    """gensim ``KeyedVectors`` whose error for an unknown word suggests close spellings."""

    def get_index(self, key, default=None):
        """Return the row of a word; raise a ``KeyError`` that suggests spellings if there is none."""
        if default is None and isinstance(key, str) and key not in self.key_to_index:
            close = close_spellings(key, self.index_to_key)
            hint = f"did you mean {', '.join(map(repr, close))}?" if close else "no word is spelt like it"
            raise KeyError(f"{key!r} is not among these {len(self):,} words: {hint}")
        return super().get_index(key, default)

    def get_mean_vector(
        self, keys, weights=None, pre_normalize=True, post_normalize=False, ignore_missing=True
    ):
        """Check the words before gensim averages them, unless it is to skip unknown ones."""
        for key in [] if ignore_missing else keys:
            if isinstance(key, str):
                self.get_index(key)
        return super().get_mean_vector(keys, weights, pre_normalize, post_normalize, ignore_missing)


def load_word_vectors(name: str = "embedded") -> WordVectors:
    """Load GloVe 6B 50d word vectors.

    Parameters
    ----------
    name : {"embedded", "full"}
        ``"embedded"`` gives the 30,113 words that come with the course, without a network: the
        30,000 most frequent ones in order of frequency, then every other word of the three benchmarks.
        ``"full"`` gives all 400,000, through gensim's downloader (66 MB, once).

    Returns
    -------
    WordVectors
        gensim ``KeyedVectors``; ``vectors`` has shape (n_words, 50) and dtype float32.

    Raises
    ------
    ValueError
        If `name` is neither of the two.
    OSError
        If a file of the course is damaged, or the full vectors can't be downloaded.

    References
    ----------
    Pennington, Socher and Manning (2014), GloVe: Global Vectors for Word Representation.

    Examples
    --------
    >>> word_vectors = load_word_vectors()
    >>> word_vectors["cat"].shape
    (50,)
    """
    return {"embedded": _load_embedded, "full": _load_full}[
        check_choice(name, "name", ("embedded", "full"))
    ]()


def close_spellings(word: str, vocabulary: Iterable[str], n: int = 3) -> list[str]:
    """Return words of the vocabulary that differ from a word by at most two slips of the pen.

    A word of up to three letters may differ by one. A slip is a letter too many, too few or wrong, or two
    neighbouring letters swapped (optimal string alignment distance). The word is lower-cased first, as GloVe
    is.

    Parameters
    ----------
    word : str
    vocabulary : iterable of str
    n : int
        How many to return at the most, 1 or more.

    Returns
    -------
    list of str
        Fewest slips first; among equals, in the order of the vocabulary, or of the alphabet if it is a set.

    Raises
    ------
    ValueError
        If `word` isn't a text, `vocabulary` doesn't hold texts, or `n` is less than 1.

    Examples
    --------
    >>> close_spellings("gaurd", ["gourds", "guard", "cat"])
    ['guard', 'gourds']
    """
    word = check_text(word, "word").lower()
    check_count(n, "n")
    vocabulary = as_words(vocabulary, "vocabulary", ordered=False)
    allowed = 2 if len(word) > 3 else 1
    slips = [
        (OSA.distance(word, other, score_cutoff=allowed), i, other) for i, other in enumerate(vocabulary)
    ]
    return [other for distance, _, other in sorted(slips)[:n] if distance <= allowed]


def with_vectors(words: KeyedVectors, X: np.ndarray) -> WordVectors:
    """Return the same words with other vectors, to ask a changed embedding what the old one was asked.

    Parameters
    ----------
    words : KeyedVectors
    X : ndarray of shape (n_words, n_features)
        One row for each word, in the order of ``words.index_to_key``.

    Returns
    -------
    WordVectors
        float32; `words` and `X` stay as they are, and share no memory with it.

    Raises
    ------
    TypeError
        If `words` aren't gensim's ``KeyedVectors``.
    ValueError
        If `X` isn't a matrix of finite numbers with one row for each word, or its largest entry is so small
        or large that float32 couldn't hold its square (below 1e-15, above 1e15).

    Examples
    --------
    >>> word_vectors = load_word_vectors()
    >>> doubled = with_vectors(word_vectors, 2 * word_vectors.vectors)
    >>> bool((doubled["cat"] == 2 * word_vectors["cat"]).all())
    True
    """
    check_type(words, "words", KeyedVectors, "gensim's KeyedVectors")
    X = as_floats(X, "X")
    if len(X) != len(words):
        raise ValueError(f"X must have {len(words):,} rows, one for each word, not shape {X.shape}")
    largest = np.abs(X).max()
    if largest > 1e15 or 0 < largest < 1e-15:
        raise ValueError(
            f"the largest entry of X is {largest:.3g} in size, and must be from 1e-15 to 1e15, or 0, for the "
            "vectors of words to be float32: divide X by a number"
        )
    return _word_vectors(list(words.index_to_key), np.array(X, np.float32, order="C"))


def _load_embedded() -> WordVectors:
    text = _read_checked(f"{_NAME}.txt").decode("utf-8")
    matrix = np.load(BytesIO(_read_checked(f"{_NAME}.npy")), allow_pickle=False)
    return _word_vectors(text.split("\n")[:-1], matrix.astype(np.float32))


def _word_vectors(words: list[str], matrix: np.ndarray) -> WordVectors:
    vectors = WordVectors(matrix.shape[1], count=0)
    # gensim's add_vectors copies row by row; whole tables make loading six times as fast.
    vectors.vectors = matrix
    vectors.index_to_key = words
    vectors.key_to_index = {word: i for i, word in enumerate(words)}
    return vectors


def _read_checked(file_name: str) -> bytes:
    advice = "Restore it with `git checkout lib/embedding_geometry/data`, or install the course again."
    try:
        data = (_DATA / file_name).read_bytes()
        sums = (_DATA / "SHA256SUMS").read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"The course's word vectors can't be read: {error}. {advice}") from error
    if hashlib.sha256(data).hexdigest() not in sums:
        raise OSError(f"The course's file {file_name} is damaged (its SHA-256 sum differs). {advice}")
    return data


def _load_full() -> WordVectors:
    import gensim.downloader

    try:
        # return_path: gensim would otherwise import and run a Python file that it downloaded.
        path = gensim.downloader.load(_FULL_NAME, return_path=True)
    except Exception as error:  # gensim raises a bare Exception or an AssertionError when a download is cut
        raise OSError(
            f"gensim could not download {_FULL_NAME} (66 MB): {error!r}. Connect to the internet and try "
            "again, or use load_word_vectors(), which holds the 30,113 words of the course and needs none."
        ) from error
    try:
        return WordVectors.load_word2vec_format(path)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise OSError(
            f"{path} is damaged: {error}. Delete its folder, and load the full vectors again."
        ) from error
