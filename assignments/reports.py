"""What teachers and students get to read: the table of grades, feedback, and the written answers."""

import csv
import io
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from archive import Assignment


@dataclass
class Result:
    """What one student gets."""

    id: str
    status: str
    """"ok", "timeout", "error" or "missing"."""
    why: str = ""
    passed: dict[str, list[bool]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    """What was written below each question that a person reads."""
    submission: str = ""
    """The SHA-256 sum of what was handed in."""


def points(result: Result, assignment: Assignment, marks: dict[str, float]) -> dict[str, float | None]:
    """Return the points of each question, or None where a person has still to read."""
    none: list[bool] = []
    automatic = {
        name: sum(case.points for case, ok in zip(cases, result.passed.get(name, none), strict=False) if ok)
        for name, cases in assignment.tests.items()
    }
    read = {name: marks.get(name, None if result.answers.get(name) else 0.0) for name in assignment.written}
    return {**automatic, **read}


def feedback(result: Result, assignment: Assignment, marks: dict[str, float], name_hidden: bool) -> str:
    """Return what the student is told: public tests and their messages; of hidden ones, names at the most.

    Nothing that the student's code printed or raised is repeated here: it could repeat a hidden test.
    """
    lines = [f"# {result.id}", ""]
    if result.status != "ok":
        return "\n".join([*lines, f"Not graded ({result.status}): {result.why}.", ""])
    earned = points(result, assignment, marks)
    for name, cases in assignment.tests.items():
        lines += [f"## {name}: {earned[name]:g} of {sum(case.points for case in cases):g} points", ""]
        for case, ok in zip(cases, result.passed[name], strict=True):
            if not case.hidden or name_hidden:
                what = f"{case.name}{' (hidden)' if case.hidden else ''}: {'passed' if ok else 'failed'}"
                lines.append(f"- {what}" if ok or case.hidden else f"- {what}. {case.message}")
        lines.append("")
    for name, most in assignment.written.items():
        score = "not read yet" if earned[name] is None else f"{earned[name]:g} of {most:g} points"
        lines += [f"## {name}: {score}", ""]
    return "\n".join(lines)


def file_name(student: str, ending: str) -> str:
    """Return a name for a file of a student, whatever characters are in the id."""
    return quote(student, safe=" @+()") + ending


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    os.replace(temporary, path)


def id_cell(name: str) -> str:
    """Return an id as a table shows it: a spreadsheet takes what begins so for a formula."""
    return f"'{name}" if name[0] in "=+-@" else name


def read_marks(path: Path, assignment: Assignment) -> dict[str, dict[str, float]]:
    """Return the points that a person gave, by student and question; what isn't filled in is left out."""
    if not path.exists():
        return {}
    marks: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8-sig", newline="") as table:
        for row in csv.DictReader(table):
            for name, most in assignment.written.items():
                if given := (row.get(name) or "").strip():
                    if not re.fullmatch(r"\d+([.]\d+)?", given) or float(given) > most:
                        raise SystemExit(
                            f"{path}: {name} of {row['id']} must be from 0 to {most:g}, not {given}"
                        )
                    marks.setdefault(row["id"], {})[name] = float(given)
    return marks


def write_answers(folder: Path, results: list[Result], assignment: Assignment) -> None:
    """Write all answers to a question below each other, and a table for their points.

    The table keeps what was entered, and gets a row for each student who is new.
    """
    if not assignment.written:
        return
    marks = read_marks(folder / "written.csv", assignment)  # as it is now: grading takes minutes
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["id", *assignment.written])
    for name in sorted({id_cell(result.id) for result in results} | set(marks)):
        given = marks.get(name, {})
        rows.writerow([name, *(f"{given[q]:g}" if q in given else "" for q in assignment.written)])
    write(folder / "written.csv", table.getvalue())
    for question, most in assignment.written.items():
        parts = [f"# {assignment.name}, {question}: {most:g} points", ""]
        for result in results:
            # Indented, so that nothing a student writes is read as the table's own headings.
            quoted = ["    " + line for line in result.answers.get(question, "").splitlines()]
            parts += [f"## {result.id}", "", *(quoted or ["(no answer)"]), ""]
        write(folder / "written" / f"{question}.md", "\n".join(parts))


def write_csv(
    path: Path, results: list[Result], assignment: Assignment, marks: dict[str, dict[str, float]]
) -> None:
    """Write a row for each student."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["id", *assignment.tests, *assignment.written, "total", "out of", "status", "why"])
    for result in results:
        earned = points(result, assignment, marks.get(id_cell(result.id), {})).values()
        total = sum(n for n in earned if n is not None)
        why = result.why or ("written answers to read" if None in earned else "")
        shown = ["" if n is None else f"{n:g}" for n in [*earned, total, assignment.most]]
        rows.writerow([id_cell(result.id), *shown, result.status, why])
    write(path, table.getvalue())
