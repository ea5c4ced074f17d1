"""The plane, moved by mouse, finger and keyboard; every number beside it against the library's."""

import numpy as np
import pytest
from browsing import heard_after, hold_the_clock
from matplotlib.path import Path
from plane_reading import READ, assert_shows_what_the_library_computes, positions
from pointer import drag, swipe, to_screen

from tools.local_browser import wait_until

RULE = np.array([1, 0.5, 0.25])
START = np.array([[1, 0.9], [0.9, 1], [-1, 0.2]])


@pytest.fixture(scope="module")
def page(open_shared_page, widget_pages):
    """Return a page with three planes."""
    return open_shared_page(f"{widget_pages}planes.html")


@pytest.fixture
def plane(page):
    """Return the plane that shows everything, as it is at the start."""
    widget = wait_for(page)
    widget.get_by_role("button", name="Reset").click()
    return widget


def wait_for(page, index=0):
    widget = page.locator(".eg-plane-widget").nth(index)
    widget.locator(".eg-handle").first.wait_for()
    widget.scroll_into_view_if_needed()
    return widget


def handle(widget, name):
    return widget.locator(f'.eg-handle[aria-label^="{name}"]')


def rule_of(widget):
    """Return the weights and the bias that the plane says it has."""
    spoken = handle(widget, "weights").get_attribute("aria-valuetext")
    texts = [*spoken.removeprefix("w is ").split(", "), widget.locator("output").text_content()]
    return np.array([float(text.replace("\u2212", "-")) for text in texts])


def assert_labels_inside(widget):
    outside = widget.locator("svg").evaluate(
        """(drawing) => {
          const edge = drawing.getBoundingClientRect();
          return [...drawing.querySelectorAll("text")].filter((text) => {
            const box = text.getBoundingClientRect();
            return box.left < edge.left || box.right > edge.right || box.top < edge.top
              || box.bottom > edge.bottom;
          }).map((text) => text.textContent);
        }"""
    )
    assert outside == []


def test_starts_with_the_vectors_of_python(plane):
    labels, X = positions(plane)
    assert labels == ["cat", "dog", "car"]
    assert (X == START).all()
    assert_shows_what_the_library_computes(plane, START, rule=RULE)


def test_mouse_moves_vectors_anywhere(plane):
    rng = np.random.default_rng(5)
    X = START.copy()
    for turn in range(24):
        i, target = turn % 3, rng.uniform(-1.6, 1.6, 2)  # past the edge too
        if any(np.hypot(*(X[j] - X[i])) < 1e-6 for j in range(3) if j != i):
            continue  # two tips at one place
        # A tip on the edge is taken hold of a little inside.
        hold = np.clip(X[i], -1.45, 1.45)
        drag(plane, hold, target + hold - X[i])
        _, shown = positions(plane)
        assert shown[i] == pytest.approx(np.clip(target, -1.5, 1.5), abs=0.006)
        assert (np.delete(shown, i, 0) == np.delete(X, i, 0)).all()
        X = shown
        assert_shows_what_the_library_computes(plane, X, rule=RULE)
        assert_labels_inside(plane)


def test_other_buttons_of_the_mouse_move_nothing(plane):
    plane.page.mouse.move(*to_screen(plane, *START[2]))
    plane.page.mouse.down(button="right")
    plane.page.mouse.move(*to_screen(plane, 0, -1))
    plane.page.mouse.up(button="right")
    assert (positions(plane)[1] == START).all()


