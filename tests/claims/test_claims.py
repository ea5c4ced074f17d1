"""Every claim holds in its quick form, stands on its page, and was measured at full size as it is now."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from embedding_geometry.intervals import repeat

from claims import ledger
from claims.ledger import ROOT, Outcome, Run, claim, claims_of, measured, over_cases, page_text, pages
from claims.measure import measure

CLAIMS = [entry for page in pages() for entry in claims_of(page)]
CHAPTERS = ROOT / "chapters"


def named(entry):
    return f"{entry.page}: {entry.name}"


def code_cells(page):
    """Return the code cells of a page by their ids."""
    notebook = json.loads((CHAPTERS / f"{page}.ipynb").read_text(encoding="utf-8"))
    return {cell["id"]: cell for cell in notebook["cells"] if cell["cell_type"] == "code"}


@pytest.fixture(scope="module")
def quick():
    return Run()


@pytest.mark.parametrize("entry", CLAIMS, ids=named)
def test_claim_holds_in_its_quick_form(entry, quick):
    found = entry.measure(quick).interval
    assert entry.holds(found.low, found.high), f"{entry.quantity}: {found}, and not {entry.bounds}"


@pytest.mark.parametrize("entry", CLAIMS, ids=named)
def test_sentence_stands_on_its_page_beside_a_cell_that_shows_it(entry):
    assert entry.sentence in page_text(entry.page), f"{entry.page} doesn't say: {entry.sentence}"
    if (CHAPTERS / f"{entry.page}.ipynb").exists():
        assert entry.cell in code_cells(entry.page)


@pytest.mark.parametrize("page", pages())
def test_stored_measurements_are_those_of_the_claims_as_they_are_now(page):
    stored, claims = measured(page), claims_of(page)
    remedy = f"run `make claims PAGES={page}`"
    assert list(stored.index) == [entry.name for entry in claims], remedy
    for entry in claims:
        row = stored.loc[entry.name]
        assert row["digest"] == entry.digest, f"{entry.name} has changed: {remedy}"
        assert entry.holds(row["low"], row["high"]), f"{entry.name} at full size: {dict(row)}"
        assert row["low"] <= row["value"] <= row["high"] or "resampled" in row["over"], entry.name


def test_a_notebook_of_the_course_has_claims_if_it_compares():
    chapters = {path.stem for path in CHAPTERS.glob("[0-9]*.ipynb")}
    assert set(pages()) >= chapters


def other_vocabulary(words):
    """Return the words with their vectors handed out anew: the same cloud, and no meaning."""
    shuffled = type(words)(words.vector_size)
    shuffled.add_vectors(words.index_to_key, np.random.default_rng(0).permutation(words.vectors))
    return shuffled


def test_a_broken_claim_fails(quick):
    def near_opposites(run):
        pairs = [("hot", "cold"), ("up", "down"), ("big", "small"), ("good", "bad")]
        return Outcome(over_cases(run.words.similarity(*pair) for pair in pairs), "4 pairs")

    texts = {"condition": "GloVe 6B 50d", "quantity": "cosine of two opposites"}
    right = claim("Opposites are near.", **texts, above=0.5)(near_opposites)
    other_sign = claim("Opposites are far.", **texts, below=0.5)(near_opposites)
    found = right.measure(quick).interval
    assert right.holds(found.low, found.high)
    assert not other_sign.holds(found.low, found.high)
    elsewhere = right.measure(SimpleNamespace(words=other_vocabulary(quick.words))).interval
    assert not right.holds(elsewhere.low, elsewhere.high)


def test_a_claim_needs_a_bound_and_its_whole_interval_within():
    with pytest.raises(ValueError, match="needs a bound"):
        claim("It is so.", condition="", quantity="")
    entry = claim("It is small.", condition="", quantity="", above=-1, below=1)(lambda run: None)
    assert entry.holds(-0.5, 0.5)
    assert not entry.holds(-0.5, 1)
    assert not entry.holds(-1, 0.5)
    assert entry.bounds == "above -1 and below 1"


def test_measuring_gives_the_row_to_store(monkeypatch, capsys):
    draws = []

    def mean_of_draws(run):
        draws.append(run.full)
        n = run.times(full=30, quick=3)
        return Outcome(repeat(lambda seed: np.random.default_rng(seed).normal(5), n), f"{n} draws")

    entry = claim("It is above zero.", condition="", quantity="", above=0)(mean_of_draws)
    monkeypatch.setattr(ledger.Claim, "digest", "0123456789ab")
    row = measure(entry, Run(full=True))
    assert (row["claim"], row["over"], row["digest"]) == ("mean_of_draws", "30 draws", "0123456789ab")
    assert draws == [True]
    expected = [np.random.default_rng(seed).normal(5) for seed in range(30)]
    assert row["value"] == pytest.approx(np.mean(expected))
    assert (row["low"], row["high"]) == (min(expected), max(expected))
    assert "holds" in capsys.readouterr().out
