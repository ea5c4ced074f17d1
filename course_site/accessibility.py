"""What the theme and docutils leave wrong for a screen reader, mended where it is made.

1. The folds of the table of contents say what they unfold.
2. An entry of the references is an item of its list; the role that docutils gives it is deprecated.
3. A folded cell is called by the words that stand on its fold.
4. ``templates`` holds the theme's pieces that need a landmark, or another name.
"""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput, visit_HideCellInput
from sphinx.writers.html5 import HTML5Translator

from course_site.patching import patch


def name_folds(app, pagename, templatename, context, doctree) -> None:
    """Name each fold of the table of contents by the page that it belongs to."""
    make = context.get("generate_toctree_html")
    if make is None:
        return

    def make_named(*args, **options):
        contents = make(*args, **options)
        for summary in contents.select("li > details > summary") if contents else ():
            parent = summary.find_parent("li").find("a")
            summary["aria-label"] = f"Pages below {parent.get_text(strip=True)}"
        return contents

    context["generate_toctree_html"] = make_named


def begin_citation(translator: HTML5Translator, node: nodes.Node) -> None:
    """Write the beginning of an entry as docutils does, with the role of a list's item."""
    HTML5Translator.visit_citation(translator, node)
    translator.body[-1] = patch(translator.body[-1], 'role="doc-biblioentry"', 'role="listitem"', "docutils")


def end_citation(translator: HTML5Translator, node: nodes.Node) -> None:
    """Write its end, as docutils does."""
    HTML5Translator.depart_citation(translator, node)


def begin_fold(translator: HTML5Translator, node: HideCodeCellNode) -> None:
    """Write the beginning of a folded cell as myst-nb does, without the label that hides its words."""
    start = len(translator.body)
    visit_HideCellInput(translator, node)
    written = "".join(translator.body[start:])
    translator.body[start:] = [patch(written, ' aria-label="Toggle hidden content"', "", "myst-nb")]


def setup(app) -> None:
    """Register with Sphinx."""
    app.add_node(nodes.citation, override=True, html=(begin_citation, end_citation))
    app.add_node(HideCodeCellNode, override=True, html=(begin_fold, depart_HideCellInput))
    app.connect("html-page-context", name_folds, priority=900)  # after the theme has made its own
