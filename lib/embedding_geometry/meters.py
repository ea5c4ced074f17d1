"""Meters: seven measures of one embedding of words, side by side, before and after damage."""

from collections.abc import Callable
from importlib import resources

import numpy as np
import pandas as pd
from gensim.models import KeyedVectors

from embedding_geometry._validation import check_count, check_type
from embedding_geometry.analogies import analogy_benchmark, similarity_benchmark
from embedding_geometry.damage import damage
from embedding_geometry.diagnostics import mean_cosine, uniformity
from embedding_geometry.dimensions import effective_rank
from embedding_geometry.neighborhoods import neighbor_overlap
from embedding_geometry.probes import linear_probe
from embedding_geometry.wordvectors import with_vectors

# What the geometric meters look at: a sample of all rows, with a seed that no damage uses.
_N_WORDS = 30_000
_ROWS = np.random.default_rng(1).permutation(_N_WORDS)[:5_000]

# What each meter is called, and how it is read off the changed words and the healthy ones.
METERS: dict[str, Callable[[KeyedVectors, KeyedVectors], float]] = {
    "mean cosine": lambda words, healthy: mean_cosine(words.vectors[_ROWS]),
    "effective rank": lambda words, healthy: effective_rank(words.vectors[_ROWS]),
    "uniformity": lambda words, healthy: uniformity(words.vectors[_ROWS]),
    "neighbour overlap": lambda words, healthy: neighbor_overlap(
        words.vectors[_ROWS], healthy.vectors[_ROWS]
    ),
    "probe": lambda words, healthy: _plural_probe(words),
    "WordSim-353": lambda words, healthy: similarity_benchmark(words).spearman,
    "analogies": lambda words, healthy: _analogy_accuracy(words),
}


def measure(healthy: KeyedVectors, kind: str, strength: float, seed: int = 0) -> dict[str, float]:
    """Damage an embedding of words and read every meter.

    Parameters
    ----------
    healthy : KeyedVectors
        Such as ``load_word_vectors()``; 30,000 words or more.
    kind, strength, seed
        As for ``damage``. With seed 1, ``"permute"`` draws many of the rows that the geometric meters sample.

    Returns
    -------
    dict of str to float
        One value for each of `METERS`. Overlap, probe and analogies are shares from 0 to 1; WordSim-353 is
        Spearman's rank correlation. The geometric meters look at a sample of 5,000 of the first 30,000 rows.

    Raises
    ------
    TypeError
        If `healthy` isn't gensim's ``KeyedVectors``.
    ValueError
        If it has fewer than 30,000 words, or as for ``damage``.
    """
    check_type(healthy, "healthy", KeyedVectors, "gensim's KeyedVectors")
    check_count(len(healthy), "the number of words in healthy", least=_N_WORDS)
    words = with_vectors(healthy, damage(healthy.vectors, kind, strength, seed))
    return {name: float(read(words, healthy)) for name, read in METERS.items()}


def damage_table() -> pd.DataFrame:
    """Return what the meters read for GloVe 6B 50d under each kind of damage, as stored with the course.

    Returns
    -------
    DataFrame
        One row for each ``kind`` and ``strength``, one column for each of `METERS`.
        ``data/make_damage_table.py`` is the recipe.
    """
    return _stored("damage.csv")


def damage_repeats() -> pd.DataFrame:
    """Return what the meters read when each kind of damage was done ten times over, mildly and strongly.

    Each repeat is another draw; where damage draws nothing, another axis is stretched, and the rows
    collapse to another plane of two principal directions.

    Returns
    -------
    DataFrame
        One row for each ``kind``, ``strength`` and ``repeat``, one column for each of `METERS`.
        ``data/make_damage_repeats.py`` is the recipe.
    """
    return _stored("damage-repeats.csv")


def _stored(name: str) -> pd.DataFrame:
    with (resources.files("embedding_geometry") / "data" / name).open(encoding="utf-8") as file:
        return pd.read_csv(file)


def _plural_probe(words: KeyedVectors) -> float:
    """Test a probe for singular or plural; both forms of a noun are in the same fold."""
    nouns = [noun for noun in words.index_to_key[1_000:8_000] if noun.isalpha() and noun + "s" in words][:600]
    X = words[[*nouns, *(noun + "s" for noun in nouns)]]
    groups = np.tile(np.arange(len(nouns)), 2)
    return float(np.mean(linear_probe(X, np.repeat([0, 1], len(nouns)), groups=groups).test_scores))


def _analogy_accuracy(words: KeyedVectors) -> float:
    """Return the share of all analogies answered rightly among the first 30,000 words."""
    return analogy_benchmark(words, restrict_vocab=_N_WORDS)["accuracy"].to_dict()["total"]
