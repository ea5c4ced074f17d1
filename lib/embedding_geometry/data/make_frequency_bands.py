"""Measure, over all 400,000 words of GloVe 6B 50d, how alike words of the same frequency point.

    python make_frequency_bands.py

It reads the words that `make claims` unpacks into ``_build/all-words`` and writes frequency-bands.csv beside
it, in seconds: for each 2,000 words in order of frequency the mean cosine of two different words, and the
cosine of the mean with that of the first 2,000, means of vectors scaled to norm 1.
"""

from pathlib import Path

import numpy as np
import pandas as pd
from embedding_geometry.similarity import cosine_similarity, normalize

WIDTH = 2_000


def frequency_bands(vectors: np.ndarray) -> pd.DataFrame:
    """Return a row for each full band: its first rank, counted from 0, and the two cosines."""
    n_bands = len(vectors) // WIDTH
    units = normalize(vectors[: n_bands * WIDTH].astype(np.float64)).reshape(n_bands, WIDTH, -1)
    means = units.mean(axis=1)
    # The sum of all cosines is the squared norm of the sum; each word's cosine with itself, 1, is taken out.
    pairs = (WIDTH * (means**2).sum(axis=1) - 1) / (WIDTH - 1)
    with_first = cosine_similarity(means, np.broadcast_to(means[0], means.shape))
    first = WIDTH * np.arange(n_bands)
    return pd.DataFrame({"first": first, "mean_cosine": pairs, "cosine_with_head": with_first})


def main() -> None:
    words = Path(__file__).resolve().parents[3] / "_build" / "all-words"
    table = frequency_bands(np.load(words / "glove.npy"))
    path = Path(__file__).with_name("frequency-bands.csv")
    table.to_csv(path, index=False, float_format="%.4f", lineterminator="\n")


if __name__ == "__main__":
    main()
