"""What students hand in: found, read and made clean, without running any of it."""

import io
import json
import re
import zipfile
from pathlib import Path

import nbformat

LARGEST = 32 * 2**20  # of a submission, in bytes
HEADING = re.compile(r"^## (?:Question (\d+)|Submission$)", re.MULTILINE)
COMMENT = re.compile(r"<!-- (?:BEGIN|END) QUESTION -->")
UNANSWERED = "_Type your answer here, replacing this text._"  # what otter puts where an answer goes


class SubmissionError(Exception):
    """What was handed in can't be graded, and why."""


class NothingHandedInError(SubmissionError):
    """A student's folder holds no notebook."""


def find_submissions(folder: Path) -> dict[str, Path]:
    """Return the file or folder of each student, by the student's id."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        name = path.name if path.is_dir() and not path.is_symlink() else path.stem
        if name in found:
            raise SystemExit(f"{found[name].name} and {path.name} are both of student {name!r}: keep one")
        found[name] = path
    return found


def read_submission(path: Path) -> bytes:
    """Return the notebook that a student handed in, as it is."""
    if path.is_symlink():
        raise SubmissionError("it is a link, not a file")
    if path.is_dir():
        inside = sorted(p for p in path.iterdir() if p.suffix in (".ipynb", ".zip"))
        if not inside:
            raise NothingHandedInError("the folder holds no notebook")
        if len(inside) != 1:
            raise SubmissionError(f"the folder holds {len(inside)} notebooks: one is needed")
        return read_submission(inside[0])
    if path.suffix not in (".ipynb", ".zip"):
        raise SubmissionError(f"{path.name} is not a notebook: its name should end with .ipynb")
    if path.stat().st_size > LARGEST:
        raise SubmissionError(f"the file is larger than {LARGEST // 2**20} MB: clear the outputs")
    content = path.read_bytes()
    return _from_zip(content) if path.suffix == ".zip" else content


def _from_zip(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            inside = [info for info in files.infolist() if info.filename.endswith(".ipynb")]
            if len(inside) != 1 or inside[0].file_size > LARGEST:
                raise SubmissionError("the zip file should hold one notebook of ordinary size")
            return files.read(inside[0])
    except zipfile.BadZipFile as error:
        raise SubmissionError("the zip file is damaged") from error


def written_answers(content: bytes, questions: list[str]) -> dict[str, str]:
    """Return what a student wrote below the heading of each of these questions, for a person to read.

    The headings tell where a question begins: they are there in a notebook without metadata too.
    """
    answers: dict[str, list[str]] = {question: [] for question in questions}
    at = ""
    for cell in _notebook(content)["cells"]:
        if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
            continue
        text = COMMENT.sub("", _source(cell)).strip()
        if headings := list(HEADING.finditer(text)):
            at = f"q{headings[-1][1]}"
        elif at in answers and text not in ("", UNANSWERED):
            answers[at].append(text)
    return {question: "\n\n".join(texts) for question, texts in answers.items()}


def clean(content: bytes, assignment: str) -> str:
    """Return a notebook of the same code, without outputs and with metadata of ours.

    Tests and names in a student's metadata can't change the grading then, and need not be there.
    """
    notebook = _notebook(content)
    metadata = notebook.get("metadata")
    otter = metadata.get("otter") if isinstance(metadata, dict) else None
    handed_in = str(otter.get("assignment_name", assignment)) if isinstance(otter, dict) else assignment
    if handed_in != assignment:
        raise SubmissionError(f"the notebook is of another assignment, {handed_in[:60]}")
    cleaned = nbformat.v4.new_notebook()
    cleaned.metadata["otter"] = {"assignment_name": assignment}
    cleaned.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    cleaned.cells = [
        nbformat.v4.new_code_cell(_source(cell))
        for cell in notebook["cells"]
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]
    if not cleaned.cells:
        raise SubmissionError("the notebook holds no code")
    return nbformat.writes(cleaned)


def _notebook(content: bytes) -> dict:
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
    return "".join(map(str, source if isinstance(source, list) else [source]))
