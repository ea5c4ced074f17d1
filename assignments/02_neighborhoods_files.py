"""Write the six reports of assignment 2, of which each student reads one, with three planted faults in each."""

# sentences stand as in the reports
# ruff: noqa: E501

import numpy as np
from embedding_geometry.neighbors import nearest_neighbors
from embedding_geometry.questions import analogy_pairs
from embedding_geometry.similarity import normalize
from embedding_geometry.wordvectors import load_word_vectors

RELATIONS = [
    ["capital-world", "gram5-present-participle", "gram4-superlative"],
    ["gram3-comparative", "gram8-plural", "gram7-past-tense"],
    ["family", "gram5-present-participle", "gram1-adjective-to-adverb"],
    ["gram9-plural-verbs", "family", "gram7-past-tense"],
    ["capital-world", "gram8-plural", "gram9-plural-verbs"],
    ["gram4-superlative", "gram3-comparative", "gram2-opposite"],
]
FIRST = [3_000, 5_000, 8_000, 11_000, 14_000, 17_000]
FAULTS = [{1, 4, 6}, {2, 5, 7}, {3, 6, 8}, {1, 5, 8}, {2, 3, 4}, {3, 5, 7}]

TOP = """\
**Report {number}.** The vectors: the course's GloVe, all 30,113 words as possible neighbours and answers. The words:
rows {first:,}, {second:,}, {third:,} and so on, 200 in all, and the five nearest of each. The relations: {relations}; of each
the first 16 pairs that GloVe has, so 240 questions a relation.
"""
# For each sentence two true forms and two false ones.
TRUE = {
    1: (
        "Of the five words nearest by cosine, a share of {dot:.2f} is also among the five nearest by dot product, and"
        " {euclidean:.2f} among those by Euclidean distance.",
        "The dot product shares {dot:.2f} of its five nearest with the cosine, the Euclidean distance {euclidean:.2f} of them.",
    ),
    2: (
        "The dot product finds longer vectors than the cosine does: a mean norm of {long:.2f} against {usual:.2f}.",
        "By cosine the neighbours have a mean norm of {usual:.2f}; by dot product it is more, {long:.2f}.",
    ),
    3: (
        "Of the 200 words a share of {returned:.2f} is the first neighbour (by cosine) of its own first neighbour, so many"
        " choices are not returned.",
        "First choices by cosine are not always mutual: {returned:.2f} of the 200 are returned.",
    ),
    4: (
        "In {r1} the offset method answers {excluded1:.2f} with a, b and c left out as answers, and {allowed1:.2f} with"
        " all words allowed.",
        "Whether a, b and c are allowed as answers makes a difference in {r1}: {allowed1:.2f} with them, {excluded1:.2f}"
        " without.",
    ),
    5: (
        "In {r2} the offset method answers {excluded2:.2f}, and the word nearest to c alone is already right in"
        " {only2:.2f} (the question's words left out in both).",
        "The {excluded2:.2f} of {r2}, words left out, must be held against {only2:.2f} for the word nearest to c, which"
        " never looks at a and b.",
    ),
    6: (
        "With the words left out the mean accuracy over the three relations is {mean:.2f}, and single ones go from"
        " {least:.2f} to {most:.2f}.",
        "The accuracy, words left out, depends on the relation: from {least:.2f} to {most:.2f}, with a mean of {mean:.2f}.",
    ),
    7: (
        "In {r3}, all words allowed, c itself is the answer to {third3:.2f} of the questions.",
        "With all words allowed, {third3:.2f} of the questions of {r3} are answered by c itself.",
    ),
    8: (
        "Turned round, as a - b + c, the offset answers {reversed3:.2f} in {r3}, and as it should be {excluded3:.2f}: its"
        " direction matters (words left out).",
        "The direction of the offset matters in {r3}: {excluded3:.2f} are right with b - a + c, and {reversed3:.2f} with"
        " a - b + c, words left out.",
    ),
}
FALSE = {
    1: (
        "Of the five words nearest by cosine, a share of {euclidean:.2f} is also among the five nearest by dot product, and"
        " {dot:.2f} among those by Euclidean distance.",
        "The dot product shares {euclidean:.2f} of its five nearest with the cosine, the Euclidean distance {dot:.2f} of them.",
    ),
    2: (
        "The dot product finds shorter vectors than the cosine does: a mean norm of {usual:.2f} against {long:.2f}.",
        "By cosine the neighbours have a mean norm of {long:.2f}; by dot product it is less, {usual:.2f}.",
    ),
    3: (
        "By cosine the first neighbour of *{one}* is *{other}*, and that of *{other}* is *{one}*: first neighbours among these"
        " words are mutual.",
        "First choices by cosine are mutual: *{one}* has *{other}* as its first neighbour, and *{other}* has *{one}*.",
    ),
    4: (
        "In {r1} the offset method answers {excluded1:.2f}, and every word of the vocabulary is allowed as an answer, a, b"
        " and c too.",
        "Nothing is left out as an answer in {r1}, not even a, b and c, and the offset method is right in {excluded1:.2f}.",
    ),
    5: (
        "In {r2} the offset method answers {excluded2:.2f} with the question's words left out; without a and b nothing of"
        " this would be found.",
        "The {excluded2:.2f} of {r2}, words left out, are all the work of the offset b - a: c alone leads to none of these"
        " answers.",
    ),
    6: (
        "With the words left out the mean accuracy over the three relations is {mean:.2f}, so each of the three is answered"
        " at this rate, give or take 0.10.",
        "The accuracy, words left out, has a mean of {mean:.2f}, and none of the three relations is more than 0.10 away from"
        " it.",
    ),
    7: (
        "In {r3}, all words allowed, c itself is the answer to {third_of_wrong3:.2f} of the questions.",
        "With all words allowed, {third_of_wrong3:.2f} of the questions of {r3} are answered by c itself.",
    ),
    8: (
        "Turned round, as a - b + c, the offset answers {excluded3:.2f} in {r3}, the same as b - a + c: its direction does"
        " not matter (words left out).",
        "The direction of the offset does not matter in {r3}: {excluded3:.2f} are right with a - b + c as with b - a + c,"
        " words left out.",
    ),
}


