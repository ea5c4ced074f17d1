"""The classifier of every probe."""

from sklearn.linear_model import LogisticRegression


def logistic_regression(C: float, n_weights: int) -> LogisticRegression:
    """Return a logistic regression that is solved to its optimum.

    One that stops short of it gives other accuracies on another machine. Newton's method gets there in a few
    steps, but holds a matrix of `n_weights` by `n_weights`, so that it is taken for small problems alone.

    Parameters
    ----------
    C : float
        Above zero: the inverse of the strength of the penalty on large weights.
    n_weights : int
        How many weights are to be found: features times classes.
    """
    if n_weights <= 1000:
        return LogisticRegression(C=C, solver="newton-cholesky", tol=1e-8)
    return LogisticRegression(C=C, solver="lbfgs", max_iter=10_000, tol=1e-6)
