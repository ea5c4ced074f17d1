"""What a plane shows, read from the page, and what the library says that it should show."""

import itertools

import numpy as np
import pytest
from browsing import number
from embedding_geometry.neighbors import METRICS
from embedding_geometry.similarity import (
    angle,
    center,
    cosine_similarity,
    dot_product,
    euclidean_distance,
    norm,
)

READ = """(el) => {
  const rows = (table) => [...el.querySelectorAll(`${table} tbody tr`)].map((row) => [
    row.querySelector("th").textContent,
    Object.fromEntries([...row.querySelectorAll("td")].map((td) =>
      [td.dataset.measure, td.querySelector("input")?.value ?? td.textContent]))]);
  return { vectors: rows(".eg-vectors"), pairs: rows(".eg-pairs"), metric: el.querySelector("select")?.value,
    values: [...el.querySelectorAll(".eg-handle")].map((h) =>
      [h.ariaLabel, h.getAttribute("aria-valuenow"), h.getAttribute("aria-valuetext")]) };
}"""
MEASURES = {  # name: the library's function, digits shown
    "dot": (dot_product, 2),
    "cosine": (cosine_similarity, 4),
    "angle": (lambda x, y: np.degrees(angle(x, y)), 1),
    "distance": (euclidean_distance, 2),
}


def positions(widget):
    """Return the labels, and the coordinates that the number fields show."""
    rows = widget.evaluate(READ)["vectors"]
    return [label for label, _ in rows], np.array([[float(row["x"]), float(row["y"])] for _, row in rows])


def assert_shows(text, value, digits):
    """Assert that a text is this value, rounded to these digits (either way where it lies between two)."""
    assert len(text.removesuffix("°").partition(".")[2]) == digits, text
    assert number(text) == pytest.approx(value, abs=0.5 * 10**-digits + 1e-7)


def assert_shows_what_the_library_computes(widget, X, *, rule=None, centered=False):
    """Compare every number of a plane with the library's; `X` are the vectors before centring."""
    shown = widget.evaluate(READ)
    X = center(X) if centered else np.asarray(X)
    labels = [label for label, _ in shown["vectors"]]
    rows, pairs = dict(shown["vectors"]), dict(shown["pairs"])
    values = {name: (now, text) for name, now, text in shown["values"]}
    for i, (label, row) in enumerate(rows.items()):
        for coordinate, text in zip(X[i], (row["x"], row["y"]), strict=True):
            assert_shows(text, coordinate, 2)
        now, spoken = values[f"{label}, tip of the vector"]
        assert now == row["x"]
        x_text, y_text = (f"{0 + float(row[axis]):.2f}".replace("-", "\u2212") for axis in "xy")
        assert spoken == f"x {x_text}, y {y_text}"
        if "norm" in row:
            assert_shows(row["norm"], norm(X[i]), 4)
        if "nearest" in row:
            assert_is_nearest(row["nearest"], labels, X, i, shown["metric"])
        if rule is not None:
            assert_shows(row["w·x + b"], dot_product(rule[:2], X[i]) + rule[2], 2)
    assert len(pairs) == (len(X) * (len(X) - 1) // 2 if pairs else 0)
    for i, j in itertools.combinations(range(len(X)), 2) if pairs else ():
        for name, text in pairs[f"{labels[i]}, {labels[j]}"].items():
            function, digits = MEASURES[name]
            if name in ("cosine", "angle") and not (norm(X[i]) and norm(X[j])):
                assert text == "undefined"
            else:
                assert_shows(text, function(X[i], X[j]), digits)


def assert_is_nearest(text, labels, X, i, metric):
    """Assert that no other vector is nearer to vector `i` than the one named."""
    sign = -1 if metric == "euclidean" else 1
    closeness = {
        labels[j]: sign * METRICS[metric](X[i], X[j])
        for j in range(len(X))
        if j != i and (metric != "cosine" or (norm(X[i]) > 0 and norm(X[j]) > 0))
    }
    if closeness:
        assert closeness[text] == pytest.approx(max(closeness.values()), abs=1e-12)
    else:
        assert text == "none"
