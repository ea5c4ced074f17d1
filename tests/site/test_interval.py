"""The widget of intervals by mouse, keyboard and finger; its draws and intervals against numpy and scipy."""

import numpy as np
import pytest
from browsing import heard_after, hold_the_clock, number
from built_pages import INSPECT
from embedding_geometry.intervals import bootstrap_interval
from pointer import swipe
from scipy.stats import binom

RIGHT = np.repeat([0.0, 1.0], [7484, 7393])
RANKS = 1 / np.arange(1, 101)
STRIDE = 0x6D2B79F5

SPAN = "(e) => { const { x, width } = e.getBBox(); return [x, x + width]; }"
READ = """(e) => ({
  said: e.querySelector(".eg-message").textContent,
  tally: Object.fromEntries([...e.querySelectorAll(".eg-tally tbody tr")].map((row) =>
    [row.dataset.n, [...row.cells].slice(1).map((c) => c.textContent)])),
  drawn: [...e.querySelectorAll(".eg-list tbody tr")].map((row) => [...row.cells].map((c) => c.textContent)),
  bars: [...e.querySelectorAll(".eg-bars path")].map((b) => b.getAttribute("class")),
  shapes: [...e.querySelectorAll(".eg-dots path")].map((d) => d.getAttribute("d")),
  colours: [...e.querySelectorAll(".eg-bars path")].map((b) => getComputedStyle(b).stroke),
  notes: [...e.querySelectorAll(".eg-notes text")].map((t) => t.textContent),
  truth: Number(e.querySelector(".eg-truth").getAttribute("x1")),
})"""


@pytest.fixture(scope="module")
def page(open_shared_page, widget_pages):
    """Return the page with a list of right and wrong answers, and one of many different scores."""
    return open_shared_page(f"{widget_pages}intervals.html")


@pytest.fixture
def widget(page):
    """Return the first, as it is at the start."""
    return find(page)


def find(page, index=0):
    widget = page.locator(".eg-interval-widget").nth(index)
    widget.wait_for()
    widget.scroll_into_view_if_needed()
    button(widget, "Reset").click()
    return widget


def button(widget, name):
    return widget.get_by_role("button", name=name, exact=True)


def size(widget):
    return widget.get_by_label("how many queries n")


def guess(widget):
    return widget.get_by_label("your guess")


def rows_drawn(start, count, limit):
    """Return what the widget's generator ("mulberry32") gives next, as whole numbers below a limit."""
    state = (start + np.arange(1, count + 1, dtype=np.uint64) * STRIDE).astype(np.uint32)
    mixed = (state ^ (state >> 15)) * (state | 1)
    mixed = (mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >> 14)).astype(float) * limit / 2**32).astype(int)


def draw(scores, n, i, seed=0):
    """Return the scores of the i-th draw, and the means of its thousand resamples."""
    start = seed + (i << 21) * STRIDE
    drawn = np.sort(scores)[rows_drawn(start, n, len(scores))]
    again = rows_drawn(start + n * STRIDE, 1000 * n, n).reshape(1000, n)
    return drawn, drawn[again].mean(axis=1)


def assert_drawn(row, scores, n, i, *, seed=0, digits=3):
    """Assert that a row of numbers is the i-th draw and its interval; return both."""
    drawn, means = draw(scores, n, i, seed)
    low, high = np.quantile(means, [0.025, 0.975])
    shown = [number(text) for text in (row[1], *row[2].split(" to "))]
    assert row[0].replace(",", "") == str(n)
    assert shown == pytest.approx([drawn.mean(), low, high], abs=0.51 * 10**-digits)
    assert row[3] == ("yes" if low <= scores.mean() <= high else "no")
    return drawn, (low, high)


