"""Damage: six ways to change an embedding, to see which measure notices which."""

import numpy as np
import numpy.typing as npt
from scipy.stats import ortho_group

from embedding_geometry._validation import (
    LARGEST,
    FloatArray,
    as_floats,
    check_between,
    check_choice,
    check_seed,
)
from embedding_geometry.subspaces import principal_directions

KINDS = ("rotate", "shift", "stretch", "collapse", "noise", "permute")


def damage(X: npt.ArrayLike, kind: str, strength: float, seed: int = 0) -> FloatArray:
    """Return a damaged copy of an embedding; strength 0 leaves it as it is.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    kind : {"rotate", "shift", "stretch", "collapse", "noise", "permute"}
        What is done to the rows:

        - ``"rotate"``: turn all of them alike, and perhaps mirror them, if the strength isn't 0 (lengths and
          angles stay, so it harms only who mixes two versions or reads single coordinates);
        - ``"shift"``: add one random direction to all, as long as `strength` mean norms;
        - ``"stretch"``: multiply the last coordinate by 1 + `strength`;
        - ``"collapse"``: shrink all but the first two principal directions to a share 1 - `strength` (a
          dimensional collapse; a complete one, to a point, is a shift but for scale);
        - ``"noise"``: add to each coordinate Gaussian noise of `strength` standard deviations of all;
        - ``"permute"``: hand the rows of a share `strength` of the samples out among them at random.
    strength : float
        From 0 to 1 for ``"collapse"`` and ``"permute"``, to 1e100 for the others.
    seed : int

    Returns
    -------
    ndarray of the shape of `X`

    Raises
    ------
    ValueError
        If an argument is none of these.

    Examples
    --------
    >>> damage([[1.0, 2.0], [3.0, 4.0]], "stretch", 9)
    array([[ 1., 20.],
           [ 3., 40.]])
    """
    X = as_floats(X, "X")
    check_choice(kind, "kind", KINDS)
    most = 1 if kind in ("collapse", "permute") else LARGEST
    strength = check_between(strength, "strength", 0, most, f" for {kind!r}")
    rng = np.random.default_rng(check_seed(seed))
    if strength > 1e6:  # may be beyond float32
        X = X.astype(np.float64)
    n_samples, n_features = X.shape
    if strength == 0:
        return X.copy()
    if kind == "rotate":
        if n_features == 1:
            return -X  # the one way to turn a line
        return X @ ortho_group.rvs(n_features, random_state=rng).astype(X.dtype)
    if kind == "shift":
        direction = rng.normal(size=n_features)
        length = strength * np.linalg.norm(X, axis=1).mean(dtype=np.float64)
        return X + (length * direction / np.linalg.norm(direction)).astype(X.dtype)
    if kind == "stretch":
        factors = np.ones(n_features, dtype=X.dtype)
        factors[-1] += strength
        return X * factors
    if kind == "collapse":
        top = principal_directions(X, min(2, *X.shape)).directions
        mean = X.mean(axis=0, dtype=np.float64).astype(X.dtype)
        centered = X - mean
        kept = centered @ top.T @ top
        return mean + kept + (1 - strength) * (centered - kept)
    if kind == "noise":
        return X + (strength * X.std(dtype=np.float64) * rng.normal(size=X.shape)).astype(X.dtype)
    moved = rng.permutation(n_samples)[: round(strength * n_samples)]
    permuted = X.copy()
    permuted[moved] = X[rng.permutation(moved)]
    return permuted
