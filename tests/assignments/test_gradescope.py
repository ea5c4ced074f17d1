"""The archive does what Gradescope asks of it, as far as that can be tried without Gradescope."""

import json
import shutil
import subprocess
import sys
import zipfile

import pytest
import yaml

NAME = "02_neighborhoods"


@pytest.fixture
def autograder(made, tmp_path):
    """Lay out the folders as Gradescope does."""
    folder = tmp_path / "autograder"
    for name in ("submission", "results"):
        (folder / name).mkdir(parents=True)
    with zipfile.ZipFile(made / NAME / "autograder.zip") as files:
        files.extractall(folder / "source")
    return folder


def test_gradescope_installs_the_library(autograder):
    environment = yaml.safe_load((autograder / "source" / "environment.yml").read_text())
    (packages,) = [part["pip"] for part in environment["dependencies"] if isinstance(part, dict)]
    (wheel,) = [package for package in packages if package.startswith("/autograder/")]
    with zipfile.ZipFile(autograder / "source" / wheel.rpartition("/")[2]) as files:
        inside = files.namelist()
        assert (
            "Requires-Dist: gensim" in files.read(next(n for n in inside if n.endswith("METADATA"))).decode()
        )
    assert {"embedding_geometry/wordvectors.py", "embedding_geometry/data/glove-6b-50d.npy"} <= set(inside)


def test_gradescope_gets_the_points(autograder, made):
    shutil.copy(made / NAME / "solution" / f"{NAME}.ipynb", autograder / "submission")
    (autograder / "submission_metadata.json").write_text("{}")
    code = f"from otter.run.run_autograder import main; main({str(autograder)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=autograder, check=True, capture_output=True, timeout=300)
    results = json.loads((autograder / "results" / "results.json").read_text())
    scores = [(test["score"], test["max_score"]) for test in results["tests"] if test.get("max_score")]
    assert sum(score for score, _ in scores) == sum(most for _, most in scores) == 25
