"""Description length: how many bits it takes to send labels to one who has the embedding."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import scipy.special
from sklearn.linear_model import LogisticRegression

from embedding_geometry._logistic import fitted_probe, near_one
from embedding_geometry._validation import (
    FloatArray,
    IntArray,
    as_floats,
    as_labels,
    check_count,
    check_positive,
    check_seed,
    shown,
)

_FRACTIONS = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.0625, 0.125, 0.25, 0.5, 1)  # Voita and Titov's


@dataclass(frozen=True)
class OnlineCode:
    """How many bits the labels take if a probe learns them block by block while they are sent."""

    code_length: float
    """In bits, of all labels."""
    uniform_code_length: float
    """In bits, if nothing is learnt: the logarithm of the number of classes for each label."""
    block_ends: tuple[int, ...] = field(repr=False)
    """How many labels had been sent after each block."""

    @property
    def compression(self) -> float:
        """How many times shorter than the uniform code; 1 or less if nothing can be learnt."""
        return self.uniform_code_length / self.code_length


def online_code_length(
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    fractions: Sequence[float] = _FRACTIONS,
    *,
    C: float = 1.0,
    seed: int = 0,
) -> OnlineCode:
    """Return how many bits it takes to send the labels while a linear probe learns them.

    The rows are shuffled and cut into blocks. The labels of each block are sent in the code of the
    probe that was fitted to all blocks before: the surer it is of them, the shorter. Until each class
    has been seen, a block is sent in the uniform code. A short code means that the labels are easy to
    read off the embedding, after few examples. The length depends on the order, which `seed` draws: take
    several. And it depends on the penalty, so on the scale of `X`: compare embeddings of one scale.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    y : array_like of shape (n_samples,)
        Two classes or more.
    fractions : sequence of float
        Which share of the rows has been sent after each block: rising, the last one 1.
    C : float
        Above zero: the inverse of the strength of the penalty on large weights. Beyond 1e-12 and 1e12, for
        rows of a size near 1, it counts as these.
    seed : int
        Of the shuffle.

    Returns
    -------
    OnlineCode
        ``code_length``, ``uniform_code_length``, ``compression``.

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, `y` hasn't one entry a row, there is but one class, or
        `fractions` don't rise to 1.

    References
    ----------
    Voita and Titov (2020), Information-Theoretic Probing with Minimum Description Length.

    Examples
    --------
    >>> y = np.repeat([0, 1], 200)
    >>> X = np.random.default_rng(0).normal(size=(400, 3)) + 4 * y[:, np.newaxis]
    >>> code = online_code_length(X, y)
    >>> code.uniform_code_length, code.compression > 4
    (400.0, True)
    """
    X = as_floats(X, "X")
    classes, labels = np.unique(as_labels(y, len(X)), return_inverse=True)
    check_count(len(classes), "the number of classes in y", least=2)
    shares = as_floats(fractions, "fractions", ndim=(1,))
    if not (np.all(np.diff(shares, prepend=0) > 0) and shares[-1] == 1):
        raise ValueError(f"fractions must rise from above 0 to 1, not {shown(fractions)}")
    order = np.random.default_rng(check_seed(seed)).permutation(len(X))
    X, C = near_one(X[order], check_positive(C, "C"))
    labels = labels[order]
    ends = np.unique(np.ceil(shares * len(X)).astype(int))
    bits = 0.0
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        if len(np.unique(labels[:start])) < len(classes):
            bits += (end - start) * np.log2(len(classes))
            continue
        probe = fitted_probe(X[:start], labels[:start], C)
        bits -= _log_likelihoods(probe, X[start:end], labels[start:end]).sum() / np.log(2)
    return OnlineCode(float(bits), len(X) * float(np.log2(len(classes))), tuple(ends.tolist()))


def _log_likelihoods(probe: LogisticRegression, X: FloatArray, labels: IntArray) -> FloatArray:
    """Return the logarithm of each label's probability, also where the probability itself is rounded to 0."""
    scores = probe.decision_function(X)
    if scores.ndim == 1:  # of two classes, that of the second beside that of the first
        scores = np.column_stack([np.zeros_like(scores), scores])
    return scipy.special.log_softmax(scores, axis=1)[np.arange(len(X)), labels]
