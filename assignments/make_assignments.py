"""Make what students and teachers get from the sources of the assignments.

    python make_assignments.py [NAME ...]

For each NAME.md beside this file it writes, into ``_build/assignments/NAME/``:

- ``student/NAME.ipynb``, without solutions and hidden tests;
- ``autograder.zip``, for ``grade.py`` and for Gradescope;
- ``solution/NAME.ipynb``, for the teacher.

otter-grader runs every test on the reference solution first; where one fails, or where a line of a solution
or of a hidden test would reach the students, nothing is written. What is unchanged isn't made again.
"""

import argparse
import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import jupytext
import nbformat
import yaml

SOURCES = Path(__file__).resolve().parent
OUTPUT = SOURCES.parent / "_build" / "assignments"
SOLUTION = re.compile(r"# BEGIN SOLUTION.*?\n(.*?)# END SOLUTION", re.DOTALL)
SOLUTION_LINE = re.compile(r"^(.+?)\s*# SOLUTION$", re.MULTILINE)
IDLE = re.compile(r"import |from \w[\w.]* import |.*TEST CONFIG")  # lines that tell nothing
TEST_CONFIG = '""" # BEGIN TEST CONFIG'
STAMP = "made-from"
WRITTEN = "written.json"  # in the archive: the points of each question that a person reads
# What Gradescope installs: otter writes its own list, which doesn't have the course's library.
ENVIRONMENT = """\
name: otter-env
channels: [conda-forge]
dependencies:
  - python=3.12
  - pip
  - jupyter_server
  - pip:
      - otter-grader[grading,plugins]=={otter}
      - /autograder/source/{wheel}
"""


class AssignmentError(Exception):
    """An assignment that must not be handed out, and why."""


def names(folder: Path = SOURCES) -> list[str]:
    """Return the names of all assignments, in their order."""
    return sorted(path.stem for path in folder.glob("[0-9]*.md"))


def secrets(source: nbformat.NotebookNode) -> tuple[set[str], set[str]]:
    """Return the lines of solutions, and those of hidden tests, that no student may see.

    Lines of fewer than 15 characters, such as ``return x``, and imports tell nothing and may stand elsewhere.
    """
    solutions: list[str] = []
    tests: dict[bool, list[str]] = {True: [], False: []}  # hidden ones and public ones
    in_solution = False
    for cell in source.cells:
        text = cell.source
        if cell.cell_type == "raw":
            in_solution = {"# BEGIN SOLUTION": True, "# END SOLUTION": False}.get(text.strip(), in_solution)
        elif cell.cell_type == "markdown":
            solutions += text.splitlines() if in_solution else []
        elif text.startswith(TEST_CONFIG):
            # otter writes tests anew, with other quotes and line ends.
            tests["hidden: true" in text] += [*text.splitlines(), *ast.unparse(ast.parse(text)).splitlines()]
        else:
            solutions += [line for block in SOLUTION.findall(text) for line in block.splitlines()]
            solutions += SOLUTION_LINE.findall(text)

    def telling(lines: list[str]) -> set[str]:
        stripped = (line.strip() for line in lines)
        return {line for line in stripped if len(line) >= 15 and not IDLE.match(line)}

    # A hidden test may begin as a public one does.
    return telling(solutions), telling(tests[True]) - telling(tests[False])


def leaks(source: nbformat.NotebookNode, student: nbformat.NotebookNode) -> list[str]:
    """Return the secret lines that stand in the student's notebook, its metadata included."""
    texts = [cell.source for cell in student.cells]
    texts += student.metadata.get("otter", {}).get("tests", {}).values()
    shown = {line.strip() for text in texts for line in text.splitlines()}
    solutions, tests = secrets(source)
    return sorted(shown & (solutions | tests))


def written_questions(source: nbformat.NotebookNode) -> dict[str, float]:
    """Return the points of each question that a person reads."""
    questions = {}
    for cell in source.cells:
        if cell.cell_type == "raw" and cell.source.startswith("# BEGIN QUESTION"):
            config = yaml.safe_load(cell.source)
            if config.get("manual"):
                questions[config["name"]] = config["points"]
    return questions


