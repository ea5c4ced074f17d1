"""What axe-core finds on a page: https://github.com/dequelabs/axe-core."""

from functools import cache

from tools.built_site import ROOT

RUN = """async (rules) => {
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
  const { violations } = await axe.run(options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) =>
      `${id}: ${target.join(" ")}: ${html.slice(0, 200)}: ${failureSummary}`));
}"""


@cache
def _script():
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page, rules=None):
    """Return what axe-core finds: by all its rules, or by the named ones."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_script())
    return page.evaluate(RUN, rules)
