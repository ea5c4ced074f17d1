"""The window slider, moved by keyboard, mouse and finger; what it shows against what the library computes."""

import re

import numpy as np
import pytest
from browsing import number
from embedding_geometry.cooccurrence import aligned_layouts, window_embedding
from embedding_geometry.corpus import toy_corpus, toy_words
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.retrieval import precision_at_k

WORDS = toy_words()
CLASSES = {"part of speech": WORDS["part"].to_numpy(), "topic": WORDS["topic"].to_numpy()}
WINDOWS = range(1, 13)
READ = """(e) => {
  const all = (selector) => [...e.querySelectorAll(selector)];
  const cells = (table) => all(`${table} tbody tr`).map((row) => [...row.children].map((c) => c.textContent));
  const drawn = (path) => [path.getAttribute("d"), getComputedStyle(path).fill];
  const look = (of) => drawn(of.querySelector("path"));
  return {
    reach: e.querySelector("output").textContent,
    spoken: e.querySelector('input[type="range"]').getAttribute("aria-valuetext"),
    purity: cells(".eg-purity"),
    bars: all(".eg-purity .eg-bar span").map((bar) => bar.style.backgroundSize),
    points: Object.fromEntries(all(".eg-point").map((p) => [p.querySelector("title").textContent, {
      place: p.style.transform.match(/-?[0-9.]+(?=px)/g).map(Number), look: look(p),
      near: p.classList.contains("eg-near"), self: p.classList.contains("eg-self") }])),
    followed: e.querySelector(".eg-followed").textContent,
    nearest: cells(".eg-nearest"),
    legend: all(".eg-legend li").map((li) => [li.textContent, look(li)]),
  };
}"""


@pytest.fixture(scope="module")
def address(widget_pages):
    """Return the page with two sliders."""
    return f"{widget_pages}windows.html"


@pytest.fixture(scope="module")
def page(open_shared_page, address):
    return open_shared_page(address)


@pytest.fixture
def widget(page):
    """Return the slider at the narrowest window, following the first word."""
    widget = page.locator(".eg-window-widget").first
    widget.locator(".eg-point").first.wait_for()
    slider(widget).press("Home")
    widget.get_by_role("radio", name="part of speech").check()
    widget.get_by_label("follow the word").select_option("ship")
    return widget


@pytest.fixture(scope="module")
def embeddings():
    """Compute what the library makes of the same corpus."""
    return [window_embedding(toy_corpus(), WORDS["word"], window) for window in WINDOWS]


def slider(widget):
    return widget.locator('input[type="range"]')


def read(widget):
    return widget.evaluate(READ)


def assert_shows(seen, embeddings, window, word="ship"):
    """Assert that everything on the widget is what the library computes for this window and word."""
    near = neighbor_graph(embeddings[window - 1], 5).indices
    assert seen["reach"] == seen["spoken"] == f"{window} word{'s' * (window > 1)} on each side"
    for (name, share, _, chance), bar in zip(seen["purity"], seen["bars"], strict=True):
        labels = CLASSES[name]
        expected = precision_at_k(labels[near] == labels[:, np.newaxis], 5).mean()
        assert float(share) == pytest.approx(expected, abs=0.00501)
        assert float(bar.partition("%")[0]) == pytest.approx(100 * expected)
        assert chance == f"{15 / 63:.2f}"  # 15 others of the same kind among 63
    row = WORDS["word"].to_list().index(word)
    expected = [[WORDS["word"][j], WORDS["part"][j], WORDS["topic"][j]] for j in near[row]]
    assert seen["nearest"] == expected
    assert {w for w, point in seen["points"].items() if point["near"]} == {line[0] for line in expected}
    assert [w for w, point in seen["points"].items() if point["self"]] == [seen["followed"]] == [word]


def assert_marked_by(seen, labels):
    """Assert that every word has the mark and the colour that the legend gives to its label."""
    legend = dict(seen["legend"])
    assert len({mark for mark, _ in legend.values()}) == len(legend) == 4
    assert len({colour for _, colour in legend.values()}) == 4
    for word, label in zip(WORDS["word"], labels, strict=True):
        assert seen["points"][word]["look"] == legend[label]


def test_every_window_shows_what_the_library_computes(widget, embeddings):
    layouts = np.array(aligned_layouts(embeddings))
    layouts /= np.abs(layouts).max()
    for window in WINDOWS:
        seen = read(widget)
        assert_shows(seen, embeddings, window)
        places = np.array([seen["points"][word]["place"] for word in WORDS["word"]])
        assert (places - 200) / [178, -178] == pytest.approx(layouts[window - 1], abs=6e-4)
        assert (places > 0).all()
        assert (places < 400).all()
        slider(widget).press("ArrowRight")
    assert_shows(read(widget), embeddings, 12)  # the end of the slider


