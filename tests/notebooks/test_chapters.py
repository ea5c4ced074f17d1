"""What every chapter has, and that no number in its prose comes from nowhere.

The outputs themselves are compared by nbval, which pytest runs over ``chapters/``.
"""

import re
from pathlib import Path

import nbformat
import pytest
import yaml

from tools.reading_time import minutes
from tools.store_outputs import CLAIM, tidy

FOLDER = Path(__file__).resolve().parents[2] / "chapters"
CHAPTERS = sorted(FOLDER.glob("[0-9]*.ipynb"))

# What a number in Markdown is not: code, mathematics, a link's address, a role or the head of a directive.
NOT_PROSE = re.compile(
    r"```python.*?```|^`{3,}.*?$|\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\]\([^)]*\)|^:\w+:[^\n]*$|\d{4}-\d\d-\d\d",
    re.DOTALL | re.MULTILINE,
)
# Decimals, percentages, and whole numbers from 100 on (shorter ones are counts and names).
NUMBER = re.compile(r"(?<![\w.,])-?(?:\d[\d,]*\.\d+%?|\d+%|\d{1,3}(?:,\d{3})+|\d{3,})(?![\d\w])")


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request):
    return nbformat.read(request.param, as_version=4)


def cells(chapter, kind):
    return [cell for cell in chapter.cells if cell.cell_type == kind]


def prose(chapter):
    return "\n\n".join(cell.source for cell in cells(chapter, "markdown"))


def claimed_outputs(chapter):
    outputs = [
        output
        for cell in cells(chapter, "code")
        if CLAIM in cell.metadata.get("tags", [])
        for output in cell.outputs
    ]
    return "\n".join(output.data["text/plain"] if "data" in output else output.text for output in outputs)


def unfounded_numbers(chapter, questions=""):
    """Return the numbers of prose and questions that no compared output shows and no cell is given."""
    code = "\n".join(cell.source for cell in cells(chapter, "code"))
    known = (claimed_outputs(chapter) + "\n" + code.replace("_", "")).replace(",", "")
    found = {
        number.replace(",", "") for number in NUMBER.findall(NOT_PROSE.sub(" ", prose(chapter) + questions))
    }
    return sorted(
        number for number in found if not re.search(rf"(?<![\d.]){re.escape(number)}(?![\d%])", known)
    )


def test_every_number_in_the_prose_is_shown_by_a_compared_cell(chapter):
    # A question may suppose a number ("a colleague reports ..."); what explains the answers may not.
    reasons = "\n".join(choice["why"] for question in questions_of(chapter) for choice in question["choices"])
    assert unfounded_numbers(chapter, reasons) == []


@pytest.mark.parametrize(
    ("text", "output", "expected"),
    [
        ("It is 0.50 here.", "0.50", []),
        ("It is 0.50 here.", "10.50", ["0.50"]),
        ("It is 0.5 here.", "0.55", ["0.5"]),
        ("All 30,113 of them, or -0.82, or 58%.", "30113 -0.82 58%", []),
        ("All 30,113 of them, or -0.82, or 58%.", "", ["-0.82", "30113", "58%"]),
        ("```{admonition} Note\nIt is 0.5.\n```", "", ["0.5"]),
        ("Half.\n:class: note\nIt is 0.5, or 7.5%.", "7.5%", ["0.5"]),
        ("Ten of 12, $x = 0.25$, `0.75` and [a page](04_a.ipynb#0.1).", "", []),
    ],
)
def test_numbers_from_nowhere_are_found(text, output, expected):
    claim = nbformat.v4.new_code_cell("print(...)", metadata={"tags": [CLAIM]})
    claim.outputs = [nbformat.v4.new_output("stream", text=output)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text), claim])
    assert unfounded_numbers(notebook) == expected


def test_holds_the_outputs_of_claims_and_nothing_else_that_a_run_leaves(chapter):
    assert nbformat.writes(chapter) == nbformat.writes(tidy(chapter))
    for cell in cells(chapter, "code"):
        assert bool(cell.outputs) == (CLAIM in cell.metadata.get("tags", [])), cell.source


def test_code_is_short_enough_to_read(chapter):
    for cell in cells(chapter, "code"):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= 8, cell.source
        assert max(map(len, lines)) <= 80, cell.source


