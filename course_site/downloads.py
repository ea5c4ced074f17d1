"""Files that a page offers once they were made: the course as one PDF, and the assignments' notebooks."""

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

HEAD = re.compile(
    r"^# Assignment (?P<title>\d+: .+)\n+\*\*Time:\*\* (?P<time>.+?)\. \*\*Points:\*\* (?P<points>\d+)",
    re.MULTILINE,
)


def offered_link(env: BuildEnvironment, path: str, text: nodes.Node) -> nodes.Node | None:
    """Return a link that Sphinx copies the file for, or nothing; the page is written anew once it is made."""
    env.note_dependency(path)
    if not Path(env.srcdir, path).exists():
        return None
    return addnodes.download_reference(
        "", "", text, refdoc=env.docname, refdomain="", reftype="download", reftarget=f"/{path}"
    )


class OfferedFile(SphinxDirective):
    """A line that offers a file: its path is the argument, the words of the link are the content."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the line, or nothing while there is no such file."""
        link = offered_link(self.env, self.arguments[0], nodes.inline(text=" ".join(self.content)))
        return [nodes.paragraph("", "", link)] if link else []


class AssignmentList(SphinxDirective):
    """A table of the assignments: what, how long, how many points, and the notebook."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        folder = Path(self.env.srcdir, "assignments")
        self.env.note_dependency(str(folder))  # one more, or one less, changes the folder itself
        rows = [self.row(source) for source in sorted(folder.glob("[0-9]*.md"))]
        head = [nodes.Text(text) for text in ("assignment", "time", "points", "what students get")]
        group = nodes.tgroup(cols=len(head))
        group += [nodes.colspec(colwidth=1) for _ in head]
        group += nodes.thead("", _row(head))
        group += nodes.tbody("", *map(_row, rows))
        return [nodes.table("", group, classes=["table"])]

    def row(self, source: Path) -> list[nodes.Node]:
        """Return the cells of one assignment; its page is written anew when the notebook is made."""
        self.env.note_dependency(str(source))
        head = HEAD.search(source.read_text(encoding="utf-8"))
        if head is None:
            raise self.error(f"{source.name} must begin: # Assignment 1: ..., **Time:** ... **Points:** ...")
        offered = Path("_build", "assignments", source.stem, f"{source.stem}.zip")
        link = offered_link(self.env, offered.as_posix(), nodes.literal(text=offered.name))
        return [
            nodes.Text(head["title"]),
            nodes.Text(head["time"]),
            nodes.Text(head["points"]),
            link or nodes.Text("not made yet"),
        ]


def _row(cells: list[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def setup(app) -> None:
    """Register with Sphinx."""
    app.add_directive("offered-file", OfferedFile)
    app.add_directive("assignment-list", AssignmentList)