def test_lesson_from_part_of_speech_to_topic(widget):
    narrow = {name: float(share) for name, share, *_ in read(widget)["purity"]}
    slider(widget).press("End")
    wide = {name: float(share) for name, share, *_ in read(widget)["purity"]}
    assert narrow["part of speech"] > 0.95 > 0.9 < wide["topic"]
    assert narrow["topic"] < 0.4
    assert wide["part of speech"] < 0.3


def test_colours_and_marks_follow_the_choice(widget):
    assert_marked_by(read(widget), WORDS["part"])
    widget.get_by_role("radio", name="topic").check()
    assert_marked_by(read(widget), WORDS["topic"])


def test_any_word_can_be_followed_by_keyboard_and_by_mouse(widget, embeddings):
    widget.get_by_label("follow the word").focus()
    widget.page.keyboard.press("b")  # the first word with a b
    assert_shows(read(widget), embeddings, 1, "bakes")
    slider(widget).press("End")
    places = {word: point["place"] for word, point in read(widget)["points"].items()}
    for word in ("violin", "lavishly", "salty"):
        # Marks overlap: beside the word, on the side away from its nearest neighbour on the map.
        x, y = places[word]
        others = [place for other, place in places.items() if other != word]
        away = np.subtract((x, y), min(others, key=lambda place: np.hypot(place[0] - x, place[1] - y)))
        click(widget, np.add((x, y), 2 * away / np.hypot(*away)))
        assert_shows(read(widget), embeddings, 12, word)
    click(widget, (5, 5))  # far from all
    assert read(widget)["followed"] == "salty"


def click(widget, place):
    """Click at a place of the drawing, given in units of its viewBox."""
    drawing = widget.locator("svg.eg-plane")
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    widget.page.mouse.click(
        box["x"] + place[0] * box["width"] / 400, box["y"] + place[1] * box["height"] / 400
    )


def test_mouse_drags_the_slider(widget, embeddings):
    slider(widget).scroll_into_view_if_needed()
    box = slider(widget).bounding_box()
    y = box["y"] + box["height"] / 2
    mouse = widget.page.mouse
    mouse.move(box["x"] + 8, y)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2, y, steps=5)
    middle = int(re.match(r"\d+", read(widget)["reach"])[0])
    assert middle in (6, 7)
    assert_shows(read(widget), embeddings, middle)
    mouse.move(box["x"] + box["width"] + 30, y, steps=5)
    mouse.up()
    assert_shows(read(widget), embeddings, 12)


def test_finger_works_on_a_phone(open_page, address, embeddings):
    page = open_page(address, width=390, height=800, touch=True, is_mobile=True, dark=True)
    widget = page.locator(".eg-window-widget").first
    widget.locator(".eg-point").first.wait_for()
    box = slider(widget).bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2)
    assert_shows(read(widget), embeddings, 12)
    widget.get_by_role("radio", name="topic").tap()
    assert_marked_by(read(widget), WORDS["topic"])
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_screen_reader_hears_the_purities_once(widget):
    region = widget.locator('[aria-live="polite"]')
    widget.page.wait_for_timeout(700)
    region.evaluate(
        """(region) => {
          region.said = [];
          const note = () => region.said.push(region.textContent);
          new MutationObserver(note).observe(region, { childList: true });
        }"""
    )
    for _ in range(5):
        slider(widget).press("ArrowRight")
    widget.page.wait_for_timeout(900)
    (said,) = region.evaluate("(e) => e.said")
    shares = dict(row[:2] for row in read(widget)["purity"])
    assert said == (
        f"6 words on each side; neighbours of the same part of speech {shares['part of speech']}, "
        f"neighbours of the same topic {shares['topic']}"
    )
    assert shares["topic"] in widget.locator("svg.eg-plane").get_attribute("aria-label")


def test_points_glide_only_for_those_who_like_motion(widget):
    duration = "(e) => getComputedStyle(e).transitionDuration"
    point = widget.locator(".eg-point").first
    assert point.evaluate(duration) == "0s"  # these pages ask for reduced motion
    widget.page.emulate_media(reduced_motion="no-preference")
    assert number(point.evaluate(duration).removesuffix("s")) > 0
    widget.page.emulate_media(reduced_motion="reduce")


def test_other_corpora_and_starts(page):
    widget = page.locator(".eg-window-widget").nth(1)
    seen = read(widget)
    assert seen["reach"] == "3 words on each side"
    assert seen["followed"] == "b"
    assert [row[0] for row in seen["purity"]] == ["kind"]
    assert len(seen["nearest"]) == 1
    # One of three words has no other of its kind, the other two have one among two.
    assert seen["purity"][0][3] == f"{2 / 6:.2f}"
    slider(widget).press("ArrowLeft")
    assert read(widget)["reach"] == "1 word on each side"
