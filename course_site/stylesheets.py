"""Of the stylesheets of others, only the rules that some page or script of the site can use.

A rule is kept if each class and each name in its selector occurs in a page or a script. What the packages
wrote is kept beside the site, and cut down anew by each build.
"""

import hashlib
import re
from pathlib import Path

import tinycss2

from course_site.finished_pages import after_build, pages_of

STYLES = (
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "basic.css",
    "sphinx-design.min.css",
    "mystnb.*.css",
)
CUT = "/* only what this site uses */\n"
NAME = re.compile(r"[.#]((?:[\w-]|\\.)+)")
LEFT_OUT = re.compile(r":not\([^)]*\)|\[[^\]]*\]")  # a rule needs nothing of what stands in these


def used_rules(css: str, words: set[str]) -> str:
    """Return a stylesheet without the rules whose classes and names are not among the words."""
    return "".join(_used(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), words))


def _used(rules: list, words: set[str]) -> list[str]:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = re.split(r",(?![^()]*\))", tinycss2.serialize(rule.prelude))
            if wanted := [selector for selector in selectors if _names(selector) <= words]:
                kept.append(f"{','.join(wanted)}{{{tinycss2.serialize(rule.content)}}}")
        elif rule.type == "at-rule" and rule.content is not None and rule.at_keyword in ("media", "supports"):
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if inner := "".join(_used(inside, words)):
                kept.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
        else:
            kept.append(rule.serialize())
    return kept


def _names(selector: str) -> set[str]:
    return {name.replace("\\", "") for name in NAME.findall(LEFT_OUT.sub("", selector))}


def words_of(outdir: Path) -> set[str]:
    """Return every word in the pages and scripts of a site that may be the name of a class."""
    texts = (
        path.read_text(encoding="utf-8") for path in [*pages_of(outdir), *(outdir / "_static").rglob("*.js")]
    )
    return {word for text in texts for word in re.findall(r"[A-Za-z_][\w-]*", text)}


def cut_down(app) -> None:
    """Cut the stylesheets down, and let every page ask for them by a digest of what is left."""
    outdir = Path(app.outdir)
    originals = outdir.parent / ".styles"
    words, digests = words_of(outdir), {}
    for pattern in STYLES:
        for path in (outdir / "_static").glob(pattern):
            original = originals / path.name
            css = path.read_text(encoding="utf-8")
            if not css.startswith(CUT):  # as the package wrote it
                originals.mkdir(exist_ok=True)
                original.write_text(css, encoding="utf-8")
            left = CUT + used_rules(original.read_text(encoding="utf-8"), words)
            path.write_text(left, encoding="utf-8")
            digests[path.name] = hashlib.sha256(left.encode()).hexdigest()[:8]
    for page in pages_of(outdir):
        text = page.read_text(encoding="utf-8")
        renewed = re.sub(
            r'(<link [^>]*href="[^"?]*/([\w.-]+\.css))(\?[^"]*)?"',
            lambda found: f'{found[1]}?v={digests[found[2]]}"' if found[2] in digests else found[0],
            text,
        )
        if renewed != text:
            page.write_text(renewed, encoding="utf-8")


def setup(app) -> None:
    """Register with Sphinx."""
    after_build(app, cut_down, priority=950)  # after the pages are finished
