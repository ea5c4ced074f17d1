"""Right solutions of another kind pass, and plausible wrong ones lose points, question by question.

`variants/NAME.py` holds both. `RIGHT` and `WRONG` are dictionaries by question; each entry is a name, the
code that a student would have written in place of the reference solution, and the points that it loses if it
is wrong.
"""

import contextlib
import re
from pathlib import Path

import jupytext
import pytest
from archive import read_archive
from judge import make_given, passes
from make_assignments import SOURCES, load_module, names
from notebooks import read_notebook

VARIANTS = Path(__file__).parent / "variants"
FEWEST_WRONG = 5  # for each question that grades itself


def variants_of(name):
    return load_module(VARIANTS / f"{name}.py")


# Dictionaries and lists are kept as copies: an answer may be entered into one.
COPY = "{name: value.copy() if type(value) in (dict, list) else value for name, value in %s.items()}"
KEEP = f"import sys\nsys.kept = {COPY % 'dict(globals())'}"
SET_BACK = f"""
import sys
for name in set(globals()) - set(sys.kept):
    del globals()[name]
globals().update({COPY % "sys.kept"})
"""


class Class:
    """The reference solution in a student's process; one question at a time is changed."""

    def __init__(self, name, made, new_student, folder):
        self.assignment = read_archive(made / name / "autograder.zip")
        self.assignment.write_files(folder)
        self.student = new_student(folder)
        notebook = read_notebook((made / name / "solution" / f"{name}.ipynb").read_bytes())
        self.cells = [(cell.question, cell.source) for cell in notebook.cells]
        for _, source in self.cells:
            assert "raised" not in self.student.ask(do="run", code=source), source
        self.student.ask(do="run", code=KEEP)
        with contextlib.chdir(folder):
            self.given = make_given(self.assignment, 0)

    def points_lost(self, question, code):
        """Return what a question loses when its solution is this code, and set the reference back."""
        answer = self.student.ask(do="run", code=code)
        lost = {
            case.name: case.points
            for case in self.assignment.tests[question]
            if not passes(case, self.student, self.given)
        }
        assert "raised" not in self.student.ask(do="run", code=SET_BACK)
        return lost, answer


@pytest.fixture(scope="module", params=names())
def classroom(request, made, new_student, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, Class(request.param, made, new_student, folder)


def test_there_are_enough_of_both(classroom):
    name, taught = classroom
    variants = variants_of(name)
    for question in taught.assignment.tests:
        assert len({wrong for wrong, *_ in variants.WRONG[question]}) >= FEWEST_WRONG, question
        assert len(variants.RIGHT[question]) >= 1, question
    assert sum(map(len, variants.RIGHT.values())) >= 2 * len(taught.assignment.tests)


def test_another_right_solution_loses_nothing(classroom):
    name, taught = classroom
    for question, variants in variants_of(name).RIGHT.items():
        for what, code in variants:
            lost, answer = taught.points_lost(question, code)
            assert "raised" not in answer, (question, what, answer)
            assert lost == {}, (question, what)


def test_a_wrong_solution_loses_what_it_should(classroom):
    name, taught = classroom
    for question, variants in variants_of(name).WRONG.items():
        for what, code, expected in variants:
            lost, _ = taught.points_lost(question, code)
            assert sum(lost.values()) == expected > 0, (question, what, lost)


def test_each_source_has_its_variants():
    assert {path.stem for path in VARIANTS.glob("[0-9]*.py")} == {
        path.stem for path in SOURCES.glob("[0-9]*.md")
    }


def test_rubrics_hold_no_typed_number_of_the_reference():
    """A number with a decimal point in a rubric is computed: it stands between double braces."""
    for name in names():
        for cell in jupytext.read(SOURCES / f"{name}.md").cells:
            if cell.cell_type == "markdown" and "*Rubric.*" in cell.source:
                rest = re.sub(r"\{\{.*?\}\}", "", cell.source)
                assert not re.search(r"\d\.\d", rest), (name, re.search(r".{40}\d\.\d.{20}", rest))
