"""What this book asks of Sphinx beyond its configuration.

1. A changed library executes every chapter anew (Jupyter Book's cache looks at the notebooks alone), and a
   changed file of ``_assets`` is copied again.
2. The words get into the site, as a file to fetch and as a script for pages opened from disk.
"""

import base64
import hashlib
import platform
import shutil
from collections.abc import Iterable
from pathlib import Path

from embedding_geometry.widgets.word_data import FILE_NAME, packed_words


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
    config.extension_digest = digest_of(
        p for p in (root / "_extension").rglob("*") if p.suffix in (".py", ".html", ".js")
    )
    caches = Path(app.outdir).parent / ".executed"
    for old in caches.glob("*"):
        if old.name != config.library_digest:
            shutil.rmtree(old)
    config.nb_execution_cache_path = str(caches / config.library_digest)


def write_words(app, error) -> None:
    """Write the words for the browser into the finished site."""
    if error is not None or app.builder.format != "html":
        return
    data = packed_words()
    binary = Path(app.outdir, "_static", FILE_NAME)
    text = base64.b64encode(data).decode("ascii")
    script = f'((globalThis.embeddingGeometry ??= {{}}).files ??= {{}})["{FILE_NAME}"] = "{text}";\n'
    if not binary.exists() or binary.read_bytes() != data:
        binary.write_bytes(data)
    Path(f"{binary}.js").write_text(script, encoding="ascii")


def setup(app) -> dict:
    """Register with Sphinx."""
    for name in ("library_digest", "extension_digest"):
        app.add_config_value(name, "", "env")  # a change reads every page anew
    app.add_config_value(
        "assets_digest", "", "html"
    )  # a change writes every page, and copies static files, anew
    app.connect("config-inited", keep_fresh)
    app.connect("build-finished", write_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
