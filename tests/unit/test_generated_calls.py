"""Every public function and widget gives a finite answer to good arguments, and names bad ones.

`GENERATED_CALLS` says how many calls to make: 10,000 if it isn't set, 200,000 once a week.
"""

import os
from functools import partial
from typing import Any

import generated_calls as g
import numpy as np
import scipy.special
import scipy.stats
from ipywidgets import Widget
from scipy.linalg import lstsq, subspace_angles
from scipy.spatial.distance import cdist, pdist
from sklearn.metrics import average_precision_score, ndcg_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize

N_CALLS = int(os.environ.get("GENERATED_CALLS", 10_000))
# So much dearer than others that they are called seldom: a figure, a widget, the words, a fit.
DEAR = [n for n in g.ENTRIES if n.split(".")[0] in ("plots", "widgets", "meters", "questions", "analogies")]
DEAR += ["corpus.load_glosses", "wordvectors.load_word_vectors", "probes.selectivity", "probes.linear_probe"]
CHEAP = [name for name in g.ENTRIES if name not in DEAR]

# What doesn't change when all rows are turned alike, or made longer alike, or come in another order.
OF_SHAPE = {
    "similarity.cosine_matrix",
    "subspaces.explained_variance",
    "dimensions.isoscore",
    "dimensions.effective_rank",
    "dimensions.participation_ratio",
    "dimensions.intrinsic_dimension",
    "diagnostics.mean_cosine",
    "diagnostics.uniformity",
}
TURNED = {*OF_SHAPE, "similarity.gram_matrix", "similarity.norm"}
LONGER = {*OF_SHAPE, "similarity.normalize", "neighborhoods.hubness", "neighborhoods.trustworthiness"}
SHUFFLED = {
    "subspaces.explained_variance",
    "dimensions.isoscore",
    "dimensions.effective_rank",
    "mixtures.pool",
    "dimensions.participation_ratio",
    "dimensions.intrinsic_dimension",
    "diagnostics.mean_cosine",
    "diagnostics.uniformity",
    "diagnostics.isotropy",
}


def unit(X):
    return normalize(X.astype(float))


def near(X, q, k, metric, exclude):
    scores = {
        "cosine": lambda: unit(X) @ unit(q[None])[0],
        "dot": lambda: X @ q,
        "euclidean": lambda: -cdist(X, q[None])[:, 0],
    }[metric]()
    if exclude is not None:
        scores[exclude] = -np.inf
    return np.abs(np.sort(scores)[::-1][:k])


def spectrum(X):
    return np.linalg.eigvalsh(np.cov(X.T))[::-1][: min(X.shape)].clip(0)


def attention_by_hand(queries, keys, values, mask, temperature):
    scores = np.atleast_2d(queries) @ keys.T / temperature
    weights = scipy.special.softmax(np.where(True if mask is None else mask, scores, -np.inf), axis=1)
    return np.squeeze(weights @ values)


def log_mean_potential(X, t):
    return scipy.special.logsumexp(-t * pdist(unit(X), "sqeuclidean")) - np.log(len(X) * (len(X) - 1) / 2)


def kept(X, directions):
    A = np.atleast_2d(directions).T
    return (A @ lstsq(A, np.atleast_2d(X).T)[0]).T


