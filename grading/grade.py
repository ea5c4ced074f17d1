"""Grade a folder of submissions, each in a sandbox of its own.

    python grade.py _build/assignments/NAME/autograder.zip SUBMISSIONS RESULTS

SUBMISSIONS holds what the students handed in, as Canvas or Moodle give it, or a notebook for each,
``ID.ipynb``, or a folder for each; zip files will do as well. RESULTS gets ``grades.csv``, with a row for
each student, and ``feedback/ID.md``. A student keeps a result as long as neither the hand-in nor the tests
change: a run that was stopped goes on where it was, and what is handed in again or late is graded then.

Questions that a person reads: RESULTS gets ``written/QUESTION.md`` with the answers of all students, and
``written.csv``, where you enter points. The same command then adds them to ``grades.csv``. Hand-ins that are
alike stand side by side in ``alike.md``.
"""

import argparse
import csv
import hashlib
import multiprocessing
import os
import socket
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import alike
import gradebooks
import judge
import sandbox
from archive import Assignment, read_archive
from handed_in import HandedIn, NothingHandedInError, find_submissions, read_submission
from notebooks import Notebook, SubmissionError, answer
from reports import feedback, id_cell, read_marks, write_answers, write_csv
from results import Result, Store, file_name, points, total, write
from tqdm import tqdm

HERE = Path(__file__).resolve().parent
GRACE = 300  # seconds that tests may take beside the student's code


@dataclass(frozen=True)
class Grader:
    """What all submissions of a run have in common."""

    assignment: Assignment
    limits: sandbox.Limits
    walls: sandbox.Walls
    files: dict[str, Path]
    """What the student's process reads: the path inside, and the file of the host."""
    context: ForkServerContext

    def grade(self, handed: HandedIn, before: Result | None) -> Result:
        """Grade one student; whatever is wrong becomes a row, never an exception."""
        result = Result(handed.student, "error", user=handed.user, version=self.assignment.version)
        if handed.late:
            result.notes.append("late")
        try:
            content, notebook = read_submission(handed, self.assignment.name)
            result.submission = hashlib.sha256(content).hexdigest()
            if before and before.submission == result.submission and before.version == result.version:
                return before
            if before:
                what = "the tests changed" if before.submission == result.submission else "handed in again"
                was = total(points(before, self.assignment, {}))
                result.notes.append(f"{what}: graded again (automatic points before: {was:g})")
            read = {q: text for q, text in before.answers.items() if text} if before else {}
            result.answers = {q: answer(notebook, q, self.assignment.blank) for q in self.assignment.written}
            result.notes += [f"{q}: another answer than before" for q in read if read[q] != result.answers[q]]
            result.code = alike.code_sums(notebook, self.assignment)
            self._run(notebook, result)
        except NothingHandedInError as error:
            result.status, result.why = "missing", str(error)
        except SubmissionError as error:
            result.why = str(error)
        except Exception as error:  # one bad file must not end the run for the others
            result.why = f"the grader could not read it ({type(error).__name__})"
        return result

    def _run(self, notebook: Notebook, result: Result) -> None:
        ours, theirs = socket.socketpair()
        answer, told = self.context.Pipe(duplex=False)
        arguments = (self.assignment, notebook, ours, self.limits.seconds, told)
        judging = self.context.Process(target=judge.main, args=arguments, daemon=True)
        judging.start()
        ours.close()
        told.close()
        left = self.limits.seconds + GRACE

        def finished(seconds: float) -> bool:
            nonlocal left
            left -= seconds
            return answer.poll(seconds) or left < 0

        try:
            command = [f"{sys.prefix}/bin/python", "/in/student.py", str(theirs.fileno())]
            stopped = sandbox.run(
                command, self.files, self.limits, finished, channel=theirs, walls=self.walls
            )
            # What stopped the student's process lets the judge come to an end at once.
            verdict = answer.recv() if answer.poll(GRACE) else None
        except EOFError:
            verdict = None
        finally:
            judging.kill()
            judging.join()
        if verdict is None:
            raise SubmissionError("the tests did not come to an end with it")
        result.passed, result.number = verdict.passed, verdict.number
        result.status, why = "ok", list(verdict.events)
        if verdict.stopped == "time":
            result.status = "timeout"
            why.append(f"it ran for more than {self.limits.seconds:g} seconds; what was tested before counts")
        elif stopped == "memory":
            result.status = "error"
            megabytes = self.limits.memory // sandbox.MEGABYTE
            why.append(f"it used more than {megabytes} MB of memory; what was tested before counts")
        elif verdict.stopped:
            result.status = "error"
            ended = "its process ended" if verdict.stopped == "gone" else verdict.stopped
            why.append(f"{ended}; what was tested before counts")
        result.why = "; ".join(why)


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="Grade a folder of submissions, each in a sandbox.")
    parser.add_argument("archive", type=Path, help="the autograder.zip of the assignment")
    parser.add_argument("submissions", type=Path, help="the folder of submissions")
    parser.add_argument("results", type=Path, help="the folder for grades.csv and feedback")
    parser.add_argument(
        "--students", type=Path, help="a file with an id a line, and its number after a comma if you have it"
    )
    parser.add_argument(
        "--gradebook", type=Path, help="the table that Canvas or Moodle gave you; a filled copy is made"
    )
    parser.add_argument(
        "--column", default="", help="a part of the name of the assignment's column in it (Canvas)"
    )
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
    for name in ("students", "gradebook"):
        if getattr(asked, name) and not getattr(asked, name).is_file():
            parser.error(f"--{name}: there is no file {getattr(asked, name)}")
    for name in ("workers", "seconds", "memory"):
        if getattr(asked, name) <= 0:
            parser.error(f"--{name} must be above zero, not {getattr(asked, name)}")
    return asked


