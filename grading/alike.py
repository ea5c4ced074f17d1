"""Hand-ins that are alike: the same number, the same words, or the same code, shown side by side.

What is alike proves nothing by itself. The report shows both, and a person judges.
"""

import ast
import difflib
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from archive import Assignment
from notebooks import Notebook
from reports import quoted
from results import Result

NEARLY = 0.8  # of the words of two answers, in the same order
SHORTEST = 12  # words; below this two answers may agree by chance


@dataclass
class Alike:
    """Who has what in common with whom."""

    common: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    """For each student and each thing in common, the others."""
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """For each student, a phrase for each thing."""
    answers: list[tuple[str, str, str, float]] = field(default_factory=list)
    """Question, two students, and the share of words in common."""

    def add(self, what: str, one: str, other: str) -> None:
        """Write down what two students have in common."""
        self.common[one][what].append(other)
        self.common[other][what].append(one)


def code_sums(notebook: Notebook, assignment: Assignment) -> dict[str, str]:
    """Return a sum of what was changed in the cells of each question; comments and spaces don't count."""
    blank = {_plain(source) for source in assignment.blank}
    changed: dict[str, list[str]] = defaultdict(list)
    for cell in notebook.cells:
        plain = _plain(cell.source)
        if cell.question and plain and plain not in blank:
            changed[cell.question].append(plain)
    return {q: hashlib.sha256("\n".join(cells).encode()).hexdigest() for q, cells in changed.items()}


def _plain(source: str) -> str:
    try:
        return ast.unparse(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return " ".join(source.split())


def compare(results: list[Result], assignment: Assignment, listed: dict[str, int | None]) -> Alike:
    """Return what the hand-ins of a class have in common, and where a number is not the one on the list."""
    seen = Alike()
    graded = [result for result in results if result.passed]
    for first, second in combinations(graded, 2):
        _compare_two(first, second, assignment, seen)
    for result in graded:
        expected = listed.get(result.id)
        if expected is not None and expected != result.number:
            seen.notes[result.id].append(f"number {result.number}, on the list {expected}")
        for what, others in seen.common.get(result.id, {}).items():
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            seen.notes[result.id].append(f"{what} as {', '.join(others[:3])}{more}")
    return seen


def _compare_two(one: Result, other: Result, assignment: Assignment, seen: Alike) -> None:
    if one.number == other.number is not None:
        seen.add(f"number {one.number}", one.id, other.id)
    # A two-line function has one natural form; all of them alike, down to the names, is another matter.
    if one.code and one.code == other.code and len(one.code) >= len(assignment.tests):
        seen.add("all code", one.id, other.id)
    for question in assignment.written:
        first, second = (_words(result.answers.get(question, "")) for result in (one, other))
        if min(len(first), len(second)) < SHORTEST:
            continue
        match = difflib.SequenceMatcher(None, first, second, autojunk=False)
        if match.quick_ratio() >= NEARLY and (share := match.ratio()) >= NEARLY:
            seen.answers.append((question, one.id, other.id, share))
            seen.add(question, one.id, other.id)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def report(seen: Alike, results: list[Result], assignment: Assignment) -> str:
    """Return the page for the teacher."""
    lines = [f"# {assignment.name}: what is alike", ""]
    if not seen.notes:
        return "\n".join(
            [*lines, "No two hand-ins have a number, an answer or all of their code in common.", ""]
        )
    lines += ["What is alike proves nothing by itself: talk with both.", ""]
    lines += [f"- `{student}`: {'; '.join(notes)}" for student, notes in sorted(seen.notes.items())]
    by_id = {result.id: result for result in results}
    for question, one, other, share in seen.answers:
        lines += ["", f"## {question}: {share:.0%} of the words in common", ""]
        for student in (one, other):
            lines += [f"`{student}`", "", *quoted(by_id[student].answers[question]), ""]
    return "\n".join([*lines, ""])
