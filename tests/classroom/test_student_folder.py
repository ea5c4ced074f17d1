"""What a class gets holds all that it needs and nothing that it must not: taken as a student takes it."""

import re
import shutil
import subprocess

import jupytext
import nbformat
import pytest
from make_assignments import SOURCES, TEST_CONFIG, names
from nbclient import NotebookClient

from publishing import make_student
from tools.built_site import ROOT

# Of the sources, the hidden tests, the rubrics, and of what the tests of this repository know.
SIGNS = [
    "BEGIN SOLUTION",
    "# SOLUTION",
    "BEGIN TEST CONFIG",
    "hidden: true",
    "hidden=True",
    "*Rubric.*",
    "RIGHT = {",
]


def git(folder, *arguments):
    run = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True)
    return run.stdout


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Return a copy of this repository as it is now, with its assignments made."""
    copy = tmp_path_factory.mktemp("repository") / "course"
    listing = git(ROOT, "ls-files", "-co", "--exclude-standard", "-z").decode().split("\0")
    for name in filter(None, listing):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "The course"]):
        git(copy, "-c", "user.name=a", "-c", "user.email=a@b", *arguments)
    shutil.copytree(ROOT / "_build" / "assignments", copy / "_build" / "assignments")
    return copy


@pytest.fixture(scope="module")
def taken(repository, tmp_path_factory):
    """Make the branch, push it as a teacher would, and clone what was pushed as a student would."""
    folder = repository / "_build" / "student"
    make_student.write_folder(repository, folder)
    assert make_student.commit(repository, folder, "student")
    assert not make_student.commit(repository, folder, "student"), "what is unchanged makes no commit"
    shared = tmp_path_factory.mktemp("shared") / "class.git"
    git(repository, "init", "-q", "--bare", "-b", "main", str(shared))
    git(repository, "push", "-q", str(shared), "student:main")
    clone = tmp_path_factory.mktemp("student") / "course"
    git(repository, "clone", "-q", f"file://{shared}", str(clone))
    return clone


def everything(clone):
    """Return all that is in a repository, its history too, by object."""
    for line in git(clone, "rev-list", "--objects", "--all").decode().splitlines():
        name, _, path = line.partition(" ")
        if path and git(clone, "cat-file", "-t", name).strip() == b"blob":
            yield path, git(clone, "cat-file", "blob", name).decode("utf-8", "replace")


def secret_texts():
    """Return, of each cell that students may not see, the two longest lines."""
    for name in names():
        solution = False
        for cell in jupytext.read(SOURCES / f"{name}.md").cells:
            text = cell.source
            if cell.cell_type == "raw":
                solution = {"# BEGIN SOLUTION": True, "# END SOLUTION": False}.get(text.strip(), solution)
            hidden = text.startswith(TEST_CONFIG) and "hidden: true" in text
            if hidden or (solution and cell.cell_type == "markdown"):
                lines = sorted({line.strip() for line in text.splitlines()}, key=len)
                yield name, lines[-2:]


def test_no_secret_is_in_it_or_in_its_history(taken):
    texts = dict(everything(taken))
    assert len(texts) > 80
    looked = 0
    for name, lines in secret_texts():
        looked += 1
        found = [path for path, text in texts.items() if all(line in text for line in lines)]
        assert found == [], (name, lines)
    assert looked > 20
    for path, text in texts.items():
        if path.startswith(("assignments/", "chapters/", "classroom/")):
            assert [sign for sign in SIGNS if sign in text] == [], path


def test_nothing_is_in_it_from_which_secrets_can_be_made(taken):
    paths = [path.relative_to(taken).as_posix() for path in taken.rglob("*") if ".git" not in path.parts]
    assert not [path for path in paths if re.match(r"(tests|grading|publishing|claims|_build)\b", path)]
    assert {
        path for path in paths if re.match(r"assignments/.*(\.py|\.zip|homework.*|written.*)$", path)
    } == set()
    assert git(taken, "log", "--format=%an %s").decode().splitlines() == [
        "The Geometry of Embeddings The course for a class"
    ]


def test_it_has_what_a_student_needs(taken):
    for name in names():
        notebook = nbformat.read(taken / "assignments" / name / f"{name}.ipynb", as_version=4)
        assert "grader.check" in "\n".join(cell.source for cell in notebook.cells)
    assert (taken / "binder" / "postBuild").stat().st_mode & 0o100
    assert "otter-grader==" in (taken / "requirements.txt").read_text()
    helped = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=taken, capture_output=True, text=True, check=True
    )
    assert [line.split()[1] for line in helped.stdout.splitlines()] == ["help", "lab", "hub", "clean"]
    listed = subprocess.run(["make", "-n", "lab"], cwd=taken, capture_output=True, text=True, check=True)
    assert "--notebook-dir=. " in listed.stdout


@pytest.mark.parametrize("name", names())
def test_the_notebook_runs_there_and_its_checks_say_what_is_missing(name, taken):
    notebook = nbformat.read(taken / "assignments" / name / f"{name}.ipynb", as_version=4)
    client = NotebookClient(
        notebook,
        timeout=120,
        allow_errors=True,
        resources={"metadata": {"path": taken / "assignments" / name}},
    )
    client.execute()
    said = "\n".join(
        str(output.get("text") or output.get("data", {}).get("text/plain", ""))
        for cell in notebook.cells
        if cell.cell_type == "code" and "grader.check(" in cell.source
        for output in cell.outputs
    )
    assert "failed" in said or "0 passed" in said, said[:500]
    given = [cell for cell in notebook.cells if "given" in cell.metadata.get("tags", [])]
    assert given
    assert not [output for cell in given for output in cell.outputs if output.output_type == "error"]


def test_the_branch_can_be_made_again_after_a_change(repository, taken):
    """What is new comes on top of what was pushed, so that students can pull it."""
    folder = repository / "_build" / "student"
    (folder / "README.md").write_text("Changed.\n")
    assert make_student.commit(repository, folder, "student")
    count = git(repository, "rev-list", "--count", "student").decode().strip()
    assert count == "2"
    assert git(repository, "status", "--porcelain") == b"", "the teacher's own folder is as it was"


def test_without_made_assignments_it_says_what_to_do(repository, tmp_path):
    bare = tmp_path / "course"
    git(tmp_path, "clone", "-q", str(repository), str(bare))
    (bare / "_build").mkdir()
    with pytest.raises(SystemExit, match="has not been made: run `make assignments`"):
        make_student.write_folder(bare, bare / "_build" / "student")
    assert not (bare / "_build" / "student").exists()
