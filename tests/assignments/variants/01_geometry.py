"""Other right solutions of assignment 1, and plausible wrong ones, for student number 0."""

HAND = """
dot_product = {dot}
norm_u = {norm_u}
norm_v = {norm_v}
cosine = {cosine}
guess_centred = {guess}
centred_cosine = {centred}
"""
BY_HAND = {"dot": 3, "norm_u": "5**0.5", "norm_v": "5**0.5", "cosine": 0.6, "guess": 0, "centred": 0.447}


def by_hand(**changed):
    """Return answers to question 1; for number 0 the vectors are (1, 2), (-1, 2) and (3, -1)."""
    return HAND.format(**(BY_HAND | changed))


NORMS_AND_CENTER = """
def norms(X):
    X = {convert}
    if np.ndim(X) != 2:
        raise ValueError("X is no matrix")
    return {norms}

def center(X):
    X = {convert}
    if np.ndim(X) != 2:
        raise ValueError("X is no matrix")
    return {center}
"""


def norms_and_center(
    convert="np.array(X, dtype=float)", norms="np.linalg.norm(X, axis=1)", center="X - X.mean(axis=0)"
):
    """Return an answer to question 2."""
    return NORMS_AND_CENTER.format(convert=convert, norms=norms, center=center)


COSINES = """
def cosine_matrix(X):
    X = np.asarray(X, dtype=float)
    for i, row in enumerate(X):
        if not np.any(row):
            raise ValueError(f"row {i} is zero")
    U = X / np.linalg.norm(X, axis=1)[:, None]
    return np.minimum(1, np.maximum(-1, U @ U.T))
"""
NEAREST = """
def nearest(X, query, k):
    if k < 1 or k > len(X):
        raise ValueError("k is out of range")
    q = np.asarray(query, dtype=float)
    scores = [{score} for row in np.asarray(X, dtype=float)]
    return sorted(range(len(X)), key=lambda i: {order})[:k]
"""
COSINE = "row @ q / np.sqrt((row @ row) * (q @ q))"

CLOUD = """
def others(nearness):
    nearness = np.array(nearness)
    {own}
    return nearness.argmax(axis=1)

guess_before, guess_after, guess_kept_cosine, guess_kept_distance = {guesses}
C = {centred}
pairs = {pairs}
mean_before = np.mean(cosine_matrix(X)[pairs])
mean_after = np.mean(cosine_matrix(C)[pairs])
kept_cosine = np.mean(others({first}) == others({second}))
far = [-np.linalg.norm(Z[:, None] - Z, axis=2) for Z in (X, C)]
kept_distance = np.mean(others(far[0]) == others(far[1]))
"""


def cloud(**changed):
    """Return an answer to question 4."""
    parts = {
        "own": "np.fill_diagonal(nearness, -9)",
        "guesses": "0.5, 0.5, 0.5, 0.5",
        "centred": "X - X.mean(axis=0)",
        "pairs": "np.triu_indices(60, 1)",
        "first": "cosine_matrix(X)",
        "second": "cosine_matrix(C)",
    }
    return CLOUD.format(**(parts | changed))


OWN = """
mine = {mine}
guess_mine = guess_control = guess_mine_centred = guess_control_centred = guess_mine_by_itself = {guess}
rows = np.array([glove.get_index(word) for word in mine])
others = {control}

def mean_pairs(Z):
    Z = np.asarray(Z, dtype=float)
    U = Z / np.linalg.norm(Z, axis=1, keepdims=True)
    n = len(Z)
    return ((U @ U.T).sum() - n) / ({pairs})

middle = {middle}
own, control = glove.vectors[rows], glove.vectors[others]
mean_mine, mean_control = mean_pairs(own), mean_pairs(control)
mine_centred, control_centred = mean_pairs(own - middle), mean_pairs(control - middle)
mine_by_itself = mean_pairs(own - {itself})
"""


def own(**changed):
    """Return an answer to question 7."""
    parts = {
        "mine": '"bread cheese soup rice pasta butter salad cake pizza meat sauce".split()',
        "guess": 0.25,
        "control": "rows + 10",
        "pairs": "n * (n - 1)",
        "middle": "glove.vectors[:10_000].mean(axis=0)",
        "itself": "own.mean(axis=0)",
    }
    return OWN.format(**(parts | changed))


