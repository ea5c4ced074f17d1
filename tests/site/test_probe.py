"""The probe by mouse, touch, keyboard and buttons; every number beside it against scikit-learn's."""

import numpy as np
import pytest
from browsing import number
from embedding_geometry.probes import majority_baseline
from embedding_geometry.widgets.probe import Probe
from pointer import drag, swipe, to_screen
from sklearn.linear_model import LogisticRegression
from widget_pages import MAKE_DATA, MAKE_PROBE, MAKE_SMALL

READ = """(el) => ({
  cells: Object.fromEntries([...el.querySelectorAll("[data-measure]")].map((c) =>
    [c.dataset.measure, c.textContent])),
  rule: el.querySelector(".eg-handle").getAttribute("aria-valuetext"),
  bias: el.querySelector("output").textContent,
  lead: el.querySelector(".eg-lead").textContent,
  status: el.querySelector(".eg-message").textContent,
  line: ["x1", "y1", "x2", "y2"].map((a) => Number(el.querySelector(".eg-rule").getAttribute(a))),
  marks: [...el.querySelectorAll(".eg-points > *")].map((m) => [m.tagName, m.classList.contains("eg-test")]),
  crosses: el.querySelectorAll(".eg-crosses > :not([display=none])").length,
  list: [...el.querySelectorAll(".eg-list tbody tr")].map((r) => [...r.children].map((c) => c.textContent)),
})"""


def make(code):
    """Return the widget that this code makes, here and not on a page."""
    space = {"np": np, "Probe": Probe}
    exec(MAKE_DATA, space)
    *before, last = code.rsplit("\n", 1)
    exec("\n".join(before), space)
    return eval(last, space)


LARGE, SMALL = make(MAKE_PROBE), make(MAKE_SMALL)
PENALTIES = {LARGE: 1.0, SMALL: 100}  # the C of each


@pytest.fixture(scope="module")
def page(open_shared_page, widget_pages):
    """Return the page with both probes."""
    return open_shared_page(f"{widget_pages}probes.html")


@pytest.fixture
def probe(page):
    """Return the probe of many points, as it is at the start."""
    return wait_for(page)


def wait_for(page, index=0):
    widget = page.locator(".eg-probe-widget").nth(index)
    widget.locator(".eg-handle").wait_for()
    widget.scroll_into_view_if_needed()
    press(widget, "Reset")
    return widget


def press(widget, name):
    widget.get_by_role("button", name=name).click()


def rule_of(widget):
    """Return the weights and the bias that the widget says it has."""
    seen = widget.evaluate(READ)
    return np.array([number(t) for t in [*seen["rule"].removeprefix("w is ").split(", "), seen["bias"]]])


def parts(model):
    """Return the points, the real labels and which are held out."""
    X = np.array([[p["x"], p["y"]] for p in model.points])
    labels, test = (np.array([p[key] for p in model.points]) for key in ("label", "test"))
    return X, labels, test


def labels_of(model, shuffle):
    return np.array(model.shuffles[shuffle - 1]) if shuffle else parts(model)[1]


def fit(model, shuffle):
    """Fit scikit-learn's logistic regression to the training points, to many digits."""
    X, _, test = parts(model)
    fitted = LogisticRegression(C=PENALTIES[model], tol=1e-10, max_iter=10_000)
    return fitted.fit(X[~test], labels_of(model, shuffle)[~test])


def assert_is(text, value):
    assert len(text.partition(".")[2]) == 3
    assert number(text) == pytest.approx(value, abs=0.00051)


def assert_fitted_rows(widget, model, *, real, shuffled):
    """Compare the rows of the fitted lines, the baseline and real less shuffled with scikit-learn's."""
    seen, (X, labels, test) = widget.evaluate(READ), parts(model)
    tests = {}
    for name, shuffle in (("real", real), ("shuffled", shuffled)):
        for part, rows in (("train", ~test), ("test", test)):
            text = seen["cells"][f"{name} {part}"]
            if shuffle is None:
                assert text == "–"
                continue
            accuracy = fit(model, shuffle).score(X[rows], labels_of(model, shuffle)[rows])
            assert_is(text, accuracy)
            if part == "test":
                tests[name] = accuracy
    assert_is(seen["cells"]["majority train"], majority_baseline(labels[~test]))
    commonest = np.bincount(labels[~test]).argmax()
    assert_is(seen["cells"]["majority test"], np.mean(labels[test] == commonest))
    if len(tests) == 2:
        result = number(seen["lead"].rpartition("= ")[2].removesuffix("."))
        assert result == pytest.approx(tests["real"] - tests["shuffled"], abs=0.00051)
    else:
        assert "first" in seen["lead"]


