"""Other right solutions of assignment 3, and plausible wrong ones, for student number 0."""

DIRECTIONS = """
def principal_directions(X, n):
    X = np.asarray(X, dtype={dtype})
    if {out_of_range}:
        raise ValueError("n is out of range")
    {centre}
    values, vectors = np.linalg.eigh(X.T @ X)
    values, vectors = np.clip(values[::-1], 0, None), vectors[:, ::-1]
    values = {power}
    return {directions}, {shares}

def reached(shares, goal):
    total = 0
    for number, share in enumerate(shares, start=1):
        total += share
        if total {reaches} goal:
            return number {less}

guess_ninety, guess_ninety_shuffled = {guesses}
n_half = reached(principal_directions(X, 50)[1], 0.5)
n_ninety = reached(principal_directions(X, 50)[1], 0.9)
again = {shuffle}
n_ninety_shuffled = reached(principal_directions(again, 50)[1], 0.9)
"""


def directions(**changed):
    """Return an answer to question 1, by the eigenvectors of the covariance matrix."""
    parts = {
        "dtype": "float",
        "out_of_range": "n < 1 or n > X.shape[1]",
        "centre": "X = X - X.mean(axis=0)",
        "power": "values",
        "directions": "vectors.T[:n]",
        "shares": "(values / values.sum())[:n]",
        "reaches": ">=",
        "less": "",
        "guesses": "[50, 50]",
        "shuffle": "np.random.default_rng(student_number).permuted(X, axis=0)",
    }
    return DIRECTIONS.format(**(parts | changed))


OWN = """
one = {one}
other = {other}
guess_right_first = guess_right_last = guess_shuffled_mean = guess_shuffled_highest = {guess}
U = principal_directions({cloud}, 50)[0]
share = principal_directions({cloud}, 50)[1]
A, B = np.asarray(glove[list({fit})], dtype=float), np.asarray(glove[list({test})], dtype=float)
n, m = len(one[::2]), len(one[1::2])
labels = [0] * n + [1] * (len(A) - n)

def score(labels, V):
    right = 0
    for i, x in enumerate(B):
        far = []
        for kind in (0, 1):
            mean = np.mean([a for a, label in zip(A, labels) if label == kind], axis=0)
            far.append(np.linalg.norm((x - mean) @ V.T))
        right += (far[1] < far[0]) == (i >= m)
    return right / len(B)

right_all = score(labels, np.eye(50))
right_first, right_last = score(labels, U[:10]), score(labels, {last})
variance_first, variance_last = sum(share[:10]), sum(share[25:])
draws = [score(list(np.random.default_rng(seed).permutation(labels)), np.eye(50)) for seed in {seeds}]
shuffled_mean, shuffled_highest = {mean}, max(draws)
"""


def own(**changed):
    """Return an answer to question 2."""
    parts = {
        "one": '"happy good beautiful excellent wonderful nice great pleasant lovely brilliant perfect '
        'charming gentle".split()',
        "other": '"sad bad ugly terrible awful nasty horrible unpleasant cruel stupid poor boring".split()',
        "guess": 0.5,
        "cloud": "table",
        "fit": "one[::2] + other[::2]",
        "test": "one[1::2] + other[1::2]",
        "last": "U[25:]",
        "seeds": "range(20)",
        "mean": "sum(draws) / len(draws)",
    }
    return OWN.format(**(parts | changed))


SAME_WORDS = {
    "one": '"bread cheese soup rice pasta butter salad cake meat sauce sugar honey".split()',
    "other": '"hammer saw drill knife needle brush ladder rope nail blade fork axe".split()',
}