# What another library, or another way, gives for the same arguments of a cloud without ties: (theirs, ours).
SECOND = {
    "similarity.dot_product": lambda x, y: np.sum(x * y, axis=-1),
    "similarity.norm": lambda X: np.linalg.norm(X, axis=-1),
    "similarity.cosine_similarity": lambda x, y: np.sum(unit(np.atleast_2d(x)) * unit(y), axis=-1),
    "similarity.angle": lambda x, y: np.arccos(np.sum(unit(np.atleast_2d(x)) * unit(y), axis=-1)),
    "similarity.euclidean_distance": lambda x, y: np.linalg.norm(x - y, axis=-1),
    "similarity.gram_matrix": lambda X, Y: np.einsum("id,jd->ij", X, Y),
    "similarity.cosine_matrix": lambda X, Y: 1 - cdist(X, Y, "cosine"),
    "similarity.center": lambda X: X - np.average(X, axis=0),
    "similarity.normalize": unit,
    "neighbors.nearest_neighbors": lambda X, queries, k, metric, exclude: np.squeeze(
        [near(X, q, k, metric, exclude) for q in np.atleast_2d(queries)]
    ),
    "neighbors.neighbor_graph": lambda X, k, metric: np.abs(
        (metric == "cosine") - NearestNeighbors(n_neighbors=k, metric=metric).fit(X).kneighbors()[0]
    ),
    "mixtures.weighted_mean": lambda X, weights: np.average(X, axis=0, weights=weights),
    "mixtures.softmax": lambda scores, temperature: scipy.special.softmax(scores / temperature, axis=-1),
    "mixtures.attention": attention_by_hand,
    "mixtures.entropy": lambda weights: scipy.stats.entropy(weights),
    "mixtures.effective_number": lambda weights: np.exp(scipy.stats.entropy(weights)),
    "subspaces.project": kept,
    "subspaces.residual": lambda X, directions: X - kept(X, directions),
    "subspaces.explained_variance": lambda X: spectrum(X) / spectrum(X).sum(),
    "subspaces.principal_angles": lambda X, Y: np.sort(subspace_angles(X.T, Y.T)),
    "dimensions.participation_ratio": lambda X: spectrum(X).sum() ** 2 / np.sum(spectrum(X) ** 2),
    "dimensions.effective_rank": lambda X: np.exp(
        scipy.stats.entropy(np.linalg.svd(X - X.mean(axis=0), compute_uv=False))
    ),
    "diagnostics.mean_cosine": lambda X: 1 - np.mean(pdist(X, "cosine")),
    "diagnostics.alignment": lambda X, Y, alpha: np.mean(np.linalg.norm(unit(X) - unit(Y), axis=1) ** alpha),
    "diagnostics.uniformity": log_mean_potential,
    "retrieval.precision_at_k": lambda relevance, k: np.mean(np.asarray(relevance)[..., :k], axis=-1),
    "retrieval.mean_reciprocal_rank": lambda relevance: np.mean(
        [1 / (1 + list(row).index(1)) for row in np.atleast_2d(np.asarray(relevance, int))]
    ),
    "retrieval.average_precision": lambda relevance, n_relevant: np.squeeze(
        [
            average_precision_score(row, -np.arange(len(row))) * (row.sum() / (n_relevant or row.sum()))
            for row in np.atleast_2d(np.asarray(relevance, float))
        ]
    ),
    "retrieval.ndcg": lambda gains, k: ndcg_score(
        gains, np.tile(-np.arange(gains.shape[1]), (len(gains), 1)), k=k
    ),
}


