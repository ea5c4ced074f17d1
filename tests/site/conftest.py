"""A book of our own with every kind of widget page, so that these tests depend on no chapter."""

import pytest
from small_book import build, make_book

PLANES = [
    "# Planes",
    "from embedding_geometry.widgets import Plane",
    """Plane({'cat': (1, .9), 'dog': (.9, 1), 'car': (-1, .2)}, groups={'car': 'b'}, rule=(1, .5, .25),
      show=['dot', 'cosine', 'angle', 'distance', 'norm', 'nearest', 'rule', 'center'])""",
    "Plane({'a': (1, 1), 'b': (-2, .5)}, show=['dot', 'cosine', 'angle', 'norm', 'nearest'], extent=3)",
    "Plane({'alone': (.5, .5)}, show=['norm', 'nearest', 'center'])",
]
LINKED = [
    "# Linked",
    """from embedding_geometry.widgets import Plane, WordExplorer
from ipywidgets import HBox, VBox, jsdlink, jslink
start = {'u': (1, 0), 'v': (0, 1)}
first, second, third = Plane(start), Plane({'u': (0, 0), 'v': (0, 0)}), Plane({'u': (0, 0), 'v': (0, 0)})
both = jslink((first, 'vectors'), (second, 'vectors'))
oneway = jsdlink((first, 'vectors'), (third, 'vectors'))
HBox([first, VBox([second, third])])""",
    "twice = Plane({'w': (1, 1)}, ['norm'])\ntwice",
    "twice",
]
EXPLORERS = [
    "# Explorers",
    "# Far above\n\n" + "\n\n".join(["Text that fills the screen."] * 60),
    "from embedding_geometry.widgets import WordExplorer\nWordExplorer()",
    "WordExplorer('paris', modes=('analogy',), k=5)",
    "WordExplorer('dog', modes=('neighbors',), metric='dot')",
]
FLAGSHIPS = [
    "# Flagships",
    """import numpy as np
from embedding_geometry.widgets import *
items = {'cat': (1, .9), 'dog': (.9, -.6), 'car': (-1, .2)}
Mixture(items, weights=[1, .5, .5])""",
    "Mixture(items, mode='attention')",
    """rng = np.random.default_rng(1)
Subspace(rng.normal(size=(40, 2)) * [1.0, 0.35] @ [[0.8, 0.6], [-0.6, 0.8]], angle=120)""",
    """import json
question = {'question': 'How many?', 'choices': [{'text': 'One', 'why': 'Too few.'},
    {'text': 'Two', 'why': 'As it is.', 'correct': True}, {'text': 'Three', 'why': 'Too many.'}]}
open('check.yml', 'w').write(json.dumps([question, question]))
SelfCheck('check.yml')""",
    "DamageMeters()",
    """items = {'tea': (1.0, .9), 'jazz': (.35, .9), 'chess': (1.0, .25), 'rain': (-.5, .8)}
Gauge(items, users={'Ann': (.9, -.3), 'Bob': (-.6, .3)})""",
    """from embedding_geometry.wordvectors import load_word_vectors
glove = load_word_vectors()
labels = glove.index_to_key[1000:1060]
Picture(glove[labels], labels, {'flat': glove[labels][:, :2], 'other': glove[labels][:, 2:4]})""",
    """centers = {'music': glove['music'], 'war': glove['war']}
Snapshot(centers, (glove['music'] - glove['war']) / 10, 0.0, ['the band played', 'the army fought'])""",
]
INTERVALS = [
    "# Intervals",
    """import numpy as np
from embedding_geometry.widgets import Interval
Interval(np.repeat([0, 1], [7484, 7393]), label='share of right answers')""",
    "Interval(1 / np.arange(1, 101), sizes=[20, 60, 180], n=60, seed=5)",
]
STANDARD = [
    "# Standard",
    "from embedding_geometry.widgets import Plane\nPlane({'u': (1, 0), 'v': (0, 1)}, ['dot'])",
    """from ipywidgets import HBox, IntSlider, jslink
left, right = IntSlider(3, description='left'), IntSlider(8, description='right')
link = jslink((left, 'value'), (right, 'value'))
HBox([left, right])""",
]
OTHERS = [
    "# Others",
    """from ipywidgets import DOMWidget, IntSlider
from traitlets import Unicode
class Other(DOMWidget):
    _model_module = _view_module = Unicode('no-such-widget').tag(sync=True)
    _model_module_version = _view_module_version = Unicode('^1.0.0').tag(sync=True)
    _model_name = Unicode('OtherModel').tag(sync=True)
    _view_name = Unicode('OtherView').tag(sync=True)
Other()""",
    "from embedding_geometry.widgets import Plane\nPlane({'u': (1, 0), 'v': (0, 1)}, ['dot'])",
]


@pytest.fixture(scope="session")
def widget_book(made_once):
    """Build the book of widget pages; return the folder of its site."""
    pages = {
        "planes": PLANES,
        "linked": LINKED,
        "explorers": EXPLORERS,
        "flagships": FLAGSHIPS,
        "intervals": INTERVALS,
        "standard": STANDARD,
        "others": OTHERS,
    }
    return made_once("widgets", lambda folder: build(make_book(folder, pages))) / "_build" / "html"


@pytest.fixture(scope="session")
def widget_pages(widget_book, serving):
    """Return the address of that site."""
    return serving(widget_book)
