"""The book's figures, in one palette that tells the same things apart everywhere.

A function draws on the axes `ax`, or on those of a new figure where none are given, and returns them.
Colour never stands alone: groups differ in the shape of their mark or in their label too.
"""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from embedding_geometry._scaling import check_directions
from embedding_geometry._validation import (
    as_floats,
    as_labels,
    as_mapping,
    as_words,
    check_choice,
    check_count,
    check_seed,
    check_type,
)
from embedding_geometry.palette import PALETTE
from embedding_geometry.probes import ProbeResult
from embedding_geometry.similarity import cosine_similarity
from embedding_geometry.subspaces import explained_variance

_MARKS = "osD^vP*X<>"
_MANY = [*(PALETTE[name] for name in "abcd"), "#CC79A7",
         "#56B4E9", "#B3A100", "#000000", "#767676", "#8C510A"]  # fmt: skip


def plot_vectors(
    X: npt.ArrayLike, labels: Sequence[str], groups: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw vectors of the plane as arrows from the origin, each with its label.

    Parameters
    ----------
    X : array_like of shape (n_samples, 2)
        500 rows at the most.
    labels : sequence of str, of length n_samples
    groups : sequence of keys of `PALETTE`, of length n_samples, optional
        The colour of each vector; ``"a"`` for all where none is given.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `X` hasn't two columns, or `labels` or `groups` haven't one entry for each row.
    """
    X = _plane_points(X)
    check_count(len(X), "the number of rows of X", most=500)
    labels = as_words(labels, "labels", len(X))
    groups = ["a"] * len(X) if groups is None else as_words(groups, "groups", len(X))
    for group in groups:
        check_choice(group, "each of groups", PALETTE)
    ax = _axes(ax, (4.2, 4.2))
    for (x, y), label, group in zip(X, labels, groups, strict=True):
        arrow = {"arrowstyle": "-|>", "color": PALETTE[group], "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
        ax.annotate("", (x, y), (0, 0), arrowprops=arrow)
        ax.annotate(label, (x, y), tuple(14 * _away(X, (x, y))), textcoords="offset points",
                    ha="center", va="center", fontsize=11)  # fmt: skip
    reach = 1.3 * np.abs(X).max() or 1.0
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    ax.axhline(0, color=PALETTE["muted"], linewidth=0.8)
    ax.axvline(0, color=PALETTE["muted"], linewidth=0.8)
    ax.grid(alpha=0.3)
    return ax


def plot_map(X: npt.ArrayLike, classes: npt.ArrayLike, ax: Axes | None = None) -> Axes:
    """Draw a cloud of points of the plane; each class has its colour, its mark and its name.

    Parameters
    ----------
    X : array_like of shape (n_samples, 2)
    classes : array_like of shape (n_samples,)
        At most ten different ones.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `X` hasn't two columns, `classes` hasn't one entry for each row, or there are over ten of them.
    """
    X = _plane_points(X)
    classes = as_labels(classes, len(X), "classes")
    names = np.unique(classes)
    check_count(len(names), "the number of different classes", most=len(_MARKS))
    ax, few = _axes(ax, (6.4, 4.8)), len(X) < 100  # a name at the mean would hide few points: it stands above
    for name, mark, colour in zip(names, _MARKS, _MANY, strict=False):
        x, y = X[classes == name].T
        ax.scatter(x, y, s=40 if few else 14, marker=mark, color=colour, alpha=0.55, linewidths=0)
        box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": colour, "linewidth": 1.5}
        ax.annotate(str(name), (x.mean(), y.max() if few else y.mean()), (0, 16 if few else 0),
                    textcoords="offset points", ha="center", va="center", bbox=box)  # fmt: skip
    ax.set(xlabel="first coordinate", ylabel="second coordinate", ymargin=0.15 if few else 0.05)
    return ax


def plot_matrix(matrix: npt.ArrayLike, labels: Sequence[str], ax: Axes | None = None) -> Axes:
    """Draw a matrix of similarities, such as a cosine or Gram matrix, with its numbers.

    Parameters
    ----------
    matrix : array_like of shape (n_samples, n_samples)
        100 rows at the most.
    labels : sequence of str, of length n_samples
    ax : Axes, optional

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
    check_count(len(matrix), "the number of rows of matrix", most=100)
    labels = as_words(labels, "labels", len(matrix))
    size = 1.6 + 0.62 * len(matrix)
    ax = _axes(ax, (size, size))
    limit = np.abs(matrix).max() or 1.0
    ax.imshow(matrix, cmap="PuOr_r", vmin=-limit, vmax=limit)
    for (i, j), value in np.ndenumerate(matrix):
        ax.text(j, i, f"{value:.2f}", ha="center", va="center", fontsize=9,
                color="white" if abs(value) > 0.75 * limit else "black")  # fmt: skip
    ax.set_xticks(range(len(labels)), labels, rotation=45, ha="right")
    ax.set_yticks(range(len(labels)), labels)
    ax.spines[:].set_visible(False)
    return ax


def plot_spectrum(X: npt.ArrayLike, ax: Axes | None = None) -> Axes:
    """Draw the share of the variance along each principal direction, and what the first ones keep together.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more, not all the same.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers, or its rows are all the same.
    """
    shares = explained_variance(X)
    numbers = np.arange(1, len(shares) + 1)
    ax = _axes(ax, (6.4, 3.6))
    ax.bar(numbers, shares, color=PALETTE["a"])
    ax.plot(numbers, shares.cumsum(), color=PALETTE["d"], marker="o", markersize=3)
    middle = len(shares) // 2
    ax.annotate("the first ones together", (numbers[-1], shares.cumsum()[middle]), (0, -26),
                textcoords="offset points", ha="right")  # fmt: skip
    ax.annotate("each direction", (1, shares[0]), (10, 6), textcoords="offset points")
    ax.set(xlabel="principal direction", ylabel="share of the variance", ylim=(0, 1.05))
    return ax


def plot_histogram(X: npt.ArrayLike, n_pairs: int = 20_000, seed: int = 0, ax: Axes | None = None) -> Axes:
    """Draw how the cosines of random pairs of rows are spread, beside those of a random Gaussian cloud.

    Parameters
    ----------
    X : array_like of shape (n_samples, n_features)
        Two rows or more, none of them zero.
    n_pairs, seed : int
        How many pairs of different rows to draw, 100,000 at the most; the seed of the draw and of the cloud.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `X` isn't a matrix of finite numbers with two rows or more, none of them zero.
    """
    X = as_floats(X, "X")
    check_count(len(X), "the number of rows of X", least=2)
    check_directions(X, "X")
    check_count(n_pairs, "n_pairs", most=100_000)
    random = np.random.default_rng(check_seed(seed))
    first = random.integers(len(X), size=n_pairs)
    second = (first + random.integers(1, len(X), size=n_pairs)) % len(X)
    clouds = random.standard_normal((2, n_pairs, X.shape[1]))
    ax = _axes(ax, (6.4, 3.6))
    for cosines, name, colour, hatch in [
        (cosine_similarity(X[first], X[second]), "embedding", PALETTE["a"], ""),
        (cosine_similarity(*clouds), "random cloud", PALETTE["muted"], "///"),
    ]:
        heights, *_ = ax.hist(cosines, np.linspace(-1, 1, 81).tolist(), density=True, histtype="stepfilled",
                                   alpha=0.45, facecolor=colour, edgecolor=colour, hatch=hatch)  # fmt: skip
        mean = round(float(np.mean(cosines)), 3) + 0.0  # no "-0.000"
        # A label of a peak on the right would run out of the frame.
        ax.annotate(f"{name}, mean {mean:.3f}", (min(mean, 0.3), np.max(heights)), (0, 4),
                    textcoords="offset points", ha="left" if name == "embedding" else "right")  # fmt: skip
    ax.margins(y=0.15)
    ax.set(xlabel="cosine of a random pair", ylabel="density", xlim=(-1, 1))
    return ax


def plot_probe(results: Mapping[str, ProbeResult], ax: Axes | None = None) -> Axes:
    """Draw the accuracy of probes on training rows and on held-out rows, with each majority baseline.

    Parameters
    ----------
    results : mapping of str to ProbeResult
        The probes and their names; one at least.
    ax : Axes, optional

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `results` isn't a mapping, or is empty.
    TypeError
        If it holds anything but results of probes.
    """
    results = as_mapping(results, "results")
    check_count(len(results), "the number of results")
    for name, result in results.items():
        check_type(result, f"results[{name!r}]", ProbeResult, "what linear_probe returns")
    ax = _axes(ax, (1.6 + 2.2 * len(results), 3.6))
    places = 1.7 * np.arange(len(results))
    for i, result in zip(places, results.values(), strict=True):
        for shift, accuracy, label, colour, hatch in [
            (-0.2, result.train_accuracy, "train", PALETTE["muted"], "///"),
            (0.2, result.test_accuracy, "test", PALETTE["a"], ""),
        ]:
            ax.bar(i + shift, accuracy, 0.36, facecolor=colour, hatch=hatch, edgecolor="white")
            ax.annotate(f"{label}\n{accuracy:.3f}", (i + shift, accuracy), (0, 2), textcoords="offset points",
                        ha="center", fontsize=9)  # fmt: skip
        ax.hlines(result.majority, i - 0.45, i + 0.45, color=PALETTE["b"], linestyle="--")
        ax.annotate(f"majority {result.majority:.3f}", (i + 0.45, result.majority), (2, 0), va="center",
                    textcoords="offset points", fontsize=9)  # fmt: skip
    ax.set_xticks(places, list(results))
    ax.set(ylabel="accuracy", ylim=(0, 1.18), xlim=(-0.6, 1.7 * len(results) - 0.3))
    return ax


def plot_images(images: npt.ArrayLike, labels: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """Draw a row of small grey images, each with its label above.

    Parameters
    ----------
    images : array_like of shape (n_samples, height, width)
        100 images at the most.
    labels : array_like of shape (n_samples,)

    Returns
    -------
    ndarray of Axes, of shape (n_samples,)

    Raises
    ------
    ValueError
        If `images` hasn't three dimensions of finite numbers, or `labels` hasn't one entry for each image.
    """
    images = as_floats(images, "images", ndim=(3,))
    check_count(len(images), "the number of images", most=100)
    labels = as_labels(labels, len(images), "labels")
    _, axes = plt.subplots(1, len(images), figsize=(0.75 * len(images), 1.0), squeeze=False)
    for ax, image, label in zip(axes[0], images, labels, strict=True):
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
    if ax is None:
        return plt.subplots(figsize=size)[1]
    check_type(ax, "ax", Axes, "axes of matplotlib")
    return ax


def _plane_points(X: npt.ArrayLike) -> npt.NDArray[np.floating]:
    X = as_floats(X, "X", ndim=(2,))
    if X.shape[1] != 2:
        raise ValueError(f"X must have 2 columns to be drawn in the plane, not {X.shape[1]}")
    return X
