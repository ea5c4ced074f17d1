"""Changes to what other packages write: one that no longer fits fails the build, and names the package."""

from importlib.metadata import version
from pathlib import Path

from sphinx.errors import ExtensionError


def patch(text: str, old: str, new: str, package: str) -> str:
    """Replace a part of what a package writes.

    Parameters
    ----------
    text, old, new : str
    package : str
        Its name as pip knows it, for the error message.

    Returns
    -------
    str

    Raises
    ------
    ExtensionError
        If `old` isn't in the text.
    """
    if old not in text:
        raise ExtensionError(
            f"{package} {version(package)} doesn't write {old!r} any more: mend the patch in course_site"
        )
    return text.replace(old, new)


def theme_static() -> Path:
    """Return the folder of scripts, styles and fonts that the theme brings along."""
    return package_files("pydata_sphinx_theme", "theme", "pydata_sphinx_theme", "static")


def package_files(package: str, *folders: str) -> Path:
    """Return a folder inside an installed package, or raise an ``ExtensionError``."""
    module = __import__(package)
    folder = Path(str(module.__file__)).parent.joinpath(*folders)
    if not folder.is_dir():
        raise ExtensionError(
            f"{package} {version(package)} has no folder {'/'.join(folders)} any more: mend course_site"
        )
    return folder