@pytest.mark.parametrize(("key", "n"), [("Home", 20), (None, 200), ("End", 2000)])
def test_interval_of_a_draw_is_that_of_numpy_of_the_library_and_of_scipy(widget, key, n):
    if key:
        size(widget).press(key)
    button(widget, "Draw").click()
    button(widget, "Draw").click()
    seen = widget.evaluate(READ)
    for i, row in enumerate(reversed(seen["drawn"])):
        drawn, interval = assert_drawn(row, RIGHT, n, i)
        spread = drawn.std() / np.sqrt(n)
        library = bootstrap_interval(drawn, n_resamples=4000)
        assert interval == pytest.approx((library.low, library.high), abs=0.35 * spread)
        exact = binom.ppf([0.025, 0.975], n, drawn.mean()) / n
        assert interval == pytest.approx(exact, abs=0.35 * spread + 1 / n)


def test_scores_of_any_kind_are_drawn(page):
    ranks = find(page, 1)
    button(ranks, "Draw 20").click()
    seen = ranks.evaluate(READ)
    for i, row in enumerate(reversed(seen["drawn"])):
        assert_drawn(row, RANKS, 60, i, seed=5, digits=4)


def test_bars_show_the_intervals_and_mark_those_that_miss(widget):
    button(widget, "Draw 20").click()
    seen = widget.evaluate(READ)
    assert len(seen["bars"]) == 20
    missed = [row[3] == "no" for row in seen["drawn"]]
    assert 0 < sum(missed) < 5
    for looks in (seen["bars"], seen["shapes"], seen["colours"]):
        assert len({(look, miss) for look, miss in zip(looks, missed, strict=True)}) == 2
    assert seen["notes"] == ["misses" if miss else "" for miss in missed]
    for bar, miss in zip(widget.locator(".eg-bars path").all(), missed, strict=True):
        left, right = bar.evaluate(SPAN)
        assert (left <= seen["truth"] <= right) is not miss
    label = widget.locator("svg.eg-strip").get_attribute("aria-label")
    assert f"{20 - sum(missed)} hold the truth, 0.497" in label


def test_about_95_of_100_hold_the_truth_and_the_width_goes_with_the_root_of_n(widget):
    widths = {}
    for key, n in [("Home", 20), ("End", 2000)]:
        size(widget).press(key)
        for _ in range(5):
            button(widget, "Draw 20").click()
        draws, held, width = widget.evaluate(READ)["tally"][str(n)]
        assert draws == "100"
        assert 88 <= int(held.removesuffix(" of 100")) <= 99
        widths[n] = number(width)
    assert widths[20] / widths[2000] == pytest.approx(10, rel=0.1)
    assert widths[2000] == pytest.approx(2 * 1.96 * RIGHT.std() / np.sqrt(2000), rel=0.05)


def test_guess_stands_beside_the_mean_width(widget):
    assert "first guess" in widget.evaluate(READ)["said"]
    guess(widget).fill("0.1")
    assert widget.evaluate(READ)["said"] == "n = 200: your guess 0.10. Now draw."
    button(widget, "Draw").click()
    seen = widget.evaluate(READ)
    _, means = draw(RIGHT, 200, 0)
    width = np.diff(np.quantile(means, [0.025, 0.975]))[0]
    assert seen["said"] == (
        f"n = 200: 1 of 1 intervals hold the truth. Mean width {width:.3f}, your guess 0.10."
    )
    left, right = widget.locator(".eg-guessed").evaluate(SPAN)
    low, high = widget.locator(".eg-bars path").evaluate(SPAN)
    assert (right - left) / (high - low) == pytest.approx(0.1 / width, rel=0.02)
    assert (left + right) / 2 == pytest.approx(seen["truth"], abs=0.1)


def test_keys_do_all_that_the_mouse_does(widget):
    guess(widget).focus()
    keys = widget.page.keyboard
    for key in ("ArrowRight", "ArrowRight", "Tab", "ArrowLeft", "Tab", "Enter", "Space", "Tab", "Enter"):
        keys.press(key)
    seen = widget.evaluate(READ)
    assert seen["tally"]["100"][0] == "22"
    assert seen["said"].endswith("your guess 0.02.")
    assert seen["drawn"][0][0] == "100"
    assert_drawn(seen["drawn"][0], RIGHT, 100, 21)
    keys.press("Tab")
    keys.press("Enter")
    assert widget.evaluate(READ)["drawn"] == []
    keys.press("Tab")
    assert widget.evaluate("() => document.activeElement.tagName") == "SUMMARY"
    keys.press("Enter")
    assert widget.locator("details").evaluate("(e) => e.open")
    keys.press("Enter")


