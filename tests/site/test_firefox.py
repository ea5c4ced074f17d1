"""Every widget in Firefox too, over WebDriver BiDi: `tests/firefox/widgets.js` starts, drags and types."""

import os
import shutil
import subprocess
from xml.etree import ElementTree

import pytest
from embedding_geometry import widgets

from tools.built_site import ROOT


@pytest.fixture(scope="module")
def results(widget_pages, tmp_path_factory):
    """Run all of them in one Firefox; return what went wrong with each widget, or None."""
    firefox = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    assert firefox, "Firefox isn't on the PATH: install Debian's package `firefox-esr`, or set FIREFOX"
    report = tmp_path_factory.mktemp("firefox") / "report.xml"
    command = ["node", "--test", "--test-reporter=junit", f"--test-reporter-destination={report}"]
    environment = os.environ | {"SITE": widget_pages, "FIREFOX": firefox}
    done = subprocess.run(
        [*command, ROOT / "tests" / "firefox" / "widgets.js"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    cases = ElementTree.parse(report).iter("testcase")
    found = {case.attrib["name"]: case.findtext("failure") for case in cases}
    assert found, done.stdout + done.stderr
    return found


@pytest.mark.parametrize("name", widgets.__all__)
def test_widget_is_started_moved_and_typed_into(results, name):
    assert results[name] is None, results[name]