def build_wheel(folder: Path) -> Path:
    """Build the course's library as a wheel, which Gradescope needs: it is on no index."""
    copied = folder / "library"  # setuptools would leave its own files beside the original
    shutil.copytree(
        SOURCES.parent / "lib", copied / "lib", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__")
    )
    shutil.copy(SOURCES.parent / "pyproject.toml", copied)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-build-isolation", "--wheel-dir", str(folder), str(copied)]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def complete_archive(archive: Path, wheel: Path, written: dict[str, float]) -> None:
    """Put the library, what Gradescope is to install, and the points of written questions into an archive."""
    environment = ENVIRONMENT.format(otter=version("otter-grader"), wheel=wheel.name)
    with zipfile.ZipFile(archive) as old:
        members = {info: old.read(info) for info in old.infolist() if info.filename != "environment.yml"}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as new:
        for info, content in members.items():
            new.writestr(info, content)
        new.writestr("environment.yml", environment)
        new.writestr(WRITTEN, json.dumps(written))
        new.write(wheel, wheel.name)


def digest(source: Path) -> str:
    """Return what an assignment is made from, in short: its source, the library, this script and otter."""
    library = sorted((SOURCES.parent / "lib" / "embedding_geometry").rglob("*"))
    files = [path for path in library if path.is_file() and path.suffix != ".pyc"]
    parts = [path.read_bytes() for path in [source, Path(__file__), *files]]
    return hashlib.sha256(b"\0".join([*parts, version("otter-grader").encode()])).hexdigest()


def is_made(source: Path, output: Path) -> bool:
    """Return whether an assignment was made from what is here now."""
    stamp = output / source.stem / STAMP
    return stamp.exists() and stamp.read_text(encoding="ascii") == digest(source)


def make(source: Path, output: Path, wheel: Path) -> None:
    """Make one assignment.

    Parameters
    ----------
    source : Path
        The MyST Markdown of the assignment, ``NAME.md``.
    output : Path
        The folder in which the folder ``NAME`` is made anew.
    wheel : Path
        The course's library, which goes into the archive.

    Raises
    ------
    AssignmentError
        If otter-grader refuses, as where the reference solution fails a test, or a secret would leak.
    """
    name, target = source.stem, output / source.stem
    with tempfile.TemporaryDirectory() as folder:
        work, made = Path(folder), Path(folder, "made")
        notebook = jupytext.read(source)
        nbformat.write(notebook, work / f"{name}.ipynb")
        otter = [sys.executable, "-m", "otter", "assign", f"{name}.ipynb", "dist"]
        run = subprocess.run(otter, cwd=work, capture_output=True, text=True, timeout=300, check=False)
        if run.returncode:
            raise AssignmentError(f"{source.name}: otter assign refuses it.\n{run.stdout}{run.stderr}")
        student = work / "dist" / "student" / f"{name}.ipynb"
        if found := leaks(notebook, nbformat.read(student, as_version=4)):
            raise AssignmentError(f"{source.name}: students would see these lines:\n  " + "\n  ".join(found))
        (archive,) = (work / "dist" / "autograder").glob("*.zip")
        complete_archive(archive, wheel, written_questions(notebook))
        for path, place in [
            (student, f"student/{name}.ipynb"),
            (archive, "autograder.zip"),
            (work / "dist" / "autograder" / f"{name}.ipynb", f"solution/{name}.ipynb"),
        ]:
            (made / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, made / place)
        (made / STAMP).write_text(digest(source), encoding="ascii")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)


def main(arguments: list[str] | None = None) -> int:
    """Make the assignments named, or all; return 0, or 1 if one can't be handed out."""
    parser = argparse.ArgumentParser(
        description="Make the student, grading and solution files of assignments."
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(names())}; all if none is given"
    )
    wanted = parser.parse_args(arguments).names or names()
    if unknown := set(wanted) - set(names()):
        parser.error(f"there is no assignment {sorted(unknown)[0]!r}; there are {', '.join(names())}")
    failed, stale = 0, [name for name in wanted if not is_made(SOURCES / f"{name}.md", OUTPUT)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as workers:
        wheel = build_wheel(Path(folder)) if stale else Path()
        tasks = {name: workers.submit(make, SOURCES / f"{name}.md", OUTPUT, wheel) for name in stale}
        for name in wanted:
            try:
                if name in tasks:
                    tasks[name].result()
                print(f"{name}: {'made' if name in tasks else 'as it was'}", flush=True)
            except (AssignmentError, subprocess.TimeoutExpired) as error:
                print(error, file=sys.stderr)
                failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
