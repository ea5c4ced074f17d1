"""Make what students and teachers get from the sources of the assignments.

    python make_assignments.py [NAME ...]

For each NAME.md beside this file it writes, into ``_build/assignments/NAME/``:

- ``student/NAME.ipynb``, without solutions and hidden tests, and the files that it reads beside it;
- ``NAME.zip``, both in one;
- ``autograder.zip``, for ``grade.py`` and for Gradescope;
- ``solution/NAME.ipynb``, for the teacher, and ``solution/written.md``, for whoever reads the answers.

otter-grader runs every test on the reference solution first; where one fails, or where a line of a solution
or of a hidden test would reach the students, nothing is written. What is unchanged isn't made again.

The files that an assignment works on are written by the function ``write`` of ``NAME_files.py``, if there is
one: it is for whoever makes the assignment, and reaches no student.
"""

import argparse
import ast
import contextlib
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import SourceFileLoader
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import jupytext
import nbformat
import yaml

SOURCES = Path(__file__).resolve().parent
GRADING = SOURCES.parent / "grading"
OUTPUT = SOURCES.parent / "_build" / "assignments"
SOLUTION = re.compile(r"# BEGIN SOLUTION.*?\n(.*?)# END SOLUTION", re.DOTALL)
SOLUTION_LINE = re.compile(r"^(.+?)\s*# SOLUTION$", re.MULTILINE)
IDLE = re.compile(r"import |from \w[\w.]* import |.*TEST CONFIG")  # lines that tell nothing
TEST_CONFIG = '""" # BEGIN TEST CONFIG'
PLACE = re.compile(r"\{\{\s*(.+?)\s*(?::([^:}]*?))?\s*\}\}")  # of a number in a rubric
STAMP = "made-from"
ONE_AT_A_TIME = threading.Lock()
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
      - inflate64=={inflate64}
      - psutil=={psutil}
      - tqdm=={tqdm}
      - /autograder/source/{wheel}
"""
GRADESCOPE = """\
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, "/autograder/source/grading")
from gradescope import main

main(Path("/autograder"))
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
    configs = [config for cell in source.cells if (config := _question(cell)) and config.get("manual")]
    return {config["name"]: config["points"] for config in configs}


def _question(cell: nbformat.NotebookNode) -> dict | None:
    """Return the settings of the question that begins with a cell, if one does."""
    begins = cell.cell_type == "raw" and cell.source.startswith("# BEGIN QUESTION")
    return yaml.safe_load(cell.source) if begins else None


def given_cells(source: nbformat.NotebookNode) -> list[str]:
    """Return the cells that make a student's data from the student's number."""
    return [cell.source for cell in source.cells if "given" in cell.metadata.get("tags", [])]


def run_reference(source: nbformat.NotebookNode) -> dict[str, Any]:
    """Run the reference solution in this folder, for student number 0, and return its names."""
    space: dict[str, Any] = {"__name__": "reference", "print": lambda *parts, **settings: None}
    for cell in source.cells:
        if cell.cell_type == "code" and not cell.source.startswith(TEST_CONFIG):
            exec(compile(cell.source, "the reference solution", "exec"), space)
    return space


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


def cases(test: str) -> list[dict]:
    """Return the tests of a question, from the file that otter makes of them."""
    found = []
    for function in [node for node in ast.parse(test).body if isinstance(node, ast.FunctionDef)]:
        (mark,) = [mark for mark in function.decorator_list if isinstance(mark, ast.Call)]
        told = {word.arg: ast.literal_eval(word.value) for word in mark.keywords}
        function.decorator_list = []
        case = {"name": function.name, "points": told["points"], "hidden": told.get("hidden", False)}
        found.append(case | {"message": told.get("failure_message", ""), "code": ast.unparse(function)})
    return found


