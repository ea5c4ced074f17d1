"""Widgets by others on a page without a kernel, and anywidget's contract with those who run them."""

from plane_reading import assert_shows_what_the_library_computes, positions
from widget_pages import WIGGLY


def areas(page, count):
    """Return the places of the widgets, once all of them have something in them."""
    page.wait_for_function(
        """(n) => [...document.querySelectorAll(".widget-subarea")]
          .filter((a) => a.textContent || a.querySelector("canvas, svg, input")).length >= n""",
        arg=count,
    )
    return page.locator(".widget-subarea")


def test_widgets_of_wigglystuff_start(open_page, widget_pages):
    page = open_page(f"{widget_pages}wiggly.html")
    all_areas = areas(page, len(WIGGLY) - 2)
    assert all_areas.count() == len(WIGGLY) - 2
    assert page.locator(".widget-message").count() == 0
    assert page.get_by_text("told this", exact=True).count() == 1
    for area in all_areas.all():
        box = area.bounding_box()
        assert box["height"] > 10, area.inner_html()[:200]


def test_linked_sliders_of_wigglystuff_move_together(open_page, widget_pages):
    page = open_page(f"{widget_pages}wiggly.html")
    areas(page, 1)
    canvases = page.locator(".widget-subarea").first.locator("canvas, svg")
    left, right = canvases.nth(0), canvases.nth(1)
    left.scroll_into_view_if_needed()
    before = right.screenshot()
    box = left.bounding_box()
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 0.75 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.3 * box["height"], steps=4)
    page.mouse.up()
    assert right.screenshot() != before


def test_contract_of_anywidget_is_kept(open_page, widget_pages):
    page = open_page(f"{widget_pages}contract.html")
    all_areas = areas(page, 8)
    child, again, other, old, parent, asking, empty, faulty = (all_areas.nth(i) for i in range(8))
    assert old.inner_text() == "old 3,1,2"
    button = parent.get_by_role("button", name="raise")
    assert other.inner_text() == "factory 1 5 2"
    button.click()
    # Shown three times, initialized once; each view hears of one change once.
    for view in (child, again, parent.locator("div > div")):
        assert view.inner_text().split()[::2] == ["factory", "11"]
        assert view.locator("[data-told='1']").or_(view.and_(page.locator("[data-told='1']"))).count() == 1
    assert parent.locator("[data-heard='11']").count() == 1
    assert "no reference to a widget" in parent.locator("[data-refused]").get_attribute("data-refused")
    assert "no kernel" in page.evaluate("document.body.dataset.invoked")
    asking.get_by_role("button").click()
    assert asking.locator("[data-heard]").count() == 0
    assert asking.locator(".widget-message").all_inner_texts() == [
        "This widget asked Python for something, and this page runs without Python."
    ]
    assert "exports neither a default nor a function render" in empty.inner_text()
    assert faulty.inner_text() == "This widget could not start: a fault of its own."
    faults = [p for p in page.watch.problems if "a fault of its own" in p or "exports neither" in p]
    assert len(faults) >= 2
    page.watch.problems[:] = [p for p in page.watch.problems if p not in faults]


def test_a_widget_whose_package_is_missing_says_so_in_its_place(open_page, widget_pages):
    page = open_page(f"{widget_pages}others.html")
    message = page.locator(".standard-widget .widget-message")
    message.wait_for()
    assert message.inner_text() == (
        "This widget needs the module no-such-widget, and cdn.jsdelivr.net can't be reached."
    )
    plane = page.locator(".eg-plane-widget")
    plane.locator(".eg-handle").first.press("ArrowUp")
    _, X = positions(plane)
    assert_shows_what_the_library_computes(plane, X)
    # It was looked for among the site's own files, and then where Jupyter's pages fetch such modules.
    asked = [url for url in page.watch.requests if "no-such-widget" in url]
    assert [url.partition("no-such-widget")[0] for url in asked] == [
        f"{widget_pages}_static/nbextensions/",
        "https://cdn.jsdelivr.net/npm/",
    ]
    page.watch.problems.clear()
