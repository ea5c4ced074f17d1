"""What a plain build picks up, what it leaves alone, and what makes it fail."""

import re
import resource

import nbformat
import pytest
from small_book import build, finish_build, make_book, start_build, write_notebook

COUNT = "with open('{name}-runs', 'a') as runs:\n    runs.write('.')"
FAULTY_BOOKS = {  # each page's fault, and what the build must say of it
    "cell": {"1 / 0": "Executing notebook failed: CellExecutionError"},
    "warnings": {
        "# Warned\n\n```{no-such-directive}\n```": "Unknown directive type: 'no-such-directive'",
        "# Linked\n\n[there](no_such_page.md)": "'no_such_page.md'",
        "# Linked\n\n[there](second.ipynb#no-such-place)": "'no-such-place'",
        "# Cited\n\n{cite}`nobody1900`": 'could not find bibtex key "nobody1900"',
    },
}
# Each notebook's fault, and the one line in which the build's last words name it.
FAULTY_NOTEBOOKS = {
    "untitled": (
        ["1 + 1"],
        "untitled.ipynb: has no title: begin it with a Markdown cell such as `# My lesson`",
    ),
    "failing": (
        ["# Failing", "x = 1", "1 / 0"],
        "failing.ipynb: cell 3 failed: ZeroDivisionError: division by zero",
    ),
    "lost": (
        ["# Lost", "from IPython.display import HTML", 'HTML(\'<img src="lost.png" alt="lost">\')'],
        "lost.ipynb, cell 3: 'lost.png' is shown or linked, and there is no such file beside the notebook",
    ),
    "pointer": (
        ["# Pointer\n\n![a picture](pointer.png)"],
        "pointer.html shows pointer.png, which is no picture (with git-lfs, `git lfs pull` fetches it)",
    ),
    "foreign": (
        ["# Foreign", "1"],
        "foreign.ipynb: is written in R, which can't run here: install the kernel 'ir', or take the page out",
    ),
}


def cells_of(name, text="", result="getattr(embedding_geometry, 'CHANGED', 'as it was')"):
    return [f"# {name}\n\n{text}", COUNT.format(name=name), f"import embedding_geometry\n{result}"]


THIRD = ["# third", COUNT.format(name="third"), "from helper import value\n(value, open('data.csv').read())"]
PLANE = "from embedding_geometry.widgets import Plane\nPlane({'u': (1, 0)}, ['norm'])"


@pytest.fixture(scope="module")
def faulty_builds(tmp_path_factory):
    """Start building the faulty books, while the other tests run."""
    builds = {}
    for name, faults in FAULTY_BOOKS.items():
        pages = {f"page{i}": ["# A page", fault] for i, fault in enumerate(faults)}
        folder = make_book(
            tmp_path_factory.mktemp("faulty"), {"first": ["# First"], "second": ["# Second"], **pages}
        )
        builds[name] = (start_build(folder), folder)
    pages = {name: cells for name, (cells, _) in FAULTY_NOTEBOOKS.items()}
    folder = make_book(tmp_path_factory.mktemp("notebooks"), {"first": ["# First"], **pages})
    (folder / "pointer.png").write_text("version https://git-lfs.github.com/spec/v1\n", encoding="utf-8")
    foreign = nbformat.read(folder / "foreign.ipynb", as_version=4)
    foreign.metadata.kernelspec = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(foreign, folder / "foreign.ipynb")
    builds["notebooks"] = (start_build(folder), folder)
    yield builds
    for process, _ in builds.values():
        process.kill()  # where the tests were stopped before it ended


@pytest.fixture(scope="module")
def book(tmp_path_factory, faulty_builds):
    """Build a book of two pages; the tests below change it one after the other."""
    folder = make_book(
        tmp_path_factory.mktemp("fresh"),
        {"first": [*cells_of("first"), PLANE], "second": cells_of("second"), "third": THIRD},
    )
    (folder / "helper.py").write_text("value = 'as helped'\n", encoding="utf-8")
    (folder / "data.csv").write_text("as read\n", encoding="utf-8")
    started = work_done()
    build(folder)
    return folder, work_done() - started


