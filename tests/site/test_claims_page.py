"""The page of all claims and the pages that make them lead to each other."""

import pytest
from built_pages import soup_of

from claims.ledger import claims_of, measured, pages

PAGES = pages()


@pytest.fixture(scope="module")
def ledger(site):
    return soup_of(site / "chapters" / "claims.html")


@pytest.mark.parametrize("page", PAGES)
def test_every_claim_has_an_entry_that_says_what_came_out_and_leads_to_its_cell(ledger, site, page):
    stored = measured(page)
    for claim in claims_of(page):
        (entry,) = ledger.find_all(id=claim.anchor)
        text = entry.get_text(" ", strip=True)
        row = stored.loc[claim.name]
        assert f"{row['value']:.3g} ({row['low']:.3g} to {row['high']:.3g})" in text
        assert row["over"] in text
        assert claim.bounds in text
        (link,) = entry.select(".claim-line a.reference.internal[href*='.html']")[-1:]
        place = f"#cell-{claim.cell}" if claim.cell else ""
        assert link["href"] == f"{page}.html{place}"


@pytest.mark.parametrize("page", PAGES)
def test_a_cell_that_shows_claims_leads_to_each_of_them(site, page):
    soup = soup_of(site / "chapters" / f"{page}.html")
    for claim in claims_of(page):
        if claim.cell:
            cell = soup.find(id=f"cell-{claim.cell}")
            line = cell.find_next_sibling("p", class_="claim-links")
            assert f"claims.html#{claim.anchor}" in [link["href"] for link in line.find_all("a")]


def test_a_link_to_an_entry_opens_its_fold(site, serving, open_page):
    address = serving(site)
    claim = claims_of(PAGES[-1])[-1]
    page = open_page(f"{address}chapters/claims.html#{claim.anchor}", address)
    page.locator(f"#{claim.anchor}").wait_for(state="visible")
    assert page.locator(f"#{claim.anchor}").evaluate("(e) => e.closest('details').open")
    page.locator(f"#{claim.anchor} .claim-line a").last.click()
    page.wait_for_url(f"{address}chapters/{claim.page}.html*")
    assert page.locator(":target").count() == 1
