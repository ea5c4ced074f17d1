import numpy as np
import pandas as pd
import pytest
from embedding_geometry import analogies
from embedding_geometry.wordvectors import load_word_vectors
from gensim.models import KeyedVectors
from gensim.test.utils import datapath
from scipy.spatial.distance import cosine

# Correct and asked among the first 30,000 words, by gensim's evaluate_word_analogies.
SECTIONS = {
    "capital-common-countries": (403, 506),
    "capital-world": (2006, 2715),
    "currency": (31, 236),
    "city-in-state": (354, 2203),
    "family": (259, 342),
    "gram1-adjective-to-adverb": (127, 870),
    "gram2-opposite": (45, 380),
    "gram3-comparative": (699, 1332),
    "gram4-superlative": (202, 600),
    "gram5-present-participle": (397, 930),
    "gram6-nationality-adjective": (1362, 1445),
    "gram7-past-tense": (586, 1560),
    "gram8-plural": (680, 1056),
    "gram9-plural-verbs": (242, 702),
}


@pytest.fixture(scope="module")
def word_vectors():
    return load_word_vectors()


@pytest.fixture(scope="module")
def small(word_vectors):
    """The first 3,000 words, in mixed case, so that the whole benchmark can be answered word by word."""
    vectors = KeyedVectors(50)
    words = [
        word.capitalize() if i % 3 == 0 else word for i, word in enumerate(word_vectors.index_to_key[:3000])
    ]
    vectors.add_vectors(words, word_vectors.vectors[:3000])
    return vectors


def test_the_whole_benchmark_to_the_unit(word_vectors):
    table = analogies.analogy_benchmark(word_vectors, restrict_vocab=30_000)
    for section, (correct, asked) in SECTIONS.items():
        assert table.loc[section, ["correct", "asked"]].tolist() == [correct, asked], section
    assert table.loc["total", ["correct", "asked", "third_word"]].tolist() == [7393, 14_877, 0]
    assert table.loc[["semantic", "syntactic", "total"], "accuracy"].round(4).tolist() == [
        0.5087,
        0.489,
        0.4969,
    ]


@pytest.mark.parametrize(
    ("arguments", "percent"),
    [
        ({"exclude_inputs": False}, 31.96),
        ({"method": "3CosMul"}, 43.25),
        ({"method": "only-c"}, 16.7),
        ({"method": "b+c"}, 15.8),
        ({"method": "opposite"}, 1.8),
    ],
)
def test_the_other_measured_accuracies(word_vectors, arguments, percent):
    total = analogies.analogy_benchmark(word_vectors, restrict_vocab=30_000, **arguments).loc["total"]
    assert 100 * total["accuracy"] == pytest.approx(percent, abs=0.05 if percent < 20 else 0.005)
    if not arguments.get("exclude_inputs", True):
        assert total["third_word"] / total["asked"] == pytest.approx(0.459, abs=0.0005)


def test_agrees_with_gensim_section_by_section(small):
    _, sections = small.evaluate_word_analogies(datapath("questions-words.txt"), restrict_vocab=2000)
    table = analogies.analogy_benchmark(small, restrict_vocab=2000)
    for section in sections[:-1]:
        asked = len(section["correct"]) + len(section["incorrect"])
        expected = [len(section["correct"]), asked] if asked else None
        found = table.loc[section["section"], ["correct", "asked"]].tolist() if asked else None
        assert found == expected, section["section"]


