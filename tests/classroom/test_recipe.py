"""What the container image and the JupyterHub install is what the course was tested with."""

import json
import os
import re
import subprocess
import sys
import tomllib

import pytest

from tools.built_site import ROOT

CONFIG = ROOT / "classroom" / "jupyterhub_config.py"


def pins(path):
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", path.read_text(), flags=re.MULTILINE))


def test_the_class_has_the_versions_of_the_course():
    course, classroom = pins(ROOT / "requirements.txt"), pins(ROOT / "classroom" / "requirements.txt")
    assert len(course) > 100
    assert {name: classroom.get(name) for name in course} == course


def test_every_package_that_a_class_asks_for_is_pinned():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    names = {re.match(r"[a-z-]+", requirement)[0] for requirement in extras["classroom"]}
    assert names <= pins(ROOT / "classroom" / "requirements.txt").keys()


def test_the_image_installs_the_pinned_packages_and_the_library_offline():
    lines = (ROOT / "classroom" / "student" / "binder" / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "--require-hashes",
        "-r ../classroom/requirements.txt",
    ]
    post_build = ROOT / "classroom" / "student" / "binder" / "postBuild"
    assert os.access(post_build, os.X_OK)
    assert "--no-deps --no-build-isolation ." in post_build.read_text()


def test_the_image_has_a_python_that_the_course_supports():
    minor = int(
        (ROOT / "classroom" / "student" / "binder" / "runtime.txt")
        .read_text()
        .strip()
        .removeprefix("python-3.")
    )
    low, high = re.search(
        r'requires-python = ">=3\.(\d+),<3\.(\d+)"', (ROOT / "pyproject.toml").read_text()
    ).groups()
    assert int(low) <= minor < int(high)


def test_the_proxy_is_pinned_with_its_checksums():
    wanted = json.loads((ROOT / "classroom" / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "classroom" / "package-lock.json").read_text())["packages"]
    assert locked[""]["dependencies"] == wanted
    packages = {name: entry for name, entry in locked.items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


RUN = """
import sys
from traitlets.config.loader import PyFileConfigLoader
config = PyFileConfigLoader(sys.argv[1]).load_config()
print(config.JupyterHub.bind_url, config.JupyterHub.spawner_class, config.Spawner.cmd[1])
"""


def read_config(tmp_path, **settings):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLASSROOM_")}
    return subprocess.run(
        [sys.executable, "-c", RUN, str(CONFIG)],
        env=environment | {"CLASSROOM_STATE": str(tmp_path / "state")} | settings,
        capture_output=True,
        text=True,
    )


def test_a_trial_listens_on_this_machine_alone(tmp_path):
    result = read_config(tmp_path, CLASSROOM_PASSWORD="long enough", CLASSROOM_MEMORY_MB="512")
    assert result.stdout.split() == ["http://127.0.0.1:8000", "simple", "--data=536870912"]
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("value", ["0", "-1", "1G", "lots"])
def test_a_limit_that_is_no_number_is_refused(tmp_path, value):
    result = read_config(tmp_path, CLASSROOM_PASSWORD="long enough", CLASSROOM_MEMORY_MB=value)
    assert result.returncode != 0
    assert f"CLASSROOM_MEMORY_MB is {value!r}: write a whole number above 0" in result.stderr
