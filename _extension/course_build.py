"""What this book asks of Sphinx beyond its configuration.

1. A changed library executes every chapter anew (Jupyter Book's cache looks at the notebooks alone), and a
   changed file of ``_assets`` is copied again.
2. The words get into the site, as a file to fetch and as a script for pages opened from disk.
3. The widget host learns where the standard widget manager would have come from.
"""

import base64
import hashlib
import json
import platform
import shutil
from collections.abc import Iterable
from pathlib import Path

from embedding_geometry.widgets.word_data import FILE_NAME, packed_words

HOST = "widget-host.js"


def digest_of(paths: Iterable[Path]) -> str:
    """Return a short digest of the names and contents of these files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def library_files(root: Path) -> list[Path]:
    """Return every file that can change what a chapter computes or what a widget does."""
    left_aside = {".pyc", ".md"}
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
        p for p in (root / "_extension").rglob("*") if p.suffix in (".py", ".html")
    )
    caches = Path(app.outdir).parent / ".executed"
    for old in caches.glob("*"):
        if old.name != config.library_digest:
            shutil.rmtree(old)
    config.nb_execution_cache_path = str(caches / config.library_digest)


def use_own_widget_host(app, config) -> None:
    """Put our host on pages with widgets, with the addresses that myst-nb would have used."""
    config.nb_ipywidgets_js = {
        HOST: {"defer": "defer", "data-standard-manager": json.dumps(config.nb_ipywidgets_js)}
    }


def write_words(app, error) -> None:
    """Write the words for the browser into the finished site."""
    if error is not None or app.builder.format != "html":
        return
    data = packed_words()
    binary = Path(app.outdir, "_static", FILE_NAME)
    script = (
        "(globalThis.embeddingGeometry ??= {}).wordBytes = '"
        + base64.b64encode(data).decode("ascii")
        + "';\n"
    )
    if not binary.exists() or binary.read_bytes() != data:
        binary.write_bytes(data)
    binary.with_suffix(".js").write_text(script, encoding="ascii")


def setup(app) -> dict:
    """Register with Sphinx."""
    for name in ("library_digest", "extension_digest"):
        app.add_config_value(name, "", "env")  # a change reads every page anew
    app.add_config_value(
        "assets_digest", "", "html"
    )  # a change writes every page, and copies static files, anew
    app.connect("config-inited", keep_fresh)
    app.connect("config-inited", use_own_widget_host)
    app.connect("build-finished", write_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
