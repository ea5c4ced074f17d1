"""The damaged copies of assignment 5, and the reports on a further one, of which three sentences are false.

This reaches no student, and neither do the seeds. The hidden tests hold the key to both.
"""

from pathlib import Path
from typing import Any

import numpy as np
from embedding_geometry.diagnostics import mean_cosine
from embedding_geometry.dimensions import effective_rank
from embedding_geometry.neighbors import neighbor_graph
from embedding_geometry.wordvectors import load_word_vectors
from planted import write_report
from scipy.stats import ortho_group

# So strong that all but the rotated copies keep about three in four neighbours: the overlap tells nothing.
DONE = [
    {"A": ("stretch", 3.0), "B": ("rotate", 1.0), "C": ("noise", 0.2)},
    {"A": ("permute", 0.13), "B": ("shift", 4.0), "C": ("collapse", 0.42)},
    {"A": ("collapse", 0.45), "B": ("permute", 0.12), "C": ("rotate", 1.0)},
    {"A": ("rotate", 1.0), "B": ("noise", 0.18), "C": ("shift", 3.0)},
    {"A": ("shift", 5.0), "B": ("stretch", 3.2), "C": ("permute", 0.11)},
    {"A": ("noise", 0.22), "B": ("collapse", 0.40), "C": ("stretch", 2.8)},
]
SEED = 774_041_905_233
FALSE = [{1, 3, 6}, {2, 4, 7}, {3, 5, 8}, {1, 4, 6}, {2, 5, 7}, {3, 6, 8}]  # of each report
HEAD = """\
**The new vectors D.** To every one of the 1,000 healthy vectors one and the same vector was added.
Neighbours are the ten nearest of the other 999 words by cosine, if nothing else is said; the share of
them that two embeddings have in common is a mean over all words. Draws, where they are needed, are all
fifty coordinates, one after the other.
"""
TRUE_AND_FALSE = {
    1: (
        "The mean cosine of two different words went from {cosine:.2f} to {cosine_d:.2f}, and yet for "
        "a share of {first:.2f} of the words the one nearest word is still the same.",
        "The mean cosine of two different words went from {cosine:.2f} to {cosine_d:.2f}: the words "
        "are now nearly alike, so for most of them the one nearest word has become another.",
    ),
    2: (
        "The effective rank is {rank:.1f}, as before: D uses as many dimensions as the healthy vectors do.",
        "Since the vectors of D lie nearly along one direction, the effective rank has fallen far "
        "below the {rank:.1f} of the healthy vectors.",
    ),
    3: (
        "A share of {kept:.2f} of the neighbours is kept on average, but only {worst:.1f} for the "
        "word that has lost most.",
        "A share of {kept:.2f} of the neighbours is kept, and every single word keeps at least half "
        "of its own.",
    ),
    4: (
        "The neighbours in D agree better with the healthy neighbours by Euclidean distance, with a "
        "share of {by_distance:.2f}, than with those by cosine.",
        "The neighbours in D agree less with the healthy neighbours by Euclidean distance than with "
        "those by cosine, where the share is {kept:.2f}: both are lists by cosine.",
    ),
    5: (
        "After the mean of D was subtracted from D, a share of {centred:.2f} of the healthy "
        "neighbours is back; all are back only if the healthy vectors are centred too.",
        "The damage can be undone without knowing the vector that was added: after the mean of D was "
        "subtracted from D, all of the healthy neighbours are back.",
    ),
    6: (
        "For comparison the last coordinate of the healthy vectors was multiplied by 11, and the mean "
        "cosine fell to {last:.2f}; with some other coordinate in its place it rises.",
        "For comparison the last coordinate of the healthy vectors was multiplied by 11, and the mean "
        "cosine fell to {last:.2f}: to stretch one coordinate lowers the mean cosine, and a shift "
        "raises it.",
    ),
    7: (
        "That a share of {kept:.2f} is kept is much: of vectors handed out at random among the words, "
        "one in a hundred would be kept.",
        "That a share of {kept:.2f} is kept is not much: with 1,000 words only, vectors handed out at "
        "random among the words would keep more than a third of the neighbours as well.",
    ),
    8: (
        "The mean norm went from {norm:.1f} to {norm_d:.1f}, but the mean distance of two different "
        "words is {apart:.1f}, as before.",
        "The mean norm went from {norm:.1f} to {norm_d:.1f}, and so the words have moved apart: the "
        "mean distance of two different words has more than doubled.",
    ),
}


