"""The claims of page 07a, cones and collapse."""

import numpy as np
from embedding_geometry.analogies import analogy_benchmark, similarity_benchmark
from embedding_geometry.damage import damage
from embedding_geometry.diagnostics import alignment, isotropy, mean_cosine
from embedding_geometry.dimensions import effective_rank
from embedding_geometry.intervals import paired_bootstrap, repeat
from embedding_geometry.mixtures import attention
from embedding_geometry.neighborhoods import neighbor_overlap
from embedding_geometry.neighbors import NeighborIndex, neighbor_graph
from embedding_geometry.wordvectors import with_vectors
from scipy.stats import spearmanr
from sklearn.datasets import load_digits

from claims.ledger import Outcome, claim, over_cases


def wordsim(words, X):
    return similarity_benchmark(with_vectors(words, X)).spearman


def bands(run):
    """Return rows from several bands of frequency, in float64."""
    starts = [0, 3_000, 10_000, 25_000] if run.full else [5_000]
    return [
        words.vectors[start : start + 1_000].astype(float)
        for words in run.vocabularies.values()
        for start in starts
    ]


@claim(
    "among the first 30,000 it falls from band to band, the rarer the words",
    condition="GloVe 6B 50d, bands of 1,000, 2,500 and 5,000 words up to rank 30,000, each against the band three on",
    quantity="mean cosine of a band less that of the band three places rarer",
    cell="70a10c04",
    above=0,
)
def mean_cosine_falls_with_rank(run):
    falls = []
    for width in (1_000, 2_500, 5_000) if run.full else (2_500, 5_000):
        means = [mean_cosine(run.words.vectors[i : i + width]) for i in range(0, 30_000, width)]
        falls += [a - b for a, b in zip(means, means[3:], strict=False)]
    return Outcome(over_cases(falls), f"{len(falls)} pairs of bands")


@claim(
    "I(W) is a ratio of sums of exponentials of $u^\\top x$, so length changes it",
    condition="GloVe 6B 50d, the first 5,000, 10,000 and 20,000 words, centred or not, both vocabularies",
    quantity="I(W) of vectors twice as long, as a share of I(W) as it is",
    cell="6bdd1c31",
    below=0.5,
)
def length_changes_isotropy(run):
    clouds = [w.vectors[:n] for w in run.vocabularies.values() for n in (5_000, 10_000, 20_000)]
    clouds += [X - X.mean(axis=0) for X in clouds]
    shares = [isotropy(2 * X) / isotropy(X) for X in clouds]
    return Outcome(over_cases(shares), f"{len(shares)} clouds")


@claim(
    "**A large shift makes the cosine rank as Euclidean distance does.**",
    condition="GloVe 6B 50d, four bands of 1,000 words, k = 5, 10 and 50, shifts by 20 mean lengths, both vocabularies",
    quantity="share of the nearest by the shifted cosine that were nearest by distance, less the share that were "
    "nearest by cosine",
    cell="70a10c06",
    above=0.02,
)
def far_cosines_rank_by_distance(run):
    differences = []
    for X in bands(run):
        for k in (5, 10, 50):
            before = [neighbor_graph(X, k, metric).indices for metric in ("euclidean", "cosine")]
            for seed in range(100, 100 + run.times(full=5, quick=1)):
                now = neighbor_graph(damage(X, "shift", 20, seed), k).indices
                by_distance, by_cosine = (shared(near, now) for near in before)
                differences.append(by_distance - by_cosine)
    return Outcome(over_cases(differences), f"{len(differences)} shifts, bands and k")


def shared(first, second):
    return np.mean([np.isin(a, b).mean() for a, b in zip(first, second, strict=True)])


@claim(
    "The analogies hardly notice, since differences of vectors stay what they were.",
    condition="GloVe 6B 50d, questions among the first 30,000 words, shifts by 1, 5 and 20 mean lengths",
    quantity="share of analogies answered rightly, healthy less shifted",
    cell="df79fded",
    above=-0.02,
    below=0.03,
)
def shifts_spare_the_analogies(run):
    def score(X):
        table = analogy_benchmark(with_vectors(run.words, X), restrict_vocab=30_000)
        return table.loc["total", "accuracy"]

    V = run.words.vectors
    cases = [(s, seed) for s in (20, 1, 5) for seed in range(100, 110)] if run.full else [(20, 100)]
    healthy = score(V)
    losses = [healthy - score(damage(V, "shift", s, seed)) for s, seed in cases]
    return Outcome(over_cases(losses), f"{len(losses)} shifts")


