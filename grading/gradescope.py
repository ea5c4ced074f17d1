"""Grade one submission where Gradescope has put it, and tell the points in Gradescope's way.

Gradescope runs this as root in a container that is made for one submission. There is no bubblewrap's sandbox
in it: the student's code runs as the account *nobody*, which can read neither the tests nor this folder, and
can't write where the results are read. It can reach what the container can reach, a network included.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import sandbox
from archive import Assignment, read_archive
from grade import make_grader
from handed_in import HandedIn
from results import Result


def report(result: Result, assignment: Assignment) -> dict:
    """Return what Gradescope reads; hidden tests are the teacher's to see."""
    tests = []
    for question, cases in assignment.tests.items():
        passed = result.passed.get(question, [False] * len(cases))
        for case, ok in zip(cases, passed, strict=True):
            test = {
                "name": f"{question} {case.name}",
                "score": case.points if ok else 0,
                "max_score": case.points,
                "status": "passed" if ok else "failed",
                "visibility": "hidden" if case.hidden else "visible",
                "output": "" if ok else case.message,
            }
            tests.append(test)
    return {
        "tests": tests,
        "output": "; ".join(filter(None, [result.why, *result.notes])),
        "output_format": "text",
    }


def choose_walls() -> sandbox.Walls:
    """Return the best that can be had here."""
    try:
        sandbox.check()
    except sandbox.NoSandboxError:
        return sandbox.Walls.ACCOUNT if os.geteuid() == 0 else sandbox.Walls.NONE
    return sandbox.Walls.BUBBLEWRAP


def main(folder: Path) -> None:
    """Grade what lies in ``submission``, and write ``results/results.json``."""
    assignment, walls = read_archive(folder / "source"), choose_walls()
    if walls is sandbox.Walls.ACCOUNT:
        for secret in ("source", "results"):
            (folder / secret).chmod(0o700)
        for above in Path(sys.prefix).parents:
            above.chmod(above.stat().st_mode | 0o011)  # Python lies in root's own folder there
    handed = HandedIn("submission", paths=[(0, folder / "submission")])
    with tempfile.TemporaryDirectory() as work:
        result = make_grader(assignment, sandbox.Limits(), walls, Path(work)).grade(handed, None)
    (folder / "results" / "results.json").write_text(json.dumps(report(result, assignment)), encoding="utf-8")
