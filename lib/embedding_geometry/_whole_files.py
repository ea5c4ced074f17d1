"""Files written whole or not at all: for the recipes of the data, and what makes and grades the course."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path beside a file to write to: it becomes the file if all goes well, and else is deleted.

    Parameters
    ----------
    path : Path
        The file; until the end it stays as it was. Its folder is made if there is none.

    Yields
    ------
    Path
        Where to write.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
