"""No code of a student gains a point by itself: from a blank notebook nothing is to be had."""

import inspect
import re

import nbformat
import pytest
from archive import read_archive
from attacks import ATTACKS
from judge import make_given, passes
from make_assignments import names
from notebooks import read_notebook


@pytest.fixture(scope="module")
def attacked(homework, grade_folder, tmp_path_factory):
    """Grade all attacks, and return the rows and the folder of results."""
    folder, results = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("attacked") / "out"
    for name, code, _ in ATTACKS:
        notebook = nbformat.read(homework / "student" / "homework.ipynb", as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(code))
        nbformat.write(notebook, folder / f"{name}.ipynb")
    limits = ["--seconds", 60, "--memory", 2048]
    archive = homework / "autograder.zip"
    return grade_folder(archive, folder, results, *limits, SECRET="TOKEN_OF_THE_TEACHER"), results


@pytest.mark.parametrize(("name", "code", "why"), ATTACKS, ids=[name for name, *_ in ATTACKS])
def test_it_gains_nothing(name, code, why, attacked):
    row = attacked[0][name]
    assert row["total"] == "0", row
    assert re.search(why, row["why"]), row["why"]


def test_what_could_not_be_read_says_so(attacked):
    """These two raise only if they found what they looked for."""
    for name in ("reads what lies about", "reads the environment"):
        assert attacked[0][name]["why"] == "", attacked[0][name]


def test_nothing_of_a_student_reaches_the_feedback(attacked):
    rows, results = attacked
    everything = "".join(path.read_text(encoding="utf-8") for path in (results / "feedback").glob("*.md"))
    assert len(rows) == len(ATTACKS)
    assert "def test_" not in everything
    assert "9102" not in everything, "the seed of a hidden test"


RAISER = """
import numpy as np
def raiser(text):
    def it(*a, **k):
        raise ValueError(text)
    return it
"""
EVIL = {
    "true": "lambda *a, **k: True",
    "zero": "0",
    "one": "lambda *a, **k: 1",
    "raises": f"raiser({' '.join(map(str, range(100)))!r})",
    "empty": "lambda *a, **k: np.empty(0)",
    "list": "[]",
    "dict": "{}",
    "identity": "lambda x=0, *a, **k: x",
    "text": "'abc'",
    "dots": "...",
}


@pytest.mark.parametrize("name", names())
def test_one_thing_for_every_name_gains_nothing(name, made, new_student, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assignment = read_archive(made / name / "autograder.zip")
    assignment.write_files(tmp_path)
    given, student = make_given(assignment, 0), new_student(tmp_path)
    notebook = read_notebook((made / name / "student" / f"{name}.ipynb").read_bytes())
    for cell in notebook.cells:
        student.ask(do="run", code=cell.source)
    cases, asked = [], set()
    for question, tests in assignment.tests.items():
        for case in tests:
            space: dict = {}
            exec(case.code, space)
            of_student = set(inspect.signature(space[case.name]).parameters) - set(given)
            asked |= of_student
            # A guess is right whatever it says: its points are for having written one down.
            if not all(name.startswith("guess") for name in of_student):
                cases.append((question, case))
    student.ask(do="run", code=RAISER)
    gained = []
    for kind, code in EVIL.items():
        setting = "\n".join(f"{one} = {code}" for one in asked)
        assert "raised" not in student.ask(do="run", code=setting)
        gained += [(kind, q, case.name) for q, case in cases if passes(case, student, given)]
    assert not gained, "\n".join(" ".join(one) for one in gained)
