"""The classifier of every probe."""

import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression

from embedding_geometry._scaling import power_of_two
from embedding_geometry._validation import FloatArray, IntArray


def fitted_probe(X: FloatArray, y: IntArray, C: float) -> LogisticRegression:
    """Return a logistic regression on float64 rows of a size near 1, solved to its optimum.

    One that stops short of it gives other accuracies on another machine. Newton's method gets there in a few
    steps, but holds a matrix of weights by weights (features times classes), so that it is taken for small
    problems alone.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
        Classes, numbered from 0.
    C : float
        Above zero: the inverse of the strength of the penalty on large weights.
    """
    if X.shape[1] * (y.max() + 1) <= 1000:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", ".*resort to lbfgs")  # which scikit-learn does by itself
            return LogisticRegression(C=C, solver="newton-cholesky", tol=1e-8, max_iter=10_000).fit(X, y)
    return LogisticRegression(C=C, solver="lbfgs", tol=1e-6, max_iter=10_000).fit(X, y)


def near_one(X: FloatArray, C: float) -> tuple[FloatArray, float]:
    """Return rows divided by a power of two, and the `C` that leaves the classifier as it was.

    A penalty so weak or strong that no solver would notice it is taken for the last one that is noticed.
    """
    scale = float(power_of_two(np.abs(X).max()))
    return X.astype(np.float64) / scale, float(np.clip(C * scale**2, 1e-12, 1e12))
