"""Damage: six ways to change an embedding, to see which measure notices which."""

import numpy as np
import numpy.typing as npt
from scipy.stats import ortho_group

from embedding_geometry._validation import FloatArray, as_floats, check_choice
from embedding_geometry.subspaces import principal_directions

KINDS = ("rotate", "shift", "stretch", "collapse", "noise", "permute")


def damage(X: npt.ArrayLike, kind: str, strength: float, seed: int = 0) -> FloatArray:
    """Return a damaged copy of an embedding; strength 0 leaves it as it is.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
    kind : {"rotate", "shift", "stretch", "collapse", "noise", "permute"}
        What is done to the rows:

        - ``"rotate"``: turn all of them alike, if the strength isn't 0 (lengths and angles stay, so it harms
          only who mixes two versions or reads single coordinates);
        - ``"shift"``: add one random direction to all, as long as `strength` mean norms;
        - ``"stretch"``: multiply the last coordinate by 1 + `strength`;
        - ``"collapse"``: shrink all but the first two principal directions to a share 1 - `strength` (a
          dimensional collapse; a complete one, to a point, is a shift but for scale);
        - ``"noise"``: add to each coordinate Gaussian noise of `strength` standard deviations of all;
        - ``"permute"``: hand the rows of a share `strength` of the samples out among them at random.
    strength : float
        Zero or more; at most 1 for ``"collapse"`` and ``"permute"``.
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
    if not 0 <= strength < np.inf or (kind in ("collapse", "permute") and strength > 1):
        most = " and at most 1" if kind in ("collapse", "permute") else ""
        raise ValueError(f"strength must be zero or more{most} for {kind!r}, not {strength!r}")
    rng = np.random.default_rng(seed)
    n_samples, n_features = X.shape
    if strength == 0:
        return X.copy()
    if kind == "rotate":
        return X @ ortho_group.rvs(n_features, random_state=rng).astype(X.dtype)
    if kind == "shift":
        direction = rng.normal(size=n_features)
        length = strength * np.linalg.norm(X, axis=1).mean()
        return X + (length * direction / np.linalg.norm(direction)).astype(X.dtype)
    if kind == "stretch":
        factors = np.ones(n_features, dtype=X.dtype)
        factors[-1] += strength
        return X * factors
    if kind == "collapse":
        top = principal_directions(X, min(2, *X.shape)).directions
        centered = X - X.mean(axis=0)
        kept = centered @ top.T @ top
        return X.mean(axis=0) + kept + (1 - strength) * (centered - kept)
    if kind == "noise":
        return X + (strength * X.std() * rng.normal(size=X.shape)).astype(X.dtype)
    moved = rng.permutation(n_samples)[: round(strength * n_samples)]
    permuted = X.copy()
    permuted[moved] = X[rng.permutation(moved)]
    return permuted