@claim(
    "All fifty stretches cost WordSim-353 more than any of the shifts did",
    condition="GloVe 6B 50d, each axis stretched tenfold, twentyfold and fiftyfold; 200 shifts by 20 mean lengths",
    quantity="the least WordSim-353 after a shift, less that after a stretch",
    cell="bda99a88",
    above=0,
)
def stretches_cost_more_than_shifts(run):
    V = run.words.vectors
    shifts = range(100, 100 + run.times(full=200, quick=20))
    worst = min(wordsim(run.words, damage(V, "shift", 20, seed)) for seed in shifts)
    factors = (10, 20, 50) if run.full else (20,)
    axes = range(0, 50, 1 if run.full else 5)
    gaps = [worst - wordsim(run.words, V * np.where(np.arange(50) == a, f, 1)) for f in factors for a in axes]
    return Outcome(over_cases(gaps), f"{len(gaps)} axes and factors")


@claim(
    "**A high mean cosine cannot tell a shift from a stretch, and neither high nor low is a verdict.**",
    condition="GloVe 6B 50d, the first 5,000, 10,000 and 20,000 words, an axis stretched ten-, twenty- or fiftyfold",
    quantity="share of the fifty axes on which the mean cosine rises",
    cell="bda99a88",
    above=0,
    below=0.5,
)
def some_stretches_raise_the_mean_cosine(run):
    shares = []
    for words in run.vocabularies.values():
        for n in (5_000, 10_000, 20_000):
            X = words.vectors[:n]
            for factor in (10, 20, 50):
                rows = np.where(np.eye(50, dtype=bool), np.float32(factor), np.float32(1))
                shares.append(
                    np.mean([mean_cosine(X * row) > mean_cosine(X) for row in rows[:: 1 if run.full else 10]])
                )
    return Outcome(over_cases(shares), f"{len(shares)} numbers of words and factors")


@claim(
    "the recipe improves the healthy words just as much, and two thirds of the gain is the centring alone",
    condition="GloVe 6B 50d, WordSim-353, the mean of the course's 30,113 words",
    quantity="Spearman correlation of the healthy words, centred less as they are",
    cell="70a10c1e",
    above=0,
)
def centring_alone_helps(run):
    V = run.words.vectors
    tables = [
        similarity_benchmark(with_vectors(run.words, X)).pairs[["human", "model"]].to_numpy()
        for X in (V - V.mean(axis=0), V)
    ]
    times = run.times(full=2_000, quick=100)
    gain = paired_bootstrap(*tables, lambda t: spearmanr(t).statistic, n_resamples=times, seed=1)
    return Outcome(gain, "353 pairs, resampled")


@claim(
    "The effective rank does not move: it centres, and it has no scale.",
    condition="GloVe 6B 50d, four bands of 1,000 words shrunk to a tenth to a thousandth, both vocabularies",
    quantity="effective rank of the shrunk words less that of the healthy ones",
    cell="70a10c0c",
    above=-0.01,
    below=0.01,
)
def rank_misses_a_collapse_to_a_point(run):
    changes = []
    for X in bands(run):
        mean, rank = X.mean(axis=0), effective_rank(X)
        changes += [effective_rank(mean + share * (X - mean)) - rank for share in (0.1, 0.01, 0.001)]
    return Outcome(over_cases(changes), f"{len(changes)} bands and shares")


