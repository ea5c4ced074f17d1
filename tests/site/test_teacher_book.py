"""A teacher's own notebooks: each shows on the site what it shows in JupyterLab, and may do no more."""

import re

import pytest
from axe import violations
from built_pages import soup_of
from plane_reading import assert_shows_what_the_library_computes, positions
from teacher_pages import TEACHER_PAGES

from tools.local_browser import wait_until

AXE_LEAVES = {"media"}  # matplotlib's animation and IPython's frame come without labels of their own
PAGES = [name for name in TEACHER_PAGES if name != "elsewhere"]
DRAWN = {  # how many of what a reader sees, where scripts draw it
    "plotly": ("document.querySelectorAll('.js-plotly-plot .main-svg .point').length", 15),
    "altair": ("document.querySelectorAll('.vega-embed svg.marks').length", 2),
    "bokeh": ("document.querySelectorAll('[data-root-id] > *').length", 1),
}


@pytest.fixture
def show(teacher_book, serving, visit):
    """Open a page of the book by its name."""
    address = serving(teacher_book)
    return lambda name, **options: visit(f"{address}{name}.html", address, **options)


def article(page):
    return page.locator("article").inner_text()


def test_the_build_says_which_page_may_do_what_and_why(teacher_book):
    log = (teacher_book.parents[1] / "build.log").read_text(encoding="utf-8")
    told = dict(
        re.findall(r"^  ([\w\[\], ]+)\.html: (.*)$", log.partition("may do more than")[2], re.MULTILINE)
    )
    assert list(told) == ["altair", "bokeh", "elsewhere", "media", "plotly"]
    for name in ("altair", "bokeh", "plotly"):
        assert told[name] == "script-src 'unsafe-eval' (a script that compiles code)"
    assert told["media"] == "media-src data: (<source>)"
    assert "frame-src https://www.youtube.com (<iframe>)" in told["elsewhere"]
    assert "script-src https://scripts.example.org" in told["elsewhere"]