RIGHT = {
    "q1": [("numbers of a pocket calculator", by_hand(norm_u=2.236, norm_v=2.236))],
    "q2": [
        (
            "a loop over rows",
            norms_and_center(
                norms="np.array([sum(x * x for x in row) ** 0.5 for row in X])",
                center="np.array([row - sum(X) / len(X) for row in X])",
            ),
        ),
        ("float32", norms_and_center(convert="np.array(X, dtype=np.float32)")),
        (
            "lists",
            norms_and_center(
                norms="[float(np.linalg.norm(row)) for row in X]", center="(X - np.mean(X, axis=0)).tolist()"
            ),
        ),
        (
            "a matrix product",
            norms_and_center(center="X - np.full((len(X), len(X)), 1 / len(X)) @ X"),
        ),
    ],
    "q3": [
        (
            "the Gram matrix divided by both norms, sorted lists",
            """
def cosine_matrix(X):
    X = np.asarray(X, dtype=float)
    G = X @ X.T
    lengths = np.sqrt(np.diag(G))
    for i, length in enumerate(lengths):
        if length == 0:
            raise ValueError("zero row: " + str(i))
    return np.clip(G / np.outer(lengths, lengths), -1, 1)
"""
            + NEAREST.format(score=COSINE, order="-scores[i]"),
        ),
        (
            "a loop over rows, not over pairs",
            """
def cosine_matrix(X):
    X = np.asarray(X, dtype=float)
    for i in range(len(X)):
        if np.linalg.norm(X[i]) == 0:
            raise ValueError("row %d has norm 0" % i)
    U = np.array([row / np.linalg.norm(row) for row in X])
    return np.array([np.clip(U @ u, -1, 1) for u in U])
""",
        ),
        (
            "the distance with math",
            "def distance_of_unit_vectors(cosine):\n    return (2 * (1 - cosine)) ** 0.5",
        ),
    ],
    "q4": [
        ("pairs counted once", cloud()),
        ("guesses far off", cloud(guesses="-1, 1, 0, 0")),
        ("ordered pairs", cloud(pairs="~np.eye(60, dtype=bool)", own="nearness -= 99 * np.eye(60)")),
    ],
    "q6": [
        (
            "the shares the other way round",
            """
faults = {4, 2, 6}
shown = {6: 1 - 0.45, 2: 1 - 0.473, 4: 0.32}
""",
        ),
        (
            "a list, and numbers of numpy",
            "faults = [2, 4, 6]\nshown = dict(zip(faults, np.array([0.473, 0.32, 0.45], dtype=np.float32)))",
        ),
    ],
    "q7": [
        ("dishes", own()),
        (
            "a tuple of words, a negative guess",
            own(
                mine='tuple("rain snow wind storm fog hail thunder frost \
drought flood".split())',
                guess=-0.5,
            ),
        ),
    ],
}

