"""Train word2vec on growing parts of the course's corpus, and store how it scores.

    python make_word2vec_curve.py

About ten minutes on one core, and the same numbers each time: gensim gives the same vectors for
the same seed as long as one thread trains. The result is ``word2vec-curve.csv``, beside this script.

Every model is scored on the words that it shares with the course's GloVe vectors, and so are those, on the
same words: the same pairs, the same questions and the same possible answers. A larger part of the corpus
has a larger vocabulary, so it is asked more.

The second settings leave out more of the very frequent words and learn in larger steps. They were chosen
by looking at these very scores, so what they gain is flattered a little.
"""

import argparse
from itertools import product
from pathlib import Path

import pandas as pd
from embedding_geometry.analogies import analogy_benchmark, similarity_benchmark
from embedding_geometry.corpus import load_glosses
from embedding_geometry.wordvectors import load_word_vectors
from gensim.models import KeyedVectors, Word2Vec

PARTS = (16, 8, 4, 2, 1)
SEEDS = (1, 2, 3)
FIXED = {"vector_size": 100, "window": 5, "negative": 5, "epochs": 5, "min_count": 5, "workers": 1}
SETTINGS = {"default": {"sample": 1e-3, "alpha": 0.025}, "tuned": {"sample": 1e-4, "alpha": 0.05}}


def train(sentences, model, settings, seed):
    """Return the vectors that word2vec learns from these sentences."""
    return Word2Vec(sentences, sg=model == "skip-gram", seed=seed, **FIXED, **SETTINGS[settings]).wv


def restricted(vectors, words):
    """Return the vectors of some words alone, in the order of `words`."""
    result = KeyedVectors(vectors.vector_size)
    result.add_vectors(words, vectors[words])
    return result


def scores(vectors):
    """Return the three benchmarks' scores, and on how many pairs and questions they rest."""
    row: dict[str, float] = {"vocabulary": len(vectors)}
    for dataset in ("wordsim353", "simlex999"):
        result = similarity_benchmark(vectors, dataset)
        row |= {dataset: round(result.spearman, 4), f"{dataset}_pairs": len(result.pairs)}
    counts = analogy_benchmark(vectors)[["asked", "correct"]].astype(int)
    for kind in ("semantic", "syntactic"):
        row |= {f"{kind}_{name}": count for name, count in counts.loc[kind].to_dict().items()}
    included = analogy_benchmark(vectors, exclude_inputs=False)
    only_c = analogy_benchmark(vectors, method="only-c")
    row["correct_inputs_included"], row["correct_only_c"] = (
        included["correct"]["total"],
        only_c["correct"]["total"],
    )
    return row


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    out = Path(__file__).with_name("word2vec-curve.csv")
    parser.add_argument("--out", type=Path, default=out, help=f"file to write (default: {out})")
    args = parser.parse_args()

    glove, rows = load_word_vectors(), []
    for part in PARTS:
        glosses = load_glosses(part)
        size = {"part": part, "words": sum(map(len, glosses))}
        for model, settings, seed in product(("CBOW", "skip-gram"), SETTINGS, SEEDS):
            vectors = train(glosses, model, settings, seed)
            shared = [word for word in glove.index_to_key if word in vectors]
            row = size | {"model": model, "settings": settings, "seed": seed}
            rows.append(row | scores(restricted(vectors, shared)))
            print(rows[-1], flush=True)
        rows.append(
            size | {"model": "GloVe 50d", "settings": "", "seed": ""} | scores(restricted(glove, shared))
        )
    pd.DataFrame(rows).to_csv(args.out, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
