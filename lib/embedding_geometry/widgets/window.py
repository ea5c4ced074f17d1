"""One corpus laid out again and again, as the context window grows."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import traitlets

from embedding_geometry._scaling import check_directions
from embedding_geometry._validation import (
    IntArray,
    as_list,
    as_mapping,
    as_words,
    check_choice,
    check_count,
    shown,
)
from embedding_geometry.cooccurrence import aligned_layouts, window_embedding
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.widgets.course_widget import CourseWidget, fixed

MOST_CLASSES = 4  # as many as there are colours and marks
MOST_WINDOWS = 100  # each has its map, which is written into the page


class WindowSlider(CourseWidget):
    """A slider for the context window; the words' map, and who is near whom, follow it.

    The map shows two dimensions (`aligned_layouts`). The neighbours are those in the full embedding
    (`window_embedding`), by cosine.

    Parameters
    ----------
    documents : sequence of sequence of str
        The corpus.
    words : sequence of str
        The words to lay out; all must occur in the corpus.
    classes : mapping of str to sequence of str
        Ways to sort the words, such as ``{"topic": [...]}``: the class of each word, four different
        ones at the most.
    windows : sequence of int
        The windows that the slider has, in rising order, 100 at the most.
    window : int
        The one at the start.
    color_by : str, optional
        The classes that colours and marks show at the start; the first where none is given.
    word : str, optional
        The word that is followed at the start; the first where none is given.
    k : int
        How many nearest neighbours are looked at.
    n_features : int
        How many dimensions the full embedding has.

    Raises
    ------
    ValueError
        If an argument is none of these; the message names it.

    Examples
    --------
    >>> documents = [["a", "b", "c", "d"], ["b", "d", "a", "c"]]
    >>> kinds = {"kind": ["x", "x", "y"]}
    >>> slider = WindowSlider(documents, ["a", "b", "c"], kinds, windows=[1, 2], k=1, n_features=3)
    >>> np.shape(slider.places), np.shape(slider.neighbors)
    ((2, 3, 2), (2, 3, 1))
    """

    words = traitlets.List(traitlets.Unicode()).tag(sync=True)
    classes = traitlets.List(traitlets.Dict()).tag(sync=True)  # name, labels, purity by window and by chance
    windows = traitlets.List(traitlets.Int()).tag(sync=True)
    places: traitlets.List = traitlets.List().tag(sync=True)
    neighbors: traitlets.List = traitlets.List().tag(sync=True)
    window = traitlets.Int().tag(sync=True)
    color_by = traitlets.Unicode().tag(sync=True)
    word = traitlets.Unicode().tag(sync=True)
    _fixed = fixed("words", "classes", "windows", "places", "neighbors")

    def __init__(
        self,
        documents: Sequence[Sequence[str]],
        words: Sequence[str],
        classes: Mapping[str, Sequence[str]],
        *,
        windows: Sequence[int] = range(1, 13),
        window: int | None = None,
        color_by: str | None = None,
        word: str | None = None,
        k: int = 5,
        n_features: int = 8,
    ) -> None:
        words = as_words(words, "words")
        classes = {
            name: as_words(labels, f"classes[{name!r}]")
            for name, labels in as_mapping(classes, "classes").items()
        }
        windows = _as_windows(windows)
        _check_classes(classes, len(words))
        texts = as_list(documents, "documents")
        documents = [as_words(document, "each of documents", free=True) for document in texts]
        embeddings = [window_embedding(documents, words, reach, n_features) for reach in windows]
        for X, reach in zip(embeddings, windows, strict=True):
            check_directions(X, f"the embedding of words at window {reach}")
        layouts = np.array(aligned_layouts(embeddings))
        neighbors = [neighbor_graph(X, k).indices for X in embeddings]
        super().__init__(
            words=words,
            classes=[
                {"name": name, **_purity(np.asarray(labels), neighbors)} for name, labels in classes.items()
            ],
            windows=windows,
            # Rounded: it is written into the page. The map reaches from -1 to 1 for all windows.
            places=(layouts / (np.abs(layouts).max() or 1)).round(3).tolist(),
            neighbors=[near.tolist() for near in neighbors],
            window=windows[0] if window is None else check_choice(window, "window", windows),
            color_by=next(iter(classes)) if color_by is None else check_choice(color_by, "color_by", classes),
            word=words[0] if word is None else check_choice(word, "word", words),
        )

    @traitlets.validate("window")
    def _check_window(self, proposal):
        return check_choice(proposal["value"], "window", self.windows)

    @traitlets.validate("color_by")
    def _check_color_by(self, proposal):
        return check_choice(proposal["value"], "color_by", [kind["name"] for kind in self.classes])

    @traitlets.validate("word")
    def _check_word(self, proposal):
        return check_choice(proposal["value"], "word", self.words)


def _purity(labels: npt.NDArray, neighbors: Sequence[IntArray]) -> dict[str, Any]:
    """Return the labels, and what share of neighbours have a word's own: by window, and by chance."""
    same = [labels[near] == labels[:, np.newaxis] for near in neighbors]
    others = (labels[:, np.newaxis] == labels).sum(axis=1) - 1
    return {
        "labels": labels.tolist(),
        "purity": [float(share.mean()) for share in same],
        "chance": float(others.mean() / (len(labels) - 1)),
    }


def _as_windows(windows: Sequence[int]) -> list[int]:
    if not isinstance(windows, Sequence | np.ndarray) or not 1 <= len(windows) <= MOST_WINDOWS:
        raise ValueError(f"windows must be 1 to {MOST_WINDOWS} numbers in a list, not {shown(windows)}")
    checked = [check_count(window, "each of windows") for window in windows]
    if checked != sorted(set(checked)):
        raise ValueError(f"windows must be different numbers in rising order, not {shown(windows)}")
    return checked


def _check_classes(classes: Mapping[str, Sequence[str]], n_words: int) -> None:
    if not classes:
        raise ValueError("classes must hold one way at least to sort the words")
    for name, labels in classes.items():
        if len(labels) != n_words:
            raise ValueError(f"classes[{name!r}] must hold {n_words} labels, one a word, not {len(labels)}")
        if len(set(labels)) > MOST_CLASSES:
            raise ValueError(f"classes[{name!r}] holds more than {MOST_CLASSES} different labels")
