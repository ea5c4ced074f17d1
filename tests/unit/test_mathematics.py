"""TeX becomes MathML that browsers set without a script."""

from xml.etree import ElementTree

import pytest

from course_site.mathematics import mathml


def parts(tex, display=False):
    """Return the elements of a formula, without its TeX, as tags and texts."""
    tree = ElementTree.fromstring(mathml(tex, display=display))
    assert tree.get("display") == ("block" if display else None)
    semantics = tree[0]
    assert semantics[1].text == tex, "the TeX can be copied"
    return [(element.tag.rpartition("}")[2], element.text, element.attrib) for element in semantics[0].iter()]


def test_a_fraction_of_sums():
    tags = [tag for tag, *_ in parts(r"w_i = \frac{e^{s_i}}{\sum_j e^{s_j}}", display=True)]
    assert [tag for tag in tags if tag in ("msub", "munder", "mfrac", "msup")] == [
        "msub", "mfrac", "msup", "msub", "munder", "msup", "msub"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tex", "letter"),
    [
        (r"\mathbb{R}", "\u211d"),
        (r"\mathbb{A}", "\U0001d538"),
        (r"\mathbf{x}", "\U0001d431"),
        (r"\mathcal{L}", "\u2112"),
    ],
)
def test_styled_letters_are_characters_of_their_own(tex, letter):
    assert ("mi", letter, {}) in parts(tex)


def test_norms_have_bars_without_space():
    bars = [attributes for _, text, attributes in parts(r"\lVert x \rVert") if text == "\u2016"]
    assert [(bar["lspace"], bar["rspace"]) for bar in bars] == [("0", "0"), ("0", "0")]


def test_names_of_functions_stand_off_their_argument():
    assert [tag for tag, *_ in parts(r"\log w")].count("mspace") == 1
    assert [tag for tag, *_ in parts(r"\log(w)")].count("mspace") == 0


def test_a_minus_after_a_sign_belongs_to_its_number():
    forms = [attributes.get("form") for _, text, attributes in parts("a - b = -c") if text == "\u2212"]
    assert forms == [None, "prefix"]


@pytest.mark.parametrize(("tex", "fault"), [(r"\frac{1}", "'}'|EOF|end"), (r"\nosuch x", r"\\nosuch")])
def test_wrong_tex_is_named(tex, fault):
    with pytest.raises(ValueError, match=fault):
        mathml(tex, display=False)


def test_a_formula_knows_what_an_earlier_one_of_its_page_defines():
    mathml(r"\newcommand{\own}{\mathbf{z}}", display=False, page="first")
    assert "\U0001d433" in mathml(r"\own + 1", display=False, page="first")
    with pytest.raises(ValueError, match="own"):
        mathml(r"\own", display=False, page="second")
    with pytest.raises(ValueError, match="own"):
        mathml(r"\own", display=False)
