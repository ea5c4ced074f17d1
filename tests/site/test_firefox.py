"""Every widget, and a teacher's notebooks, in Firefox too, over WebDriver BiDi: what `tests/firefox` does."""

import os
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from embedding_geometry import widgets

from tools.built_site import ROOT

TEACHER = [*(f"{name} draws" for name in ("plotly", "altair", "bokeh")), "media plays and answers"]
TEACHER += ["mathematics is set", "widgets move each other"]


def run(script, site, folder):
    """Run a script in one Firefox; return what went wrong with each of its tests, or None."""
    firefox = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    assert firefox, "Firefox isn't on the PATH: install Debian's package `firefox-esr`, or set FIREFOX"
    report = folder / "report.xml"
    command = ["node", "--test", "--test-reporter=junit", f"--test-reporter-destination={report}"]
    done = subprocess.run(
        [*command, ROOT / "tests" / "firefox" / script],
        env=os.environ | {"SITE": site, "FIREFOX": firefox},
        capture_output=True,
        text=True,
        timeout=300,
    )
    cases = ElementTree.parse(report).iter("testcase")
    found = {case.attrib["name"]: case.findtext("failure") for case in cases}
    assert found, done.stdout + done.stderr
    return found


@pytest.fixture(scope="module")
def of_widgets(widget_pages, tmp_path_factory):
    """Start, drag and type into every widget."""
    return run("widgets.js", widget_pages, tmp_path_factory.mktemp("firefox"))


@pytest.fixture(scope="module")
def of_teacher(teacher_book, serving, tmp_path_factory):
    """Look at a teacher's book."""
    return run("teacher_book.js", serving(teacher_book), tmp_path_factory.mktemp("firefox"))


@pytest.mark.parametrize("name", widgets.__all__)
def test_widget_is_started_moved_and_typed_into(of_widgets, name):
    assert of_widgets[name] is None, of_widgets[name]


@pytest.mark.parametrize("name", TEACHER)
def test_notebook_of_a_teacher_works(of_teacher, name):
    assert of_teacher[name] is None, of_teacher[name]
