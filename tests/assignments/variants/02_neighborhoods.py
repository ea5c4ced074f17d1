"""Right and wrong solutions of assignment 2, question by question."""

# students' code stands as they write it
# ruff: noqa: E501

RIGHT = {
    "q1": [
        (
            "a sort of all scores in float64, as an array of words",
            """
def neighbor_words(word, k=10, metric="cosine"):
    if not glove.has_index_for(word):
        raise KeyError("no vector for " + word)
    A = glove.vectors.astype(float)
    x = A[glove.key_to_index[word]]
    scores = A @ x
    if metric == "cosine":
        scores = scores / np.sqrt((A**2).sum(axis=1)) / np.sqrt(x @ x)
    if metric == "euclidean":
        scores = -((A - x) ** 2).sum(axis=1)
    order = np.argsort(-scores, kind="stable")
    return np.array([glove.index_to_key[i] for i in order if glove.index_to_key[i] != word][:k])
""",
        ),
        (
            "one neighbour more, of which the word itself is struck out",
            """
def neighbor_words(word, k=10, metric="cosine"):
    row = glove.key_to_index[word]
    found = nearest_neighbors(glove.vectors, glove.vectors[row], k + 60, metric).indices
    return [glove.index_to_key[i] for i in found if i != row][:k]
""",
        ),
    ],
    "q2": [
        (
            "loops over words, and lists",
            """
guess_overlap_dot, guess_overlap_euclidean, guess_returned = 0, 1, np.float32(0.5)


def five_nearest(rows, metric):
    return [[int(i) for i in nearest_neighbors(glove.vectors, glove.vectors[row], 5, metric, [row]).indices]
            for row in rows]


near = {m: five_nearest(queries, m) for m in ["cosine", "dot", "euclidean"]}
overlap_dot = overlap_euclidean = returned = 0.0
for i, row in enumerate(queries):
    overlap_dot += len([w for w in near["dot"][i] if w in near["cosine"][i]]) / 1000
    overlap_euclidean += len([w for w in near["euclidean"][i] if w in near["cosine"][i]]) / 1000
    returned += (five_nearest([near["cosine"][i][0]], "cosine")[0][0] == row) / 200
mean_norms = {m: sum(np.linalg.norm(glove.vectors[i]) for rows in near[m] for i in rows) / 1000 for m in near}
""",
        ),
        (
            "gensim for the cosine, numpy in float32 for the others",
            """
guess_overlap_dot, guess_overlap_euclidean, guess_returned = 0.3, 0.8, 0.5
Z = glove.vectors
tops = {"cosine": [], "dot": [], "euclidean": []}
for row in queries:
    word = glove.index_to_key[row]
    tops["cosine"].append({glove.key_to_index[w] for w, _ in glove.most_similar(word, topn=5)})
    for name, s in [("dot", Z @ Z[row]), ("euclidean", -((Z - Z[row]) ** 2).sum(axis=1))]:
        s[row] = -np.inf
        tops[name].append(set(np.argsort(-s)[:5].tolist()))
overlap_dot = np.mean([len(a & b) for a, b in zip(tops["cosine"], tops["dot"])]) / 5
overlap_euclidean = np.mean([len(a & b) for a, b in zip(tops["cosine"], tops["euclidean"])]) / 5
names = [glove.index_to_key[row] for row in queries]
best = lambda w: glove.most_similar(w, topn=1)[0][0]
returned = np.float32(np.mean([best(best(w)) == w for w in names]))
mean_norms = {m: float(np.mean([np.linalg.norm(Z[list(s)], axis=1).mean() for s in tops[m]])) for m in tops}
""",
        ),
    ],
    "q3": [
        (
            "gensim's own search for two of the methods",
            """
def solve(a, b, c, method="offset", exclude_inputs=True):
    x, y, z = (glove.get_vector(w, norm=True).astype(float) for w in (a, b, c))
    if method == "offset":
        target = y - x + z
    elif method == "only_c":
        target = z
    elif method == "reversed":
        target = x - y + z
    else:
        raise ValueError("there is no method " + method)
    for word, _ in glove.similar_by_vector(target, topn=4):
        if not (exclude_inputs and word in (a, b, c)):
            return word
""",
        ),
        (
            "a loop that looks for the best word that is allowed",
            """
normed = glove.vectors.astype(float) / np.linalg.norm(glove.vectors.astype(float), axis=1)[:, None]


def solve(a, b, c, method="offset", exclude_inputs=True):
    x, y, z = (normed[glove.key_to_index[w]] for w in (a, b, c))
    targets = {"offset": y - x + z, "only_c": z, "reversed": x - y + z}
    if method not in targets:
        raise ValueError(method)
    order = np.argsort(-(normed @ targets[method]))
    forbidden = {a, b, c} if exclude_inputs else set()
    return next(glove.index_to_key[i] for i in order[:4] if glove.index_to_key[i] not in forbidden)
""",
        ),
    ],
    "q4": [
        (
            "whole matrices, in float32",
            """
guess_excluded, guess_allowed, guess_third_word, guess_only_c = 1, 0.5, 0.5, 0


def measure(pairs):
    a, b = np.array([[glove.key_to_index[w] for w in pair] for pair in pairs]).T
    n, found = len(a), {}
    other = ~np.eye(n, dtype=bool)
    for name, sign, exclude in [("excluded", 1, 1), ("allowed", 1, 0), ("only_c", 0, 1), ("reversed", -1, 1)]:
        answers = np.empty((n, n), int)
        for i in range(n):
            s = (sign * (unit[b[i]] - unit[a[i]]) + unit[a]) @ unit.T
            if exclude:
                s[:, [a[i], b[i]]] = -9
                s[np.arange(n), a] = -9
            answers[i] = s.argmax(axis=1)
        found[name] = float((answers == b)[other].mean())
        if not exclude:
            found["third_word"] = float((answers == a)[other].mean())
    return found


scores = {r: measure(pairs) for r, pairs in mine.items()}
pooled = {k: sum(s[k] for s in scores.values()) / 4 for k in scores[relations[0]]}
least_gain = sorted(scores, key=lambda r: scores[r]["excluded"] - scores[r]["only_c"])[0]
""",
        ),
        (
            "counts over all questions, rounded to three decimals",
            """
guess_excluded, guess_allowed, guess_third_word, guess_only_c = 0.5, 0.5, 0.5, 0.5
scores = {r: {k: round(float(v), 3) for k, v in s.items()} for r, s in scores.items()}
pooled = {k: round(sum(132 * s[k] for s in scores.values()) / 528, 3) for k in pooled}
""",
        ),
    ],
    "q5": [
        (
            "lists for pairs, another relation, and plain numbers",
            """
my_relation = "what an animal gives us"
my_pairs = [["bee", "honey"], ["cow", "beef"], ["hen", "egg"], ["sheep", "wool"], ["pig", "pork"],
            ["goat", "cheese"], ["goose", "feather"], ["oyster", "pearl"]]
my_guess = 0
my_scores = {k: float(v) for k, v in measure([tuple(p) for p in my_pairs]).items()}
""",
        ),
        (
            "a loop with solve",
            """
my_relation = "somebody and the place of work"
my_pairs = [("teacher", "school"), ("doctor", "hospital"), ("priest", "church"), ("farmer", "farm"),
            ("judge", "court"), ("sailor", "ship"), ("professor", "university"), ("chef", "restaurant")]
my_guess = 0.2
ways = {"excluded": ("offset", True), "allowed": ("offset", False), "only_c": ("only_c", True),
        "reversed": ("reversed", True)}
my_scores, n = dict.fromkeys([*ways, "third_word"], 0), 0
for a, b in my_pairs:
    for c, d in my_pairs:
        if a != c:
            n += 1
            for name, way in ways.items():
                answer = solve(a, b, c, *way)
                my_scores[name] += answer == d
                if name == "allowed":
                    my_scores["third_word"] += answer == c
my_scores = {name: count / n for name, count in my_scores.items()}
""",
        ),
    ],
    "q6": [
        (
            "lists, and numbers rounded to two decimals",
            "faults = [6, 1, 4]\nshown = {1: 0.41, 4: 0.54, 6: 0.30}",
        ),
        (
            "a tuple, and numpy's numbers",
            "faults = (4, 6, 1)\nshown = {k: np.float32(v) for k, v in {6: 0.304, 4: 0.5375, 1: 0.406}.items()}",
        ),
    ],
}