REMOVE = """
def remove_direction(X, d):
    X, d = np.asarray(X, dtype={dtype}), np.asarray(d, dtype={dtype})
    if not np.any(d):
        raise ValueError("d is zero")
    return {left}
"""
REMOVED = """
he_she = np.asarray({axis}, dtype=float)
guess_share_along, guess_right_before, guess_right_after, guess_right_flipped = {guesses}
A = np.array([glove[man] for man, _ in {fit}], dtype=float)
B = np.array([glove[woman] for _, woman in {fit}], dtype=float)
C = np.array([glove[man] for man, _ in {unseen}], dtype=float)
D = np.array([glove[woman] for _, woman in {unseen}], dtype=float)
u = (A - B).mean(axis=0)
share_along = {share}
right_before = np.mean((C - D) @ u > 0)
P = np.eye(50) - np.outer(he_she, he_she) / (he_she @ he_she)
v = {anew}
right_after = np.mean((C - D) @ P @ v > 0)
flipped = []
for seed in {seeds}:
    signs = np.random.default_rng(seed).choice([-1, 1], 12)
    flipped.append(np.mean((C - D) @ (signs[:, None] * (A - B)[:12]).mean(axis=0) > 0))
right_flipped = {flipped}
"""


def removed(**changed):
    """Return an answer to the measurements of question 3."""
    parts = {
        "axis": 'glove["he"] - glove["she"]',
        "guesses": "[0.5] * 4",
        "fit": "fit_pairs",
        "unseen": "unseen_pairs",
        "share": "(u @ he_she / np.linalg.norm(u) / np.linalg.norm(he_she)) ** 2",
        "anew": "P @ u",
        "seeds": "range(20)",
        "flipped": "np.mean(flipped)",
    }
    return REMOVED.format(**(parts | changed))


SOFTMAX = """
def softmax(scores, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature must be above zero")
    s = np.asarray(scores, dtype=float)
    {body}
"""
STABLE = """e = np.exp((s - s.max(axis=-1, keepdims=True)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)"""
ATTENTION = """
def attention(Q, K, V, mask=None):
    Q, K, V = np.asarray(Q, dtype=float), np.asarray(K, dtype=float), np.asarray(V, dtype=float)
    output, weights = [], []
    for i, q in enumerate(Q):
        look = [j for j in range(len(K)) if mask is None or mask[i][j]]
        {blind}
        e = np.exp([{score} for j in look])
        w = np.zeros(len(K))
        w[look] = e / {total}
        weights.append(w)
        output.append({output})
    return {result}
"""


def attends(**changed):
    """Return an answer to the second half of question 4."""
    parts = {
        "blind": "assert_looks(look)",
        "score": "K[j] @ q / len(q) ** 0.5",
        "total": "e.sum()",
        "output": "w @ V",
        "result": "np.array(output), np.array(weights)",
    }
    looks = "\ndef assert_looks(look):\n    if not look:\n        raise ValueError('looks nowhere')\n"
    return looks + ATTENTION.format(**(parts | changed))


READS = """
guess_top_own = guess_own_share = guess_filler_share = guess_own_share_centred = {guess}
words = one + other + "the of and to in".split()
kinds = ["one"] * len(one) + ["other"] * len(other) + ["filler"] * 5

def reads(Z, divisor={divisor}):
    top, own, filler = [], [], []
    for i in range(len(one) + len(other)):
        places = [j for j in range(len(words)) if {allowed}]
        s = np.array([Z[i] @ Z[j] / divisor for j in places])
        w = np.exp(s - s.max())
        w /= w.sum()
        top.append(kinds[places[int(w.argmax())]] == kinds[i])
        own.append(sum(x for x, j in zip(w, places) if kinds[j] == kinds[i]))
        filler.append(sum(x for x, j in zip(w, places) if kinds[j] == "filler"))
    return {mean}(top), {mean}(own), {mean}(filler)

Z = np.asarray(glove[words], dtype=float)
top_own, own_share, filler_share = reads({vectors})
own_share_centred = reads(Z - {middle})[1]
equal_share = {equal}
"""


def reads(**changed):
    """Return an answer to question 5."""
    parts = {
        "guess": 0,
        "divisor": "50 ** 0.5",
        "allowed": "j != i",
        "mean": "np.mean",
        "vectors": "Z",
        "middle": "table.mean(axis=0)",
        "equal": "np.mean([(kinds.count(kind) - 1) / (len(words) - 1) for kind in kinds[:-5]])",
    }
    return READS.format(**(parts | changed))


