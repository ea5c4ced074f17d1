"""On every way to the notebooks a kernel has one thread: on a busy machine more wait for each other."""

import os
import re
import shutil
import subprocess

import pytest

from course_site.addresses import colab_lines
from tools.built_site import ROOT

VARIABLES = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
SET = re.compile(r"(?:%env |\$env:|export |^|[ ;])((?:OMP|OPENBLAS)_NUM_THREADS) ?= ?\"?(\d+)", re.MULTILINE)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


WAYS = {
    "make": lambda: read("classroom/class.mk"),
    "VS Code": lambda: read(".env"),
    "PowerShell": lambda: re.search(r"```powershell\n(.*?)```", read("README.md"), re.DOTALL)[1],
    "Colab": lambda: colab_lines({"repository_url": "https://github.com/owner/name"}),
    "Binder": lambda: read("classroom/student/binder/start"),
    "hub": lambda: read("classroom/kubernetes/values.yaml").replace(": ", "="),
}


@pytest.mark.parametrize("way", WAYS)
def test_way_sets_one_thread(way):
    assert dict(SET.findall(WAYS[way]())) == VARIABLES


def test_binder_starts_what_it_is_given_with_them(tmp_path):
    command = ["bash", ROOT / "classroom" / "student" / "binder" / "start", "env"]
    told = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]}
    )
    assert VARIABLES.items() <= dict(line.partition("=")[::2] for line in told.stdout.splitlines()).items()
    assert os.access(command[1], os.X_OK)


def test_lab_as_root_says_what_to_do(tmp_path):
    (tmp_path / "id").write_text("#!/bin/sh\necho 0\n")
    (tmp_path / "id").chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    make = [shutil.which("make"), "--old-file=.venv/reading", "lab"]
    told = subprocess.run(make, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert told.returncode != 0
    assert "make lab LAB_OPTIONS=--allow-root" in told.stdout