def test_touch_moves_a_vector_and_not_the_page(open_page, widget_pages):
    page = open_page(f"{widget_pages}planes.html", width=390, height=800, touch=True, is_mobile=True)
    plane = wait_for(page)
    rng = np.random.default_rng(6)
    X = START.copy()
    for i, target in enumerate(rng.uniform(-1.4, 1.4, (3, 2))):
        scrolled = page.evaluate("scrollY")
        path = [X[i] + (target - X[i]) * part for part in (0, 0.25, 0.5, 0.75, 1)]
        swipe(page, [to_screen(plane, *place) for place in path])
        _, X = positions(plane)
        assert X[i] == pytest.approx(target, abs=0.01)
        assert_shows_what_the_library_computes(plane, X, rule=RULE)
        assert page.evaluate("scrollY") == scrolled
    # Beside the handles a finger scrolls the page, as everywhere.
    x, y = to_screen(plane, -1.3, -1.3)
    swipe(page, [(x, y - 40 * step) for step in range(5)])
    wait_until(page, f"scrollY > {scrolled}")


def test_arrow_keys_move_by_a_tenth_and_a_hundredth(plane):
    keys = {"ArrowLeft": (-1, 0), "ArrowRight": (1, 0), "ArrowUp": (0, 1), "ArrowDown": (0, -1)}
    rng = np.random.default_rng(7)
    X = START.copy()
    handle(plane, "dog").focus()
    for key in rng.choice(list(keys), 40):
        fine = rng.random() < 0.5
        plane.page.keyboard.press(f"Shift+{key}" if fine else key)
        X[1] = np.clip((X[1] + np.array(keys[key]) * (0.01 if fine else 0.1)).round(2), -1.5, 1.5)
        assert positions(plane)[1] == pytest.approx(X)
    assert_shows_what_the_library_computes(plane, X, rule=RULE)
    plane.page.keyboard.press("Control+ArrowLeft")  # the reader's own shortcuts stay theirs
    assert positions(plane)[1] == pytest.approx(X)


def test_keyboard_alone_reaches_and_works_everything(plane):
    plane.page.keyboard.press("Tab")
    reached = []
    handle(plane, "weights").focus()
    for _ in range(13):
        reached.append(
            plane.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.tagName")
        )
        plane.page.keyboard.press("Tab")
    tips = [f"{name}, tip of the vector" for name in ("cat", "dog", "car")]
    fields = [f"{axis} of {name}" for name in ("cat", "dog", "car") for axis in "xy"]
    assert reached[:8] == ["weights of the rule", *tips, "INPUT", "INPUT", "SELECT", "BUTTON"]
    assert reached[8:] == fields[:5]
    focused = "(e) => getComputedStyle(e.querySelector('.eg-focus')).stroke"
    resting = handle(plane, "cat").evaluate(focused)
    handle(plane, "cat").focus()
    plane.page.keyboard.press("ArrowUp")
    assert handle(plane, "cat").evaluate(focused) != resting, "nothing shows where the keyboard is"


@pytest.mark.parametrize("typed", ["0.75", "-1.234", "0", "7", "-9"])
def test_typed_numbers_are_kept_inside_and_rounded_as_shown(plane, typed):
    for axis, name in [("x", "cat"), ("y", "car")]:
        field = plane.get_by_label(f"{axis} of {name}", exact=True)
        field.fill(typed)
        field.press("Enter")
    kept = np.clip(round(float(typed), 2), -1.5, 1.5)
    X = START.copy()
    X[0, 0] = X[2, 1] = kept
    assert_shows_what_the_library_computes(plane, X, rule=RULE)


def test_emptied_field_goes_back(plane):
    field = plane.get_by_label("x of cat", exact=True)
    field.fill("")
    field.press("Tab")
    assert (positions(plane)[1] == START).all()


def test_zero_vector_has_no_direction(plane):
    for axis in "xy":
        plane.get_by_label(f"{axis} of dog", exact=True).fill("0")
        plane.get_by_label(f"{axis} of dog", exact=True).press("Enter")
    X = START.copy()
    X[1] = 0
    assert_shows_what_the_library_computes(plane, X, rule=RULE)
    assert "undefined" in plane.text_content()
    assert "NaN" not in plane.evaluate("(e) => e.outerHTML")


