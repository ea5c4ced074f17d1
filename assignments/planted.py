"""The reports with planted faults: how each assignment's script writes those that it makes up."""

from collections.abc import Iterable
from pathlib import Path


def write_report(folder: Path, name: str, head: str, sentences: Iterable[str]) -> None:
    """Write a report of numbered sentences into the folder ``reports``, which is made if it isn't there."""
    (folder / "reports").mkdir(exist_ok=True)
    lines = [f"{place}. {' '.join(sentence.split())}" for place, sentence in enumerate(sentences, 1)]
    (folder / "reports" / name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
