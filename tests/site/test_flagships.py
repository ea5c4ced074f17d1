"""The chapters' own widgets: what they show after real use, against the library."""

import re

import numpy as np
import pytest
from browsing import number
from embedding_geometry.meters import METERS, damage_table
from embedding_geometry.mixtures import attention, effective_number, weighted_mean
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.similarity import cosine_similarity, dot_product, euclidean_distance
from embedding_geometry.subspaces import explained_variance, principal_directions, project
from embedding_geometry.widgets.word_data import quantize_rows
from embedding_geometry.wordvectors import load_word_vectors, with_vectors

ITEMS = np.array([[1, 0.9], [0.9, -0.6], [-1, 0.2]])
CLOUD = np.random.default_rng(1).normal(size=(40, 2)) * [1.0, 0.35] @ [[0.8, 0.6], [-0.6, 0.8]]


@pytest.fixture(scope="module")
def page(open_shared_page, widget_pages):
    return open_shared_page(f"{widget_pages}flagships.html")


def widget(page, name, index=0):
    found = page.locator(f".eg-{name}-widget").nth(index)
    found.wait_for()
    found.scroll_into_view_if_needed()
    return found


def numbers(locator):
    return np.array([number(text.rstrip("%\u00b0")) for text in locator.all_text_contents()])


def press(locator, key, times):
    locator.focus()
    for _ in range(times):
        locator.page.keyboard.press(key)


def test_mixture_follows_its_weights(page):
    mixture = widget(page, "mixture")
    press(mixture.get_by_label("weight of dog"), "ArrowLeft", 5)
    press(mixture.get_by_label("weight of car"), "Home", 1)
    set_weights = [
        float(value) for value in mixture.locator("td input").evaluate_all("all => all.map((i) => i.value)")
    ]
    assert set_weights == [1, 0.25, 0]
    weights = numbers(mixture.locator('[data-measure="weight"]'))
    assert weights == pytest.approx(np.array(set_weights) / sum(set_weights), abs=6e-4)
    x, y, count = summary(mixture)
    assert [x, y] == pytest.approx(weighted_mean(ITEMS, set_weights), abs=6e-3)
    assert count == pytest.approx(effective_number(set_weights), abs=6e-3)


def summary(mixture):
    text = mixture.locator(".eg-summary").text_content()
    return [number(t) for t in re.findall(r"[\u2212\d.]+\d", text)][:3]


def test_attention_follows_its_query_and_temperature(page):
    mixture = widget(page, "mixture", 1)
    press(mixture.get_by_label("query, tip of the vector"), "ArrowUp", 4)
    press(mixture.get_by_label("query, tip of the vector"), "ArrowLeft", 3)
    press(mixture.get_by_label("temperature"), "ArrowLeft", 10)
    query, temperature = np.array([0.2, 0.9]), 10**-0.5
    expected = attention(query, ITEMS, ITEMS, temperature=temperature)
    assert numbers(mixture.locator('[data-measure="score"]')) == pytest.approx(ITEMS @ query, abs=6e-3)
    assert numbers(mixture.locator('[data-measure="weight"]')) == pytest.approx(expected.weights, abs=6e-4)
    x, y, count = summary(mixture)
    assert [x, y] == pytest.approx(expected.output, abs=6e-3)
    assert count == pytest.approx(effective_number(expected.weights), abs=6e-3)
    mixture.get_by_role("button", name="Reset").click()
    assert numbers(mixture.locator('[data-measure="score"]')) == pytest.approx(ITEMS @ [0.5, 0.5], abs=6e-3)


def test_dragging_an_item_moves_the_mixture(page):
    mixture = widget(page, "mixture")
    mixture.get_by_role("button", name="Reset").click()
    box = mixture.get_by_label("cat, tip of the vector").bounding_box()
    mouse = page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2 - 60, box["y"] + box["height"] / 2 + 40, steps=4)
    mouse.up()
    x, y = numbers_of(mixture.get_by_label("cat, tip of the vector"))
    assert x < 0.9
    assert y < 0.8
    assert summary(mixture)[:2] == pytest.approx(weighted_mean([[x, y], *ITEMS[1:]], [1, 0.5, 0.5]), abs=1e-2)


def numbers_of(handle):
    return [number(t) for t in re.findall(r"[\u2212\d.]+\d", handle.get_attribute("aria-valuetext"))][:2]


def share(cloud, degrees):
    u = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    centered = cloud - cloud.mean(axis=0)
    return (project(centered, u) ** 2).sum() / (centered**2).sum()


