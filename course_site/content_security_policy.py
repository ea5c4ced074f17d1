"""What each page may run and load: what its author put into it, and nothing else.

A page of the course gets the strict policy below. One whose outputs need more gets that alone, and the build
says which page got what, and why.
"""

import base64
import hashlib
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from myst_nb.core.render import WIDGET_STATE_MIMETYPE
from sphinx.util import logging

from course_site.finished_pages import after_build, change_pages
from course_site.own_copies import FOLDER as OWN_COPIES
from course_site.standard_widgets import foreign_models, nbextension

# "blob:" is where the widget host starts the modules that come with the page; by "default-src" Firefox judges
# whether it may fetch the next page beforehand.
POLICY = {
    "default-src": ["'self'"],
    "object-src": ["'none'"],
    "script-src": ["'self'", "blob:"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
}
# Of buttons, here or on a page that the search reads an excerpt from.
THEME_HANDLERS = ("toggleFullScreen()", "window.print()")
LOADED_BY = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("video", "poster"): "img-src",
    ("iframe", "src"): "frame-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
    ("track", "src"): "media-src",
    ("object", "data"): "object-src",
    ("embed", "src"): "object-src",
    ("form", "action"): "form-action",
}
SCRIPT_TYPES = (
    "",
    "module",
    "text/javascript",
    "application/javascript",
    "text/ecmascript",
    "application/ecmascript",
)
# What a script that loads more from an address there may need; the end of the address says what it loads.
LOADS = {
    r"m?js": ("script-src",),
    r"css": ("style-src", "font-src"),
    r"json|geojson|topojson|csv|tsv|txt|parquet|arrow|pbf|wasm": ("connect-src",),
    r"png|jpe?g|gif|webp|svg|ico": ("img-src",),
    r"woff2?|ttf|otf": ("font-src",),
    r"mp[34]|wav|ogg|webm": ("media-src",),
}
MODULE_HOSTS = ("cdn.jsdelivr.net", "unpkg.com", "esm.sh", "esm.run", "cdn.skypack.dev")
# Addresses that name a standard, and are never asked.
NAMES = re.compile(r"https?://(www\.w3\.org|vega\.github\.io/schema|json-schema\.org|schema\.org)\b")
# A script of so many characters is a library: most addresses in it are for what this page doesn't do.
LIBRARY = 200_000
_ADDRESS = re.compile(r"https?://[\w.-]+\.\w+(?::\d+)?(?:/[^\s\"'`<>\\)]*)?")
_OWN_COPY = re.compile(rf"[\"']((?:\./|(?:\.\./)+){OWN_COPIES}/[\w.-]+)[\"']")
_EVALUATES = re.compile(r"\bnew Function\(|\beval\(|(?<![\w.])Function\(")
_told: dict[str, dict[str, str]] = {}

Needs = dict[tuple[str, str], str]
"""The reason for each source that a page needs, by directive and source."""


def add_policy(soup: BeautifulSoup, page: Path) -> None:
    """Write a page's policy into it."""
    needs = needs_of(soup, page)
    policy = soup.new_tag(
        "meta", attrs={"http-equiv": "Content-Security-Policy", "content": policy_of(needs)}
    )
    # A browser looks for the character set in the first 1,024 bytes alone.
    soup.find("meta", charset=True).insert_after(policy)  # type: ignore[union-attr]  # every finished page has one
    root = page.parent / str(soup.html["data-content_root"])  # type: ignore[index]
    beyond = {
        f"{name} {source}": reason
        for (name, source), reason in needs.items()
        if source not in POLICY.get(name, ())
        and not source.startswith(("'sha256-", "'unsafe-hashes'", "'self'"))
    }
    if beyond:
        _told[page.resolve().relative_to(root.resolve()).as_posix()] = beyond


def policy_of(needs: Needs) -> str:
    """Return the policy: what every page may do, and what this one needs."""
    policy = defaultdict(lambda: list(POLICY["default-src"]), {name: list(s) for name, s in POLICY.items()})
    for name, source in needs:
        if policy[name] == ["'none'"]:
            policy[name] = []
        policy[name].append(source)
    return "; ".join(f"{name} {' '.join(dict.fromkeys(sources))}" for name, sources in policy.items())


