"""The pages of the built site: which there are, their HTML, and how they look once their widgets stand."""

from pathlib import Path

from bs4 import BeautifulSoup

from tools.built_site import ROOT, page_names
from tools.local_browser import LOAD_PICTURES, SETTLED

INSPECT = (Path(__file__).parent / "inspect_page.js").read_text(encoding="utf-8")


def of_the_course(name, root=ROOT):
    """Say whether a page keeps the form of the course: a notebook without a number is a teacher's own."""
    return not (root / f"{name}.ipynb").exists() or Path(name).name[0].isdigit()


ALL_PAGES = page_names()
CHAPTERS = [name for name in ALL_PAGES if of_the_course(name)]
PAGES = [*CHAPTERS, "search", "genindex"]


def pages_of(site):
    """Return the files of the course's pages; _static holds a template that is none."""
    own = {site / f"{name}.html" for name in ALL_PAGES} - {site / f"{name}.html" for name in CHAPTERS}
    return [path for path in site.rglob("*.html") if "_static" not in path.parts and path not in own]


def soup_of(path):
    """Parse a page of the site."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def settle(page):
    """Wait until the widgets stand, and all pictures are there."""
    page.evaluate(SETTLED)
    page.evaluate(LOAD_PICTURES)
