"""Every page of the built site: on a desktop and a phone, in light and dark, served and from disk."""

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from browsing import is_local
from built_pages import ALL_PAGES, CHAPTERS, INSPECT, PAGES, of_the_course, pages_of, settle, soup_of

from tools.local_browser import wait_until

RAW_MARKUP = re.compile(
    r"\{[a-z:-]+\}`|:::|```|</?(?:div|span|p|a|img)\b|\\[(\[]|\$\$|\\frac|\*\*\w|\]\(http"
)
LONGEST = 14_000  # pixels: what one sitting can take in
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def check(page, path, *, dark):
    """Assert that a page is whole and readable as it stands in the browser."""
    seen = page.evaluate(INSPECT)
    assert seen["overflow"] <= 0, f"{seen['overflow']} px too wide: {seen['wide'][:9]}"
    assert seen["widgets"] == len(soup_of(path).find_all("script", type=WIDGET_VIEW))
    assert seen["messages"] == []
    assert seen["typeset"] == seen["formulas"]
    assert seen["mathErrors"] == []
    assert RAW_MARKUP.findall(seen["text"]) == []
    assert seen["brokenImages"] == []
    assert seen["pale"] == [], "text in a widget has less contrast than 4.5, or a line less than 3"
    assert seen["clipped"] == []
    assert seen["background"] < 0.05 if dark else seen["background"] > 0.8
    assert seen["headings"] == 1


def test_every_page_is_described_in_words_of_its_own(site):
    told = {name: soup_of(site / f"{name}.html").select("meta[name=description]") for name in PAGES}
    assert [name for name, tags in told.items() if len(tags) != 1] == []
    texts = [tags[0]["content"] for tags in told.values()]
    assert len(set(texts)) == len(texts)
    for text in texts[: len(CHAPTERS)]:
        assert 60 <= len(text) <= 160  # what a search engine shows
        assert not re.search(r"[\\$^_{}]|\.\.\.", text), text


@pytest.mark.parametrize("name", PAGES)
def test_page_names_its_character_set_where_browsers_look(site, name):
    assert b'<meta charset="utf-8"/>' in (site / f"{name}.html").read_bytes()[:1024]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_whole(site, serving, visit, name, width, dark):
    address = serving(site)
    page = visit(f"{address}{name}.html", address, width=width, dark=dark)
    settle(page)
    check(page, site / f"{name}.html", dark=dark)
    if width == 1280 and name in CHAPTERS:
        assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST
    # The other colours, as when the evening comes: the theme follows while the page is open.
    page.emulate_media(color_scheme="light" if dark else "dark")
    wait_until(page, f"document.documentElement.dataset.theme === '{'light' if dark else 'dark'}'")
    page.wait_for_timeout(300)  # the theme fades colours in
    check(page, site / f"{name}.html", dark=not dark)


@pytest.mark.parametrize("name", PAGES)
def test_page_works_from_disk(site, visit, name):
    path = site / f"{name}.html"
    page = visit(path.as_uri(), site.as_uri())
    settle(page)
    check(page, path, dark=False)
    for explorer in page.locator(".eg-words-widget").all():
        explorer.scroll_into_view_if_needed()
        explorer.locator(".eg-results tbody tr").first.wait_for()


def test_front_page_leads_to_the_first_chapter(site, serving, open_page):
    address = serving(site)
    page = open_page(address, address)
    page.wait_for_url(f"{address}{ALL_PAGES[0]}.html")


def test_search_finds_a_page(site, serving, open_page):
    address = serving(site)
    page = open_page(f"{address}search.html?q=cat", address)
    page.locator("#search-results li a").first.wait_for()
    page.wait_for_load_state("networkidle")  # excerpts are fetched: leaving would break that off
    page.locator("#search-results li a").first.click()
    page.locator("article h1").wait_for()


@pytest.mark.parametrize("term", ["hubness", "anisotropy", "selectivity"])
def test_search_finds_the_terms_of_the_glossary(term, site, serving, open_page):
    address = serving(site)
    page = open_page(f"{address}search.html?q={term}", address)
    found = page.locator("#search-results li a[href*=glossary]").first
    found.wait_for()
    page.wait_for_load_state("networkidle")
    assert term in page.locator("#search-results").inner_text().lower()


def test_every_image_says_what_it_shows(site):
    for path in pages_of(site):
        for image in soup_of(path).find_all("img"):
            alt = image.get("alt", "").strip()
            file_name = Path(urlsplit(image["src"]).path).name
            if image.find_parent("article"):
                assert alt, f"{path.name}: {image} has no alternative text"
            assert alt not in {file_name, Path(file_name).stem, image["src"]}, f"{path.name}: {image}"


def test_every_link_within_the_site_leads_somewhere(site):
    soups = {path.resolve(): soup_of(path) for path in pages_of(site)}
    anchors = {
        path: {tag[key] for key in ("id", "name") for tag in soup.find_all(attrs={key: True})}
        for path, soup in soups.items()
    }
    found = 0
    for path, soup in soups.items():
        for tag in soup.find_all(["a", "img", "link", "script"]):
            target, anchor = urldefrag(tag.get("href") or tag.get("src") or "")
            if target == "data:,":
                continue  # a redirect's icon: without one the browser would ask for a file that isn't there
            if urlsplit(target).scheme:
                assert not is_local(target, "http://127.0.0.1"), f"{path.name}: {tag}"
                continue
            file = (path.parent / unquote(urlsplit(target).path)).resolve() if target else path
            assert file.exists(), f"{path.name}: {tag} leads to no file"
            if anchor and file in anchors:
                assert unquote(anchor) in anchors[file], f"{path.name}: {tag} leads to no place in the page"
            found += 1
    assert found > 50


@pytest.mark.parametrize("name", PAGES)
def test_page_says_the_licence_of_its_text(site, name):
    (link,) = soup_of(site / f"{name}.html").select("footer a[rel=license]")
    assert link["href"] == "https://creativecommons.org/licenses/by/4.0/"
    assert "CC BY 4.0" in link.get_text()


def test_a_notebook_without_a_number_is_a_teachers_own(tmp_path):
    for name in ("03_sums.ipynb", "my_lesson.ipynb", "glossary.md"):
        (tmp_path / name).touch()
    assert [name for name in ("03_sums", "my_lesson", "glossary") if of_the_course(name, tmp_path)] == [
        "03_sums",
        "glossary",
    ]
