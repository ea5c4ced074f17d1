"""Queries drawn again and again, and the interval that each draw gives for their mean score."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import traitlets

from embedding_geometry._validation import (
    LARGEST,
    as_floats,
    as_list,
    check_between,
    check_choice,
    check_count,
    check_text,
    shown,
)
from embedding_geometry.widgets.course_widget import CourseWidget, fixed

MOST_VALUES = 500  # different scores: they are written into the page
MOST_QUERIES = 2_000  # in a draw, which is drawn again a thousand times at once


class Interval(CourseWidget):
    """A list of scores to draw from, and the interval that each draw gives for their mean.

    The reader guesses how wide the interval will be, chooses how many queries to draw, and draws. Each
    draw is made with replacement, and its interval is the 95 % percentile interval of a thousand
    resamples, as that of ``intervals.bootstrap_interval``. The mean of the whole list is the truth that
    an interval holds or misses.

    Parameters
    ----------
    scores : array_like of shape (n_queries,)
        What was measured on each query, such as 1 where it was answered rightly and 0 where not: two
        different values at least and 500 at most, as many queries as you like.
    sizes : sequence of int
        The numbers of queries that the slider has, in rising order, from 2 to 2,000.
    n : int, optional
        The one at the start; the one in the middle where none is given.
    label : str
        What the mean of the scores is, such as "share of right answers".
    seed : int
        Of the draws, from zero to 2 ** 31 - 1: the same seed gives every reader the same draws.

    Raises
    ------
    ValueError
        If an argument is none of these; the message names it.

    Examples
    --------
    >>> interval = Interval([1, 0, 0, 1, 1], label="share of right answers")
    >>> interval.values, interval.counts, interval.n
    ([0.0, 1.0], [2, 3], 200)
    """

    values = traitlets.List(traitlets.Float()).tag(sync=True)  # in rising order
    counts = traitlets.List(traitlets.Int()).tag(sync=True)  # how often each is in the list
    sizes = traitlets.List(traitlets.Int()).tag(sync=True)
    n = traitlets.Int().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    seed = traitlets.Int().tag(sync=True)
    guess = traitlets.Float(0.0).tag(sync=True)  # 0: the reader hasn't guessed yet
    drawn = traitlets.List(traitlets.Dict()).tag(sync=True)  # the last draws: n, mean, low, high
    tallies = traitlets.Dict().tag(sync=True)  # by n: draws, how many held the truth, sum of widths
    _fixed = fixed("values", "counts", "sizes", "label", "seed")

    def __init__(
        self,
        scores: npt.ArrayLike,
        *,
        sizes: Sequence[int] = (20, 50, 100, 200, 500, 1_000, 2_000),
        n: int | None = None,
        label: str = "mean score",
        seed: int = 0,
    ) -> None:
        values, counts = np.unique(as_floats(scores, "scores", ndim=(1,)), return_counts=True)
        if len(values) < 2:
            raise ValueError(f"scores must differ: all are {values[0]}, and their mean would never move")
        if len(values) > MOST_VALUES:
            raise ValueError(
                f"scores must hold at most {MOST_VALUES} different values, not {len(values)}: round them"
            )
        sizes = as_list(sizes, "sizes")
        for size in sizes:
            check_count(size, "each of sizes", least=2)
        if not sizes or sizes != sorted(set(sizes)) or sizes[-1] > MOST_QUERIES:
            raise ValueError(
                f"sizes must be different numbers in rising order, {MOST_QUERIES} at most, not {shown(sizes)}"
            )
        if not check_text(label, "label").strip():
            raise ValueError(f"label must say what the mean of the scores is, not {label!r}")
        super().__init__(
            values=values.tolist(),
            counts=counts.tolist(),
            sizes=list(map(int, sizes)),
            label=label,
            seed=check_count(seed, "seed", least=0, most=2**31 - 1),
            n=sizes[len(sizes) // 2] if n is None else check_choice(n, "n", sizes),
        )

    @traitlets.validate("n")
    def _check_n(self, proposal):
        return check_choice(proposal["value"], "n", self.sizes)

    @traitlets.validate("guess")
    def _check_guess(self, proposal):
        return check_between(proposal["value"], "guess", 0, LARGEST)
