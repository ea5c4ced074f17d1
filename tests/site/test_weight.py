"""How heavy each page is, what is there before a script ran, and what a page may run and load."""

import gzip
import json
import re
from base64 import b64decode
from io import BytesIO
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from built_pages import CHAPTERS, soup_of
from fontTools.ttLib import TTFont

from course_site.content_security_policy import needs_of, policy_of
from tools.local_browser import SETTLED, wait_until

SHIFTS = """
globalThis.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def as_the_first_page(page):
    """Let pages ask for all again, and add up how far things move under the reader's eyes."""
    page.add_init_script(SHIFTS)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})


def transferred(file):
    """Return how many bytes a web server sends for a file: text goes packed."""
    content = file.read_bytes()
    return len(content) if file.suffix in (".png", ".woff2") else len(gzip.compress(content))


def own_scripts(file):
    soup = soup_of(file)
    inline = [s.decode_contents() for s in soup.find_all("script", src=False, type=False)]
    return soup.find_all("script", src=True), len(gzip.compress("".join(inline).encode()))


@pytest.mark.parametrize("width", [1280, 390], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", CHAPTERS)
def test_first_view_is_light_and_still(name, width, site, serving, visit):
    address = serving(site)
    page = visit(f"{address}{name}.html", address, width=width, before=as_the_first_page)
    page.evaluate(SETTLED)
    page.wait_for_load_state("networkidle")
    files = {
        site / unquote(urlsplit(url).path).lstrip("/")
        for url in page.watch.requests
        if url.startswith(address)
    }
    assert sum(map(transferred, files)) <= 190_000
    scripts, inline = own_scripts(site / f"{name}.html")
    assert sum(transferred(file) for file in files if file.suffix == ".js") + inline <= 150_000
    assert [script["src"] for script in scripts if not script.has_attr("defer")] == []
    assert page.evaluate("shifts") < 0.05


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_page_carries_a_module_or_the_styles_of_a_widget(name, site):
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    state = BeautifulSoup(html, "html.parser").find(
        "script", type="application/vnd.jupyter.widget-state+json"
    )
    models = json.loads(state.string)["state"].values() if state else []
    assert [
        m for m in models if m["model_module"] == "anywidget" and {"_esm", "_css"} & set(m["state"])
    ] == []
    assert not re.search(r"export default|\.eg-widget", html)


@pytest.mark.parametrize("name", ["chapters/04_cat_dog_car", "chapters/06_probes"])
def test_drag_lays_out_the_widget_and_not_the_page(name, site, serving, open_page):
    address = serving(site)
    page = open_page(f"{address}{name}.html", address)
    page.evaluate(SETTLED)
    handle = page.locator(".eg-plane [role=slider]").first
    handle.scroll_into_view_if_needed()
    x, y = (handle.bounding_box()[side] + 20 for side in ("x", "y"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 1, y)
    page.context.browser.start_tracing(page=page, categories=["devtools.timeline"])
    for step in range(2, 40):
        page.mouse.move(x + step, y + step)
    events = json.loads(page.context.browser.stop_tracing())["traceEvents"]
    layouts = [e["args"]["beginData"] for e in events if e["name"] == "Layout" and "beginData" in e["args"]]
    assert len(layouts) > 20
    whole = [layout for layout in layouts if not layout["partialLayout"]]
    assert len(whole) <= 2  # the page has its own reasons now and then


@pytest.mark.parametrize("name", CHAPTERS)
def test_text_and_formulas_need_no_script(name, site, serving, visit):
    address = serving(site)
    page = visit(f"{address}{name}.html", address, java_script_enabled=False)
    refused = [problem for problem in page.watch.problems if problem.endswith("(csp)")]
    for problem in refused:  # the scripts that a browser without scripts refuses
        page.watch.problems.remove(problem)
    assert page.locator("article h1").bounding_box()["height"] > 20
    folded = page.locator("details .math, .dropdown .math, .toggle .math").count()
    formulas = page.locator("article .math > math").evaluate_all(
        "(all) => all.map((e) => [e.getBoundingClientRect().width, e.getBoundingClientRect().height])"
    )
    shown = [size for size in formulas if min(size) > 3]
    assert len(formulas) - len(shown) <= folded


def test_every_icon_and_every_sign_has_its_glyph(site, serving, visit):
    address = serving(site)
    icons = TTFont(site / "_static/vendor/fontawesome/webfonts/fa-solid-900.woff2").getBestCmap()
    styles = (site / "_static/stix-two-math.css").read_text(encoding="ascii")
    signs = TTFont(BytesIO(b64decode(re.search(r"base64,([^\"]+)", styles)[1]))).getBestCmap()
    for name in CHAPTERS:
        page = visit(f"{address}{name}.html", address)
        drawn = page.locator("i[class*=fa-]").evaluate_all(
            """(all) => all.map((i) => getComputedStyle(i, "::before").content.slice(1, -1))"""
        )
        assert len(drawn) > 5
        assert {ord(icon) for icon in drawn} <= set(icons), name
        text = page.locator("math :is(mi, mo, mn, mtext)").evaluate_all(
            "(all) => all.map((e) => e.textContent)"
        )
        spaces = set(map(ord, " \u00a0\u2061\u2003\u2002\u200b"))
        assert set(map(ord, "".join(text))) - spaces <= set(signs), name
    # Letters that stand alone are set in italics, which are other characters.
    assert {0x1D465, 0x1D464} <= set(signs)


def test_a_root_leaves_no_room_beside_what_stands_under_it(site, serving, open_page):
    address, gaps = serving(site), []
    for name in ("chapters/02c_attention", "chapters/03_mathematical_objects"):
        page = open_page(f"{address}{name}.html", address)
        gaps += page.locator("article msqrt").evaluate_all(
            """(all) => all.filter((root) => root.getBoundingClientRect().width).map((root) =>
              root.getBoundingClientRect().right - root.lastElementChild.getBoundingClientRect().right)"""
        )
    assert gaps
    assert max(map(abs, gaps)) < 1


def test_a_page_refuses_what_its_author_did_not_put_there(site, serving, open_page):
    address = serving(site)
    page = open_page(f"{address}{CHAPTERS[0]}.html", address)
    page.evaluate(
        """() => {
          globalThis.refused = [];
          addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
          const make = (tag, properties) =>
            document.body.append(Object.assign(document.createElement(tag), properties));
          make("script", { textContent: "globalThis.intruded = true" });
          make("script", { src: "https://example.org/a.js" });
          make("img", { src: "https://example.org/a.png" });
          make("iframe", { src: "https://example.org/" });
          make("object", { data: "https://example.org/" });
          fetch("https://example.org/").catch(() => {});
          setTimeout("globalThis.intruded = true", 0);
        }"""
    )
    expected = [
        "connect-src",
        "frame-src",
        "img-src",
        "object-src",
        "script-src",
        "script-src-elem",
        "script-src-elem",
    ]
    wait_until(page, f"refused.length >= {len(expected)}")
    assert sorted(page.evaluate("refused")) == expected
    assert page.evaluate("globalThis.intruded") is None
    assert not [problem for problem in page.watch.problems if problem.startswith("external request")]
    page.watch.problems.clear()  # each refusal is told on the console as well


def test_a_page_may_load_what_its_author_put_there(tmp_path):
    soup = BeautifulSoup(
        '<head></head><iframe src="https://video.example.org/1"></iframe><img src="https://pictures.example.org/a.png">'
        '<script>go()</script><button onclick="stop()"></button>',
        "html.parser",
    )
    policy = dict(part.split(" ", 1) for part in policy_of(needs_of(soup, tmp_path)).split("; "))
    assert policy["default-src"] == "'self'"  # a film of its own, and in Firefox the next page
    assert policy["frame-src"] == "'self' https://video.example.org"
    assert policy["img-src"].endswith(" https://pictures.example.org")
    # The digest of "go()", by: printf "go()" | openssl dgst -sha256 -binary | base64
    assert "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='" in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "'unsafe-inline'" not in policy["script-src"]