def needs_of(soup: BeautifulSoup, page: Path) -> Needs:
    """Return what a page needs beyond the policy of all, with reasons.

    Parameters
    ----------
    soup : BeautifulSoup
    page : Path
        Its file: scripts of the site are looked at from there.
    """
    needs: Needs = {}
    for (tag_name, attribute), directive in LOADED_BY.items():
        for tag in soup.find_all(tag_name, attrs={attribute: True}):
            kind = "img-src" if tag_name == "source" and tag.find_parent("picture") else directive
            if source := _source(str(tag[attribute])):
                needs[kind, source] = f"<{tag_name}>"
    for tag in soup.find_all("link", rel="stylesheet"):
        if source := _source(str(tag["href"])):
            needs |= {(name, source): "<link>" for name in ("style-src", "font-src")}
    for script in soup.find_all("script", src=False):
        if str(script.get("type", "")) in SCRIPT_TYPES and script.contents:
            needs["script-src", _hash_source(script.decode_contents())] = "<script>"
    needs["script-src", "'unsafe-hashes'"] = "its buttons"
    for handler in (*THEME_HANDLERS, *_handlers(soup)):
        needs["script-src", _hash_source(handler)] = "its buttons"
    models = _models(soup)
    for text in _texts(soup, models, page):
        _needs_of_text(text, needs)
    for module in {model["model_module"] for model in foreign_models(models)}:
        if not module.startswith("@jupyter-widgets/") and nbextension(module) is None:
            reason = f"widgets of {module}, whose package isn't installed where the site is built"
            needs |= {
                ("script-src", source): reason for source in ("https://cdn.jsdelivr.net", "'unsafe-eval'")
            }
    for frame in soup.find_all("iframe", srcdoc=True):  # it has the policy of its page
        needs |= needs_of(BeautifulSoup(str(frame["srcdoc"]), "html.parser"), page)
    for text in _outputs_of_widgets(models):
        needs |= needs_of(BeautifulSoup(text, "html.parser"), page)
    return needs


def _source(address: str) -> str | None:
    """Return what lets an address through, or None where the site itself has it."""
    scheme, host = urlsplit(address)[:2]
    if scheme in ("data", "blob"):
        return f"{scheme}:"
    return f"{scheme or 'https'}://{host}" if host else None


def _handlers(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(True):
        yield from (str(value) for name, value in tag.attrs.items() if name.startswith("on"))


def _texts(soup: BeautifulSoup, models: list[dict], page: Path) -> Iterator[str]:
    """Yield the scripts of what an author put into a page: in it, of the site, and modules of widgets."""
    content = soup.find("article") if soup.find("html", attrs={"data-content_root": True}) else soup
    if content is None:
        return  # the search page and the like
    for script in content.find_all("script"):
        if str(script.get("type", "")) in SCRIPT_TYPES:
            yield script.decode_contents()
            yield from _own_scripts(str(script.get("src", "")), script.decode_contents(), page)
    yield from _handlers(content)  # type: ignore[arg-type]
    for model in models:
        state = model["state"]
        yield from (str(state[name]) for name in ("_esm", "_css") if state.get(name))


def _own_scripts(source: str, text: str, page: Path) -> Iterator[str]:
    for address in (source, *_OWN_COPY.findall(text)):
        file = page.parent / address.partition("?")[0]
        if address and not urlsplit(address).netloc and file.is_file():
            yield from _EVALUATES.findall(file.read_text(encoding="utf-8", errors="replace"))[:1]


def _needs_of_text(text: str, needs: Needs) -> None:
    """Add what a script needs: the hosts it loads from, and whether it compiles code."""
    if _EVALUATES.search(text):
        needs["script-src", "'unsafe-eval'"] = "a script that compiles code"
    if len(text) > LIBRARY:
        return
    for address in _ADDRESS.findall(html.unescape(text)):
        if NAMES.match(address):
            continue
        parts = urlsplit(address)
        source = f"{parts.scheme}://{parts.netloc}"
        ending = parts.path.rpartition(".")[2]
        names = [name for pattern, found in LOADS.items() if re.fullmatch(pattern, ending) for name in found]
        if parts.netloc in MODULE_HOSTS:
            names += ["script-src", "style-src", "font-src", "connect-src", "img-src"]
        for name in names:
            needs[name, source] = "a script that loads from there"
        if "script-src" in names:
            needs["script-src", "'unsafe-eval'"] = f"scripts of {parts.netloc}, which may compile code"


def _models(soup: BeautifulSoup) -> list[dict]:
    state = soup.find("script", type=WIDGET_STATE_MIMETYPE)
    return list(json.loads(state.decode_contents())["state"].values()) if isinstance(state, Tag) else []


def _outputs_of_widgets(models: list[dict]) -> Iterator[str]:
    for model in models:
        for output in model["state"].get("outputs") or ():
            yield "".join(output.get("data", {}).get("text/html", ""))


def _hash_source(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def tell(app) -> None:
    """Say which pages may do more than those of the course, and why."""
    if not _told:
        return
    logger = logging.getLogger(__name__)
    logger.info("\nThese pages may do more than the others, for what they show:")
    for page, sources in sorted(_told.items()):
        by_reason = defaultdict(list)
        for source, reason in sources.items():
            by_reason[reason].append(source)
        told = "; ".join(f"{', '.join(found)} ({reason})" for reason, found in by_reason.items())
        logger.info("  %s: %s", page, told)


def setup(app) -> None:
    """Register with Sphinx."""
    change_pages(add_policy)
    after_build(app, tell, priority=960)
