"""That the stored repeats of each damage follow their recipe."""

import runpy
from pathlib import Path

import embedding_geometry
import pytest
from embedding_geometry.damage import KINDS
from embedding_geometry.meters import METERS, damage_repeats
from embedding_geometry.wordvectors import load_word_vectors, with_vectors

RECIPE = runpy.run_path(str(Path(embedding_geometry.__file__).parent / "data" / "make_damage_repeats.py"))


@pytest.mark.parametrize(
    ("kind", "strength", "repeat"), [("stretch", 19, 6), ("collapse", 0.8, 9), ("permute", 1, 3)]
)
def test_stored_repeats_are_what_the_recipe_measures(kind, strength, repeat):
    table, glove = damage_repeats(), load_word_vectors()
    assert list(table.columns) == ["kind", "strength", "repeat", *METERS]
    assert list(table["kind"].unique()) == list(KINDS)
    row = table.query("kind == @kind and strength == @strength and repeat == @repeat").iloc[0]
    words = with_vectors(glove, RECIPE["damaged"](glove.vectors, kind, strength, repeat))
    measured = {name: read(words, glove) for name, read in METERS.items()}
    assert measured == pytest.approx({name: row[name] for name in METERS}, abs=0.001)
