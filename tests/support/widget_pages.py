"""The pages of a book with every kind of widget, so that the tests of widgets depend on no chapter."""

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
MAKE_DATA = """import numpy as np
from embedding_geometry.widgets.probe import Probe
random = np.random.default_rng(3)
labels = np.repeat(['one', 'many', 'one'], [12, 20, 12])
points = 0.8 * random.normal(size=(44, 2)) + [[1.2, -0.7]] * (labels == 'many')[:, np.newaxis]
names = [f'word {i}' for i in range(44)]"""
MAKE_PROBE = "Probe(points, labels, 0.4, names=names, rule=(0.5, 1, 0.25), n_shuffles=3, seed=8)"
MAKE_SMALL = """few = [[-1, .2], [.9, 1], [.4, -1], [-.8, .9], [.2, .3], [-.2, -.6], [1, .1]]
Probe(few, ['no', 'yes', 'yes', 'yes', 'no', 'no', 'yes'], np.arange(7) > 2, C=100)"""
PROBES = ["# Probes", MAKE_DATA, MAKE_PROBE, MAKE_SMALL]
WINDOWS = [
    "# Window",
    """from embedding_geometry.corpus import toy_corpus, toy_words
from embedding_geometry.widgets.window import WindowSlider
words = toy_words()
WindowSlider(toy_corpus(), words["word"], {"part of speech": words["part"], "topic": words["topic"]})""",
    """documents = [["a", "b", "c", "d"], ["b", "d", "a", "c"], ["a", "c"]]
WindowSlider(documents, ["a", "b", "c"], {"kind": ["x", "x", "y"]}, windows=[1, 3], window=3, word="b",
             k=1, n_features=3)""",
]
WIGGLY = [
    "# Wiggly",
    "import numpy as np\nimport wigglystuff as w\nfrom ipywidgets import HBox, jslink",
    """left, right = w.Slider2D(x=0.5, y=-0.5), w.Slider2D()
link = jslink((left, 'x'), (right, 'x'))
HBox([left, right])""",
    "w.Matrix(rows=2, cols=3, step=0.5)",
    "w.TangleSlider(amount=7, min_value=0, max_value=10)",
    "w.TangleChoice(['tea', 'jazz'])",
    "w.SortableList(['one', 'two', 'three'])",
    "w.CircularSlider()",
    "w.Knob()",
    "w.HoverSlider()",
    "w.PlaySlider()",
    "w.TextCompare('a cat sat', 'a dog sat')",
    "w.EsmWidget(code='''export default { render({ model, el }) {\n"
    '  el.textContent = "told " + model.get("data").word; } };\'\'\', data={"word": "this"})',
]
CONTRACT = [
    "# Contract",
    """import anywidget
import traitlets

class Made(anywidget.AnyWidget):
    value = traitlets.Int(1).tag(sync=True)
    other = traitlets.Int(2).tag(sync=True)
    picture = traitlets.Bytes(bytes([3, 1, 2])).tag(sync=True)
    child = anywidget.WidgetTrait().tag(sync=True)

def make(esm, **state):
    return type('Made', (Made,), {'_esm': esm})(**state)""",
    # A factory, once for each widget: two widgets don't share what it holds.
    """factory = '''export default async () => {
  let shown = 0;
  return {
    initialize({ model, signal, experimental }) {
      if (!(signal instanceof AbortSignal)) throw new Error("no signal");
      experimental.invoke("ask").catch((error) => { document.body.dataset.invoked = error.message; });
      return { shown: () => shown, raise: () => model.set("value", model.get("value") + 10) };
    },
    render({ model, el, signal }) {
      if (!(signal instanceof AbortSignal)) throw new Error("no signal");
      shown += 1;
      const tell = () => { el.textContent = `factory ${shown} ${model.get("value")} ${model.get("other")}`; };
      let told = 0;
      model.on("change:value change:other", () => { told += 1; el.dataset.told = told; tell(); });
      tell();
    },
  };
};'''
child = make(factory)
child""",
    "child",
    "make(factory, value=5)",
    # The old style, with an export of its own and bytes.
    """make('''export function render({ model, el }) {
  el.textContent = `old ${[...new Uint8Array(model.get("picture").buffer)].join()}`;
  return () => {};
}''')""",
    # A widget that shows another one, and reaches its model and what it exports.
    """make('''export default { async render({ model, el, host, signal }) {
  const { exports, render } = await host.getWidget(model.get("child"));
  const inner = document.createElement("div"), button = document.createElement("button");
  await render({ el: inner, signal });
  button.textContent = "raise";
  button.onclick = exports.raise;
  const other = await host.getModel(model.get("child"));
  other.on("change:value", () => { el.dataset.heard = other.get("value"); });
  el.append("parent ", button, inner);
  await host.getWidget("anywidget:nobody").catch((error) => { el.dataset.refused = error.message; });
} };''', child=child)""",
    # What needs Python, and off() that ends what this view listens to alone.
    """make('''export default { render({ model, el }) {
  const button = document.createElement("button");
  button.textContent = "ask Python";
  button.onclick = () => {
    model.set("value", 2);
    model.save_changes();
    for (const ask of [1, 2]) model.send({ ask });
  };
  const heard = () => { el.dataset.heard = "yes"; };
  model.on("change:value", heard);
  model.off();
  el.append(button);
} };''')""",
    "make('export const nothing = 1;')",
    "make('export default { render() { throw new Error(\"a fault of its own\"); } };')",
]
LESSON_FIRST = [
    "# First page\n\nText that a reader reads.",
    "## Arrows\n\n```{admonition} Predict\n:class: predict\nWhich is nearest?\n```\n\nMore text.",
    """from embedding_geometry.widgets import Plane
Plane({'a': (1, 1), 'b': (-1, .5)}, show=['dot', 'nearest'])""",
    "## A number\n\n```{admonition} Predict\n:class: predict\nHow many?\n```",
    "print('Three.')",
    "print('Not a slide.')",
]
LESSON_SECOND = [
    "# Second page",
    "## One alone",
    "from embedding_geometry.widgets import Plane\nPlane({'alone': (.5, .5)}, show=['norm'])",
]
WIDGET_PAGES = {
    "planes": PLANES,
    "linked": LINKED,
    "explorers": EXPLORERS,
    "flagships": FLAGSHIPS,
    "intervals": INTERVALS,
    "probes": PROBES,
    "windows": WINDOWS,
    "others": OTHERS,
    "wiggly": WIGGLY,
    "contract": CONTRACT,
    "first": LESSON_FIRST,
    "second": LESSON_SECOND,
}
