"""The tables of Canvas and Moodle come back filled in, and as they were besides."""

import csv

import gradebooks
import pytest
from archive import Assignment, Case
from results import Result

ASSIGNMENT = Assignment("homework", "1", {"q1": [Case("test_it", 4, False, "", "")]}, {"q2": 3.0}, [], [], {})
RESULTS = [
    Result("Anna Müller_1234", "ok", passed={"q1": [True]}, answers={"q2": "Near."}, user="1234"),
    Result("Bo Li_77", "missing", user="77"),
    Result("ann", "ok", passed={"q1": [True]}),
]
MARKS = {"Anna Müller_1234": {"q2": 1.5}}
MOODLE = """Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed
Participant 1234,Anna Müller,a@example.org,Submitted for grading,,7.00,Yes
Participant 77,"Li, Bo",b@example.org,No submission,,7.00,Yes
Participant 5,Cleo,c@example.org,No submission,,7.00,Yes
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Homework one (88),Essay (89),Final Score
    Points Possible,,,,,7,10,(read only)
"Müller, Anna",1234,u1,anna,A,,8,50
"Li, Bo",77,u2,bo,A,,,
Test Student,99,,,A,,,
"""


def filled(tmp_path, text, **options):
    (tmp_path / "table.csv").write_text(text, encoding="utf-8-sig")
    count = gradebooks.fill(
        tmp_path / "table.csv", tmp_path / "out.csv", RESULTS, ASSIGNMENT, MARKS, **options
    )
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as table:
        return count, list(csv.reader(table)), list(csv.reader(text.splitlines()))


def test_moodles_worksheet(tmp_path):
    count, rows, before = filled(tmp_path, MOODLE)
    assert count == 2
    assert [row[4] for row in rows] == ["Grade", "5.5", "0", ""]
    assert [row[:4] + row[5:] for row in rows] == [row[:4] + row[5:] for row in before]


def test_canvas_gradebook(tmp_path):
    count, rows, before = filled(tmp_path, CANVAS, column="homework ONE")
    assert count == 2
    assert [row[5] for row in rows] == ["Homework one (88)", "7", "5.5", "0", ""]
    assert [row[:5] + row[6:] for row in rows] == [row[:5] + row[6:] for row in before]


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("name,points\nann,3\n", "", "neither Moodle's worksheet"),
        ("", "", "neither Moodle's worksheet"),
        (CANVAS, "exam", "0 columns are named 'exam'; say which: --column, of Homework one"),
        (CANVAS, "(8", "2 columns are named"),
    ],
)
def test_a_table_that_cannot_be_filled_is_named_and_nothing_written(text, column, message, tmp_path):
    with pytest.raises(SystemExit, match=message.replace("(", r"\(")):
        filled(tmp_path, text, column=column)
    assert not (tmp_path / "out.csv").exists()
