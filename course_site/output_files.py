"""Files beside a notebook that its outputs show or link: a picture, a film, a page in a frame, a table."""

import shutil
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import logging

from course_site.content_security_policy import LOADED_BY
from course_site.finished_pages import after_build

NEEDED = [*(place for place in LOADED_BY if place != ("form", "action")), ("a", "href"), ("link", "href")]
logger = logging.getLogger(__name__)


def local_files(text: str) -> list[str]:
    """Return what a piece of HTML shows or links by a relative address."""
    if "<" not in text:
        return []
    soup = BeautifulSoup(text, "html.parser")
    found = []
    for tag_name, attribute in NEEDED:
        for tag in soup.find_all(tag_name, attrs={attribute: True}):
            address = urlsplit(str(tag[attribute]))
            if address.path and not (address.scheme or address.netloc or address.path.startswith("/")):
                found.append(unquote(address.path))
    return list(dict.fromkeys(found))


class OutputFileCollector(EnvironmentCollector):
    """Remembers for each page which files beside its source its HTML needs."""

    def clear_doc(self, app, env, docname: str) -> None:
        """Forget a page that is read anew or gone."""
        _files_of(env).pop(docname, None)

    def merge_other(self, app, env, docnames, other) -> None:
        """Take over what another process has read."""
        _files_of(env).update({name: files for name, files in _files_of(other).items() if name in docnames})

    def process_doc(self, app, doctree: nodes.document) -> None:
        """Look through the HTML of a page; warn of what isn't there."""
        env, found = app.env, []
        folder = PurePosixPath(env.docname).parent
        for node in doctree.findall(nodes.raw):
            if node.get("format") != "html":
                continue
            for name in local_files(node.astext()):
                path = Path(app.srcdir, folder, name)
                if path.is_file() and path.resolve().is_relative_to(Path(app.srcdir).resolve()):
                    found.append((folder / name).as_posix())
                    env.note_dependency(str(path))
                elif path.suffix != ".html":  # which may well be a page of the book
                    logger.warning(
                        "%r is shown or linked, and there is no such file beside the notebook",
                        name,
                        location=node,
                        type="course",
                        subtype="missing_file",
                    )
        _files_of(env)[env.docname] = found


def _files_of(env) -> dict[str, list[str]]:
    if not hasattr(env, "course_output_files"):
        env.course_output_files = {}
    return env.course_output_files


def copy_files(app) -> None:
    """Copy them to where the pages look for them, with what a page in a frame shows itself."""
    waiting = [name for files in _files_of(app.env).values() for name in files]
    done: set[str] = set()
    while waiting:
        name = waiting.pop()
        source, target = Path(app.srcdir, name), Path(app.outdir, name)
        if name in done or not source.is_file():
            continue
        done.add(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        if source.suffix in (".html", ".htm", ".svg"):
            folder = PurePosixPath(name).parent
            waiting += [
                (folder / f).as_posix() for f in local_files(source.read_text("utf-8", errors="replace"))
            ]


def setup(app) -> None:
    """Register with Sphinx."""
    app.add_env_collector(OutputFileCollector)
    after_build(app, copy_files, priority=950)  # these pages are others', and stay as they are
