"""Print the whole course with Chromium into one file: ``_build/the-geometry-of-embeddings.pdf``."""

import html
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urldefrag

import pikepdf
import yaml
from embedding_geometry._whole_files import written_whole
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    Destination,
    DictionaryObject,
    Fit,
    NameObject,
    NullObject,
)

from publishing.pdf_structure import Structure
from tools.built_site import NAME, ROOT, page_names, site_folder
from tools.local_browser import CHROMIUM_ARGUMENTS, LOAD_PICTURES, SETTLED, chromium_path, serve, wait_until

COURSE = ROOT / "_build" / f"{NAME}.pdf"
FOOT = """<div style="width: 100%; margin: 0 16mm; font: 8pt sans-serif; color: #444; display: flex;
justify-content: space-between"><span>{title} · CC BY 4.0</span><span class="pageNumber"></span></div>"""


@dataclass
class Printed:
    """What the browser printed of one page of the site."""

    address: str
    title: str
    sections: list[str]
    part: PdfReader


def print_page(page: Page, address: str) -> Printed:
    """Print a page of the site."""
    page.goto(address)
    page.evaluate(SETTLED)
    page.evaluate(LOAD_PICTURES)
    for widget in page.locator(".eg-widget").all():
        widget.scroll_into_view_if_needed()  # those with words load them when they are seen
    wait_until(page, "!document.querySelector('[aria-busy=true]')")
    title, *sections = page.locator("article :is(h1, h2)").evaluate_all(
        "(all) => all.map((heading) => heading.firstChild.textContent)"
    )
    sheets = print_sheets(page)
    if "/StructParents" not in sheets.pages[-1]:  # empty: the text fills the one before it
        sheets = print_sheets(page, f"1-{len(sheets.pages) - 1}")
    return Printed(address, title, sections, sheets)


def print_sheets(page: Page, ranges: str = "") -> PdfReader:
    """Print what is open, or some of its sheets."""
    content = page.pdf(
        prefer_css_page_size=True, print_background=True, tagged=True, outline=True, page_ranges=ranges
    )
    return PdfReader(BytesIO(content))


def print_feet(browser: Browser, title: str, count: int) -> PdfReader:
    """Return as many pages as the course has, empty but for the course's name and the page's number."""
    page = browser.new_page()
    page.set_content('<div style="break-after: page">&nbsp;</div>' * (count - 1) + "<div>&nbsp;</div>")
    foot = FOOT.format(title=html.escape(title))
    return PdfReader(
        BytesIO(
            page.pdf(
                format="A4",
                margin={"top": "18mm", "bottom": "18mm", "left": "16mm", "right": "16mm"},
                display_header_footer=True,
                header_template="<i></i>",
                footer_template=foot,
            )
        )
    )


def join(printed: Iterable[Printed]) -> PdfWriter:
    """Join what was printed, with bookmarks, and with what screen readers go by; links lead within it."""
    course = PdfWriter()
    places: dict[tuple[str, str], ArrayObject] = {}
    addresses: list[str] = []
    structure = Structure(course)
    for one in printed:
        first = len(course.pages)
        course.append(one.part, import_outline=False)
        structure.add(one.part, one.title, first)
        addresses += [one.address] * len(one.part.pages)
        places[one.address, ""] = ArrayObject([course.pages[first].indirect_reference, NameObject("/Fit")])
        for name, place in one.part.named_destinations.items():
            number = one.part.get_destination_page_number(place)
            if number is not None:
                at = course.pages[first + number].indirect_reference
                top = place.top if place.top is not None else NullObject()
                places[one.address, name.lstrip("/")] = ArrayObject(
                    [at, NameObject("/XYZ"), NullObject(), top, NullObject()]
                )
        _add_bookmarks(course, one, first)
    structure.finish()
    for page, address in zip(course.pages, addresses, strict=True):
        for link in page.get("/Annots", ()):
            _lead_within(link.get_object(), address, places)
    return course


def _add_bookmarks(course: PdfWriter, one: Printed, first: int) -> None:
    """Add a bookmark for a chapter and one for each of its sections."""
    chapter = course.add_outline_item(title=one.title, page_number=first, is_open=False)
    below = one.part.outline[1] if len(one.part.outline) > 1 else []
    places = [place for place in below if isinstance(place, Destination)]
    # Where a heading takes two lines, the browser's own bookmark joins its words.
    for section, place in zip(one.sections, places, strict=True):
        number = one.part.get_destination_page_number(place) or 0
        course.add_outline_item(
            title=section, page_number=first + number, parent=chapter, fit=Fit.xyz(top=place.top)
        )


def _lead_within(link: DictionaryObject, address: str, places: dict[tuple[str, str], ArrayObject]) -> None:
    """Make a link to a place of the course lead to it in this file."""
    action = link.get("/A", DictionaryObject()).get_object()
    name = link.get("/Dest", action.get("/D"))
    if name is not None:
        target, anchor = address, str(name).lstrip("/")
    else:
        target, anchor = urldefrag(str(action.get("/URI", "")))
    place = places.get((target, anchor)) or places.get((target, ""))
    if place is not None:
        link.pop("/A", None)
        link[NameObject("/Dest")] = place


def make_course(browser: Browser, site: Path, names: Iterable[str], title: str, author: str) -> PdfWriter:
    """Return the course as one document."""
    server = serve(site)
    base = f"http://127.0.0.1:{server.server_address[1]}/"
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    try:
        addresses = [f"{base}{name}.html" for name in names]
        course = join(print_page(page, address) for address in addresses)
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    feet = print_feet(browser, title, len(course.pages))
    for sheet, foot in zip(course.pages, feet.pages, strict=True):
        drawn, content = foot.get_contents(), DecodedStreamObject()
        if drawn is None:
            raise ValueError(f"Chromium printed nothing at the foot of a sheet: {foot}")
        # Marked as no part of the text, so that nobody hears it on every sheet.
        content.set_data(b"/Artifact BMC\n" + drawn.get_data() + b"\nEMC")
        foot[NameObject("/Contents")] = content
        sheet.merge_page(foot)
    course.add_metadata({"/Title": title, "/Author": author})
    course.compress_identical_objects()
    return course


def write_packed(course: PdfWriter, path: Path) -> None:
    """Write a document whole or not at all, its many small objects packed, as pypdf can't."""
    content = BytesIO()
    course.write(content)
    with written_whole(path) as unfinished, pikepdf.open(content) as document:
        document.save(unfinished, object_stream_mode=pikepdf.ObjectStreamMode.generate)


if __name__ == "__main__":
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        made = make_course(chromium, site_folder(), page_names(), settings["title"], settings["author"])
        chromium.close()
    write_packed(made, COURSE)
    print(f"{COURSE.relative_to(ROOT)}: {len(made.pages)} pages, {COURSE.stat().st_size / 1e6:.1f} MB")
