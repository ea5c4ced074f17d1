"""Where the built site is, and the pages that it has."""

from collections.abc import Iterator
from pathlib import Path

from sphinx_external_toc.parsing import parse_toc_yaml

ROOT = Path(__file__).parents[1]
NAME = "the-geometry-of-embeddings"


def site_folder() -> Path:
    """Return the folder of the built site."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        raise SystemExit("the site isn't built: run `make book`")
    return folder


def page_names(root: Path = ROOT) -> list[str]:
    """Return the pages of a book as its ``_toc.yml`` lists them, without their endings."""
    contents = parse_toc_yaml(root / "_toc.yml")

    def and_below(name: str) -> Iterator[str]:
        yield name
        for part in contents[name].subtrees:
            for item in part.items:
                yield from and_below(str(item))

    return list(and_below(contents.root.docname))