def test_reset_brings_the_same_draws_again_and_each_size_has_its_own(widget):
    button(widget, "Draw 20").click()
    button(widget, "Draw").click()
    before = widget.evaluate(READ)
    assert len(before["drawn"]) == 20
    assert before["tally"]["200"][0] == "21"
    size(widget).press("ArrowRight")
    button(widget, "Draw").click()
    after = widget.evaluate(READ)
    assert after["drawn"][1:] == before["drawn"][:-1]
    assert (after["tally"]["200"], after["tally"]["500"][0]) == (before["tally"]["200"], "1")
    button(widget, "Reset").click()
    button(widget, "Draw 20").click()
    button(widget, "Draw").click()
    assert widget.evaluate(READ) == before


def test_nothing_on_the_page_moves(widget):
    places = """(e) => [...e.querySelectorAll("button, input, svg, .eg-tally, summary")].map((b) =>
      JSON.stringify(b.getBoundingClientRect()))"""
    before = widget.evaluate(places)
    guess(widget).press("End")
    for key in ("Home", "End"):
        size(widget).press(key)
        button(widget, "Draw 20").click()
    assert widget.evaluate(places) == before


def test_screen_reader_hears_the_result_once(open_page, widget_pages):
    page = open_page(f"{widget_pages}intervals.html", before=hold_the_clock)
    page.clock.run_for(1_000)
    widget = find(page)
    page.clock.run_for(2_000)
    said = heard_after(widget, lambda: [button(widget, "Draw").click() for _ in range(3)])
    assert said == [widget.evaluate(READ)["said"]]


def test_finger_draws_on_a_dark_phone(open_page, widget_pages):
    address = f"{widget_pages}intervals.html"
    page = open_page(address, width=390, height=800, dark=True, touch=True, is_mobile=True)
    widget = find(page)
    for control in widget.locator("button, input, summary").all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 44, control.evaluate("(e) => e.outerHTML")
    button(widget, "Draw 20").tap()
    box = size(widget).bounding_box()
    y = box["y"] + box["height"] / 2
    swipe(page, [(box["x"] + box["width"] / 2, y), (box["x"] + box["width"] - 2, y)])
    assert size(widget).get_attribute("aria-valuetext") == "2,000 queries"
    button(widget, "Draw").tap()
    seen = widget.evaluate(READ)
    assert (seen["tally"]["200"][0], seen["tally"]["2000"][0]) == ("20", "1")
    widget.locator("summary").tap()
    look = page.evaluate(INSPECT)
    assert (look["overflow"], look["wide"], look["pale"]) == (0, [], [])
    assert contrasts(widget) > 3


def contrasts(widget):
    """Return the least contrast of a bar, a mark or a line with the ground of the strip."""
    return widget.evaluate("""(root) => {
      const light = (colour) => {
        const parts = colour.match(/[0-9.]+/g).slice(0, 3).map((c) => c / 255);
        const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = light(getComputedStyle(root.querySelector(".eg-strip")).backgroundColor);
      const marks = [...root.querySelectorAll(".eg-bars path, .eg-truth, .eg-guessed")]
        .map((e) => light(getComputedStyle(e).stroke));
      return Math.min(...marks.map((m) => (Math.max(m, ground) + 0.05) / (Math.min(m, ground) + 0.05)));
    }""")


def test_lines_are_seen_on_light_ground(widget):
    button(widget, "Draw 20").click()
    assert contrasts(widget) > 3
    assert widget.page.evaluate(INSPECT)["pale"] == []