RIGHT = {
    "q1": [
        ("eigenvectors of the covariance", directions()),
        (
            "lists of lists",
            directions(directions="vectors.T[:n].tolist()", shares="list(values / values.sum())[:n]"),
        ),
        ("float32", directions(dtype="np.float32", guesses="np.array([30, 45])")),
    ],
    "q2": [
        ("happy and sad, a loop", own()),
        (
            "the same words, an array of texts",
            own(**SAME_WORDS)
            .replace("U =", "one, other = np.array(one), other\nU =")
            .replace("list(one[::2] + other[::2])", "[*one[::2], *other[::2]]")
            .replace("list(one[1::2] + other[1::2])", "[*one[1::2], *other[1::2]]"),
        ),
    ],
    "q3": [
        (
            "a projection matrix",
            removed() + REMOVE.format(dtype="float", left="X @ (np.eye(len(d)) - np.outer(d, d) / (d @ d))"),
        ),
        (
            "float32, a loop",
            REMOVE.format(dtype="np.float32", left="[x - (x @ d) / (d @ d) * d for x in X]"),
        ),
    ],
    "q4": [
        ("a loop over queries", attends()),
        (
            "logarithms",
            SOFTMAX.format(
                body="""from scipy.special import logsumexp
    return np.exp(s / temperature - logsumexp(s / temperature, axis=-1, keepdims=True))"""
            ),
        ),
        ("lists", attends(result="[list(o) for o in output], [list(w) for w in weights]")),
    ],
    "q5": [
        ("a loop over words", reads()),
        ("guesses far off", reads(guess=1)),
    ],
    "q6": [
        ("the share of the other half", "faults = [4, 2, 3]\nshown = {2: 0.305, 3: 1.088, 4: 0.4167}"),
        (
            "numbers of numpy",
            "faults = {2, 3, 4}\nshown = dict(zip([2, 3, 4], np.array([0.305, 1.0883, 0.417])))",
        ),
    ],
}

