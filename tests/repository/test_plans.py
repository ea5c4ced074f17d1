"""The plans for a class never set what was not taught: each page's and assignment's "You need" decides."""

import re

import nbformat
import pytest

from tools.built_site import ROOT

LINK = re.compile(r"\]\((\w+)\.(?:ipynb|md)[)#]")
NEEDS = re.compile(r"\*\*You need\*\*(.*?)(?:\*\*Time|\n\n|$)", re.DOTALL)


def plans():
    """Return the rows of each plan: name, pages in class, pages at home, numbers of assignments."""
    text = (ROOT / "chapters" / "teaching.md").read_text(encoding="utf-8")
    for table in re.findall(r"((?:^\|.*\n)+)", text, re.MULTILINE):
        head, _, *rows = table.splitlines()
        if "| set |" in head:
            yield [
                (name.strip(), LINK.findall(in_class), LINK.findall(at_home), re.findall(r"\d", numbers))
                for _, name, in_class, _, at_home, numbers, _ in (row.split("|") for row in rows)
            ]


def needs_of_page(name):
    cells = nbformat.read(ROOT / "chapters" / f"{name}.ipynb", as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return set(LINK.findall(NEEDS.search(text)[1]))


def titles():
    """Return the file of each page by the title at its top."""
    found = {}
    for path in sorted((ROOT / "chapters").glob("[0-9]*.ipynb")):
        top = nbformat.read(path, as_version=4).cells[0].source
        found[re.search(r"^# (.+)$", top, re.MULTILINE)[1].strip()] = path.stem
    return found


def needs_of_assignment(number):
    (source,) = (ROOT / "assignments").glob(f"0{number}_*.md")
    sentence = NEEDS.search(source.read_text(encoding="utf-8"))[1]
    named = re.findall(r"\*([^*]+)\*", sentence)
    assert named, source.name
    return {titles()[name] for name in named}


def test_there_are_two_plans_with_all_assignments():
    count = len(list((ROOT / "assignments").glob("0*.md")))
    assert len(list(plans())) == 2
    everything = [str(i + 1) for i in range(count)]
    for rows in plans():
        assert sorted(number for *_, numbers in rows for number in numbers) == everything


@pytest.mark.parametrize("plan", [0, 1])
def test_what_a_page_needs_was_read_before_it(plan):
    read: set[str] = set()
    for lesson, in_class, at_home, _ in list(plans())[plan]:
        for name in [*in_class, *at_home]:
            assert needs_of_page(name) <= read, f"{lesson}: {name}"
            read.add(name)
    assert len(read) >= 13


@pytest.mark.parametrize("plan", [0, 1])
def test_what_an_assignment_needs_was_taught_when_it_is_set(plan):
    taught: set[str] = set()
    at_home_before: set[str] = set()
    for lesson, in_class, at_home, numbers in list(plans())[plan]:
        taught |= set(in_class) | at_home_before
        for number in numbers:
            assert needs_of_assignment(number) <= taught, f"{lesson}: assignment {number}"
        at_home_before = set(at_home)


@pytest.mark.parametrize("plan", [0, 1])
def test_a_lesson_shows_the_pages_of_its_line(plan):
    text = (ROOT / "chapters" / "teaching.md").read_text(encoding="utf-8")
    shown = re.findall(r'<a href="(\w+)\.html\?lesson=([\w,]+)">', text)
    lines = [in_class for rows in plans() for _, in_class, *_ in rows if in_class]
    assert [names.split(",") for _, names in shown] == lines
    assert all(first == names.split(",")[0] for first, names in shown)
