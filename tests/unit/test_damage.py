"""What each kind of damage changes and leaves whole, and that the stored table follows its recipe."""

import numpy as np
import pytest
from embedding_geometry.damage import KINDS, damage
from embedding_geometry.meters import METERS, damage_repeats, damage_table, measure
from embedding_geometry.wordvectors import load_word_vectors, with_vectors
from hypothesis import given
from hypothesis import strategies as st
from recipes import recipe
from scipy.spatial.distance import cdist

X = np.random.default_rng(5).normal(size=(60, 6)) * [3, 2, 1, 1, 1, 0.5] + 0.7
seeds = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("kind", KINDS)
def test_strength_zero_gives_a_copy_of_the_same(kind):
    same = damage(X, kind, 0)
    assert np.array_equal(same, X)
    assert not np.shares_memory(same, X)


@pytest.mark.parametrize("kind", KINDS)
def test_same_seed_gives_the_same_and_the_input_stays(kind):
    before = X.copy()
    one, again = damage(X, kind, 0.5, seed=3), damage(X, kind, 0.5, seed=3)
    assert np.array_equal(one, again)
    assert np.array_equal(X, before)
    assert not np.array_equal(one, X)


@pytest.mark.parametrize("kind", KINDS)
def test_float32_stays_float32(kind):
    assert damage(X.astype(np.float32), kind, 0.5).dtype == np.float32


@given(seed=seeds)
def test_rotation_keeps_all_products(seed):
    turned = damage(X, "rotate", 1, seed)
    assert turned @ turned.T == pytest.approx(X @ X.T)


@given(strength=st.floats(0.1, 50), seed=seeds)
def test_shift_keeps_distances_and_moves_by_so_many_mean_norms(strength, seed):
    moved = damage(X, "shift", strength, seed)
    assert cdist(moved, moved) == pytest.approx(cdist(X, X), abs=1e-6)
    lengths = np.sqrt((X**2).sum(axis=1))
    assert np.sqrt(((moved - X) ** 2).sum(axis=1)) == pytest.approx(np.full(60, strength * lengths.mean()))


def test_stretch_multiplies_one_coordinate():
    stretched = damage(X, "stretch", 4)
    assert np.array_equal(stretched[:, :-1], X[:, :-1])
    assert stretched[:, -1] == pytest.approx(5 * X[:, -1])


def test_collapse_shrinks_towards_the_plane_that_varies_most():
    covariance = np.cov(X.T)
    variances = np.sort(np.linalg.eigvalsh(covariance))[::-1]
    for strength in (0.5, 1):
        left = np.sort(np.linalg.eigvalsh(np.cov(damage(X, "collapse", strength).T)))[::-1]
        share = np.where(np.arange(6) < 2, 1, (1 - strength) ** 2)
        assert left == pytest.approx(variances * share, abs=1e-9)
    assert damage(X, "collapse", 1).mean(axis=0) == pytest.approx(X.mean(axis=0))


def test_noise_has_the_size_that_it_says():
    many = np.random.default_rng(0).normal(size=(5000, 6))
    added = damage(many, "noise", 2, seed=1) - many
    assert added.std() == pytest.approx(2 * many.std(), rel=0.02)
    assert abs(added.mean()) < 0.1


@given(strength=st.floats(0, 1), seed=seeds)
def test_permutation_hands_the_same_rows_out_again(strength, seed):
    permuted = damage(X, "permute", strength, seed)
    assert np.array_equal(np.sort(permuted, axis=0), np.sort(X, axis=0))
    moved = (permuted != X).any(axis=1).sum()
    assert moved <= round(strength * 60)
    if strength == 1:
        assert moved > 50


@pytest.mark.parametrize(
    ("kind", "strength", "message"),
    [
        ("crush", 1, "kind must be one of 'rotate'"),
        ("shift", -1, "strength must be from 0 to .* for 'shift', not -1"),
        ("collapse", 1.5, "strength must be from 0 to 1 for 'collapse'"),
        ("noise", float("nan"), "strength must be from 0 to"),
    ],
)
def test_bad_input_is_named(kind, strength, message):
    with pytest.raises(ValueError, match=message):
        damage(X, kind, strength)


def test_stored_table_is_what_the_recipe_measures():
    table, glove = damage_table(), load_word_vectors()
    assert list(table.columns) == ["kind", "strength", *METERS]
    assert set(table["kind"]) == set(KINDS)
    for kind, strength in [("shift", 20), ("permute", 0.5)]:
        row = table.query("kind == @kind and strength == @strength").iloc[0]
        measured = measure(glove, kind, strength)
        assert measured == pytest.approx({name: row[name] for name in METERS}, abs=0.001)


def test_stored_repeats_are_what_their_recipe_measures():
    make, table, glove = recipe("make_damage_repeats"), damage_repeats(), load_word_vectors()
    sizes = {(kind, s): make.REPEATS for kind, strengths in make.STRENGTHS.items() for s in strengths}
    assert table.groupby(["kind", "strength"]).size().to_dict() == sizes
    for kind, strength, repeat in [
        ("stretch", 19, 6),
        ("collapse", 0.8, 9),
        ("permute", 1, 3),
        ("noise", 2, 0),
    ]:
        words = with_vectors(glove, make.damaged(glove.vectors, kind, strength, repeat))
        row = table.query("kind == @kind and strength == @strength and repeat == @repeat").iloc[0]
        found = {name: read(words, glove) for name, read in METERS.items()}
        assert found == pytest.approx({name: row[name] for name in METERS}, abs=0.001)


def test_a_repeat_stretches_another_axis_and_keeps_another_plane():
    make = recipe("make_damage_repeats")
    wide = np.random.default_rng(2).normal(size=(200, 50)) * np.linspace(3, 1, 50)
    stretched = np.roll(make.damaged(wide, "stretch", 4, 3), 16, axis=1)
    assert np.flatnonzero(~np.isclose(stretched, wide).all(axis=0)).tolist() == [15]
    flat = make.damaged(wide, "collapse", 1, 2)
    assert np.linalg.matrix_rank(flat - flat.mean(axis=0), tol=1e-6) == 2
