"""Submissions with something wrong, each with the row that it deserves.

Most are the reference solution of the first assignment with a change, so that they stay in step with it.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

DELETES = """
import shutil
for folder in ["/work", "/root", "/home", "/usr", "/etc"]:
    shutil.rmtree(folder, ignore_errors=True)
"""
# Raises what it has read of a hidden test, so that a careless feedback would repeat it.
TELLS = """
import zipfile
all_tests = zipfile.ZipFile("/in/autograder.zip").read("tests/q3.py").decode()
print(all_tests)
class Told:
    def __mul__(self, other):
        raise ValueError(all_tests)
dot_product = Told()
"""
FULL = {"q1": 4, "q2": 4, "q3": 5, "q4": 4, "q5": 5, "q6": 2}


@dataclass(frozen=True)
class Wrong:
    """A submission, and the row that it deserves."""

    name: str
    make: Callable[[nbformat.NotebookNode, Path], None]
    """Writes the submission into a folder, given the reference solution."""
    status: str = "ok"
    lost: dict[str, float] = field(default_factory=dict)
    """The points that each question loses; all of them where the status isn't ok."""
    why: str = ""
    """A pattern of what the row says."""


def replaced(old, new):
    """Return a maker that changes the reference's code in one place."""

    def make(reference, folder):
        cells = [cell for cell in reference.cells if cell.cell_type == "code" and old in cell.source]
        assert len(cells) == 1, f"{old!r} stands in {len(cells)} cells"
        cells[0].source = cells[0].source.replace(old, new)
        save(reference, folder)

    return make


def first_running(code):
    """Return a maker that runs some code before all else."""

    def make(reference, folder):
        reference.cells.insert(0, nbformat.v4.new_code_cell(code))
        save(reference, folder)

    return make


def save(reference, folder, name="submission.ipynb"):
    nbformat.write(reference, folder / name)


def bytes_of(content, name="submission.ipynb"):
    """Return a maker that ignores the reference and writes these bytes."""
    return lambda reference, folder: (folder / name).write_bytes(content)


def without_metadata(reference, folder):
    reference.metadata = nbformat.from_dict({})
    for cell in reference.cells:
        cell.metadata = nbformat.from_dict({})
    save(reference, folder)


def without_checks(reference, folder):
    reference.cells = [cell for cell in reference.cells if "grader" not in cell.source]
    save(reference, folder)


def other_tests(reference, folder):
    tests = reference.metadata["otter"]["tests"]
    for name in tests:
        tests[name] = "OK_FORMAT = False\nname = 'q'\npoints = 0\n"
    save(reference, folder)


def of_another_assignment(reference, folder):
    reference.metadata["otter"]["assignment_name"] = "02_neighborhoods"
    save(reference, folder)


def as_link(reference, folder):
    elsewhere = folder.parents[1] / "elsewhere"
    elsewhere.mkdir()
    save(reference, elsewhere)
    (folder / "submission.ipynb").symlink_to(elsewhere / "submission.ipynb")


def twice(reference, folder):
    save(reference, folder, "one.ipynb")
    save(reference, folder, "two.ipynb")


def as_zip(reference, folder):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as files:
        files.writestr("homework.ipynb", nbformat.writes(reference))
    (folder / "homework.zip").write_bytes(content.getvalue())


