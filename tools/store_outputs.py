"""Execute the chapters and store what the tests compare: the outputs of the cells that carry a claim.

    make notebooks

A cell carries a claim when it has the tag ``nbval-check-output``. All other outputs, execution counts and
widget states stay out of the repository; the website's build makes them anew.
"""

import sys
from pathlib import Path

import nbformat
from embedding_geometry._whole_files import written_whole
from nbclient import NotebookClient

from tools.built_site import ROOT

CHAPTERS = ROOT / "chapters"
CLAIM = "nbval-check-output"


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy with the outputs of claims, and nothing else that an execution leaves behind."""
    notebook = nbformat.from_dict(notebook)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    told = {key: notebook.metadata[key] for key in ("description",) if key in notebook.metadata}
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": kernel, "language_info": {"name": "python"}, **told}
    )
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        kept = {key: cell.metadata[key] for key in ("tags", "mystnb") if key in cell.metadata}
        if "hide-cell" in tags:
            kept["jupyter"] = {"source_hidden": True, "outputs_hidden": True}  # JupyterLab's word for the tag
        cell.metadata = nbformat.from_dict(kept)
        if cell.cell_type == "code":
            cell.outputs = cell.outputs if CLAIM in tags else []
            # nbval compares only what looks as if it had been run.
            cell.execution_count = 1 if cell.outputs else None
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = cell.execution_count
                    output.metadata = {}
    return notebook


def main(names: list[str]) -> None:
    """Store the outputs of these notebooks, or of all chapters; a notebook without a number keeps its own."""
    for path in [Path(name) for name in names] or sorted(CHAPTERS.glob("[0-9]*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        before = nbformat.writes(notebook)
        NotebookClient(
            notebook, timeout=120, coalesce_streams=True, resources={"metadata": {"path": str(CHAPTERS)}}
        ).execute()
        after = nbformat.writes(tidy(notebook))
        if after != before:
            with written_whole(path) as unfinished:
                unfinished.write_text(after + "\n", encoding="utf-8")
        print(f"{path.name}: {'stored' if after != before else 'as it was'}")


if __name__ == "__main__":
    main(sys.argv[1:])
