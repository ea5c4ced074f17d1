"""The word explorer against the library, on the same 8-bit words; and how it gets them."""

import json
from collections import Counter

import numpy as np
import pytest
from browsing import heard_after, hold_the_clock, number
from embedding_geometry.neighbors import nearest_neighbors
from embedding_geometry.widgets.word_data import FILE_NAME, packed_words, quantize_rows
from embedding_geometry.wordvectors import close_spellings, load_word_vectors
from gensim.models import KeyedVectors
from gensim.test.utils import datapath

METRICS = ("cosine", "dot", "euclidean")
RESULTS = """(el) => ({
  caption: el.querySelector(".eg-results caption").textContent,
  rows: [...el.querySelectorAll(".eg-results tbody tr")].map((row) =>
    [row.querySelector("th").textContent, row.querySelector("td").textContent])
})"""


@pytest.fixture(scope="module")
def vectors():
    """Return the words as the library has them."""
    return load_word_vectors()


@pytest.fixture(scope="module")
def browser_vectors(vectors):
    """Return the words as the browser has them: from 8-bit numbers."""
    codes, scales = quantize_rows(vectors.vectors)
    dequantized = KeyedVectors(vectors.vector_size)
    dequantized.add_vectors(vectors.index_to_key, codes * scales[:, np.newaxis])
    return dequantized


@pytest.fixture(scope="module")
def page(open_shared_page, widget_pages):
    """Return a page with three explorers, with the words loaded."""
    page = open_shared_page(f"{widget_pages}explorers.html")
    for widget in page.locator(".eg-words-widget").all():
        widget.scroll_into_view_if_needed()
        widget.locator(".eg-results tbody tr").first.wait_for()
    return page


@pytest.fixture
def explorer(page):
    """Return the explorer that does everything."""
    return page.locator(".eg-words-widget").first


def type_word(explorer, label, word):
    """Type into a field, and press Enter."""
    field = explorer.locator(f'label:text-is("{label}") input')
    field.fill(word)
    field.press("Enter")


def look_up(explorer, word, metric=None):
    """Type a word, choose a measure if one is given; return what is found: words and numbers."""
    if not explorer.get_by_label("neighbours").is_checked():
        explorer.get_by_label("neighbours").check()
    if metric:
        explorer.get_by_label("by").select_option(metric)
    type_word(explorer, "word", word)
    return results(explorer, f"Nearest to {word} by ")


def ask_analogy(explorer, a, b, c):
    """Type three words; return what is found."""
    if not explorer.get_by_label("analogy a \u2212 b + c").is_checked():
        explorer.get_by_label("analogy a \u2212 b + c").check()
    for label, word in zip(["a", "\u2212 b", "+ c"], (a, b, c), strict=True):
        type_word(explorer, label, word)
    return results(explorer, f"Nearest to {a} \u2212 {b} + {c} by ")


def results(explorer, caption):
    shown = explorer.evaluate(RESULTS)
    assert shown["caption"].startswith(caption)
    return [(word, number(text)) for word, text in shown["rows"]]


def assert_same(shown, expected):
    """Words and numbers agree to the third decimal; words with the same three decimals may change places."""
    assert len(shown) == len(expected)
    assert [value for _, value in shown] == pytest.approx([value for _, value in expected], abs=5.1e-4)
    expected_values = dict(expected)
    for (shown_word, value), (word, _) in zip(shown, expected, strict=True):
        if shown_word != word:
            assert expected_values.get(shown_word, value) == pytest.approx(value, abs=6e-4)


def expected_neighbors(keyed_vectors, word, metric, k=10):
    """Return what the library finds."""
    if metric == "cosine":
        return keyed_vectors.most_similar(word, topn=k)
    row = keyed_vectors.key_to_index[word]
    found = nearest_neighbors(
        keyed_vectors.vectors, keyed_vectors.vectors[row], k, metric=metric, exclude=[row]
    )
    return [
        (keyed_vectors.index_to_key[i], float(s)) for i, s in zip(found.indices, found.scores, strict=True)
    ]


