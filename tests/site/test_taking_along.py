"""The course on paper, as one PDF, and as one archive."""

import re
import shutil
from itertools import pairwise

import pytest
import yaml
from built_site import NAME, page_names
from make_pdf import make_course
from make_zip import pack
from pypdf import PdfReader
from small_book import ROOT
from test_pages import CHAPTERS, settle, soup_of

TITLE = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["title"]


@pytest.fixture(scope="module")
def course(browser, site, tmp_path_factory):
    """Return the course as one PDF, read back from a file."""
    path = tmp_path_factory.mktemp("pdf") / "course.pdf"
    make_course(browser, site, page_names(), TITLE, "Authors").write(path)
    assert 500_000 < path.stat().st_size < 30_000_000
    return PdfReader(path)


def test_course_is_one_pdf_with_a_bookmark_for_each_chapter(course, site):
    def title(name):
        heading = soup_of(site / f"{name}.html").select_one("article h1")
        heading.find("a", class_="headerlink").decompose()
        return heading.get_text()

    assert [mark.title for mark in course.outline] == [title(name) for name in CHAPTERS]
    starts = [course.get_destination_page_number(mark) for mark in course.outline]
    assert starts[0] == 0
    assert all(first < second for first, second in pairwise(starts))
    assert len(course.pages) > 2 * len(CHAPTERS)
    assert course.metadata.title == TITLE
    for mark, start in zip(course.outline, starts, strict=True):
        text = " ".join(course.pages[start].extract_text().split())
        assert mark.title in text, f"the chapter {mark.title!r} does not begin with its title"


def test_every_sheet_has_its_number_and_the_licence(course):
    for number, page in enumerate(course.pages, start=1):
        assert re.search(rf"{TITLE} · CC BY 4\.0\s+{number}\b", page.extract_text()), f"page {number}"


def test_formulas_widgets_and_solutions_are_on_paper(course):
    text = "\n".join(page.extract_text() for page in course.pages)
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
    page.wait_for_url((folder / f"{CHAPTERS[0]}.html").as_uri())
    settle(page)
    assert page.locator("article h1").first.is_visible()
