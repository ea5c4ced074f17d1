"""Makes the finished pages light, and safe.

1. Scripts wait until the page has been read; those that a page has no use for are left out.
2. Of the theme's icons only those in use are kept, as a font; its script of 1.5 MB is not needed then.
3. Images have their size, so that nothing moves when they arrive.
4. A content security policy lets each page run and load what its author put into it, and nothing else.
"""

import base64
import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Script, Tag
from fontTools import subset
from mathematics import FONT as MATH_FONT
from PIL import Image

SEARCH_SCRIPTS = ("searchtools.js", "language_data.js", "searchindex.js")
ICON_SCRIPT = "fontawesome.js"
ICON_FONTS = {
    "fa-solid-900": ("fa-solid", "fas"),
    "fa-regular-400": ("fa-regular", "far"),
    "fa-brands-400": ("fa-brands", "fab"),
}
ICON_RULE = re.compile(r'((?:\.fa-[\w-]+:before,?)+)\{content:"\\([0-9a-f]+) ?"\}')
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
    "script": "script-src",
    "img": "img-src",
    "iframe": "frame-src",
    "video": "media-src",
    "audio": "media-src",
}
OWN_WIDGETS = (
    "LayoutModel",
    "BoxModel",
    "HBoxModel",
    "VBoxModel",
    "GridBoxModel",
    "LinkModel",
    "DirectionalLinkModel",
)


def lighten(page: Path, root: Path) -> None:
    """Rewrite a page that Sphinx has just written; one that has its policy already is left alone."""
    text = page.read_text(encoding="utf-8")
    if "Content-Security-Policy" in text:
        return
    soup = BeautifulSoup(text, "html.parser")
    if soup.head is None:
        return  # a bare redirect
    for script in soup.find_all("script", src=True):
        name = Path(urlsplit(str(script["src"])).path).name
        if name == ICON_SCRIPT or (name in SEARCH_SCRIPTS and page.name != "search.html"):
            script.decompose()
        elif name == "documentation_options.js":
            # Scripts in the page need it at once, and it is shorter than a request for it.
            script.append(Script((root / "_static" / name).read_text(encoding="utf-8")))
            del script["src"]
        else:
            script["defer"] = "defer"
    for early in soup.find_all("link", rel="preload", attrs={"as": "script"}):
        early.decompose()  # they would come before the styles, without which nothing is shown
    for styles in soup.find_all("link", rel="stylesheet", href=re.compile(r"styles/theme\.css")):
        # All it does is to import this one, which would have to wait for it.
        styles["href"] = re.sub(r"styles/theme\.css.*", "basic.css", str(styles["href"]))
    own = soup.find("link", rel="stylesheet", href=re.compile(r"book\.css"))
    if own and soup.find("math"):
        version = hashlib.sha256((root / "_static" / MATH_FONT).read_bytes()).hexdigest()[:8]
        address = re.sub(r"book\.css.*", f"{MATH_FONT}?v={version}", str(own["href"]))
        own.insert_before(soup.new_tag("link", attrs={"rel": "stylesheet", "href": address}))
    for repeated in soup.find_all("meta", attrs={"name": "viewport"})[1:]:
        repeated.decompose()
    for image in soup.find_all("img", src=True, width=False, height=False):
        _say_size(image, page)
    policy = soup.new_tag("meta", attrs={"http-equiv": "Content-Security-Policy", "content": policy_of(soup)})
    soup.head.insert(1, policy)
    page.write_text(str(soup), encoding="utf-8")


def _say_size(image: Tag, page: Path) -> None:
    file = page.parent / urlsplit(str(image["src"])).path
    if file.suffix == ".png" and file.exists() and "style" not in image.attrs:
        with Image.open(file) as opened:
            image["width"], image["height"] = map(str, opened.size)


