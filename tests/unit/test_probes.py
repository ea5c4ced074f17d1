import numpy as np
import pytest
from embedding_geometry import probes as p
from embedding_geometry.description_length import online_code_length
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_validate

DIGITS = load_digits()
X, Y = DIGITS.data[:600] / 16, DIGITS.target[:600]
TYPES = np.tile(np.arange(120), 10)
TOKENS = np.random.default_rng(6).normal(size=(120, 8))[TYPES]


def test_the_majority_baseline_is_scikit_learns():
    labels = ["noun"] * 5 + ["verb"] * 3
    dummy = DummyClassifier(strategy="most_frequent").fit(np.zeros((8, 1)), labels)
    assert p.majority_baseline(labels) == dummy.score(np.zeros((8, 1)), labels) == 5 / 8


def test_the_probe_is_cross_validated_logistic_regression():
    expected = cross_validate(
        LogisticRegression(max_iter=1000), X, Y,
        cv=StratifiedKFold(5, shuffle=True, random_state=3), return_train_score=True,
    )  # fmt: skip
    result = p.linear_probe(X, Y, seed=3)
    np.testing.assert_allclose(result.test_scores, expected["test_score"])
    np.testing.assert_allclose(result.train_scores, expected["train_score"])
    assert result.test_accuracy == pytest.approx(expected["test_score"].mean())
    assert (result.n_samples, result.n_classes) == (600, 10)
    assert result.majority == p.majority_baseline(Y)


def test_labels_may_be_words_and_the_seed_decides():
    words = np.array(["even", "odd"])[Y % 2]
    one, other = p.linear_probe(X, words, seed=1), p.linear_probe(X, Y % 2, seed=1)
    np.testing.assert_array_equal(one.test_scores, other.test_scores)
    assert p.linear_probe(X, words, seed=2).test_scores.tolist() != one.test_scores.tolist()


def test_groups_are_never_split():
    # The label is a coin for each type: it can be remembered, but not learnt.
    labels = p.control_task(TYPES, 2, seed=0)
    rich = np.eye(120)[TYPES]
    assert p.linear_probe(rich, labels).test_accuracy == 1
    assert p.linear_probe(rich, labels, groups=TYPES).test_accuracy < 0.7


@given(st.integers(2, 9), st.integers(0, 100))
def test_a_control_task_gives_each_type_one_class(n_classes, seed):
    labels = p.control_task(TYPES, n_classes, seed)
    assert labels.shape == TYPES.shape
    assert set(labels) <= set(range(n_classes))
    assert all(len(set(labels[kind == TYPES])) == 1 for kind in range(120))
    np.testing.assert_array_equal(labels, p.control_task(TYPES, n_classes, seed))


def test_a_control_task_can_have_the_frequencies_of_the_task():
    labels = p.control_task(np.arange(20_000), 3, weights=[6, 3, 1])
    np.testing.assert_allclose(np.bincount(labels) / 20_000, [0.6, 0.3, 0.1], atol=0.02)


def test_selectivity_is_the_difference():
    result = p.selectivity(TOKENS, TOKENS[:, 0] > 0, TYPES)
    assert result.selectivity == result.task.test_accuracy - result.control.test_accuracy
    assert result.task.test_accuracy > 0.95
    # 120 one-hot types can be remembered entirely: no selectivity is left.
    memory = p.selectivity(np.eye(120)[TYPES], TOKENS[:, 0] > 0, TYPES)
    assert memory.selectivity == pytest.approx(0, abs=0.01)


def test_types_must_recur():
    with pytest.raises(ValueError, match="types hardly recur"):
        p.selectivity(X, Y, np.arange(600))


def test_the_online_code_is_that_of_voita_and_titov():
    fractions = [0.1, 0.5, 1]
    code = online_code_length(X, Y, fractions, seed=4)
    order = np.random.default_rng(4).permutation(600)
    rows, labels = X[order], Y[order]
    bits = 60 * np.log2(10)
    for start, end in [(60, 300), (300, 600)]:
        # Another solver than the function takes, run until nothing moves.
        probe = LogisticRegression(solver="lbfgs", max_iter=10_000, tol=1e-9).fit(
            rows[:start], labels[:start]
        )
        probabilities = probe.predict_proba(rows[start:end])
        bits -= sum(np.log2(row[label]) for row, label in zip(probabilities, labels[start:end], strict=True))
    assert code.code_length == pytest.approx(bits)
    assert code.uniform_code_length == pytest.approx(600 * np.log2(10))
    assert code.compression == pytest.approx(600 * np.log2(10) / bits)
    assert code.block_ends == (60, 300, 600)


def test_code_lengths_tell_easy_labels_from_random_ones():
    easy = online_code_length(X, Y)
    none = online_code_length(X, np.random.default_rng(0).integers(10, size=600))
    assert easy.compression > 1.5
    assert none.compression < 1.05
    only = online_code_length(X, Y, [1])
    assert only.code_length == only.uniform_code_length


def test_results_print_as_tables():
    result = p.selectivity(TOKENS, TOKENS[:, 0] > 0, TYPES)
    assert str(round(result.control.test_accuracy, 3)) in str(result.control)
    assert "majority" in result.task._repr_html_()
    assert f"selectivity {result.selectivity:.3f}" in str(result)
    assert f"selectivity {result.selectivity:.3f}" in result._repr_html_()
    assert list(result.to_frame().index) == ["task", "control"]


def test_says_what_is_wrong():
    for call, message in [
        (lambda: p.majority_baseline([]), "the number of labels in y must be at least 1"),
        (lambda: p.linear_probe(X, Y[:5]), "y must hold one label a row, 600 in all"),
        (lambda: p.linear_probe(X, np.ones(600)), "the number of classes in y must be at least 2"),
        (lambda: p.linear_probe(X, Y, C=0), "C must be a number above zero"),
        (lambda: p.linear_probe(X, Y, n_folds=1), "n_folds must be at least 2"),
        (
            lambda: p.linear_probe(X, np.arange(600) == 7),
            "y has 1 rows of class True, fewer than the 5 folds",
        ),
        (lambda: p.linear_probe(X, Y, groups=Y[:5]), "groups must hold one label a row"),
        (lambda: p.linear_probe(X, Y, groups=Y % 2), "the number of different groups must be at least 5"),
        (lambda: p.control_task([], 2), "the number of types must be at least 1"),
        (lambda: p.control_task([1], 1), "n_classes must be at least 2"),
        (lambda: p.control_task([1], 2, weights=[1]), "weights must hold 2 numbers"),
        (lambda: p.selectivity(X, Y, Y[:5]), "types must hold one label a row"),
        (lambda: online_code_length(X, Y, [0.5]), "fractions must rise from above 0 to 1"),
        (lambda: online_code_length(X, Y, [0.5, 0.5, 1]), "fractions must rise from above 0 to 1"),
        (lambda: online_code_length(X, 0 * Y), "the number of classes in y must be at least 2"),
    ]:
        with pytest.raises(ValueError, match=message):
            call()
