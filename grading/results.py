"""What came out for each student, kept between runs: a file for each, of one assignment in one version."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from archive import Assignment
from embedding_geometry._whole_files import written_whole


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
    number: int | None = None
    """The student's number, as the notebook sets it."""
    code: dict[str, str] = field(default_factory=dict)
    """The sum of what the student changed in the cells of each question, spaces and comments left out."""
    user: str = ""
    """The number by which Canvas or Moodle know the student."""
    submission: str = ""
    """The SHA-256 sum of what was handed in."""
    version: str = ""
    """Of the assignment."""
    notes: list[str] = field(default_factory=list)
    """What a teacher should know: handed in late, or again, or graded with other tests before."""


def points(result: Result, assignment: Assignment, marks: dict[str, float]) -> dict[str, float | None]:
    """Return the points of each question, or None where a person has still to read."""
    none: list[bool] = []
    automatic = {
        name: sum(case.points for case, ok in zip(cases, result.passed.get(name, none), strict=False) if ok)
        for name, cases in assignment.tests.items()
    }
    read = {name: marks.get(name, None if result.answers.get(name) else 0.0) for name in assignment.written}
    return {**automatic, **read}


def total(earned: dict[str, float | None]) -> float:
    """Return the sum of what has points."""
    return sum(n for n in earned.values() if n is not None)


def file_name(student: str, ending: str) -> str:
    """Return a name for a file of a student that any system takes, whatever characters are in the id."""
    plain = re.sub(r"[^A-Za-z0-9 @+().-]", "_", student)[:60].lstrip(".")
    if plain == student:
        return plain + ending
    return f"{plain}-{hashlib.sha256(student.encode()).hexdigest()[:8]}{ending}"


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with written_whole(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="")


class Store:
    """The results of one assignment in a folder.

    Raises
    ------
    SystemExit
        If the folder holds results of another assignment.
    """

    def __init__(self, folder: Path, assignment: Assignment) -> None:
        self._folder = folder / "results"
        mark = folder / "assignment.json"
        if mark.exists():
            kept = json.loads(mark.read_text(encoding="utf-8"))["name"]
            if kept != assignment.name:
                raise SystemExit(
                    f"{folder} holds results of {kept}: name another folder for those of {assignment.name}"
                )
        elif self._folder.exists():
            raise SystemExit(
                f"{folder} holds results of an older grader: name another folder, or move it away"
            )
        write(mark, json.dumps({"name": assignment.name}))

    def read(self) -> dict[str, Result]:
        """Return all results, by student; a file that can't be read is as good as none."""
        found = {}
        for path in sorted(self._folder.glob("*.json")):
            try:
                result = Result(**json.loads(path.read_text(encoding="utf-8")))
            except (ValueError, TypeError):
                continue
            found[result.id] = result
        return found

    def keep(self, result: Result) -> None:
        """Write one result down."""
        write(self._folder / file_name(result.id, ".json"), json.dumps(asdict(result)))