WRONG = {
    "q1": [
        ("the squared norm", by_hand(norm_u=5, norm_v=5), 0.5),
        ("a dot product without signs", by_hand(dot=5, cosine=1), 1),
        ("the dot product for the cosine", by_hand(cosine=3), 1.5),
        ("not centred at all", by_hand(centred=0.6), 1.5),
        ("centred at the mean of two", by_hand(centred=-1), 1),
        ("the angle in place of the cosine", by_hand(cosine=0.927, centred=1.107), 2.5),
        ("no guess", by_hand(guess="..."), 0.5),
    ],
    "q2": [
        ("the norm of columns", norms_and_center(norms="np.linalg.norm(X, axis=0)"), 1),
        ("the norm of all", norms_and_center(norms="np.linalg.norm(X)"), 1),
        ("the square forgotten", norms_and_center(norms="np.abs(X).sum(axis=1)"), 1),
        ("the median for the mean", norms_and_center(center="X - np.median(X, axis=0)"), 1),
        ("each row's own mean", norms_and_center(center="X - X.mean(axis=1, keepdims=True)"), 1),
        ("one mean of all numbers", norms_and_center(center="X - X.mean()"), 1),
        (
            "the argument changed",
            """
def center(X):
    if np.ndim(X) != 2:
        raise ValueError("X is no matrix")
    X -= np.mean(X, axis=0)
    return X
""",
            0.5,
        ),
        (
            "no error",
            """
def norms(X):
    return np.sqrt((np.asarray(X) ** 2).sum(axis=-1))

def center(X):
    return np.asarray(X) - np.mean(X, axis=0)
""",
            0.5,
        ),
    ],
    "q3": [
        (
            "a loop over pairs, hidden in a helper",
            """
def one(pair):
    return sum(map(lambda x, y: x * y, *pair))

def cosine_matrix(X):
    X = np.asarray(X, dtype=float)
    for i, row in enumerate(X):
        if not row.any():
            raise ValueError(f"row {i}")
    U = (X / np.linalg.norm(X, axis=1, keepdims=True)).tolist()
    found = np.array(list(map(one, [(x, y) for x in U for y in U])))
    return np.clip(found.reshape(len(U), len(U)), -1, 1)
""",
            0.5,
        ),
        ("one norm only", COSINES.replace("U @ U.T", "U @ X.T"), 1.5),
        ("no norm", COSINES.replace("U @ U.T", "X @ X.T"), 1.5),
        (
            "rounding left in",
            COSINES.replace("np.minimum(1, np.maximum(-1, U @ U.T))", "1.0000001 * U @ U.T"),
            0.5,
        ),
        ("the row not named", COSINES.replace('f"row {i} is zero"', '"a row is zero"'), 0.5),
        ("division by zero", COSINES.replace("if not np.any(row)", "if False"), 0.5),
        ("by the dot product", NEAREST.format(score="row @ q", order="-scores[i]"), 1),
        ("worst first", NEAREST.format(score=COSINE, order="scores[i]"), 1),
        ("ties the other way round", NEAREST.format(score=COSINE, order="(-scores[i], -i)"), 0.5),
        (
            "by the Euclidean distance",
            NEAREST.format(score="np.linalg.norm(row - q)", order="scores[i]"),
            1,
        ),
        (
            "a k of any size",
            NEAREST.format(score=COSINE, order="-scores[i]").replace("k < 1 or k > len(X)", "False"),
            0.5,
        ),
        (
            "the squared distance",
            "def distance_of_unit_vectors(cosine):\n    return 2 - 2 * np.asarray(cosine)",
            0.5,
        ),
        (
            "one minus the cosine",
            "def distance_of_unit_vectors(cosine):\n    return 1 - np.asarray(cosine)",
            0.5,
        ),
        ("an empty array", "def distance_of_unit_vectors(cosine):\n    return np.array([])", 0.5),
    ],
    "q4": [
        ("the median for the mean", cloud(centred="X - np.median(X, axis=0)"), 2),
        ("every row with itself too", cloud(pairs="np.ones((60, 60), dtype=bool)"), 2),
        ("each row nearest to itself", cloud(own="pass"), 2),
        ("not centred", cloud(centred="X"), 3),
        ("the mean of the first two rows", cloud(centred="X - X[:2].mean(axis=0)"), 2),
        ("no guess", cloud(guesses="[...] * 4"), 1),
        ("a guess in percent", cloud(guesses="0.5, 0.5, 50, 50"), 1),
        ("kept by the dot product", cloud(first="X @ X.T", second="C @ C.T"), 1),
        ("kept typed in", cloud() + "kept_cosine = 0.95", 1),
    ],
    "q6": [
        ("two of the three", "faults = {1, 2, 4}\nshown = {1: 5.35, 2: 0.473, 4: 0.32}", 2.5),
        ("the first three", "faults = {1, 2, 3}\nshown = {1: 5.35, 2: 0.473, 3: 0.01}", 3.5),
        ("the numbers of the report", "faults = {2, 4, 6}\nshown = {2: 0.02, 4: 0.88, 6: 5.17}", 3),
        ("all seven", "faults = set(range(1, 8))\nshown = dict.fromkeys(faults, 0.32)", 5),
        ("a number for each sentence", "shown = shown | {1: 5.35}", 3.5),
        ("the common words for the rare", "shown = shown | {2: 0.0}", 1),
        ("one word in place of all", "shown = shown | {6: 1.0}", 1),
        ("places counted from zero", "faults = {1, 3, 5}\nshown = {1: 0.473, 3: 0.32, 5: 0.45}", 4.5),
        ("percent", "shown = {place: 100 * number for place, number in shown.items()}", 3),
        ("names without numbers", "shown = {}", 3.5),
    ],
    "q7": [
        ("another control", own(control="rows - 10"), 2),
        ("a random control", own(control="np.random.default_rng(0).integers(0, 20_000, len(rows))"), 2),
        ("the pairs with themselves", own().replace("- n) /", ") /").replace("n * (n - 1)", "n * n"), 3),
        ("the mean of all words", own(middle="glove.vectors.mean(axis=0)"), 1),
        ("the median of the 10,000", own(middle="np.median(glove.vectors[:10_000], axis=0)"), 1),
        ("own mean of the 10,000", own(itself="middle"), 1),
        ("own median", own(itself="np.median(own, axis=0)"), 1),
        ("words of the pages", own(mine='"cat dog horse cow mouse rabbit sheep lion wolf goat".split()'), 1),
        ("the same word ten times", own(mine='["bread"] * 10'), 4),
        ("nine words", own(mine='"bread cheese soup rice pasta butter salad cake pizza".split()'), 4),
        ("no guess", own(guess="..."), 1),
    ],
}
