"""Every assignment: the reference gets all points, the blank copy none, and nothing secret gets out."""

import inspect
import shutil

import jupytext
import make_assignments
import nbformat
import pytest
from make_assignments import SOURCES, AssignmentError, is_made, leaks, make, names, written_questions


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
    assert most >= 24


def cells_to_run(name, number):
    """Return the code of a source, its tests included, for a student of this number."""
    for cell in jupytext.read(SOURCES / f"{name}.md").cells:
        if cell.cell_type == "code":
            yield cell.source.replace("student_number = 0", f"student_number = {number}")


@pytest.mark.parametrize("number", [1, 6, 23, 202_611])
@pytest.mark.parametrize("name", names())
def test_the_reference_passes_whatever_the_students_number(name, number):
    space = {"__name__": "submission"}
    for code in cells_to_run(name, number):
        before = set(space)
        exec(compile(code, name, "exec"), space)
        for test in [key for key in set(space) - before if key.startswith("test_")]:
            function = space.pop(test)
            if test != "test_no_loops":  # it reads the source, which there is none of here
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


def changed_copy(tmp_path, old, new):
    text = (SOURCES / "01_geometry.md").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    source = tmp_path / "01_geometry.md"
    source.write_text(text.replace(old, new, 1), encoding="utf-8")
    return source


@pytest.mark.parametrize(
    "told",
    [
        "found = np.asarray(cosine_matrix(Z))",  # of a hidden test
        "return np.sqrt(2 - 2 * np.asarray(cosine))",  # of a solution
    ],
)
def test_a_planted_leak_is_caught(told, tmp_path):
    source = changed_copy(tmp_path, "rng = np.random", f'"""\n{told}\n"""\nrng = np.random')
    with pytest.raises(AssignmentError, match="students would see") as caught:
        make(source, tmp_path / "out", tmp_path / "no.whl")
    assert told in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_planted_bad_reference_is_caught(tmp_path):
    source = changed_copy(tmp_path, "np.sqrt(2 - 2 *", "np.sqrt(2 - 3 *")
    with pytest.raises(AssignmentError, match="otter assign refuses"):
        make(source, tmp_path / "out", tmp_path / "no.whl")
    assert not (tmp_path / "out").exists()


def test_what_is_unchanged_is_not_made_again(made, tmp_path):
    assert is_made(SOURCES / "01_geometry.md", made)
    assert not is_made(changed_copy(tmp_path, "np.sqrt(2 - 2 *", "np.sqrt(2 - 3 *"), made)


def test_an_unknown_assignment_is_named(capsys):
    with pytest.raises(SystemExit):
        make_assignments.main(["06_nothing"])
    assert "there is no assignment '06_nothing'; there are 01_geometry" in capsys.readouterr().err
