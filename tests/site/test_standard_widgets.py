"""Pages with ordinary ipywidgets: the standard manager runs those, and our host keeps running ours."""

import re
import shutil
import subprocess

import pytest
from myst_nb.core.config import NbParserConfig
from plane_reading import assert_shows_what_the_library_computes, positions

from tools.built_site import ROOT

REQUIRE, MANAGER = NbParserConfig().ipywidgets_js
CDN, PACKAGE, VERSION = re.fullmatch(
    r"(.+/npm/)(@jupyter-widgets/html-manager)@([\d.]+)/dist/.+", MANAGER
).groups()


@pytest.fixture(scope="session")
def manager_package():
    """Return the folder of the manager's npm package, of the version that myst-nb asks for; fetched once."""
    folder = ROOT / "_build" / "npm" / f"html-manager-{VERSION}"
    if not (folder / "package").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
        packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        shutil.unpack_archive(folder / packed.stdout.strip(), folder, filter="data")
    return folder / "package"


def answer_from(package):
    """Answer what is asked of the manager's address, and nothing else, with the package's own files."""

    def before(page):
        def answer(route):
            path = package / route.request.url.removeprefix(f"{CDN}{PACKAGE}@{VERSION}/")
            route.fulfill(path=path, headers={"Access-Control-Allow-Origin": "*"})

        page.route(f"{CDN}{PACKAGE}@{VERSION}/**", answer)

    return before


def assert_plane_works(page):
    plane = page.locator(".eg-plane-widget")
    plane.locator(".eg-handle").first.press("ArrowUp")
    _, X = positions(plane)
    assert X.tolist() == [[1, 0.1], [0, 1]]
    assert_shows_what_the_library_computes(plane, X)


def requests_outside(page, base):
    return [url for url in page.watch.requests if not url.startswith((base, "blob:", "data:"))]


def test_linked_sliders_run_in_the_standard_manager(open_page, widget_pages, manager_package):
    page = open_page(f"{widget_pages}standard.html", before=answer_from(manager_package))
    sliders = page.locator(".widget-slider [role=slider], .widget-slider .noUi-handle")
    sliders.first.wait_for()
    assert sliders.count() == 2
    assert [s.get_attribute("aria-valuenow") for s in sliders.all()] == ["3.0", "3.0"]
    sliders.first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert [s.get_attribute("aria-valuenow") for s in sliders.all()] == ["7.0", "7.0"]
    left, right = (page.locator(".widget-slider").nth(i).bounding_box() for i in range(2))
    assert left["y"] == right["y"], "the box does not lay its children side by side"
    assert_plane_works(page)
    # The manager complains of its own schema.
    page.watch.problems[:] = [p for p in page.watch.problems if "allowUnionTypes" not in p]
    # What leaves the site goes where myst-nb takes the manager from; the manager then asks for its icons.
    script, *icons = requests_outside(page, widget_pages)
    assert script == MANAGER.replace("embed-amd.js", "embed.js")
    assert all(re.fullmatch(re.escape(MANAGER.rpartition("/")[0]) + r"/\w+\.woff2", url) for url in icons)


@pytest.mark.parametrize(
    ("name", "asked"), [("standard", [MANAGER.replace("-amd", "")]), ("others", [REQUIRE, MANAGER])]
)
def test_without_a_network_a_message_stands_in_its_place(open_page, widget_pages, name, asked):
    page = open_page(f"{widget_pages}{name}.html")
    message = page.locator(".widget-message")
    message.wait_for()
    assert re.fullmatch(
        r"This widget needs the standard Jupyter widget manager, and \S+ can't be reached.",
        message.text_content(),
    )
    source = page.locator("div.cell", has=page.locator("span.n", has_text="IntSlider")).first
    assert source.locator(".widget-message").count() == 1, "the message stands elsewhere"
    assert_plane_works(page)
    # A widget of another kind needs require.js, and the scripts that myst-nb names, in their order.
    assert requests_outside(page, widget_pages) == asked
    expected = {f"external request: {url}" for url in asked}
    assert expected <= {problem.partition(" (")[0] for problem in page.watch.problems}
    page.watch.problems.clear()
