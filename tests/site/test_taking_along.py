"""The course on paper, as one PDF, and as one archive."""

import re
import shutil
from itertools import chain, pairwise

import pytest
import yaml
from built_pages import ALL_PAGES, settle, soup_of
from pypdf import PdfReader
from pypdf.generic import is_null_or_none

from publishing.make_pdf import make_course, write_packed
from publishing.make_zip import pack
from tools.built_site import NAME, ROOT

TITLE = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["title"]


@pytest.fixture(scope="module")
def course(browser, site, tmp_path_factory):
    """Return the course as one PDF, read back from a file."""
    path = tmp_path_factory.mktemp("pdf") / "course.pdf"
    write_packed(make_course(browser, site, ALL_PAGES, TITLE, "Authors"), path)
    assert 500_000 < path.stat().st_size < 15_000_000
    return PdfReader(path)


@pytest.fixture(scope="module")
def texts(course):
    """Return the text of each sheet, which takes long to find."""
    return [page.extract_text() for page in course.pages]


def headings(site, name):
    """Return the title of a page and those of its sections."""
    found = soup_of(site / f"{name}.html").select("article :is(h1, h2)")
    for heading in found:
        heading.find("a", class_="headerlink").decompose()
    title, *sections = (heading.get_text() for heading in found)
    return title, sections


def test_course_is_one_pdf_with_a_bookmark_for_each_chapter_and_section(course, texts, site):
    marks = [mark for mark in course.outline if not isinstance(mark, list)]
    below = [mark for mark in course.outline if isinstance(mark, list)]
    told = [headings(site, name) for name in ALL_PAGES]
    assert [mark.title for mark in marks] == [title for title, _ in told]
    assert [[mark.title for mark in part] for part in below] == [part for _, part in told if part]
    starts = [course.get_destination_page_number(mark) for mark in marks]
    assert starts[0] == 0
    assert all(first < second for first, second in pairwise(starts))
    assert len(course.pages) > 2 * len(ALL_PAGES)
    assert course.metadata.title == TITLE
    for mark in [*marks, *chain(*below)]:
        text = " ".join(texts[course.get_destination_page_number(mark)].split())
        assert mark.title in text, f"{mark.title!r} is not on the page that its bookmark leads to"


def test_screen_readers_find_the_order_the_headings_and_the_links(course, site):
    structure = course.root_object["/StructTreeRoot"]
    parts = structure["/K"]["/K"]
    assert [part.get_object()["/T"] for part in parts] == [headings(site, name)[0] for name in ALL_PAGES]
    parents = structure["/ParentTree"]["/Nums"]
    elements = dict(zip(parents[::2], parents[1::2], strict=True))
    assert len(elements) == len(parents) / 2
    for page in course.pages:
        of_page = [e.get_object() for e in elements[page["/StructParents"]] if not is_null_or_none(e)]
        assert of_page
        for e in of_page:  # whose marked text is on its own page, or says on which
            assert page in [part["/Pg"] for part in [e, *kids(e)] if "/Pg" in part]
        for link in page.get("/Annots", ()):
            element = elements[link.get_object()["/StructParent"]].get_object()
            assert link in [kid.get("/Obj", kid) for kid in kids(element)]
    for part, name in zip(parts, ALL_PAGES, strict=True):
        inside = list(walk(part.get_object()))
        title, sections = headings(site, name)
        assert [e["/S"] for e in inside].count("/H1") == 1, title
        assert [e["/S"] for e in inside].count("/H2") == len(sections), title
        pictures = soup_of(site / f"{name}.html").select("article img")
        alternatives = [e["/Alt"] for e in inside if e["/S"] == "/Figure" and "/Alt" in e]
        assert {picture["alt"] for picture in pictures} <= set(alternatives), title
        assert all(e["/P"].indirect_reference for e in inside)


def kids(element):
    """Return what stands below an element, but for numbers of marked text."""
    below = element.get("/K", ())
    below = below if isinstance(below, list) else [below]
    return [kid.get_object() for kid in below if not isinstance(kid, int)]


def walk(element):
    """Yield an element and all elements below it."""
    yield element
    for kid in kids(element):
        if "/S" in kid:
            yield from walk(kid)


def test_every_sheet_has_its_number_and_the_licence(texts):
    for number, text in enumerate(texts, start=1):
        assert re.search(rf"{TITLE} · CC BY 4\.0\s+{number}\b", text), f"page {number}"


def test_formulas_widgets_and_solutions_are_on_paper(texts):
    text = "\n".join(texts)
    assert re.search(r"cos\s*\(\s*[x𝑥]\s*,\s*[y𝑦]\s*\)", text), "no formula"
    assert "dot product" in text
    assert "Accuracy" in text, "no probe"
    assert re.search(r"Nearest to \w+ by cosine", text), "no words"
    assert "Loading the words" not in text
    assert "Snap to the first principal direction" not in text, "a button is no use on paper"


def test_no_link_of_the_course_leads_to_this_machine(course):
    targets = [
        str(link.get_object()["/A"].get("/URI", ""))
        for page in course.pages
        for link in page.get("/Annots", ())
        if "/A" in link.get_object()
    ]
    assert targets
    assert [target for target in targets if "127.0.0.1" in target and "/chapters/" in target] == []


def test_page_is_printed_light_and_unfolded(site, serving, open_page):
    page = open_page(f"{serving(site)}chapters/04_cat_dog_car.html", serving(site), dark=True)
    settle(page)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("article .toggle-button-hidden").count() == 0
    assert page.locator(".bd-sidebar, .eg-widget button, .prev-next-footer").filter(visible=True).count() == 0
    assert page.locator("article h1").first.is_visible()
    assert page.locator("article details.hide:not([open])").count() == 0
    page.emulate_media(media="screen")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    assert page.locator("article .toggle-button-hidden").count() > 0


def test_archive_is_the_site_in_one_folder(site, tmp_path, open_page):
    archive = tmp_path / f"{NAME}-site.zip"
    pack(site, archive)
    shutil.unpack_archive(archive, tmp_path / "unpacked")
    (folder,) = (tmp_path / "unpacked").iterdir()
    assert folder.name == NAME
    assert list(folder.rglob(archive.name)) == []
    page = open_page((folder / "index.html").as_uri(), folder.as_uri())
    page.wait_for_url((folder / f"{ALL_PAGES[0]}.html").as_uri())
    settle(page)
    assert page.locator("article h1").first.is_visible()
