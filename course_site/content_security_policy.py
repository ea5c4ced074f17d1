"""What each page may run and load: what its author put into it, and nothing else."""

import base64
import hashlib
import json
import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from course_site.finished_pages import change_pages

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
# The models that the page's own host runs are named there alone.
_HOST_STATE = Path(__file__).parent / "widget_host" / "state.js"
HOSTED = set(re.findall(r'"(\w+Model)"', _HOST_STATE.read_text(encoding="utf-8")))


def add_policy(soup: BeautifulSoup, page: Path) -> None:
    """Write a page's policy into it."""
    policy = soup.new_tag("meta", attrs={"http-equiv": "Content-Security-Policy", "content": policy_of(soup)})
    # A browser looks for the character set in the first 1,024 bytes alone.
    soup.find("meta", charset=True).insert_after(policy)  # type: ignore[union-attr]  # every finished page has one


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
    if all(m["model_module"] == "anywidget" or m["model_name"] in HOSTED for m in models):
        return []
    addresses = json.loads(str(manager["data-standard-manager"]))
    return [f"https://{host}" for address in addresses if (host := urlsplit(address).netloc)]


def setup(app) -> None:
    """Register with Sphinx."""
    change_pages(add_policy)
