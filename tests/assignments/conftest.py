"""What the tests of the assignments share: the made assignments, and a grader."""

import csv
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from embedding_geometry.wordvectors import load_word_vectors
from filelock import FileLock

from tools.built_site import ROOT


@pytest.fixture(scope="session")
def made():
    """Return the folder of the assignments, after making them from what is here now."""
    import make_assignments

    # Not in two processes of the tests at once.
    with FileLock(make_assignments.OUTPUT.with_suffix(".lock")):
        assert make_assignments.main([]) == 0
    return make_assignments.OUTPUT


@pytest.fixture(scope="session")
def glove():
    """Return the course's word vectors."""
    return load_word_vectors()


@pytest.fixture(scope="session")
def grade_folder():
    """Return a function that runs the grading command as a teacher does, and returns its table's rows."""

    def run(archive, submissions, results, *options, **settings):
        command = [sys.executable, ROOT / "grading" / "grade.py", archive, submissions, results, *options]
        environment = {**os.environ, **settings}
        run = subprocess.run(
            list(map(str, command)), env=environment, capture_output=True, text=True, timeout=900
        )
        assert run.returncode == 0, run.stderr
        with (results / "grades.csv").open(encoding="utf-8", newline="") as table:
            return {row["id"]: row for row in csv.DictReader(table)}

    return run


@pytest.fixture(scope="module")
def new_student():
    """Return a function that starts a student's process in a folder, for the judge to ask."""
    from judge import Student

    started = []

    def start(folder, seconds=300):
        ours, theirs = socket.socketpair()
        command = [sys.executable, str(ROOT / "grading" / "student.py"), str(theirs.fileno())]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(command, cwd=folder, pass_fds=(theirs.fileno(),), **quiet))
        theirs.close()
        return Student(ours, seconds)

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def homework(made_once):
    """Make a small assignment that only the tests know, and return its folder."""
    import make_assignments

    def fill(folder):
        wheel = folder / "library.whl"
        wheel.touch()
        make_assignments.make(Path(__file__).parent / "small" / "homework.md", folder, wheel)

    return made_once("homework", fill) / "homework"
