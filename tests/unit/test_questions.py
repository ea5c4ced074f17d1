"""The analogy questions, held against gensim's own reading of the same file."""

from pathlib import Path

import numpy as np
import pytest
from embedding_geometry.questions import analogy_pairs, benchmark_questions
from gensim.models import KeyedVectors
from gensim.test.utils import datapath


@pytest.fixture(scope="module")
def gensims():
    """Return gensim's sections, from vectors that have every word of the questions."""
    words = sorted(set(Path(datapath("questions-words.txt")).read_text(encoding="utf-8").upper().split()))
    vectors = KeyedVectors(2)
    vectors.add_vectors(words, np.random.default_rng(0).normal(size=(len(words), 2)))
    _, sections = vectors.evaluate_word_analogies(datapath("questions-words.txt"), restrict_vocab=len(words))
    return {section["section"]: section["correct"] + section["incorrect"] for section in sections[:-1]}


def test_questions_are_gensims_in_their_order(gensims):
    asked: dict[str, list] = {section: [] for section in gensims}
    for section, words in benchmark_questions():
        asked[section].append(words)
    assert sum(map(len, asked.values())) == 19_544
    for section, questions in gensims.items():
        assert sorted(asked[section]) == sorted(tuple(word.lower() for word in words) for words in questions)


@pytest.mark.parametrize("section", ["capital-common-countries", "currency", "family", "gram8-plural"])
def test_pairs_are_those_of_the_questions(gensims, section):
    questions = gensims[section]
    pairs = {(a.lower(), b.lower()) for a, b, *_ in questions}
    pairs |= {(c.lower(), d.lower()) for *_, c, d in questions}
    assert set(analogy_pairs(section).items()) == pairs


def test_unknown_section_names_all():
    with pytest.raises(
        ValueError, match=r"section must be one of 'capital-common-countries'.*'gram9-plural-"
    ):
        analogy_pairs("capitals")