def test_line_keeps_what_the_library_says(page):
    line = widget(page, "subspace")
    kept, left, best = (line.locator(f'[data-measure="{name}"]') for name in ("kept", "residual", "best"))
    slider = line.get_by_label("angle of the line in degrees")
    for keys in (3, 20, 40):
        press(slider, "ArrowRight", keys)
        expected = 100 * share(CLOUD, float(slider.input_value()))
        assert numbers(kept) == pytest.approx(expected, abs=0.06)
        assert numbers(left) == pytest.approx(100 - expected, abs=0.06)
    assert numbers(best) == pytest.approx(100 * explained_variance(CLOUD)[0], abs=0.06)


def test_line_snaps_to_the_first_principal_direction(page):
    line = widget(page, "subspace")
    line.get_by_role("button", name="Snap").click()
    x, y = principal_directions(CLOUD).directions[0]
    angle = number(line.locator("output").text_content().removesuffix("\u00b0"))
    assert angle == pytest.approx(np.degrees(np.arctan2(y, x)) % 180, abs=0.6)
    assert numbers(line.locator('[data-measure="kept"]')) == numbers(line.locator('[data-measure="best"]'))


def test_line_turns_with_the_mouse(page):
    line = widget(page, "subspace")
    line.get_by_role("button", name="Reset").click()
    before = line.locator("output").text_content()
    box = line.get_by_label("the line's direction").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 30, steps=5)
    page.mouse.up()
    angle = number(line.locator("output").text_content().removesuffix("\u00b0"))
    assert line.locator("output").text_content() != before
    kept = numbers(line.locator('[data-measure="kept"]'))
    assert kept == pytest.approx(100 * share(CLOUD, angle), abs=1.5)  # the angle is shown in whole degrees


@pytest.mark.parametrize("choice", [0, 1, 2])
def test_self_check_explains_every_choice(page, choice):
    check = widget(page, "check")
    check.locator("li").first.locator("input").nth(choice).check()
    why = check.locator(".eg-why").first.text_content()
    assert (
        why
        == ["\u2717 Not quite. Too few.", "\u2713 Right. As it is.", "\u2717 Not quite. Too many."][choice]
    )
    right = "1 of 2 right so far." if choice == 1 else "0 of 2 right so far."
    assert check.get_by_role("status").text_content() == right


@pytest.mark.parametrize("kind", ["rotate", "shift", "permute"])
def test_meters_read_what_was_measured(page, kind):
    bench = widget(page, "damage")
    bench.locator(f'input[value="{kind}"]').check()
    press(bench.get_by_label("strength of the damage"), "End", 1)
    table = damage_table()
    healthy, damaged = table.iloc[0], table[table["kind"] == kind].iloc[-1]
    for meter in METERS:
        row = bench.locator(f'tr[data-meter="{meter}"]')
        shown = [number(text) for text in row.locator("td").all_text_contents()[:2]]
        assert shown == pytest.approx([healthy[meter], damaged[meter]], abs=6e-4)
        noticed = abs(damaged[meter] - healthy[meter]) > 0.1 * abs(healthy[meter])
        assert ("yes" in row.locator("td").last.text_content()) == noticed


def test_another_damage_is_shown_as_itself_though_it_has_fewer_strengths(page):
    bench = widget(page, "damage")
    bench.locator('input[value="permute"]').check()
    press(bench.get_by_label("strength of the damage"), "End", 1)
    bench.locator('input[value="rotate"]').check()
    assert bench.get_by_label("strength of the damage").input_value() == "1"
    assert bench.locator("output").text_content() == "1.00"
    assert "yes" not in bench.locator("tbody").text_content()


def tips_inside(gauge):
    """Tell whether all arrows of the gauge end within its drawing."""
    return gauge.evaluate("""(root) => {
      const size = root.querySelector("svg.eg-plane").viewBox.baseVal.width;
      return [...root.querySelectorAll("polygon.eg-head")].every((head) =>
        [head.points[0].x, head.points[0].y].every((value) => value >= 0 && value <= size));
    }""")


