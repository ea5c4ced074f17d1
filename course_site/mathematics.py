"""Mathematics set while the book is built, as MathML: readable before any script ran, selectable, and spoken.

KaTeX, run by QuickJS, translates TeX. What a formula defines holds for the ones below it on the page.
"""

import functools
import html
import json
import re
import unicodedata
from importlib.metadata import files
from pathlib import Path

import quickjs
from bs4 import BeautifulSoup, NavigableString, Tag
from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

LETTERS = {"double-struck": "DOUBLE-STRUCK", "bold": "BOLD", "script": "SCRIPT", "fraktur": "FRAKTUR"}
TRANSLATE = """
let last, macros;
(tex, options, page) => {
  if (page !== last || !page) [last, macros] = [page, {}];
  return JSON.stringify(katex.renderToString(tex, { ...JSON.parse(options), globalGroup: true, macros }));
}"""
# What MathJax takes for a formula in the outputs of JupyterLab; a dollar after a backslash is a dollar.
_ENVIRONMENT = r"\\begin\{(?P<environment>[a-z]+\*?)\}.*?\\end\{(?P=environment)\}"
FORMULA = re.compile(
    rf"\\\$|\$\$(?P<display>.+?)\$\$|(?<!\\)\$(?P<inline>(?:[^$\\]|\\.)+?)\$"
    rf"|\\\((?P<round>.+?)\\\)|\\\[(?P<square>.+?)\\\]|(?P<block>{_ENVIRONMENT})",
    re.DOTALL,
)
PARENTHESIS = '<mo stretchy="false">('


def file_of(package: str, name: str) -> Path:
    """Return the path of a file that came with an installed package."""
    (found,) = [file for file in files(package) or [] if file.name == name]
    return Path(str(found.locate()))


@functools.cache
def _translator():
    context = quickjs.Context()
    context.eval(file_of("sphinxcontrib-katex", "katex.min.js").read_text(encoding="utf-8"))
    # As JSON: QuickJS can't hand over a string that it has pieced together.
    return context.eval(TRANSLATE)


def mathml(tex: str, *, display: bool, page: str = "") -> str:
    """Translate TeX into MathML.

    Parameters
    ----------
    tex : str
        What may stand between two dollar signs.
    display : bool
        True for a formula on a line of its own.
    page : str, optional
        Formulas of one page, one after the other, know what earlier ones define (``\\newcommand``).

    Returns
    -------
    str
        A ``math`` element.

    Raises
    ------
    ValueError
        If KaTeX doesn't understand the TeX; the message says what and where.
    """
    options = {"displayMode": display, "output": "mathml", "throwOnError": True, "strict": "ignore"}
    try:
        made = json.loads(_translator()(tex, json.dumps(options), page))
    except quickjs.JSException as error:
        raise ValueError(str(error).splitlines()[0]) from error
    return _mend(made.removeprefix('<span class="katex">').removesuffix("</span>"))


def _mend(made: str) -> str:
    """Say in words of MathML Core, which browsers know, what KaTeX leaves to its own stylesheet."""
    made = re.sub(r'<mi mathvariant="([a-z-]+)">(\w)</mi>', _styled_letter, made)
    # Bars around a norm are fences, not the sign for parallel lines.
    made = re.sub(r"<mo([^>]*)>∥</mo>", r'<mo\1 lspace="0" rspace="0">‖</mo>', made)
    # A function's name stands a little off what it is applied to, unless that is in parentheses.
    made = re.sub(
        rf"<mo>\u2061</mo>(?!{re.escape(PARENTHESIS)})", '<mo>\u2061</mo><mspace width="0.17em"/>', made
    )
    # A minus after another sign is one number's sign, and not a difference.
    return re.sub(r"(<mo[^>]*>[=(,∈⋅]</mo>)<mo>−</mo>", r'\1<mo form="prefix">−</mo>', made)


def _styled_letter(found: re.Match) -> str:
    style, letter = found.groups()
    if style not in LETTERS:
        return found[0]
    name = unicodedata.name(letter).replace("LATIN ", "").replace(" LETTER", "")
    for full in (f"{LETTERS[style]} {name}", f"MATHEMATICAL {LETTERS[style]} {name}"):
        try:
            return f"<mi>{unicodedata.lookup(full)}</mi>"
        except KeyError:
            continue
    return found[0]


def typeset(text: str) -> str:
    """Set the formulas in a text, as JupyterLab does in outputs; one that KaTeX doesn't understand stays.

    Parameters
    ----------
    text : str
        With formulas between dollars, ``\\(`` and ``\\)``, ``\\[`` and ``\\]``, or in an environment.

    Returns
    -------
    str
        HTML.
    """
    made, end = [], 0
    for found in FORMULA.finditer(text):
        made += [html.escape(text[end : found.start()]), _set_formula(found)]
        end = found.end()
    return "".join([*made, html.escape(text[end:])])


def typeset_html(text: str) -> str:
    """Set the formulas in the text of a piece of HTML, but in code, and where a class asks to leave them."""
    soup = BeautifulSoup(text, "html.parser")
    for part in soup.find_all(string=FORMULA):
        if type(part) is NavigableString and not part.find_parent(_keeps_dollars):
            part.replace_with(BeautifulSoup(typeset(part), "html.parser"))
    return str(soup)


def _keeps_dollars(tag: Tag) -> bool:
    return tag.name in ("code", "pre", "textarea", "math", "svg", "option") or any(
        name in ("tex2jax_ignore", "mathjax_ignore") for name in tag.get_attribute_list("class")
    )


def _set_formula(found: re.Match) -> str:
    if found[0] == "\\$":
        return "$"
    inline = found["inline"] or found["round"]
    display = found["display"] or found["square"] or found["block"]
    try:
        if inline is not None:
            return f'<span class="math">{mathml(inline, display=False)}</span>'
        return f'<div class="math" tabindex="0">{mathml(display, display=True)}</div>'
    except ValueError:
        return html.escape(found[0])


def visit(self, node: nodes.Element, *, display: bool) -> None:
    """Write the formula of a node."""
    try:
        made = mathml(node.astext(), display=display, page=self.builder.current_docname)
    except ValueError as error:
        logging.getLogger(__name__).warning("formula: %s", error, location=node)
        made = f"<code>{html.escape(node.astext())}</code>"
    tag = "div" if display else "span"
    # A formula wider than a phone scrolls by itself, so a keyboard has to reach it.
    reached = {"TABINDEX": "0"} if display else {}
    self.body.append(self.starttag(node, tag, "", CLASS="math notranslate nohighlight", **reached))
    if display and node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(f"{made}</{tag}>" + ("\n" if display else ""))
    raise nodes.SkipNode


def setup(app) -> None:
    """Register with Sphinx."""
    inline, block = (functools.partial(visit, display=display) for display in (False, True))
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
