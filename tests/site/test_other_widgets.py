"""Widgets by others on a page without a kernel, and anywidget's contract with those who run them."""

import pytest
from small_book import build, make_book

WIGGLY = [
    "# Wiggly",
    "import numpy as np\nimport wigglystuff as w\nfrom ipywidgets import HBox, jslink",
    """left, right = w.Slider2D(x=0.5, y=-0.5), w.Slider2D()
link = jslink((left, 'x'), (right, 'x'))
HBox([left, right])""",
    "w.Matrix(rows=2, cols=3, step=0.5)",
    "w.TangleSlider(amount=7, min_value=0, max_value=10)",
    "w.TangleChoice(['tea', 'jazz'])",
    "w.SortableList(['one', 'two', 'three'])",
    "w.CircularSlider()",
    "w.Knob()",
    "w.HoverSlider()",
    "w.PlaySlider()",
    "w.TextCompare('a cat sat', 'a dog sat')",
    "w.EsmWidget(code='''export default { render({ model, el }) {\n"
    '  el.textContent = "told " + model.get("data").word; } };\'\'\', data={"word": "this"})',
]
CONTRACT = [
    "# Contract",
    """import anywidget
import traitlets

class Made(anywidget.AnyWidget):
    value = traitlets.Int(1).tag(sync=True)
    other = traitlets.Int(2).tag(sync=True)
    picture = traitlets.Bytes(bytes([3, 1, 2])).tag(sync=True)
    child = anywidget.WidgetTrait().tag(sync=True)

def make(esm, **state):
    return type('Made', (Made,), {'_esm': esm})(**state)""",
    # A factory, once for each widget: two widgets don't share what it holds.
    """factory = '''export default async () => {
  let shown = 0;
  return {
    initialize({ model, signal, experimental }) {
      if (!(signal instanceof AbortSignal)) throw new Error("no signal");
      experimental.invoke("ask").catch((error) => { document.body.dataset.invoked = error.message; });
      return { shown: () => shown, raise: () => model.set("value", model.get("value") + 10) };
    },
    render({ model, el, signal }) {
      if (!(signal instanceof AbortSignal)) throw new Error("no signal");
      shown += 1;
      const tell = () => { el.textContent = `factory ${shown} ${model.get("value")} ${model.get("other")}`; };
      let told = 0;
      model.on("change:value change:other", () => { told += 1; el.dataset.told = told; tell(); });
      tell();
    },
  };
};'''
child = make(factory)
child""",
    "child",
    "make(factory, value=5)",
    # The old style, with an export of its own and bytes.
    """make('''export function render({ model, el }) {
  el.textContent = `old ${[...new Uint8Array(model.get("picture").buffer)].join()}`;
  return () => {};
}''')""",
    # A widget that shows another one, and reaches its model and what it exports.
    """make('''export default { async render({ model, el, host, signal }) {
  const { exports, render } = await host.getWidget(model.get("child"));
  const inner = document.createElement("div"), button = document.createElement("button");
  await render({ el: inner, signal });
  button.textContent = "raise";
  button.onclick = exports.raise;
  const other = await host.getModel(model.get("child"));
  other.on("change:value", () => { el.dataset.heard = other.get("value"); });
  el.append("parent ", button, inner);
  await host.getWidget("anywidget:nobody").catch((error) => { el.dataset.refused = error.message; });
} };''', child=child)""",
    # What needs Python, and off() that ends what this view listens to alone.
    """make('''export default { render({ model, el }) {
  const button = document.createElement("button");
  button.textContent = "ask Python";
  button.onclick = () => {
    model.set("value", 2);
    model.save_changes();
    for (const ask of [1, 2]) model.send({ ask });
  };
  const heard = () => { el.dataset.heard = "yes"; };
  model.on("change:value", heard);
  model.off();
  el.append(button);
} };''')""",
    "make('export const nothing = 1;')",
    "make('export default { render() { throw new Error(\"a fault of its own\"); } };')",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory, serving):
    """Build a book with widgets by others; return its address."""
    pages = {"front": ["# Front"], "wiggly": WIGGLY, "contract": CONTRACT}
    return serving(build(make_book(tmp_path_factory.mktemp("others"), pages)))


def areas(page, count):
    """Return the places of the widgets, once all of them have something in them."""
    page.wait_for_function(
        """(n) => [...document.querySelectorAll(".widget-subarea")]
          .filter((a) => a.textContent || a.querySelector("canvas, svg, input")).length >= n""",
        arg=count,
    )
    return page.locator(".widget-subarea")


def test_widgets_of_wigglystuff_start(open_page, address):
    page = open_page(f"{address}wiggly.html")
    all_areas = areas(page, len(WIGGLY) - 2)
    assert all_areas.count() == len(WIGGLY) - 2
    assert page.locator(".widget-message").count() == 0
    assert page.get_by_text("told this", exact=True).count() == 1
    for area in all_areas.all():
        box = area.bounding_box()
        assert box["height"] > 10, area.inner_html()[:200]


def test_linked_sliders_of_wigglystuff_move_together(open_page, address):
    page = open_page(f"{address}wiggly.html")
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


def test_contract_of_anywidget_is_kept(open_page, address):
    page = open_page(f"{address}contract.html")
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