def test_rule_follows_its_weights_and_its_offset(plane):
    rng = np.random.default_rng(8)
    for _ in range(6):
        drag(plane, rule_of(plane)[:2], rng.uniform(-1.4, -0.3, 2))  # where no vector's tip is
        plane.locator('input[type="range"]').fill(f"{rng.integers(-40, 41) * 0.05:.2f}")
        assert_shows_what_the_library_computes(plane, START, rule=rule_of(plane))
        assert_line_is_the_rule(plane)
    slider = plane.locator('input[type="range"]')
    before = rule_of(plane)[2]
    slider.press("ArrowRight" if before < 2 else "ArrowLeft")
    assert abs(rule_of(plane)[2] - before) == pytest.approx(0.05)


def assert_line_is_the_rule(plane):
    """The line is where the rule is zero, from edge to edge, and what is coloured is where it says yes."""
    line, points = plane.evaluate(
        """(e) => [["x1", "y1", "x2", "y2"].map((a) => Number(e.querySelector(".eg-rule").getAttribute(a))),
          e.querySelector(".eg-half").getAttribute("points")]"""
    )
    w1, w2, b = rule_of(plane)
    to_plane = np.array([1, -1]) * 1.5 / 200
    coloured = (np.reshape(points.replace(",", " ").split(), (-1, 2)).astype(float) - 200) * to_plane
    assert (coloured @ [w1, w2] + b > -1e-6).all()
    grid = np.stack(np.meshgrid(*[np.linspace(-1.45, 1.45, 30)] * 2), axis=-1).reshape(-1, 2)
    yes = grid @ [w1, w2] + b > 0
    inside = Path(coloured).contains_points(grid) if len(coloured) else np.zeros(len(grid), dtype=bool)
    assert (inside == yes).all()
    if plane.locator(".eg-rule").is_visible():
        ends = (np.reshape(line, (2, 2)) - 200) * to_plane
        assert ends @ [w1, w2] + b == pytest.approx([0, 0], abs=1e-6)
        assert np.abs(ends).max(axis=1) == pytest.approx([1.5, 1.5])
    else:
        assert yes.all() or not yes.any()


def test_rule_without_weights_draws_no_line(plane):
    handle(plane, "weights").focus()
    drag(plane, RULE[:2], (0, 0))
    assert (rule_of(plane)[:2] == 0).all()
    assert not plane.locator(".eg-rule").is_visible()
    assert_line_is_the_rule(plane)
    assert_shows_what_the_library_computes(plane, START, rule=rule_of(plane))


def test_centring_subtracts_the_mean_and_drags_the_centred_vector(plane):
    switch = plane.get_by_label("subtract the mean")
    switch.check()
    assert_shows_what_the_library_computes(plane, START, rule=RULE, centered=True)
    X, n = START.copy(), 3
    targets = [[-0.4, 0.3], [0.5, 0.4], [0.1, -0.5], [0.6, 0.2], [-0.6, -0.1], [0.3, -0.4]]
    for turn, target in enumerate(targets):
        i = turn % 3
        drag(plane, X[i] - X.mean(axis=0), target)
        placed = positions(plane)[1][i]  # the one dragged is put on a hundredth
        assert placed == pytest.approx(target, abs=0.01)
        rest = (X.sum(axis=0) - X[i]) / n
        X[i] = (placed + rest) / (1 - 1 / n)
        assert_shows_what_the_library_computes(plane, X, rule=RULE, centered=True)
        assert_labels_inside(plane)
    switch.uncheck()
    assert_shows_what_the_library_computes(plane, X, rule=RULE)


def test_no_vector_gets_lost_behind_the_edge_by_centring(plane):
    plane.get_by_label("subtract the mean").check()
    for key in ["ArrowRight"] * 30 + ["ArrowUp"] * 30:
        handle(plane, "dog").press(key)
    plane.get_by_label("subtract the mean").uncheck()
    assert np.abs(positions(plane)[1]).max() <= 1.5


def test_nearest_follows_the_metric(plane):
    for metric in ("dot", "euclidean", "cosine"):
        plane.get_by_label("nearest by").select_option(metric)
        assert plane.evaluate(READ)["metric"] == metric
        assert_shows_what_the_library_computes(plane, START, rule=RULE)


