"""What teachers and students get to read: the table of grades, feedback, and the written answers."""

import csv
import html
import io
import re
from pathlib import Path

from archive import Assignment
from results import Result, points, total, write


def plain(text: str) -> str:
    """Return a text on one line and without markup: parts of it may be a student's."""
    return html.escape(" ".join(re.sub(r"[`*\[\]#|]", " ", text).split()), quote=False)


def quoted(text: str) -> list[str]:
    """Return a student's lines indented, so that none of them is read as a heading of the page's own."""
    return ["    " + line for line in text.splitlines()]


def feedback(result: Result, assignment: Assignment, marks: dict[str, float], name_hidden: bool) -> str:
    """Return what the student is told: public tests and their messages; of hidden ones, names at the most.

    Nothing that the student's code printed or raised is repeated here, but the name of an error.
    """
    lines = [f"# {plain(result.id)}", ""]
    if result.status != "ok":
        lines += [
            f"Not {'wholly ' if result.passed else ''}graded ({result.status}): {plain(result.why)}.",
            "",
        ]
    elif result.why:
        lines += [f"On the way: {plain(result.why)}.", ""]
    if not result.passed:
        return "\n".join(lines)
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


def id_cell(name: str) -> str:
    """Return an id as a table shows it: a spreadsheet takes what begins so for a formula."""
    return f"'{name}" if name[0] in "=+-@\t\r" else name


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
            answer = quoted(result.answers.get(question, ""))
            parts += [f"## {plain(result.id)}", "", *(answer or ["(no answer)"]), ""]
        write(folder / "written" / f"{question}.md", "\n".join(parts))


def write_csv(
    path: Path,
    results: list[Result],
    assignment: Assignment,
    marks: dict[str, dict[str, float]],
    alike: dict[str, list[str]],
) -> None:
    """Write a row for each student; ``look at`` holds what a teacher should know, what is alike among it."""
    table = io.StringIO()
    rows = csv.writer(table)
    head = [
        "id",
        "number",
        *assignment.tests,
        *assignment.written,
        "total",
        "out of",
        "status",
        "why",
        "look at",
    ]
    rows.writerow(head)
    for result in results:
        earned = points(result, assignment, marks.get(id_cell(result.id), {}))
        why = result.why or ("written answers to read" if None in earned.values() else "")
        shown = ["" if n is None else f"{n:g}" for n in [*earned.values(), total(earned), assignment.most]]
        number = "" if result.number is None else str(result.number)
        look = "; ".join([*result.notes, *alike.get(result.id, [])])
        rows.writerow([id_cell(result.id), number, *shown, result.status, plain(why), plain(look)])
    write(path, table.getvalue())