def write_archive(made: Path, source: Path, work: Path, wheel: Path, files: list[str]) -> None:
    """Write the archive for ``grading/grade.py``, which Gradescope takes as well.

    Of otter's own archive it keeps what sets up the machine at Gradescope, and the tests.
    """
    notebook, student = jupytext.read(source), nbformat.read(_student(work, source.stem), as_version=4)
    (theirs,) = (work / "dist" / "autograder").glob("*.zip")
    with zipfile.ZipFile(theirs) as old:
        tests = {
            Path(name).stem: cases(old.read(name).decode("utf-8"))
            for name in sorted(old.namelist())
            if re.fullmatch(r"tests/\w+\.py", name)
        }
        kept = {name: old.read(name).decode("utf-8") for name in ("setup.sh", "run_autograder")}
    contents = {
        "name": source.stem,
        "version": digest(source)[:16],
        "tests": tests,
        "written": written_questions(notebook),
        "given": given_cells(notebook),
        "blank": [cell.source for cell in student.cells],
        "files": files,
    }
    pins = {name: version(name) for name in ("inflate64", "psutil", "tqdm")}
    environment = ENVIRONMENT.format(otter=version("otter-grader"), wheel=wheel.name, **pins)
    with zipfile.ZipFile(made / "autograder.zip", "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("assignment.json", json.dumps(contents))
        for name in files:
            new.write(work / name, f"files/{name}")
        for path in sorted(GRADING.glob("*.py")):
            new.write(path, f"grading/{path.name}")
        new.writestr("environment.yml", environment)
        new.writestr("setup.sh", kept["setup.sh"])
        new.writestr("run_autograder", kept["run_autograder"])
        new.writestr("run_otter.py", GRADESCOPE)
        new.write(wheel, wheel.name)


def fill_rubrics(notebook: nbformat.NotebookNode) -> None:
    """Put the numbers of the reference solution into the rubrics, where a rubric says ``{{ fair:.2f }}``.

    Between the braces stands an expression of the assignment's names, and how to write its value. So a number
    that a teacher reads in a rubric is what the reference gives for student number 0.
    """
    rubrics = [cell for cell in notebook.cells if cell.cell_type == "markdown" and "{{" in cell.source]
    space = run_reference(notebook) if rubrics else {}
    for cell in rubrics:
        cell.source = PLACE.sub(lambda place: format(eval(place[1], space), place[2] or ""), cell.source)


def graders_page(name: str, notebook: nbformat.NotebookNode) -> str:
    """Return what whoever reads the written answers needs: each question, its rubric, and graded answers."""
    parts, read = [f"# {name}: the answers that a person reads"], False
    for cell in notebook.cells:
        if config := _question(cell):
            read = config.get("manual", False)
        elif cell.cell_type == "markdown" and read:
            parts.append(cell.source)
    return "\n\n".join(parts) + "\n"


def _student(work: Path, name: str) -> Path:
    return work / "dist" / "student" / f"{name}.ipynb"


def load_module(path: Path) -> ModuleType:
    """Return a script as a module, whatever it is called."""
    loader = SourceFileLoader(f"_{path.stem}", str(path))
    module = ModuleType(loader.name)
    module.__file__ = str(path)
    loader.exec_module(module)
    return module


def write_files(source: Path, folder: Path) -> list[str]:
    """Write the files that an assignment works on, and return their names."""
    script = source.with_name(f"{source.stem}_files.py")
    if not script.exists():
        return []
    before = set(folder.rglob("*"))
    load_module(script).write(folder)
    written = [path for path in folder.rglob("*") if path.is_file() and path not in before]
    return sorted(path.relative_to(folder).as_posix() for path in written)


def digest(source: Path) -> str:
    """Return what an assignment is made from, in short: its sources, the library, this script and otter."""
    library = sorted((SOURCES.parent / "lib" / "embedding_geometry").rglob("*"))
    files = [path for path in library if path.is_file() and path.suffix != ".pyc"]
    files += [*sorted(GRADING.glob("*.py")), *source.parent.glob(f"{source.stem}_files.py")]
    parts = [path.read_bytes() for path in [source, Path(__file__), SOURCES / "planted.py", *files]]
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
        notebook, files = jupytext.read(source), write_files(source, work)
        # A folder is the whole process's, and another assignment is made beside this one.
        with ONE_AT_A_TIME, contextlib.chdir(work):
            fill_rubrics(notebook)
        nbformat.write(notebook, work / f"{name}.ipynb")
        otter = [sys.executable, "-m", "otter", "assign", f"{name}.ipynb", "dist"]
        run = subprocess.run(otter, cwd=work, capture_output=True, text=True, timeout=300, check=False)
        if run.returncode:
            raise AssignmentError(f"{source.name}: otter assign refuses it.\n{run.stdout}{run.stderr}")
        student = _student(work, name)
        if found := leaks(notebook, nbformat.read(student, as_version=4)):
            raise AssignmentError(f"{source.name}: students would see these lines:\n  " + "\n  ".join(found))
        made.mkdir()
        write_archive(made, source, work, wheel, files)
        with zipfile.ZipFile(made / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            packed.write(student, f"{name}/{name}.ipynb")
            for file in files:
                packed.write(work / file, f"{name}/{file}")
        if written_questions(notebook):
            (made / "solution").mkdir()
            (made / "solution" / "written.md").write_text(graders_page(name, notebook), encoding="utf-8")
        for path, place in [
            (student, f"student/{name}.ipynb"),
            *((work / file, f"student/{file}") for file in files),
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