def test_a_page_without_such_outputs_is_as_strict_as_the_course(teacher_book):
    for name in ("start", "tables", "mathematics", "widgets", "lesson [1], new"):
        policy = soup_of(teacher_book / f"{name}.html").find(
            "meta", {"http-equiv": "Content-Security-Policy"}
        )
        assert "unsafe-eval" not in policy["content"]
        assert "https:" not in policy["content"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_page_runs_without_a_fault(show, name, dark):
    page = show(name, dark=dark)
    if name in DRAWN:
        what, count = DRAWN[name]
        wait_until(page, f"{what} === {count}")
    if name == "widgets":
        page.locator(".standard-widget .widget-slider").first.wait_for()
    assert page.locator(".widget-message").count() == 0
    found = violations(page)
    kinds = ("color-contrast",) if name in (*DRAWN, *AXE_LEAVES) else ("",)
    assert [v for v in found if v.startswith(kinds) and not v.startswith("empty-table-header")] == []
    # Headless Chromium tells of its own drawing.
    page.watch.problems[:] = [p for p in page.watch.problems if not re.search(r"Canvas2D|GL Driver", p)]


@pytest.mark.parametrize("name", DRAWN)
def test_plots_are_drawn_from_disk_too(teacher_book, visit, name):
    page = visit((teacher_book / f"{name}.html").as_uri(), teacher_book.as_uri())
    what, count = DRAWN[name]
    wait_until(page, f"{what} === {count}")
    page.watch.problems[:] = [p for p in page.watch.problems if not re.search(r"Canvas2D|GL Driver", p)]


def test_sounds_frames_animations_and_handlers_work(show):
    page = show("media")
    for sound in page.locator("audio").all():
        sound.evaluate("(e) => e.load()")
    wait_until(page, "[...document.querySelectorAll('audio')].every((e) => e.duration > 0.2)")
    frame = page.frame_locator("iframe").locator("p")
    assert frame.inner_text() == "framed"
    assert frame.evaluate("(e) => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    picture = page.locator("[id^=_anim_img]")
    before = picture.get_attribute("src")
    page.get_by_title("Next frame").click()
    wait_until(
        page, f"document.querySelector('[id^=_anim_img]').getAttribute('src').length !== {len(before)}"
    )
    slider = page.locator(".anim-slider")
    slider.focus()
    slider.press("Home")
    assert picture.get_attribute("src") == before
    page.get_by_label("number").fill("21")
    page.get_by_label("number").press("Tab")
    assert page.locator("article output").inner_text() == "42"
    assert "said by a script" in article(page)
    assert '"answer"' in article(page)
    assert page.get_by_alt_text("beside the notebook").evaluate("(e) => e.naturalWidth") > 0


def test_files_beside_the_notebook_are_on_the_site(teacher_book):
    for name in ("frame.html", "frame.css", "data.csv", "tone.wav", "picture.png"):
        assert (teacher_book / name).read_bytes() == (teacher_book.parents[1] / name).read_bytes()


def test_mathematics_in_outputs_is_set(show):
    page = show("mathematics")
    outputs = page.locator(".cell_output")
    read = "(all) => all.map((e) => [...e.querySelectorAll('annotation')].map((a) => a.textContent.trim()))"
    assert outputs.evaluate_all(read) == [
        ["x^2", r"\int_0^1 x"],
        [r"\alpha", r"\beta^2"],
        [r"\displaystyle \frac{1}{2}"],
        [r"\gamma"],
        [r"\displaystyle \int e^{- x^{2}}\, dx"],
    ]
    assert "Text with" in outputs.nth(1).inner_text()
    assert outputs.nth(0).locator("td").all_inner_texts() == ["1", "2"]
    assert "price $5" in outputs.nth(3).inner_text()
    # A macro holds for the formulas below it.
    assert page.locator("article p math mi, article div.math math mi").filter(has_text="𝐯").count() == 2


def test_widgets_move_each_other_and_keep_their_formulas(show):
    page = show("widgets")
    slider = page.locator(".standard-widget [role=slider]").first
    slider.wait_for()
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.locator("input[type=number]").first.input_value() == "7"
    labels = page.locator(".standard-widget .widget-label").first
    assert labels.locator("math").count() == 1
    tabs = page.get_by_role("tab")
    for name, text in (("two", "as"), ("three", "and")):
        tabs.filter(has_text=name).click()
        shown = page.locator(".widget-tab-contents > :visible")
        assert shown.locator("math").count() == 1, text
    outputs = page.locator(".jupyter-widgets-output-area")
    assert outputs.nth(0).inner_text().strip() == "x is 3"
    assert "inside" in outputs.nth(1).inner_text()
    assert outputs.nth(1).locator("th math").count() == 1
    assert page.get_by_text("3/3").count() == 1
    assert "$" not in page.locator(".standard-widget").all_inner_texts()


def test_a_widget_of_the_course_runs_inside_others(show):
    page = show("widgets")
    plane = page.locator(".standard-widget .eg-plane-widget")
    plane.locator(".eg-handle").first.press("ArrowUp")
    _, X = positions(plane)
    assert X.tolist() == [[1, 0.1], [0, 1]]
    assert_shows_what_the_library_computes(plane, X)


def test_a_notebook_of_another_machine_runs_here_and_shows_its_pasted_picture(teacher_book, show):
    log = (teacher_book.parents[1] / "build.log").read_text(encoding="utf-8")
    assert "lesson [1], new.ipynb asks for another machine's kernel 'conda-env-theirs'" in log
    page = show("lesson%20%5B1%5D,%20new")
    assert "2" in page.locator(".cell_output").inner_text()
    assert page.get_by_alt_text("pasted").evaluate("(e) => e.naturalWidth") > 100


def test_a_good_build_makes_no_noise(teacher_book):
    log = (teacher_book.parents[1] / "build.log").read_text(encoding="utf-8")
    assert not re.search(r"fontTools|IPKernelApp|[Dd]ebugger|WARNING|What stopped it", log)


def test_links_to_a_page_that_was_left_out_are_text(teacher_book):
    spans = soup_of(teacher_book / "start.html").select(".left-out-page")
    assert [span.get_text() for span in spans] == ["left out", "left out", "a place"]
