"""Corpora to learn from: the glosses of WordNet, and a synthetic one."""

import hashlib
import lzma
import sys
from importlib import resources

import numpy as np
import pandas as pd

from embedding_geometry._validation import check_between, check_count, check_seed

_DATA = resources.files("embedding_geometry") / "data"
_GLOSSES = "wordnet-glosses.txt.xz"

_TOY_WORDS = {
    "noun": {
        "sea": "ship harbour anchor wave",
        "kitchen": "soup bread oven onion",
        "music": "violin melody chord drum",
        "money": "bank price loan market",
    },
    "verb": {
        "sea": "sails drifts sinks floats",
        "kitchen": "simmers bakes fries boils",
        "music": "sings hums strums plays",
        "money": "pays buys sells invests",
    },
    "adjective": {
        "sea": "salty stormy tidal nautical",
        "kitchen": "spicy crispy savoury ripe",
        "music": "tuneful melodic rhythmic choral",
        "money": "cheap costly bankrupt profitable",
    },
    "adverb": {
        "sea": "ashore offshore aboard seaward",
        "kitchen": "freshly hungrily tastily slowly",
        "music": "loudly softly tunefully harmoniously",
        "money": "cheaply profitably thriftily lavishly",
    },
}


def load_glosses(part: int = 1) -> list[list[str]]:
    """Load the glosses of WordNet 3.0 as tokens, in lower case and without punctuation.

    A sentence is one synset: the words that share a meaning, then the gloss that explains it and its
    examples, if any. So synonyms stand side by side.

    Parameters
    ----------
    part : int
        Take one of so many lines, spread over the whole dictionary: 1 takes all, 16 a sixteenth. A
        part holds every smaller part whose number is a multiple of its own.

    Returns
    -------
    list of list of str
        117,659 sentences of 1,759,542 words in all, where `part` is 1.

    Raises
    ------
    ValueError
        If `part` is less than 1, or isn't a whole number.
    OSError
        If the file is damaged or missing.

    References
    ----------
    Fellbaum (1998), WordNet: An Electronic Lexical Database.

    Examples
    --------
    >>> load_glosses(part=16)[0][:8]
    ['entity', 'that', 'which', 'is', 'perceived', 'or', 'known', 'or']
    """
    check_count(part, "part")
    lines = _read_glosses().splitlines()
    # Interned: the same word is one object, which takes a fifth of the memory.
    return [list(map(sys.intern, line.split())) for line in lines[::part]]


def toy_words() -> pd.DataFrame:
    """Return the 64 words of the synthetic corpus: four of each part of speech in each of four topics.

    Returns
    -------
    DataFrame
        Columns word, part and topic.

    Examples
    --------
    >>> toy_words().iloc[[0, 63]]
            word    part  topic
    0       ship    noun    sea
    63  lavishly  adverb  money
    """
    rows = [
        (word, part, topic)
        for part, by_topic in _TOY_WORDS.items()
        for topic, words in by_topic.items()
        for word in words.split()
    ]
    return pd.DataFrame(rows, columns=["word", "part", "topic"])


def toy_corpus(n_documents: int = 300, on_topic: float = 0.25, seed: int = 0) -> list[list[str]]:
    """Write a small corpus in which a word's place says its part of speech, and its document the topic.

    A document has one topic and eight clauses. A clause is "the", then adjectives, nouns, verbs and
    adverbs in this order, up to three of each, and a full stop. Each word is taken from the document's
    topic with the probability `on_topic`; otherwise from any topic.

    Parameters
    ----------
    n_documents : int
        From 1 to 100,000.
    on_topic : float
        From 0, where documents have no topic, to 1, where they have no other.
    seed : int

    Returns
    -------
    list of list of str
        The words of each document, among them "the" and "."; the same for the same seed.

    Raises
    ------
    ValueError
        If `n_documents` is out of range, `on_topic` isn't from 0 to 1, or `seed` is no whole number.

    Examples
    --------
    >>> print(*toy_corpus(1)[0][:9])
    the spicy cheap chord chord onion sinks floats .
    """
    check_count(n_documents, "n_documents", most=100_000)
    check_between(on_topic, "on_topic", 0, 1)
    rng = np.random.default_rng(check_seed(seed))
    topics = list(_TOY_WORDS["noun"])
    documents = []
    for _ in range(n_documents):
        own_topic, document = rng.choice(topics), []
        for _ in range(8):
            document.append("the")
            for part in ("adjective", "noun", "verb", "adverb"):
                for _ in range(rng.integers(4)):
                    topic = own_topic if rng.random() < on_topic else rng.choice(topics)
                    document.append(str(rng.choice(_TOY_WORDS[part][topic].split())))
            document.append(".")
        documents.append(document)
    return documents


def _read_glosses() -> str:
    advice = "Restore it with `git checkout lib/embedding_geometry/data`, or install the course again."
    try:
        data = (_DATA / _GLOSSES).read_bytes()
        sums = (_DATA / "wordnet-SHA256SUMS").read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise OSError(f"The course's corpus can't be read: {error}. {advice}") from error
    if hashlib.sha256(data).hexdigest() not in sums:
        raise OSError(f"The course's file {_GLOSSES} is damaged (its SHA-256 sum differs). {advice}")
    return lzma.decompress(data).decode("ascii")