def test_reset_brings_everything_back(plane):
    before = plane.evaluate(READ)
    drag(plane, START[2], (0.3, -1))
    plane.get_by_label("nearest by").select_option("dot")
    plane.locator('input[type="range"]').fill("1.5")
    plane.get_by_label("subtract the mean").check()
    assert plane.evaluate(READ) != before
    plane.get_by_role("button", name="Reset").click()
    assert plane.evaluate(READ) == before
    assert rule_of(plane) == pytest.approx(RULE)


def test_screen_reader_hears_the_result_once_after_the_move(open_page, widget_pages):
    plane = wait_for(open_page(f"{widget_pages}planes.html", before=hold_the_clock))
    (said,) = heard_after(plane, lambda: drag(plane, START[2], (-0.4, -0.9), steps=15))
    rows = dict(plane.evaluate(READ)["vectors"])
    x, y = (rows["car"][axis].replace("-", "\u2212") for axis in "xy")
    assert said.startswith(f"car at {x}, {y}; ")
    pairs = dict(plane.evaluate(READ)["pairs"])
    assert f"dot product of cat and car {pairs['cat, car']['dot']}" in said
    assert f"angle of dog and car {pairs['dog, car']['angle']}" in said


def test_other_extents_and_measures(page):
    plane = wait_for(page, index=1)
    X = np.array([[1, 1], [-2, 0.5]])
    assert_shows_what_the_library_computes(plane, X)
    for target in ([2.9, -2.5], [-1, 2.2]):
        drag(plane, X[1], target, extent=3)
        X = positions(plane)[1]
        assert X[1] == pytest.approx(target, abs=0.02)
        assert_shows_what_the_library_computes(plane, X)
        assert_labels_inside(plane)
    assert plane.locator('input[type="range"], input[type="checkbox"]').count() == 0


def test_one_vector_alone_can_be_centred(page):
    plane = wait_for(page, index=2)
    plane.get_by_label("subtract the mean").check()
    handle(plane, "alone").press("ArrowUp")
    assert_shows_what_the_library_computes(plane, [[0.5, 0.5]], centered=True)
    plane.get_by_label("subtract the mean").uncheck()
    assert_shows_what_the_library_computes(plane, [[0.5, 0.5]])


def test_linked_planes_move_together(open_page, widget_pages):
    page = open_page(f"{widget_pages}linked.html")
    first, second, third = (wait_for(page, i) for i in range(3))
    assert (positions(third)[1] == [[1, 0], [0, 1]]).all()
    drag(first, (1, 0), (0.5, -0.5))
    X = positions(first)[1]
    assert X[0] == pytest.approx([0.5, -0.5], abs=0.011)
    for plane in (first, second, third):
        assert_shows_what_the_library_computes(plane, X)
    drag(second, X[1], (-1, -1))  # both ways
    Y = positions(second)[1]
    assert (positions(first)[1] == Y).all()
    drag(third, Y[0], (1.2, 1.2))  # and one way only
    assert (positions(first)[1] == Y).all()
    assert (positions(third)[1] != Y).any()


def test_two_views_of_one_plane_show_the_same(open_page, widget_pages):
    page = open_page(f"{widget_pages}linked.html")
    drag(wait_for(page, 3), (1, 1), (-0.7, 0.6))
    X = positions(wait_for(page, 3))[1]
    assert_shows_what_the_library_computes(wait_for(page, 4), X)


@pytest.mark.parametrize("width", [1280, 390])
def test_boxes_lay_out_their_widgets(open_page, widget_pages, width):
    page = open_page(f"{widget_pages}linked.html", width=width)
    wait_for(page, 2)
    boxes = [page.locator(".eg-plane-widget").nth(i).bounding_box() for i in range(3)]
    assert boxes[1]["x"] == boxes[2]["x"]
    assert boxes[1]["y"] + boxes[1]["height"] <= boxes[2]["y"]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
