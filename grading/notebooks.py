"""A notebook that was handed in, read as text: its cells, its questions, and what was written below them."""

import json
import re
from dataclasses import dataclass

HEADING = re.compile(r"^## (?:Question (\d+)|Submission$)", re.MULTILINE)
COMMENT = re.compile(r"<!-- (?:BEGIN|END) QUESTION -->")
UNANSWERED = "_Type your answer here, replacing this text._"  # what otter puts where an answer goes
MOST_CELLS = 1000


class SubmissionError(Exception):
    """What was handed in can't be graded, and why."""


@dataclass(frozen=True)
class Cell:
    """A cell of code, and the question below whose heading it stands ("" before the first)."""

    question: str
    source: str


@dataclass(frozen=True)
class Notebook:
    """What is read of a notebook; its outputs and all its metadata but the assignment's name are not."""

    assignment: str
    """As the notebook itself says; "" where it doesn't."""
    cells: list[Cell]
    texts: dict[str, list[str]]
    """What stands in Markdown below the heading of each question, cell by cell."""
    questions: list[str]
    """The questions whose headings are there, in their order."""


def read_notebook(content: bytes) -> Notebook:
    """Return what counts of a notebook, without running any of it.

    Raises
    ------
    SubmissionError
        If it is no notebook, or holds no code, or an unreasonable number of cells.
    """
    notebook = _parse(content)
    cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    if len(cells) > MOST_CELLS:
        raise SubmissionError(f"the notebook has {len(cells)} cells: {MOST_CELLS} are more than enough")
    at, code, questions = "", [], []
    texts: dict[str, list[str]] = {}
    for cell in cells:
        source = _source(cell)
        if cell.get("cell_type") == "code":
            code.append(Cell(at, source))
        elif cell.get("cell_type") == "markdown":
            text = COMMENT.sub("", source).strip()
            if headings := list(HEADING.finditer(text)):
                at = f"q{headings[-1][1]}" if headings[-1][1] else ""
                questions.append(at)
            elif text not in ("", UNANSWERED):
                texts.setdefault(at, []).append(text)
    if not code:
        raise SubmissionError("the notebook holds no code")
    metadata = notebook.get("metadata")
    otter = metadata.get("otter") if isinstance(metadata, dict) else None
    name = otter.get("assignment_name", "") if isinstance(otter, dict) else ""
    return Notebook(
        assignment=name[:60] if isinstance(name, str) else "",
        cells=code,
        texts=texts,
        questions=questions,
    )


def answer(notebook: Notebook, question: str, handed_out: list[str]) -> str:
    """Return what a student wrote below a question: what stood there before is no answer."""
    asked = {COMMENT.sub("", text).strip() for text in handed_out}
    return "\n\n".join(text for text in notebook.texts.get(question, []) if text not in asked)


def _parse(content: bytes) -> dict:
    if not content.strip():
        raise SubmissionError("the file is empty")
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SubmissionError("the file is not valid JSON: was the notebook saved?") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise SubmissionError("the file is JSON, but not a notebook: it has no cells")
    return notebook


def _source(cell: dict) -> str:
    source = cell.get("source", "")
    text = "".join(map(str, source if isinstance(source, list) else [source]))
    # Half a surrogate pair is in no text that can be written down.
    return text.encode("utf-8", "replace").decode("utf-8")
