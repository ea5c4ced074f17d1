"""Pages that were taken out of ``_toc.yml``: links to them become text, and what was built is deleted."""

import posixpath
import re
from functools import cached_property
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from course_site.finished_pages import after_build

SUFFIXES = (".ipynb", ".md")
PAGE_ENDING = re.compile(r"(\.ipynb|\.md)?(#.*)?$")
LABEL = re.compile(r"(?:\n|\")\(([\w:.-]+)\)=|:(?:name|label): ([\w:.-]+)")
logger = logging.getLogger(__name__)


def is_left_out(app, docname: str) -> bool:
    """Return whether there is a source of this name that isn't a page of the book."""
    return docname not in app.env.found_docs and any(
        Path(app.srcdir, docname + s).is_file() for s in SUFFIXES
    )


def labels_left_out(app) -> set[str]:
    """Return the labels in sources that aren't pages, in the folders of pages."""
    folders = {Path(app.env.doc2path(name)).parent for name in app.env.found_docs}
    sources = [p for folder in folders for suffix in SUFFIXES for p in folder.glob(f"*{suffix}")]
    left = [p for p in sources if app.env.path2doc(str(p)) not in app.env.found_docs]
    texts = (p.read_text(encoding="utf-8", errors="replace") for p in left)
    return {name.lower() for text in texts for found in LABEL.findall(text) for name in found if name}


class LinksAsText(SphinxPostTransform):
    """Turns links to pages that were taken out into their text, before MyST misses them."""

    default_priority = 8

    def run(self, **kwargs) -> None:
        """Look at each link whose target isn't known yet."""
        for link in list(self.document.findall(addnodes.pending_xref)):
            target = link.get("reftarget", "")
            docname = PAGE_ENDING.sub("", target)
            if link.get("refdomain") != "doc":  # an absolute one for MyST, a relative one for the role
                docname = posixpath.normpath(posixpath.join(posixpath.dirname(self.env.docname), docname))
            if is_left_out(self.app, docname) or self._is_label_left_out(link, target):
                words = link.astext() or Path(docname).name.replace("_", " ")
                link.replace_self(nodes.inline("", words, classes=["left-out-page"]))

    @cached_property
    def _labels_left_out(self) -> set[str]:
        return labels_left_out(self.app)

    def _is_label_left_out(self, link: addnodes.pending_xref, target: str) -> bool:
        if link.get("reftype") not in ("ref", "numref", "myst", "any", "term", "eq"):
            return False
        labels = self.env.get_domain("std").anonlabels  # type: ignore[attr-defined]
        return target not in labels and target.lower() in self._labels_left_out


def delete_old_pages(app) -> None:
    """Delete what earlier builds made of pages that aren't in the book any more."""
    outdir, deleted = Path(app.outdir), []
    for source in (outdir / "_sources").rglob("*"):
        if not source.is_file():
            continue
        docname = re.sub(r"(\.ipynb|\.md)(\.txt)?$", "", source.relative_to(outdir / "_sources").as_posix())
        if docname not in app.env.found_docs:
            source.unlink()
            (outdir / f"{docname}.html").unlink(missing_ok=True)
            deleted.append(docname)
    if deleted:
        logger.info("deleted from the site, as they are no pages any more: %s", ", ".join(sorted(deleted)))


def setup(app) -> None:
    """Register with Sphinx."""
    app.add_post_transform(LinksAsText)
    after_build(app, delete_old_pages, priority=100)  # before other jobs look through the pages
