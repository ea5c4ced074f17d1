"""The grading command: wrong submissions get the row that they deserve, and the host stays as it was."""

import functools
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile

import grade
import nbformat
import psutil
import pytest
import reports
import sandbox
from archive import read_archive
from make_assignments import GRADING, SOURCES
from results import Result
from wrong_submissions import FORK_BOMB, FULL, WRONG

SECONDS = 20


@pytest.fixture(scope="module")
def archive(homework):
    return homework / "autograder.zip"


@pytest.fixture(scope="module")
def reference(homework):
    return homework / "solution" / "homework.ipynb"


class Listener(http.server.BaseHTTPRequestHandler):
    """Writes down who called."""

    calls: list[str] = []  # noqa: RUF012

    def do_GET(self):
        self.calls.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


def test_tests_hold_where_python_leaves_assertions_out(archive, reference, homework, grade_folder, tmp_path):
    (tmp_path / "class").mkdir()
    shutil.copy(homework / "student" / "homework.ipynb", tmp_path / "class" / "blank.ipynb")
    shutil.copy(reference, tmp_path / "class" / "right.ipynb")
    rows = grade_folder(archive, tmp_path / "class", tmp_path / "results", PYTHONOPTIMIZE="1")
    assert {name: float(row["total"]) for name, row in rows.items()} == {
        "blank": 0,
        "right": sum(FULL.values()),
    }


