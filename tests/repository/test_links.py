"""`make links`, with a server of our own as the internet."""

import re
import subprocess
import sys
from pathlib import Path

from small_book import make_book

from tools.built_site import ROOT


def test_links_are_asked_and_a_dead_one_fails(tmp_path, serving):
    outside, folder = tmp_path / "outside", tmp_path / "book"
    outside.mkdir()
    folder.mkdir()
    (outside / "alive.html").write_text("Here.", encoding="utf-8")
    address = serving(outside)
    linked = f"# Links\n\n[one]({address}alive.html) and [two]({address}dead.html)"
    make_book(folder, {"first": [linked], "second": ["# Second"]})
    command = re.search(
        r"^links:.*\n\t\$\(BIN\)/(.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )[1]
    program, *arguments = command.split()
    checked = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments], cwd=folder, capture_output=True, text=True
    )
    assert checked.returncode != 0, checked.stdout
    report = (folder / "_build" / "linkcheck" / "output.txt").read_text(encoding="utf-8")
    assert f"[broken] {address}dead.html" in report
    assert "alive.html" not in report
    assert not (folder / "_build" / "html").exists()
