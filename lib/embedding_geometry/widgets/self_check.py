"""Questions at the end of a chapter, answered and explained on the page."""

from pathlib import Path
from typing import Any

import traitlets
import yaml

from embedding_geometry._validation import shown
from embedding_geometry.widgets.course_widget import CourseWidget, fixed


class SelfCheck(CourseWidget):
    """Multiple-choice questions; a choice is explained as soon as it is taken, right or wrong.

    Parameters
    ----------
    path : str or Path
        A YAML file: a list of questions, each with a ``question`` and ``choices``; each choice has a
        ``text``, a ``why`` that explains it and, for the one right choice, ``correct: true``.

    Raises
    ------
    ValueError
        If it isn't such a file: a question hasn't exactly one right choice, or a choice lacks its text or
        explanation.
    TypeError
        If `path` is no path.
    OSError
        If there is no such file.
    """

    questions = traitlets.List(traitlets.Dict()).tag(sync=True)
    _fixed = fixed("questions")

    def __init__(self, path: str | Path) -> None:
        if not isinstance(path, str | Path):
            raise TypeError(f"path must be that of a YAML file, not {shown(path)}")
        try:
            questions = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ValueError(f"{path} isn't a YAML file: {error}") from error
        if not isinstance(questions, list) or not questions:
            raise ValueError(f"{path} must hold a list of questions, not {shown(questions)}")
        super().__init__(questions=[_checked(question, path) for question in questions])


def _checked(question: Any, path: str | Path) -> dict[str, Any]:
    if not isinstance(question, dict) or not _is_text(question.get("question")):
        raise ValueError(f"{path}: each question must have its text after question:, not {shown(question)}")
    text, given = question["question"], question.get("choices")
    if not isinstance(given, list) or not all(isinstance(choice, dict) for choice in given):
        raise ValueError(f"{path}: {text!r} must have a list of choices, each with text and why")
    choices = [
        {"text": choice.get("text"), "why": choice.get("why"), "correct": choice.get("correct", False)}
        for choice in given
    ]
    for choice in choices:
        if not isinstance(choice["correct"], bool):
            raise ValueError(
                f"{path}: correct of {text!r} must be true or false, not {shown(choice['correct'])}"
            )
        for part in ("text", "why"):
            if not _is_text(choice[part]):
                raise ValueError(
                    f"{path}: the {part} of every choice of {text!r} must be text, not {shown(choice[part])} "
                    "(YAML reads a bare Yes or No as true or false: put it in quotes)"
                )
    if sum(choice["correct"] for choice in choices) != 1:
        raise ValueError(f"{path}: {text!r} must have exactly one choice with correct: true")
    return {"question": text, "choices": choices}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
