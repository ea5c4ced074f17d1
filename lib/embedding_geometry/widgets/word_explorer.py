"""Neighbours and analogies over the words of the course."""

import traitlets

from embedding_geometry._validation import as_words, check_choice, check_count, check_flag, check_text, shown
from embedding_geometry.neighbors import METRIC_NAMES
from embedding_geometry.widgets.course_widget import CourseWidget, fixed
from embedding_geometry.widgets.word_data import answer_with_words

MODES = ("neighbors", "analogy")


class WordExplorer(CourseWidget):
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

    mode = traitlets.Unicode().tag(sync=True)
    modes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    word = traitlets.Unicode().tag(sync=True)
    a = traitlets.Unicode().tag(sync=True)
    b = traitlets.Unicode().tag(sync=True)
    c = traitlets.Unicode().tag(sync=True)
    metric = traitlets.Unicode().tag(sync=True)
    metric_names = traitlets.List([*METRIC_NAMES.items()]).tag(sync=True)
    exclude_inputs = traitlets.Bool().tag(sync=True)
    k = traitlets.Int().tag(sync=True)
    _fixed = fixed("modes", "metric_names")

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
        kinds, inputs = as_words(modes, "modes"), as_words(analogy, "analogy")
        if not kinds or any(mode not in MODES for mode in kinds):
            raise ValueError(f"modes must hold one or both of {', '.join(MODES)}, not {shown(modes)}")
        if len(inputs) != 3:
            raise ValueError(f"analogy must be three words (a, b, c), not {shown(analogy)}")
        a, b, c = inputs
        super().__init__(
            modes=kinds,
            mode=kinds[0],
            word=check_text(word, "word"),
            a=a,
            b=b,
            c=c,
            metric=check_choice(metric, "metric", METRIC_NAMES),
            exclude_inputs=check_flag(exclude_inputs, "exclude_inputs"),
            k=check_count(k, "k", most=50),
        )
        self.on_msg(answer_with_words)

    @traitlets.validate("mode")
    def _check_mode(self, proposal):
        return check_choice(proposal["value"], "mode", self.modes)

    @traitlets.validate("metric")
    def _check_metric(self, proposal):
        return check_choice(proposal["value"], "metric", METRIC_NAMES)

    @traitlets.validate("k")
    def _check_k(self, proposal):
        return check_count(proposal["value"], "k", most=50)
