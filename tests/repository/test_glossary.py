"""The glossary leads to pages that teach its terms."""

import re
from pathlib import Path

import pytest

from claims.ledger import page_text

GLOSSARY = (Path(__file__).parents[2] / "chapters" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^(\S.*)\n((?:  .+\n)+)", GLOSSARY.partition("```{glossary}\n")[2], re.MULTILINE)
# A page may use another form of a word, or a part of a term.
FORMS = {
    "anisotropy": "anisotrop",
    "centring": "centr",
    "cosine similarity": "cosine",
    "intrinsic evaluation": "intrinsic",
    "extrinsic evaluation": "extrinsic",
    "isotropy": "isotrop",
    "mean reciprocal rank": "mrr",
    "one-hot vector": "one-hot",
    "precision at k": "precision@",
    "Spearman correlation": "spearman",
}


def test_terms_are_in_order():
    terms = [term.lower().replace("-", " ") for term, _ in ENTRIES]
    assert len(terms) > 80
    assert terms == sorted(terms)
    assert len(set(terms)) == len(terms)


@pytest.mark.parametrize(("term", "text"), ENTRIES, ids=[term for term, _ in ENTRIES])
def test_term_stands_on_the_page_that_its_entry_leads_to(term, text):
    *_, page = re.findall(r"\]\((\w+)\.(?:ipynb|md)\)", " ".join(text.split()))
    stem = FORMS.get(term, term.removesuffix("s"))
    assert stem.lower() in page_text(page).lower()
