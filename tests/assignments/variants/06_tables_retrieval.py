"""Right and wrong solutions of assignment 6, question by question."""

# students' code stands as they write it
# ruff: noqa: E501

RIGHT = {
    "q1": [
        (
            "counts of right answers, and lists for sets",
            """
totals = {}
for row in ["A", "B", "C", "D"]:
    right = 8869 * published["semantic"][row] + 10675 * published["syntactic"][row]
    totals[row] = round(float(right / 19544), 1)
differs = {"CD": ["method"], "IJ": ["vocabulary", "dimensions"], "EG": ("text", "vocabulary"),
           "EH": ["text", "method", "vocabulary"]}
""",
        ),
        (
            "numpy's weighted average, and a comparison of the columns",
            """
both = published[["semantic", "syntactic"]].to_numpy()[:4]
totals = dict(zip("ABCD", np.average(both, axis=1, weights=[8869, 10675]).astype(np.float32)))
differs = {}
for pair in comparisons:
    one, two = published.loc[pair[0]], published.loc[pair[1]]
    differs[pair] = {c for c in ["method", "dimensions", "text"] if one[c] != two[c]}
    if one["text"] != two["text"] or pair == "IJ":
        differs[pair].add("vocabulary")
""",
        ),
    ],
    "q2": [
        (
            "the columns of counts, and sorting",
            """
guess_excluded, guess_allowed, guess_only_c = 1, 0.0, np.float64(0.3)
one = analogy_benchmark(glove, restrict_vocab=size)
two = analogy_benchmark(glove, exclude_inputs=False, restrict_vocab=size)
three = analogy_benchmark(glove, method="only-c", restrict_vocab=size)
parts = [t[~t.index.isin(["semantic", "syntactic", "total"])] for t in (one, two, three)]
own = {"excluded": parts[0].correct.sum() / parts[0].asked.sum()}
own["allowed"] = parts[1].correct.sum() / parts[1].asked.sum()
own["third_word"] = parts[1].third_word.sum() / parts[1].asked.sum()
own["only_c"] = float(parts[2].correct.sum() / parts[2].asked.sum())
own["section_mean"] = np.mean((parts[0].correct / parts[0].asked).astype(float))
worst = (parts[0].correct / parts[0].asked).astype(float).sort_values().index[0]
""",
        ),
        (
            "rounded to three decimals",
            "guess_excluded, guess_allowed, guess_only_c = 0.5, 0.5, 0.5\n"
            "own = {k: round(float(v), 3) for k, v in own.items()}\nworst = str(worst)",
        ),
    ],
    "q3": [
        (
            "a bootstrap of one's own, with another generator, and lists",
            """
guess_ratio = 4
draws = np.random.default_rng(5)
flat = right[~np.eye(len(right), dtype=bool)]
many = [draws.choice(flat, len(flat)).mean() for _ in range(4000)]
over_questions = list(np.quantile(many, [0.025, 0.975]))


def pairs_drawn(table):
    draws, found = np.random.default_rng(0), []
    for _ in range(1000):
        rows = draws.integers(len(table), size=len(table))
        total, count = 0.0, 0
        for row in rows:
            other = rows[rows != row]
            total, count = total + table[row, other].sum(), count + len(other)
        found.append(total / count)
    return [float(q) for q in np.quantile(found, [0.025, 0.975])]


over_pairs = pairs_drawn(right)
width_ratio = (over_pairs[1] - over_pairs[0]) / (over_questions[1] - over_questions[0])
value = gained.sum() / (len(gained) * (len(gained) - 1)) - np.trace(gained) / (len(gained) * (len(gained) - 1))
offset_gain = [value, *pairs_drawn(gained)]
offset_adds = bool(offset_gain[1] > 0)
""",
        ),
        (
            "arrays in float32, and Wilson's interval for the questions",
            """
from scipy.stats import binomtest
guess_ratio = np.float32(2)
n = len(right)
test = binomtest(int(right.sum() - np.trace(right)), n * (n - 1)).proportion_ci(method="wilson")
over_questions = np.array([test.low, test.high], dtype=np.float32)
over_pairs = np.array([paired.low, paired.high], dtype=np.float32)
width_ratio = (over_pairs[1] - over_pairs[0]) / (over_questions[1] - over_questions[0])
offset_gain = np.array([added.value, added.low, added.high], dtype=np.float32)
offset_adds = 1 if offset_gain[1] > 0 else 0
""",
        ),
    ],
    "q4": [
        (
            "loops",
            """
import math


def average_precision(relevant, n_relevant=None):
    found, total = 0, 0.0
    for place, yes in enumerate(relevant, start=1):
        if yes:
            found += 1
            total += found / place
    n = found if n_relevant is None else n_relevant
    if n == 0:
        raise ValueError("no relevant item")
    return total / n


def ndcg(gains, k):
    if k < 1 or k > len(gains):
        raise ValueError("k is out of range")
    dcg = lambda values: sum(g / math.log2(place + 1) for place, g in enumerate(values[:k], start=1))
    best = dcg(sorted(gains, reverse=True))
    return dcg(list(gains)) / best if best > 0 else 0
""",
        ),
        (
            "places of the relevant items, and a dot product",
            """
def average_precision(relevant, n_relevant=None):
    places = np.flatnonzero(np.asarray(relevant, bool)) + 1
    n = n_relevant or len(places)
    if not n:
        raise ValueError("nothing is relevant")
    return float(np.sum(np.arange(1, len(places) + 1) / places) / n)


def ndcg(gains, k):
    g = np.array(gains, float)
    if not 0 < k <= g.size:
        raise ValueError(f"k is {k}")
    d = 1 / np.log2(np.arange(k) + 2)
    most = np.sort(g)[-k:][::-1] @ d
    return 0.0 if most == 0 else g[:k] @ d / most
""",
        ),
    ],
    "q5": [
        (
            "loops over the queries, and the library's measure",
            """
from embedding_geometry import retrieval
from embedding_geometry.neighbors import NeighborIndex
guess_map_plain, guess_map_leak, guess_better, guess_hub_dot = 0, 1, 0.5, 0.5


def ap_of(vectors):
    index, found = NeighborIndex(vectors), []
    for word in queries:
        order = index.query(glove[word], k=len(heads)).indices
        found.append(retrieval.average_precision(heads[order] == word))
    return found


ap = [ap_of(pool()), ap_of(pool(True)), ap_of(pool(True, True))]
map_plain, map_sif, map_leak = (sum(values) / 150 for values in ap)
median_plain = float(np.median(ap[0]))
found = paired_bootstrap(ap[1], ap[0])
sif_gain = [found.value, found.low, found.high]
ends = [bootstrap_interval(values) for values in ap[:2]]
overlap = bool(ends[0].high > ends[1].low)
better = sum(b > a for a, b in zip(ap[0], ap[1])) / 150
hubs = {}
for measure in ["cosine", "dot"]:
    count = {}
    for word in queries:
        for i in NeighborIndex(pool(), measure).query(glove[word], k=10).indices:
            count[i] = count.get(i, 0) + 1
    hubs[measure] = max(count.values()) / 150
""",
        ),
        (
            "sklearn for the precisions, one sample of differences, and float32",
            """
from sklearn.metrics import average_precision_score
guess_map_plain, guess_map_leak, guess_better, guess_hub_dot = 0.1, 0.2, 0.3, 0.4
Q = normalize(glove[queries].astype(float))


def by_sklearn(vectors):
    S = Q @ normalize(vectors).T
    return np.array([average_precision_score(heads == word, s) for word, s in zip(queries, S)])


p, s, t = by_sklearn(pool()), by_sklearn(pool(weighted=True)), by_sklearn(pool(weighted=True, head_in=True))
map_plain, map_sif, map_leak, median_plain = (np.float32(x) for x in (p.mean(), s.mean(), t.mean(), np.median(p)))
d = bootstrap_interval(s - p)
sif_gain = np.array([d.value, d.low, d.high])
overlap, better = 1, np.float32((s > p).mean())
hubs = {k: round(float(v), 3) for k, v in hubs.items()}
""",
        ),
    ],
    "q6": [
        (
            "other words, as an array, and another measure of the same",
            """
my_words = np.array("mile jury oxygen nut poker rifle spam text touch veil woman zoo".split())
my_words = [str(w) for w in my_words if w in heads and w not in queries]
my_guess = "plain"
a, b = precisions(pool(), my_words), precisions(pool(True), my_words)
my_maps = {"plain": float(np.mean(a)), "sif": float(np.mean(b))}
d = bootstrap_interval(b - a)
my_gain = [d.value, d.low, d.high]
""",
        ),
        (
            "a loop over one's words",
            """
my_words = ["earth", "castle", "cedar", "cigar", "crown", "diabetes", "flag", "ipod", "jury", "puppet"]
my_guess, rows = "sif", {"plain": [], "sif": []}
for name, vectors in {"plain": pool(), "sif": pool(weighted=True)}.items():
    for word in my_words:
        rows[name].append(precisions(vectors, [word])[0])
my_maps = {name: sum(found) / len(found) for name, found in rows.items()}
d = paired_bootstrap(rows["sif"], rows["plain"])
my_gain = np.array([d.value, d.low, d.high], dtype=np.float32)
""",
        ),
    ],
    "q7": [
        (
            "a list, and numbers rounded to three decimals",
            "faults = [7, 4, 2]\nshown = {2: 0.017, 4: 0.095, 7: 0.397}",
        ),
        (
            "a tuple, and numpy's numbers",
            "faults = (2, 4, 7)\nshown = {k: np.float32(v) for k, v in {7: 0.3966, 2: 0.01669, 4: 0.0952}.items()}",
        ),
    ],
}

