"""Outputs that myst-nb doesn't show as JupyterLab does: plots as JSON, data, formulas in text, scripts."""

import json
import re
from binascii import Error as Base64Error
from typing import Literal

import myst_nb.sphinx_
import nbclient.client
from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer, create_md_parser, sanitize_script_content
from myst_parser.config.main import MdParserConfig
from nbformat.v4 import output_from_msg

from course_site.mathematics import FORMULA, typeset, typeset_html

PLOTLY = "application/vnd.plotly.v1+json"
VEGA = re.compile(r"application/vnd\.(vega|vegalite)\.v(\d+)\+json")
# Of several kinds of one output a plot is shown before its text, and data before the name of their class.
PRIORITIES = [
    ("html", PLOTLY, 5),
    *(("html", f"application/vnd.{mode}.v{n}+json", 5) for mode in ("vega", "vegalite") for n in range(3, 8)),
    ("html", "application/json", 85),
    ("html", "application/geo+json", 85),
]
# Of what JupyterLab's markdown has.
MARKDOWN = MdParserConfig(enable_extensions={"dollarmath", "amsmath", "strikethrough", "tasklist", "linkify"})


class CourseRenderer(NbElementRenderer):
    """Renders what a cell shows, as myst-nb does, and some kinds more."""

    def render_unhandled(self, data: MimeData) -> list[nodes.Element]:
        """Render an output of a kind that myst-nb doesn't know, or nothing."""
        place = f"plot-{data.cell_index}-{data.output_index}"
        try:
            if data.mime_type == PLOTLY:
                return [_raw(_plotly(data.content, place))]
            if found := VEGA.fullmatch(data.mime_type):
                return [_raw(_vega(data.content, place, *found.groups()))]
        except ImportError as error:
            self._warn(data, f"this plot needs the package {error.name} where the site is built: install it")
        if data.mime_type.endswith("json") and not data.mime_type.startswith("application/vnd."):
            text = json.dumps(data.content, indent=2, ensure_ascii=False)
            return [nodes.literal_block(text, text, language="json", classes=["output"])]
        return []

    render_unhandled_inline = render_unhandled

    def render_text_html(self, data: MimeData) -> list[nodes.Element]:
        """Render HTML, with the formulas in its text set."""
        made = super().render_text_html(data)
        if FORMULA.search(data.string):
            made[0][:] = [nodes.Text(typeset_html(data.string))]
        return made

    def render_text_latex(self, data: MimeData) -> list[nodes.Element]:
        """Render one formula, or text with formulas in it."""
        formulas = [found for found in FORMULA.finditer(data.string) if found[0] != "\\$"]
        if not formulas or formulas[0][0] == data.string.strip():
            return super().render_text_latex(data)
        return [_raw(typeset(data.string), "text_latex")]

    def render_javascript(self, data: MimeData) -> list[nodes.Element]:
        """Render a script, which may call the place of its output `element`, as in JupyterLab."""
        script = sanitize_script_content(data.string)
        if re.search(r"\belement\b", script):
            script = f"var element = document.currentScript.parentElement;\n{script}"
        return [_raw(f"<script>{script}</script>", "javascript")]

    def render_image(self, data: MimeData) -> list[nodes.Element]:
        """Render a picture; one that is no picture is left out, with a warning."""
        try:
            return super().render_image(data)
        except (Base64Error, ValueError) as error:
            self._warn(data, f"its picture can't be read: {error}")
            return []

    def render_markdown(self, data: MimeData) -> list[nodes.Element]:
        """Render Markdown with formulas, as JupyterLab does."""
        parser, config = self.renderer.md, self.renderer.md_config
        made = nodes.container(classes=["output", "text_markdown"])
        self.renderer.md_config = MARKDOWN
        self.renderer.md = create_md_parser(MARKDOWN, self.renderer.__class__)
        try:
            with self.renderer.current_node_context(made):
                self.renderer.nested_render_text(data.string, data.line or 0)
        finally:
            self.renderer.md, self.renderer.md_config = parser, config
        return [made]

    def _warn(self, data: MimeData, message: str) -> None:
        self.logger.warning(message, subtype="output", line=data.line)


def _raw(text: str, kind: str = "text_html") -> nodes.raw:
    return nodes.raw(text=f'<div class="output {kind}">{text}</div>', format="html")


def _plotly(figure: dict, place: str) -> str:
    import plotly.io

    figure = {key: figure[key] for key in ("data", "layout", "frames") if key in figure}
    return plotly.io.to_html(
        figure, include_plotlyjs="cdn", full_html=False, validate=False, div_id=place, default_height="450px"
    )


def _vega(spec: dict, place: str, language: str, version: str) -> str:
    from altair import VEGA_VERSION, VEGAEMBED_VERSION, VEGALITE_VERSION
    from altair.utils.html import spec_to_html

    mode: Literal["vega", "vega-lite"] = "vega" if language == "vega" else "vega-lite"
    lite = VEGALITE_VERSION if mode == "vega" or VEGALITE_VERSION.startswith(f"{version}.") else version
    vega = VEGA_VERSION if mode == "vega-lite" else version
    return spec_to_html(
        spec, mode, vega, VEGAEMBED_VERSION, lite, fullhtml=False, output_div=place, template="universal"
    )


def as_nbformat_has_it(message: dict) -> dict:
    """Return an output, with altair's kinds spelt so that a notebook may hold them."""
    data = message["content"].get("data", {})
    for kind in [kind for kind in data if kind.startswith("application/vnd.") and kind.endswith(".json")]:
        data[f"{kind.removesuffix('.json')}+json"] = data.pop(kind)
    return output_from_msg(message)


def use_renderer(app, config) -> None:
    """Have myst-nb render outputs this way."""
    nbclient.client.output_from_msg = as_nbformat_has_it
    myst_nb.sphinx_.load_renderer = lambda name: CourseRenderer
    config.nb_mime_priority_overrides = [*config.nb_mime_priority_overrides, *PRIORITIES]


def setup(app) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", use_renderer)