def assert_your_line(widget, model, shuffle=0, *, rule=None):
    """Compare the row of the reader's line, its crosses and the list with what the rule says."""
    seen, (X, _, test) = widget.evaluate(READ), parts(model)
    labels = labels_of(model, shuffle)
    w1, w2, b = rule_of(widget) if rule is None else rule
    values = X @ [w1, w2] + b
    rounded = 0.02 if rule is None else 1e-3  # a rule read from the page has two digits
    assert np.abs(values).min() > rounded, "a point too near to the line to say"
    says = (values > 0).astype(int)
    for part, rows in (("train", ~test), ("test", test)):
        assert_is(seen["cells"][f"yours {part}"], np.mean(says[rows] == labels[rows]))
    assert seen["crosses"] == np.sum(says != labels)
    names = np.array(model.class_names)
    assert [row[1] for row in seen["list"]] == names[labels].tolist()
    assert [row[2] for row in seen["list"]] == np.where(test, "test", "train").tolist()
    assert [row[3] for row in seen["list"]] == names[says].tolist()
    assert [tag for tag, _ in seen["marks"]] == np.where(labels == 1, "rect", "circle").tolist()
    assert [hollow for _, hollow in seen["marks"]] == test.tolist()
    ends = (np.reshape(seen["line"], (2, 2)) - 200) * [1, -1] * model.extent / 200
    assert ends @ [w1, w2] + b == pytest.approx([0, 0], abs=0.05 * model.extent)


def test_starts_as_python_made_it(probe):
    assert rule_of(probe) == pytest.approx([0.5, 1, 0.25])
    assert_fitted_rows(probe, LARGE, real=None, shuffled=None)
    assert LARGE.class_names == ["one", "many"]
    assert probe.get_by_role("button", name="Real labels").is_disabled()


def test_each_shuffle_keeps_how_frequent_the_classes_are():
    _, labels, test = parts(LARGE)
    assert len({tuple(s) for s in LARGE.shuffles}) == 3
    for shuffled in map(np.array, LARGE.shuffles):
        assert shuffled[test].sum() == labels[test].sum()
        assert shuffled.sum() == labels.sum()


def test_mouse_turns_the_line(probe):
    # Lines that keep away from every point, wherever within a pixel the pointer lets go.
    for target in ([1.5, -0.4], [-0.7, 1.5], [1.4, 0.55], [-1.3, -0.65]):
        drag(probe, rule_of(probe)[:2], target, extent=LARGE.extent)
        assert rule_of(probe)[:2] == pytest.approx(target, abs=0.011)
        assert_your_line(probe, LARGE)
    assert_fitted_rows(probe, LARGE, real=None, shuffled=None)


def test_keys_move_the_weights_and_the_bias(probe):
    tip, rule = probe.locator(".eg-handle"), rule_of(probe)
    steps = {
        "ArrowRight": (0.1, 0),
        "ArrowUp": (0, 0.1),
        "Shift+ArrowLeft": (-0.01, 0),
        "Shift+ArrowDown": (0, -0.01),
    }
    for key, step in steps.items():
        tip.press(key)
        rule[:2] += step
        assert rule_of(probe) == pytest.approx(rule)
    slider = probe.locator('input[type="range"]')
    before = rule_of(probe)[2]
    slider.press("ArrowRight")
    assert rule_of(probe)[2] > before
    slider.fill(slider.get_attribute("max"))
    assert probe.evaluate(READ)["crosses"] == np.sum(parts(LARGE)[1] == 0), (
        "far off, the rule says one class only"
    )


def test_fit_is_that_of_scikit_learn(probe):
    press(probe, "Fit the line")
    fitted = fit(LARGE, 0)
    w, b = fitted.coef_[0], fitted.intercept_[0]
    times = 0.6 * LARGE.extent / np.linalg.norm(w)
    assert rule_of(probe) == pytest.approx([*times * w, times * b], abs=0.006)
    assert_your_line(probe, LARGE, rule=[*times * w, times * b])
    assert_fitted_rows(probe, LARGE, real=0, shuffled=None)


def test_fits_have_the_weights_of_scikit_learn():
    """The line alone would hide the length of the weights."""
    for model, shuffle in [(LARGE, 0), (LARGE, 1), (LARGE, 2), (SMALL, 0), (SMALL, 4)]:
        expected, found = fit(model, shuffle), model.fits[shuffle]
        weights = [*expected.coef_[0], expected.intercept_[0]]
        assert [found["x"], found["y"], found["bias"]] == pytest.approx(weights, abs=1e-3, rel=1e-3)


