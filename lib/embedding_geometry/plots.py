"""The book's figures, in one palette that tells the same things apart everywhere.

Colour never stands alone: groups differ in the shape of their mark or in their label too. The colours are
those of Okabe and Ito (2008), which readers with any of the common colour-vision deficiencies can tell apart.
"""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from embedding_geometry._validation import as_floats

PALETTE = {
    "a": "#0072B2",  # the first group, or the query
    "b": "#D55E00",  # the second group; false or lost
    "c": "#009E73",  # the third group; a true neighbour
    "d": "#E69F00",  # a mean, a mixture, a read-out
    "direction": "#CC79A7",  # a direction, a rule, a separating line
    "muted": "#767676",
}
_MARKS = "osD^vP*X<>"
_MANY = [
    *(PALETTE[name] for name in "abcd"),
    "#CC79A7",
    "#56B4E9",
    "#B3A100",
    "#000000",
    "#767676",
    "#8C510A",
]


def plot_vectors(
    X: npt.ArrayLike, labels: Sequence[str], groups: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw vectors of the plane as arrows from the origin, each with its label.

    Parameters
    ----------
    X : array_like of shape (n_samples, 2)
    labels : sequence of str, of length n_samples
    groups : sequence of keys of `PALETTE`, of length n_samples, optional
        The colour of each vector; ``"a"`` for all where none is given.
    ax : Axes, optional
        Where to draw; a new figure where none is given.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `X` hasn't two columns, or `labels` or `groups` haven't one entry for each row.
    """
    X = _plane_points(X)
    _check_one_each(labels, "labels", len(X))
    groups = ["a"] * len(X) if groups is None else groups
    _check_one_each(groups, "groups", len(X))
    ax = _axes(ax, (4.2, 4.2))
    for (x, y), label, group in zip(X, labels, groups, strict=True):
        arrow = {"arrowstyle": "-|>", "color": PALETTE[group], "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (x, y), (0, 0), arrowprops=arrow)
        ax.annotate(label, (x, y), 14 * _away(X, (x, y)), textcoords="offset points",
                    ha="center", va="center", fontsize=11)  # fmt: skip
    reach = 1.3 * np.abs(X).max() or 1.0
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    ax.axhline(0, color=PALETTE["muted"], linewidth=0.8)
    ax.axvline(0, color=PALETTE["muted"], linewidth=0.8)
    ax.grid(alpha=0.3)
    return ax


def plot_map(X: npt.ArrayLike, classes: npt.ArrayLike, ax: Axes | None = None) -> Axes:
    """Draw a cloud of points of the plane; each class has its colour, its mark and its name at its mean.

    Parameters
    ----------
    X : array_like of shape (n_samples, 2)
    classes : array_like of shape (n_samples,)
        At most ten different ones.
    ax : Axes, optional
        Where to draw; a new figure where none is given.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `X` hasn't two columns, `classes` hasn't one entry for each row, or there are over ten of them.
    """
    X, classes = _plane_points(X), np.asarray(classes)
    _check_one_each(classes, "classes", len(X))
    names = np.unique(classes)
    if len(names) > len(_MARKS):
        raise ValueError(
            f"classes holds {len(names)} different ones; a map can tell {len(_MARKS)} apart at most"
        )
    ax = _axes(ax, (6.4, 4.8))
    for name, mark, colour in zip(names, _MARKS, _MANY, strict=False):
        points = X[classes == name]
        ax.scatter(*points.T, s=14, marker=mark, color=colour, alpha=0.55, linewidths=0)
    for name, colour in zip(names, _MANY, strict=False):
        box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": colour, "linewidth": 1.5}
        ax.annotate(str(name), X[classes == name].mean(axis=0), ha="center", va="center", bbox=box)
    ax.set(xlabel="first coordinate", ylabel="second coordinate")
    return ax


def plot_matrix(matrix: npt.ArrayLike, labels: Sequence[str], ax: Axes | None = None) -> Axes:
    """Draw a matrix of similarities, such as a cosine or Gram matrix, with its numbers.

    Parameters
    ----------
    matrix : array_like of shape (n_samples, n_samples)
    labels : sequence of str, of length n_samples
    ax : Axes, optional
        Where to draw; a new figure where none is given.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `matrix` isn't square, or `labels` hasn't one entry for each row.
    """
    matrix = as_floats(matrix, "matrix", ndim=(2,))
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"matrix must be square, not of shape {matrix.shape}")
    _check_one_each(labels, "labels", len(matrix))
    size = 1.6 + 0.62 * len(matrix)
    ax = _axes(ax, (size, size))
    limit = np.abs(matrix).max()
    ax.imshow(matrix, cmap="PuOr_r", vmin=-limit, vmax=limit)
    for (i, j), value in np.ndenumerate(matrix):
        ax.text(j, i, f"{value:.2f}", ha="center", va="center", fontsize=9,
                color="white" if abs(value) > 0.75 * limit else "black")  # fmt: skip
    ax.set_xticks(range(len(labels)), labels, rotation=45, ha="right")
    ax.set_yticks(range(len(labels)), labels)
    ax.spines[:].set_visible(False)
    return ax


def plot_images(images: npt.ArrayLike, labels: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """Draw a row of small grey images, each with its label above.

    Parameters
    ----------
    images : array_like of shape (n_samples, height, width)
    labels : array_like of shape (n_samples,)

    Returns
    -------
    ndarray of Axes, of shape (n_samples,)

    Raises
    ------
    ValueError
        If `images` hasn't three dimensions, or `labels` hasn't one entry for each image.
    """
    images = np.asarray(images)
    if images.ndim != 3:
        raise ValueError(f"images must have shape (n_samples, height, width), not {images.shape}")
    _check_one_each(labels, "labels", len(images))
    _, axes = plt.subplots(1, len(images), figsize=(0.75 * len(images), 1.0), squeeze=False)
    for ax, image, label in zip(axes[0], images, np.asarray(labels), strict=True):
        ax.imshow(image, cmap="gray_r")
        ax.set_title(str(label), fontsize=10)
        ax.set_axis_off()
    return axes[0]


def _away(X: npt.NDArray[np.floating], point: tuple[float, float]) -> npt.NDArray[np.floating]:
    """Return the unit vector outwards from the origin, and from a crowding neighbour, for a label to go."""
    apart = np.array(point) - X
    distances = np.linalg.norm(apart, axis=1)
    crowding = (distances > 0) & (distances < 0.3 * np.abs(X).max())
    towards = [np.array(point), *apart[crowding]]
    sum_of_units = sum(v / (np.linalg.norm(v) or 1.0) for v in towards)
    return sum_of_units / (np.linalg.norm(sum_of_units) or 1.0)


def _axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    return plt.subplots(figsize=size)[1] if ax is None else ax


def _plane_points(X: npt.ArrayLike) -> npt.NDArray[np.floating]:
    X = as_floats(X, "X", ndim=(2,))
    if X.shape[1] != 2:
        raise ValueError(f"X must have 2 columns to be drawn in the plane, not {X.shape[1]}")
    return X


def _check_one_each(values: npt.ArrayLike, name: str, n_samples: int) -> None:
    if np.shape(values)[:1] != (n_samples,):
        raise ValueError(
            f"{name} must have {n_samples} entries, one for each row, not shape {np.shape(values)}"
        )
