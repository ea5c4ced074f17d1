"""The jobs that make the chapters a site, each by itself."""

from importlib.metadata import version

import numpy as np
import pytest
from PIL import Image
from sphinx.errors import ExtensionError

from course_site.patching import package_files, patch
from course_site.pictures import with_a_palette
from course_site.standard_widgets import HOSTED
from course_site.stylesheets import used_rules

RULES = """
@charset "utf-8";
/* said once */
.used, .gone { color: red }
.gone > .used { color: blue }
a.used:hover, #gone a { top: 0 }
:root { --x: 1px }
@media (max-width: 9px) { .gone { top: 1px } .used { top: 2px } }
@media print { .gone { top: 1px } }
@font-face { font-family: x; src: url(x.woff2) }
.used:not(.gone) { left: 0 }
[data-gone] .used { left: 1px }
.md\\:used { left: 2px }
@keyframes turn { from { top: 0 } to { top: 9px } }
"""


def test_a_patch_that_fits_nothing_names_the_package_and_its_version():
    assert patch("<a title='x'>", " title='x'", "", "sphinx") == "<a>"
    with pytest.raises(
        ExtensionError, match=rf"^myst-nb {version('myst-nb')} doesn't write 'title' any more"
    ):
        patch("<a>", "title", "", "myst-nb")


def test_a_folder_of_a_package_is_found_wherever_the_checkout_lies():
    assert (package_files("pydata_sphinx_theme", "theme", "pydata_sphinx_theme") / "layout.html").exists()
    with pytest.raises(ExtensionError, match=rf"^sphinx {version('sphinx')} has no folder no/such any more"):
        package_files("sphinx", "no", "such")


def test_rules_are_kept_whose_names_all_occur():
    left = used_rules(RULES, {"used", "md", "md:used"})
    assert "gone" not in left.replace(":not(.gone)", "").replace("[data-gone]", "")
    for kept in (
        ".used{color: red }",
        "a.used:hover{",
        ":root {",
        ".used {top: 2px }",
        "@font-face",
        ".md\\:used",
    ):
        assert kept.replace(" ", "") in left.replace(" ", "")
    assert "@mediaprint" not in left.replace(" ", "")
    assert ".used:not(.gone)" in left
    assert "[data-gone] .used" in left
    assert "@keyframes turn" in left
    assert "said once" not in left


def test_a_chart_gets_a_palette_and_looks_the_same():
    chart = np.full((60, 60, 3), 255, dtype=np.uint8)
    chart[20:40] = (0, 114, 178)
    chart[:, 30] = np.linspace(0, 255, 60, dtype=np.uint8)[:, np.newaxis]
    made = with_a_palette(Image.fromarray(chart))
    assert made.mode == "P"
    assert np.abs(np.asarray(made.convert("RGB")).astype(int) - chart).max() <= 8


def test_a_photograph_and_what_is_transparent_stay_as_they_are():
    noise = np.random.default_rng(0).integers(0, 256, (80, 80, 3), dtype=np.uint8)
    assert with_a_palette(Image.fromarray(noise)) is None
    assert with_a_palette(Image.new("RGBA", (5, 5), (255, 0, 0, 128))) is None


def test_the_site_knows_the_models_that_the_pages_host_runs():
    assert {
        *(f"{kind}Model" for kind in ("Layout", "Box", "HBox", "VBox", "GridBox")),
        *(f"{kind}Model" for kind in ("Link", "DirectionalLink")),
    } == HOSTED