def entry(i):
    """Return the entry of the i-th call: each in turn, and the dear ones in every eighth."""
    return DEAR[i // 8 % len(DEAR)] if i % 8 == 0 else CHEAP[i % len(CHEAP)]


def bad_arguments(name, seed):
    """Return good arguments of which one, two or three are replaced, and which these are."""
    random = np.random.default_rng([seed, 1])
    arguments = g.good_arguments(name, g.Case(seed, plain=True))
    replaced = random.permutation(list(arguments))[: random.choice([1, 1, 1, 2, 3])].tolist()
    return arguments | {p: g.BAD[random.integers(len(g.BAD))]() for p in replaced}, replaced


def check_bad(tally, name, seed):
    if not g.parameters(name):
        return
    replaced = bad_arguments(name, seed)[1]
    g.tried(tally, name, seed, lambda: bad_arguments(name, seed)[0], replaced)


def check_good(tally, name, seed):
    def make():
        return g.good_arguments(name, g.Case(seed, seed % 3 == 0))

    n_refused = tally.refused[name]
    arguments = make()
    first = g.tried(tally, name, seed, lambda: arguments, [])
    if not g.same(arguments, make()):
        tally.fail("changed its arguments", name, seed, "")
    if seed % 3 == 0 and tally.refused[name] > n_refused:
        tally.fail("refused", name, seed, "plain arguments")
    if first is not None and not g.same(first, g.tried(tally, name, seed, make, [])):
        tally.fail("differs the second time", name, seed, "")


def check_layout(tally, name, seed):
    plain = g.good_arguments(name, g.Case(seed, plain=True))
    expected = g.tried(tally, name, seed, lambda: plain, [])
    for layout in list(g.LAYOUTS)[seed % 4 :: 4]:
        other = g.Case(seed, plain=True)
        other.layout = layout
        arguments = g.good_arguments(name, other)
        found = g.tried(tally, name, seed, partial(dict, arguments), [])
        # float32 may decide otherwise which of near neighbours, of classes or of signs is the first.
        if found is None or not (layout == "float32" or g.same(expected, found, 1e-9)):
            tally.fail(f"differs in {layout}", name, seed, "")


def check_invariance(tally, name, seed):
    case = g.Case(seed, plain=True)
    case.n, case.d = case.pick([(40, 6), (6, 40), (200, 5), (30, 2)])
    arguments, X = g.good_arguments(name, case), case.cloud()
    arguments["X"] = X
    if "Y" in arguments:
        arguments["Y"] = None
    if "picture" in arguments:
        arguments["picture"] = X[:, :2]
    if "mask" in arguments:
        arguments["mask"] = None
    expected = g.tried(tally, name, seed, lambda: arguments, [])
    turned = X @ np.linalg.qr(case.random.normal(size=(case.d, case.d)))[0]
    changes = {"turned": turned} if name in TURNED else {}
    changes |= {"longer": X * 2.0 ** case.random.integers(-300, 300)} if name in LONGER else {}
    changes |= {"shuffled": case.random.permutation(X)} if name in SHUFFLED else {}
    for change, Z in changes.items():
        found = g.tried(tally, name, seed, partial(dict, arguments, X=Z), [])
        if found is None or not g.same(expected, found, 1e-6):
            tally.fail(f"differs if it is {change}", name, seed, f"{expected} {found}")


def check_second(tally, name, seed):
    case = g.Case(seed, plain=True)
    case.n, case.d = case.pick([(40, 6), (20, 30), (70, 3)])
    arguments = g.good_arguments(name, case)
    found: Any = g.tried(tally, name, seed, lambda: arguments, [])
    found = found[0] if name == "mixtures.attention" else found.scores if hasattr(found, "scores") else found
    expected = np.squeeze(SECOND[name](**arguments))
    found = np.squeeze(found)
    close = found.shape == expected.shape and np.abs(np.abs(found) - np.abs(expected)).max()
    if close is False or close > 1e-7 * max(1, np.abs(expected).max()):
        tally.fail("differs from a second source", name, seed, f"{found} {expected}"[:200])


def test_every_parameter_of_every_public_function_and_widget_has_arguments():
    for name in g.ENTRIES:
        unknown = [p for p in g.parameters(name) if p not in g.BY_NAME and p not in g.OF_ONE.get(name, {})]
        assert not unknown, f"enter {unknown} of {name} into tests/support/generated_calls.py"
    assert set(g.OF_ONE) | set(SECOND) | TURNED | LONGER | SHUFFLED <= set(g.ENTRIES)


def test_generated_calls_are_answered_or_refused_by_name(capsys):
    tally, i = g.Tally(), 0
    while tally.calls < N_CALLS:
        for check, names in [
            (check_bad, None), (check_good, None), (check_second, list(SECOND)),
            (check_layout, CHEAP), (check_invariance, sorted(TURNED | LONGER | SHUFFLED)),
        ]:  # fmt: skip
            name = entry(i) if names is None else names[i % len(names)]
            if name in g.SECONDS and i % 40:
                continue
            for seed in range(5 * i, 5 * i + 5) if check is check_bad else [i]:
                check(tally, name, seed)
        i += 1
        Widget.close_all()
    with capsys.disabled():
        print(f"\n{tally}")
    few = [f"{kind}: {len(found)} times, {found[0]}" for kind, found in sorted(tally.failures.items())]
    assert not few, f"{tally}\n" + "\n".join(few[:60])
    assert not [name for name in g.ENTRIES if not tally.answered[name] + tally.refused[name]]


def test_a_wrong_answer_is_a_failure(monkeypatch):
    tally = g.Tally()
    monkeypatch.setitem(g.ENTRIES, "similarity.norm", lambda X: np.linalg.norm(X, axis=-1) * (1 + 1e-6))
    check_second(tally, "similarity.norm", 0)
    monkeypatch.setitem(g.ENTRIES, "similarity.center", lambda X: X / 0 if np.size(X) else X)
    check_good(tally, "similarity.center", 0)
    monkeypatch.setitem(g.ENTRIES, "similarity.normalize", lambda X: np.asarray(X) @ "a")
    check_good(tally, "similarity.normalize", 0)
    assert len(tally.failures) >= 3, tally.failures