def sample_words(vectors, n):
    """Return words from the most to the least frequent, with some that are hard to type or to print."""
    rows = np.random.default_rng(11).choice(len(vectors), n, replace=False)
    return ["cat", "the", ",", "'s", "u.s.", "1", *(vectors.index_to_key[row] for row in rows)]


@pytest.mark.parametrize("metric", METRICS)
def test_neighbors_are_those_of_the_library(explorer, vectors, browser_vectors, metric):
    overlaps = []
    look_up(explorer, "dog", metric)
    for word in sample_words(vectors, 54):
        shown = look_up(explorer, word)
        assert_same(shown, expected_neighbors(browser_vectors, word, metric))
        true = {other for other, _ in expected_neighbors(vectors, word, metric)}
        overlaps.append(len(true & {other for other, _ in shown}) / 10)
    assert np.mean(overlaps) >= 0.97


def test_eight_bits_change_no_cosine_by_a_hundredth(vectors, browser_vectors):
    rows = np.random.default_rng(12).choice(len(vectors), 1_000, replace=False)
    true, rounded = (
        v.get_normed_vectors()[rows] @ v.get_normed_vectors()[rows].T for v in (vectors, browser_vectors)
    )
    # Over all pairs of the 30,113 words: 0.0095 at the most, 0.00097 on average.
    assert np.abs(true - rounded).max() < 0.0096
    assert np.abs(true - rounded).mean() < 0.0012


def analogy_questions(n):
    """Return questions of the benchmark, from all over it, as the words a, b and c of a - b + c."""
    with open(datapath("questions-words.txt"), encoding="utf-8") as lines:
        questions = [line.lower().split() for line in lines if not line.startswith(":")]
    chosen = np.random.default_rng(13).choice(len(questions), n, replace=False)
    return [(b, a, c) for a, b, c, _ in (questions[i] for i in chosen)]


@pytest.mark.parametrize("exclude_inputs", [True, False])
def test_analogies_are_those_of_the_library(explorer, browser_vectors, exclude_inputs):
    ask_analogy(explorer, "king", "man", "woman")
    explorer.get_by_label("leave out a, b and c").set_checked(exclude_inputs)
    for a, b, c in analogy_questions(30):
        if exclude_inputs:
            expected = browser_vectors.most_similar(positive=[a, c], negative=[b], topn=10)
        else:
            unit = {word: browser_vectors.get_vector(word, norm=True) for word in (a, b, c)}
            expected = browser_vectors.similar_by_vector(unit[a] - unit[b] + unit[c], topn=10)
        assert_same(ask_analogy(explorer, a, b, c), expected)


def test_example_questions_and_number_of_answers(page, browser_vectors):
    explorer = page.locator(".eg-words-widget").nth(1)
    for button in explorer.get_by_role("button", name="\u2212").all():
        a, b, c = button.text_content().replace("\u2212", "+").split(" + ")
        button.click()
        shown = results(explorer, f"Nearest to {a} \u2212 {b} + {c} by ")
        assert_same(shown, browser_vectors.most_similar(positive=[a, c], negative=[b], topn=5))


def test_state_from_python_is_where_the_reader_starts(page, browser_vectors):
    shown = results(page.locator(".eg-words-widget").nth(2), "Nearest to dog by dot product")
    assert_same(shown, expected_neighbors(browser_vectors, "dog", "dot"))


@pytest.mark.parametrize(
    "typed", ["gaurd", "womenn", "qeen", "frnace", "zzzzqqq", "xq", "élan vital", "<b>cat</b>"]
)
def test_misspelt_word_gets_the_suggestions_of_the_library(explorer, vectors, typed):
    explorer.get_by_label("neighbours").check()
    field = explorer.get_by_label("word", exact=True)
    field.fill(typed)
    field.press("Enter")
    message = explorer.locator(".eg-message")
    close = close_spellings(typed, vectors.index_to_key)
    assert f"\u201c\u2068{typed}\u2069\u201d is not among these 30,113 words" in message.text_content()
    assert message.get_by_role("button").all_text_contents() == close
    assert field.get_attribute("aria-invalid") == "true"
    assert not explorer.locator(".eg-results").is_visible()
    if not close:
        assert "No word is spelt like it" in message.text_content()
        return
    message.get_by_role("button").first.click()
    assert len(results(explorer, f"Nearest to {close[0]} by ")) == 10
    assert field.get_attribute("aria-invalid") == "false"
    assert field.input_value() == close[0]


