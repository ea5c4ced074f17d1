"""What an autograder.zip says of its assignment: the tests of each question, and what a person reads."""

import ast
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """One test of a question."""

    name: str
    points: float
    hidden: bool
    message: str


@dataclass(frozen=True)
class Assignment:
    """What the archive says of an assignment."""

    name: str
    tests: dict[str, list[Case]]
    """The tests of each question that grades itself."""
    written: dict[str, float]
    """The points of each question that a person reads."""

    @property
    def most(self) -> float:
        """Return the points of the whole assignment."""
        return sum(case.points for cases in self.tests.values() for case in cases) + sum(
            self.written.values()
        )


def read_archive(archive: Path) -> Assignment:
    """Return what an archive says of its assignment, without running any of it."""
    tests: dict[str, list[Case]] = {}
    with zipfile.ZipFile(archive) as files:
        name = json.loads(files.read("otter_config.json"))["assignment_name"]
        written = json.loads(files.read("written.json"))
        for path in sorted(name for name in files.namelist() if re.fullmatch(r"tests/\w+\.py", name)):
            functions = [n for n in ast.parse(files.read(path)).body if isinstance(n, ast.FunctionDef)]
            tests[Path(path).stem] = [_case(function) for function in functions]
    if not tests:
        raise SystemExit(f"{archive} holds no tests: is it the autograder.zip of an assignment?")
    return Assignment(name, tests, written)


def _case(function: ast.FunctionDef) -> Case:
    (mark,) = [mark for mark in function.decorator_list if isinstance(mark, ast.Call)]
    set_to = {word.arg: ast.literal_eval(word.value) for word in mark.keywords}
    return Case(
        function.name, set_to["points"], set_to.get("hidden", False), set_to.get("failure_message", "")
    )
