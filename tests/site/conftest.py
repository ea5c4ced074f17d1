"""A book of our own with every kind of widget page."""

import pytest
from small_book import build, make_book
from widget_pages import WIDGET_PAGES


@pytest.fixture(scope="session")
def widget_book(made_once):
    """Build the book of widget pages; return the folder of its site."""
    return made_once("widgets", lambda folder: build(make_book(folder, WIDGET_PAGES))) / "_build" / "html"


@pytest.fixture(scope="session")
def widget_pages(widget_book, serving):
    """Return the address of that site."""
    return serving(widget_book)
