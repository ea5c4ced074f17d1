"""Train skip-gram with more text, with more dimensions and with both, and store how it scores.

    python make_word2vec_grid.py

About eight minutes on one core, and the same numbers each time. Two tables come out, beside this script:

``word2vec-grid.csv``: a score for each amount of text, number of dimensions and draw. A draw is its own part
of the lines and its own seed; of the whole corpus there is one part, so there a draw is a seed.

``word2vec-pairs.csv``: the cosine of each pair of words of the two similarity benchmarks after training on
the whole corpus, by its place in the benchmark's file, to resample pairs. Empty where a word has no vector.

The settings are the tuned ones of ``make_word2vec_curve.py``.
"""

import argparse
from itertools import product
from pathlib import Path

import pandas as pd
from embedding_geometry.analogies import analogy_benchmark, similarity_benchmark
from embedding_geometry.corpus import load_glosses
from embedding_geometry.wordvectors import load_word_vectors
from gensim.models import Word2Vec
from make_word2vec_curve import FIXED, SETTINGS, restricted

PARTS = (16, 8, 4)
DIMENSIONS = (25, 50, 100, 200)
DRAWS = (0, 1, 2)
WHOLE = (50, 100)


def train(part, dimensions, draw):
    """Return the vectors that skip-gram learns from every `part`-th line, from line `draw` on."""
    lines = load_glosses()[draw % part :: part]
    options = FIXED | SETTINGS["tuned"] | {"vector_size": dimensions, "seed": draw + 1}
    return sum(map(len, lines)), Word2Vec(lines, sg=1, **options).wv


def scores(vectors):
    """Return the three benchmarks' scores, and on how much they rest."""
    row: dict[str, float] = {"vocabulary": len(vectors)}
    for dataset in ("wordsim353", "simlex999"):
        result = similarity_benchmark(vectors, dataset)
        row |= {dataset: round(result.spearman, 4), f"{dataset}_pairs": len(result.pairs)}
    asked, correct = analogy_benchmark(vectors).loc["total", ["asked", "correct"]].astype(int)
    return row | {"asked": asked, "correct": correct}


def cosines(vectors, glove):
    """Return the cosine of each pair of the benchmarks, in the order of their files."""
    found = {}
    for dataset in ("wordsim353", "simlex999"):
        pairs = similarity_benchmark(glove, dataset).pairs  # GloVe knows every word of both
        for i, (one, two) in enumerate(pairs[["word1", "word2"]].to_numpy()):
            one, two = one.lower(), two.lower()
            known = one in vectors and two in vectors
            found[dataset, i] = round(float(vectors.similarity(one, two)), 4) if known else None
    return found


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    here = Path(__file__).parent
    parser.add_argument("--out", type=Path, default=here, help=f"folder to write to (default: {here})")
    args = parser.parse_args()

    glove, rows, pairs = load_word_vectors(), [], {}
    for part, dimensions, draw in [*product(PARTS, DIMENSIONS, DRAWS), *product((1,), WHOLE, DRAWS)]:
        words, vectors = train(part, dimensions, draw)
        shared = restricted(vectors, [word for word in glove.index_to_key if word in vectors])
        row = {"part": part, "words": words, "dimensions": dimensions, "draw": draw}
        rows.append(row | scores(shared))
        print(rows[-1], flush=True)
        if part == 1:
            pairs[f"skip-gram {dimensions}d {draw + 1}"] = cosines(shared, glove)
    pd.DataFrame(rows).to_csv(args.out / "word2vec-grid.csv", index=False, lineterminator="\n")
    pairs["GloVe 50d"] = cosines(glove, glove)
    table = pd.DataFrame(pairs).rename_axis(["dataset", "pair"])
    table.to_csv(args.out / "word2vec-pairs.csv", lineterminator="\n")


if __name__ == "__main__":
    main()