WRONG = {
    "q1": [
        (
            "the word itself comes first",
            """
def neighbor_words(word, k=10, metric="cosine"):
    found = nearest_neighbors(glove.vectors, glove[word], k, metric).indices
    return [glove.index_to_key[i] for i in found]
""",
            2.5,
        ),
        (
            "always the cosine",
            """
def neighbor_words(word, k=10, metric="cosine"):
    return [w for w, _ in glove.most_similar(word, topn=k)]
""",
            2,
        ),
        (
            "the farthest by distance",
            """
def neighbor_words(word, k=10, metric="cosine"):
    if metric != "euclidean":
        row = glove.get_index(word)
        found = nearest_neighbors(glove.vectors, glove[word], k, metric, [row]).indices
    else:
        found = np.argsort(-np.linalg.norm(glove.vectors - glove[word], axis=1))[:k]
    return [glove.index_to_key[i] for i in found]
""",
            2,
        ),
        (
            "nothing for a word that GloVe does not have",
            """
def neighbor_words(word, k=10, metric="cosine"):
    if word not in glove:
        return []
    row = glove.get_index(word)
    found = nearest_neighbors(glove.vectors, glove[word], k, metric, [row]).indices
    return [glove.index_to_key[i] for i in found]
""",
            0.5,
        ),
        (
            "an error that does not say which word",
            """
def neighbor_words(word, k=10, metric="cosine"):
    if word not in glove:
        raise KeyError("unknown word")
    row = glove.get_index(word)
    found = nearest_neighbors(glove.vectors, glove[word], k, metric, [row]).indices
    return [glove.index_to_key[i] for i in found]
""",
            0.5,
        ),
        (
            "worst first",
            """
def neighbor_words(word, k=10, metric="cosine"):
    row = glove.get_index(word)
    found = nearest_neighbors(glove.vectors, glove[word], k, metric, [row]).indices
    return [glove.index_to_key[i] for i in found[::-1]]
""",
            2.5,
        ),
    ],
    "q2": [
        (
            "the word itself is among its five",
            """
near = {m: nearest_neighbors(glove.vectors, glove.vectors[queries], 5, m).indices for m in near}
overlap_dot, overlap_euclidean = (
    np.mean([len(set(a) & set(b)) / 5 for a, b in zip(near["cosine"], near[m])]) for m in ("dot", "euclidean")
)
mean_norms = {m: lengths[rows].mean() for m, rows in near.items()}
""",
            3,
        ),
        (
            "the number of shared words and not their share",
            "overlap_dot, overlap_euclidean = overlap_dot * 5, overlap_euclidean * 5",
            2,
        ),
        (
            "the two measures exchanged",
            "overlap_dot, overlap_euclidean = overlap_euclidean, overlap_dot",
            1.5,
        ),
        (
            "the median for the mean",
            """
overlap_dot, overlap_euclidean = np.median(shared["dot"]) / 5, np.median(shared["euclidean"]) / 5
mean_norms = {m: np.median(lengths[rows]) for m, rows in near.items()}
""",
            3,
        ),
        (
            "the same place in both lists",
            """
overlap_dot = np.mean(near["cosine"] == near["dot"])
overlap_euclidean = np.mean(near["cosine"] == near["euclidean"])
""",
            1.5,
        ),
        (
            "shared words over the words of both lists",
            """
overlap_dot, overlap_euclidean = (
    np.mean([n / (10 - n) for n in shared[m]]) for m in ("dot", "euclidean")
)
""",
            1.5,
        ),
        (
            "returned if the word is anywhere among the five",
            "returned = np.mean([row in five for row, five in zip(queries, five_nearest(choices, 'cosine'))])",
            1,
        ),
        (
            "searched among the 200 words only",
            """
X200 = glove.vectors[queries]
pick = nearest_neighbors(X200, X200, 1, "cosine", np.arange(200)[:, None]).indices[:, 0]
returned = np.mean(pick[pick] == np.arange(200))
""",
            1,
        ),
        (
            "the norms of the words and not of their neighbours",
            "mean_norms = {m: lengths[queries].mean() for m in near}",
            1.5,
        ),
        ("no guesses", "guess_overlap_dot = guess_overlap_euclidean = guess_returned = ...", 0.5),
        (
            "guesses in percent",
            "guess_overlap_dot, guess_overlap_euclidean, guess_returned = 40, 70, 50",
            0.5,
        ),
    ],
    "q3": [
        (
            "a - b + c for the offset",
            """
right_solve = solve


def solve(a, b, c, method="offset", exclude_inputs=True):
    other = {"offset": "reversed", "reversed": "offset"}.get(method, method)
    return right_solve(a, b, c, other, exclude_inputs)
""",
            3,
        ),
        (
            "vectors that are not scaled to norm 1",
            """
def solve(a, b, c, method="offset", exclude_inputs=True):
    if method not in ("offset", "only_c", "reversed"):
        raise ValueError(method)
    rows = [glove.get_index(word) for word in (a, b, c)]
    x, y, z = glove.vectors[rows]
    scores = glove.vectors @ ({"offset": 1, "only_c": 0, "reversed": -1}[method] * (y - x) + z)
    if exclude_inputs:
        scores[rows] = -np.inf
    return glove.index_to_key[scores.argmax()]
""",
            3,
        ),
        (
            "the words are never left out",
            """
def solve(a, b, c, method="offset", exclude_inputs=True):
    if method not in ("offset", "only_c", "reversed"):
        raise ValueError(method)
    x, y, z = (unit[glove.get_index(word)] for word in (a, b, c))
    sign = {"offset": 1, "only_c": 0, "reversed": -1}[method]
    return glove.index_to_key[(unit @ (sign * (y - x) + z)).argmax()]
""",
            3,
        ),
        (
            "the words are always left out",
            """
def solve(a, b, c, method="offset", exclude_inputs=True):
    if method not in ("offset", "only_c", "reversed"):
        raise ValueError(method)
    rows = [glove.get_index(word) for word in (a, b, c)]
    x, y, z = unit[rows]
    scores = unit @ ({"offset": 1, "only_c": 0, "reversed": -1}[method] * (y - x) + z)
    scores[rows] = -np.inf
    return glove.index_to_key[scores.argmax()]
""",
            3,
        ),
        (
            "only c is left out",
            """
def solve(a, b, c, method="offset", exclude_inputs=True):
    if method not in ("offset", "only_c", "reversed"):
        raise ValueError(method)
    rows = [glove.get_index(word) for word in (a, b, c)]
    x, y, z = unit[rows]
    scores = unit @ ({"offset": 1, "only_c": 0, "reversed": -1}[method] * (y - x) + z)
    if exclude_inputs:
        scores[rows[2]] = -np.inf
    return glove.index_to_key[scores.argmax()]
""",
            3,
        ),
        (
            "an unknown method is taken for the offset",
            """
def solve(a, b, c, method="offset", exclude_inputs=True):
    rows = [glove.get_index(word) for word in (a, b, c)]
    x, y, z = unit[rows]
    scores = unit @ ({"only_c": 0, "reversed": -1}.get(method, 1) * (y - x) + z)
    if exclude_inputs:
        scores[rows] = -np.inf
    return glove.index_to_key[scores.argmax()]
""",
            0.5,
        ),
        (
            "only c, taken for b - a, for a baseline",
            """
def solve(a, b, c, method="offset", exclude_inputs=True):
    if method not in ("offset", "only_c", "reversed"):
        raise ValueError(method)
    rows = [glove.get_index(word) for word in (a, b, c)]
    x, y, z = unit[rows]
    scores = unit @ {"offset": y - x + z, "only_c": y - x, "reversed": x - y + z}[method]
    if exclude_inputs:
        scores[rows] = -np.inf
    return glove.index_to_key[scores.argmax()]
""",
            2,
        ),
    ],
    "q4": [
        (
            "pairs of different relations are crossed",
            """
def crossed(name):
    own, rest = mine[name], [pair for r, pairs in mine.items() if r != name for pair in pairs]
    ways = {"excluded": ("offset", True), "allowed": ("offset", False), "only_c": ("only_c", True),
            "reversed": ("reversed", True)}
    asked = [(*one, *two) for one, two in zip(own, rest)]
    found = {k: np.mean([solve(a, b, c, *way) == d for a, b, c, d in asked]) for k, way in ways.items()}
    return found | {"third_word": np.mean([solve(a, b, c, "offset", False) == c for a, b, c, _ in asked])}


scores = {r: crossed(r) for r in mine}
pooled = {k: np.mean([s[k] for s in scores.values()]) for k in pooled}
""",
            5,
        ),
        (
            "the questions of a pair with itself are asked too",
            """
def measure_all(pairs):
    asked = [(*one, *two) for one in pairs for two in pairs]
    ways = {"excluded": ("offset", True), "allowed": ("offset", False), "only_c": ("only_c", True),
            "reversed": ("reversed", True)}
    found = {k: np.mean([solve(a, b, c, *way) == d for a, b, c, d in asked]) for k, way in ways.items()}
    return found | {"third_word": np.mean([solve(a, b, c, "offset", False) == c for a, b, c, _ in asked])}


scores = {r: measure_all(pairs) for r, pairs in mine.items()}
pooled = {k: np.mean([s[k] for s in scores.values()]) for k in pooled}
""",
            5,
        ),
        (
            "the third word's share of the wrong answers",
            "scores = {r: s | {'third_word': s['third_word'] / (1 - s['allowed'])} for r, s in scores.items()}\n"
            "pooled = {k: np.mean([s[k] for s in scores.values()]) for k in pooled}",
            2.5,
        ),
        (
            "allowed and excluded exchanged",
            "scores = {r: s | {'allowed': s['excluded'], 'excluded': s['allowed']} for r, s in scores.items()}\n"
            "pooled = {k: np.mean([s[k] for s in scores.values()]) for k in pooled}",
            3.5,
        ),
        (
            "the baselines may answer with the question's words",
            "scores = {r: s | {'only_c': 0.0, 'reversed': 0.0} for r, s in scores.items()}\n"
            "pooled = {k: np.mean([s[k] for s in scores.values()]) for k in pooled}",
            2,
        ),
        (
            "the median over the relations",
            "pooled = {k: np.median([s[k] for s in scores.values()]) for k in pooled}",
            1.5,
        ),
        (
            "the relation with the highest accuracy",
            "least_gain = max(scores, key=lambda r: scores[r]['excluded'])",
            1.5,
        ),
        ("the relation in which the offset adds most", "least_gain = max(gains, key=gains.get)", 1.5),
        ("two relations of four", "scores = dict(list(scores.items())[:2])", 5.5),
        ("a guess of 70 percent", "guess_excluded = 70", 0.5),
    ],
    "q5": [
        ("seven pairs", "my_pairs = my_pairs[:7]\nmy_scores = measure(my_pairs)", 3),
        (
            "pairs of the benchmark",
            "my_pairs = known_pairs('family')[:10]\nmy_scores = measure(my_pairs)",
            2,
        ),
        (
            "pairs of the benchmark, turned round",
            "my_pairs = [(b, a) for a, b in known_pairs('gram8-plural')[:9]]\nmy_scores = measure(my_pairs)",
            2,
        ),
        (
            "a word that stands there twice",
            "my_pairs = [*my_pairs[:8], ('priest', 'pen')]\nmy_scores = measure(my_pairs)",
            3,
        ),
        ("the scores of other pairs", "my_scores = scores[relations[0]]", 2),
        (
            "three of the five shares",
            "my_scores = {k: my_scores[k] for k in ('excluded', 'allowed', 'only_c')}",
            2,
        ),
        ("no guess, and no relation", "my_guess = my_relation = ...", 1),
        (
            "words allowed everywhere",
            "my_scores = my_scores | {'excluded': my_scores['allowed']}",
            2,
        ),
        ("a word that GloVe does not have", "my_pairs = [*my_pairs, ('squire', 'qwertyzxcv')]", 3),
    ],
    "q6": [
        ("one of the three is missed", "faults, shown = {1, 4, 5}, {1: 0.406, 4: 0.5375, 5: 0.4375}", 2),
        ("two are missed", "faults, shown = {1, 2, 5}, {1: 0.406, 2: 6.01, 5: 0.4375}", 4),
        ("another student's report", "faults, shown = {2, 5, 7}, {2: 6.063, 5: 0.567, 7: 0.8}", 4),
        ("all named and the report's own numbers shown", "shown = {1: 0.76, 4: 0.64, 6: 0.48}", 2),
        ("one of the numbers is of another condition", "shown = {1: 0.406, 4: 0.6375, 6: 0.304}", 1),
        ("all eight named", "faults = set(range(1, 9))\nshown = {k: numbers[k] for k in faults}", 4.5),
        ("nothing shown", "shown = {}", 2.5),
        ("the sentences that are true", "faults = {2, 3, 5}\nshown = {k: numbers[k] for k in faults}", 4),
    ],
}
