"""Write the six reports of assignment 6, of which each student reads one, with three planted faults in each."""

# sentences stand as in the reports
# ruff: noqa: E501

import embedding_geometry.retrieval as retrieval
import numpy as np
from embedding_geometry.analogies import analogy_benchmark
from embedding_geometry.corpus import load_glosses
from embedding_geometry.intervals import bootstrap_interval, paired_bootstrap
from embedding_geometry.questions import analogy_pairs
from embedding_geometry.similarity import normalize
from embedding_geometry.wordvectors import load_word_vectors

SEEDS = [1000, 1001, 1002, 1005, 1006, 1007]
SECTIONS = [
    "gram3-comparative",
    "gram8-plural",
    "family",
    "gram4-superlative",
    "gram9-plural-verbs",
    "gram7-past-tense",
]
SIZES = [5_000, 8_000, 9_000, 6_000, 10_000, 7_000]
FAULTS = [{2, 4, 7}, {1, 6, 8}, {3, 5, 7}, {1, 4, 5}, {2, 6, 8}, {3, 4, 6}]

TOP = """\
**Report {number}.** The queries: 150 words, {words} and so on. What is searched: the {n_definitions:,} definitions, the word
itself taken out unless it is said, ranked by cosine unless it is said; AP is average precision, and intervals are over the queries. The
analogies: GloVe 50d, the question's words left out; the pairs of *{section}*, and the first {size:,} and 20,000 words.
"""
# For each sentence two true forms and two false ones.
TRUE = {
    1: (
        "The MAP is {gain:.3f} higher with SIF's weights than with the plain mean, with an interval from {gain_low:.3f} to"
        " {gain_high:.3f} where the same queries are drawn for both.",
        "Drawn in pairs, the gain of SIF's weights in MAP, {gain:.3f}, has an interval from {gain_low:.3f} to"
        " {gain_high:.3f}, which leaves 0 out.",
    ),
    2: (
        "The plain mean has a MAP of {plain:.3f}, and half of the queries have an AP of {median:.3f} or less.",
        "Few queries make the plain mean's MAP of {plain:.3f}: the median AP is {median:.3f}.",
    ),
    3: (
        "Of the ten definitions that the plain mean puts first, a share of {precision:.3f} is right on average; for"
        " {hit:.3f} of the queries at least one is.",
        "The plain mean's precision@10 is {precision:.3f}, and {hit:.3f} of the queries have something right among the ten.",
    ),
    4: (
        "With SIF's weights the MAP is {sif:.3f}; with the word left in its own definitions it would be {leak:.3f}.",
        "SIF's weights have a MAP of {sif:.3f}, and of {leak:.3f} if nobody takes the word out of its definitions.",
    ),
    5: (
        "By dot product one definition (plain means) stands in {dot:.3f} of all lists of ten; by cosine the most frequent one"
        " stands in {cosine:.3f}.",
        "The greatest hub among the plain means is in {cosine:.3f} of the lists of ten by cosine, and in {dot:.3f} of them by"
        " dot product.",
    ),
    6: (
        "For a share of {better:.3f} of the queries the AP is higher with SIF's weights than with the plain mean.",
        "SIF's weights raise the AP of {better:.3f} of the queries, and not of the others.",
    ),
    7: (
        "The offset method answers {score:.3f} of *{section}*; with the pairs drawn again the interval goes from"
        " {pairs_low:.3f} to {pairs_high:.3f}.",
        "Other pairs would move the {score:.3f} of *{section}*: their interval goes from {pairs_low:.3f} to {pairs_high:.3f}.",
    ),
    8: (
        "Of all analogies that {size:,} words can ask, the offset method answers {small:.3f}, and of those of 20,000 words"
        " {large:.3f}.",
        "The offset method's total is {small:.3f} among {size:,} words and {large:.3f} among 20,000.",
    ),
}
FALSE = {
    1: (
        "The MAP has an interval from {plain_low:.3f} to {plain_high:.3f} for the plain mean and from {sif_low:.3f} to"
        " {sif_high:.3f} for SIF's weights: they overlap, so the interval of the gain holds 0.",
        "Since the two MAPs' intervals overlap ({plain_low:.3f} to {plain_high:.3f}, and {sif_low:.3f} to {sif_high:.3f} with"
        " SIF's weights), an interval of their difference on these queries must hold 0.",
    ),
    2: (
        "The plain mean has a MAP of {plain:.3f}, so half of the queries have an AP of {plain:.3f} or more.",
        "A typical query has the AP that the plain mean's MAP says: {plain:.3f} or more for at least half of them.",
    ),
    3: (
        "Of the ten definitions that the plain mean puts first, a share of {hit:.3f} is right on average.",
        "The plain mean's precision@10 is {hit:.3f}.",
    ),
    4: (
        "With SIF's weights, and the word taken out of its definitions, the MAP is {leak:.3f}.",
        "SIF's weights have a MAP of {leak:.3f} on definitions that do not hold the word itself.",
    ),
    5: (
        "By dot product the most frequent definition (plain means) stands in {cosine:.3f} of all lists of ten; by cosine"
        " one stands in {dot:.3f}.",
        "The greatest hub among the plain means is in {dot:.3f} of the lists of ten by cosine, and in {cosine:.3f} of them by"
        " dot product.",
    ),
    6: (
        "For *{example}* SIF's weights lift the AP from {example_plain:.3f} to {example_sif:.3f}, and so they raise it for"
        " each of these queries.",
        "SIF's weights raise the AP of every query: that of *{example}*, for one, from {example_plain:.3f} to"
        " {example_sif:.3f}.",
    ),
    7: (
        "The offset method answers {score:.3f} of *{section}*; with the pairs drawn again the interval goes from"
        " {questions_low:.3f} to {questions_high:.3f}.",
        "Other pairs would move the {score:.3f} of *{section}*: their interval goes from {questions_low:.3f} to"
        " {questions_high:.3f}.",
    ),
    8: (
        "Of all analogies that {size:,} words can ask, the offset method answers {small:.3f}, and the same share of those of"
        " 20,000 words.",
        "The offset method's total is {small:.3f} among {size:,} words as among 20,000.",
    ),
}


