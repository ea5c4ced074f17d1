"""One JupyterLab for all tests of this folder."""

import shutil

import nbformat
import pytest
from interactives import with_interactives_only
from lab_server import WIDGETS, Lab
from small_book import write_notebook

from tools.built_site import ROOT


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Start JupyterLab on a copy of the chapters and a notebook of our own."""
    lab = Lab(tmp_path_factory.mktemp("lab"))
    shutil.copytree(ROOT / "chapters", lab.notebooks / "chapters")
    for path in (lab.notebooks / "chapters").glob("[0-9]*.ipynb"):  # the website and nbval run all of them
        nbformat.write(with_interactives_only(nbformat.read(path, as_version=4)), path)
    for name in ("widgets", "widgets in the dark"):  # Lab minds a notebook that is open twice
        write_notebook(lab.notebooks / f"{name}.ipynb", WIDGETS)
    shutil.copytree(ROOT / "lib", lab.library, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    setting_up = (
        f"import os, sys\nos.environ['ANYWIDGET_HMR'] = '1'\nsys.path.insert(0, {str(lab.library)!r})"
    )
    write_notebook(lab.notebooks / "at work.ipynb", ["# At work", setting_up, *WIDGETS[1:3]])
    lab.start()
    yield lab
    lab.stop()