WRONG = {
    "q1": [
        (
            "the plain mean of both columns",
            "totals = {r: published.loc[r, ['semantic', 'syntactic']].mean() for r in 'ABCD'}",
            1,
        ),
        (
            "the weights exchanged",
            "totals = {r: (10675 * published.semantic[r] + 8869 * published.syntactic[r]) / 19544 for r in 'ABCD'}",
            1,
        ),
        ("shares and not percent", "totals = {r: t / 100 for r, t in totals.items()}", 1.5),
        (
            "the 6B rows of both texts taken to differ in the text alone",
            "differs = differs | {'EG': {'text'}}",
            1,
        ),
        (
            "only the method is seen to differ",
            "differs = {pair: {'method'} for pair in comparisons}",
            2,
        ),
        ("dimensions alone between rows I and J", "differs = differs | {'IJ': {'dimensions'}}", 1),
        (
            "all four everywhere",
            "differs = {p: {'method', 'dimensions', 'text', 'vocabulary'} for p in comparisons}",
            2,
        ),
        ("words of one's own", "differs = differs | {'CD': {'architecture'}}", 1.5),
    ],
    "q2": [
        (
            "words allowed and excluded exchanged",
            "own = own | {'excluded': own['allowed'], 'allowed': own['excluded']}",
            1.5,
        ),
        (
            "the whole table of 30,113 words",
            """
big = analogy_benchmark(glove)
own = own | {"excluded": big.loc["total", "accuracy"], "section_mean": big.iloc[:-3]["accuracy"].astype(float).mean()}
""",
            2,
        ),
        (
            "the three sums are taken for sections",
            "own = own | {'section_mean': offset['accuracy'].astype(float).mean()}",
            1,
        ),
        ("the total for the mean of the sections", "own = own | {'section_mean': own['excluded']}", 1),
        ("the third word's count", "own = own | {'third_word': free.loc['total', 'third_word']}", 1.5),
        (
            "the third word's share of the wrong answers",
            "own = own | {'third_word': own['third_word'] / (1 - own['allowed'])}",
            1.5,
        ),
        ("the median over the sections", "own = own | {'section_mean': sections.median()}", 1),
        ("the best section", "worst = sections.idxmax()", 1),
        (
            "the mean of semantic and syntactic",
            "own = own | {'excluded': offset.loc[['semantic', 'syntactic'], 'accuracy'].mean()}",
            1,
        ),
        ("no guess", "guess_only_c = ...", 0.5),
    ],
    "q3": [
        ("questions drawn for both", "over_pairs, width_ratio = over_questions, 1.0", 1.5),
        (
            "one standard error to each side",
            """
over_pairs = tuple(paired.value + z * paired.values.std() for z in (-1, 1))
over_questions = tuple(every.value + z * every.values.std() for z in (-1, 1))
width_ratio = np.ptp(over_pairs) / np.ptp(over_questions)
""",
            2.5,
        ),
        (
            "questions of a pair with itself are kept",
            """
def with_itself(table):
    return bootstrap_interval(np.arange(len(table)), lambda d: table[np.ix_(d.astype(int), d.astype(int))].mean())


one, two = with_itself(right), with_itself(gained)
over_pairs, offset_gain = (one.low, one.high), (two.value, two.low, two.high)
width_ratio = np.ptp(over_pairs) / np.ptp(over_questions)
""",
            2.5,
        ),
        ("the ratio upside down", "width_ratio = 1 / width_ratio", 1.5),
        ("the score and not what it adds", "offset_gain = (paired.value, paired.low, paired.high)", 1),
        (
            "what it adds, over questions",
            """
wrong = bootstrap_interval(gained[~np.eye(len(gained), dtype=bool)])
offset_gain = (wrong.value, wrong.low, wrong.high)
""",
            1,
        ),
        ("the verdict upside down", "offset_adds = not offset_adds", 1),
        (
            "rows drawn, and all columns kept",
            """
rows = bootstrap_interval(right.sum(axis=1) / (len(right) - 1))
over_pairs = (rows.low, rows.high)
width_ratio = np.ptp(over_pairs) / np.ptp(over_questions)
""",
            1.5,
        ),
        ("no guess", "guess_ratio = ...", 0.5),
    ],
    "q4": [
        (
            "the precision at the last place",
            """
def average_precision(relevant, n_relevant=None):
    relevant = np.asarray(relevant, dtype=bool)
    if not relevant.any() and n_relevant is None:
        raise ValueError("nothing is relevant")
    return relevant.mean()
""",
            2,
        ),
        (
            "n_relevant is not heeded",
            """
def average_precision(relevant, n_relevant=None):
    relevant = np.asarray(relevant, dtype=bool)
    if not relevant.any():
        raise ValueError("nothing is relevant")
    return (relevant.cumsum() / np.arange(1, len(relevant) + 1))[relevant].mean()
""",
            1.5,
        ),
        (
            "the mean of the precisions at all places",
            """
def average_precision(relevant, n_relevant=None):
    relevant = np.asarray(relevant, dtype=bool)
    if not relevant.any() and n_relevant is None:
        raise ValueError("nothing is relevant")
    return (relevant.cumsum() / np.arange(1, len(relevant) + 1)).mean()
""",
            2,
        ),
        (
            "the natural logarithm of the rank, undivided at the first",
            """
def ndcg(gains, k):
    gains = np.asarray(gains, dtype=float)
    if not 1 <= k <= len(gains):
        raise ValueError("k is out of range")
    d = np.maximum(np.log2(np.arange(1, k + 1)), 1)
    best = (np.sort(gains)[::-1][:k] / d).sum()
    return (gains[:k] / d).sum() / best if best else 0.0
""",
            1.5,
        ),
        (
            "the best order of the first k alone",
            """
def ndcg(gains, k):
    gains = np.asarray(gains, dtype=float)
    if not 1 <= k <= len(gains):
        raise ValueError("k is out of range")
    d = np.log2(np.arange(2, k + 2))
    best = (np.sort(gains[:k])[::-1] / d).sum()
    return (gains[:k] / d).sum() / best if best else 0.0
""",
            1,
        ),
        (
            "gains of 2^g - 1",
            """
right_ndcg = ndcg


def ndcg(gains, k):
    return right_ndcg(2.0 ** np.asarray(gains) - 1, k)
""",
            1,
        ),
        (
            "not a number where nothing has a gain",
            """
def ndcg(gains, k):
    gains = np.asarray(gains, dtype=float)
    if not 1 <= k <= len(gains):
        raise ValueError("k is out of range")
    d = np.log2(np.arange(2, k + 2))
    return (gains[:k] / d).sum() / (np.sort(gains)[::-1][:k] / d).sum()
""",
            0.5,
        ),
        (
            "0 where nothing is relevant, and a k that is cut",
            """
def average_precision(relevant, n_relevant=None):
    relevant = np.asarray(relevant, dtype=bool)
    total = n_relevant or relevant.sum()
    if not total:
        return 0.0
    return (relevant.cumsum() / np.arange(1, len(relevant) + 1))[relevant].sum() / total
""",
            0.5,
        ),
    ],
    "q5": [
        (
            "the word is left in throughout",
            """
p, s = precisions(pool(head_in=True), queries), precisions(pool(True, True), queries)
map_plain, map_sif, map_leak, median_plain = p.mean(), s.mean() - 1e-6, s.mean(), np.median(p)
d = paired_bootstrap(s, p)
sif_gain, better = (d.value, d.low, d.high), np.mean(s > p)
""",
            3,
        ),
        (
            "the plain means with the word left in",
            "map_leak = precisions(pool(head_in=True), queries).mean()",
            1.5,
        ),
        ("the mean for the median", "median_plain = map_plain", 1.5),
        (
            "queries drawn for each by itself",
            """
other = np.random.default_rng(1).integers(150, size=(1000, 150))
apart = two.values - plain[other].mean(axis=1)
sif_gain = (map_sif - map_plain, *np.quantile(apart, [0.025, 0.975]))
""",
            1.5,
        ),
        (
            "the range of the differences",
            "sif_gain = (sif_gain[0], (sif - plain).min(), (sif - plain).max())",
            1.5,
        ),
        ("the share for which it is worse", "better = np.mean(sif < plain)", 1.5),
        ("counts and not shares of the hubs", "hubs = {m: round(150 * h) for m, h in hubs.items()}", 1.5),
        ("the hubs exchanged", "hubs = {'cosine': hubs['dot'], 'dot': hubs['cosine']}", 1),
        (
            "the lists of the worst ten",
            """
hubs = {m: np.bincount(ranked(pool(), queries, m)[:, -10:].ravel()).max() / 150 for m in hubs}
""",
            1,
        ),
        (
            "the mean reciprocal rank",
            """
first = [(heads[row] == word).argmax() + 1 for row, word in zip(ranked(pool(), queries), queries)]
map_plain = np.mean(1 / np.array(first))
""",
            1.5,
        ),
        ("a guess in percent", "guess_better = 80", 0.5),
    ],
    "q6": [
        (
            "nine words",
            """
my_words = my_words[:9]
a, b = precisions(pool(), my_words), precisions(pool(True), my_words)
d = paired_bootstrap(b, a)
my_maps, my_gain = {"plain": a.mean(), "sif": b.mean()}, (d.value, d.low, d.high)
""",
            2.5,
        ),
        (
            "words that are among the queries",
            """
my_words = queries[:12]
a, b = precisions(pool(), my_words), precisions(pool(True), my_words)
d = paired_bootstrap(b, a)
my_maps, my_gain = {"plain": a.mean(), "sif": b.mean()}, (d.value, d.low, d.high)
""",
            2.5,
        ),
        (
            "the numbers of the 150 queries",
            "my_maps, my_gain = {'plain': map_plain, 'sif': map_sif}, sif_gain",
            2,
        ),
        (
            "the word left in",
            """
a, b = precisions(pool(head_in=True), my_words), precisions(pool(True, True), my_words)
d = paired_bootstrap(b, a)
my_maps, my_gain = {"plain": a.mean(), "sif": b.mean()}, (d.value, d.low, d.high)
""",
            2,
        ),
        ("a word twice", "my_words = [*my_words, my_words[0]]", 2.5),
        ("plain less sif", "my_gain = (-my_gain[0], -my_gain[2], -my_gain[1])", 1),
        ("a guess that names neither", "my_guess = 'both'", 0.5),
        ("the gain without its interval", "my_gain = my_gain[0]", 1),
    ],
    "q7": [
        ("one of the three is missed", "faults, shown = {2, 4, 5}, {2: 0.0167, 4: 0.0952, 5: 0.1667}", 1.5),
        ("two are missed", "faults, shown = {2, 3, 5}, {2: 0.0167, 3: 0.0293, 5: 0.1667}", 3.5),
        ("another student's report", "faults, shown = {1, 6, 8}, {1: 0.0081, 6: 0.6067, 8: 0.5205}", 3.5),
        ("the report's own numbers shown", "shown = {2: 0.073, 4: 0.394, 7: 0.498}", 1.5),
        ("one number is of the plain mean", "shown = {2: 0.0167, 4: 0.073, 7: 0.3966}", 0.5),
        ("all eight named", "faults = set(range(1, 9))\nshown = {k: numbers[k] for k in faults}", 4),
        ("nothing shown", "shown = {}", 2),
        ("three that are true", "faults = {1, 3, 8}\nshown = {k: numbers[k] for k in faults}", 3.5),
    ],
}
