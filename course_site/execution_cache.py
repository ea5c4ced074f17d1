"""A changed library executes every chapter anew: Jupyter Book's cache looks at the notebooks alone.

What changes a page without executing it, an asset or this package, has a digest of its own.
"""

import hashlib
import platform
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from sphinx_external_toc.parsing import parse_toc_yaml

LEFT = "files-left-by-the-build"
PAGES = (".ipynb", ".md")


def digest_of(paths: Iterable[Path]) -> str:
    """Return a short digest of the names and contents of these files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def library_files(root: Path) -> list[Path]:
    """Return every file that can change what a chapter computes."""
    left_aside = {".pyc", ".md", ".js", ".css"}  # what runs in browsers changes no output
    library = [
        p
        for p in (root / "lib" / "embedding_geometry").rglob("*")
        if p.is_file() and p.suffix not in left_aside
    ]
    return [*library, *(root / "chapters").rglob("*.yml"), root / "requirements.txt"]


def named_files(sources: Iterable[Path]) -> list[Path]:
    """Return the files beside notebooks that their code names: data to read, modules to import."""
    found = set()
    for source in sources:
        code = source.read_text(encoding="utf-8", errors="replace")
        for path in source.parent.iterdir():
            name = path.stem if path.suffix == ".py" else path.name
            if (
                path.is_file()
                and path.suffix not in PAGES
                and re.search(rf"(?<![\w.]){re.escape(name)}\b", code)
            ):
                found.add(path)
    return sorted(found)


def keep_fresh(app, config) -> None:
    """Give each state of the library an execution cache of its own, and drop those of earlier states."""
    root = Path(app.srcdir)
    library = f"{digest_of(library_files(root))}-py{platform.python_version()}"
    beside = digest_of(named_files(_notebooks(app)))
    caches = Path(app.outdir).parent / ".executed"
    # A notebook may write the file that it names: what counts is whether it is as that build left it.
    kept = [old for old in caches.glob(f"{library}-*") if _left_by(old) == beside]
    config.library_digest = kept[0].name if kept else f"{library}-{beside}"
    config.assets_digest = digest_of(p for p in (root / "_assets").rglob("*") if p.is_file())
    package = Path(__file__).parent
    files = (p for p in package.rglob("*") if p.suffix in (".py", ".html", ".js", ".css"))
    config.extension_digest = digest_of(files)
    for old in caches.glob("*"):
        if old.name != config.library_digest:
            shutil.rmtree(old)
    config.nb_execution_cache_path = str(caches / config.library_digest)


def note_files(app, error) -> None:
    """Remember how this build left the files that notebooks name."""
    if (cache := Path(app.config.nb_execution_cache_path)).is_dir():
        (cache / LEFT).write_text(digest_of(named_files(_notebooks(app))), encoding="ascii")


def _left_by(cache: Path) -> str:
    return (cache / LEFT).read_text(encoding="ascii") if (cache / LEFT).exists() else ""


def _notebooks(app) -> list[Path]:
    """Return the notebooks of the book's table of contents."""
    root = Path(app.srcdir)
    pages = parse_toc_yaml(root / app.config.external_toc_path)
    named = (root / f"{str(page).removesuffix('.ipynb')}.ipynb" for page in pages)
    return [path for path in named if path.exists()]


def setup(app) -> None:
    """Register with Sphinx."""
    for name in ("library_digest", "extension_digest"):
        app.add_config_value(name, "", "env")  # a change reads every page anew
    app.add_config_value("assets_digest", "", "html")  # a change writes every page, and copies files, anew
    app.connect("config-inited", keep_fresh)
    app.connect("build-finished", note_files)
