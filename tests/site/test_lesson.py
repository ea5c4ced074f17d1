"""A lesson on a projector: the questions and interactives of its pages, one key apart."""

import re

import pytest

LESSON = "?lesson=first,second"
# What is seen, in order: a heading, then a question, an interactive, or a cell's output.
SLIDES = [
    "Arrows|Which is nearest?",
    "Arrows|Which is nearest?|plane",
    "A number|How many?",
    "A number|How many?|Three.",
]


SEEN = """() => {
    const kinds = ["h2", ".predict p:not(.admonition-title)", ".stream", ".widget-subarea"];
    const parts = [...document.querySelectorAll(kinds.map((kind) => `article ${kind}`).join(","))];
    const visible = parts.filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 0);
    const text = (one) => (one.matches(".stream") ? one : one.firstChild).textContent.trim().split("\\n")[0];
    return visible.map((one) => (one.matches(".widget-subarea") ? "plane" : text(one))).join("|");
}"""
STATUS = "text => document.querySelector('.lesson-bar span').textContent === text"
FONT = "parseFloat(getComputedStyle(document.querySelector('article')).fontSize)"
BACKGROUND = "getComputedStyle(document.querySelector('.lesson-bar')).backgroundColor"


@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
def test_page_down_goes_through_the_pages_of_a_lesson(widget_book, serving, open_page, from_disk):
    base = f"{widget_book.as_uri()}/" if from_disk else serving(widget_book)
    page = open_page(f"{base}first.html{LESSON}", base)
    status = page.get_by_role("navigation", name="Lesson").get_by_role("status")
    for place, slide in enumerate(SLIDES, 1):
        page.wait_for_function(STATUS, arg=f"First page: {place} of 4")
        assert page.evaluate(SEEN) == slide
        page.keyboard.press("PageDown")
    page.wait_for_url(f"{base}second.html{LESSON}")
    status.get_by_text("Second page: 1 of 1").wait_for()
    assert page.evaluate(SEEN) == "One alone|plane"
    assert page.get_by_role("button", name="Next").is_disabled()
    page.keyboard.press("PageUp")
    page.wait_for_url(f"{base}first.html{LESSON}#end-of-lesson")
    status.get_by_text("First page: 4 of 4").wait_for()
    page.keyboard.press("Escape")
    page.wait_for_url(f"{base}first.html")
    page.get_by_text("Text that a reader reads.").wait_for()
    assert not page.query_selector(".lesson-bar")


def test_arrow_keys_stay_with_the_interactive_and_it_fills_the_screen(widget_book, serving, open_page):
    base = serving(widget_book)
    page = open_page(f"{base}first.html{LESSON}", base)
    page.get_by_role("button", name="Next").click()
    tip = page.get_by_role("slider", name="a").first
    tip.focus()
    before = tip.get_attribute("aria-valuetext")
    page.keyboard.press("ArrowRight")
    assert tip.get_attribute("aria-valuetext") != before
    assert page.evaluate(SEEN) == SLIDES[1]
    box = page.locator(".widget-subarea:visible").bounding_box()
    assert box["width"] > 600
    assert page.evaluate(FONT) > 20


@pytest.mark.parametrize(
    "address", ["", "?lesson=", "?lesson=second", "?lesson=javascript:alert(1)", "?lesson=../x"]
)
def test_without_a_lesson_the_page_is_as_it_was(widget_book, serving, open_page, address):
    base = serving(widget_book)
    page = open_page(f"{base}first.html{address}", base)
    page.get_by_text("Text that a reader reads.").wait_for()
    assert not page.query_selector(".lesson-bar")


def test_it_fits_a_phone_and_follows_the_dark_theme(widget_book, serving, open_page):
    base = serving(widget_book)
    page = open_page(f"{base}first.html{LESSON}", base)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Next").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    colors = [int(number) for number in re.findall(r"\d+", page.evaluate(BACKGROUND))[:3]]
    assert max(colors) < 90
