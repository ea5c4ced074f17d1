"""The corpora, the embeddings that are counted from them, and the recipes of the stored results."""

import lzma
import math
import shutil
from collections import Counter
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from embedding_geometry import corpus
from embedding_geometry.analogies import similarity_benchmark
from embedding_geometry.cooccurrence import aligned_layouts, cooccurrence_counts, ppmi, window_embedding
from embedding_geometry.corpus import load_glosses, toy_corpus, toy_words
from embedding_geometry.wordvectors import load_word_vectors
from hypothesis import given
from hypothesis import strategies as st
from recipes import DATA, recipe
from scipy.spatial.distance import pdist
from scipy.stats import spearmanr
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.neighbors import NearestNeighbors

# Lines as Princeton's files have them, and what a reader would make of them.
NOUN = (
    "00039740 04 n 01 eye_contact 0 001 @ 00039297 n 0000 | contact that occurs when two people look "
    'directly at each other; "a teacher should make eye contact with the students"  '
)
ADJECTIVE = (
    "00180655 00 a 02 autoecious 0 homoecious 0 001 ! 00180835 a 0101 | of parasites especially rust fungi; "
    'completing the entire life cycle on a single host; "autoecious rust fungi"  '
)


@pytest.fixture(scope="module")
def glosses():
    return load_glosses()


def test_holds_every_synset(glosses):
    # 117,659 is the number of synsets that WordNet 3.0 itself gives (wnstats).
    assert len(glosses) == 117_659
    assert sum(map(len, glosses)) == 1_759_542
    assert glosses[0][:6] == ["entity", "that", "which", "is", "perceived", "or"]
    assert all(glosses)
    letters = set("".join(word for sentence in glosses for word in sentence))
    assert letters == set("abcdefghijklmnopqrstuvwxyz'")


def test_smaller_parts_lie_in_larger_ones(glosses):
    parts = [load_glosses(part) for part in (16, 8, 4, 2)]
    for smaller, larger in zip(parts, [*parts[1:], glosses], strict=True):
        assert smaller == larger[::2]
    with pytest.raises(ValueError, match="part must be at least 1, not 0"):
        load_glosses(0)


def test_recipe_reads_the_dictionary(glosses):
    tokens = recipe("make_corpus").synset_tokens
    contact = "eye contact contact that occurs when two people look directly at each other "
    assert " ".join(tokens(NOUN)) == contact + "a teacher should make eye contact with the students"
    assert tokens(ADJECTIVE)[:4] == ["autoecious", "homoecious", "of", "parasites"]
    # The count of words is hexadecimal, and an adjective may carry its position.
    many = "0 00 a 0b " + " ".join(f"w{chr(97 + i)}(ip) 0" for i in range(11)) + " 000 | it's a gloss"
    assert tokens(many) == [*(f"w{chr(97 + i)}" for i in range(11)), "it's", "a", "gloss"]
    for line in (NOUN, ADJECTIVE):
        assert tokens(line) in glosses


def test_recipe_makes_the_same_bytes_each_time(tmp_path, monkeypatch):
    for part in ("noun", "verb", "adj", "adv"):
        lines = ["  1 The licence, which is no synset.  ", NOUN.replace("eye", part)]
        (tmp_path / f"data.{part}").write_text("\n".join(lines) + "\n", encoding="ascii")
    made = []
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
        arguments = ["make_corpus.py", str(tmp_path), "--out", str(tmp_path / folder)]
        monkeypatch.setattr("sys.argv", arguments)
        recipe("make_corpus").main()
        made.append({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()})
    assert made[0] == made[1]
    lines = lzma.decompress(made[0]["wordnet-glosses.txt.xz"]).decode("ascii").splitlines()
    assert [line.split()[0] for line in lines] == ["noun", "verb", "adj", "adv"]


def test_licence_and_its_notice_travel_with_the_words():
    text = " ".join((DATA / "wordnet-LICENSE.txt").read_text(encoding="ascii").split())
    assert "WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved." in text
    assert "for any purpose and without fee or royalty is hereby granted" in text
    assert 'THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS"' in text


@pytest.mark.parametrize("harm", ["cut", "lose"])
def test_damaged_corpus_is_refused(tmp_path, monkeypatch, harm):
    for name in ("wordnet-glosses.txt.xz", "wordnet-SHA256SUMS"):
        shutil.copy(DATA / name, tmp_path / name)
    packed = tmp_path / "wordnet-glosses.txt.xz"
    if harm == "cut":
        packed.write_bytes(packed.read_bytes()[:-1])
    else:
        packed.unlink()
    monkeypatch.setattr(corpus, "_DATA", tmp_path)
    with pytest.raises(OSError, match="git checkout lib/embedding_geometry/data"):
        load_glosses()


def test_toy_words_are_four_of_each_kind():
    words = toy_words()
    assert words["word"].is_unique
    assert (words.groupby(["part", "topic"]).size() == 4).all()
    assert len(words) == 64