def work_done():
    """Return the processor's seconds in builds so far: on a busy machine they say more than the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def runs(folder):
    """Return how often each page has been executed so far."""
    return [len((folder / f"{name}-runs").read_text(encoding="utf-8")) for name in ("first", "second")]


def page(folder, name):
    return (folder / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_nothing_changed_executes_nothing(book):
    folder, first = book
    before, pages = runs(folder), [page(folder, name) for name in ("first", "second")]
    started = work_done()
    build(folder)
    assert runs(folder) == before
    assert [page(folder, name) for name in ("first", "second")] == pages, "finished pages are changed again"
    assert work_done() - started < 0.9 * first


def test_changed_chapter_is_executed_alone(book):
    folder, _ = book
    first, second = runs(folder)
    write_notebook(folder / "second.ipynb", cells_of("second", "New text.", "6 * 7"))
    build(folder)
    assert runs(folder) == [first, second + 1]
    assert "New text." in page(folder, "second")
    assert ">42" in page(folder, "second")


def test_changed_library_executes_every_chapter(book):
    folder, _ = book
    first, second = runs(folder)
    assert "as it was" in page(folder, "first")
    append(folder / "lib" / "embedding_geometry" / "__init__.py", "\nCHANGED = 'as it is now'\n")
    build(folder)
    assert runs(folder) == [first + 1, second + 1]
    assert "as it is now" in page(folder, "first")


@pytest.mark.parametrize(
    ("name", "text"), [("helper.py", "value = 'helped anew'\n"), ("data.csv", "read anew\n")]
)
def test_changed_file_that_a_cell_names_executes_it(book, name, text):
    folder, _ = book
    before = len((folder / "third-runs").read_text(encoding="utf-8"))
    (folder / name).write_text(text, encoding="utf-8")
    build(folder)
    assert re.search("helped anew|read anew", text)[0] in page(folder, "third")
    assert len((folder / "third-runs").read_text(encoding="utf-8")) == before + 1


def static(folder, name):
    return folder / "_build" / "html" / "_static" / name


def test_changed_widget_reaches_the_site_and_executes_nothing(book):
    folder, _ = book
    before, (old,) = runs(folder), static(folder, "").glob("widgets-*")
    append(
        folder / "lib" / "embedding_geometry" / "widgets" / "browser" / "plane.js", "// a changed widget\n"
    )
    build(folder)
    (new,) = static(folder, "").glob("widgets-*")
    # The address changes with the content, so that no browser mixes two versions.
    assert new.name != old.name
    assert new.name in page(folder, "first")
    for name in ("plane.js", "all.js"):
        assert "// a changed widget" in (new / name).read_text(encoding="utf-8")
    assert runs(folder) == before


def test_changed_assets_reach_the_site(book):
    folder, _ = book
    before, old = runs(folder), page(folder, "first")
    append(folder / "_assets" / "book.css", "/* changed styles */\n")
    append(folder / "course_site" / "widget_host" / "page.js", "// a changed host\n")
    build(folder)
    for name, comment in {"book.css": "/* changed styles */", "widget-host.js": "// a changed host"}.items():
        assert comment in static(folder, name).read_text(encoding="utf-8")
        # The address changes with the content, so that no browser shows an old copy.
        addresses = [html.partition(f"{name}?v=")[2][:8] for html in (old, page(folder, "first"))]
        assert addresses[0] != addresses[1]
    assert runs(folder) == before


def test_page_that_is_taken_out_is_gone_and_links_to_it_are_text(book):
    folder, _ = book
    linking = cells_of("second", "[the third](third.ipynb), [](third.ipynb)")
    write_notebook(folder / "second.ipynb", linking)
    build(folder)
    assert page(folder, "second").count('href="third.html"') >= 2
    toc = folder / "_toc.yml"
    toc.write_text(toc.read_text(encoding="utf-8").replace("- file: third\n", ""), encoding="utf-8")
    build(folder)
    assert "third.html" not in page(folder, "second")
    assert page(folder, "second").count('class="left-out-page"') == 2
    assert not (folder / "_build" / "html" / "third.html").exists()


def test_the_last_lines_name_each_faulty_notebook_and_cell_once(faulty_builds):
    worked, log = finish_build(*faulty_builds["notebooks"])
    assert not worked
    last = log.partition("The build failed. What stopped it:\n")[2].splitlines()
    assert sorted(last) == sorted(f"- {told}" for _, told in FAULTY_NOTEBOOKS.values()), log


@pytest.mark.parametrize("name", FAULTY_BOOKS)
def test_fault_fails_the_build(faulty_builds, name):
    worked, log = finish_build(*faulty_builds[name])
    assert not worked
    # Each is a warning, and one warning is enough to fail.
    warnings = [line for line in log.splitlines() if "WARNING" in line or "ERROR" in line]
    for told in FAULTY_BOOKS[name].values():
        assert any(told in line for line in warnings), log
