"""Grade a folder of submissions, each in a sandbox of its own.

    python grade.py _build/assignments/NAME/autograder.zip SUBMISSIONS RESULTS

SUBMISSIONS holds a notebook for each student, ``ID.ipynb``, or a folder for each, ``ID/``, with one notebook
in it; the zip files that a student notebook exports will do as well. RESULTS gets ``grades.csv``, with a row
for each student, and ``feedback/ID.md``. A student who has a result already keeps it: a run that was stopped
goes on where it was.

Questions that a person reads: RESULTS gets ``written/QUESTION.md`` with the answers of all students, and
``written.csv``, where you enter points. The same command then adds them to ``grades.csv``.
"""

import argparse
import hashlib
import json
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sandbox
from archive import Assignment, Case, read_archive
from reports import (
    Result,
    feedback,
    file_name,
    id_cell,
    read_marks,
    write,
    write_answers,
    write_csv,
)
from submissions import (
    NothingHandedInError,
    SubmissionError,
    clean,
    find_submissions,
    read_submission,
    written_answers,
)
from tqdm import tqdm

# Runs in the sandbox; what the student's code has written is unpickled by otter there, and nowhere else.
GRADER = """
import json, os
out = os.dup(1)
os.dup2(2, 1)  # all that is printed goes with the messages
from otter.run import main
files = os.environ["FILES"]
archive, notebook = files + "/in/autograder.zip", files + "/in/submission.ipynb"
results = main(notebook, autograder=archive, output_dir=None, no_logo=True)
if results.has_catastrophic_failure():
    raise SystemExit(f"the notebook could not be graded: {results.get_catastrophic_failure()!r}")
passed = {
    name: [bool(case.passed) for case in test.test_case_results] for name, test in results.results.items()
}
os.write(out, json.dumps(passed).encode())
"""


def grade(
    student: str,
    path: Path,
    archive: Path,
    assignment: Assignment,
    limits: sandbox.Limits,
    *,
    walls: bool = True,
) -> Result:
    """Grade one submission; whatever is wrong with it becomes a row, never an exception."""
    result = Result(student, "error")
    try:
        content = read_submission(path)
        result.submission = hashlib.sha256(content).hexdigest()
        result.answers = written_answers(content, list(assignment.written))
        with tempfile.TemporaryDirectory() as folder:
            notebook = Path(folder, "submission.ipynb")
            notebook.write_text(clean(content, assignment.name), encoding="utf-8")
            for shared in (Path(folder), notebook):
                shared.chmod(0o755 if shared.is_dir() else 0o644)
            files = {"/in/submission.ipynb": notebook, "/in/autograder.zip": archive}
            done = sandbox.run([f"{sys.prefix}/bin/python", "-c", GRADER], files, limits, walls=walls)
        result.passed = _read_passed(done, assignment.tests, limits)
        result.status = "ok"
    except NothingHandedInError as error:
        result.status, result.why = "missing", str(error)
    except SubmissionError as error:
        result.why = str(error)
    except TimeoutError as error:
        result.status, result.why = "timeout", str(error)
    return result


