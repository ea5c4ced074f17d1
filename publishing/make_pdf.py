"""Print the whole course with Chromium into one file: ``_build/the-geometry-of-embeddings.pdf``."""

import html
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from urllib.parse import urldefrag

import yaml
from built_site import NAME, ROOT, page_names, site_folder
from local_browser import CHROMIUM_ARGUMENTS, SETTLED, chromium_path, serve, wait_until
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject

COURSE = ROOT / "_build" / f"{NAME}.pdf"
FOOT = """<div style="width: 100%; margin: 0 16mm; font: 8pt sans-serif; color: #444; display: flex;
justify-content: space-between"><span>{title} · CC BY 4.0</span><span class="pageNumber"></span></div>"""


def print_page(page: Page, address: str) -> tuple[str, PdfReader]:
    """Return the title of a page of the site, and what the browser prints of it."""
    page.goto(address)
    page.evaluate(SETTLED)
    for widget in page.locator(".eg-widget").all():
        widget.scroll_into_view_if_needed()  # those with words load them when they are seen
    wait_until(page, "!document.querySelector('[aria-busy=true]')")
    title = page.locator("article h1").first.evaluate("(e) => e.firstChild.textContent")
    return title, PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


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


def join(printed: Iterable[tuple[str, str, PdfReader]]) -> PdfWriter:
    """Join what was printed, from (address, title, pages), with a bookmark each; links lead within it."""
    course = PdfWriter()
    first_pages: dict[str, int] = {}
    places: dict[tuple[str, str], ArrayObject] = {}
    addresses: list[str] = []
    for address, title, part in printed:
        first = first_pages[address] = len(course.pages)
        course.append(part, outline_item=title, import_outline=False)
        addresses += [address] * len(part.pages)
        for name, place in part.named_destinations.items():
            number = part.get_destination_page_number(place)
            if number is not None:
                at = course.pages[first + number].indirect_reference
                top = place.top if place.top is not None else NullObject()
                places[address, name.lstrip("/")] = ArrayObject(
                    [at, NameObject("/XYZ"), NullObject(), top, NullObject()]
                )
        places[address, ""] = ArrayObject([course.pages[first].indirect_reference, NameObject("/Fit")])
    for page, address in zip(course.pages, addresses, strict=True):
        for link in page.get("/Annots", ()):
            _lead_within(link.get_object(), address, places)
    return course


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
        course = join((address, *print_page(page, address)) for address in addresses)
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    feet = print_feet(browser, title, len(course.pages))
    for sheet, foot in zip(course.pages, feet.pages, strict=True):
        sheet.merge_page(foot)
    course.add_metadata({"/Title": title, "/Author": author})
    course.compress_identical_objects()
    return course


if __name__ == "__main__":
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        made = make_course(chromium, site_folder(), page_names(), settings["title"], settings["author"])
        chromium.close()
    unfinished = COURSE.with_suffix(".unfinished")
    made.write(unfinished)
    unfinished.replace(COURSE)
    print(f"{COURSE.relative_to(ROOT)}: {len(made.pages)} pages, {COURSE.stat().st_size / 1e6:.1f} MB")
