"""Measure GloVe 6B 50d under each kind of damage ten times over: other draws, other axes, other planes.

    python make_damage_repeats.py

It takes about three minutes on one core and writes damage-repeats.csv beside it, the same numbers each time.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from embedding_geometry._validation import FloatArray
from embedding_geometry.damage import damage
from embedding_geometry.meters import METERS
from embedding_geometry.subspaces import principal_directions, project
from embedding_geometry.wordvectors import load_word_vectors, with_vectors

# A mild strength and a strong one; there are no degrees of a rotation.
STRENGTHS: dict[str, list[float]] = {
    "rotate": [1],
    "shift": [1, 20],
    "stretch": [4, 19],
    "collapse": [0.8, 1],
    "noise": [0.5, 2],
    "permute": [0.1, 1],
}
REPEATS = 10
_FIRST_SEED = 10  # not that of the sample which the meters look at: it would draw the same rows


def damaged(X: FloatArray, kind: str, strength: float, repeat: int) -> FloatArray:
    """Damage an embedding in another way for each repeat.

    Where ``damage`` draws, each repeat has a seed of its own. It always stretches the last axis, and always
    collapses to the first plane: here, each fifth axis is stretched, and each pair of principal directions
    kept.
    """
    if kind == "stretch":
        turns = -1 - 5 * repeat  # brings this axis to the end; the order of the axes is nothing to the meters
        return damage(np.roll(X, turns, axis=1), kind, strength)
    if kind == "collapse":
        plane = principal_directions(X).directions[2 * repeat : 2 * repeat + 2]
        mean = X.mean(axis=0)
        kept = mean + project(X - mean, plane)
        return kept + (1 - strength) * (X - kept)
    return damage(X, kind, strength, seed=_FIRST_SEED + repeat)


def main() -> None:
    glove = load_word_vectors()
    rows = []
    for kind, strengths in STRENGTHS.items():
        for strength in strengths:
            for repeat in range(REPEATS):
                words = with_vectors(glove, damaged(glove.vectors, kind, strength, repeat))
                readings = {name: float(read(words, glove)) for name, read in METERS.items()}
                rows.append({"kind": kind, "strength": strength, "repeat": repeat, **readings})
            print(rows[-1], flush=True)
    path = Path(__file__).with_name("damage-repeats.csv")
    pd.DataFrame(rows).to_csv(path, index=False, float_format="%.4f", lineterminator="\n")


if __name__ == "__main__":
    main()