def test_shuffles_are_those_of_python_one_after_the_other(probe):
    press(probe, "Fit the line")
    rule = [*fit(LARGE, 0).coef_[0], fit(LARGE, 0).intercept_[0]]
    rule = np.array(rule) * 0.6 * LARGE.extent / np.linalg.norm(rule[:2])
    for shuffle in (1, 2, 3, 1):
        press(probe, "Shuffle the labels")
        assert f"shuffle {shuffle} of 3" in probe.evaluate(READ)["status"]
        assert_your_line(probe, LARGE, shuffle, rule=rule)
        assert_fitted_rows(probe, LARGE, real=0, shuffled=shuffle)
    press(probe, "Fit the line")  # now to the shuffled labels
    fitted = fit(LARGE, 1)
    times = 0.6 * LARGE.extent / np.linalg.norm(fitted.coef_[0])
    assert rule_of(probe)[:2] == pytest.approx(times * fitted.coef_[0], abs=0.006)
    press(probe, "Real labels")
    assert_your_line(probe, LARGE, 0, rule=[*times * fitted.coef_[0], times * fitted.intercept_[0]])
    assert_fitted_rows(probe, LARGE, real=0, shuffled=1)


def test_three_points_can_be_separated_whatever_their_labels(page):
    small = wait_for(page, 1)
    for shuffle in range(6):
        if shuffle:
            press(small, "Shuffle the labels")
        press(small, "Fit the line")
        assert number(small.evaluate(READ)["cells"]["yours train"]) == 1
        assert_fitted_rows(small, SMALL, real=0, shuffled=shuffle or None)


# Of the names of points, w aside: what they are and where they stand, in pixels.
NAME_BOXES = """(root) => [...root.querySelectorAll("svg.eg-plane text")].flatMap((t) => {
  if (t.textContent === "w") return [];
  const { left, right, top, bottom } = t.getBoundingClientRect();
  return [{ text: t.textContent, left, right, top, bottom }];
})"""


def test_words_are_shown_on_demand_and_not_over_each_other(probe):
    texts = probe.locator("svg.eg-plane text")
    assert texts.count() == 1  # w
    probe.get_by_label("show the words").check()
    shown = probe.evaluate(NAME_BOXES)
    assert 10 < len(shown) <= 44
    for i, a in enumerate(shown):
        for b in shown[:i]:
            apart = (
                a["right"] <= b["left"]
                or b["right"] <= a["left"]
                or a["bottom"] <= b["top"] + 3
                or b["bottom"] <= a["top"] + 3
            )
            assert apart, f"{a['text']} is written over {b['text']}"
    probe.get_by_label("show the words").uncheck()
    assert texts.count() == 1


def test_reset_brings_everything_back(probe):
    before = probe.evaluate(READ)
    for name in ("Fit the line", "Shuffle the labels", "Fit the line"):
        press(probe, name)
    assert probe.evaluate(READ) != before
    press(probe, "Reset")
    assert probe.evaluate(READ) == before


def test_keyboard_reaches_everything(probe):
    probe.locator(".eg-handle").focus()
    reached = []
    for _ in range(8):
        reached.append(
            probe.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.textContent")
        )
        probe.page.keyboard.press("Tab")
    assert reached[:2] == ["weights of the line", "bias b of the line"]
    # "Real labels" can't be pressed while these are shown.
    assert reached[3:7] == ["Fit the line", "Shuffle the labels", "Reset", "Every point"]


def test_screen_reader_hears_the_result(probe):
    drag(probe, rule_of(probe)[:2], (-1, 0.4), extent=LARGE.extent, steps=12)
    probe.page.wait_for_timeout(900)
    seen = probe.evaluate(READ)["cells"]
    said = probe.locator('[aria-live="polite"]').text_content()
    assert f"Your line: train {seen['yours train']}, test {seen['yours test']}." in said


def test_touch_turns_the_line_and_not_the_page(open_page, widget_pages):
    page = open_page(f"{widget_pages}probes.html", width=390, height=800, touch=True, is_mobile=True)
    probe = wait_for(page)
    start, target = rule_of(probe)[:2], np.array([-0.9, -1.2])
    probe.locator("svg.eg-plane").scroll_into_view_if_needed()
    scrolled = page.evaluate("scrollY")
    path = [start + (target - start) * part for part in (0, 0.3, 0.6, 1)]
    swipe(page, [plane_place(probe, *place) for place in path])
    assert rule_of(probe)[:2] == pytest.approx(target, abs=0.02)
    assert page.evaluate("scrollY") == scrolled
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def plane_place(widget, x, y):
    return to_screen(widget, x, y, LARGE.extent)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[1, 2, 3]] * 4, [0, 1, 0, 1]), "2 columns"),
        (([[1, 2]] * 4, [0, 1, 2, 1]), "two classes"),
        (([[1, 2]] * 4, [0, 0, 0, 0]), "two classes"),
        (([[1, 2]] * 4, [0, 1, 0, 1], [True] * 4), "both classes"),
        (([[1, 2]] * 4, [0, 1, 0, 1], [0, 1, 1, 0]), "True and False"),
        (([[1, 2]] * 4, [0, 1, 0, 1], 0.01), "both classes"),
    ],
)
def test_wrong_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        Probe(*arguments)
