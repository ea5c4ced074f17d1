"""Analogies: a is to b as c is to what? And the benchmarks that word vectors are held against."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from gensim.models import KeyedVectors
from scipy.stats import spearmanr

from embedding_geometry._scaling import check_directions, unit_vectors
from embedding_geometry._validation import (
    FloatArray,
    IntArray,
    as_floats,
    check_choice,
    check_count,
    check_flag,
    check_text,
    check_type,
)
from embedding_geometry.diagnostics import mean_cosine
from embedding_geometry.neighbors import METRICS
from embedding_geometry.questions import GENSIM_DATA, benchmark_questions

# How much of the unit vectors of a, b and c is in the vector whose nearest word is the answer.
_MIXTURES = {
    "3CosAdd": (-1, 1, 1),
    "only-c": (0, 0, 1),
    "b+c": (0, 1, 1),
    "opposite": (1, -1, 1),
}
_DATASETS = {"wordsim353": "wordsim353.tsv", "simlex999": "simlex999.txt"}
_BLOCK = 64  # pairs a, b, and words c, that are compared with all words at a time


@dataclass(frozen=True)
class SimilarityBenchmark:
    """How well the similarities of word vectors rank pairs of words as people do."""

    dataset: str
    metric: str
    spearman: float
    """Spearman's rank correlation with people's ratings, from -1 to 1."""
    pairs: pd.DataFrame = field(repr=False)
    """The pairs that were compared: columns word1, word2, human, model."""
    missing: list[tuple[str, str]]
    """The pairs of which a word has no vector."""


def analogy(
    word_vectors: KeyedVectors,
    a: str,
    b: str,
    c: str,
    *,
    method: str = "3CosAdd",
    exclude_inputs: bool = True,
    topn: int = 10,
) -> list[tuple[str, float]]:
    """Answer the question: a is to b as c is to what?

    Parameters
    ----------
    word_vectors : KeyedVectors
    a, b, c : str
    method : {"3CosAdd", "3CosMul"}
        3CosAdd, the offset method, takes the words nearest to b - a + c, all scaled to norm 1, by cosine;
        3CosMul, those of the highest cos(b) cos(c) / cos(a), the cosines shifted to 0 to 1.
    exclude_inputs : bool
        Whether a, b and c themselves are left out of the answers. With False they often come first.
    topn : int
        How many answers.

    Returns
    -------
    list of (str, float)
        Words with their cosine or quotient, best first, as gensim gives them.

    Raises
    ------
    KeyError
        If a word has no vector.
    TypeError
        If `word_vectors` aren't gensim's.
    ValueError
        If another argument is none of these, or a vector is zero or isn't finite.

    References
    ----------
    Mikolov, Yih and Zweig (2013), Linguistic Regularities in Continuous Space Word Representations.
    Levy and Goldberg (2014), Linguistic Regularities in Sparse and Explicit Word Representations.

    Examples
    --------
    >>> from embedding_geometry.wordvectors import load_word_vectors
    >>> word_vectors = load_word_vectors()
    >>> analogy(word_vectors, "man", "king", "woman", topn=1)[0][0]
    'queen'
    >>> analogy(word_vectors, "man", "king", "woman", topn=1, exclude_inputs=False)[0][0]
    'king'
    """
    _check_words(word_vectors)
    with np.errstate(over="ignore"):
        word_vectors.fill_norms()
    if not (np.isfinite(word_vectors.norms).all() and word_vectors.norms.all()):
        raise ValueError("word_vectors must be finite, and none of them zero, for cosines to be defined")
    for word, name in ((a, "a"), (b, "b"), (c, "c")):
        check_text(word, name)
    check_choice(method, "method", ("3CosAdd", "3CosMul"))
    check_flag(exclude_inputs, "exclude_inputs")
    check_count(topn, "topn")
    # gensim leaves out a word that it is given as a word, but not one that it is given as a vector.
    x, y, z = (word_vectors.get_vector(word, norm=True) for word in (a, b, c))
    positive, negative = ([b, c], [a]) if exclude_inputs else ([y, z], [x])
    if method == "3CosMul":
        return word_vectors.most_similar_cosmul(positive, negative, topn=topn)
    return word_vectors.most_similar(positive, negative, topn=topn)


def analogy_benchmark(
    word_vectors: KeyedVectors,
    *,
    method: str = "3CosAdd",
    exclude_inputs: bool = True,
    restrict_vocab: int | None = None,
) -> pd.DataFrame:
    """Answer the 19,544 questions of Mikolov et al. (2013), section by section.

    Words are compared without regard to case. A question with a word that has no vector isn't asked.

    Parameters
    ----------
    word_vectors : KeyedVectors
    method : {"3CosAdd", "3CosMul", "only-c", "b+c", "opposite"}
        The two methods of ``analogy``, and baselines that don't use the offset, or turn it round: the
        word nearest to c, to b + c, or to a - b + c.
    exclude_inputs : bool
        Whether the three words of the question are left out of the answers. With False, b + c is equally
        near to b and to c.
    restrict_vocab : int, optional
        Use the first so many words alone, as questions and answers; all where it isn't given.

    Returns
    -------
    DataFrame
        A row for each section of which questions were asked, then semantic and syntactic, likewise, and
        total; columns asked, correct, accuracy, and third_word: how many answers were c itself, which is
        never correct. Of words that score the same, but for rounding, the first in `word_vectors` is the
        answer.

    Raises
    ------
    TypeError
        If `word_vectors` aren't gensim's.
    ValueError
        If `method` is unknown, `restrict_vocab` is more than there are words, a vector is zero or isn't
        finite, or no question has vectors for all of its words.

    References
    ----------
    Mikolov et al. (2013), Efficient Estimation of Word Representations in Vector Space.
    Linzen (2016), Issues in Evaluating Semantic Spaces Using Word Analogies: the baselines.

    Examples
    --------
    >>> from embedding_geometry.wordvectors import load_word_vectors
    >>> table = analogy_benchmark(load_word_vectors(), restrict_vocab=30_000)
    >>> table.loc["family", ["asked", "correct"]].astype(int).to_dict()
    {'asked': 342, 'correct': 259}
    """
    _check_words(word_vectors)
    check_choice(method, "method", [*_MIXTURES, "3CosMul"])
    check_flag(exclude_inputs, "exclude_inputs")
    if restrict_vocab is not None:
        check_count(restrict_vocab, "restrict_vocab", most=len(word_vectors))
    words = word_vectors.index_to_key[:restrict_vocab]
    rows = {word.upper(): row for row, word in reversed(list(enumerate(words)))}
    sections, questions = _known_questions(rows)
    if not sections:
        raise ValueError(
            f"none of the questions can be asked of {len(words)} words: word_vectors or restrict_vocab "
            "must have all four words of one at least"
        )
    unit = unit_vectors(as_floats(word_vectors.vectors[: len(words)], "word_vectors"), "word_vectors")
    answers = _answer(unit, questions, method, exclude_inputs)
    table = pd.DataFrame({"section": sections})
    table["asked"] = 1
    table["correct"] = answers == questions[:, 3]
    table["third_word"] = answers == questions[:, 2]
    by_section = table.groupby("section", sort=False).sum()
    syntactic = by_section.index.str.startswith("gram")
    kinds = {"semantic": by_section[~syntactic], "syntactic": by_section[syntactic], "total": by_section}
    sums = {kind: part.sum() for kind, part in kinds.items() if len(part)}
    result = pd.concat([by_section, pd.DataFrame(sums).T])
    result.insert(2, "accuracy", result["correct"] / result["asked"])
    return result


def similarity_benchmark(
    word_vectors: KeyedVectors, dataset: str = "wordsim353", metric: str = "cosine"
) -> SimilarityBenchmark:
    """Compare the similarities of word vectors with people's ratings of pairs of words.

    Parameters
    ----------
    word_vectors : KeyedVectors
    dataset : {"wordsim353", "simlex999"}
        WordSim-353 asked how related two words are, SimLex-999 how similar. Both are read from gensim.
    metric : {"cosine", "dot", "euclidean"}
        What to rank the pairs by; by distance, the nearest first.

    Returns
    -------
    SimilarityBenchmark
        ``spearman``, the ``pairs`` and the ``missing`` ones. A word is looked up as it is spelt, and in
        lower case where that has no vector.

    Raises
    ------
    ValueError
        If `dataset` or `metric` is unknown, fewer than two pairs have vectors, all are equally similar, or a
        vector isn't finite, or is zero and the metric is the cosine.
    TypeError
        If `word_vectors` aren't gensim's.

    References
    ----------
    Finkelstein et al. (2002), Placing Search in Context: The Concept Revisited.
    Hill, Reichart and Korhonen (2015), SimLex-999.

    Examples
    --------
    >>> from embedding_geometry.wordvectors import load_word_vectors
    >>> result = similarity_benchmark(load_word_vectors(), "simlex999")
    >>> len(result.pairs), result.missing
    (999, [])
    """
    _check_words(word_vectors)
    check_choice(dataset, "dataset", _DATASETS)
    check_choice(metric, "metric", METRICS)
    with (GENSIM_DATA / _DATASETS[dataset]).open(encoding="utf-8") as lines:
        pairs = pd.read_csv(lines, sep="\t", comment="#", names=["word1", "word2", "human"])
    keys = [[word if word in word_vectors else word.lower() for word in pairs[i]] for i in ("word1", "word2")]
    known = np.array([x in word_vectors and y in word_vectors for x, y in zip(*keys, strict=True)])
    if known.sum() < 2:
        raise ValueError(f"{dataset} needs two pairs of words with vectors at the least, not {known.sum()}")
    both = [word_vectors[[key for key, use in zip(k, known, strict=True) if use]] for k in keys]
    first, second = (as_floats(vectors, "word_vectors") for vectors in both)
    if metric == "cosine":
        check_directions(np.vstack([first, second]), "the vectors of the pairs' words in word_vectors")
    missing = list(zip(pairs["word1"][~known], pairs["word2"][~known], strict=True))
    pairs = pairs[known].assign(model=METRICS[metric](first, second)).reset_index(drop=True)
    if pairs["model"].nunique() == 1:
        raise ValueError("word_vectors make all pairs equally similar: how well that ranks them is undefined")
    likeness = -pairs["model"] if metric == "euclidean" else pairs["model"]
    spearman = float(spearmanr(pairs["human"], likeness).statistic)
    return SimilarityBenchmark(dataset, metric, spearman, pairs, missing)


def offset_parallelism(starts: npt.ArrayLike, ends: npt.ArrayLike) -> float:
    """Return how parallel the offsets of several pairs are: the mean cosine of two different offsets.

    An offset method supposes that a relation, such as that of a country to its capital, is nearly the
    same offset for all pairs. Compare with the same ends in a shuffled order.

    Parameters
    ----------
    starts, ends : array_like of shape (n_pairs, n_features)
        The vectors of the first and of the second word of each pair; two pairs or more.

    Returns
    -------
    float
        From -1 / (n_pairs - 1) to 1, where all offsets have one direction.

    Raises
    ------
    ValueError
        If an argument isn't a matrix of finite numbers, the shapes differ, there are fewer than two
        pairs, or the two vectors of a pair are the same.

    References
    ----------
    Fournier, Dupoux and Dunbar (2020), Analogies minus analogy test: offset concentration score.

    Examples
    --------
    >>> round(offset_parallelism([[0, 0], [1, 0]], [[0, 1], [1, 5]]), 4)
    1.0
    """
    starts, ends = as_floats(starts, "starts"), as_floats(ends, "ends")
    if starts.shape != ends.shape:
        raise ValueError(f"starts and ends must have the same shape, not {starts.shape} and {ends.shape}")
    check_count(len(starts), "the number of pairs in starts", least=2)
    return mean_cosine(unit_vectors(ends - starts, "ends - starts"))


def _check_words(word_vectors: KeyedVectors) -> None:
    check_type(word_vectors, "word_vectors", KeyedVectors, "gensim's KeyedVectors")
    if not len(word_vectors):
        raise ValueError("word_vectors is empty: it needs at least one word")


def _known_questions(rows: dict[str, int]) -> tuple[list[str], IntArray]:
    """Return the section of each question whose words all have a row, and these rows."""
    sections, questions = [], []
    for section, words in benchmark_questions():
        found = [rows.get(word.upper(), -1) for word in words]  # gensim compares in upper case
        if min(found) >= 0:
            sections.append(section)
            questions.append(found)
    return sections, np.array(questions, dtype=np.int64).reshape(-1, 4)


def _answer(unit: FloatArray, questions: IntArray, method: str, exclude_inputs: bool) -> IntArray:
    """Return the row of the word that each question's method ranks first.

    Many questions share their pair a, b, and many their word c: each is compared with all words but once.
    """
    pair_of, pairs = pd.factorize(questions[:, 0] * len(unit) + questions[:, 1])
    third_of, thirds = pd.factorize(questions[:, 2])
    a, b = np.divmod(pairs, len(unit))
    combine = np.multiply if method == "3CosMul" else np.add
    answers, scores = np.empty(len(questions), np.int64), np.empty(len(unit), unit.dtype)
    rounding = 8 * np.finfo(unit.dtype).eps
    blocks = pd.DataFrame({"pair": pair_of // _BLOCK, "third": third_of // _BLOCK})
    for asked in blocks.groupby(["pair", "third"]).indices.values():
        i, j = blocks.to_numpy()[asked[0]] * _BLOCK
        of_pairs, of_thirds = _scores(
            unit, a[i : i + _BLOCK], b[i : i + _BLOCK], thirds[j : j + _BLOCK], method
        )
        for question in asked:
            combine(of_pairs[pair_of[question] % _BLOCK], of_thirds[third_of[question] % _BLOCK], out=scores)
            if exclude_inputs:
                scores[questions[question, :3]] = -np.inf
            best = scores.max()
            answers[question] = (scores >= best - rounding * max(1, abs(best))).argmax()
    return answers


def _scores(
    unit: FloatArray, a: IntArray, b: IntArray, c: IntArray, method: str
) -> tuple[FloatArray, FloatArray]:
    """Return what each pair a, b and each word c brings to the score of each word."""
    if method == "3CosMul":
        to_a, to_b, to_c = ((1 + unit[word] @ unit.T) / 2 for word in (a, b, c))
        return to_b / (to_a + 1e-6), to_c
    x, y, z = _MIXTURES[method]
    return (x * unit[a] + y * unit[b]) @ unit.T, z * unit[c] @ unit.T
