"""Measure GloVe 6B 50d under six kinds of damage, at seven strengths each, with seven meters.

    python make_damage_table.py

It takes about five minutes on one core and writes damage.csv beside it, the same numbers each time.
"""

from pathlib import Path

import pandas as pd
from embedding_geometry.damage import KINDS
from embedding_geometry.meters import METERS, measure
from embedding_geometry.wordvectors import load_word_vectors

STRENGTHS: dict[str, list[float]] = {
    "rotate": [0, 1],
    "shift": [0, 0.25, 0.5, 1, 2, 5, 20],
    "stretch": [0, 1, 2, 4, 9, 19, 49],
    "collapse": [0, 0.2, 0.4, 0.6, 0.8, 0.9, 1],
    "noise": [0, 0.25, 0.5, 1, 1.5, 2, 4],
    "permute": [0, 0.05, 0.1, 0.25, 0.5, 0.75, 1],
}


def main() -> None:
    glove = load_word_vectors()
    rows = []
    for kind in KINDS:
        for strength in STRENGTHS[kind]:
            rows.append({"kind": kind, "strength": strength, **measure(glove, kind, strength)})
            print(rows[-1], flush=True)
    table = pd.DataFrame(rows)[["kind", "strength", *METERS]]
    path = Path(__file__).with_name("damage.csv")
    table.to_csv(path, index=False, float_format="%.4f", lineterminator="\n")


if __name__ == "__main__":
    main()
