"""Modules and styles that reach the widgets on the screen as soon as a file changes, while one works on them.

anywidget watches the files that widgets are made from, where the environment variable ``ANYWIDGET_HMR`` is 1.
Ours are put together from several, so these are watched here, and what they make is written for anywidget.
"""

import os
import tempfile
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

WANTED = os.environ.get("ANYWIDGET_HMR") == "1"
_made: dict[Path, Callable[[], str]] = {}


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="embedding-geometry-"))


def watched_file(name: str, make: Callable[[], str], sources: Path) -> Path:
    """Return a file with a text that is made again whenever the folder of its sources changes."""
    path = _folder() / name
    path.write_text(make(), encoding="utf-8")
    if not _made:
        threading.Thread(target=_watch, args=(sources,), daemon=True).start()
    _made[path] = make
    return path


def _watch(sources: Path) -> None:
    from watchfiles import watch  # needed here only

    for _ in watch(sources):
        for path, make in list(_made.items()):
            try:
                text = make()
            except (OSError, ValueError) as error:  # a file is half written, or can't be bundled yet
                print(f"{path.name}: {error}")
                continue
            if text != path.read_text(encoding="utf-8"):
                path.write_text(text, encoding="utf-8")