def neighbor_facts(glove, first):
    """Return what the report says of the neighbours of its 200 words."""
    X, rows = glove.vectors, np.arange(first, first + 2_000, 10)

    def near(rows, metric):
        return nearest_neighbors(X, X[rows], 5, metric, exclude=rows[:, np.newaxis]).indices

    found = {metric: near(rows, metric) for metric in ("cosine", "dot", "euclidean")}
    facts = {
        metric: np.mean(
            [len(set(a) & set(b)) / 5 for a, b in zip(found["cosine"], found[metric], strict=True)]
        )
        for metric in ("dot", "euclidean")
    }
    choice = found["cosine"][:, 0]
    mutual = near(choice, "cosine")[:, 0] == rows
    example = np.argmax(mutual)
    return facts | {
        "long": np.linalg.norm(X[found["dot"]], axis=-1).mean(),
        "usual": np.linalg.norm(X[found["cosine"]], axis=-1).mean(),
        "returned": mutual.mean(),
        "one": glove.index_to_key[rows[example]],
        "other": glove.index_to_key[choice[example]],
    }


def accuracies(glove, relation):
    """Return the scores of the first 16 pairs of a relation."""
    pairs = [pair for pair in analogy_pairs(relation).items() if pair[0] in glove and pair[1] in glove]
    a, b = (np.array([glove.get_index(word) for word in words]) for words in zip(*pairs[:16], strict=True))
    unit, other = normalize(glove.vectors), ~np.eye(16, dtype=bool)

    def answers(sign, *, exclude):
        found = np.empty((16, 16), dtype=int)
        for i in range(16):
            scores = (sign * (unit[b[i]] - unit[a[i]]) + unit[a]) @ unit.T
            if exclude:
                scores[:, [a[i], b[i]]] = -np.inf
                scores[np.arange(16), a] = -np.inf
            found[i] = scores.argmax(axis=1)
        return found

    free = answers(1, exclude=False)
    facts = {
        "excluded": answers(1, exclude=True) == b,
        "allowed": free == b,
        "only": answers(0, exclude=True) == b,
        "reversed": answers(-1, exclude=True) == b,
        "third": free == a,
    }
    shares = {name: right[other].mean() for name, right in facts.items()}
    return shares | {"third_of_wrong": shares["third"] / (1 - shares["allowed"])}


def facts(glove, number):
    """Return all that the report of a number, or its corrected form, says."""
    found = neighbor_facts(glove, FIRST[number])
    for place, relation in enumerate(RELATIONS[number], start=1):
        found[f"r{place}"] = f"*{relation}*"
        found |= {f"{name}{place}": value for name, value in accuracies(glove, relation).items()}
    excluded = [found[f"excluded{place}"] for place in (1, 2, 3)]
    return found | {"mean": np.mean(excluded), "least": min(excluded), "most": max(excluded)}


def report(glove, number):
    """Return the report of a number from 0 to 5."""
    found, first = facts(glove, number), FIRST[number]
    lines = [
        f"{place}. "
        + (FALSE if place in FAULTS[number] else TRUE)[place][(number + place) % 2].format(**found)
        for place in TRUE
    ]
    top = TOP.format(
        number=number,
        first=first,
        second=first + 10,
        third=first + 20,
        relations=", ".join(f"*{relation}*" for relation in RELATIONS[number]),
    )
    return top + "\n" + "\n".join(lines) + "\n"


def write(folder):
    """Write the six reports into the folder ``reports``."""
    (folder / "reports").mkdir()
    glove = load_word_vectors()
    for number in range(len(FAULTS)):
        text = report(glove, number)
        (folder / "reports" / f"neighborhoods-{number}.md").write_text(text, encoding="utf-8")
