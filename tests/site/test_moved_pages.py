"""Addresses of pages that were renamed or split lead to where the page is now."""

import pytest
import yaml
from small_book import build, finish_build, make_book, start_build

PARTS = {
    "first": ["# First\n\n## Here\n\nText.\n\n## Both\n\nText."],
    "second": ["# Second\n\n## There\n\nText.\n\n## Both\n\nText."],
}


def book_with(folder, moved):
    make_book(folder, {"start": ["# Start"], **PARTS})
    config = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    config["sphinx"]["config"]["moved_pages"] = moved
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def moved_site(tmp_path_factory):
    """Build a book of which one page was split, one is gone altogether, and one gave a section away."""
    moved = {"old/page": ["first", "second"], "gone": ["nowhere"], "first#there": ["second"]}
    return build(book_with(tmp_path_factory.mktemp("moved"), moved))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "first.html"),
        ("#here", "first.html#here"),
        ("#there", "second.html#there"),
        ("#both", "first.html#both"),
        ("#nowhere", "first.html#nowhere"),
        ("?from=elsewhere#there", "second.html?from=elsewhere#there"),
    ],
)
@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
def test_old_address_leads_to_the_part_with_the_place(moved_site, serving, visit, old, new, from_disk):
    base = f"{moved_site.as_uri()}/" if from_disk else serving(moved_site)
    page = visit(f"{base}old/page.html{old}", base)
    page.wait_for_url(f"{base}{new}")
    page.locator("article h1").wait_for()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first.html#there", "second.html#there"),
        ("first.html?from=elsewhere#there", "second.html?from=elsewhere#there"),
        ("first.html#here", "first.html#here"),
        ("start.html#there", "start.html#there"),
    ],
)
@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "from disk"])
def test_the_address_of_a_section_that_moved_leads_to_its_new_page(
    moved_site, serving, visit, old, new, from_disk
):
    base = f"{moved_site.as_uri()}/" if from_disk else serving(moved_site)
    page = visit(f"{base}{old}", base)
    page.wait_for_url(f"{base}{new}")
    page.locator("article h1").wait_for()


def test_without_scripts_it_leads_to_the_first_part(moved_site, serving, open_page):
    address = serving(moved_site)
    page = open_page(f"{address}old/page.html#there", address, java_script_enabled=False)
    page.wait_for_url(f"{address}first.html*")


def test_a_page_that_became_nothing_leaves_nothing(moved_site):
    assert not (moved_site / "gone.html").exists()


def test_a_setting_without_pages_is_refused(tmp_path):
    folder = book_with(tmp_path, {"old": "first"})
    worked, log = finish_build(start_build(folder), folder)
    assert not worked
    assert "moved_pages in _config.yml: old needs a list of pages, such as [chapters/new]" in log
