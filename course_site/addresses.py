"""What the site offers once ``_config.yml`` says where its repository is, and where the site itself is.

1. With ``repository: url``: buttons that launch a chapter on Binder, Colab and a JupyterHub, show the
   repository, edit a page and report a fault; and below each notebook the lines that Colab needs.
2. With ``html: baseurl``: canonical links, the tags of a preview card, and ``sitemap.xml``.

While a setting is empty, nothing of it is in any page.
"""

import html
import re
from pathlib import Path
from xml.etree import ElementTree

from sphinx.errors import ConfigError

from course_site.finished_pages import after_build

REPOSITORY = re.compile(
    r"https://(?P<host>git(?:hub|lab)\.com)/(?P<owner>[\w.-]+(?:/[\w.-]+)*)/(?P<name>[\w.-]+)"
)
BUTTONS = ("use_repository_button", "use_edit_page_button", "use_issues_button")
CLASS_BRANCH = "student"
# Where the branch stands in the address of each button.
LAUNCHED = {"Binder": r"(/){}(\?)", "Colab": "(/blob/){}(/)", "JupyterHub": "(branch=){}(&|$)"}
COLAB_NOTE = """
<div class="dropdown admonition" id="on-colab">
<p class="admonition-title">On Colab, run this first</p>
<p>Colab opens the notebook of this page alone. Put these lines into a new first cell: they fetch the course
and install its library.</p>
<div class="highlight-none notranslate"><div class="highlight"><pre>{lines}</pre></div></div>
</div>
"""


def use_addresses(app, config) -> None:
    """Check both addresses, and set the theme's options by them."""
    options = config.html_theme_options
    address = options.get("repository_url") or ""
    options |= dict.fromkeys(BUTTONS, bool(address))
    if address:
        options["repository_url"] = address = address.strip("/").removesuffix(".git")
        options["repository_branch"] = options.get("repository_branch") or "main"
        found = REPOSITORY.fullmatch(address)
        if not found:
            raise ConfigError(
                f"repository: url in _config.yml is {address!r}; it has to be empty or the address of a "
                "repository on GitHub or GitLab, such as https://github.com/owner/name"
            )
        if found["host"] != "github.com":
            options["launch_buttons"].pop("colab_url", None)  # Colab opens notebooks from GitHub alone
    else:
        options.pop("launch_buttons", None)
    if config.html_baseurl:
        if not re.match(r"https?://[^/?#]+[^?#]*$", config.html_baseurl):
            raise ConfigError(
                f"html: baseurl in _config.yml is {config.html_baseurl!r}; it has to be empty or the address "
                "of the site's front page, such as https://owner.github.io/name/"
            )
        config.html_baseurl = config.html_baseurl.rstrip("/") + "/"
        config.ogp_site_url = config.html_baseurl


def launch_class_branch(app, pagename, templatename, context, doctree) -> None:
    """Let the buttons that launch a chapter open the branch that `make student` makes.

    What a reader gets there is what a class gets: it holds no solution of an assignment.
    """
    main = re.escape(app.config.html_theme_options.get("repository_branch") or "main")
    for group in context["header_buttons"]:
        for button in group.get("buttons", ()):
            if button["text"] in LAUNCHED:
                pattern = LAUNCHED[button["text"]].format(main)
                button["url"] = re.sub(pattern, rf"\g<1>{CLASS_BRANCH}\g<2>", button["url"], count=1)


def colab_lines(options: dict) -> str:
    """Return what a first cell on Colab has to run."""
    repository = options["repository_url"]
    name = repository.rpartition("/")[2]
    return (
        f"!git clone --depth 1 --branch {CLASS_BRANCH} {repository}\n"
        f"%cd {name}/chapters\n"
        "%pip install --quiet ..\n"
        "%env OMP_NUM_THREADS=1\n"
        "%env OPENBLAS_NUM_THREADS=1"
    )


def explain_colab(app, pagename, templatename, context, doctree) -> None:
    """Below each page that has a button for Colab, write what must be run there first."""
    for group in context["header_buttons"]:
        for button in group.get("buttons", ()):
            if button["text"] == "Colab":
                button["tooltip"] += ": first run the lines at the foot of this page"
                lines = html.escape(colab_lines(app.config.html_theme_options))
                context["body"] += COLAB_NOTE.format(lines=lines)


def write_sitemap(app) -> None:
    """Write sitemap.xml, with every chapter whether or not this build wrote it, or delete an old one."""
    path = Path(app.outdir, "sitemap.xml")
    path.unlink(missing_ok=True)
    if not app.config.html_baseurl:
        return
    sitemap = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for name in sorted(app.env.found_docs):
        entry = ElementTree.SubElement(sitemap, "url")
        ElementTree.SubElement(entry, "loc").text = app.config.html_baseurl + app.builder.get_target_uri(name)
    ElementTree.indent(sitemap)
    ElementTree.ElementTree(sitemap).write(path, encoding="utf-8", xml_declaration=True)


def setup(app) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", use_addresses)
    app.connect("html-page-context", launch_class_branch, priority=502)
    app.connect("html-page-context", explain_colab, priority=502)  # after the theme has made its buttons
    after_build(app, write_sitemap)
