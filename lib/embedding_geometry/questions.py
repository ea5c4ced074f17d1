"""The analogy questions of the word2vec paper, as gensim brings them along."""

from functools import cache
from importlib import resources

from embedding_geometry._validation import check_choice

# Not gensim.test.utils, whose import reads a corpus, and takes longer than these questions.
GENSIM_DATA = resources.files("gensim.test") / "test_data"


@cache
def benchmark_questions() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return all 19,544 questions in their order: the section of each, and its four words in lower case.

    Returns
    -------
    tuple of (str, tuple of str)

    References
    ----------
    Mikolov et al. (2013), Efficient Estimation of Word Representations in Vector Space.

    Examples
    --------
    >>> benchmark_questions()[0]
    ('capital-common-countries', ('athens', 'greece', 'baghdad', 'iraq'))
    """
    questions, section = [], ""
    for line in (GENSIM_DATA / "questions-words.txt").read_text(encoding="utf-8").lower().splitlines():
        if line.startswith(": "):
            section = line[2:]
        else:
            questions.append((section, tuple(line.split())))
    return tuple(questions)


def analogy_pairs(section: str) -> dict[str, str]:
    """Return the pairs of words from which the questions of a section are made.

    Parameters
    ----------
    section : str
        Such as "capital-world", "currency" or "gram8-plural".

    Returns
    -------
    dict of str to str
        From the first word of each pair to its second, in lower case. Only "glendale", a city in two
        states, has two partners: the later one is kept.

    Raises
    ------
    ValueError
        If there is no such section; the message names all.

    Examples
    --------
    >>> analogy_pairs("capital-world")["paris"]
    'france'
    """
    questions = benchmark_questions()
    check_choice(section, "section", list(dict.fromkeys(name for name, _ in questions)))
    return {words[0]: words[1] for name, words in questions if name == section}
