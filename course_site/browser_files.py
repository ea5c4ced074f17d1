"""Files that widgets fetch when they are first needed: the words of the course.

Each is there twice: as it is, and as a script that holds the same bytes for pages opened from disk, which may
not fetch anything.
"""

import base64
from pathlib import Path

from embedding_geometry.widgets.word_data import FILE_NAME, packed_words

from course_site.finished_pages import after_build


def write_words(app) -> None:
    """Write the words for the browser into the finished site."""
    write_browser_file(Path(app.outdir, "_static"), FILE_NAME, packed_words())


def write_browser_file(static: Path, name: str, data: bytes) -> None:
    """Write a file, and the script with its bytes."""
    text = base64.b64encode(data).decode("ascii")
    script = f'((globalThis.embeddingGeometry ??= {{}}).files ??= {{}})["{name}"] = "{text}";\n'
    (static / name).write_bytes(data)
    (static / f"{name}.js").write_text(script, encoding="ascii")


def setup(app) -> None:
    """Register with Sphinx."""
    after_build(app, write_words)
