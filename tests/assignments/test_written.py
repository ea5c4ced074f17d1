"""Answers that a person reads: found in any notebook, laid out, and counted once they have points."""

import csv
import json

import nbformat
import pytest
from archive import Assignment, Case
from notebooks import answer, read_notebook
from reports import feedback, read_marks, write_answers, write_csv
from results import Result

ASSIGNMENT = Assignment(
    "homework", "1", {"q1": [Case("test_one", 4, False, "One.", "")]}, {"q2": 6.0, "q3": 2.0}, [], [], {}
)


def notebook(*texts):
    cells = [*map(nbformat.v4.new_markdown_cell, texts), nbformat.v4.new_code_cell("1")]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()


def test_answers_are_found_below_their_headings():
    content = notebook(
        "# Assignment",
        "not an answer",
        "<!-- BEGIN QUESTION -->\n\n## Question 2: why? (6 points)\n\nSay why.",
        "Because it is near.",
        "## My second thought\n\nAnd **far**.",
        "<!-- END QUESTION -->\n\n<!-- BEGIN QUESTION -->\n\n## Question 3: what else?",
        "_Type your answer here, replacing this text._",
        "<!-- END QUESTION -->\n\n",
        "## Submission",
        "Good bye",
    )
    expected = "Because it is near.\n\n## My second thought\n\nAnd **far**."
    read = read_notebook(content)
    assert (answer(read, "q2", []), answer(read, "q3", [])) == (expected, "")
    assert answer(read, "q2", ["<!-- x -->", "Because it is near."]) == "## My second thought\n\nAnd **far**."
    stripped = json.loads(content)
    stripped["cells"] = [None, *({**cell, "metadata": {}} for cell in stripped["cells"]), {"cell_type": 3}]
    assert answer(read_notebook(json.dumps(stripped).encode()), "q2", []) == expected


@pytest.fixture
def results():
    return [
        Result("+ann", "ok", passed={"q1": [True]}, answers={"q2": "It is near.\n# A heading", "q3": "No."}),
        Result("bob", "ok", passed={"q1": [False]}, answers={"q2": "", "q3": "Yes."}),
    ]


def graded(folder, results):
    marks = read_marks(folder / "written.csv", ASSIGNMENT)
    write_answers(folder, results, ASSIGNMENT)
    write_csv(folder / "grades.csv", results, ASSIGNMENT, marks, {})
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as table:
        return {row["id"]: row for row in csv.DictReader(table)}


def test_points_are_added_and_never_lost(tmp_path, results):
    rows = graded(tmp_path, results)
    assert [rows["'+ann"][key] for key in ("q1", "q2", "q3", "total", "out of")] == ["4", "", "", "4", "12"]
    assert rows["'+ann"]["why"] == "written answers to read"
    assert [rows["bob"][key] for key in ("q1", "q2", "q3", "total")] == ["0", "0", "", "0"]
    assert "## +ann\n\n    It is near.\n    # A heading\n" in (tmp_path / "written" / "q2.md").read_text()
    (tmp_path / "written.csv").write_text("id,q2,q3\n'+ann,4.5,0\nbob,,2\n", encoding="utf-8-sig")
    rows = graded(tmp_path, [*results, Result("cleo", "ok", passed={"q1": [True]}, answers={"q2": "Hm."})])
    assert [rows["'+ann"][key] for key in ("q2", "q3", "total", "why")] == ["4.5", "0", "8.5", ""]
    assert [rows["bob"][key] for key in ("q2", "q3", "total", "why")] == ["0", "2", "2", ""]
    assert (tmp_path / "written.csv").read_text().splitlines() == [
        "id,q2,q3",
        "'+ann,4.5,0",
        "bob,,2",
        "cleo,,",
    ]
    graded(tmp_path, results[:1])  # those of a student who has left are kept
    assert (tmp_path / "written.csv").read_text().splitlines() == ["id,q2,q3", "'+ann,4.5,0", "bob,,2"]
    told = feedback(results[0], ASSIGNMENT, read_marks(tmp_path / "written.csv", ASSIGNMENT)["'+ann"], False)
    assert "## q2: 4.5 of 6 points" in told
    assert "## q2: not read yet" in feedback(results[0], ASSIGNMENT, {}, False)


@pytest.mark.parametrize("given", ["7", "-1", "nan", "four", "1e1"])
def test_points_out_of_range_are_named_and_nothing_is_written(given, tmp_path, results):
    table = f"id,q2,q3\nbob,{given},\n"
    (tmp_path / "written.csv").write_text(table)
    with pytest.raises(SystemExit, match=f"q2 of bob must be from 0 to 6, not {given}"):
        graded(tmp_path, results)
    assert [path.name for path in tmp_path.iterdir()] == ["written.csv"]
    assert (tmp_path / "written.csv").read_text() == table
