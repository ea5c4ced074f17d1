"""The archive does what Gradescope asks of it, as far as that can be tried without Gradescope."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import requires

import nbformat
import pytest
import yaml

NAME = "02_neighborhoods"
GRADE = "import sys; sys.path.insert(0, sys.argv[1] + '/source/grading'); from gradescope import main; "
GRADE += "from pathlib import Path; main(Path(sys.argv[1]))"


def lay_out(archive, folder):
    """Lay out the folders as Gradescope does."""
    for name in ("submission", "results"):
        (folder / name).mkdir(parents=True)
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder / "source")
    return folder


def graded(autograder):
    """Grade as Gradescope does, where there is no bubblewrap, and return what it reads."""
    alone = {**os.environ, "PATH": "/usr/sbin:/sbin:/opt/none"}
    programs = autograder.parent / "programs"
    programs.mkdir()
    for name in ("setpriv", "env"):
        (programs / name).symlink_to(shutil.which(name))
    alone["PATH"] = str(programs)
    command = [sys.executable, "-c", GRADE, str(autograder)]
    run = subprocess.run(command, env=alone, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads((autograder / "results" / "results.json").read_text())


def test_gradescope_installs_the_library(made, tmp_path):
    autograder = lay_out(made / NAME / "autograder.zip", tmp_path / "autograder")
    environment = yaml.safe_load((autograder / "source" / "environment.yml").read_text())
    (packages,) = [part["pip"] for part in environment["dependencies"] if isinstance(part, dict)]
    (wheel,) = [package for package in packages if package.startswith("/autograder/")]
    with zipfile.ZipFile(autograder / "source" / wheel.rpartition("/")[2]) as files:
        inside = files.namelist()
        assert (
            "Requires-Dist: gensim" in files.read(next(n for n in inside if n.endswith("METADATA"))).decode()
        )
    assert {"embedding_geometry/wordvectors.py", "embedding_geometry/data/glove-6b-50d.npy"} <= set(inside)


def test_gradescope_installs_all_that_the_grader_imports(made, tmp_path):
    source = lay_out(made / NAME / "autograder.zip", tmp_path / "autograder") / "source"
    scripts = list((source / "grading").glob("*.py"))
    imported = set()
    for script in scripts:
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            imported |= {name.partition(".")[0] for name in names}
    outside = imported - set(sys.stdlib_module_names) - {script.stem for script in scripts}
    assert {"numpy", "tqdm", "IPython"} <= outside
    asked = (source / "environment.yml").read_text()
    for package in ("otter-grader", "embedding-geometry", "ipython"):
        asked += "\n".join(line for line in requires(package) if "extra ==" not in line)
    assert {name for name in outside if not re.search(rf"\b{name}\b", asked, re.IGNORECASE)} == set()


def test_gradescope_gets_the_points(homework, tmp_path):
    autograder = lay_out(homework / "autograder.zip", tmp_path / "autograder")
    shutil.copy(homework / "solution" / "homework.ipynb", autograder / "submission" / "Ann's work.ipynb")
    results = graded(autograder)
    assert sum(test["score"] for test in results["tests"]) == 10
    assert sum(test["max_score"] for test in results["tests"]) == 10
    assert {test["visibility"] for test in results["tests"] if "hidden" in test["name"]} == {"hidden"}
    assert {test["visibility"] for test in results["tests"] if "hidden" not in test["name"]} == {"visible"}


def test_gradescope_says_what_is_wrong_and_gives_nothing_for_it(homework, tmp_path):
    autograder = lay_out(homework / "autograder.zip", tmp_path / "autograder")
    (autograder / "submission" / "letter.txt").write_text("Dear teacher")
    results = graded(autograder)
    assert sum(test["score"] for test in results["tests"]) == 0
    assert "holds no notebook, but letter.txt" in results["output"]


FORGES = """
import glob, json, os, pathlib
for place in [PLACE + "/results/results.json", PLACE + "/source/assignment.json"]:
    try:
        told = open(place).read()
    except OSError:
        told = ""
    assert "secret_expected_" + "value" not in told
    try:
        open(place, "w").write(json.dumps({"tests": [{"score": 10, "max_score": 10}]}))
    except OSError:
        continue
    raise RuntimeError("a result could be written")
"""


@pytest.mark.skipif(
    os.geteuid() != 0, reason="Gradescope grades as root; only root can put code under nobody"
)
def test_at_gradescope_code_cannot_reach_tests_or_results(homework, tmp_path):
    autograder = lay_out(homework / "autograder.zip", tmp_path / "autograder")
    notebook = nbformat.read(homework / "student" / "homework.ipynb", as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(FORGES.replace("PLACE", repr(str(autograder)))))
    nbformat.write(notebook, autograder / "submission" / "a.ipynb")
    results = graded(autograder)
    assert sum(test["score"] for test in results["tests"]) == 0
    assert results["output"] == ""
