"""Fonts with the characters that this site uses, and no others: for formulas, and for the theme's icons."""

import base64
import hashlib
import html
import re
import unicodedata
from io import BytesIO
from pathlib import Path

from bs4 import BeautifulSoup
from fontTools import subset
from fontTools.ttLib import TTFont

from course_site.finished_pages import after_build, change_pages, pages_of
from course_site.mathematics import file_of
from course_site.patching import theme_static

MATH_FONT = "stix-two-math.css"
ITALICS = [*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C)]  # Latin and Greek
ICON_SCRIPT = "fontawesome.js"
ICON_FONTS = {
    "fa-solid-900": ("fa-solid", "fas"),
    "fa-regular-400": ("fa-regular", "far"),
    "fa-brands-400": ("fa-brands", "fab"),
}
ICON_RULE = re.compile(r'((?:\.fa-[\w-]+:before,?)+)\{content:"\\([0-9a-f]+) ?"\}')


def write_math_font(app) -> None:
    """Write the font with the characters that the pages' formulas use."""
    formulas = [
        formula
        for page in pages_of(app.outdir)
        for formula in re.findall(r"<math\b.*?</math>", page.read_text(encoding="utf-8"), re.DOTALL)
    ]
    used = set(
        html.unescape("".join(re.sub(r"<annotation.*?</annotation>|<[^>]+>", "", f) for f in formulas))
    )
    # A letter alone is shown as a mathematical italic, which is a character of its own.
    italics = {c for c in map(chr, ITALICS) if unicodedata.normalize("NFKC", c) in used}
    options = subset.Options(flavor="woff2", layout_features=["ssty", "dtls"], hinting=False)
    font = subset.load_font(str(file_of("ziamath", "STIXTwoMath-Regular.ttf")), options)
    # The Planck constant is the italic h, and a root's sign stands in no text.
    smaller = subset.Subsetter(options)
    smaller.populate(text="".join(sorted(used | italics | set("ℎ√"))))
    smaller.subset(font)
    level_roots(font)
    made = BytesIO()
    font.flavor = options.flavor
    font.save(made)
    # In the stylesheet itself: formulas are then set once, and don't move when a font arrives.
    source = base64.b64encode(made.getvalue()).decode()
    face = f'@font-face {{ font-family: "STIX Two Math"; src: url("data:font/woff2;base64,{source}"); }}\n'
    Path(app.outdir, "_static", MATH_FONT).write_text(face, encoding="ascii")


def level_roots(font: TTFont) -> None:
    """Make the taller signs of a root as wide as the lowest: Chromium leaves room for the widest one."""
    root, glyphs = font.getBestCmap()[ord("√")], font["glyf"]
    variants = font["MATH"].table.MathVariants
    place = variants.VertGlyphCoverage.glyphs.index(root)
    construction = variants.VertGlyphConstruction[place]
    names = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
    if construction.GlyphAssembly:
        names += [part.glyph for part in construction.GlyphAssembly.PartRecords]
    width = font["hmtx"][root][0]
    for name in dict.fromkeys(names):
        advance, bearing = font["hmtx"][name]
        glyphs[name].coordinates.scale((width / advance, 1))
        glyphs[name].coordinates.toInt()
        glyphs[name].recalcBounds(glyphs)
        font["hmtx"][name] = width, round(bearing * width / advance)


def link_math_font(soup: BeautifulSoup, page: Path) -> None:
    """Link the font of formulas on each page that has some."""
    own = soup.find("link", rel="stylesheet", href=re.compile(r"book\.css"))
    if own and soup.find("math"):
        address = re.sub(r"book\.css.*", MATH_FONT, str(own["href"]))
        version = hashlib.sha256((page.parent / address).read_bytes()).hexdigest()[:8]
        own.insert_before(soup.new_tag("link", attrs={"rel": "stylesheet", "href": f"{address}?v={version}"}))


def keep_icons_in_use(static: Path, originals: Path, pages: list[Path]) -> None:
    """Cut the theme's icon fonts, and the rules for them, down to the icons that pages and scripts name."""
    stylesheet = static / "styles" / "pydata-sphinx-theme.css"
    css = (originals / "styles" / stylesheet.name).read_text(encoding="utf-8")
    scripts = [s for s in static.rglob("*.js") if s.name not in (ICON_SCRIPT, "searchindex.js")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*pages, *scripts])
    named = set(re.findall(r"\bfa[srb]?(?:-[\w-]+)?\b", text))

    def in_use(rule: re.Match) -> bool:
        return not named.isdisjoint(re.findall(r"\.([\w-]+):before", rule[1]))

    codes = [rule[2] for rule in ICON_RULE.finditer(css) if in_use(rule)]
    # Stylesheets also set icons by their number.
    others = [path.read_text(encoding="utf-8") for path in static.rglob("*.css") if path != stylesheet]
    codes += re.findall(r'content:\s*"\\(f[0-9a-f]{3})"', "\n".join([ICON_RULE.sub("", css), *others]))
    stylesheet.write_text(ICON_RULE.sub(lambda rule: rule[0] if in_use(rule) else "", css), encoding="utf-8")
    fonts = static / "vendor" / "fontawesome" / "webfonts"
    for name, classes in ICON_FONTS.items():
        for ending in ("ttf", "woff2"):
            (fonts / f"{name}.{ending}").unlink(missing_ok=True)
        if named.intersection(classes):
            options = subset.Options(flavor="woff2", hinting=False)
            font = subset.load_font(str(originals / (fonts / f"{name}.woff2").relative_to(static)), options)
            smaller = subset.Subsetter(options)
            smaller.populate(unicodes=[int(code, 16) for code in codes])
            smaller.subset(font)
            subset.save_font(font, str(fonts / f"{name}.woff2"), options)
    for name in ("", ".map", ".LICENSE.txt"):
        (static / "scripts" / f"{ICON_SCRIPT}{name}").unlink(missing_ok=True)


def subset_icons(app) -> None:
    """Cut the theme's icon fonts down in a finished site."""
    keep_icons_in_use(Path(app.outdir, "_static"), theme_static(), list(pages_of(app.outdir)))


def setup(app) -> None:
    """Register with Sphinx."""
    after_build(app, write_math_font)
    change_pages(link_math_font)
    after_build(app, subset_icons, priority=920)  # after the pages are finished
