"""The workflows and the documents call what is there; the accepted findings reach the audit."""

import http.server
import json
import os
import re
import shlex
import subprocess
import sys
import threading

import pytest
import yaml

from tools.built_site import ROOT

WORKFLOWS = {path.stem: path for path in (ROOT / ".github" / "workflows").glob("*.yml")}
MAKEFILE = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "classroom/class.mk"))
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def steps(workflow):
    jobs = yaml.safe_load(WORKFLOWS[workflow].read_text(encoding="utf-8"))["jobs"]
    return {name: job["steps"] for name, job in jobs.items()}


def runs(workflow, job):
    return [step["run"] for step in steps(workflow)[job] if "run" in step]


@pytest.mark.parametrize(
    ("schema", "paths"),
    [("github-workflows", WORKFLOWS.values()), ("citation-file-format", [ROOT / "CITATION.cff"])],
    ids=["workflows", "citation"],
)
def test_files_keep_to_their_schema(schema, paths):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *paths]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    "path",
    [*(f".github/workflows/{name}.yml" for name in WORKFLOWS), "README.md", "CONTRIBUTING.md", ".ci/run"],
)
def test_every_make_target_that_is_named_exists(path):
    text = "\n".join(line for line in read(path).splitlines() if not line.startswith("#"))
    named = set(re.findall(r"(?:`|^|run: |^ *)make ([a-z-]+)", text, re.MULTILINE))
    assert named
    assert named <= TARGETS


def test_readme_names_every_target():
    described = set(re.findall(r"^\| `make ([a-z-]+)` \|", read("README.md"), re.MULTILINE))
    assert described == set(re.findall(r"^([a-z-]+):.* ## ", MAKEFILE, re.MULTILINE)) - {"help"}


def test_windows_follows_the_lines_of_the_readme():
    lines = re.search(r"```powershell\n(.*?)```", read("README.md"), re.DOTALL)[1].splitlines()
    called = runs("test", "windows")
    assert called[: len(lines[:3])] == lines[:3]
    tested = re.search(r"^WITHOUT_SITE = (.*)$", MAKEFILE, re.MULTILINE)[1]
    assert called[-1] == rf".venv\Scripts\pytest {tested}"


def test_every_python_of_the_project_is_tested():
    project = read("pyproject.toml")
    assert 'requires-python = ">=3.11,<3.14"' in project
    jobs = yaml.safe_load(WORKFLOWS["test"].read_text(encoding="utf-8"))["jobs"]
    for system in ("linux", "macos", "windows"):
        assert jobs[system]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_actions_are_held_at_a_version(workflow):
    used = [step["uses"] for job in steps(workflow).values() for step in job if "uses" in step]
    assert used
    assert [action for action in used if not re.fullmatch(r"actions/[\w-]+@v\d+", action)] == []


class Findings(http.server.BaseHTTPRequestHandler):
    """Answer as a service of known faults does: one package has one."""

    asked: list[str]

    def do_POST(self):
        """Read which package is asked about, and answer."""
        query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        package = query["package"]["name"]
        self.asked.append(package)
        found = {
            "id": "GHSA-aaaa-bbbb-cccc",
            "summary": "A fault for a test.",
            "affected": [{"package": {"name": "jinja2", "ecosystem": "PyPI"}, "ranges": []}],
        }
        answer = json.dumps({"vulns": [found]} if package == "jinja2" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Say nothing: what was asked is in the list."""


@pytest.fixture
def service():
    """Serve findings on 127.0.0.1; return the address and the list of the packages asked about."""

    class Service(Findings):
        asked: list[str] = []  # noqa: RUF012

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/query", Service.asked
    server.shutdown()
    server.server_close()


def audit(address, accepted):
    """Run what `make audit` runs, asking the service at this address."""
    printed = subprocess.run(
        ["make", "--dry-run", "audit", f"ACCEPTED={accepted}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (command,) = (line for line in printed.splitlines() if "pip-audit" in line)
    return subprocess.run(
        [*shlex.split(command), "--osv-url", address, "--progress-spinner=off"],
        cwd=ROOT,
        env=os.environ | {"NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
    )


def test_audit_asks_about_every_pinned_package_and_fails_for_a_finding(service, tmp_path):
    address, asked = service
    (tmp_path / "accepted").write_text(
        "# GHSA-aaaa-bbbb-cccc is explained here, not accepted\n", encoding="utf-8"
    )
    seen = audit(address, tmp_path / "accepted")
    assert seen.returncode == 1, seen.stderr
    assert "GHSA-aaaa-bbbb-cccc" in seen.stdout
    pinned = set(re.findall(r"^([\w.-]+)==[^;\n]*\\$", read("requirements.txt"), re.MULTILINE))
    assert len(pinned) > 50
    assert pinned <= set(asked)


def test_audit_passes_over_an_accepted_finding(service, tmp_path):
    address, _ = service
    (tmp_path / "accepted").write_text("GHSA-aaaa-bbbb-cccc it touches no page of ours\n", encoding="utf-8")
    seen = audit(address, tmp_path / "accepted")
    assert seen.returncode == 0, seen.stdout + seen.stderr
    assert "1 ignored" in seen.stderr + seen.stdout
