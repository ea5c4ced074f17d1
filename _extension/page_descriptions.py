"""What search engines and preview cards say of a page: its ``description``, in metadata or front matter."""

import html

MADE_PAGES = {"search": "Search", "genindex": "Index"}


def describe(app, pagename, templatename, context, doctree) -> None:
    """Describe a page in its own words, and one that the build makes by its name."""
    meta = context["meta"] = dict(context.get("meta") or {})
    made = f"{MADE_PAGES.get(pagename, pagename)}: {app.config.html_title}"
    if told := meta.get("description") if doctree else made:
        content = meta["og:description"] = html.escape(told)
        tag = f'<meta name="description" content="{content}" />\n'
        context["metatags"] = context.get("metatags", "") + tag


def setup(app) -> dict:
    """Register with Sphinx."""
    app.connect(
        "html-page-context", describe, priority=499
    )  # before a description is made of the first words
    return {"parallel_read_safe": True, "parallel_write_safe": True}
