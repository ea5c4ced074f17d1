"""The JavaScript and the styles of the widgets, put together from their files."""

from pathlib import Path


def joined(*names: str) -> str:
    """Return the texts of these files of this folder as one.

    A widget's module can't import the parts that it shares with others: neither a module made from text,
    as JupyterLab's are, nor one in a folder on disk may import its neighbours.
    """
    return "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in names)
