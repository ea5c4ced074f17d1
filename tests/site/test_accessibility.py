"""What a reader with a keyboard, a screen reader or a sensitive eye meets on every page."""

import pytest
from axe import violations
from built_pages import PAGES, settle

from tools.local_browser import wait_until

# All that can differ between the light page and the dark.
OF_COLORS = ["color-contrast", "link-in-text-block"]
USABLE = ":is(input, select, summary, button, [tabindex='0'])"


def use(page):
    """Unfold everything, and do what can be done with each control of each widget."""
    for button in page.locator("article .toggle-button-hidden").element_handles():
        button.click()
    for control in page.locator(f".eg-widget {USABLE}").element_handles():
        if kind := control.evaluate("(e) => e.checkVisibility() && !e.disabled && (e.type ?? e.localName)"):
            use_control(control, kind)
    page.evaluate("() => document.querySelectorAll('article details').forEach((d) => { d.open = true; })")


def use_control(control, kind):
    if kind in ("checkbox", "radio"):
        control.check()
    elif kind == "text":
        control.fill("dgo")
        control.press("Enter")
    elif kind == "select-one":
        control.select_option(index=1)
    elif kind in ("button", "submit", "summary"):
        control.press("Enter")
    else:
        for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
            control.press(key)


def assert_nothing(found):
    """Assert that axe-core found nothing in any state of a page."""
    told = [f"{state}: {violation}" for state, those in found.items() for violation in those]
    assert told == [], "\n".join(told)


def change_colors(page, scheme):
    """Change what the reader's system asks for, and wait until the theme has followed."""
    page.emulate_media(color_scheme=scheme)
    wait_until(page, f"document.documentElement.dataset.theme === '{scheme}'")


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(site, serving, visit, name):
    page = visit(f"{serving(site)}{name}.html", serving(site))
    settle(page)
    found = {"1280 px, light": violations(page)}
    change_colors(page, "dark")
    found["1280 px, dark"] = violations(page, OF_COLORS)
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_timeout(400)  # the theme looks anew at what scrolls once the width has stayed the same
    use(page)
    page.wait_for_timeout(400)
    found["390 px, dark, used"] = violations(page)
    change_colors(page, "light")
    found["390 px, light, used"] = violations(page, OF_COLORS)
    assert_nothing(found)


def test_axe_finds_nothing_in_what_opens_over_a_page(site, serving, visit):
    page = visit(f"{serving(site)}chapters/04_cat_dog_car.html", serving(site))
    settle(page)
    found = {}

    def look_into(dialog, opener):
        for scheme in ("dark", "light"):
            change_colors(page, scheme)
            page.locator(opener).filter(visible=True).first.press("Enter")
            opened = page.locator(f"#{dialog}")
            opened.wait_for()
            assert opened.evaluate("(e) => e.contains(document.activeElement)"), f"{dialog} has no focus"
            found[f"{dialog}, {scheme}"] = violations(page)
            page.keyboard.press("Escape")
            opened.wait_for(state="hidden")

    look_into("pst-search-dialog", ".search-button__button")
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_timeout(400)  # as above
    look_into("pst-primary-sidebar-modal", ".primary-toggle")
    look_into("pst-secondary-sidebar-modal", ".secondary-toggle")
    assert_nothing(found)


# What the reader sees of the focus: of the element itself, or of what is drawn for it within.
LOOK = """(element) => [element, ...element.querySelectorAll("*")].map((e) => {
  const { outlineStyle, outlineWidth, outlineColor, boxShadow, stroke } = getComputedStyle(e);
  const outline = outlineStyle === "none" ? "" : outlineStyle + outlineWidth + outlineColor;
  return [outline, boxShadow, stroke].join("|");
}).join(";")"""
# Of radio buttons that belong together, Tab stops at the chosen one, else at the first (backwards, the last).
TAB_STOPS = """() => [...document.querySelectorAll("article *")].filter((e) => {
  if (e.tabIndex < 0 || e.disabled || !e.checkVisibility({ checkVisibilityCSS: true })) return false;
  if (e.type !== "radio" || e.checked) return true;
  const together = [...document.getElementsByName(e.name)];
  return e === together[0] && !together.some((other) => other.checked);
})"""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("chapters/00_snapshot", "Tab"),
        ("chapters/04_cat_dog_car", "Tab"),
        ("chapters/04_cat_dog_car", "Shift+Tab"),
        ("chapters/06_probes", "Tab"),
    ],
)
def test_keyboard_reaches_everything_and_sees_where_it_is(site, serving, visit, name, key):
    page = visit(f"{serving(site)}{name}.html", serving(site))
    settle(page)
    page.wait_for_timeout(400)
    page.evaluate(f"() => {{ globalThis.stops = new Set(({TAB_STOPS})()); globalThis.look = {LOOK}; }}")
    count = page.evaluate("() => { for (const s of stops) s.unfocused = look(s); return stops.size; }")
    assert count > 10
    unseen = []
    for _ in range(count + 150):
        page.keyboard.press(key)
        seen = page.evaluate("""() => {
          const at = document.activeElement;
          if (at === document.body) return null;
          const known = stops.delete(at);
          if (at.type === "radio") document.getElementsByName(at.name).forEach((same) => stops.delete(same));
          return { html: at.outerHTML.slice(0, 120), changed: !known || look(at) !== at.unfocused };
        }""")
        if seen is None:
            break
        if not seen["changed"]:
            unseen.append(seen["html"])
    else:
        raise AssertionError(f"{key} never leaves the page")
    assert unseen == []
    missed = page.evaluate("() => [...stops].map((e) => e.outerHTML.slice(0, 120))")
    assert missed == []


def test_nothing_moves_for_a_reader_who_asked_for_that(site, serving, visit):
    page = visit(f"{serving(site)}chapters/04_cat_dog_car.html", serving(site))
    settle(page)
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((e) => {
      const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(e);
      return animationName !== "none" || !/^0s(, 0s)*$/.test(transitionDuration) || scrollBehavior !== "auto";
    }).map((e) => e.outerHTML.slice(0, 120))""")
    assert moving == []


def test_widgets_never_move_by_themselves(site, serving, visit):
    page = visit(f"{serving(site)}chapters/06_probes.html", serving(site))
    settle(page)
    page.emulate_media(reduced_motion="no-preference")
    moving = page.evaluate("""() => [...document.querySelectorAll(".eg-widget *")].filter((e) => {
      const { animationName, transitionDuration } = getComputedStyle(e);
      return animationName !== "none" || !/^0s(, 0s)*$/.test(transitionDuration);
    }).map((e) => e.outerHTML.slice(0, 120))""")
    assert moving == []
