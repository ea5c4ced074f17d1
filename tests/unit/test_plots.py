import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from embedding_geometry import plots
from embedding_geometry.probes import linear_probe, selectivity
from embedding_geometry.subspaces import explained_variance
from matplotlib.colors import to_hex

matplotlib.use("Agg")
RNG = np.random.default_rng(7)
X = RNG.normal(size=(60, 4)) + 1
PLANE = [[1.0, 0.9], [0.9, 1.0], [-1.0, 0.2]]


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_vectors_are_labelled_and_in_view():
    ax = plots.plot_vectors(PLANE, ["cat", "dog", "car"], groups=["a", "a", "b"])
    assert {"cat", "dog", "car"} <= set(texts(ax))
    assert ax.get_xlim()[0] < -1 < 1 < ax.get_xlim()[1]
    assert ax.get_aspect() == 1


def test_a_matrix_shows_its_numbers():
    ax = plots.plot_matrix([[1, 0.5], [0.5, 1]], ["cat", "dog"])
    assert texts(ax) == ["1.00", "0.50", "0.50", "1.00"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["cat", "dog"]


def test_classes_of_a_map_differ_in_mark_as_well_as_colour():
    classes = np.arange(60) % 10
    ax = plots.plot_map(X[:, :2], classes)
    marks = {points.get_paths()[0].vertices.tobytes() for points in ax.collections}
    colours = {to_hex(points.get_facecolor()[0]) for points in ax.collections}
    assert len(marks) == len(colours) == 10
    assert texts(ax) == [str(name) for name in range(10)]


def test_a_spectrum_shows_the_explained_variance():
    ax = plots.plot_spectrum(X)
    np.testing.assert_allclose([bar.get_height() for bar in ax.containers[0]], explained_variance(X))
    np.testing.assert_allclose(ax.lines[0].get_ydata()[-1], 1)


def test_a_histogram_names_both_clouds_and_their_means():
    ax = plots.plot_histogram(np.vstack([X, X + 5]))
    means = [float(text.rsplit(" ", 1)[1]) for text in texts(ax)]
    assert means[0] > 0.5
    assert abs(means[1]) < 0.05


def test_a_probe_shows_both_accuracies_and_the_baseline():
    result = linear_probe(X, X[:, 0] > 1)
    ax = result.plot()
    np.testing.assert_allclose(
        [bar.get_height() for bars in ax.containers for bar in bars],
        [result.train_accuracy, result.test_accuracy],
    )
    assert f"majority {result.majority:.3f}" in texts(ax)
    types = np.arange(60) // 4
    ax = selectivity(X, X[:, 0] > 1, types).plot()
    assert [label.get_text() for label in ax.get_xticklabels()] == ["task", "control"]


def test_draws_where_it_is_told_to():
    _, ax = plt.subplots()
    for function, arguments in [
        (plots.plot_vectors, (PLANE, ["cat", "dog", "car"])),
        (plots.plot_matrix, (np.eye(2), ["cat", "dog"])),
        (plots.plot_map, (PLANE, [0, 1, 1])),
        (plots.plot_spectrum, (X,)),
        (plots.plot_histogram, (X,)),
        (plots.plot_probe, ({"probe": linear_probe(X, X[:, 0] > 1)},)),
    ]:
        assert function(*arguments, ax=ax) is ax


def test_images():
    axes = plots.plot_images(np.zeros((3, 8, 8)), [1, 2, 3])
    assert [ax.get_title() for ax in axes] == ["1", "2", "3"]


def test_says_what_is_wrong():
    for call, message in [
        (lambda: plots.plot_vectors(X, ["x"] * 60), "X must have 2 columns"),
        (lambda: plots.plot_vectors(PLANE, ["cat"]), "labels must have 3 entries"),
        (lambda: plots.plot_map(PLANE, [1]), "classes must hold one label a row, 3 in all"),
        (lambda: plots.plot_map(X[:, :2], np.arange(60)), "the number of different classes is 60"),
        (lambda: plots.plot_matrix(X, ["x"] * 60), "matrix must be square"),
        (lambda: plots.plot_spectrum(np.ones((3, 2))), "the rows of X are all the same"),
        (lambda: plots.plot_histogram(X[:1]), "the number of rows of X must be at least 2"),
        (lambda: plots.plot_images(X, [1]), "images must be images, of shape"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
