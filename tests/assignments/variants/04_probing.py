"""Other answers to assignment 4: right ones, and wrong ones with the points that they lose."""

RIGHT = {
    "q1": [
        (
            "loops and lists",
            """
def split_by_pair(n_pairs, seed):
    if n_pairs < 2:
        raise ValueError("at least two pairs")
    chosen = set(np.random.default_rng(seed).permutation(n_pairs)[: n_pairs // 2].tolist())
    return np.array([i // 2 in chosen for i in range(2 * n_pairs)])


def control_labels(tokens, n_types, seed):
    coins = np.random.default_rng(seed).integers(2, size=n_types)
    if any(t < 0 or t >= n_types for t in tokens):
        raise ValueError("a type out of range")
    return [int(coins[t]) for t in tokens]
""",
        ),
        (
            "predictions compared, a list returned",
            """
def probe(X, y, train):
    X, y, train = np.array(X), np.array(y), np.array(train)
    if train.sum() == len(train) or len(set(y[train])) == 1:
        raise ValueError("a useless split")
    answers = LogisticRegression(max_iter=1000).fit(X[train], y[train]).predict(X) == y
    return [np.mean(answers[train]), np.mean(answers[~train])]
""",
        ),
    ],
    "q2": [
        (
            "float32 vectors and lists",
            """
guess_fair, guess_by_words = 0.5, 1
X32, trained, fair, by_words = X.astype("float32"), [], [], []
for seed in range(10):
    a, b = probe(X32, y, split_by_pair(30, seed))
    trained.append(a)
    fair.append(b)
    chosen = np.random.default_rng(seed).permutation(60)[:30]
    by_words.append(probe(X32, y, np.isin(range(60), chosen))[1])
gap = sum(by_words) / 10 - sum(fair) / 10
""",
        ),
        (
            "pandas",
            """
import pandas as pd

runs = pd.DataFrame([probe(X, y, split_by_pair(30, s)) for s in range(10)], columns=["a", "b"])
trained, fair = runs["a"], runs["b"]
by_words = pd.Series([probe(X, y, split_by_word(60, s))[1] for s in range(10)])
gap = by_words.mean() - fair.mean()
""",
        ),
    ],
    "q3": [
        (
            "Gordan's alternative",
            """
from scipy.optimize import linprog

always, half = 50 + 1, 2 * (50 + 1)


def cannot(Z, labels):
    s = np.where(labels, 1.0, -1.0)
    A = np.vstack([(Z * s[:, None]).T, s, np.ones(len(Z))])
    b = np.zeros(len(A))
    b[-1] = 1
    return linprog(np.zeros(len(Z)), A_eq=A, b_eq=b).status == 0


fitted = {}
for n in (60, 102, 150):
    tosses = [np.random.default_rng(s).integers(2, size=n) for s in range(20)]
    fitted[n] = 1 - sum(cannot(cloud[:n], t) for t in tosses) / 20
""",
        ),
        (
            "a hard margin, written with slack",
            """
from scipy.optimize import linprog


def fits(Z, labels):
    n, signs = len(Z), np.where(labels, 1, -1)[:, None]
    A = np.hstack([-signs * Z, -signs, -np.eye(n)])
    found = linprog(
        np.r_[np.zeros(51), np.ones(n)],
        A_ub=A,
        b_ub=-np.ones(n),
        bounds=[(None, None)] * 51 + [(0, None)] * n,
    )
    return found.fun < 1e-6


fitted = {
    n: sum(fits(cloud[:n], np.random.default_rng(s).integers(2, size=n)) for s in range(20)) / 20
    for n in (60, 102, 150)
}
""",
        ),
    ],
    "q4": [
        (
            "a loop and a helper",
            """
def score(vectors, labels, which):
    learn, ask = which[:1000], which[1000:]
    rule = LogisticRegression(max_iter=1000).fit(vectors[learn], labels[learn])
    return float(np.mean(rule.predict(vectors[ask]) == labels[ask]))


task = score(rows[60], y, tokens[60])
control, noise_control = {}, {}
for n in [480, 120, 60]:
    coins = [np.random.default_rng(s).integers(2, size=n) for s in range(5)]
    control[n] = sum(score(rows[n], c, tokens[n]) for c in coins) / 5
    noise_control[n] = sum(score(noise[n], c, tokens[n]) for c in coins) / 5
selectivity = task - control[60]
""",
        ),
        (
            "float32 vectors",
            """
X32 = {n: np.asarray(Z, dtype="float32") for n, Z in rows.items()}
task = probe(X32[60][tokens[60]], y[tokens[60]], train_tokens)[1]
control = {n: np.float32(remembered(Z, n)) for n, Z in X32.items()}
selectivity = task - control[60]
""",
        ),
    ],
    "q5": [
        (
            "class means, and the library's residual",
            """
from embedding_geometry.subspaces import residual

after, after_all, new_line = [], [], []
whole = residual(X, X[y == 1].mean(axis=0) - X[y == 0].mean(axis=0))
for seed in range(10):
    t = split_by_pair(30, seed)
    Z = residual(X, X[t][y[t] == 1].mean(axis=0) - X[t][y[t] == 0].mean(axis=0))
    after.append(probe(Z, y, t)[1])
    after_all.append(probe(whole, y, t)[1])
    rest = [p for p in range(30) if not t[2 * p]]
    learn = [i for k, p in enumerate(rest) if k % 2 == 0 for i in (2 * p, 2 * p + 1)]
    ask = [i for k, p in enumerate(rest) if k % 2 == 1 for i in (2 * p, 2 * p + 1)]
    new_line.append(LogisticRegression(max_iter=1000).fit(Z[learn], y[learn]).score(Z[ask], y[ask]))
""",
        ),
        (
            "a projection matrix",
            """
def cut(d):
    return X @ (np.eye(50) - np.outer(d, d) / (d @ d))


offsets = X[1::2] - X[::2]
after = np.array(
    [probe(cut(offsets[t[::2]].sum(axis=0)), y, t)[1] for t in (split_by_pair(30, s) for s in range(10))]
)
after_all = [probe(cut(offsets.sum(axis=0)), y, split_by_pair(30, s))[1] for s in range(10)]
""",
        ),
    ],
    "q6": [
        (
            "lists, loops and another property",
            """
own_pairs = [
    [a, b]
    for a, b in zip(
        "red blue green orange pink brown purple gray white black yellow scarlet crimson violet golden "
        "silver turquoise maroon beige ivory".split(),
        "one two three four five six seven eight nine ten eleven twelve thirty forty fifty sixty seventy "
        "eighty ninety hundred".split(),
    )
]
guess_own = 1
n = len(own_pairs)
V = np.array([glove[w] for pair in own_pairs for w in pair])
own_fair, own_turned = [], []
for seed in range(10):
    t = split_by_pair(n, seed)
    labels = []
    for coin in np.random.default_rng(100 + seed).integers(2, size=n):
        labels += [1, 0] if coin else [0, 1]
    own_fair.append(probe(V, [0, 1] * n, t)[1])
    own_turned.append(probe(V, labels, t)[1])
""",
        ),
    ],
    "q7": [
        (
            "a list, and numbers rounded to two decimals",
            """
faults, shown = [2, 7, 5], {2: 0.82, 5: 0.5, 7: 0.72}
""",
        ),
        (
            "the majority of the whole list",
            """
shown = shown | {7: 1 - sum(pair[0][0] == "s" for pair in report_pairs) / 40}
""",
        ),
        (
            "numpy's numbers as keys",
            """
faults = set(np.array([2, 5, 7]))
shown = {n: decisive[n] for n in faults}
""",
        ),
    ],
}

