"""Small books that a test makes itself, built like the course."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
import yaml

from tools.built_site import ROOT


def make_book(folder: Path, pages: Mapping[str, Sequence[str]]) -> Path:
    """Write a book configured as the course is; a page is a list of cells, Markdown if they start with #."""
    for name in ("_assets", "course_site", "_extra", "lib"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("references.bib", "requirements.txt"):
        shutil.copy(ROOT / name, folder / name)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    if all(cell.startswith("#") for cells in pages.values() for cell in cells):
        # Kernels that start at once may choose the same ports, so none starts for a book without code.
        config["execute"]["execute_notebooks"] = "off"
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    first, *others = pages
    toc = {"format": "jb-book", "root": first, "chapters": [{"file": name} for name in others]}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    for name, cells in pages.items():
        write_notebook(folder / f"{name}.ipynb", cells)
    return folder


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """Write a notebook with these cells, and without outputs."""
    make = nbformat.v4
    notebook = make.new_notebook(
        cells=[make.new_markdown_cell(c) if c.startswith("#") else make.new_code_cell(c) for c in cells],
        # Without it JupyterLab asks which kernel to start.
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, path)


def start_build(folder: Path) -> subprocess.Popen:
    """Start building a book as `make book` does, with the library that stands in its own folder."""
    program = Path(sys.executable).with_name("jupyter-book")
    with open(folder / "build.log", "w", encoding="utf-8") as log:
        return subprocess.Popen(
            [program, "build", ".", "-W", "-n", "--keep-going"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder / "lib")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def finish_build(process: subprocess.Popen, folder: Path) -> tuple[bool, str]:
    """Wait for a build; return whether it worked, and what it said."""
    try:
        worked = process.wait(timeout=300) == 0
    finally:
        process.kill()  # if it takes too long, or the tests are stopped
    return worked, (folder / "build.log").read_text(encoding="utf-8")


def build(folder: Path) -> Path:
    """Build a book that must build; return the folder of its site."""
    worked, log = finish_build(start_build(folder), folder)
    assert worked, log
    return folder / "_build" / "html"