def test_gauge_changes_neighbours_and_no_prediction(page):
    gauge = widget(page, "gauge")
    items = np.array([[1.0, 0.9], [0.35, 0.9], [1.0, 0.25], [-0.5, 0.8]])
    users, names = np.array([[0.9, -0.3], [-0.6, 0.3]]), ["tea", "jazz", "chess", "rain"]
    seen = set()
    for key in ("Home", "End"):
        press(gauge.get_by_label("gauge"), key, 1)
        g = float(gauge.get_by_label("gauge").input_value())
        predictions = numbers(gauge.locator(".eg-predictions td")).reshape(2, 4)
        assert predictions == pytest.approx(users @ items.T, abs=6e-3)
        scaled = items * np.exp([g, -g])
        assert tips_inside(gauge), f"an arrow leaves the drawing at {key}"
        for i, row in enumerate(gauge.locator(".eg-nearest tbody tr").all()):
            others = [j for j in range(4) if j != i]
            cosines = [cosine_similarity(scaled[i], scaled[j]) for j in others]
            label, value = row.locator("td").all_text_contents()
            assert label == names[others[int(np.argmax(cosines))]]
            assert number(value) == pytest.approx(max(cosines), abs=6e-4)
        seen.add(tuple(gauge.locator(".eg-nearest td.eg-text").all_text_contents()))
    assert len(seen) == 2, "the slider's ends have the same neighbours"


def test_picture_tells_true_neighbours_from_false(page):
    glove = load_word_vectors()
    labels = glove.index_to_key[1000:1060]
    X = glove[labels]
    flat = X[:, :2].astype(float).round(3)
    true = neighbor_graph(X, 5).indices
    shown = neighbor_graph(flat, 5, metric="euclidean").indices
    picture = widget(page, "picture")
    for chosen in (0, 17, 59):
        picture.locator("select").select_option(str(chosen))
        texts = picture.locator("p").all_text_contents()
        kept, false, lost = (set(text.removesuffix(".").split(": ")[1].split(", ")) for text in texts[:3])
        assert kept - {"none"} == {labels[i] for i in set(true[chosen]) & set(shown[chosen])}
        assert false - {"none"} == {labels[i] for i in set(shown[chosen]) - set(true[chosen])}
        assert lost - {"none"} == {labels[i] for i in set(true[chosen]) - set(shown[chosen])}
    overlap = np.mean([len(set(a) & set(b)) / 5 for a, b in zip(true, shown, strict=True)])
    assert f"{100 * overlap:.1f}%" in picture.locator(".eg-score").text_content()


def test_picture_is_walked_by_arrow_keys(page):
    picture = widget(page, "picture")
    before = picture.locator("select").input_value()
    drawing = picture.locator("svg")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        press(drawing, key, 1)
    chosen = picture.locator("select").input_value()
    assert drawing.get_attribute("aria-activedescendant").endswith(f"-{chosen}")
    assert picture.locator('[aria-selected="true"]').count() == 1
    press(drawing, "ArrowRight", 3)
    assert picture.locator("select").input_value() != before or chosen != before


def test_snapshot_uses_one_vector_five_times(page):
    glove = load_word_vectors()
    codes, scales = quantize_rows(glove.vectors)
    words = with_vectors(glove, codes * scales[:, None])
    snapshot = widget(page, "snapshot")
    snapshot.locator("dl").wait_for(timeout=20_000)
    field = snapshot.get_by_label("word ")
    field.fill("Jazz")
    field.press("Enter")
    uses = {
        use: snapshot.locator(f'[data-use="{use}"]').text_content()
        for use in ("neighbors", "cluster", "probe", "mixture", "retrieval")
    }
    assert [part.split()[0] for part in uses["neighbors"].split(", ")] == [
        w for w, _ in words.most_similar("jazz", topn=5)
    ]
    distances = sorted((euclidean_distance(words["jazz"], glove[name]), name) for name in ("war", "music"))
    assert uses["cluster"] == ", ".join(f"{name} {distance:.2f}" for distance, name in distances)
    assert uses["cluster"].startswith("music")
    value = dot_product(words["jazz"], glove["music"] - glove["war"]) / 10
    assert uses["probe"] == f"{100 / (1 + np.exp(-value)):.0f}% pleasant"
    middle = weighted_mean(words[["jazz", "water"]], [1, 1])
    nearest = [w for w, _ in words.similar_by_vector(middle, topn=5) if w not in ("jazz", "water")][:3]
    assert [part.split()[0] for part in uses["mixture"].split(", ")] == nearest
    sentences = ["the band played", "the army fought"]
    cosines = [cosine_similarity(words[s.split()].mean(axis=0), words["jazz"]) for s in sentences]
    assert uses["retrieval"] == f"\u201c{sentences[int(np.argmax(cosines))]}\u201d {max(cosines):.2f}"


def test_snapshot_suggests_spellings(page):
    snapshot = widget(page, "snapshot")
    snapshot.locator("dl").wait_for(timeout=20_000)
    field = snapshot.get_by_label("word ")
    field.fill("jazzz")
    field.press("Enter")
    assert snapshot.locator("dl").is_hidden()
    snapshot.get_by_role("button", name="jazz", exact=True).click()
    assert snapshot.locator("dl").is_visible()
