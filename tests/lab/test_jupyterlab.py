"""The widgets and the chapters in a real JupyterLab with a kernel."""

import ast
import json
from pathlib import Path

import numpy as np
import pytest
from browsing import number
from built_pages import CHAPTERS, INSPECT
from embedding_geometry.similarity import cosine_similarity, dot_product
from embedding_geometry.wordvectors import load_word_vectors
from interactives import NAMES, names_of
from lab_server import WIDGETS

from tools.built_site import ROOT

NOTEBOOKS = [name for name in CHAPTERS if (ROOT / f"{name}.ipynb").exists()]
RUN_ALL = """async ([path, kernel]) => {
  const run = async () => {
    const panel = await jupyterapp.commands.execute("docmanager:open", { path, kernel });
    await panel.context.ready;
    await panel.sessionContext.ready;
    await jupyterapp.commands.execute("notebook:run-all-cells");
  };
  const late = new Promise((_, reject) =>
    setTimeout(() => reject(new Error("its cells have not run within two minutes")), 120000));
  await Promise.race([run(), late]);
  return jupyterapp.shell.currentWidget.sessionContext.session.kernel.id;
}"""
OUTPUTS = """() => jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === "code")
  .map((cell) => ({ source: cell.model.sharedModel.source, ran: cell.model.executionCount,
                    outputs: cell.model.outputs.toJSON() }))"""


@pytest.fixture(scope="module")
def open_lab(lab, open_shared_page):
    """Open JupyterLab in one of its themes, and in it a notebook, all of whose cells have run."""
    pages: dict = {}
    kernels: dict = {}

    def open_one(path, theme="JupyterLab Light", kernel=""):
        """Notebooks that name the same kernel share it, as one starts in seconds."""
        if theme not in pages:
            lab.set("apputils-extension/themes", {"theme": theme})
            page = open_shared_page(f"{lab.address}lab?token={lab.token}&reset", lab.address)
            page.set_default_timeout(60_000)
            page.wait_for_function("globalThis.jupyterapp")
            page.evaluate("jupyterapp.restored.then(() => true)")
            pages[theme] = page
        page = pages[theme]
        shared = {"id": kernels[kernel]} if kernel in kernels else None
        started = page.evaluate(RUN_ALL, [path, shared])
        if kernel:
            kernels[kernel] = started
        return page

    yield open_one
    for page in pages.values():  # on a busy machine Lab complains of its own plugins
        page.watch.problems[:] = [p for p in page.watch.problems if "ms to activate" not in p]


def run_last_cell(page):
    """Run the last cell, and return what it printed."""
    return page.evaluate(
        """async () => {
          const { content } = jupyterapp.shell.currentWidget;
          content.activeCellIndex = content.widgets.length - 1;
          await jupyterapp.commands.execute("notebook:run-cell");
          return content.activeCell.model.outputs.toJSON()[0].text;
        }"""
    )


def plane_of(page):
    widget = page.locator(".eg-plane-widget:visible")
    widget.locator("svg").scroll_into_view_if_needed()
    return widget


def assert_python_and_page_agree(page, expected):
    """The kernel has the vectors that the page shows, and the page the numbers of the library."""
    page.wait_for_timeout(500)  # the kernel gets the last of many changes a little later
    vectors = ast.literal_eval(run_last_cell(page))
    X = np.array([[vector["x"], vector["y"]] for vector in vectors])
    assert np.abs(X - expected).max() < 0.011
    fields = plane_of(page).locator(".eg-vectors input")
    assert [float(field.input_value()) for field in fields.all()] == pytest.approx(X.ravel())
    dot, cosine = plane_of(page).locator(".eg-pairs td").all_text_contents()
    assert number(dot) == pytest.approx(dot_product(*X), abs=0.0051)
    assert number(cosine) == pytest.approx(cosine_similarity(*X), abs=0.000051)
    return X


def test_vector_moves_by_mouse_and_by_keys_and_python_sees_it(open_lab):
    page = open_lab("widgets.ipynb")
    assert_python_and_page_agree(page, [[1, 0], [0, 1]])
    box = plane_of(page).locator("svg").bounding_box()
    middle, unit = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), (box["width"] - 2) / 3
    page.mouse.move(middle[0] + unit, middle[1])
    page.mouse.down()
    page.mouse.move(middle[0] - 0.5 * unit, middle[1] + 0.7 * unit, steps=5)
    page.mouse.up()
    X = assert_python_and_page_agree(page, [[-0.5, -0.7], [0, 1]])
    # Arrow keys stay with the vector: Lab's own would go to another cell.
    tip = plane_of(page).locator('.eg-handle[aria-label^="v,"]')
    tip.focus()
    active = page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex")
    for key in ["ArrowRight"] * 3 + ["Shift+ArrowUp"] * 2 + ["ArrowDown"]:
        page.keyboard.press(key)
    assert page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex") == active
    assert_python_and_page_agree(page, [X[0], [0.3, 0.92]])