def policy_of(soup: BeautifulSoup) -> str:
    """Return the policy for a page: what every page may do, and what its author put into it."""
    policy = defaultdict(list, {name: list(sources) for name, sources in POLICY.items()})
    for tag in soup.find_all(LOADED_BY, src=True):
        if host := urlsplit(str(tag["src"])).netloc:
            policy[LOADED_BY[tag.name]].append(f"https://{host}")
    for tag in soup.find_all("link", rel="stylesheet"):
        if host := urlsplit(str(tag["href"])).netloc:
            policy["style-src"].append(f"https://{host}")
            policy["font-src"].append(f"https://{host}")
    for script in soup.find_all("script", src=False):
        if script.get("type", "text/javascript") in ("text/javascript", "module"):
            policy["script-src"].append(_hash_source(script.decode_contents()))
    handlers = [*THEME_HANDLERS, *(str(tag["onclick"]) for tag in soup.find_all(onclick=True))]
    policy["script-src"] += ["'unsafe-hashes'", *map(_hash_source, handlers)]
    if hosts := _standard_manager_hosts(soup):
        policy["script-src"].append("'unsafe-eval'")  # it compiles the schema of what it reads
    for host in hosts:
        for name in ("script-src", "style-src", "font-src", "img-src", "connect-src"):
            policy[name].append(host)
    return "; ".join(f"{name} {' '.join(dict.fromkeys(sources))}" for name, sources in policy.items())


def _hash_source(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _standard_manager_hosts(soup: BeautifulSoup) -> list[str]:
    """Return where the standard widget manager comes from, if a widget of the page needs it."""
    state = soup.find("script", type="application/vnd.jupyter.widget-state+json")
    manager = soup.find("script", attrs={"data-standard-manager": True})
    if state is None or manager is None:
        return []
    models = json.loads(state.decode_contents())["state"].values()
    if all(m["model_module"] == "anywidget" or m["model_name"] in OWN_WIDGETS for m in models):
        return []
    addresses = json.loads(str(manager["data-standard-manager"]))
    return [f"https://{host}" for address in addresses if (host := urlsplit(address).netloc)]


def keep_icons_in_use(static: Path, originals: Path, pages: list[Path]) -> None:
    """Cut the theme's icon fonts, and the rules for them, down to the icons that pages and scripts name."""
    stylesheet = static / "styles" / "pydata-sphinx-theme.css"
    css = (originals / "styles" / stylesheet.name).read_text(encoding="utf-8")
    scripts = [s for s in static.rglob("*.js") if s.name not in (ICON_SCRIPT, "searchindex.js")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*pages, *scripts])
    named = set(re.findall(r"\bfa[srb]?(?:-[\w-]+)?\b", text))

    def in_use(rule: re.Match) -> bool:
        return not named.isdisjoint(re.findall(r"\.([\w-]+):before", rule[1]))

    codes = [rule[2] for rule in ICON_RULE.finditer(css) if in_use(rule)]
    # Stylesheets also set icons by their number.
    others = [path.read_text(encoding="utf-8") for path in static.rglob("*.css") if path != stylesheet]
    codes += re.findall(r'content:\s*"\\(f[0-9a-f]{3})"', "\n".join([ICON_RULE.sub("", css), *others]))
    stylesheet.write_text(ICON_RULE.sub(lambda rule: rule[0] if in_use(rule) else "", css), encoding="utf-8")
    fonts = static / "vendor" / "fontawesome" / "webfonts"
    for name, classes in ICON_FONTS.items():
        for ending in ("ttf", "woff2"):
            (fonts / f"{name}.{ending}").unlink(missing_ok=True)
        if named.intersection(classes):
            options = subset.Options(flavor="woff2", hinting=False)
            font = subset.load_font(str(originals / (fonts / f"{name}.woff2").relative_to(static)), options)
            smaller = subset.Subsetter(options)
            smaller.populate(unicodes=[int(code, 16) for code in codes])
            smaller.subset(font)
            subset.save_font(font, str(fonts / f"{name}.woff2"), options)
    for name in ("", ".map", ".LICENSE.txt"):
        (static / "scripts" / f"{ICON_SCRIPT}{name}").unlink(missing_ok=True)


def finish(app, error) -> None:
    """Make the pages of a finished build light."""
    if error is not None or app.builder.format != "html":
        return
    root = Path(app.outdir)
    pages = [page for page in root.rglob("*.html") if page.name != "404.html"]
    for page in pages:
        lighten(page, root)
    (theme,) = [Path(d, "static") for d in app.builder.theme.get_theme_dirs() if "pydata" in str(d)]
    keep_icons_in_use(root / "_static", theme, pages)


def setup(app) -> dict:
    """Register with Sphinx."""
    app.connect("build-finished", finish, priority=900)  # after all that writes pages
    return {"parallel_read_safe": True, "parallel_write_safe": True}
