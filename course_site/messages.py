"""What the build says: no noise of its tools, places by notebook and cell, the cause of a failure last."""

import atexit
import logging
import os
import re
import sys
from pathlib import Path

import nbformat
from myst_nb.core.render import strip_ansi
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.util.logging import NAMESPACE, WarningStreamHandler

# myst-nb gives the line 10,000 times the number of the cell, and the line in it.
CELL = re.compile(r"^(?P<file>.*\.ipynb):(?P<line>\d{5,})$")
FAILED = re.compile(r"^Executing notebook failed: ")
CODE = re.compile(r"following cell:\n-+\n(.*?)\n-+\n", re.DOTALL)
_causes: list[str] = []


class Places(logging.Filter):
    """Says where a warning belongs in the words of a notebook, and keeps it for the end."""

    def __init__(self, app) -> None:
        super().__init__()
        self.app = app

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the place of a warning."""
        location = getattr(record, "location", None)
        if isinstance(location, str):
            location = _relative(location, self.app.srcdir)
            if found := CELL.match(location):
                location = f"{found['file']}, cell {int(found['line']) // 10_000}"
            record.location = location
        text = re.sub(r" \[\w+\.\w+\]$", "", logging.LogRecord.getMessage(record))
        if FAILED.match(text) and location:
            text = self._failed_cell(location) or text
        if not text.startswith("Notebook exception traceback saved"):
            _causes.append(f"{location}: {text}" if location else text)
        return True

    def _failed_cell(self, location: str) -> str | None:
        """Say in one line which cell of a notebook failed, and how."""
        docname = self.app.env.path2doc(str(Path(self.app.srcdir, location)))
        data = NbMetadataCollector.get_exec_data(self.app.env, docname) if docname else None
        traceback = strip_ansi((data or {}).get("traceback") or "")
        if not (found := CODE.search(traceback)):
            return None
        cells = nbformat.read(Path(self.app.srcdir, location), as_version=4).cells
        numbers = [i for i, cell in enumerate(cells, 1) if cell.source.strip() == found[1].strip()]
        which = f"cell {numbers[0]}" if numbers else "a cell"
        return f"{which} failed: {traceback.strip().splitlines()[-1]}"


def _relative(location: str, folder: str) -> str:
    return location.removeprefix(f"{folder}{os.sep}")


def quieten(app, config) -> None:
    """Silence what is no news, and watch the warnings."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    # Each kernel would warn that it talks over a port of this machine; one without work, that it was stopped.
    profile = Path(app.outdir).parent / ".ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(
        "get_config().IPKernelApp.log_level = 50\n", encoding="utf-8"
    )
    os.environ["IPYTHONDIR"] = str(profile.parent)
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.addFilter(Places(app))
    _causes.clear()


def remember(app, error) -> None:
    """Say at the very end of a failed build what stopped it; below it would stand what called it."""
    if error is not None:
        _causes.append(str(error))
    if _causes and (error is not None or app.keep_going or app.warningiserror):
        atexit.register(_tell)


def _tell() -> None:
    sys.stdout.flush()
    causes = list(dict.fromkeys(_causes))
    print(
        "\nThe build failed. What stopped it:",
        *(f"- {cause}" for cause in causes),
        sep="\n",
        file=sys.stderr,
    )


def setup(app) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", quieten)
    app.connect("build-finished", remember, priority=999)
