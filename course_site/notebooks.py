"""What a notebook may bring along: another machine's kernel, pasted pictures, no title, an odd name."""

import json
import re
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from sphinx.util import logging

KERNEL = "python3"
TITLE = re.compile(r"^(#{1,6} |.+\n(=+|-+)\s*$|<h1)", re.MULTILINE)
logger = logging.getLogger(__name__)


def prepare(app, docname: str, content: list[str]) -> None:
    """Make a notebook ready to be read."""
    if not app.env.doc2path(docname).endswith(".ipynb"):
        return
    try:
        notebook = json.loads(content[0])
    except ValueError:
        logger.warning("is no notebook: its file can't be read as JSON", location=docname)
        return
    _accept_kernel(app, notebook, docname)
    changed = [_give_title(notebook, docname), _show_pasted_pictures(notebook)]
    if any(changed):
        content[0] = json.dumps(notebook)


def _give_title(notebook: dict, docname: str) -> bool:
    """Say that a notebook has no title, once: without one every page that lists it would complain."""
    texts = ("".join(c["source"]) for c in notebook.get("cells", ()) if c.get("cell_type") == "markdown")
    if any(TITLE.search(text) for text in texts):
        return False
    logger.warning("has no title: begin it with a Markdown cell such as `# My lesson`", location=docname)
    name = Path(docname).name
    notebook["cells"].insert(
        0, {"cell_type": "markdown", "metadata": {}, "source": f"# {name}", "id": "no-title"}
    )
    return True


def _accept_kernel(app, notebook: dict, docname: str) -> None:
    """Execute a notebook with the course's kernel if its own isn't on this machine."""
    spec = notebook.get("metadata", {}).get("kernelspec", {})
    name, language = spec.get("name", KERNEL), spec.get("language", "python")
    if name == KERNEL or name in KernelSpecManager().find_kernel_specs():
        return
    if language.lower() in ("python", "python3"):
        logger.info(
            "%s.ipynb asks for another machine's kernel %r: it runs with the course's own", docname, name
        )
    else:
        advice = f"install the kernel {name!r}, or take the page out"
        logger.warning("is written in %s, which can't run here: %s", language, advice, location=docname)
    app.env.mystnb_config.kernel_rgx_aliases[re.escape(name)] = KERNEL


def _show_pasted_pictures(notebook: dict) -> bool:
    """Put the pictures that were pasted into Markdown cells where the text shows them."""
    found = False
    for cell in notebook.get("cells", ()):
        text = "".join(cell["source"])
        for name, kinds in cell.get("attachments", {}).items():
            kind, data = next(iter(kinds.items()))
            picture = f"data:{kind};base64,{''.join(''.join(data).split())}"
            found |= f"attachment:{name}" in text
            text = text.replace(f"attachment:{name}", picture)
        cell["source"] = text
    return found


def leave_odd_names_alone(app, config) -> None:
    """Let a file that is on no page be left alone, whatever signs are in its name."""
    config.exclude_patterns = [
        re.sub(r"[\[*?]", r"[\g<0>]", pattern) if _is_file(app, pattern) else pattern
        for pattern in config.exclude_patterns
    ]


def _is_file(app, pattern: str) -> bool:
    return bool(re.search(r"[\[*?]", pattern)) and Path(app.srcdir, pattern).is_file()


def setup(app) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", leave_odd_names_alone, priority=990)
    app.connect("source-read", prepare)
