"""Books of our own: one with every kind of widget page, and one as a teacher makes it."""

import pytest
from small_book import build, finish_build, make_book, start_build
from teacher_pages import make_teacher_book
from widget_pages import WIDGET_PAGES


@pytest.fixture(scope="session")
def widget_book(made_once):
    """Build the book of widget pages; return the folder of its site."""
    return made_once("widgets", lambda folder: build(make_book(folder, WIDGET_PAGES))) / "_build" / "html"


@pytest.fixture(scope="session")
def widget_pages(widget_book, serving):
    """Return the address of that site."""
    return serving(widget_book)


@pytest.fixture(scope="session")
def teacher_book(made_once):
    """Build the book, with what the build said beside it; return the folder of its site."""

    def fill(folder):
        make_teacher_book(folder)
        worked, log = finish_build(start_build(folder), folder)
        assert worked, log

    return made_once("teacher", fill) / "_build" / "html"