def test_shortcuts_of_lab_stay_out_of_the_fields(open_lab):
    page = open_lab("widgets.ipynb")
    cells = page.evaluate(OUTPUTS)
    field = page.locator(".eg-words-widget:visible").first.get_by_label("word", exact=True)
    field.fill("")
    # In Lab's command mode x cuts a cell, a and b add one, and m makes it Markdown.
    page.keyboard.type("xabm")
    assert field.input_value() == "xabm"
    field.fill("cat")
    plane = plane_of(page)
    controls = [plane.locator(name).first for name in (".eg-handle", "button", 'input[type="range"]')]
    for control in [*controls, page.locator(".eg-words-widget:visible select").first]:
        control.focus()
        page.keyboard.type("xabm")
        page.keyboard.press("ArrowDown")
        assert control.evaluate("(e) => e === document.activeElement")
    page.wait_for_timeout(300)
    assert [cell["source"] for cell in page.evaluate(OUTPUTS)] == [cell["source"] for cell in cells]
    assert page.evaluate("jupyterapp.shell.currentWidget.content.widgets.length") == len(WIDGETS)


def test_changed_module_and_style_reach_the_widget_on_the_screen(open_lab, lab):
    page = open_lab("at work.ipynb")
    plane = plane_of(page)
    plane.get_by_role("button", name="Reset").wait_for()
    plane.locator('.eg-handle[aria-label^="v,"]').press("ArrowRight")
    browser = lab.library / "embedding_geometry" / "widgets" / "browser"
    for name, old, new in (
        ("plane.js", 'text: "Reset"', 'text: "Back to the start"'),
        ("numbers.js", '"\\u2212"', '"minus "'),  # a part that the module imports
        ("plane.css", "", ".eg-plane-widget { border: 7px solid; }"),
    ):
        text = (browser / name).read_text(encoding="utf-8")
        assert old in text
        changed = text.replace(old, new) if old else text + new
        (browser / name).write_text(changed, encoding="utf-8")
    plane.get_by_role("button", name="Back to the start").wait_for()
    page.wait_for_function(
        """() => getComputedStyle(document.querySelector(
          ".jp-NotebookPanel:not(.lm-mod-hidden) .eg-plane-widget")).borderTopWidth === "7px" """
    )
    # The kernel kept running: the vector is where it was.
    assert plane.locator(".eg-vectors input").nth(2).input_value() == "0.10"
    plane.locator('.eg-handle[aria-label^="v,"]').press("ArrowLeft")
    plane.locator('.eg-handle[aria-label^="v,"]').press("ArrowLeft")
    plane.locator('.eg-handle[aria-label^="v,"]').press("ArrowDown")
    assert any("minus " in text for text in plane.locator(".eg-pairs td").all_inner_texts())


def test_words_come_from_the_kernel_and_stay_out_of_the_notebook(open_lab, lab):
    page = open_lab("widgets.ipynb")
    explorer = page.locator(".eg-words-widget:visible").first
    explorer.scroll_into_view_if_needed()
    field = explorer.get_by_label("word", exact=True)
    field.fill("paris")
    field.press("Enter")
    explorer.get_by_text("Nearest to paris by cosine").wait_for()
    shown = explorer.locator(".eg-results tbody th").all_text_contents()
    expected = [word for word, _ in load_word_vectors().most_similar("paris")]
    assert len(set(shown) & set(expected)) >= 9
    assert shown[:3] == expected[:3]
    second = page.locator(".eg-words-widget:visible").nth(1)
    second.scroll_into_view_if_needed()
    second.locator(".eg-results tbody tr").first.wait_for()
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    saved = Path(lab.notebooks, "widgets.ipynb").read_text(encoding="utf-8")
    assert any(cell.get("outputs") for cell in json.loads(saved)["cells"])
    assert len(saved) < 100_000


@pytest.mark.parametrize(
    ("theme", "notebook", "dark"),
    [("JupyterLab Light", "widgets", False), ("JupyterLab Dark", "widgets in the dark", True)],
)
def test_colours_are_readable_in_both_themes(open_lab, theme, notebook, dark):
    page = open_lab(f"{notebook}.ipynb", theme)
    page.locator(".eg-words-widget:visible").first.scroll_into_view_if_needed()
    page.locator(".eg-words-widget:visible .eg-results tbody tr").first.wait_for()
    assert page.evaluate("document.body.dataset.jpThemeLight") == str(not dark).lower()
    seen = page.evaluate(INSPECT)
    assert seen["pale"] == []
    ground = page.evaluate("getComputedStyle(document.querySelector('.jp-Notebook')).backgroundColor")
    assert (max(map(int, ground[4:-1].split(","))) < 60) == dark


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_interactives_of_a_chapter_run_and_its_text_is_set(open_lab, name):
    page = open_lab(f"{name}.ipynb", kernel="of the chapters")
    cells = page.evaluate(OUTPUTS)
    for cell in cells:
        assert cell["ran"], f"this cell has not run:\n{cell['source']}"
        assert [o for o in cell["outputs"] if o["output_type"] == "error"] == [], cell["source"]
    views = sum(
        "application/vnd.jupyter.widget-view+json" in o.get("data", {}) for c in cells for o in c["outputs"]
    )
    assert views == sum(bool(names_of(cell["source"])[1] & NAMES) for cell in cells) > 0
    panel = page.locator(".jp-NotebookPanel:visible")
    page.wait_for_function(
        """(views) => views <=
          document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) .eg-widget").length""",
        arg=views,
    )
    text = "\n".join(panel.locator(".jp-MarkdownCell").all_inner_texts())
    assert text
    assert ":::" not in text
    assert "```" not in text


def test_admonitions_are_rendered(open_lab):
    page = open_lab("widgets.ipynb")
    cell = page.locator(".jp-NotebookPanel:visible .jp-MarkdownCell").first
    cell.locator("aside, .admonition").filter(has_text="What will happen?").wait_for()
    assert ":::" not in cell.inner_text()
