"""Pictures have their size on the page, so that nothing moves when they arrive, and few bytes.

A chart has a few hundred colours: with the 256 that cover it best it looks the same, at a third of the bytes.
"""

from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from PIL import Image, ImageChops
from sphinx.util import logging

from course_site.finished_pages import after_build, change_pages


def say_sizes(soup: BeautifulSoup, page: Path) -> None:
    """Write the size of each picture whose author didn't; it is loaded once the reader gets near."""
    for image in soup.find_all("img", src=True, width=False, height=False, style=False):
        file = page.parent / unquote(urlsplit(str(image["src"])).path)
        if file.suffix == ".png" and file.exists():
            try:
                with Image.open(file) as opened:
                    image["width"], image["height"] = map(str, opened.size)
            except OSError:
                logging.getLogger(__name__).warning(
                    "%s shows %s, which is no picture (with git-lfs, `git lfs pull` fetches it)",
                    page.name,
                    file.name,
                )
                continue
            image["loading"] = "lazy"  # with a size, nothing moves when it comes


def with_a_palette(picture: Image.Image) -> Image.Image | None:
    """Return an opaque picture with 256 colours, or nothing where that would be seen.

    Parameters
    ----------
    picture : Image

    Returns
    -------
    Image or None
        No channel of a pixel is off by more than 8 of 255.
    """
    if picture.mode == "P" or picture.convert("RGBA").getchannel("A").getextrema() != (255, 255):
        return None
    original = picture.convert("RGB")
    made = original.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    seen = ImageChops.difference(original, made.convert("RGB")).point(lambda off: off > 8)
    return None if seen.getbbox() else made


def shrink(app) -> None:
    """Give the pictures that the pages show a palette, where nobody sees the difference."""
    for path in Path(app.outdir, "_images").glob("*.png"):
        try:
            with Image.open(path) as picture:
                made = with_a_palette(picture)
        except OSError:  # no picture: the page that shows it says so
            continue
        if made is None:
            continue
        packed = BytesIO()
        made.save(packed, "PNG", optimize=True)
        if packed.tell() < path.stat().st_size:
            path.write_bytes(packed.getvalue())


def setup(app) -> None:
    """Register with Sphinx."""
    change_pages(say_sizes)
    after_build(app, shrink)
