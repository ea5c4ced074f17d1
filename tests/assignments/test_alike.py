"""What two hand-ins have in common is shown, and what everybody has in common is not."""

import alike
import nbformat
import pytest
from archive import Assignment, Case
from notebooks import read_notebook
from results import Result

CASE = Case("test_it", 1, False, "", "")
ASSIGNMENT = Assignment("homework", "1", {"q1": [CASE], "q2": [CASE]}, {"q3": 3.0}, [], ["x = ..."], {})
LONG = "The offset method answers with the third word of the question because the difference is short there"


def handed_in(name, number=1, answer="", code=("x = 1", "y = 2")):
    cells = [nbformat.v4.new_code_cell("import numpy")]
    for place, source in enumerate(code, 1):
        cells += [nbformat.v4.new_markdown_cell(f"## Question {place}"), nbformat.v4.new_code_cell(source)]
    notebook = read_notebook(nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode())
    sums = alike.code_sums(notebook, ASSIGNMENT)
    return Result(name, "ok", passed={"q1": [True]}, number=number, answers={"q3": answer}, code=sums)


@pytest.mark.parametrize(
    ("other", "notes"),
    [
        (handed_in("bob", 2, code=("x = 1", "y = 3")), []),
        (handed_in("bob", 1, code=("x = 3", "y = 3")), ["number 1 as bob"]),
        (handed_in("bob", 2, code=("x  =  1  # mine", "y=2")), ["all code as bob"]),
        (handed_in("bob", 2, LONG.upper() + "!", ("x = 5", "")), ["q3 as bob"]),
        (handed_in("bob", 2, LONG.replace("short", "small"), ("x = 5", "")), ["q3 as bob"]),
        (handed_in("bob", 2, " ".join(reversed(LONG.split())), ("x = 5", "")), []),
        (handed_in("bob", 2, "It is short.", ("x = ...", "")), []),
    ],
)
def test_two_hand_ins(other, notes):
    results = [handed_in("ann", 1, LONG), other]
    seen = alike.compare(results, ASSIGNMENT, {})
    assert seen.notes.get("ann", []) == notes
    page = alike.report(seen, results, ASSIGNMENT)
    assert ("q3: " in page) == ("q3 as bob" in notes)
    assert ("No two hand-ins" in page) == (not notes)


def test_short_answers_and_blank_copies_are_not_alike():
    blank = [handed_in(name, number, "I do not know.", ("x = ...",)) for number, name in enumerate("ab")]
    assert alike.compare(blank, ASSIGNMENT, {}).notes == {}


def test_answers_stand_side_by_side_and_indented():
    results = [handed_in("ann", 1, LONG + "\n# Not a heading"), handed_in("bob", 2, LONG)]
    page = alike.report(alike.compare(results, ASSIGNMENT, {}), results, ASSIGNMENT)
    assert "    # Not a heading\n\n`bob`\n\n    The offset" in page


def test_a_number_that_is_not_the_one_on_the_list():
    seen = alike.compare(
        [handed_in("ann", 4), handed_in("bob", 5, code=())], ASSIGNMENT, {"ann": 3, "bob": 5}
    )
    assert seen.notes == {"ann": ["number 4, on the list 3"]}
