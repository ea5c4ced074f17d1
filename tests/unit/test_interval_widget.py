"""What the widget of intervals takes, and what it says of what it can't take."""

import numpy as np
import pytest
from embedding_geometry.widgets import Interval


def test_scores_are_kept_by_how_often_each_is_there():
    interval = Interval(np.repeat([True, False], [7393, 7484]), label="share of right answers")
    assert (interval.values, interval.counts) == ([0, 1], [7484, 7393])
    assert interval.sizes == [20, 50, 100, 200, 500, 1000, 2000]
    assert (interval.n, interval.label, interval.seed) == (200, "share of right answers", 0)
    assert (interval.guess, interval.drawn, interval.tallies) == (0, [], {})


def test_any_scores_will_do_and_any_sizes():
    scores = [0.5, 1.0, 0.25, 0.5]
    interval = Interval(scores, sizes=np.array([4, 9]), n=np.int64(4), seed=3)
    assert (interval.values, interval.counts) == ([0.25, 0.5, 1], [1, 2, 1])
    assert (interval.sizes, interval.n, interval.seed) == ([4, 9], 4, 3)
    assert scores == [0.5, 1.0, 0.25, 0.5]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"scores": []}, "scores is empty"),
        ({"scores": [[0, 1]]}, "scores must be one vector"),
        ({"scores": ["right", "wrong"]}, "scores must hold real numbers"),
        ({"scores": [0, np.nan]}, "scores holds nan at position 1"),
        ({"scores": [1, 1, 1]}, r"scores must differ: all are 1\.0"),
        ({"scores": np.arange(501)}, "scores must hold at most 500 different values, not 501: round them"),
        ({"sizes": []}, "sizes must be different numbers in rising order"),
        ({"sizes": [20, 20]}, "sizes must be different numbers in rising order"),
        ({"sizes": [50, 20]}, "sizes must be different numbers in rising order"),
        ({"sizes": [20, 5000]}, "sizes must be .* 2000 at most"),
        ({"sizes": [1, 20]}, "each of sizes must be at least 2"),
        ({"sizes": [20.5]}, "each of sizes must be a whole number"),
        ({"n": 30}, "n must be one of 20, 50, 100, 200, 500, 1000, 2000, not 30"),
        ({"label": " "}, "label must say what the mean of the scores is"),
        ({"seed": -1}, "seed must be at least 0"),
        ({"seed": 0.5}, "seed must be a whole number"),
        ({"seed": 2**31}, "seed is 2147483648, but here it can be 2147483647 at the most"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        Interval(**{"scores": [0, 1, 1]} | arguments)
