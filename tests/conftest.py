"""Fixtures of the tests that use a browser."""

import os

import hypothesis
import pytest
from browsing import WatchedPages
from embedding_geometry.widgets.course_widget import BROWSER_FILES
from filelock import FileLock
from playwright.sync_api import sync_playwright

from course_site.execution_cache import digest_of, library_files
from tools.built_site import ROOT, page_names
from tools.local_browser import CHROMIUM_ARGUMENTS, chromium_path, serve

# How long an example takes says how busy the machine is, not whether the library is right.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def site():
    """Return the folder of the built site, after making sure that it was built from what is here now."""
    html = ROOT / "_build" / "html"
    stale = "is not what is here now: run `make book`"
    assert (html / "index.html").exists(), "the site isn't built: run `make book`"
    for name in page_names():
        (source,) = [p for ending in (".ipynb", ".md") if (p := ROOT / f"{name}{ending}").exists()]
        built = html / "_sources" / source.relative_to(ROOT)
        assert built.exists(), f"{name} is not in the site: run `make book`"
        assert built.read_bytes() == source.read_bytes(), f"the site's {name} {stale}"
    for asset in (ROOT / "_assets").iterdir():
        assert (html / "_static" / asset.name).read_bytes() == asset.read_bytes(), f"{asset.name} {stale}"
    (executed,) = (ROOT / "_build" / ".executed").iterdir()
    assert executed.name.startswith(digest_of(library_files(ROOT))), f"the site's library {stale}"
    modules = html / "_static" / f"widgets-{digest_of(BROWSER_FILES.iterdir())}"
    assert modules.exists(), f"the site's widgets {stale}"
    return html


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Make a folder once for all processes that run tests: call it with a name, and with what fills it."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def folder(name, fill):
        with FileLock(root / f"{name}.lock"):
            if not (root / f"{name}.made").exists():
                (root / name).mkdir()
                fill(root / name)
                (root / f"{name}.made").touch()
        return root / name

    return folder


@pytest.fixture(scope="session")
def serving():
    """Serve folders on 127.0.0.1: call it with a folder, and get the address."""
    servers = {}

    def address(folder):
        if folder not in servers:
            servers[folder] = serve(folder)
        return f"http://127.0.0.1:{servers[folder].server_address[1]}/"

    yield address
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser():
    """Start one Chromium for all tests, which reaches nothing but this machine."""
    alone = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--no-proxy-server"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS, *alone]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """Open pages that may ask nothing of the outside; what goes wrong on any of them fails the test."""
    with WatchedPages(browser) as pages:
        yield pages.open


@pytest.fixture(scope="module")
def shared_pages(browser):
    """Keep the pages that the tests of a module share."""
    with WatchedPages(browser) as pages:
        yield pages


@pytest.fixture(scope="module")
def open_shared_page(shared_pages):
    """Open pages likewise that the tests of a module share: what goes wrong is told at its end."""
    return shared_pages.open


@pytest.fixture
def visit(shared_pages):
    """Open pages likewise, one after the other in the same window: what goes wrong fails the test."""
    yield shared_pages.visit
    shared_pages.complain()