WRONG = {
    "q1": [
        ("not centred", directions(centre=""), 2.5),
        ("singular values not squared", directions(power="np.sqrt(values)"), 2),
        ("a direction a column", directions(directions="vectors[:, :n]"), 1.5),
        (
            "least variance first",
            directions(directions="vectors.T[::-1][:n]", shares="(values / values.sum())[::-1][:n]"),
            3.5,
        ),
        ("shares among the n kept", directions(shares="values[:n] / values[:n].sum()"), 1),
        ("one direction too few", directions(less="- 1"), 1.5),
        ("n of any size", directions(out_of_range="False"), 0.5),
        (
            "words shuffled, not coordinates",
            directions(shuffle="np.random.default_rng(0).permutation(X)"),
            0.5,
        ),
        ("the page's numbers", "n_ninety, n_ninety_shuffled = 36, 44", 1.5),
        ("no guess", directions(guesses="..., ..."), 0.5),
    ],
    "q2": [
        (
            "tested on the words it was made of",
            own(test="one[::2] + other[::2]").replace(
                "m = len(one[::2]), len(one[1::2])", "m = len(one[::2]), len(one[::2])"
            ),
            3,
        ),
        ("means of all words", own(fit="one + other").replace("n, m = len(one[::2])", "n, m = len(one)"), 2),
        ("one seed for twenty", own(seeds="[0]"), 1),
        ("seeds from one", own(seeds="range(1, 21)"), 1),
        ("the median of the seeds", own(mean="np.median(draws)"), 1),
        ("directions of the 300 words", own(cloud="X"), 2),
        ("the last ten", own(last="U[40:]").replace("share[25:]", "share[40:]"), 1),
        ("all 95 per cent", "right_all = right_first = right_last = shuffled_mean = 0.95", 3),
        (
            "words of the page",
            own(one='"king queen bank loan money river water flooded bat plant seal rock".split()'),
            1,
        ),
        (
            "eleven words",
            own(other='"sad bad ugly terrible awful nasty horrible unpleasant cruel stupid poor".split()'),
            1,
        ),
        (
            "the same words twice",
            own(other="list(one[:12])"),
            4,
        ),
        ("no guess", own(guess="..."), 1),
    ],
    "q3": [
        ("d not scaled", REMOVE.format(dtype="float", left="X - np.outer(X @ d, d)"), 1),
        ("scaled once only", REMOVE.format(dtype="float", left="X - np.outer(X @ d, d) / np.sqrt(d @ d)"), 1),
        (
            "the projection in place of the rest",
            REMOVE.format(dtype="float", left="np.outer(X @ d, d) / (d @ d)"),
            1,
        ),
        (
            "a zero divided",
            REMOVE.format(dtype="float", left="X - np.outer(X @ d, d) / (d @ d)").replace(
                "not np.any(d)", "False"
            ),
            0.5,
        ),
        ("the direction of all pairs", removed(fit="fit_pairs + unseen_pairs"), 1.5),
        ("tested on the fit pairs", removed(unseen="fit_pairs"), 2),
        (
            "the cosine, not its square",
            removed(share="u @ he_she / np.linalg.norm(u) / np.linalg.norm(he_she)"),
            0.5,
        ),
        ("his and hers", removed(axis='glove["man"] - glove["woman"]'), 1.5),
        ("one seed for twenty", removed(seeds="[0]"), 0.5),
        ("nothing left by decree", removed() + "right_after = 0.5", 1.5),
        ("no guess", removed(guesses="[...] * 4"), 0.5),
    ],
    "q4": [
        (
            "no largest score subtracted",
            SOFTMAX.format(body="e = np.exp(s / temperature)\n    return e / e.sum(axis=-1, keepdims=True)"),
            0.5,
        ),
        (
            "along the first axis",
            SOFTMAX.format(
                body="e = np.exp((s - s.max(axis=0)) / temperature)\n    return e / e.sum(axis=0)"
            ),
            2,
        ),
        (
            "one sum for all",
            SOFTMAX.format(body="e = np.exp((s - s.max()) / temperature)\n    return e / e.sum()"),
            1.5,
        ),
        (
            "times the temperature",
            SOFTMAX.format(body=f"s = s * temperature ** 2\n    {STABLE}"),
            0.5,
        ),
        (
            "any temperature",
            SOFTMAX.format(body=STABLE).replace("temperature <= 0", "False"),
            0.5,
        ),
        ("not scaled", attends(score="K[j] @ q"), 1),
        ("divided by d", attends(score="K[j] @ q / len(q)"), 1),
        ("blind queries read nothing", attends(blind="pass"), 0.5),
        ("the keys are handed out", attends(output="w @ K"), 1),
        ("the weights alone", attends(result="np.array(weights)"), 1.5),
        ("the mask the other way round", attends().replace("mask[i][j]]", "not mask[i][j]]"), 1),
    ],
    "q5": [
        ("reads itself too", reads(allowed="True"), 3),
        ("not scaled", reads(divisor="1"), 2),
        ("the median for the mean", reads(mean="np.median"), 3),
        ("unit vectors", reads(vectors="Z / np.linalg.norm(Z, axis=1, keepdims=True)"), 1),
        ("centred on its own mean", reads(middle="Z.mean(axis=0)"), 1),
        (
            "itself counted in the control",
            reads(equal="np.mean([kinds.count(kind) / len(words) for kind in kinds[:-5]])"),
            1,
        ),
        ("one half for a control", reads(equal="0.5"), 1),
        ("no guess", reads(guess="..."), 1),
    ],
    "q6": [
        ("two of the three", "faults = {2, 3, 5}\nshown = {2: 0.305, 3: 1.088, 5: 0.086}", 2.5),
        ("the numbers of the report", "faults = {2, 3, 4}\nshown = {2: 0.10, 3: 11.9, 4: 0.71}", 3),
        ("all six", "faults = {1, 2, 3, 4, 5, 6}\nshown = dict.fromkeys(faults, 0.3)", 5),
        ("the others", "faults = {1, 5, 6}\nshown = {1: 41, 5: 0.086, 6: 0.25}", 4.5),
        ("a number for each sentence", "shown = shown | {1: 41}", 3.5),
        ("percent", "shown = {2: 30.5, 3: 108.8, 4: 41.7}", 3),
        ("names without numbers", "shown = {}", 3.5),
        ("right on the words it was made of", "shown = shown | {4: 17 / 24}", 1),
    ],
}
