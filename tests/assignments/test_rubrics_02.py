"""What the assignment says in general is so for many student numbers; its reports hold three faults each."""

import contextlib
import functools
import re

import jupytext
import numpy as np
import pytest
from embedding_geometry.neighbors import nearest_neighbors
from embedding_geometry.questions import analogy_pairs
from make_assignments import SOURCES, given_cells, load_module

NAME, NUMBERS = "02_neighborhoods", range(24)
NAMED = [
    "dot",
    "long",
    "returned",
    "allowed1",
    "only2",
    "least",
    "third3",
    "reversed3",
]  # what refutes each sentence


@pytest.fixture(scope="module")
def notebook():
    return jupytext.read(SOURCES / f"{NAME}.md")


@pytest.fixture(scope="module")
def cells(notebook):
    return notebook.cells


@pytest.fixture(scope="module")
def files():
    return load_module(SOURCES / f"{NAME}_files.py")


@pytest.fixture(scope="module")
def unit(glove):
    Z = glove.vectors.astype(np.float32)
    return Z / np.linalg.norm(Z, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def given(notebook, glove):
    """Return what the given cells make of each student number."""
    spaces, read_once = [], functools.cache(analogy_pairs)
    for number in NUMBERS:
        space = {"student_number": number, "loaded": glove, "read_once": read_once}
        for source in given_cells(notebook):
            quick = re.sub(r"\banalogy_pairs\(", "read_once(", source)
            with contextlib.redirect_stdout(None):
                exec(quick.replace("load_word_vectors()", "loaded"), space)
        spaces.append(space)
    return spaces


def ask(glove, unit, pairs):
    """Return, for each question of two different pairs, what came out and the cosine of the two offsets."""
    rows = np.array([[glove.get_index(word) for word in pair] for pair in pairs])
    to_a, to_b = unit[rows[:, 0]] @ unit.T, unit[rows[:, 1]] @ unit.T
    steps = unit[rows[:, 1]] - unit[rows[:, 0]]
    steps /= np.linalg.norm(steps, axis=1, keepdims=True)
    out: dict[str, list] = {
        name: [] for name in ("excluded", "allowed", "third", "only", "reversed", "parallel")
    }
    for i, (a, b) in enumerate(rows):
        for j, (c, d) in enumerate(rows):
            if i == j:
                continue
            step = to_b[i] - to_a[i]
            top = (to_a[j] + step).argmax()
            out["allowed"].append(top == d)
            out["third"].append(top == c)
            out["parallel"].append(steps[i] @ steps[j])
            for name, scores in (
                ("excluded", to_a[j] + step),
                ("only", +to_a[j]),
                ("reversed", to_a[j] - step),
            ):
                scores[[a, b, c]] = -9
                out[name].append(scores.argmax() == d)
    return {name: np.array(values) for name, values in out.items()}


def near(glove, unit, rows, metric):
    """Return the five nearest other rows of each row, in no order but with the first one first."""
    Z = glove.vectors
    scores = unit[rows] @ unit.T if metric == "cosine" else Z[rows] @ Z.T
    if metric == "euclidean":
        scores -= (Z**2).sum(axis=1) / 2
    scores[np.arange(len(rows)), rows] = -np.inf
    found = np.argpartition(-scores, 5, axis=1)[:, :5]
    best = np.take_along_axis(scores, found, axis=1)
    return np.take_along_axis(found, np.argsort(-best, axis=1), axis=1)


def neighbors(glove, unit, rows):
    """Return the shared shares, the mean norms and the share of returned choices."""
    top = {metric: near(glove, unit, rows, metric) for metric in ("cosine", "dot", "euclidean")}
    shared = {
        m: np.mean([np.isin(a, b).mean() for a, b in zip(top["cosine"], top[m], strict=True)]) for m in top
    }
    norms = {m: np.linalg.norm(glove.vectors[found], axis=-1).mean() for m, found in top.items()}
    choice = top["cosine"][:, 0]
    return shared, norms, np.mean(near(glove, unit, choice, "cosine")[:, 0] == rows)


@pytest.fixture(scope="module")
def classes(glove, unit, given):
    """Return what came out of the analogies for each student number, relation by relation."""
    found = {}
    for number in NUMBERS:
        mine = given[number]["mine"]
        found[number] = {relation: ask(glove, unit, pairs) for relation, pairs in mine.items()}
    return found


def pooled(relations, name):
    return np.concatenate([found[name] for found in relations.values()])


def test_each_relation_asks_132_questions_of_distinct_words(given, glove):
    for space in given:
        assert len(space["mine"]) == 4
        for pairs in space["mine"].values():
            words = [word for pair in pairs for word in pair]
            assert len(pairs) == 12
            assert len(set(words)) == 24
            assert all(word in glove for word in words)


def test_what_the_rubric_says_of_the_analogies(classes):
    gains = []
    for number, relations in classes.items():
        share = {
            name: pooled(relations, name).mean()
            for name in ("excluded", "allowed", "third", "only", "reversed")
        }
        assert share["allowed"] < share["excluded"], number
        assert share["third"] / (1 - share["allowed"]) > 0.5, number
        assert share["reversed"] < 0.1, number
        assert share["only"] < share["excluded"], number
        third, parallel = pooled(relations, "third"), pooled(relations, "parallel")
        assert parallel[third].mean() < parallel[~third].mean() - 0.05, number
        gains += [found["excluded"].mean() - found["only"].mean() for found in relations.values()]
    assert min(gains) < 0  # "from less than nothing to nearly everything"
    assert max(gains) > 0.8


def test_what_the_messages_say_of_each_relation(classes):
    for number, relations in classes.items():
        for relation, found in relations.items():
            assert found["allowed"].mean() <= found["excluded"].mean(), (number, relation)
            assert not (found["allowed"] & found["third"]).any(), (number, relation)


def test_what_the_messages_say_of_neighbours(given, glove):
    X, lengths = glove.vectors, np.linalg.norm(glove.vectors, axis=1)
    for number in range(20):  # one for each band of words
        rows = given[number]["queries"]
        top = {
            metric: nearest_neighbors(X, X[rows], 5, metric, exclude=rows[:, np.newaxis]).indices
            for metric in ("cosine", "dot", "euclidean")
        }
        shared = {
            m: np.mean([np.isin(a, b) for a, b in zip(top["cosine"], top[m], strict=True)]) for m in top
        }
        choice = top["cosine"][:, 0]
        back = nearest_neighbors(X, X[choice], 1, exclude=choice[:, np.newaxis]).indices[:, 0]
        norms = {metric: lengths[found].mean() for metric, found in top.items()}
        assert 0.2 < shared["dot"] < shared["euclidean"] - 0.1 < 0.9, number
        assert 0.2 < np.mean(back == rows) < 0.8, number
        assert 3 < norms["euclidean"] < norms["cosine"] < norms["dot"] - 0.5 < 9, (
            number
        )  # "typical size is 5"


def test_the_first_answer_has_the_largest_miss_that_it_names(cells, given, glove, unit, classes):
    text = "\n".join(cell.source for cell in cells)
    guess = {name: float(value) for name, value in re.findall(r"^guess_(\w+) = ([\d.]+)", text, re.MULTILINE)}
    shared, _, returned = neighbors(glove, unit, given[0]["queries"])
    measured = {"overlap_dot": shared["dot"], "overlap_euclidean": shared["euclidean"], "returned": returned}
    names = {"excluded": "excluded", "allowed": "allowed", "third_word": "third", "only_c": "only"}
    measured |= {name: pooled(classes[0], key).mean() for name, key in names.items()}
    assert set(guess) == set(measured)
    assert max(guess, key=lambda name: abs(guess[name] - measured[name])) == "third_word"


@pytest.fixture(scope="module")
def reports(files, glove, unit):
    """Return what each report is about, measured here, and what the report's own script measured."""
    found = []
    for number, relations in enumerate(files.RELATIONS):
        rows = np.arange(files.FIRST[number], files.FIRST[number] + 2000, 10)
        shared, norms, returned = neighbors(glove, unit, rows)
        own = {"dot": shared["dot"], "euclidean": shared["euclidean"], "returned": returned}
        own |= {"long": norms["dot"], "usual": norms["cosine"]}
        for place, relation in enumerate(relations, start=1):
            pairs = [(a, b) for a, b in analogy_pairs(relation).items() if a in glove and b in glove]
            out = ask(glove, unit, pairs[:16])
            own |= {f"{name}{place}": values.mean() for name, values in out.items() if name != "parallel"}
            own[f"both{place}"] = (out["excluded"] & out["only"]).sum()
            own[f"third_of_wrong{place}"] = out["third"].sum() / (~out["allowed"]).sum()
        excluded = [own[f"excluded{place}"] for place in (1, 2, 3)]
        own |= {"mean": sum(excluded) / 3, "least": min(excluded), "most": max(excluded)}
        found.append((own, files.facts(glove, number)))
    return found


def test_the_reports_print_what_is_measured_here(reports):
    for number, (own, theirs) in enumerate(reports):
        for name, value in theirs.items():
            if not isinstance(value, str):
                assert value == pytest.approx(own[name], abs=0.0045), (number, name)


def test_each_false_sentence_is_false_and_its_number_says_so(reports):
    for own, _ in reports:
        assert own["euclidean"] - own["dot"] > 0.1
        assert own["long"] - own["usual"] > 0.5
        assert own["returned"] < 0.9
        assert own["excluded1"] - own["allowed1"] > 0.05
        assert own["both2"] > 0  # some of the offset's right answers are those of c alone
        assert own["only2"] > 0.1
        assert own["mean"] - own["least"] > 0.1
        assert own["third_of_wrong3"] - own["third3"] > 0.03
        assert own["excluded3"] - own["reversed3"] > 0.1


def test_the_hidden_key_holds_these_faults_and_numbers(reports, files, cells):
    texts = [cell.source for cell in cells if "key = [" in cell.source]
    assert len(texts) == 4
    for text in texts:
        key = eval(re.search(r"key = (\[.*?\])\[", text, re.DOTALL)[1])
        assert [set(part) for part in key] == files.FAULTS
        for part, (own, _) in zip(key, reports, strict=True):
            for sentence, number in part.items():
                assert number == pytest.approx(own[NAMED[sentence - 1]], abs=0.0045)


def test_the_notebook_and_the_reports_speak_of_the_same_data(files, given):
    for number, relations in enumerate(files.RELATIONS):
        space = given[number]
        assert list(space["report_pairs"]) == relations
        assert all(len(pairs) == 16 for pairs in space["report_pairs"].values())
        assert space["report_rows"][0] == files.FIRST[number]


def test_each_report_has_three_faults_of_its_own(files, reports, glove, monkeypatch):
    assert len({frozenset(faults) for faults in files.FAULTS}) == 6
    assert set.union(*files.FAULTS) == set(range(1, 9))
    monkeypatch.setattr(files, "facts", lambda _, number: reports[number][1])
    for number, faults in enumerate(files.FAULTS):
        assert len(faults) == 3
        lines = re.findall(r"^\d\. (.*)$", files.report(glove, number), re.MULTILINE)
        assert len(lines) == 8
        for sentence, line in enumerate(lines, start=1):
            forms = files.FALSE if sentence in faults else files.TRUE
            assert line in [form.format(**reports[number][1]) for form in forms[sentence]]
