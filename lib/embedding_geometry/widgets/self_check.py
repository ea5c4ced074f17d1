"""Questions at the end of a chapter, answered and explained on the page."""

from pathlib import Path

import traitlets
import yaml

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
        If a question hasn't exactly one right choice, or a choice lacks its text or explanation.
    OSError
        If there is no such file.
    """

    questions = traitlets.List(traitlets.Dict()).tag(sync=True)
    _fixed = fixed("questions")

    def __init__(self, path: str | Path) -> None:
        questions = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
        super().__init__(questions=[_checked(question, path) for question in questions])


def _checked(question: dict, path: str | Path) -> dict:
    choices = [
        {"text": choice.get("text"), "why": choice.get("why"), "correct": bool(choice.get("correct"))}
        for choice in question["choices"]
    ]
    if sum(choice["correct"] for choice in choices) != 1:
        raise ValueError(f"{path}: {question['question']!r} must have exactly one choice with correct: true")
    for choice in choices:
        for part in ("text", "why"):
            if not isinstance(choice[part], str) or not choice[part]:
                raise ValueError(
                    f"{path}: the {part} of every choice of {question['question']!r} must be text, not "
                    f"{choice[part]!r} (YAML reads a bare Yes or No as true or false: put it in quotes)"
                )
    return {"question": question["question"], "choices": choices}
