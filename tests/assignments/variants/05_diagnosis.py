"""Other answers to assignment 5: right ones, and wrong ones with the points that they lose.

Student number 0 has a stretched, a rotated and a noisy copy.
"""

RIGHT = {
    "q1": [
        (
            "by hand, in float64, with loops",
            """
def near(Z, k=10):
    Z = np.asarray(Z, dtype=float)
    unit = Z / np.linalg.norm(Z, axis=1, keepdims=True)
    return np.argsort(-(unit @ unit.T) + 9 * np.eye(len(Z)), axis=1, kind="stable")[:, :k]


def kept_share(a, b):
    return np.mean([len(set(x) & set(y)) / len(x) for x, y in zip(near(a), near(b))])


def check_up(X, reference):
    X, reference = np.array(X, dtype=float), np.array(reference, dtype=float)
    if X.shape != reference.shape:
        raise ValueError("X and reference must be of one shape")
    unit = X / np.sqrt((X**2).sum(axis=1))[:, None]
    cosines = unit @ unit.T
    s = np.linalg.svd(X - X.mean(axis=0), compute_uv=False)
    s = s / s.sum()
    n = len(X)
    return {
        "overlap": kept_share(X, reference),
        "norm": np.sqrt((X**2).sum(axis=1)).mean(),
        "mean cosine": (cosines.sum() - n) / (n * n - n),
        "effective rank": np.exp(-(s * np.log(s)).sum()),
    }


guess_moved = {kind: [] for kind in KINDS}
table, moved = {}, {}
base = check_up(healthy, healthy)
for kind in KINDS:
    first, second = (check_up(Y, healthy) for Y in practice[kind])
    table[kind] = {m: (first[m] + second[m]) / 2 for m in first}
    moved[kind] = [m for m in base if abs(table[kind][m] / base[m] - 1) > 0.1]
""",
        ),
        (
            "a guess of everything, frozen sets",
            """
guess_moved = {kind: frozenset(well) for kind in KINDS}
moved = {kind: frozenset(some) for kind, some in moved.items()}
""",
        ),
    ],
    "q2": [
        (
            "ratios of spreads, lengths row by row, a regression",
            """
diagnosis = {"A": "stretch", "B": "rotate", "C": "noise"}
borders = {"A": 1, "B": 1, "C": 1}


def instrument_a(X, Y):
    X, Y = np.array(X, dtype=float), np.array(Y, dtype=float)
    changed = [j for j in range(X.shape[1]) if np.abs(X[:, j] - Y[:, j]).max() > 1e-2]
    if len(changed) != 1:
        return 0
    ratio = Y[:, changed[0]] @ X[:, changed[0]] / (X[:, changed[0]] @ X[:, changed[0]])
    return int(ratio > 1.5)


def instrument_b(X, Y):
    X, Y = np.array(X, dtype=float), np.array(Y, dtype=float)
    same = np.allclose(np.linalg.norm(X, axis=1), np.linalg.norm(Y, axis=1), rtol=1e-3)
    return int(same and np.median(np.linalg.norm(X - Y, axis=1)) > 0.1)


def instrument_c(X, Y):
    from sklearn.linear_model import LinearRegression

    X, Y = np.array(X, dtype=float), np.array(Y, dtype=float)
    if (
        np.mean(np.abs(X - Y).max(axis=1) < 1e-6) > 0
        or np.isclose(np.sort(X[:, 0]), np.sort(Y[:, 0])).all()
    ):
        return 0
    return int(LinearRegression().fit(X, Y).score(X, Y) < 0.99)
""",
        ),
        (
            "True and False",
            """
diagnosis = {"A": "stretch", "B": "rotate", "C": "noise"}
borders = {"A": 0.5, "B": 0.5, "C": 0.5}


def instrument_a(X, Y):
    return stretched(X, Y) > 0.99


def instrument_b(X, Y):
    return bool(rotated(X, Y) > 0.2)


def instrument_c(X, Y):
    return np.bool_(noisy(X, Y) > 0.01)
""",
        ),
        (
            "an effective rank that rises",
            """
borders = {"A": 0.999, "B": 0.1, "C": 1.01}


def instrument_c(X, Y):
    return effective_rank(Y) / effective_rank(X)
""",
        ),
    ],
    "q3": [
        (
            "loops, float32 and another rival that is as high",
            """
readings, lowest_yes, highest_no, rival = {}, {}, {}, {}
for name, f in zip("ABC", [instrument_a, instrument_b, instrument_c]):
    readings[name] = {}
    for other in "ABC":
        readings[name][other] = np.float32(f(healthy, copies[other]))
    lowest_yes[name] = min(f(healthy, Y) for Y in practice[diagnosis[name]])
    most = -1
    for kind in reversed(KINDS):
        for Y in practice[kind]:
            if kind != diagnosis[name] and f(healthy, Y) > most:
                most, rival[name] = f(healthy, Y), kind
    highest_no[name] = most
""",
        ),
        (
            "rounded readings",
            """
readings = {a: {b: round(float(v), 4) for b, v in row.items()} for a, row in readings.items()}
""",
        ),
    ],
    "q4": [
        (
            "by hand, with other words",
            """
def near(Z, k=10):
    Z = np.asarray(Z, dtype=float)
    unit = Z / np.linalg.norm(Z, axis=1, keepdims=True)
    return np.argsort(-(unit @ unit.T) + 9 * np.eye(len(Z)), axis=1, kind="stable")[:, :k]


def kept_share(a, b):
    return np.mean([len(set(x) & set(y)) / len(x) for x, y in zip(near(a), near(b))])


own_words = [
    "attorney",
    "crime",
    "court" if "court" in words else "lawyer",
    "criminal",
    "judge" if "judge" in words else "legislation",
    "laws",
    "arrest",
    "fired",
    "guard",
    "murder",
    "appeal",
    "supreme",
    "resolution",
]
rows_ = [words.index(w) for w in own_words]
own_kept, all_kept = {}, {}
for name in "ABC":
    each = [len(set(a) & set(b)) / 10 for a, b in zip(near(healthy), near(copies[name]))]
    own_kept[name], all_kept[name] = sum(each[i] for i in rows_) / len(rows_), sum(each) / 1000
""",
        ),
        (
            "a tuple of words",
            """
own_words = tuple(own_words)
guess_kept = dict.fromkeys("ABC", 1)
""",
        ),
    ],
    "q5": [
        (
            "a list, and numbers rounded",
            """
faults = [1, 3, 6]
shown = {1: round(float(decisive[1]), 2), 3: 0.3, 6: 2}
""",
        ),
        (
            "shares for the counts and for the worst",
            """
shown = {1: decisive[1], 3: np.mean(share_of(lists(healthy), lists(new)) < 0.5), 6: 2 / 50}
""",
        ),
    ],
}