def with_contents(archive, path, **changes):
    """Write an archive in which some contents of another one are changed, and return its path."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(path, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member == "assignment.json":
                content = json.dumps(json.loads(content) | changes).encode()
            new.writestr(member, content)
    return path


def state_of_the_host():
    """Return what a submission might have changed: the files about it, and who runs as nobody."""
    watched = [GRADING, SOURCES.parent / "lib"]
    files = {
        path: (path.stat().st_size, path.stat().st_mtime_ns)
        for folder in watched
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    nobodies = {
        p.pid for p in psutil.process_iter(["uids"]) if p.info["uids"] and p.info["uids"].real == 65534
    }
    return files, nobodies


@pytest.fixture(scope="module")
def graded(archive, reference, grade_folder, tmp_path_factory):
    folder, results = tmp_path_factory.mktemp("class") / "submissions", tmp_path_factory.mktemp("graded")
    folder.mkdir()
    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for wrong in WRONG:
        (folder / wrong.name).mkdir()
        wrong.make(nbformat.read(reference, as_version=4), folder / wrong.name)
    (folder / "fork bomb").mkdir()
    FORK_BOMB(nbformat.read(reference, as_version=4), folder / "fork bomb")
    called = folder / "calls out" / "submission.ipynb"
    called.write_text(called.read_text().replace("PORT", str(server.server_port)))
    before = state_of_the_host()
    rows = grade_folder(archive, folder, results, "--seconds", SECONDS, "--memory", 2048)
    after = state_of_the_host()
    server.shutdown()
    return rows, results, before, after


def test_there_are_twenty_five_and_more():
    assert len({wrong.name for wrong in WRONG}) == len(WRONG) >= 25


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_it_gets_the_row_that_it_deserves(wrong, graded):
    row = graded[0][wrong.name]
    assert row["status"] == wrong.status, row["why"]
    assert re.search(wrong.why, row["why"])
    assert row["out of"] == "13"
    expected = {q: most - wrong.lost.get(q, 0) if wrong.status == "ok" else 0 for q, most in FULL.items()}
    assert {q: float(row[q]) for q in FULL} == expected, row["why"]
    assert float(row["total"]) == sum(expected.values())


def test_a_fork_bomb_stays_in_its_box(graded):
    assert graded[0]["fork bomb"]["status"] in ("ok", "error", "timeout")


def test_the_host_is_unchanged(graded):
    _, _, before, after = graded
    assert after == before
    assert Listener.calls == [], "a submission reached the network"


def test_feedback_teaches_and_tells_no_secret(graded, archive):
    _, results, *_ = graded
    assignment = read_archive(archive)
    told = (results / "feedback" / "the whole norm.md").read_text(encoding="utf-8")
    assert "## q2: 1 of 5 points" in told
    assert "Did you divide each row by its own norm?" in told
    assert "test_hidden" not in told
    everything = "".join(path.read_text(encoding="utf-8") for path in (results / "feedback").glob("*.md"))
    assert "def test_" not in everything
    assert "9102" not in everything, "the seed of a hidden test"
    why = (results / "feedback" / "a link.md").read_text(encoding="utf-8")
    assert "Not graded (error): submission.ipynb is a link" in why
    passed = {name: [not case.hidden for case in cases] for name, cases in assignment.tests.items()}
    named = reports.feedback(Result("x", "ok", passed=passed), assignment, {}, name_hidden=True)
    assert "- test_hidden_random (hidden): failed\n" in named


def test_a_second_run_grades_only_what_is_new(archive, reference, grade_folder, tmp_path):
    submissions, results = tmp_path / "submissions", tmp_path / "results"
    submissions.mkdir()
    shutil.copy(reference, submissions / "ann.ipynb")
    (tmp_path / "class.txt").write_text("ann, 5\n=bob\nAnna Müller\n")
    rows = grade_folder(archive, submissions, results, "--students", tmp_path / "class.txt")
    assert (rows["ann"]["total"], rows["ann"]["number"]) == ("10", "0")
    assert rows["ann"]["look at"] == "number 0, on the list 5"
    assert (rows["Anna Müller"]["status"], rows["Anna Müller"]["total"]) == ("missing", "0")
    first = (results / "results" / "ann.json").stat()
    shutil.copy(reference, submissions / "Anna Müller.ipynb")
    (submissions / "=bob.ipynb").write_text("{}")
    rows = grade_folder(archive, submissions, results, "--students", tmp_path / "class.txt")
    assert (results / "results" / "ann.json").read_bytes()
    assert rows["'=bob"]["status"] == "error"
    assert (rows["Anna Müller"]["status"], rows["Anna Müller"]["total"]) == ("ok", "10")
    assert first.st_size == (results / "results" / "ann.json").stat().st_size


def test_whoever_hands_in_again_is_graded_again_and_the_row_says_so(
    archive, reference, grade_folder, tmp_path
):
    submissions, results = tmp_path / "submissions", tmp_path / "results"
    submissions.mkdir()
    shutil.copy(reference, submissions / "ann.ipynb")
    assert grade_folder(archive, submissions, results)["ann"]["total"] == "10"
    changed = reference.read_text(encoding="utf-8").replace("axis=1).mean()", "axis=1).sum()")
    (submissions / "ann.ipynb").write_text(changed, encoding="utf-8")
    row = grade_folder(archive, submissions, results)["ann"]
    assert row["total"] == "7"
    assert "handed in again: graded again (automatic points before: 10)" in row["look at"]
    (submissions / "ann.ipynb").write_text("{}")
    row = grade_folder(archive, submissions, results)["ann"]
    assert (row["status"], row["total"]) == ("error", "0")


def test_other_tests_grade_again_and_another_assignment_is_refused(
    archive, reference, grade_folder, tmp_path
):
    submissions, results = tmp_path / "submissions", tmp_path / "results"
    submissions.mkdir()
    shutil.copy(reference, submissions / "ann.ipynb")
    assert grade_folder(archive, submissions, results)["ann"]["look at"] == ""

    newer = with_contents(archive, tmp_path / "newer.zip", version="newer")
    row = grade_folder(newer, submissions, results)["ann"]
    assert row["look at"] == "the tests changed: graded again (automatic points before: 10)"
    other = with_contents(archive, tmp_path / "other.zip", name="other")
    with pytest.raises(SystemExit, match="holds results of homework: name another folder for those of other"):
        grade.main([str(other), str(submissions), str(results)])


def test_a_judge_computes_with_one_thread_and_has_loaded_what_it_imports(
    archive, reference, grade_folder, tmp_path
):
    submissions = tmp_path / "submissions"
    submissions.mkdir()
    shutil.copy(reference, submissions / "ann.ipynb")
    lines = ["def test_it():", "    import sys", "    assert {'numpy', 'threadpoolctl'} <= set(sys.modules)"]
    lines += ["    import numpy", "    from threadpoolctl import threadpool_info"]
    lines += ["    assert {pool['num_threads'] for pool in threadpool_info()} == {1}"]
    case = {"name": "test_it", "points": 1, "hidden": True, "message": "", "code": "\n".join(lines)}
    changed = with_contents(archive, tmp_path / "changed.zip", tests={"q1": [case]})
    two = dict.fromkeys(sandbox.ONE_THREAD, "2")
    assert grade_folder(changed, submissions, tmp_path / "results", **two)["ann"]["q1"] == "1"


def test_after_ctrl_c_the_same_command_goes_on(archive, reference, grade_folder, tmp_path):
    submissions, results = tmp_path / "submissions", tmp_path / "results"
    submissions.mkdir()
    for number in range(12):
        shutil.copy(reference, submissions / f"student {number}.ipynb")
    command = [sys.executable, GRADING / "grade.py", archive, submissions, results, "--workers", "1"]
    # Where the tests themselves run in the background, Ctrl-C is ignored from the start.
    heard = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    run = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True, preexec_fn=heard)
    while len(list((results / "results").glob("*.json"))) < 2:
        time.sleep(0.1)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert "stopped; the same command goes on with what is left" in said
    done = {path.name: path.stat().st_mtime_ns for path in (results / "results").glob("*.json")}
    assert 2 <= len(done) < 12
    rows = grade_folder(archive, submissions, results)
    assert {row["total"] for row in rows.values()} == {"10"}
    assert len(rows) == 12
    now = {path.name: path.stat().st_mtime_ns for path in (results / "results").glob("*.json")}
    assert {name: now[name] for name in done} == done


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"archive": "nothing.zip"}, "there is no archive"),
        ({"submissions": "nowhere"}, "there is no folder"),
        ({"--workers": "0"}, "--workers must be above zero"),
    ],
)
def test_bad_arguments_are_named(change, message, archive, tmp_path, capsys):
    places = {"archive": str(archive), "submissions": str(tmp_path), "results": str(tmp_path / "results")}
    options = [part for name, value in change.items() if name.startswith("--") for part in (name, value)]
    with pytest.raises(SystemExit):
        grade.main([*(change.get(name, place) for name, place in places.items()), *options])
    assert message in capsys.readouterr().err


def test_without_bubblewrap_it_refuses_and_says_so(archive, reference, tmp_path):
    submissions, programs = tmp_path / "submissions", tmp_path / "bin"
    submissions.mkdir()
    programs.mkdir()
    shutil.copy(reference, submissions / "ann.ipynb")
    command = [sys.executable, GRADING / "grade.py", archive, submissions, tmp_path / "results"]
    alone = {**os.environ, "PATH": str(programs)}
    run = subprocess.run(list(map(str, command)), env=alone, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "there is no bubblewrap here" in run.stderr
    assert not (tmp_path / "results").exists()
    unprotected = [*map(str, command), "--without-sandbox"]
    subprocess.run(unprotected, env=alone, capture_output=True, check=True, timeout=120)
    assert "ann,0,3,5,2,,10,13,ok" in (tmp_path / "results" / "grades.csv").read_text()
