"""A changed library executes every chapter anew: Jupyter Book's cache looks at the notebooks alone.

What changes a page without executing it, an asset or this package, has a digest of its own.
"""

import hashlib
import platform
import shutil
from collections.abc import Iterable
from pathlib import Path


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


def keep_fresh(app, config) -> None:
    """Give each state of the library an execution cache of its own, and drop those of earlier states."""
    root = Path(app.srcdir)
    config.library_digest = f"{digest_of(library_files(root))}-py{platform.python_version()}"
    config.assets_digest = digest_of(p for p in (root / "_assets").rglob("*") if p.is_file())
    package = Path(__file__).parent
    config.extension_digest = digest_of(p for p in package.rglob("*") if p.suffix in (".py", ".html", ".js"))
    caches = Path(app.outdir).parent / ".executed"
    for old in caches.glob("*"):
        if old.name != config.library_digest:
            shutil.rmtree(old)
    config.nb_execution_cache_path = str(caches / config.library_digest)


def setup(app) -> None:
    """Register with Sphinx."""
    for name in ("library_digest", "extension_digest"):
        app.add_config_value(name, "", "env")  # a change reads every page anew
    app.add_config_value("assets_digest", "", "html")  # a change writes every page, and copies files, anew
    app.connect("config-inited", keep_fresh)
