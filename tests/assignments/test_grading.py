"""The grading command: wrong submissions get the row that they deserve, and the host stays as it was."""

import http.server
import os
import re
import shutil
import subprocess
import sys
import threading

import grade
import nbformat
import psutil
import pytest
import reports
import sandbox
from archive import read_archive
from make_assignments import SOURCES
from wrong_submissions import FORK_BOMB, FULL, WRONG

NAME = "01_geometry"
SECONDS = 60


@pytest.fixture(scope="module")
def archive(made):
    return made / NAME / "autograder.zip"


@pytest.fixture(scope="module")
def reference(made):
    return made / NAME / "solution" / f"{NAME}.ipynb"


class Listener(http.server.BaseHTTPRequestHandler):
    """Writes down who called."""

    calls: list[str] = []  # noqa: RUF012

    def do_GET(self):
        self.calls.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


def state_of_the_host():
    """Return what a submission might have changed: the files about it, and who runs as nobody."""
    watched = [SOURCES, SOURCES.parent / "lib", SOURCES.parent / "_build" / "assignments"]
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
    assert row["out of"] == "24"
    expected = {q: most - wrong.lost.get(q, 0) if wrong.status == "ok" else 0 for q, most in FULL.items()}
    assert {q: float(row[q]) for q in FULL} == expected
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
    told = (results / "feedback" / "forgot the norms.md").read_text(encoding="utf-8")
    assert "## q3: 2 of 5 points" in told
    assert "Did you divide by BOTH norms?" in told
    assert "test_hidden" not in told
    everything = "".join(path.read_text(encoding="utf-8") for path in (results / "feedback").glob("*.md"))
    assert "def test_" not in everything
    assert "9102" not in everything, "the seed of a hidden test"
    why = (results / "feedback" / "a link.md").read_text(encoding="utf-8")
    assert "Not graded (error): it is a link" in why
    passed = {name: [not case.hidden for case in cases] for name, cases in assignment.tests.items()}
    named = reports.feedback(reports.Result("x", "ok", passed=passed), assignment, {}, name_hidden=True)
    assert "- test_hidden_random (hidden): failed\n" in named


def test_a_second_run_keeps_what_is_graded_and_goes_on(archive, reference, grade_folder, tmp_path):
    submissions, results = tmp_path / "submissions", tmp_path / "results"
    submissions.mkdir()
    shutil.copy(reference, submissions / "ann.ipynb")
    rows = grade_folder(archive, submissions, results)
    assert rows["ann"]["total"] == "24"
    first = (results / "results" / "ann.json").read_bytes()
    (submissions / "ann.ipynb").write_text("{}")
    (submissions / "=bob.ipynb").write_text("{}")
    (tmp_path / "class.txt").write_text("ann\n=bob\ncleo\n")
    rows = grade_folder(archive, submissions, results, "--students", tmp_path / "class.txt")
    assert (results / "results" / "ann.json").read_bytes() == first
    assert rows["ann"]["total"] == "24"
    assert rows["'=bob"]["status"] == "error"
    assert (rows["cleo"]["status"], rows["cleo"]["total"]) == ("missing", "0")
    rows = grade_folder(archive, submissions, results, "--regrade")
    assert rows["ann"]["status"] == "error"


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


def test_two_files_of_one_student_are_refused(archive, tmp_path):
    for ending in (".ipynb", ".zip"):
        (tmp_path / f"ann{ending}").touch()
    with pytest.raises(SystemExit, match=r"ann.ipynb and ann.zip are both of student 'ann'"):
        grade.main([str(archive), str(tmp_path), str(tmp_path / "results")])


def test_without_bubblewrap_it_refuses_and_says_so(archive, reference, tmp_path):
    submissions, programs = tmp_path / "submissions", tmp_path / "bin"
    submissions.mkdir()
    programs.mkdir()
    shutil.copy(reference, submissions / "ann.ipynb")
    command = [sys.executable, SOURCES / "grade.py", archive, submissions, tmp_path / "results"]
    alone = {**os.environ, "PATH": str(programs)}
    run = subprocess.run(list(map(str, command)), env=alone, capture_output=True, text=True, check=False)
    assert run.returncode != 0
    assert "there is no bubblewrap here" in run.stderr
    assert not (tmp_path / "results").exists()
    unprotected = [*map(str, command), "--without-sandbox"]
    subprocess.run(unprotected, env=alone, capture_output=True, check=True, timeout=120)
    assert "ann,4,4,5,4,5,2,24,24,ok" in (tmp_path / "results" / "grades.csv").read_text()


def test_results_that_the_tests_cannot_have_written_are_refused(archive):
    tests = read_archive(archive).tests
    for output in (b"", b"{}", b'{"q1": [true]}', b"[1]", b'{"q1": 99}'):
        done = sandbox.Finished(0, output, "", "")
        with pytest.raises(grade.SubmissionError, match="tampered"):
            grade._read_passed(done, tests, sandbox.Limits())
