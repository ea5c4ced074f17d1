"""Neighbours and analogies over the words of the course."""

import anywidget
import traitlets

from embedding_geometry.widgets._sources import joined
from embedding_geometry.widgets.plane import METRICS
from embedding_geometry.widgets.word_data import answer_with_words

MODES = ("neighbors", "analogy")


class WordExplorer(anywidget.AnyWidget):
    """Type a word and see its nearest neighbours, or three words and see the analogy a - b + c.

    The browser computes on an 8-bit copy of the words (`packed_words`). It never enters the notebook: the
    website gets it as a file, and a notebook asks the kernel for it when the widget is first seen.

    Parameters
    ----------
    word : str
        The word whose neighbours are shown at the start.
    analogy : triple of str
        The words a, b and c of the analogy a - b + c at the start.
    modes : sequence of {"neighbors", "analogy"}
        What the reader can do, the first of them at the start.
    metric : {"cosine", "dot", "euclidean"}
        By which measure neighbours are found at the start; analogies always go by cosine.
    exclude_inputs : bool
        Whether the three words of an analogy are kept out of its answers at the start.
    k : int
        How many answers are shown, from 1 to 50.

    Raises
    ------
    ValueError
        If an argument is none of these; the message names it.
    """

    _esm = joined("shared.js", "word_data.js", "word_parts.js", "word_explorer.js")
    _css = joined("shared.css", "word_explorer.css")

    mode = traitlets.Enum(MODES).tag(sync=True)
    modes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    word = traitlets.Unicode().tag(sync=True)
    a = traitlets.Unicode().tag(sync=True)
    b = traitlets.Unicode().tag(sync=True)
    c = traitlets.Unicode().tag(sync=True)
    metric = traitlets.Enum(METRICS).tag(sync=True)
    exclude_inputs = traitlets.Bool().tag(sync=True)
    k = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        word: str = "cat",
        *,
        analogy: tuple[str, str, str] = ("king", "man", "woman"),
        modes: tuple[str, ...] = MODES,
        metric: str = "cosine",
        exclude_inputs: bool = True,
        k: int = 10,
    ) -> None:
        if not modes or any(mode not in MODES for mode in modes):
            raise ValueError(f"modes must hold one or both of {', '.join(MODES)}, not {modes!r}")
        if metric not in METRICS:
            raise ValueError(f"metric must be one of {', '.join(METRICS)}, not {metric!r}")
        if not 1 <= k <= 50:
            raise ValueError(f"k must be from 1 to 50, not {k!r}")
        if len(analogy) != 3:
            raise ValueError(f"analogy must be three words (a, b, c), not {analogy!r}")
        a, b, c = analogy
        super().__init__(
            mode=modes[0],
            modes=list(modes),
            word=word,
            a=a,
            b=b,
            c=c,
            metric=metric,
            exclude_inputs=exclude_inputs,
            k=k,
        )
        self.on_msg(answer_with_words)
