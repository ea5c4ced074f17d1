"""What search engines and preview cards say of a page: its ``description``, in metadata or front matter."""

import html

CARD_TAGS = ('<meta property="og:', '<meta name="twitter:')
MADE_PAGES = {"search": "Search", "genindex": "Index"}


def describe(app, pagename, templatename, context, doctree) -> None:
    """Describe a page in its own words, and one that the build makes by its name."""
    meta = context["meta"] = dict(context.get("meta") or {})
    made = f"{MADE_PAGES.get(pagename, pagename)}: {app.config.html_title}"
    if told := meta.get("description") if doctree else made:
        content = meta["og:description"] = html.escape(told)
        tag = f'<meta name="description" content="{content}" />\n'
        context["metatags"] = context.get("metatags", "") + tag


def withhold_card(app, pagename, templatename, context, doctree) -> None:
    """Leave only the description of a page while the site has no address: a card has to name it.

    Not by ``ogp_disable`` of the extension: the description made of a page's first words would go, too.
    """
    if doctree and not app.config.html_baseurl:
        lines = context["metatags"].splitlines(keepends=True)
        context["metatags"] = "".join(line for line in lines if not line.startswith(CARD_TAGS))


def setup(app) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", describe, priority=499)  # before the extension that makes the cards
    app.connect("html-page-context", withhold_card, priority=502)  # after it
