"""The pretrained word vectors of the course: GloVe 6B 50d, as gensim ``KeyedVectors``."""

import hashlib
import zlib
from collections.abc import Iterable
from importlib import resources
from io import BytesIO

import numpy as np
from gensim.models import KeyedVectors
from rapidfuzz.distance import OSA

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

    def get_mean_vector(self, keys, *args, **kwargs):
        """Check the words before gensim averages them (``most_similar`` goes this way)."""
        for key in keys:
            if isinstance(key, str):
                self.get_index(key)
        return super().get_mean_vector(keys, *args, **kwargs)


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
    if name == "embedded":
        return _load_embedded()
    if name == "full":
        return _load_full()
    raise ValueError(f"name must be 'embedded' or 'full', not {name!r}")


def close_spellings(word: str, vocabulary: Iterable[str], n: int = 3) -> list[str]:
    """Return words of the vocabulary that differ from a word by at most two slips of the pen.

    A slip is a letter too many, too few or wrong, or two neighbouring letters swapped (optimal
    string alignment distance). The word is lower-cased first, as GloVe is.

    Parameters
    ----------
    word : str
    vocabulary : iterable of str
    n : int
        How many to return at the most.

    Returns
    -------
    list of str
        Fewest slips first; among equals, in the order of the vocabulary.

    Examples
    --------
    >>> close_spellings("gaurd", ["gourds", "guard", "cat"])
    ['guard', 'gourds']
    """
    word = word.lower()
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
        float32; `words` stays as it is.

    Raises
    ------
    ValueError
        If `X` hasn't one row for each word.

    Examples
    --------
    >>> word_vectors = load_word_vectors()
    >>> doubled = with_vectors(word_vectors, 2 * word_vectors.vectors)
    >>> bool((doubled["cat"] == 2 * word_vectors["cat"]).all())
    True
    """
    X = np.asarray(X, dtype=np.float32)
    if X.ndim != 2 or len(X) != len(words):
        raise ValueError(f"X must have {len(words):,} rows, one for each word, not shape {X.shape}")
    return _word_vectors(list(words.index_to_key), X)


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