WRONG = [
    # What students get wrong.
    Wrong("off by a sign", replaced("unit @ unit.T, -1", "-unit @ unit.T, -1"), lost={"q3": 3, "q4": 2}),
    Wrong("forgot the norms", replaced("np.clip(unit @ unit.T, -1, 1)", "X @ X.T"), lost={"q3": 3, "q4": 2}),
    Wrong(
        "forgot the norms of the rows",
        replaced("X @ query / (norms(X) * np.linalg.norm(query))", "X @ query"),
        lost={"q5": 3},
    ),
    Wrong(
        "wrong axis",
        replaced("(X**2).sum(axis=1)", "(X**2).sum(axis=0)"),
        lost={"q2": 2, "q3": 4, "q4": 2, "q5": 4},
    ),
    Wrong(
        "a loop",
        replaced("np.sqrt((X**2).sum(axis=1))", "np.array([sum(x * x for x in row) ** 0.5 for row in X])"),
        lost={"q2": 1},
    ),
    Wrong("one too many", replaced('kind="stable")[:k]', 'kind="stable")[: k + 1]'), lost={"q5": 3}),
    Wrong("worst first", replaced("np.argsort(-cosines", "np.argsort(cosines"), lost={"q5": 4}),
    Wrong(
        "ties the other way round",
        replaced('np.argsort(-cosines, kind="stable")[:k]', "np.lexsort((-np.arange(len(X)), -cosines))[:k]"),
        lost={"q5": 1},
    ),
    Wrong("no check of k", replaced("if not 1 <= k <= len(X):", "if False:"), lost={"q5": 1}),
    Wrong(
        "changes its argument",
        replaced("return X - X.mean(axis=0)", "X -= X.mean(axis=0)\n    return X"),
        lost={"q4": 1},
    ),
    Wrong(
        "zero row unnamed",
        replaced('f"row {np.argmin(lengths)} is a zero vector"', '"a zero vector"'),
        lost={"q3": 1},
    ),
    Wrong(
        "distance for cosine",
        replaced("np.sqrt(2 - 2 * np.asarray(cosine))", "1 - np.asarray(cosine)"),
        lost={"q6": 1},
    ),
    Wrong(
        "another student's answer",
        replaced("dot_product = u[0] * v[0] + u[1] * v[1]", "dot_product = 4"),
        lost={"q1": 2},
    ),
    Wrong(
        "a syntax error",
        replaced("return np.sqrt((X**2)", "retrun np.sqrt((X**2)"),
        lost={"q2": 4, "q3": 5, "q4": 2, "q5": 4},
    ),
    # What students hand in.
    Wrong("invalid JSON", bytes_of(b'{"cells": ['), "error", why="not valid JSON"),
    Wrong("JSON without cells", bytes_of(b"[1, 2]"), "error", why="not a notebook: it has no cells"),
    Wrong("an empty file", bytes_of(b""), "error", why="the file is empty"),
    Wrong("not a notebook", bytes_of(b"\x89PNG\r\n", "homework.ipynb"), "error", why="not valid JSON"),
    Wrong("no notebook", bytes_of(b"Dear teacher", "letter.txt"), "missing", why="holds no notebook"),
    Wrong("two notebooks", twice, "error", why="the folder holds 2 notebooks"),
    Wrong("a link", as_link, "error", why="it is a link"),
    Wrong("renamed", lambda reference, folder: save(reference, folder, "homework (final) 2.ipynb")),
    Wrong("exported zip file", as_zip),
    Wrong("a damaged zip file", bytes_of(b"PK\x03\x04", "homework.zip"), "error", why="zip file is damaged"),
    Wrong("metadata stripped", without_metadata),
    Wrong("test cells deleted", without_checks),
    Wrong("tests replaced", other_tests),
    Wrong("another assignment", of_another_assignment, "error", why="another assignment, 02_neighborhoods"),
    # What would hurt the grader.
    Wrong("endless loop", first_running("while True:\n    pass"), "timeout", why="ran for more than"),
    Wrong(
        "memory bomb",
        first_running("hoard = []\nwhile True:\n    hoard.append(b'x' * 10**8)"),
        "error",
        why="memory|the kernel died",
    ),
    Wrong(
        "prints 100 MB",
        first_running("for _ in range(100):\n    print('x' * 10**6)"),
        "error",
        why="printed or wrote more than 64 MB",
    ),
    Wrong("fills the disk", first_running("open('/tmp/big', 'wb').write(bytes(10**9))")),
    Wrong(
        "kernel killed", first_running("import os\nos.kill(os.getpid(), 9)"), "error", why="the kernel died"
    ),
    Wrong("deletes files", first_running(DELETES)),
    Wrong("reads the tests", replaced("dot_product = u[0] * v[0] + u[1] * v[1]", TELLS), lost={"q1": 3}),
    Wrong(
        "calls out", first_running("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:PORT')")
    ),
]

# Whose end can't be told: a fork bomb fills its own box, and what is left of the notebook then is chance.
FORK_BOMB = first_running("import os\nfor _ in range(10**6):\n    os.fork()")
