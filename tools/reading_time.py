"""How many minutes a chapter takes, by a rule that is stated on the page for teachers."""

import re

import nbformat
from embedding_geometry import widgets

WORDS_A_MINUTE = 120
MINUTES = {"cell": 3 / 4, "widget": 4, "prediction": 1, "exercise": 5, "question": 1}
NOT_READ = re.compile(r"^`{3,}.*$|^:\w+:.*$|\]\([^)]*\)|\{[a-z:]+\}`[^`]*`", re.MULTILINE)
WIDGETS = "|".join(widgets.__all__)


def minutes(notebook: nbformat.NotebookNode, questions: int) -> int:
    """Return the minutes that a chapter takes, to the next five.

    A hundred and twenty words a minute, as one reads what has formulas in it; three quarters of a minute for
    each cell of code, four minutes for each interactive, one for each prediction and each question of the
    self-check, and five for each exercise. Folded code isn't counted, and folded solutions are.
    """
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    shown = [cell for cell in code if not {"hide-cell", "remove-input"} & set(cell.metadata.get("tags", []))]
    counts = {
        "cell": len(shown),
        "widget": sum(bool(re.search(rf"^({WIDGETS})\(", cell.source, re.MULTILINE)) for cell in shown),
        "prediction": text.count(":class: predict"),
        "exercise": len(re.findall(r"^\*\*\d+\. ", text, re.MULTILINE)),
        "question": questions,
    }
    total = len(NOT_READ.sub(" ", text).split()) / WORDS_A_MINUTE
    total += sum(MINUTES[kind] * count for kind, count in counts.items())
    return 5 * round(total / 5)