@claim(
    "**Shrinking towards a point is a shift, but for scale**",
    condition="random clouds in 5 to 50 dimensions, shrunk towards random points",
    quantity="greatest difference between a cosine of the shrunk rows and one of the shifted rows",
    cell="70a10c0f",
    below=1e-9,
)
def shrinking_is_shifting(run):
    def difference(seed):
        random = np.random.default_rng(seed)
        X = random.normal(size=(40, random.integers(5, 50)))
        point, share = random.normal(size=X.shape[1]), random.uniform(0.01, 0.9)
        pair = point + share * (X - point), X + (1 / share - 1) * point
        units = [Y / np.linalg.norm(Y, axis=1, keepdims=True) for Y in pair]
        return np.abs(units[0] @ units[0].T - units[1] @ units[1].T).max()

    times = run.times(full=200, quick=20)
    return Outcome(repeat(difference, times), f"{times} clouds")


@claim(
    "So complete collapse is smallness *against the noise*",
    condition="GloVe 6B 50d, four bands of 1,000 words, Gaussian noise of 0.01 or 0.03, both vocabularies",
    quantity="neighbours kept by the shifted words less those kept by the words shrunk to a hundredth, by distance",
    cell="70a10c0f",
    above=0.5,
)
def noise_parts_the_shrunk_from_the_shifted(run):
    gaps = []
    for X in bands(run):
        mean = X.mean(axis=0)
        for seed, size in enumerate((0.01, 0.03)):
            noise = np.random.default_rng(100 + seed).normal(0, size, X.shape)
            pair = X + 99 * mean, mean + 0.01 * (X - mean)
            shifted, shrunk = (neighbor_overlap(X, Y + noise, metric="euclidean") for Y in pair)
            gaps.append(shifted - shrunk)
    return Outcome(over_cases(gaps), f"{len(gaps)} bands and noises")


@claim(
    "every collapse improves it, the one to a point most of all",
    condition="scikit-learn's digits moved by one pixel in each of four ways, collapsed by 0.5 to 1",
    quantity="alignment after a collapse, as a share of the alignment before",
    cell="7e203437",
    below=0.9,
)
def every_collapse_improves_alignment(run):
    images, shares = load_digits().images, []
    for axis, step in ((1, 1), (1, -1), (2, 1), (2, -1)):
        both = np.vstack([images.reshape(-1, 64), np.roll(images, step, axis).reshape(-1, 64)])
        mean, healthy = both.mean(axis=0), alignment(*np.split(both, 2))
        collapsed = [damage(both, "collapse", s) for s in (0.5, 0.9, 1)] + [mean + 0.5 * (both - mean)]
        shares += [alignment(*np.split(Y, 2)) / healthy for Y in collapsed]
    return Outcome(over_cases(shares), f"{len(shares)} moves and collapses")


@claim(
    "Keeping half of itself slows the fall, and over these rounds does not stop it.",
    condition="scikit-learn's digits, 200 to 400 of them, attention at temperatures from 0.3 to 1, four rounds",
    quantity="effective rank where each keeps half of itself, less that where it keeps nothing",
    cell="4caa7370",
    above=2,
)
def keeping_half_slows_the_collapse(run):
    images = load_digits().data / 16

    def rank(rows, keep, temperature):
        X = images[rows]
        for _ in range(4):
            X = keep * X + (1 - keep) * attention(X, X, X, temperature=temperature).output
        return effective_rank(X)

    differences = []
    for seed in range(run.times(full=10, quick=2)):
        rows = np.random.default_rng(100 + seed).choice(len(images), (200, 300, 400)[seed % 3], replace=False)
        differences += [rank(rows, 0.5, t) - rank(rows, 0, t) for t in (0.3, 0.5, 1)]
    return Outcome(over_cases(differences), f"{len(differences)} draws and temperatures")


@claim(
    "Between two versions a random one is total",
    condition="GloVe 6B 50d, the first 5,000 words as an index, both vocabularies",
    quantity="share of the turned words that find their own word among the old ones",
    cell="70a10c16",
    below=0.02,
)
def a_rotation_parts_two_versions(run):
    def share(words, seed):
        new = damage(words.vectors[:5_000], "rotate", 1, seed)
        found = NeighborIndex(words.vectors[:5_000]).query(new[:500], k=1).indices[:, 0]
        return np.mean(found == np.arange(500))

    times = run.times(full=20, quick=3)
    shares = [share(words, 100 + seed) for words in run.vocabularies.values() for seed in range(times)]
    return Outcome(over_cases(shares), f"{len(shares)} rotations")