WRONG = {
    "q1": [
        (
            "the norm of the mean",
            """
def check_up(X, reference):
    if X.shape != reference.shape:
        raise ValueError("one shape")
    return {
        "norm": np.linalg.norm(X.mean(axis=0)),
        "mean cosine": mean_cosine(X),
        "effective rank": effective_rank(X),
        "overlap": neighbor_overlap(X, reference),
    }
""",
            1,
        ),
        (
            "a median for a mean",
            """
def check_up(X, reference):
    if X.shape != reference.shape:
        raise ValueError("one shape")
    return {
        "norm": np.median(np.linalg.norm(X, axis=1)),
        "mean cosine": mean_cosine(X),
        "effective rank": effective_rank(X),
        "overlap": neighbor_overlap(X, reference),
    }
""",
            1,
        ),
        (
            "each row with itself counted",
            """
def check_up(X, reference):
    if X.shape != reference.shape:
        raise ValueError("one shape")
    return {
        "norm": np.linalg.norm(X, axis=1).mean(),
        "mean cosine": float(
            np.mean(
                (X / np.linalg.norm(X, axis=1)[:, None]) @ (X / np.linalg.norm(X, axis=1)[:, None]).T
            )
        ),
        "effective rank": effective_rank(X),
        "overlap": neighbor_overlap(X, reference),
    }
""",
            1,
        ),
        (
            "the participation ratio",
            """
from embedding_geometry.dimensions import participation_ratio


def check_up(X, reference):
    if X.shape != reference.shape:
        raise ValueError("one shape")
    return {
        "norm": np.linalg.norm(X, axis=1).mean(),
        "mean cosine": mean_cosine(X),
        "effective rank": participation_ratio(X),
        "overlap": neighbor_overlap(X, reference),
    }
""",
            1,
        ),
        (
            "five neighbours",
            """
def check_up(X, reference):
    if X.shape != reference.shape:
        raise ValueError("one shape")
    return {
        "norm": np.linalg.norm(X, axis=1).mean(),
        "mean cosine": mean_cosine(X),
        "effective rank": effective_rank(X),
        "overlap": neighbor_overlap(X, reference, 5),
    }
""",
            1,
        ),
        (
            "neighbours by distance",
            """
def check_up(X, reference):
    if X.shape != reference.shape:
        raise ValueError("one shape")
    return {
        "norm": np.linalg.norm(X, axis=1).mean(),
        "mean cosine": mean_cosine(X),
        "effective rank": effective_rank(X),
        "overlap": neighbor_overlap(X, reference, metric="euclidean"),
    }
""",
            1,
        ),
        (
            "no error",
            """
def check_up(X, reference):
    n = min(len(X), len(reference))
    return {
        "norm": np.linalg.norm(X, axis=1).mean(),
        "mean cosine": mean_cosine(X),
        "effective rank": effective_rank(X),
        "overlap": neighbor_overlap(X[:n], reference[:n]),
    }
""",
            0.5,
        ),
        (
            "the first practice copy alone",
            """
table = {kind: check_up(some[0], healthy) for kind, some in practice.items()}
""",
            1,
        ),
        (
            "the guess for the measurement",
            """
moved = guess_moved
""",
            1,
        ),
        (
            "a twentieth for a tenth",
            """
moved = {
    kind: {m for m in well if abs(row[m] - well[m]) > 0.05 * abs(well[m])} for kind, row in table.items()
}
""",
            1,
        ),
        (
            "only what rises",
            """
moved = {kind: {m for m in well if row[m] - well[m] > 0.1 * abs(well[m])} for kind, row in table.items()}
""",
            1,
        ),
        (
            "a tenth, but not of the healthy value",
            """
moved = {kind: {m for m in well if abs(row[m] - well[m]) > 0.1} for kind, row in table.items()}
""",
            1,
        ),
        (
            "no guess",
            """
guess_moved = ...
""",
            0.5,
        ),
    ],
    "q2": [
        (
            "only the coordinate that the library stretches",
            """
def instrument_a(X, Y):
    squares = (moves_of(X, Y) ** 2).sum(axis=0)
    return squares[-1] / max(squares.sum(), 1e-9)
""",
            0.5,
        ),
        (
            "longer vectors",
            """
borders["A"] = 1.03


def instrument_a(X, Y):
    return np.linalg.norm(Y, axis=1).mean() / np.linalg.norm(X, axis=1).mean()
""",
            1.5,
        ),
        (
            "a larger spread in some coordinate",
            """
borders["A"] = 1.1


def instrument_a(X, Y):
    return (np.std(Y, axis=0) / np.std(X, axis=0)).max()
""",
            1.5,
        ),
        (
            "a border of the practice copy's strength",
            """
borders["A"] = 4.5


def instrument_a(X, Y):
    return (np.std(Y, axis=0) / np.std(X, axis=0)).max()
""",
            0.5,
        ),
        (
            "always yes",
            """
def instrument_a(X, Y):
    return 1
""",
            2,
        ),
        (
            "always no",
            """
def instrument_b(X, Y):
    return 0
""",
            2,
        ),
        (
            "equal to the last bit",
            """
def instrument_b(X, Y):
    return float(
        (
            np.asarray(X, float) @ np.asarray(X, float).T
            == np.asarray(Y, float) @ np.asarray(Y, float).T
        ).all()
    )
""",
            2,
        ),
        (
            "products kept, and nothing else asked",
            """
def instrument_b(X, Y):
    G, H = X @ X.T, Y @ Y.T
    return float(np.abs(G - H).max() < 1e-4 * np.abs(G).max())
""",
            2,
        ),
        (
            "products kept roughly, moved at all",
            """
borders["B"] = 1


def instrument_b(X, Y):
    G, H = X @ X.T, Y @ Y.T
    return float(np.abs(G - H).max() < 1e-2 * np.abs(G).max() and (X != Y).any())
""",
            1.5,
        ),
        (
            "the cloud's meters unchanged",
            """
borders["B"] = 1


def instrument_b(X, Y):
    return float(abs(mean_cosine(X) - mean_cosine(Y)) < 1e-3 and (X != Y).mean() > 0.5)
""",
            1.5,
        ),
        (
            "fewer neighbours",
            """
borders["C"] = 0.05


def instrument_c(X, Y):
    return 1 - neighbor_overlap(X, Y)
""",
            1.5,
        ),
        (
            "permuted rows are noise, too",
            """
def instrument_c(X, Y):
    A = np.c_[X, np.ones(len(X))].astype(float)
    return (Y - A @ np.linalg.lstsq(A, Y, rcond=None)[0]).var() / np.var(Y)
""",
            1.5,
        ),
        (
            "every row has moved",
            """
borders["C"] = 1


def instrument_c(X, Y):
    return np.mean((X != Y).any(axis=1))
""",
            2,
        ),
        (
            "two names change places",
            """
diagnosis = {"A": "rotate", "B": "stretch", "C": "noise"}
instrument_a, instrument_b = (lambda X, Y: rotated(X, Y)), (lambda X, Y: stretched(X, Y))
borders = {"A": 0.1, "B": 0.999, "C": 0.005}
""",
            2,
        ),
        (
            "the right names for other instruments",
            """
diagnosis = {"A": "stretch", "B": "rotate", "C": "noise"}


def instrument_c(X, Y):
    return permuted(X, Y)
""",
            2,
        ),
        (
            "a slip in the name",
            """
diagnosis = diagnosis | {"C": "noisy"}
""",
            3,
        ),
    ],
    "q3": [
        (
            "by copy, and then by instrument",
            """
readings = {b: {a: readings[a][b] for a in "ABC"} for b in "ABC"}
""",
            0.5,
        ),
        (
            "the borders for the readings",
            """
readings = {a: {b: borders[a] if a == b else 0 for b in "ABC"} for a in "ABC"}
""",
            0.5,
        ),
        (
            "the highest yes",
            """
lowest_yes = {n: max(on_practice(n)[diagnosis[n]]) + 0.01 for n in "ABC"}
""",
            1,
        ),
        (
            "the mean of the others",
            """
highest_no = {
    n: np.mean([v for k, some in on_practice(n).items() if k != diagnosis[n] for v in some])
    for n in "ABC"
}
""",
            1,
        ),
        (
            "the lowest of the others",
            """
highest_no = {
    n: min(v for k, some in on_practice(n).items() if k != diagnosis[n] for v in some) for n in "ABC"
}
""",
            1,
        ),
        (
            "the guess for the rival",
            """
rival = {"A": "collapse", "B": "collapse", "C": "collapse"}
""",
            1,
        ),
        (
            "an instrument's own damage as rival",
            """
rival = dict(diagnosis)
""",
            1.5,
        ),
        (
            "no guess",
            """
guess_rival = ...
""",
            0.5,
        ),
    ],
    "q4": [
        (
            "nine words",
            """
own_words = own_words[:9]
""",
            1.5,
        ),
        (
            "a word twice",
            """
own_words = own_words + own_words[:1]
""",
            0.5,
        ),
        (
            "a word of another list",
            """
own_words = own_words + ["cat"]
""",
            1.5,
        ),
        (
            "the word itself counted",
            """
own_kept = {
    n: np.mean(
        [
            np.isin(a, b).mean()
            for a, b in zip(
                neighbor_graph(healthy, 9).indices[own_rows], neighbor_graph(c, 9).indices[own_rows]
            )
        ]
    )
    * 0.9
    + 0.1
    for n, c in copies.items()
}
""",
            1,
        ),
        (
            "neighbours by distance",
            """
own_kept = {
    n: share_of(lists(healthy, "euclidean"), lists(c, "euclidean"))[own_rows].mean()
    for n, c in copies.items()
}
""",
            1,
        ),
        (
            "all words for the own ones",
            """
own_kept = dict(all_kept)
""",
            1,
        ),
        (
            "among the own words alone",
            """
own_kept = {n: neighbor_overlap(healthy[own_rows], c[own_rows]) for n, c in copies.items()}
""",
            1,
        ),
        (
            "five neighbours",
            """
all_kept = {n: neighbor_overlap(healthy, c, 5) for n, c in copies.items()}
""",
            1,
        ),
        (
            "the guess",
            """
own_kept = all_kept = guess_kept
""",
            2,
        ),
    ],
    "q5": [
        (
            "another student's faults",
            """
faults, shown = {2, 4, 7}, {n: decisive[n] for n in (2, 4, 7)}
""",
            3,
        ),
        (
            "two of three",
            """
faults, shown = {1, 3, 8}, {n: decisive[n] for n in (1, 3, 8)}
""",
            1.5,
        ),
        (
            "the report's own numbers",
            """
shown = {1: 0.94, 3: 0.79, 6: 0.2}
""",
            1.5,
        ),
        (
            "the worst word for the nearest one",
            """
shown = {1: decisive[3], 3: decisive[3], 6: decisive[6]}
""",
            0.5,
        ),
        (
            "one coordinate that breaks the rule",
            """
shown = {1: decisive[1], 3: decisive[3], 6: times_eleven(30)}
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
