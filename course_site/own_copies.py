"""Scripts that outputs would fetch from elsewhere, as files of this site where an installed package has them.

Then a plot works without a network, and nobody else learns who reads it. What no package has stays where it
is, and the page's policy lets it through.
"""

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from course_site.finished_pages import change_pages

FOLDER = "_static/others"


class Library(NamedTuple):
    """A library for browsers that an installed Python package brings along."""

    package: str
    address: re.Pattern[str]
    """Where outputs fetch it from, with the groups `name` and `version`."""
    script_of: Callable[[str, str], str | None]
    """What returns the script from the package, or None where that has another version."""


def _plotly(name: str, version: str) -> str | None:
    from plotly.offline import get_plotlyjs, get_plotlyjs_version

    return get_plotlyjs() if version in ("latest", get_plotlyjs_version()) else None


def _bokeh(name: str, version: str) -> str | None:
    import bokeh

    if version != bokeh.__version__:
        return None
    folder = Path(str(bokeh.__file__)).parent / "server" / "static" / "js"
    return (folder / f"{name}.min.js").read_text(encoding="utf-8")


def _vega(name: str, version: str) -> str | None:
    import vl_convert

    # One bundle has all three, of these or nearly these versions; outputs fetch Vega first.
    if name != "vega":
        return "// is in the bundle of Vega\n"
    bundle = vl_convert.javascript_bundle()  # type: ignore[call-arg]  # its stub forgets the default
    return f"(() => {{{bundle}}})();\n"  # with names of its own, as a module has


LIBRARIES = (
    Library(
        "plotly",
        re.compile(
            r"https://cdn\.plot\.ly/(?P<name>plotly)-(?P<version>latest|\d[\d.]*\d)(\.min)?(\.js)?(?=[\"']|$)"
        ),
        _plotly,
    ),
    Library(
        "bokeh",
        re.compile(
            r"https://cdn\.bokeh\.org/bokeh/\w+/(?P<name>bokeh(-[a-z]+)?)-(?P<version>\d[\w.]*?)\.min\.js"
        ),
        _bokeh,
    ),
    Library(
        "vl-convert-python",
        re.compile(
            r"https://cdn\.jsdelivr\.net/npm/(?P<name>vega(-lite|-embed|-lib)?)(@(?P<version>\d[\d.]*))?(\?noext)?(?=[\"']|$)"
        ),
        _vega,
    ),
)
_MATHJAX = re.compile(r"https://cdnjs\.cloudflare\.com/ajax/libs/mathjax/")
_ICONS = re.compile(
    r"https://[\w./-]+/font-awesome/[\w./-]+\.css"
)  # of matplotlib's animations; the theme has them
_INLINE_PLOTLY = re.compile(r"\s*/\*\*\s*\* plotly\.js v(\d[\d.]*\d)\s")
_ONE_IMPORT = re.compile(r"\s*import\s*[\"']([^\"']+)[\"'];?\s*")


def use_own_copies(soup: BeautifulSoup, page: Path) -> None:
    """Let the outputs of a page load the site's own copies."""
    root = str(soup.html["data-content_root"]) if soup.html else "./"
    for link in soup.select("article link[rel=stylesheet]"):
        if _ICONS.fullmatch(str(link.get("href", ""))):
            link.decompose()
    scripts = soup.select("article script")
    if not any("https://" in str(s) for s in scripts):
        return
    drawn = "".join(s.decode_contents() for s in scripts if "Plotly.newPlot" in s.decode_contents())
    loaded: set[str] = set()
    for script in scripts:
        if _MATHJAX.match(str(script.get("src", ""))) and drawn and not re.search(r"\$[^{]", drawn):
            script.decompose()  # fetched by plotly for formulas, which no plot here has
            continue
        _replace(script, lambda found: _own_address(found, root, page))
        address = str(script.get("src", ""))
        if address.startswith(root) and address in loaded:
            script.decompose()
        loaded.add(address)


def _replace(script: Tag, own: Callable[[re.Match[str]], str]) -> None:
    """Put own addresses into a script's tag or text."""
    text, source = script.decode_contents(), str(script.get("src", ""))
    if script.get("type") == "module" and (found := _ONE_IMPORT.fullmatch(text)):
        text, source = "", found[1]  # a page opened from disk may not import
    elif found := _INLINE_PLOTLY.match(text[:200]):
        text, source = "", f"https://cdn.plot.ly/plotly-{found[1]}.min.js"  # once a site, not once a page
    new_text, new_source = text, source
    for library in LIBRARIES:
        new_text, new_source = library.address.sub(own, new_text), library.address.sub(own, new_source)
    if new_source != source:
        script.attrs = {"src": new_source}
        script.string = ""
    elif new_text != text:
        script.string = new_text


def _own_address(found: re.Match[str], root: str, page: Path) -> str:
    """Return the address of the site's own copy, or the one that was found where there is none."""
    text = script_for(found[0])
    if text is None:
        return found[0]
    name = f"{found['name']}-{found['version'] or 'none'}.js"
    file = page.parent / root / FOLDER / name
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return f"{root}{FOLDER}/{name}"


@functools.cache
def script_for(address: str) -> str | None:
    """Return the script that an installed package has for an address, if any."""
    library, found = next((lib, m) for lib in LIBRARIES if (m := lib.address.match(address)))
    try:
        return library.script_of(found["name"], found["version"])
    except ImportError:
        return None


def setup(app) -> None:
    """Register with Sphinx."""
    change_pages(use_own_copies)