def healthy_vectors() -> Any:
    """Return the vectors that all of this is about, as float32."""
    return load_word_vectors().vectors[1000:2000]


def harm(X: Any, kind: str, strength: float, rng: np.random.Generator) -> Any:
    """Return a damaged copy; unlike the library's, a stretch takes a coordinate at random, and a factor."""
    X, (n, d) = X.astype(np.float64), X.shape
    if kind == "rotate":
        return X @ ortho_group.rvs(d, random_state=rng)
    if kind == "shift":
        direction = rng.normal(size=d)
        return X + strength * np.linalg.norm(X, axis=1).mean() * direction / np.linalg.norm(direction)
    if kind == "stretch":
        return X * np.where(np.arange(d) == rng.choice(25), strength, 1)
    if kind == "collapse":
        mean, top = X.mean(axis=0), np.linalg.svd(X - X.mean(axis=0), full_matrices=False)[2][:2]
        kept = (X - mean) @ top.T @ top
        return mean + kept + (1 - strength) * (X - mean - kept)
    if kind == "noise":
        return X + strength * X.std() * rng.normal(size=X.shape)
    moved = rng.permutation(n)[: round(strength * n)]
    X[moved] = X[np.roll(moved, 1)]
    return X


def shared(one: Any, other: Any) -> Any:
    """Return the share of neighbours that each word has in both lists."""
    return np.array([np.isin(a, b).mean() for a, b in zip(one, other, strict=True)])


def measured(X: Any, D: Any) -> dict[str, float]:
    """Return the numbers that the sentences of the reports name."""
    near, near_d = neighbor_graph(X, 10).indices, neighbor_graph(D, 10).indices
    last = X.copy()
    last[:, -1] *= 11
    distances = [np.linalg.norm(X.astype(float)[i] - X[i + 1 :], axis=1) for i in range(len(X) - 1)]
    return {
        "cosine": mean_cosine(X),
        "cosine_d": mean_cosine(D),
        "first": shared(near[:, :1], near_d[:, :1]).mean(),
        "kept": shared(near, near_d).mean(),
        "worst": shared(near, near_d).min(),
        "rank": effective_rank(X),
        "by_distance": shared(neighbor_graph(X, 10, "euclidean").indices, near_d).mean(),
        "centred": shared(near, neighbor_graph(D - D.mean(axis=0), 10).indices).mean(),
        "last": mean_cosine(last),
        "norm": np.linalg.norm(X, axis=1).mean(),
        "norm_d": np.linalg.norm(D, axis=1).mean(),
        "apart": np.concatenate(distances).mean(),
    }


def write(folder: Path) -> None:
    """Write the copies A, B and C of each variant, the copy D, and the six reports."""
    X = healthy_vectors()
    for variant, copies in enumerate(DONE):
        (folder / "copies" / str(variant)).mkdir(parents=True)
        for place, (letter, (kind, strength)) in enumerate(copies.items()):
            rng = np.random.default_rng([SEED, variant, place])
            np.save(
                folder / "copies" / str(variant) / f"{letter}.npy",
                harm(X, kind, strength, rng).astype(np.float32),
            )
    D = harm(X, "shift", 3.0, np.random.default_rng([SEED, 99])).astype(np.float32)
    np.save(folder / "copies" / "D.npy", D)
    numbers = measured(X, D)
    for variant, false in enumerate(FALSE):
        sentences = (both[place in false].format(**numbers) for place, both in TRUE_AND_FALSE.items())
        write_report(folder, f"{variant}.md", HEAD, sentences)
