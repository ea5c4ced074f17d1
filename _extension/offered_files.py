"""Files that a page offers once they were made, such as the course as one PDF."""

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective


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


def setup(app) -> dict:
    """Register with Sphinx."""
    app.add_directive("offered-file", OfferedFile)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