@pytest.mark.filterwarnings("ignore:Call to deprecated `init_sims`")  # gensim calls its own
def test_each_question_is_answered_as_gensim_answers_it(small):
    rows = {word.upper(): row for row, word in reversed(list(enumerate(small.index_to_key)))}
    _, questions = analogies._known_questions(rows)
    some = questions[:: len(questions) // 40]
    for method, gensims in [("3CosAdd", small.most_similar), ("3CosMul", small.most_similar_cosmul)]:
        for exclude_inputs in (True, False):
            answers = analogies._answer(small.get_normed_vectors(), some, method, exclude_inputs)
            for (a, b, c, _), answer in zip(some, answers, strict=True):
                words = [small.index_to_key[row] for row in (a, b, c)]
                if exclude_inputs:
                    expected = gensims([words[1], words[2]], [words[0]], topn=1)[0][0]
                else:
                    x, y, z = (small.get_vector(word, norm=True) for word in words)
                    expected = gensims([y, z], [x], topn=1)[0][0]
                assert small.index_to_key[answer] == expected
                assert analogies.analogy(
                    small, *words, method=method, exclude_inputs=exclude_inputs, topn=1
                )[0][0] == expected  # fmt: skip


def test_known_answers(word_vectors):
    for a, b, c, answer in [("man", "king", "woman", "queen"), ("man", "doctor", "woman", "nurse")]:
        assert analogies.analogy(word_vectors, a, b, c)[0][0] == answer
        assert analogies.analogy(word_vectors, a, b, c, exclude_inputs=False)[0][0] == b
    assert len(analogies.analogy(word_vectors, "man", "king", "woman", topn=3)) == 3


@pytest.mark.parametrize(
    ("dataset", "metric", "spearman"),
    [
        ("wordsim353", "cosine", 0.503),
        ("wordsim353", "dot", 0.467),
        ("wordsim353", "euclidean", 0.464),
        ("simlex999", "cosine", 0.265),
    ],
)
def test_similarity_benchmarks_to_the_third_decimal(word_vectors, dataset, metric, spearman):
    result = analogies.similarity_benchmark(word_vectors, dataset, metric)
    assert result.spearman == pytest.approx(spearman, abs=0.00051)
    assert result.missing == []


@pytest.mark.parametrize("dataset", ["wordsim353", "simlex999"])
def test_similarity_benchmarks_agree_with_gensim(word_vectors, dataset):
    path = datapath(analogies._DATASETS[dataset])
    _, expected, _ = word_vectors.evaluate_word_pairs(path, restrict_vocab=len(word_vectors))
    result = analogies.similarity_benchmark(word_vectors, dataset)
    assert result.spearman == pytest.approx(expected.statistic, abs=1e-6)
    cosines = [
        word_vectors.similarity(x.lower(), y.lower()) for x, y in result.pairs[["word1", "word2"]].values
    ]
    np.testing.assert_allclose(result.pairs["model"], cosines, atol=1e-5)


def test_pairs_without_vectors_are_named(small):
    result = analogies.similarity_benchmark(small, "wordsim353")
    assert len(result.pairs) + len(result.missing) == 353
    assert isinstance(result.pairs, pd.DataFrame)
    assert all(x.lower() not in small or y.lower() not in small for x, y in result.missing)


def test_offset_parallelism():
    offsets = np.random.default_rng(0).normal(size=(20, 5))
    starts = np.random.default_rng(1).normal(size=(20, 5))
    cosines = [1 - cosine(x, y) for i, x in enumerate(offsets) for y in offsets[:i]]
    assert analogies.offset_parallelism(starts, starts + offsets) == pytest.approx(np.mean(cosines))
    assert analogies.offset_parallelism(starts, starts + offsets[0]) == pytest.approx(1)


def test_says_what_is_wrong(word_vectors):
    for call, message in [
        (lambda: analogies.analogy(word_vectors, "a", "b", "c", method="add"), "method must be one of"),
        (lambda: analogies.analogy(word_vectors, "a", "b", "c", topn=0), "topn must be at least 1"),
        (lambda: analogies.analogy_benchmark(word_vectors, method="add"), "method must be one of '3CosAdd'"),
        (
            lambda: analogies.analogy_benchmark(word_vectors, restrict_vocab=10**6),
            "restrict_vocab is 1000000",
        ),
        (lambda: analogies.similarity_benchmark(word_vectors, "men"), "dataset must be one of 'wordsim353'"),
        (lambda: analogies.similarity_benchmark(KeyedVectors(3)), "word_vectors is empty"),
        (lambda: analogies.offset_parallelism([[1, 2]], [[1, 2], [3, 4]]), "must have the same shape"),
        (lambda: analogies.offset_parallelism([[1, 2], [3, 4]], [[1, 2], [3, 5]]), "Row 0 of ends - starts"),
        (lambda: analogies.offset_parallelism([[1, 2]], [[1, 3]]), "the number of pairs in starts"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(KeyError, match="queene"):
        analogies.analogy(word_vectors, "man", "king", "queene")