def test_toy_corpus_is_made_as_it_says():
    words = toy_words().set_index("word")
    documents = toy_corpus(400, on_topic=0.25, seed=3)
    assert documents == toy_corpus(400, on_topic=0.25, seed=3)
    assert documents != toy_corpus(400, on_topic=0.25, seed=4)
    order = ["the", "adjective", "noun", "verb", "adverb", "."]
    topmost = []
    for document in documents:
        parts = [words["part"].get(word, word) for word in document]
        assert parts.count("the") == parts.count(".") == 8
        for clause in " ".join(parts).split("the ")[1:]:
            ranks = [order.index(part) for part in clause.split()]
            assert ranks == sorted(ranks)
            assert max(Counter(ranks).values()) <= 3
        topics = words["topic"].reindex(document).dropna()
        topmost.append(topics.value_counts(normalize=True).iloc[0])
    # A quarter by the topic, and a quarter of the rest by lot; the commonest of four is a little above.
    assert np.mean(topmost) == pytest.approx(0.25 + 0.75 / 4, abs=0.02)


def test_toy_corpus_at_both_ends():
    words = toy_words().set_index("word")
    for document in toy_corpus(5, on_topic=1):
        assert words["topic"].reindex(document).dropna().nunique() == 1
    with pytest.raises(ValueError, match=r"on_topic must be from 0 to 1, not 1\.5"):
        toy_corpus(on_topic=1.5)
    with pytest.raises(ValueError, match="n_documents must be at least 1"):
        toy_corpus(0)


@given(
    st.lists(st.lists(st.sampled_from("abcdx"), max_size=12), min_size=1, max_size=4),
    st.integers(1, 14),
)
def test_cooccurrence_counts_every_pair_of_places(documents, window):
    counts = cooccurrence_counts(documents, ["a", "b", "c", "d"], window)
    pairs = Counter(
        pair
        for document in documents
        for i, j in combinations(range(len(document)), 2)
        if j - i <= window
        for pair in ((document[i], document[j]), (document[j], document[i]))
    )
    assert counts.tolist() == [[pairs[word, context] for context in "abcd"] for word in "abcd"]


def test_cooccurrence_refuses_what_it_cannot_count():
    with pytest.raises(ValueError, match="window must be at least 1"):
        cooccurrence_counts([["a"]], ["a"], 0)
    with pytest.raises(ValueError, match="twice"):
        cooccurrence_counts([["a"]], ["a", "a"], 1)


def test_ppmi_is_its_formula():
    counts = np.random.default_rng(0).integers(0, 9, (6, 7))
    total = counts.sum()
    for (i, j), value in np.ndenumerate(ppmi(counts)):
        together = counts[i, j] / total
        by_chance = counts[i].sum() / total * counts[:, j].sum() / total
        assert value == pytest.approx(max(0, math.log(together / by_chance)) if together else 0)


def test_ppmi_of_chance_is_zero_and_of_blocks_is_known():
    assert ppmi(np.outer([1, 2, 3], [4, 5])) == pytest.approx(0)
    blocks = np.kron(np.eye(4), np.ones((3, 3)))
    assert ppmi(blocks) == pytest.approx(blocks * math.log(4))
    with pytest.raises(ValueError, match="zeros"):
        ppmi([[1, 0], [1, 0]])
    with pytest.raises(ValueError, match="zero or more, not -1"):
        ppmi([[1, -1]])


def test_window_embedding_agrees_with_truncated_svd():
    documents, words = toy_corpus(60), toy_words()["word"]
    X = window_embedding(documents, words, 3, n_features=5)
    contexts = sorted({word for document in documents for word in document})
    M = ppmi(cooccurrence_counts(documents, contexts, 3))
    Y = TruncatedSVD(5, algorithm="arpack", random_state=0).fit_transform(M)
    rows = [contexts.index(word) for word in words]
    products = X @ X.T  # signs of the directions are arbitrary
    assert products == pytest.approx((Y @ Y.T)[np.ix_(rows, rows)], abs=1e-8)
    with pytest.raises(ValueError, match="words holds 'whale', which doesn't occur"):
        window_embedding(documents, ["whale"], 3)
    with pytest.raises(ValueError, match="n_features is 99"):
        window_embedding(documents, words, 3, n_features=99)


def test_layouts_are_principal_components_turned_as_little_as_can_be():
    documents, words = toy_corpus(60), toy_words()["word"]
    embeddings = [window_embedding(documents, words, window) for window in (2, 3, 6)]
    layouts = aligned_layouts(embeddings)
    for X, layout in zip(embeddings, layouts, strict=True):
        unit = X / np.linalg.norm(X, axis=1, keepdims=True)
        assert pdist(layout) == pytest.approx(pdist(PCA(2).fit_transform(unit)), abs=1e-9)
        assert layout.mean(axis=0) == pytest.approx(0, abs=1e-12)
    angles = np.radians(np.arange(0, 360, 0.5))
    for before, after in pairwise(layouts):
        moved = np.linalg.norm(after - before)
        for mirror in (1, -1):
            turns = np.array(
                [[np.cos(angles), -np.sin(angles)], [mirror * np.sin(angles), mirror * np.cos(angles)]]
            )
            others = np.einsum("ij,jka->aik", after, turns)
            assert (np.linalg.norm(others - before, axis=(1, 2)) >= moved - 1e-9).all()