def _read_passed(
    done: sandbox.Finished, tests: dict[str, list[Case]], limits: sandbox.Limits
) -> dict[str, list[bool]]:
    """Return which tests passed; what isn't of the form that the tests give is no result."""
    if done.stopped == "time":
        raise TimeoutError(f"it ran for more than {limits.seconds:g} seconds")
    if done.stopped == "memory":
        raise SubmissionError(f"it used more than {limits.memory // sandbox.MEGABYTE} MB of memory")
    if done.returncode:
        told = [line for line in done.messages.splitlines() if re.match(r"[\w.]+: |the ", line)]
        known = {
            "DeadKernelError": "the kernel died",
            "File too large": f"it printed or wrote more than {limits.file_size // sandbox.MEGABYTE} MB",
        }
        why = next((word for sign, word in known.items() if sign in done.messages), None)
        raise SubmissionError(why or f"grading failed: {(told or ['?'])[-1][:200]}")
    try:
        passed = json.loads(done.output)
        assert {name: len(cases) for name, cases in passed.items()} == {n: len(c) for n, c in tests.items()}
        assert all(isinstance(case, bool) for cases in passed.values() for case in cases)
    except (ValueError, AttributeError, TypeError, AssertionError) as error:
        raise SubmissionError("the tests were tampered with: what came back is not theirs") from error
    return passed


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="Grade a folder of submissions, each in a sandbox.")
    parser.add_argument("archive", type=Path, help="the autograder.zip of the assignment")
    parser.add_argument("submissions", type=Path, help="the folder of submissions")
    parser.add_argument("results", type=Path, help="the folder for grades.csv and feedback")
    parser.add_argument("--students", type=Path, help="a file of ids, one a line: who is missing gets a row")
    parser.add_argument("--regrade", action="store_true", help="grade all again, and replace earlier results")
    parser.add_argument("--name-hidden", action="store_true", help="name hidden tests in the feedback")
    parser.add_argument("--workers", type=int, default=2, help="how many at a time (2)")
    parser.add_argument(
        "--seconds", type=float, default=sandbox.Limits.seconds, help="for one submission (300)"
    )
    parser.add_argument("--memory", type=int, default=4096, help="megabytes for one submission (4096)")
    parser.add_argument("--without-sandbox", action="store_true", help="run the students' code unprotected")
    asked = parser.parse_args(arguments)
    if not asked.archive.is_file():
        parser.error(f"there is no archive {asked.archive}: `make assignments` makes it")
    if not asked.submissions.is_dir():
        parser.error(f"there is no folder {asked.submissions}")
    for name in ("workers", "seconds", "memory"):
        if getattr(asked, name) <= 0:
            parser.error(f"--{name} must be above zero, not {getattr(asked, name)}")
    return asked


def main(arguments: list[str] | None = None) -> None:
    """Grade all submissions that have no result yet."""
    asked = parse(arguments)
    if not asked.without_sandbox:
        try:
            sandbox.check()
        except sandbox.NoSandboxError as error:
            raise SystemExit(
                f"{error}\nStudents' code would run with all your rights. If you want that: --without-sandbox"
            ) from error
    assignment, found = read_archive(asked.archive), find_submissions(asked.submissions)
    marks = read_marks(asked.results / "written.csv", assignment)
    limits = sandbox.Limits(seconds=asked.seconds, memory=asked.memory * sandbox.MEGABYTE)
    store = asked.results / "results"
    done: dict[str, Result] = {}
    if not asked.regrade:
        for path in sorted(store.glob("*.json")):
            kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            done[kept["id"]] = Result(**kept)
    archive, walls = asked.archive.resolve(), not asked.without_sandbox
    with ThreadPoolExecutor(asked.workers) as workers:
        tasks = [
            workers.submit(grade, name, path, archive, assignment, limits, walls=walls)
            for name, path in found.items()
            if name not in done
        ]
        try:
            for task in tqdm(as_completed(tasks), total=len(tasks), unit="submission", disable=not tasks):
                result = task.result()
                done[result.id] = result
                write(store / file_name(result.id, ".json"), json.dumps(asdict(result)))
        except KeyboardInterrupt:
            workers.shutdown(cancel_futures=True)
            raise SystemExit("stopped; the same command goes on with what is left") from None
    listed = asked.students.read_text(encoding="utf-8").split() if asked.students else []
    missing = [Result(name, "missing", "nothing was handed in") for name in listed if name not in found]
    for result in done.values():
        told = feedback(result, assignment, marks.get(id_cell(result.id), {}), asked.name_hidden)
        write(asked.results / "feedback" / file_name(result.id, ".md"), told)
    everyone = sorted([*done.values(), *missing], key=lambda result: result.id)
    write_answers(asked.results, [result for result in everyone if result.status == "ok"], assignment)
    write_csv(asked.results / "grades.csv", everyone, assignment, marks)
    print(f"{len(done)} graded, {len(missing)} missing: {asked.results / 'grades.csv'}")


if __name__ == "__main__":
    main()