def test_no_word_is_asked_for(explorer):
    explorer.get_by_label("neighbours").check()
    field = explorer.get_by_label("word", exact=True)
    field.fill("   ")
    field.press("Enter")
    message = explorer.locator(".eg-message")
    assert message.text_content() == "Type a word, such as music"
    message.get_by_role("button").click()
    assert len(results(explorer, "Nearest to music by ")) == 10


@pytest.mark.parametrize("typed", ["x" * 10_000, "\u202eabc"], ids=["long", "right to left"])
def test_odd_word_neither_stops_nor_widens_nor_turns_the_page(explorer, typed):
    explorer.get_by_label("neighbours").check()
    field = explorer.get_by_label("word", exact=True)
    field.fill(typed)
    page = explorer.page
    started = page.evaluate("performance.now()")
    field.press("Enter")
    told = explorer.locator(".eg-message").text_content()
    assert page.evaluate("performance.now()") - started < 1_000
    assert "\u2069\u201d is not among these" in told
    assert len(told) < 150
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_capitals_and_spaces_are_no_mistake(explorer, browser_vectors):
    field = explorer.get_by_label("word", exact=True)
    explorer.get_by_label("neighbours").check()
    explorer.get_by_label("by").select_option("cosine")
    field.fill("  Paris ")
    field.press("Tab")
    assert_same(results(explorer, "Nearest to paris by cosine"), browser_vectors.most_similar("paris"))


def test_neighbor_leads_to_its_own_neighbors(explorer):
    look_up(explorer, "cat", "cosine")
    second = explorer.locator(".eg-results tbody button").nth(1)
    word = second.text_content()
    second.click()
    results(explorer, f"Nearest to {word} by cosine")
    # From an analogy too.
    ask_analogy(explorer, "king", "man", "woman")
    explorer.get_by_label("leave out a, b and c").check()
    explorer.get_by_role("button", name="queen", exact=True).click()
    results(explorer, "Nearest to queen by cosine")


def test_keyboard_alone_does_everything(explorer, vectors):
    keyboard = explorer.page.keyboard
    look_up(explorer, "cat", "cosine")
    explorer.get_by_label("neighbours").focus()
    keyboard.press("ArrowRight")
    assert explorer.get_by_label("analogy a \u2212 b + c").is_checked()
    keyboard.press("ArrowLeft")
    keyboard.press("Tab")
    keyboard.press("Control+a")
    keyboard.type("qeen")
    keyboard.press("Tab")  # to the measure, which takes the word over
    keyboard.press("Tab")  # to the first suggestion
    first, *_ = close_spellings("qeen", vectors.index_to_key)
    assert explorer.evaluate("() => document.activeElement.textContent") == first
    keyboard.press("Enter")
    results(explorer, f"Nearest to {first} by ")
    assert explorer.evaluate("(e) => e.contains(document.activeElement)"), "the keyboard lost its place"
    explorer.locator(".eg-results tbody button").first.focus()
    word = explorer.evaluate("() => document.activeElement.textContent")
    keyboard.press("Space")
    results(explorer, f"Nearest to {word} by ")
    assert explorer.evaluate("(e) => e.contains(document.activeElement)"), "the keyboard lost its place"


def test_screen_reader_hears_the_nearest_once(open_page, widget_pages):
    explorer = (
        open_page(f"{widget_pages}explorers.html", before=hold_the_clock).locator(".eg-words-widget").first
    )
    explorer.scroll_into_view_if_needed()
    explorer.locator(".eg-results tbody tr").first.wait_for()
    (said,) = heard_after(explorer, lambda: look_up(explorer, "paris"))
    nearest = ", ".join(f"{word} {value:.3f}" for word, value in look_up(explorer, "paris")[:3])
    assert said == f"paris: {nearest}"