def purity(X, labels, k=5):
    """Count in another way than the library: scikit-learn's neighbours of unit vectors."""
    unit = X / np.linalg.norm(X, axis=1, keepdims=True)
    near = NearestNeighbors(n_neighbors=k + 1).fit(unit).kneighbors(unit, return_distance=False)
    return np.mean(
        [np.mean([labels[j] == labels[i] for j in row if j != i][:k]) for i, row in enumerate(near)]
    )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_window_decides_between_part_of_speech_and_topic(seed):
    documents, words = toy_corpus(seed=seed), toy_words()
    narrow, wide = (window_embedding(documents, words["word"], window) for window in (1, 12))
    assert purity(narrow, words["part"]) > 0.95
    assert purity(narrow, words["topic"]) < 0.4
    assert purity(wide, words["part"]) < 0.3
    assert purity(wide, words["topic"]) > 0.9


def test_stored_curve_is_what_its_recipe_makes():
    make = recipe("make_word2vec_curve")
    stored = pd.read_csv(DATA / "word2vec-curve.csv")
    assert stored.groupby(["part", "model"]).size().to_dict() == {
        (part, model): 1 if model == "GloVe 50d" else len(make.SETTINGS) * len(make.SEEDS)
        for part in make.PARTS
        for model in ("CBOW", "skip-gram", "GloVe 50d")
    }
    sentences = load_glosses(16)
    model = make.train(sentences, "skip-gram", "tuned", seed=2)
    shared = [word for word in load_word_vectors().index_to_key if word in model]
    row = stored.query("part == 16 and model == 'skip-gram' and settings == 'tuned' and seed == 2").iloc[0]
    assert row["words"] == sum(map(len, sentences))
    fresh = make.scores(make.restricted(model, shared))
    counts = [name for name in fresh if not name.endswith(("353", "999"))]
    # Other processors may sum in another order, which moves a rank or an answer now and then.
    assert row[counts].to_list() == pytest.approx([fresh[name] for name in counts], abs=2)
    for name in ("wordsim353", "simlex999"):
        assert row[name] == pytest.approx(fresh[name], abs=0.02)


def test_stored_grid_is_what_its_recipe_makes():
    make = recipe("make_word2vec_grid")
    grid = pd.read_csv(DATA / "word2vec-grid.csv")
    assert len(grid) == len(make.DRAWS) * (len(make.PARTS) * len(make.DIMENSIONS) + len(make.WHOLE))
    words, vectors = make.train(16, 25, 1)
    shared = [word for word in load_word_vectors().index_to_key if word in vectors]
    row = grid.query("part == 16 and dimensions == 25 and draw == 1").iloc[0]
    fresh = {"words": words} | make.scores(make.restricted(vectors, shared))
    for name, value in fresh.items():
        assert row[name] == pytest.approx(value, abs=0.03 if name in ("wordsim353", "simlex999") else 2)


def test_stored_cosines_rank_the_pairs_as_the_benchmarks_do():
    pairs = pd.read_csv(DATA / "word2vec-pairs.csv")
    grid = pd.read_csv(DATA / "word2vec-grid.csv")
    for dataset in ("wordsim353", "simlex999"):
        rated = similarity_benchmark(load_word_vectors(), dataset).pairs
        found = pairs[pairs["dataset"] == dataset].reset_index(drop=True)
        assert found["GloVe 50d"].to_numpy() == pytest.approx(rated["model"].to_numpy(), abs=1e-3)
        for draw in (0, 1, 2):
            trained = found[f"skip-gram 100d {draw + 1}"]
            known = trained.notna()
            score = spearmanr(trained[known], rated["human"][known]).statistic
            row = grid.query("part == 1 and dimensions == 100 and draw == @draw").iloc[0]
            assert row[dataset] == pytest.approx(score, abs=1e-3)


def test_stored_bands_are_what_their_recipe_measures():
    stored = pd.read_csv(DATA / "frequency-bands.csv")
    assert len(stored) == 200
    frequent = load_word_vectors().vectors[:30_000]
    fresh = recipe("make_frequency_bands").frequency_bands(frequent)
    assert stored[:15].to_numpy() == pytest.approx(fresh.to_numpy(), abs=1e-3)
    cosines = 1 - pdist(frequent[20_000:22_000].astype(float), "cosine")
    assert stored.loc[stored["first"] == 20_000, "mean_cosine"].item() == pytest.approx(
        cosines.mean(), abs=1e-3
    )
