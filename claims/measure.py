"""Measure claims at full size and store what came out.

    make claims                          all pages
    make claims PAGES=02a_vector_mixtures     the claims of one page that have changed

A page that is named is measured only where a claim is new or changed; what hasn't changed is kept.
"""

import sys
import time

import pandas as pd
from embedding_geometry._whole_files import written_whole

from claims.ledger import HERE, Claim, Run, claims_of, measured, pages


def measure(claim: Claim, run: Run) -> dict:
    """Return the row of a claim in its page's table."""
    started = time.monotonic()
    outcome = claim.measure(run)
    found = outcome.interval
    verdict = "holds" if claim.holds(found.low, found.high) else f"FAILS: not {claim.bounds}"
    print(
        f"{claim.page}: {claim.title}: {found:.4g} over {outcome.over}: {verdict}"
        f" ({time.monotonic() - started:.0f} s)",
        flush=True,
    )
    return {
        "claim": claim.name,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "over": outcome.over,
        "digest": claim.digest,
    }


def main(chosen: list[str]) -> int:
    """Measure, store a table for each page, and return how many claims fail."""
    unknown = sorted(set(chosen) - set(pages()))
    if unknown:
        print(f"There are no claims of {', '.join(unknown)}; there are of {', '.join(pages())}.")
        return 1
    run, failed = Run(full=True), 0
    for page in chosen or pages():
        stored, rows = measured(page), []
        for claim in claims_of(page):
            old = stored.loc[claim.name] if chosen and claim.name in stored.index else None
            if old is not None and old["digest"] == claim.digest:
                rows.append({"claim": claim.name, **old})
            else:
                rows.append(measure(claim, run))
            failed += not claim.holds(rows[-1]["low"], rows[-1]["high"])
        table = pd.DataFrame(rows)
        with written_whole(HERE / "measured" / f"{page}.csv") as path:
            table.to_csv(path, index=False, float_format="%.6g", lineterminator="\n")
    print(f"{failed} claims fail" if failed else "every claim holds")
    return failed


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
