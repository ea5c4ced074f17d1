"""Submissions with something wrong or odd, each with the row that it deserves.

Most are the reference solution of `small/homework.md` with a change.
"""

import io
import json
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import inflate64
import nbformat

DELETES = """
import shutil
for folder in ["/work", "/root", "/home", "/usr", "/etc"]:
    shutil.rmtree(folder, ignore_errors=True)
"""
# Each place that can be written holds far less than this.
FILLS = """
import os
for folder in ["/dev/shm", "/dev", "/in", "/", "/etc", "/tmp"]:
    try:
        for number in range(20):
            with open(f"{folder}/big{number}", "wb") as file:
                file.write(bytes(30 * 2**20))
    except OSError as error:
        print(folder, error)
    else:
        raise RuntimeError(f"{folder} took 600 MB")
raise OSError("each was full or closed")
"""
CALLS = "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:PORT')"
FULL = {"q1": 3, "q2": 5, "q3": 2}
NUMBER, RETURN = "student_number = 0", "return X / norms"
MEAN = "np.linalg.norm(X, axis=1).mean()"


@dataclass(frozen=True)
class Wrong:
    """A submission, and the row that it deserves."""

    name: str
    make: Callable[[nbformat.NotebookNode, Path], None]
    """Writes the submission into a folder, given the reference solution."""
    status: str = "ok"
    lost: Mapping[str, float] = field(default_factory=dict)
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


def two_different(reference, folder):
    save(reference, folder, "one.ipynb")
    reference.cells[0].source += " again"
    save(reference, folder, "two.ipynb")


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as files:
        for name, text in members.items():
            files.writestr(name, text)
    return content.getvalue()


def packed(*others, at="homework.ipynb", beside=False):
    """Return a maker of a zip file that holds the reference, and beside it what computers add."""

    def make(reference, folder):
        members = dict.fromkeys(others, b"\x00\x05\x16\x07 of no use") | {at: nbformat.writes(reference)}
        (folder / "homework.zip").write_bytes(zip_of(members))
        if beside:
            save(reference, folder, "homework.ipynb")

    return make


def deflate64(reference, folder):
    """Pack as Windows packs large files, which Python's zipfile cannot."""
    text = nbformat.writes(reference).encode()
    packer = inflate64.Deflater()
    data = packer.deflate(text) + packer.flush()
    name, checksum = b"homework.ipynb", zlib.crc32(text)
    sizes = struct.pack("<III", checksum, len(data), len(text))
    local = (
        b"PK\x03\x04"
        + struct.pack("<HHHHH", 21, 0, 9, 0, 33)
        + sizes
        + struct.pack("<HH", len(name), 0)
        + name
    )
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 21, 21, 0, 9, 0, 33) + sizes
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(data), 0)
    (folder / "homework.zip").write_bytes(local + data + central + b"PK\x05\x06" + end)


def with_password(reference, folder):
    content = bytearray(zip_of({"homework.ipynb": nbformat.writes(reference)}))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + place] |= 1
    (folder / "homework.zip").write_bytes(content)


def damaged_inside(reference, folder):
    content = bytearray(zip_of({"homework.ipynb": nbformat.writes(reference)}))
    content[60:400] = bytes(340)
    (folder / "homework.zip").write_bytes(content)


def named(*parts):
    """Return a maker that saves the reference under this name, in folders if it has several parts."""

    def make(reference, folder):
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        save(reference, target.parent, target.name)

    return make


def among_checkpoints(reference, folder):
    for name in (
        ".ipynb_checkpoints/homework-checkpoint.ipynb",
        "._homework.ipynb",
        "__MACOSX/._homework.ipynb",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"\x00\x05\x16\x07")
    save(reference, folder, "homework.ipynb")


def a_pipe(reference, folder):
    os.mkfifo(folder / "submission.ipynb")


def half_a_character(reference, folder):
    """Put half an emoji into a cell, as a broken editor does."""
    text = nbformat.writes(reference).replace("student_number = 0", "student_number = 0  # \\ud83d")
    (folder / "submission.ipynb").write_text(text)


def many_cells(reference, folder):
    notebook = {"cells": [{"cell_type": "code", "source": "1"}] * 50_000}
    (folder / "submission.ipynb").write_text(json.dumps(notebook))


def appended(code):
    """Return a maker that runs some code after all else."""

    def make(reference, folder):
        reference.cells.append(nbformat.v4.new_code_cell(code))
        save(reference, folder)

    return make