def read_students(path: Path) -> dict[str, int | None]:
    """Return the ids of a class, each with the number that it should have, or None."""
    listed: dict[str, int | None] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.reader(lines):
            if row and row[0].strip():
                number = row[1].strip() if len(row) > 1 else ""
                listed[row[0].strip()] = int(number) if number.isdecimal() else None
    return listed


def run_all(
    grader: Grader, found: dict[str, HandedIn], store: Store, workers: int, *, regrade: bool
) -> dict[str, Result]:
    """Grade whoever has no result yet, or one of something else, and return the results of all."""
    done = {} if regrade else store.read()
    with ThreadPoolExecutor(workers) as pool:
        tasks = [pool.submit(grader.grade, handed, done.get(name)) for name, handed in found.items()]
        try:
            for task in tqdm(as_completed(tasks), total=len(tasks), unit="submission", disable=not tasks):
                result = task.result()
                if result is not done.get(result.id):
                    done[result.id] = result
                    store.keep(result)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise SystemExit("stopped; the same command goes on with what is left") from None
    return done


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
    assignment = read_archive(asked.archive)
    found, nobodys = find_submissions(asked.submissions)
    marks = read_marks(asked.results / "written.csv", assignment)
    listed = read_students(asked.students) if asked.students else {}
    store = Store(asked.results, assignment)
    with tempfile.TemporaryDirectory() as folder:
        grader = make_grader(
            assignment,
            sandbox.Limits(seconds=asked.seconds, memory=asked.memory * sandbox.MEGABYTE),
            sandbox.Walls.NONE if asked.without_sandbox else sandbox.Walls.BUBBLEWRAP,
            Path(folder),
        )
        done = run_all(grader, found, store, asked.workers, regrade=asked.regrade)
    missing = [Result(name, "missing", "nothing was handed in") for name in listed if name not in done]
    everyone = sorted([*done.values(), *missing], key=lambda result: result.id)
    seen = alike.compare(everyone, assignment, listed)
    for result in done.values():
        told = feedback(result, assignment, marks.get(id_cell(result.id), {}), asked.name_hidden)
        write(asked.results / "feedback" / file_name(result.id, ".md"), told)
    write_answers(asked.results, [result for result in everyone if result.passed], assignment)
    write(asked.results / "alike.md", alike.report(seen, everyone, assignment))
    write_csv(asked.results / "grades.csv", everyone, assignment, marks, seen.notes)
    if asked.gradebook:
        filled = asked.results / "gradebook.csv"
        count = gradebooks.fill(asked.gradebook, filled, everyone, assignment, marks, asked.column)
        print(f"{count} rows filled in: {filled}")
    if nobodys:
        print(f"left out, as nobody's hand-in: {', '.join(nobodys)}")
    print(f"{len(done)} graded, {len(missing)} missing: {asked.results / 'grades.csv'}")


def make_grader(assignment: Assignment, limits: sandbox.Limits, walls: sandbox.Walls, folder: Path) -> Grader:
    """Return a grader whose files for the students' processes are written into a folder."""
    files = {f"/in/{name}": HERE / name for name in ("student.py", "wire.py")}
    assignment.write_files(folder)
    files |= {f"{sandbox.WORK}/{name}": folder / name for name in assignment.files}
    # Whoever runs as nobody reads them.
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    os.environ.update(sandbox.ONE_THREAD)  # the process that judges are copied from inherits it
    context = multiprocessing.get_context("forkserver")
    # Loaded once; each judge is a copy of the process that has them.
    context.set_forkserver_preload(["judge", *assignment.imports])
    return Grader(assignment, limits, walls, files, context)


if __name__ == "__main__":
    main()