def test_has_what_every_chapter_has(chapter):
    text = prose(chapter)
    assert text.startswith("# ")
    assert text.count("\n# ") == 0, "one title only"
    assert "**You will be able to**" in text
    assert re.search(r"\*\*Time:\*\* \d+ minutes", text)
    assert text.count(":class: predict") >= 2, "the reader guesses at least twice"
    assert "## Exercises" in text
    assert text.count(":class: dropdown") >= 2, "two solutions, folded away"
    assert any("figure" in cell.metadata.get("mystnb", {}) for cell in cells(chapter, "code")), "a figure"
    assert "## Summary" in text
    assert "**Next:**" in text


def questions_of(chapter):
    """Return the questions of a chapter's self-check."""
    checks = re.findall(r'SelfCheck\("(.*)"\)', "\n".join(cell.source for cell in cells(chapter, "code")))
    assert len(checks) == 1, 'a chapter ends with one cell such as SelfCheck("self_check/04_cat_dog_car.yml")'
    (check,) = checks
    return yaml.safe_load((FOLDER / check).read_text(encoding="utf-8"))


def test_says_the_minutes_that_the_rule_gives(chapter):
    (stated,) = re.findall(r"\*\*Time:\*\* (\d+) minutes", prose(chapter))
    assert int(stated) == minutes(chapter, len(questions_of(chapter)))


@pytest.mark.parametrize("document", ["README.md", "chapters/teaching.md"])
def test_the_lists_of_pages_say_the_same_minutes(document):
    text = (FOLDER.parent / document).read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[.+?\]\((?:chapters/)?(\w+)\.ipynb\) \| (\d+) \|$", text, re.MULTILINE)
    read = {path.stem: nbformat.read(path, as_version=4) for path in CHAPTERS}
    assert {name: int(stated) for name, stated in listed} == {
        name: minutes(chapter, len(questions_of(chapter))) for name, chapter in read.items()
    }


def test_the_minutes_follow_the_stated_rule():
    make = nbformat.v4
    text = (
        "# Page\n\n"
        + "word " * 1199
        + "[end](04_a.ipynb)\n\n```{admonition} Predict\n:class: predict\nx\n```"
    )
    folded = make.new_code_cell("2", metadata={"tags": ["hide-cell"]})
    chapter = make.new_notebook(
        cells=[
            make.new_markdown_cell(text),
            make.new_code_cell("1"),
            make.new_code_cell("from x import Plane\n\nPlane({})"),
            folded,
            make.new_markdown_cell("**1. Prove it.** Do."),
        ]
    )
    # 1,200 words are ten minutes; two cells, an interactive, a prediction, an exercise and three questions.
    assert minutes(chapter, 3) == 5 * round((10 + 2 * 0.75 + 4 + 1 + 5 + 3) / 5)


def places_of_right_answers(questions):
    return [[bool(c.get("correct")) for c in question["choices"]].index(True) for question in questions]


def test_right_answers_are_spread_over_the_places_and_are_not_the_longest():
    questions = [q for path in CHAPTERS for q in questions_of(nbformat.read(path, as_version=4))]
    places = places_of_right_answers(questions)
    for place in range(3):
        assert 0.25 < places.count(place) / len(places) < 0.42
    right = [q["choices"][place]["text"] for q, place in zip(questions, places, strict=True)]
    longest = [max((c["text"] for c in q["choices"]), key=len) for q in questions]
    assert sum(a == b for a, b in zip(right, longest, strict=True)) < len(questions) / 2


def test_every_chapter_asks_for_two_exercises_and_a_fold_for_each(chapter):
    exercises = re.findall(r"^\*\*(\d+)\. .+?\*\*", prose(chapter), re.MULTILINE)
    assert exercises == [str(i + 1) for i in range(len(exercises))]
    assert 2 <= len(exercises) <= prose(chapter).count(":class: dropdown")


def test_every_figure_has_a_caption_and_an_alternative_text(chapter):
    for cell in cells(chapter, "code"):
        if re.search(r"^plot_\w+\(|plt\.|\.plot\(", cell.source, re.MULTILINE):
            assert len(cell.metadata["mystnb"]["image"]["alt"]) > 40, cell.source
            assert len(cell.metadata["mystnb"]["figure"]["caption"]) > 20, cell.source
