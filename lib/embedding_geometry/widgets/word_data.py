"""The words as a browser gets them: one small file of 8-bit numbers."""

import numpy as np
from ipywidgets import Widget

from embedding_geometry.wordvectors import WordVectors, load_word_vectors

FILE_NAME = "words-int8.bin"


def quantize_rows(X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Round each row to whole numbers from -127 to 127, with one scale a row.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)

    Returns
    -------
    codes : ndarray of int8, shape (n_samples, n_features)
    scales : ndarray of float32, shape (n_samples,)
        ``codes * scales[:, None]`` is close to `X`: no coordinate is off by more than half its scale.

    Examples
    --------
    >>> codes, scales = quantize_rows(np.array([[0.5, -1.0]]))
    >>> codes.tolist()
    [[64, -127]]
    """
    largest = np.abs(X).max(axis=1)
    scales = (np.where(largest == 0, 1, largest) / 127).astype(np.float32)
    return np.rint(X / scales[:, None]).astype(np.int8), scales


def packed_words(vectors: WordVectors | None = None) -> bytes:
    """Return the words and their vectors in one little-endian file for the browser.

    The file holds three uint32 (how many words, how many features, how many bytes of text), a float32
    scale for each row, the int8 codes row by row, and the words in UTF-8, each ended by a line feed.

    Parameters
    ----------
    vectors : WordVectors, optional
        The course's own words where none are given.

    Returns
    -------
    bytes
        1.9 MB for the course's own words.
    """
    vectors = load_word_vectors() if vectors is None else vectors
    codes, scales = quantize_rows(vectors.vectors)
    text = "".join(word + "\n" for word in vectors.index_to_key).encode("utf-8")
    header = np.array([*codes.shape, len(text)], dtype="<u4")
    return header.tobytes() + scales.astype("<f4").tobytes() + codes.tobytes() + text


def answer_with_words(widget: Widget, message: dict, buffers: list) -> None:
    """Send a widget the file of words when it asks for it; it is the one file that it may ask for."""
    if message.get("name") == FILE_NAME:
        widget.send({"name": FILE_NAME}, buffers=[packed_words()])
