"""Description length: how many bits it takes to send labels to one who has the embedding."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from embedding_geometry._logistic import logistic_regression
from embedding_geometry._validation import as_floats, as_labels, check_count, check_positive

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
        Above zero: the inverse of the strength of the penalty on large weights.
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
    check_positive(C, "C")
    steps = np.diff([0, *fractions])
    if not ((steps > 0).all() and fractions[-1] == 1):
        raise ValueError(f"fractions must rise from above 0 to 1, not {list(fractions)}")
    order = np.random.default_rng(seed).permutation(len(X))
    X, labels = X[order].astype(np.float64), labels[order]
    ends = np.unique(np.ceil(np.asarray(fractions) * len(X)).astype(int))
    bits = 0.0
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        if len(np.unique(labels[:start])) < len(classes):
            bits += (end - start) * np.log2(len(classes))
            continue
        probe = logistic_regression(C, X.shape[1] * len(classes)).fit(X[:start], labels[:start])
        log_likelihoods = probe.predict_log_proba(X[start:end])[np.arange(end - start), labels[start:end]]
        bits -= log_likelihoods.sum() / np.log(2)
    return OnlineCode(float(bits), len(X) * float(np.log2(len(classes))), tuple(ends.tolist()))