class Collection:
    """The definitions of the assignment, as vectors."""

    def __init__(self, glove):
        self.glove, V = glove, glove.vectors.astype(float)
        self.large = analogy_benchmark(glove, restrict_vocab=20_000).loc["total", "accuracy"]
        lines = [
            [word for word in line if word in glove] for line in load_glosses(part=16) if line[0] in glove
        ]
        lines = [line for line in lines if sum(word != line[0] for word in line) >= 8]
        self.heads = np.array([line[0] for line in lines])
        words, counts = np.unique(self.heads, return_counts=True)
        self.words = words[counts >= 2]
        self.plain, self.sif, self.leak = ([] for _ in range(3))
        for line in lines:
            rows = np.array([glove.get_index(word) for word in line])
            weights = 0.001 / (0.001 + 0.1 / (rows + 1))
            kept = rows != rows[0]
            self.plain.append(V[rows[kept]].mean(axis=0))
            self.sif.append(np.average(V[rows[kept]], axis=0, weights=weights[kept]))
            self.leak.append(np.average(V[rows], axis=0, weights=weights))

    def ranking(self, queries, vectors, measure="cosine"):
        Q, D = self.glove[list(queries)].astype(float), np.array(vectors)
        if measure == "cosine":
            Q, D = normalize(Q), normalize(D)
        return np.argsort(-(Q @ D.T), axis=1, kind="stable")


def retrieval_facts(collection, seed):
    """Return what a report says of the definitions."""
    queries = np.random.default_rng(seed).choice(collection.words, 150, replace=False)
    orders = {
        name: collection.ranking(queries, getattr(collection, name)) for name in ("plain", "sif", "leak")
    }
    right = {name: collection.heads[order] == queries[:, np.newaxis] for name, order in orders.items()}
    ap = {name: np.asarray(retrieval.average_precision(rel)) for name, rel in right.items()}
    gain, plain, sif = (
        paired_bootstrap(ap["sif"], ap["plain"]),
        bootstrap_interval(ap["plain"]),
        bootstrap_interval(ap["sif"]),
    )
    found = {name: values.mean() for name, values in ap.items()}
    found |= {"gain": gain.value, "gain_low": gain.low, "gain_high": gain.high}
    found |= {"plain_low": plain.low, "plain_high": plain.high, "sif_low": sif.low, "sif_high": sif.high}
    found |= {"median": np.median(ap["plain"]), "better": np.mean(ap["sif"] > ap["plain"])}
    found |= {"precision": right["plain"][:, :10].mean(), "hit": right["plain"][:, :10].any(axis=1).mean()}
    lists = {"cosine": orders["plain"], "dot": collection.ranking(queries, collection.plain, "dot")}
    found |= {name: np.bincount(order[:, :10].ravel()).max() / 150 for name, order in lists.items()}
    example = np.argmax(ap["sif"] - ap["plain"])
    found |= {"example": queries[example], "example_plain": ap["plain"][example]}
    return found | {
        "example_sif": ap["sif"][example],
        "words": ", ".join(f"*{word}*" for word in queries[:4]),
    }


def section_facts(glove, section):
    """Return what a report says of one section of the analogies."""
    pairs = [pair for pair in analogy_pairs(section).items() if pair[0] in glove and pair[1] in glove]
    a, b = (np.array([glove.get_index(word) for word in words]) for words in zip(*pairs, strict=True))
    unit, n = normalize(glove.vectors), len(a)
    right = np.empty((n, n))
    for i in range(n):
        scores = (unit[b[i]] - unit[a[i]] + unit[a]) @ unit.T
        scores[:, [a[i], b[i]]] = -np.inf
        scores[np.arange(n), a] = -np.inf
        right[i] = scores.argmax(axis=1) == b

    def share(drawn):
        drawn = drawn.astype(int)
        return right[np.ix_(drawn, drawn)][drawn[:, np.newaxis] != drawn].mean()

    questions, over = (
        bootstrap_interval(right[~np.eye(n, dtype=bool)]),
        bootstrap_interval(np.arange(n), share),
    )
    found = {"section": section, "score": over.value, "pairs_low": over.low, "pairs_high": over.high}
    return found | {"questions_low": questions.low, "questions_high": questions.high}


def facts(collection, number):
    """Return all that the report of a number, or its corrected form, says."""
    glove, size = collection.glove, SIZES[number]
    found = retrieval_facts(collection, SEEDS[number]) | section_facts(glove, SECTIONS[number])
    found["small"] = analogy_benchmark(glove, restrict_vocab=size).loc["total", "accuracy"]
    found["large"] = collection.large
    return found | {"size": size, "number": number, "n_definitions": len(collection.heads)}


def report(collection, number):
    """Return the report of a number from 0 to 5."""
    found = facts(collection, number)
    lines = [
        f"{place}. "
        + (FALSE if place in FAULTS[number] else TRUE)[place][(number + place) % 2].format(**found)
        for place in TRUE
    ]
    return TOP.format(**found) + "\n" + "\n".join(lines) + "\n"


def write(folder):
    """Write the six reports into the folder ``reports``."""
    (folder / "reports").mkdir()
    collection = Collection(load_word_vectors())
    for number in range(len(FAULTS)):
        text = report(collection, number)
        (folder / "reports" / f"retrieval-{number}.md").write_text(text, encoding="utf-8")