WRONG = {
    "q1": [
        (
            "words are drawn, and not pairs",
            """
def split_by_pair(n_pairs, seed):
    if n_pairs < 2:
        raise ValueError("too few pairs")
    return np.isin(
        range(2 * n_pairs), np.random.default_rng(seed).permutation(2 * n_pairs)[: n_pairs // 2 * 2]
    )
""",
            1,
        ),
        (
            "the second half is for training",
            """
def split_by_pair(n_pairs, seed):
    if n_pairs < 2:
        raise ValueError("too few pairs")
    return np.repeat(
        np.isin(range(n_pairs), np.random.default_rng(seed).permutation(n_pairs)[-(n_pairs // 2) :]), 2
    )
""",
            0.5,
        ),
        (
            "the same split for each seed",
            """
def split_by_pair(n_pairs, seed):
    if n_pairs < 2:
        raise ValueError("too few pairs")
    return np.repeat(np.arange(n_pairs) < n_pairs // 2, 2)
""",
            0.5,
        ),
        (
            "no errors",
            """
def split_by_pair(n_pairs, seed):
    return np.repeat(
        np.isin(range(n_pairs), np.random.default_rng(seed).permutation(n_pairs)[: n_pairs // 2]), 2
    )


def probe(X, y, train):
    y = np.asarray(y)
    rule = LogisticRegression(max_iter=1000).fit(X[train], y[train]) if len(set(y[train])) > 1 else None
    if rule is None or train.all():
        return 1.0, 0.0
    return rule.score(X[train], y[train]), rule.score(X[~train], y[~train])


def control_labels(tokens, n_types, seed):
    return np.random.default_rng(seed).integers(2, size=max(n_types, max(tokens) + 1))[tokens]
""",
            1.5,
        ),
        (
            "test accuracy first",
            """
def probe(X, y, train):
    X, y, train = np.asarray(X), np.asarray(y), np.asarray(train)
    if train.all() or len(np.unique(y[train])) < 2:
        raise ValueError("a useless split")
    rule = LogisticRegression(max_iter=1000).fit(X[train], y[train])
    return rule.score(X[~train], y[~train]), rule.score(X[train], y[train])
""",
            1.5,
        ),
        (
            "fitted on all rows",
            """
def probe(X, y, train):
    X, y, train = np.asarray(X), np.asarray(y), np.asarray(train)
    if train.all() or len(np.unique(y[train])) < 2:
        raise ValueError("a useless split")
    rule = LogisticRegression(max_iter=1000).fit(X, y)
    return rule.score(X[train], y[train]), rule.score(X[~train], y[~train])
""",
            1,
        ),
        (
            "the accuracy on all rows for that on the others",
            """
def probe(X, y, train):
    X, y, train = np.asarray(X), np.asarray(y), np.asarray(train)
    if train.all() or len(np.unique(y[train])) < 2:
        raise ValueError("a useless split")
    rule = LogisticRegression(max_iter=1000).fit(X[train], y[train])
    return rule.score(X[train], y[train]), rule.score(X, y)
""",
            1.5,
        ),
        (
            "a coin for each token",
            """
def control_labels(tokens, n_types, seed):
    tokens = np.asarray(tokens)
    if min(tokens) < 0 or max(tokens) >= n_types:
        raise ValueError("a type out of range")
    return np.random.default_rng(seed).integers(2, size=len(tokens))
""",
            1,
        ),
        (
            "labels by parity, no coins",
            """
def control_labels(tokens, n_types, seed):
    tokens = np.asarray(tokens)
    if min(tokens) < 0 or max(tokens) >= n_types:
        raise ValueError("a type out of range")
    return tokens % 2
""",
            0.5,
        ),
        (
            "coins tossed in the order in which the types come",
            """
def control_labels(tokens, n_types, seed):
    tokens = np.asarray(tokens)
    if min(tokens) < 0 or max(tokens) >= n_types:
        raise ValueError("a type out of range")
    return np.random.default_rng(seed).integers(2, size=n_types)[
        np.unique(tokens, return_inverse=True)[1]
    ]
""",
            0.5,
        ),
    ],
    "q2": [
        (
            "a split by words for that by pairs",
            """
fair = by_words.copy()
gap = 0
""",
            1,
        ),
        (
            "training accuracy for test accuracy",
            """
fair = trained.copy()
gap = by_words.mean() - fair.mean()
""",
            1,
        ),
        (
            "one seed for ten",
            """
fair = np.full(10, fair[0])
gap = by_words.mean() - fair.mean()
""",
            1,
        ),
        (
            "0.95 typed in",
            """
fair = by_words = np.full(10, 0.95)
gap = 0
""",
            2,
        ),
        (
            "the mean alone",
            """
fair = fair.mean()
gap = by_words.mean() - fair
""",
            1.5,
        ),
        (
            "the sign of the gap",
            """
gap = -gap
""",
            0.5,
        ),
        (
            "the split by words is the one by pairs, too",
            """
by_words = fair.copy()
gap = 0
""",
            1,
        ),
        (
            "training accuracies of the split by words",
            """
by_words = np.array([probe(X, y, split_by_word(60, s))[0] for s in range(10)])
gap = by_words.mean() - fair.mean()
""",
            1,
        ),
        (
            "seeds 1 to 10",
            """
fair = np.array([probe(X, y, split_by_pair(30, s))[1] for s in range(1, 11)])
gap = by_words.mean() - fair.mean()
""",
            1,
        ),
        (
            "test accuracies for the training ones",
            """
trained = fair.copy()
""",
            0.5,
        ),
        (
            "no guess",
            """
guess_fair = ...
""",
            0.5,
        ),
    ],
    "q3": [
        (
            "as many as dimensions",
            """
always = 50
""",
            0.5,
        ),
        (
            "twice the dimensions",
            """
half = 100
""",
            0.5,
        ),
        (
            "always and half change places",
            """
always, half = half, always
""",
            1,
        ),
        (
            "the probe with its penalty",
            """
fitted = {
    n: np.mean(
        [
            LogisticRegression(max_iter=1000).fit(cloud[:n], tossed(n, s)).score(cloud[:n], tossed(n, s))
            == 1
            for s in range(20)
        ]
    )
    for n in (60, 102, 150)
}
""",
            1,
        ),
        (
            "accuracies for shares",
            """
fitted = {
    n: np.mean(
        [
            LogisticRegression(C=1e4, max_iter=1000)
            .fit(cloud[:n], tossed(n, s))
            .score(cloud[:n], tossed(n, s))
            for s in range(20)
        ]
    )
    for n in (60, 102, 150)
}
""",
            1,
        ),
        (
            "no bias",
            """
fitted = {
    n: np.mean(
        [
            linprog(
                np.zeros(50),
                A_ub=-np.where(tossed(n, s), 1, -1)[:, None] * cloud[:n],
                b_ub=-np.ones(n),
                bounds=(None, None),
            ).status
            == 0
            for s in range(20)
        ]
    )
    for n in (60, 102, 150)
}
""",
            1,
        ),
        (
            "weights that may not be negative",
            """
fitted = {
    n: np.mean(
        [
            linprog(
                np.zeros(51),
                A_ub=-np.where(tossed(n, s), 1, -1)[:, None] * np.c_[cloud[:n], np.ones(n)],
                b_ub=-np.ones(n),
            ).status
            == 0
            for s in range(20)
        ]
    )
    for n in (60, 102, 150)
}
""",
            1,
        ),
        (
            "Cover's shares for the measured ones",
            """
fitted = {60: 1.0, 102: 0.5, 150: 0.0}
""",
            1,
        ),
        (
            "counts for shares",
            """
fitted = {60: 20, 102: 13, 150: 0}
""",
            1.5,
        ),
        (
            "two sizes alone",
            """
fitted = {60: 1.0, 102: 0.5}
""",
            1.5,
        ),
    ],
    "q4": [
        (
            "training accuracies",
            """
control = {
    n: np.mean([probe(Z[tokens[n]], control_labels(tokens[n], n, s), train_tokens)[0] for s in range(5)])
    for n, Z in rows.items()
}
selectivity = task - control[60]
""",
            1,
        ),
        (
            "one seed for five",
            """
control = {
    n: probe(Z[tokens[n]], control_labels(tokens[n], n, 0), train_tokens)[1] for n, Z in rows.items()
}
selectivity = task - control[60]
""",
            1,
        ),
        (
            "a coin for each token",
            """
control = {
    n: np.mean(
        [
            probe(Z[tokens[n]], np.random.default_rng(s).integers(2, size=1500), train_tokens)[1]
            for s in range(5)
        ]
    )
    for n, Z in rows.items()
}
selectivity = task - control[60]
""",
            1,
        ),
        (
            "chance typed in",
            """
control = noise_control = {60: 0.5, 120: 0.5, 480: 0.5}
selectivity = task - control[60]
""",
            2,
        ),
        (
            "GloVe for noise",
            """
noise_control = {n: remembered(Z, n) for n, Z in rows.items()}
""",
            1,
        ),
        (
            "the sign of selectivity",
            """
selectivity = control[60] - task + 0.01
""",
            0.5,
        ),
        (
            "selectivity of another size",
            """
selectivity = task - control[480]
""",
            0.5,
        ),
        (
            "the task on all tokens",
            """
task = (
    LogisticRegression(max_iter=1000)
    .fit(X[tokens[60]], y[tokens[60]])
    .score(X[tokens[60]], y[tokens[60]])
    - 0.01
)
selectivity = task - control[60]
""",
            0.5,
        ),
        (
            "the fair split's accuracy for the task on tokens",
            """
task = fair.mean() - 0.005
selectivity = task - control[60]
""",
            0.5,
        ),
    ],
    "q5": [
        (
            "all pairs for the training pairs",
            """
after = after_all.copy()
""",
            1,
        ),
        (
            "the training pairs for all",
            """
after_all = after.copy()
""",
            0.5,
        ),
        (
            "nothing was removed",
            """
after = after_all = fair.copy()
""",
            1.5,
        ),
        (
            "the offset of the first pair",
            """
after = np.array([probe(without(X, X[1] - X[0]), y, split_by_pair(30, s))[1] for s in range(10)])
""",
            1,
        ),
        (
            "the offset of the test pairs",
            """
after = np.array(
    [
        probe(
            without(X, (X[1::2] - X[0::2])[~split_by_pair(30, s)[::2]].mean(axis=0)),
            y,
            split_by_pair(30, s),
        )[1]
        for s in range(10)
    ]
)
""",
            1,
        ),
        (
            "direction not scaled to norm 1",
            """
after = np.array(
    [
        probe(X - np.outer(X @ d, d), y, t)[1]
        for t in (split_by_pair(30, s) for s in range(10))
        for d in [(X[1::2] - X[0::2])[t[::2]].mean(axis=0)]
    ]
)
""",
            1,
        ),
        (
            "the new line learns and is tested on the same words",
            """
new_line = np.array(
    [LogisticRegression(max_iter=1000).fit(Z[~t], y[~t]).score(Z[~t], y[~t]) for Z, t in left]
)
""",
            0.5,
        ),
        (
            "the new line without any removal",
            """
new_line = np.array([among_others(X, t) for _, t in left])
""",
            0.5,
        ),
        (
            "the mean alone",
            """
after_all = after_all.mean()
""",
            1,
        ),
        (
            "a new line at a guess, typed in",
            """
new_line = np.full(10, 0.5)
""",
            0.5,
        ),
    ],
    "q6": [
        (
            "pairs of the lists",
            """
own_pairs = list(analogy_pairs("gram3-comparative").items())[:30]
""",
            2.5,
        ),
        (
            "too few pairs",
            """
own_pairs = own_pairs[:12]
""",
            2.5,
        ),
        (
            "a word twice",
            """
own_pairs = own_pairs[:20] + [own_pairs[0]]
""",
            2.5,
        ),
        (
            "a word that GloVe doesn't have",
            """
own_pairs = own_pairs[:20] + [("qwxyz", "zyxwq")]
""",
            2.5,
        ),
        (
            "split by words",
            """
own_fair = np.array([probe(own_X, own_y, split_by_word(2 * n_own, s))[1] for s in range(10)])
""",
            1,
        ),
        (
            "training accuracy",
            """
own_turned = np.array([probe(own_X, turned(s), split_by_pair(n_own, s))[0] for s in range(10)])
""",
            1,
        ),
        (
            "chance typed in",
            """
own_turned = np.full(10, 0.5)
""",
            1,
        ),
        (
            "a coin for each word",
            """
own_turned = np.array(
    [
        probe(
            own_X, np.random.default_rng(100 + s).integers(2, size=2 * n_own), split_by_pair(n_own, s)
        )[1]
        for s in range(10)
    ]
)
""",
            1,
        ),
        (
            "coins of other seeds",
            """
own_turned = np.array(
    [
        probe(
            own_X,
            own_y ^ np.repeat(np.random.default_rng(s).integers(2, size=n_own), 2),
            split_by_pair(n_own, s),
        )[1]
        for s in range(10)
    ]
)
""",
            1,
        ),
        (
            "numbers of other pairs",
            """
own_pairs = [(b, a) for a, b in own_pairs[::-1]]
""",
            2,
        ),
    ],
    "q7": [
        (
            "another student's faults",
            """
faults, shown = {1, 4, 8}, {n: decisive[n] for n in (1, 4, 8)}
""",
            3,
        ),
        (
            "two of three",
            """
faults, shown = {2, 5, 8}, {n: decisive[n] for n in (2, 5, 8)}
""",
            1.5,
        ),
        (
            "the report's own numbers",
            """
shown = {2: 0.90, 5: 0.40, 7: 0.57}
""",
            1.5,
        ),
        (
            "the accuracy of one seed",
            """
shown = {2: probe(report_X, report_y, split_by_pair(40, 0))[1], 5: decisive[5], 7: decisive[7]}
""",
            0.5,
        ),
        (
            "the leak again",
            """
shown = decisive | {5: 0.3975}
shown = {n: shown[n] for n in faults}
""",
            0.5,
        ),
        (
            "one half for the baseline",
            """
shown = {2: decisive[2], 5: decisive[5], 7: 0.5}
""",
            0.5,
        ),
        (
            "all eight",
            """
faults, shown = set(range(1, 9)), decisive
""",
            2,
        ),
        (
            "named and not shown",
            """
shown = {}
""",
            2,
        ),
    ],
}