def words_asked(page):
    return sum(url.endswith(f"/{FILE_NAME}") for url in page.watch.requests)


def test_words_are_fetched_once_and_only_when_needed(open_page, widget_pages):
    page = open_page(f"{widget_pages}explorers.html")
    page.locator(".eg-words-widget").nth(2).locator("select").wait_for(state="attached")
    page.wait_for_timeout(300)
    assert words_asked(page) == 0, "the words were fetched before anyone came near"
    for widget in page.locator(".eg-words-widget").all():
        widget.scroll_into_view_if_needed()
        widget.locator(".eg-results tbody tr").first.wait_for()
    page.locator(".eg-words-widget").first.get_by_label("by").select_option("dot")
    assert words_asked(page) == 1
    assert len(packed_words()) <= 2_000_000
    counts = Counter(page.watch.requests)
    assert max(counts.values()) == 1, counts.most_common(2)


def open_far_above(open_page, widget_pages, answer):
    """Open the page of explorers with a word file that is answered by `answer`, and go to the first."""
    page = open_page(
        f"{widget_pages}explorers.html", before=lambda page: page.route(f"**/{FILE_NAME}", answer)
    )
    explorer = page.locator(".eg-words-widget").first
    explorer.scroll_into_view_if_needed()
    return page, explorer


def test_loading_is_seen(open_page, widget_pages):
    held = []
    _, explorer = open_far_above(open_page, widget_pages, lambda route: held.append(route))
    explorer.get_by_text("Loading the words (1.9 MB, once)").wait_for()
    assert explorer.get_attribute("aria-busy") == "true"
    # What the reader does meanwhile counts.
    explorer.get_by_label("word", exact=True).fill("dog")
    explorer.get_by_label("word", exact=True).press("Enter")
    held[0].continue_()
    explorer.locator(".eg-results tbody tr").first.wait_for()
    assert explorer.get_attribute("aria-busy") is None
    assert "Loading" not in explorer.text_content()
    results(explorer, "Nearest to dog by cosine")


FAILURES = {
    "HTTP 500": (lambda route: route.fulfill(status=500, body="no"), "the server answered 500"),
    "cut short": (
        lambda route: route.fulfill(body=packed_words()[:1_000_000]),
        "the file of words is cut short",
    ),
    "empty": (lambda route: route.fulfill(body=b""), "the file of words is cut short"),
    "no network": (lambda route: route.abort(), "could not be loaded"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_failure_is_told_and_can_be_tried_again(open_page, widget_pages, failure):
    answer, told = FAILURES[failure]
    attempts = []

    def fail_once(route):
        attempts.append(route)
        return answer(route) if len(attempts) == 1 else route.continue_()

    page, explorer = open_far_above(open_page, widget_pages, fail_once)
    message = explorer.locator(".eg-message")
    message.get_by_role("button", name="Try again").wait_for()
    assert "The words could not be loaded" in message.text_content()
    assert told in message.text_content()
    message.get_by_role("button", name="Try again").focus()
    page.keyboard.press("Enter")
    explorer.locator(".eg-results tbody tr").first.wait_for()
    assert message.text_content() == ""
    assert explorer.evaluate("(e) => e.contains(document.activeElement)"), "the keyboard lost its place"
    # The browser itself complains of the failure that this test makes, and of nothing else.
    complaints = [p for p in page.watch.problems if FILE_NAME not in p and "Failed to load resource" not in p]
    assert complaints == []
    page.watch.problems.clear()


def test_words_are_in_no_page(widget_book):
    for page in widget_book.glob("*.html"):
        assert page.stat().st_size < 400_000
    states = json.loads(
        (widget_book / "explorers.html")
        .read_text(encoding="utf-8")
        .partition("widget-state+json")[2]
        .partition(">")[2]
        .partition("</script>")[0]
    )["state"]
    for spec in states.values():
        assert "buffers" not in spec or not spec["buffers"]