WRONG = [
    # What students get wrong.
    Wrong("the sum for the mean", replaced("axis=1).mean()", "axis=1).sum()"), lost={"q1": 3}),
    Wrong("the median for the mean", replaced(MEAN, "np.median(np.linalg.norm(X, axis=1))"), lost={"q1": 2}),
    Wrong(
        "the whole norm", replaced("norm(X, axis=1, keepdims=True)", "norm(X, keepdims=True)"), lost={"q2": 4}
    ),
    Wrong(
        "zero row unnamed", replaced('f"row {np.argmin(norms)} is a zero vector"', '"zero"'), lost={"q2": 1}
    ),
    Wrong("changes its argument", replaced(RETURN, "X /= norms\n    return X"), lost={"q2": 1}),
    Wrong("a syntax error", replaced(RETURN, "retrun X"), lost={"q2": 5}, why="cell .* raised SyntaxError"),
    Wrong("no number", replaced(NUMBER, "student_number = 'twelve'"), lost=FULL, why="is no whole number"),
    Wrong(
        "a zero before it",
        replaced(NUMBER, "student_number = 017"),
        lost=FULL,
        why="raised SyntaxError.*; student_",
    ),
    Wrong("another student's answer", replaced(MEAN, "2.2"), lost={"q1": 2}),
    Wrong("rows for columns", replaced("table[:, i]", "table[i]"), lost={"q3": 2}),
    # What is right in another way.
    Wrong("loops", replaced(MEAN, "sum(sum(x * x for x in row) ** 0.5 for row in X) / len(X)")),
    Wrong("float32", replaced("X = np.asarray(X, dtype=float)", "X = np.array(X, dtype=np.float32)")),
    Wrong("lists", replaced(RETURN, "return (X / norms).tolist()")),
    Wrong("an error of its own", replaced("raise ValueError(", "raise type('ZeroRow', (ValueError,), {})(")),
    Wrong(
        "numpy for keys",
        replaced("{i: table[:, i].mean() for i in", "{np.int64(i): table[:, i].mean() for i in"),
    ),
    Wrong("pandas", replaced(RETURN, "import pandas as pd\n    return pd.DataFrame(X / norms)")),
    # What students do that costs nothing.
    Wrong(
        "a name used again",
        appended("X = table = mean_norm = unit = columns = np = 0"),
    ),
    Wrong("another folder", replaced(MEAN, MEAN + "\nimport os\nos.chdir('/')")),
    Wrong(
        "magics and plots",
        first_running("%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1])"),
    ),
    Wrong(
        "an import that fails",
        first_running("import nothing_of_this_name"),
        why="cell 1 raised ModuleNotFoundError",
    ),
    # What students hand in.
    Wrong("invalid JSON", bytes_of(b'{"cells": ['), "error", why="not valid JSON"),
    Wrong("JSON without cells", bytes_of(b"[1, 2]"), "error", why="not a notebook: it has no cells"),
    Wrong("an empty file", bytes_of(b""), "error", why="the file is empty"),
    Wrong("not a notebook", bytes_of(b"\x89PNG\r\n", "homework.ipynb"), "error", why="not valid JSON"),
    Wrong(
        "no notebook",
        bytes_of(b"Dear teacher", "letter.txt"),
        "missing",
        why="holds no notebook, but letter.txt",
    ),
    Wrong("two notebooks", two_different, "error", why="2 different notebooks"),
    Wrong("a link", as_link, "error", why="is a link"),
    Wrong("a pipe", a_pipe, "error", why="is no ordinary file"),
    Wrong("many thousand cells", many_cells, "error", why="50000 cells"),
    Wrong("renamed", named("homework (final) 2.ipynb")),
    Wrong("capital ending", named("HOMEWORK.IPYNB")),
    Wrong("hidden ending", named("homework.ipynb.txt")),
    Wrong("folders in folders", named("Homework", "of week 1", "homework.ipynb")),
    Wrong("zip of a student", packed()),
    Wrong("zip of Finder", packed("__MACOSX/._homework.ipynb", "__MACOSX/homework/._homework.ipynb")),
    Wrong("zip of Windows", deflate64),
    Wrong(
        "zip with checkpoints", packed(".ipynb_checkpoints/homework-checkpoint.ipynb", at="a/homework.ipynb")
    ),
    Wrong("zip with a password", with_password, "error", why="has a password"),
    Wrong(
        "zip of another kind",
        bytes_of(zip_of({"a.ipynb": "{}"}, zipfile.ZIP_LZMA), "a.zip"),
        "error",
        why="no cells",
    ),
    Wrong("export beside the notebook", packed("__MACOSX/._x.ipynb", beside=True)),
    Wrong("checkpoints and AppleDouble files", among_checkpoints),
    Wrong("a damaged zip file", bytes_of(b"PK\x03\x04", "homework.zip"), "error", why="zip file is damaged"),
    Wrong("damaged inside", damaged_inside, "error", why="zip file is damaged"),
    Wrong("half a character", half_a_character),
    Wrong("metadata stripped", without_metadata),
    Wrong("test cells deleted", without_checks),
    Wrong("tests replaced", other_tests),
    Wrong("another assignment", of_another_assignment, "error", why="another assignment, 02_neighborhoods"),
    # What would hurt the grader.
    Wrong("endless loop", first_running("while True:\n    pass"), "timeout", why="ran for more than"),
    Wrong(
        "memory bomb",
        first_running("hoard = []\nwhile True:\n    hoard.append(b'x' * 10**8)"),
        why="cell 1 raised MemoryError",
    ),
    Wrong("prints 100 MB", first_running("for _ in range(100):\n    print('x' * 10**6)")),
    Wrong("fills the disk", first_running("open('/tmp/big', 'wb').write(bytes(10**9))"), why="cell 1 raised"),
    Wrong("fills shared memory", first_running(FILLS), why="cell 1 raised OSError"),
    Wrong(
        "ends its process", first_running("import os\nos.kill(os.getpid(), 9)"), "error", why="process ended"
    ),
    Wrong("deletes files", first_running(DELETES)),
    Wrong("calls out", first_running(CALLS), why="cell 1 raised URLError"),
]

# Whose end can't be told: a fork bomb fills its own box, and what is left of the notebook then is chance.
FORK_BOMB = first_running("import os\nfor _ in range(10**6):\n    os.fork()")
