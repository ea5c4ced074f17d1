"""What the tests of the assignments share: the made assignments, and a grader."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "assignments"))


@pytest.fixture(scope="session")
def made():
    """Return the folder of the assignments, after making them from what is here now."""
    import make_assignments

    assert make_assignments.main([]) == 0
    return make_assignments.OUTPUT


@pytest.fixture(scope="session")
def grade_folder():
    """Return a function that runs the grading command as a teacher does, and returns its table's rows."""

    def run(archive, submissions, results, *options):
        command = [sys.executable, ROOT / "assignments" / "grade.py", archive, submissions, results, *options]
        subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, timeout=600)
        with (results / "grades.csv").open(encoding="utf-8", newline="") as table:
            return {row["id"]: row for row in csv.DictReader(table)}

    return run
