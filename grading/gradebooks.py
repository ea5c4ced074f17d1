"""The table of a platform, filled in: what Canvas calls its gradebook, and Moodle a grading worksheet."""

import csv
import io
import re
from pathlib import Path

from archive import Assignment
from reports import id_cell
from results import Result, points, total, write


def fill(
    table: Path,
    filled: Path,
    results: list[Result],
    assignment: Assignment,
    marks: dict[str, dict[str, float]],
    column: str = "",
) -> int:
    """Write a copy of a platform's table with the totals in it, and return how many rows got one.

    Parameters
    ----------
    table : Path
        As the platform gave it: Moodle's has a column ``Identifier``, Canvas' a column ``ID``.
    filled : Path
    results : list of Result
    assignment : Assignment
    marks : dict
        The points that a person gave, by student and question.
    column : str
        Canvas: a part of the name of the assignment's column; the assignment's own name if empty.

    Raises
    ------
    SystemExit
        If it is neither's table, or has no such column, or more than one.
    """
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    head = rows[0] if rows else []
    if "Identifier" in head:
        key, place = head.index("Identifier"), _place(head, "Grade", table, exact=True)
    elif "ID" in head:
        key, place = head.index("ID"), _place(head, column or assignment.name, table, exact=False)
    else:
        raise SystemExit(
            f"{table}: neither Moodle's worksheet (Identifier) nor Canvas' gradebook (ID): {head[:6]}"
        )
    totals = {
        result.user: total(points(result, assignment, marks.get(id_cell(result.id), {})))
        for result in results
        if result.user
    }
    count = 0
    for row in rows[1:]:
        number = re.search(r"\d+", row[key]) if len(row) > max(key, place) else None
        if number and number[0] in totals:
            row[place] = f"{totals[number[0]]:g}"
            count += 1
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    write(filled, text.getvalue())
    return count


def _place(head: list[str], name: str, table: Path, *, exact: bool) -> int:
    places = [
        i for i, title in enumerate(head) if (title == name if exact else name.lower() in title.lower())
    ]
    if len(places) != 1:
        titles = ", ".join(head[5:])[:300]
        raise SystemExit(
            f"{table}: {len(places)} columns are named {name!r}; say which: --column, of {titles}"
        )
    return places[0]
