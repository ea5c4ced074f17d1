"""The page of all claims, and the links between it and the cells that show them.

1. ``claims-ledger`` writes every claim of the course: its sentence, its condition, what came out at full
   size, and where it stands.
2. Below a cell that shows a claim stands a link to its entry.

The claims lie in the folder ``claims``; a book without one has no links.
"""

import importlib
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pandas as pd
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from course_site.execution_cache import digest_of

PAGE = "chapters/claims"


def ledger_of(root: Path) -> ModuleType | None:
    """Import the ledger of a book, where it has one."""
    return importlib.import_module("claims.ledger") if (root / "claims").is_dir() else None


def keep_fresh(app, config) -> None:
    """Write each page anew when a claim or a measurement has changed."""
    folder = Path(app.srcdir, "claims")
    config.claims_digest = digest_of(p for p in folder.rglob("*") if p.suffix in (".py", ".csv"))


class ClaimsLedger(SphinxDirective):
    """All claims, page by page, each folded page with its entries."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each page that has claims."""
        ledger = ledger_of(Path(self.env.srcdir))
        if ledger is None:
            raise self.error("this book has no folder of claims")
        read = [page for page in ledger.pages() if f"chapters/{page}" in self.env.found_docs]
        return [self.section(ledger, page) for page in read]

    def section(self, ledger: ModuleType, page: str) -> nodes.Node:
        """Return the section of one page."""
        claims, stored = ledger.claims_of(page), ledger.measured(page)
        section = nodes.section(ids=[f"claims-of-{page}".replace("_", "-")])
        section += nodes.title(text=_title(Path(self.env.srcdir), page))
        section += self.fold(
            f"{len(claims)} claims", [self.entry(claim, stored.loc[claim.name]) for claim in claims]
        )
        return section

    def fold(self, words: str, content: list[nodes.Node]) -> nodes.Node:
        """Return a fold that the reader opens; a link to an entry opens it too."""
        box = nodes.container(classes=["claims"])
        box += nodes.raw("", f"<details><summary>{words}</summary>", format="html")
        box += content
        box += nodes.raw("", "</details>", format="html")
        return box

    def entry(self, claim, row: pd.Series) -> nodes.Node:
        """Return the entry of one claim."""
        entry = nodes.container(ids=[claim.anchor], classes=["claim"])
        entry += nodes.paragraph("", "", *self.parsed(claim.sentence).children, classes=["claim-sentence"])
        found = f"{row['value']:.3g} ({row['low']:.3g} to {row['high']:.3g})"
        entry += self.line(
            "Measured", f"{claim.quantity}: **{found}**, over {row['over']}; it has to be {claim.bounds}."
        )
        entry += self.line("Condition", f"{claim.condition}.")
        where = self.line("Shown", "")
        where += self.link(claim)
        where += nodes.Text(", and measured again by ")
        where += nodes.literal(text=claim.name)
        where += nodes.Text(" in ")
        where += nodes.literal(text=f"claims/{claim.page}.py")
        entry += where
        return entry

    def link(self, claim) -> nodes.Node:
        """Return the link to the cell that shows a claim, or to its page."""
        target = self.env.app.builder.get_relative_uri(self.env.docname, f"chapters/{claim.page}")
        place = f"#{_cell_anchor(claim.cell)}" if claim.cell else ""
        return nodes.reference("", "on its page", refuri=target + place, internal=True)

    def line(self, head: str, text: str) -> nodes.paragraph:
        """Return a line that begins with what it is about."""
        line = nodes.paragraph(classes=["claim-line"])
        line += [nodes.strong(text=f"{head}: "), *(self.parsed(text).children if text else [])]
        return line

    def parsed(self, text: str) -> nodes.Element:
        """Return the one paragraph that a text in Markdown makes."""
        box = nodes.Element()
        self.state.nested_parse(StringList([text], source=PAGE), 0, box)
        (found,) = box.children
        return found


def link_cells(app, doctree, docname) -> None:
    """Give each cell that shows a claim an address, and a line of links to the claims."""
    ledger = ledger_of(Path(app.srcdir))
    page = docname.rpartition("/")[2]
    if ledger is None or page not in ledger.pages() or PAGE not in app.env.found_docs:
        return
    shown = defaultdict(list)
    for claim in ledger.claims_of(page):
        shown[claim.cell].append(claim)
    for node, cell in _cells(app, doctree, docname):
        if claims := shown.get(cell):
            node["ids"].append(_cell_anchor(cell))
            base = app.builder.get_relative_uri(docname, PAGE)
            links: list[nodes.Node] = [nodes.Text("Measured again: ")]
            for i, claim in enumerate(claims):
                links += [nodes.Text(", ")] if i else []
                links.append(nodes.reference("", claim.title, refuri=f"{base}#{claim.anchor}", internal=True))
            line = nodes.paragraph("", "", *links, classes=["claim-links"])
            node.parent.insert(node.parent.index(node) + 1, line)


def _cells(app, doctree, docname):
    """Yield each code cell's node with the id that it has in its notebook."""
    source = Path(app.env.doc2path(docname))
    if source.suffix != ".ipynb":
        return
    ids = [cell.get("id") for cell in json.loads(source.read_text(encoding="utf-8"))["cells"]]
    for node in list(doctree.findall(nodes.container)):
        if "cell" in node["classes"] and "cell_index" in node:
            yield node, ids[node["cell_index"]]


def _cell_anchor(cell: str) -> str:
    return f"cell-{cell}"


def _title(root: Path, page: str) -> str:
    notebook = root / "chapters" / f"{page}.ipynb"
    if notebook.exists():
        return (
            json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["source"][0]
            .removeprefix("# ")
            .strip()
        )
    text = (root / "chapters" / f"{page}.md").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("# ")).removeprefix("# ").strip()


def setup(app) -> None:
    """Register with Sphinx."""
    app.add_config_value("claims_digest", "", "env")
    app.connect("config-inited", keep_fresh)
    app.add_directive("claims-ledger", ClaimsLedger)
    app.connect("doctree-resolved", link_cells)
