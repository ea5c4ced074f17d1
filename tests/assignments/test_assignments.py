"""Every assignment: the reference gets all points, the blank copy none, and nothing secret gets out."""

import inspect
import re
import shutil
from pathlib import Path

import jupytext
import make_assignments
import nbformat
import numpy as np
import pytest
from make_assignments import (
    SOURCES,
    AssignmentError,
    is_made,
    leaks,
    make,
    names,
    written_questions,
)


@pytest.mark.parametrize("name", names())
def test_the_reference_gets_all_points_and_the_blank_copy_none(name, made, grade_folder, tmp_path):
    (tmp_path / "submissions").mkdir()
    for kind in ("student", "solution"):
        shutil.copy(made / name / kind / f"{name}.ipynb", tmp_path / "submissions" / f"{kind}.ipynb")
    rows = grade_folder(made / name / "autograder.zip", tmp_path / "submissions", tmp_path / "results")
    assert (rows["student"]["status"], rows["student"]["total"]) == ("ok", "0")
    # What a person reads gets no points by itself: none yet for the solution's text, none for no text.
    by_hand = written_questions(jupytext.read(SOURCES / f"{name}.md"))
    assert {rows["solution"][question] for question in by_hand} <= {""}
    assert {rows["student"][question] for question in by_hand} <= {"0"}
    most = float(rows["solution"]["out of"])
    assert (rows["solution"]["status"], float(rows["solution"]["total"])) == (
        "ok",
        most - sum(by_hand.values()),
    )
    assert most == 30


def cells_to_run(name, number):
    """Return the code of a source, its tests included, for a student of this number."""
    for cell in jupytext.read(SOURCES / f"{name}.md").cells:
        if cell.cell_type == "code":
            yield cell.source.replace("student_number = 0", f"student_number = {number}")


@pytest.mark.parametrize("number", [1, 202_611])
@pytest.mark.parametrize("name", names())
def test_the_reference_passes_whatever_the_students_number(name, number, made, tmp_path, monkeypatch):
    shutil.copytree(made / name / "student", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    space = {"__name__": "submission"}
    for code in cells_to_run(name, number):
        before = set(space)
        exec(compile(code, name, "exec"), space)
        for test in [key for key in set(space) - before if key.startswith("test_")]:
            function = space.pop(test)
            function(*(space[argument] for argument in inspect.signature(function).parameters))


@pytest.mark.parametrize("name", names())
def test_students_get_no_secret_and_can_check_themselves(name, made):
    student = nbformat.read(made / name / "student" / f"{name}.ipynb", as_version=4)
    assert leaks(jupytext.read(SOURCES / f"{name}.md"), student) == []
    text = "\n".join(cell.source for cell in student.cells)
    assert "SOLUTION" not in text
    assert "grader.check" in text
    tests = "\n".join(student.metadata["otter"]["tests"].values())
    assert "def test_" in tests
    assert "hidden=True" not in tests
    assert tests.count("def test_") == tests.count("failure_message="), (
        "each public test says what was expected"
    )


SMALL = Path(__file__).parent / "small"


def changed_copy(tmp_path, old, new):
    text = (SMALL / "homework.md").read_text(encoding="utf-8")
    assert text.count(old) == 1
    source = tmp_path / "homework.md"
    source.write_text(text.replace(old, new), encoding="utf-8")
    shutil.copy(SMALL / "homework_files.py", tmp_path)
    return source


@pytest.mark.parametrize(
    "told",
    [
        "secret_expected_value = sum(sum(z * z for z in row) ** 0.5 for row in Z) / 40",  # of a hidden test
        "norms = np.linalg.norm(X, axis=1, keepdims=True)",  # of a solution
        "*Rubric.* One point for each of three reasons.",
    ],
)
def test_a_planted_leak_is_caught(told, tmp_path):
    source = changed_copy(tmp_path, "Set `mean_norm` to", f"{told}\n\nSet `mean_norm` to")
    text = source.read_text(encoding="utf-8")
    source.write_text(
        text.replace("The mean norm of student number 0 is {{ mean_norm:.2f }}.", ""), encoding="utf-8"
    )
    with pytest.raises(AssignmentError, match="students would see") as caught:
        make(source, tmp_path / "out", tmp_path / "no.whl")
    assert told in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_planted_bad_reference_is_caught(tmp_path):
    source = changed_copy(tmp_path, "return X / norms", "return X / norms / 2")
    with pytest.raises(AssignmentError, match="otter assign refuses"):
        make(source, tmp_path / "out", tmp_path / "no.whl")
    assert not (tmp_path / "out").exists()


def test_what_is_unchanged_is_not_made_again(homework, tmp_path):
    assert is_made(SMALL / "homework.md", homework.parent)
    assert not is_made(changed_copy(tmp_path, "return X / norms", "return X / norms / 2"), homework.parent)


def test_a_rubric_holds_the_numbers_of_the_reference(homework):
    page = (homework / "solution" / "written.md").read_text(encoding="utf-8")
    X = np.random.default_rng(0).normal(size=(40, 3)) + 1
    by_hand = sum(sum(x * x for x in row) ** 0.5 for row in X) / 40
    assert f"The mean norm of student number 0 is {by_hand:.2f}." in page
    assert "## Question 4: why? (3 points, read by a person)" in page
    assert "Question 3" not in page


@pytest.mark.parametrize("name", names())
def test_each_written_answer_has_a_rubric_and_three_anchors(name, made):
    page = (made / name / "solution" / "written.md").read_text(encoding="utf-8")
    questions = re.split(r"^## Question ", page, flags=re.MULTILINE)[1:]
    assert len(questions) == len(written_questions(jupytext.read(SOURCES / f"{name}.md"))) >= 1
    for question in questions:
        most = float(re.search(r"\(([\d.]+) points?, read by a person\)", question)[1])
        rows = re.findall(r"^\| ([\d.½]+) \|", question, flags=re.MULTILINE)
        # A rubric may hold for each of several parts.
        parts = most / sum(0.5 if row == "½" else float(row.replace("½", ".5")) for row in rows)
        assert parts == (3 if "For **each** of" in question else 1), question[:80]
        for anchor in ("*Full.*", "*Half.*", "*None.*"):
            assert question.count(anchor) == 1, (anchor, question[:80])
        assert "{{" not in question


def test_an_unknown_assignment_is_named(capsys):
    with pytest.raises(SystemExit):
        make_assignments.main(["07_nothing"])
    assert "there is no assignment '07_nothing'; there are 01_geometry" in capsys.readouterr().err
