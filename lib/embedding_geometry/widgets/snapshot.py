"""One word, five uses of its vector."""

from collections.abc import Mapping, Sequence

import numpy.typing as npt
import traitlets

from embedding_geometry._validation import LARGEST, as_floats, as_mapping, as_words, check_between, check_text
from embedding_geometry.widgets.course_widget import CourseWidget, fixed
from embedding_geometry.widgets.places import rounded
from embedding_geometry.widgets.word_data import answer_with_words


class Snapshot(CourseWidget):
    """Type a word and see its neighbours, its cluster, a probe, a mixture and a retrieval, from one vector.

    It computes on the 8-bit words of `packed_words`, as the word explorer does.

    Parameters
    ----------
    clusters : mapping of str to array_like of shape (n_features,)
        The name and the centre of each group; a word is in the group whose centre is nearest.
    weights : array_like of shape (n_features,)
        The weights of a linear probe.
    bias : float
        Its bias; the logistic function of weights·x + bias is the chance that it says yes.
    sentences : sequence of str
        What can be retrieved: lower-case words of the course, separated by single spaces.
    word, other : str
        The word at the start, and the one that it is mixed with.

    Raises
    ------
    ValueError
        If an argument is none of these, there is no cluster or no sentence, or the lengths of centres and
        weights differ.
    """

    word = traitlets.Unicode().tag(sync=True)
    other = traitlets.Unicode().tag(sync=True)
    clusters = traitlets.List(traitlets.Dict()).tag(sync=True)
    probe = traitlets.Dict().tag(sync=True)
    sentences = traitlets.List(traitlets.Unicode()).tag(sync=True)
    _fixed = fixed("clusters", "probe", "sentences")

    def __init__(
        self,
        clusters: Mapping[str, npt.ArrayLike],
        weights: npt.ArrayLike,
        bias: float,
        sentences: Sequence[str],
        *,
        word: str = "guitar",
        other: str = "water",
    ) -> None:
        weights = as_floats(weights, "weights", ndim=(1,))
        centers = {
            name: as_floats(center, f"clusters[{name!r}]", ndim=(1,))
            for name, center in as_mapping(clusters, "clusters").items()
        }
        sentences = as_words(sentences, "sentences")
        if not centers or not sentences:
            raise ValueError("clusters and sentences must hold one or more each")
        if any(center.shape != weights.shape for center in centers.values()):
            raise ValueError(f"clusters must hold vectors of the length of weights, {len(weights)}")
        check_between(bias, "bias", -LARGEST, LARGEST)
        super().__init__(
            clusters=[
                {"name": name, "center": rounded(center, 4).tolist()} for name, center in centers.items()
            ],
            probe={"weights": rounded(weights, 5).tolist(), "bias": round(float(bias), 5)},
            sentences=sentences,
            word=check_text(word, "word"),
            other=check_text(other, "other"),
        )
        self.on_msg(answer_with_words)
