"""What an autograder.zip holds: an assignment's questions, their tests, its data, and who it is."""

import ast
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

CONTENTS = "assignment.json"
FILES = "files"  # in the archive: what lies beside the notebook


@dataclass(frozen=True)
class Case:
    """One test of a question."""

    name: str
    points: float
    hidden: bool
    message: str
    code: str
    """The function that tests, whose arguments are names of the notebook."""


@dataclass(frozen=True)
class Assignment:
    """An assignment, as the grader sees it."""

    name: str
    version: str
    """The sum of all that the points depend on."""
    tests: dict[str, list[Case]]
    """The tests of each question that grades itself."""
    written: dict[str, float]
    """The points of each question that a person reads."""
    given: list[str]
    """The cells that make the data from the student's number, and need nothing else of the student."""
    blank: list[str]
    """The cells as they are handed out."""
    files: dict[str, bytes]
    """What lies beside the notebook, by name."""

    def write_files(self, folder: Path) -> None:
        """Write what lies beside the notebook into a folder."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    @property
    def imports(self) -> list[str]:
        """Return the modules that its own code imports."""
        names = set()
        for code in [*self.given, *(case.code for cases in self.tests.values() for case in cases)]:
            for node in ast.walk(ast.parse(code)):
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names.add(node.module)
        return sorted(names)

    @property
    def most(self) -> float:
        """Return the points of the whole assignment."""
        return sum(case.points for cases in self.tests.values() for case in cases) + sum(
            self.written.values()
        )


def read_archive(archive: Path) -> Assignment:
    """Return what an archive holds, or a folder into which it was unpacked.

    Raises
    ------
    SystemExit
        If it is not the archive of an assignment of this course.
    """
    try:
        root = archive if archive.is_dir() else zipfile.Path(archive)
        told = json.loads((root / CONTENTS).read_text(encoding="utf-8"))
        files = {name: (root / FILES / name).read_bytes() for name in told.pop("files")}
    except (KeyError, FileNotFoundError, zipfile.BadZipFile) as error:
        raise SystemExit(
            f"{archive} is no autograder.zip of this course: `make assignments` makes them"
        ) from error
    tests = {question: [Case(**case) for case in cases] for question, cases in told.pop("tests").items()}
    return Assignment(tests=tests, files=files, **told)
