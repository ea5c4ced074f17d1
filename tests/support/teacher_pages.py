"""A book such as a teacher makes: plots, sound, animations, widgets, formulas, files beside its notebooks."""

import base64
import wave
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
from small_book import make_book, write_notebook

from tools.built_site import ROOT

PLOTLY = [
    "# Plotly",
    "import plotly.express as px\nfigure = px.scatter(x=[1, 2, 3], y=[3, 1, 2], title='three points')\nfigure",
    "figure.show()",
    "from IPython.display import HTML\nHTML(figure.to_html(include_plotlyjs='cdn', full_html=False))",
    "import plotly.io\nplotly.io.renderers.default = 'notebook_connected'\nfigure.show()",
    "plotly.io.renderers.default = 'notebook'\nfigure.show()",
]
ALTAIR = [
    "# Altair",
    """import altair as alt
import pandas as pd
table = pd.DataFrame({'x': [1, 2, 3], 'y': [3, 1, 2]})
chart = alt.Chart(table).mark_point().encode(x='x', y='y', tooltip=['x', 'y']).interactive()
chart""",
    "alt.renderers.enable('mimetype')\nchart",
]
BOKEH = [
    "# Bokeh",
    "from bokeh.io import output_notebook\nfrom bokeh.plotting import figure, show\noutput_notebook()",
    "p = figure(width=300, height=200)\np.scatter([1, 2, 3], [3, 1, 2], size=10)\nshow(p)",
]
MEDIA = [
    "# Media",
    "import numpy as np\nfrom IPython.display import *\nAudio(np.sin(np.arange(8000) / 5), rate=8000)",
    "Audio('tone.wav', embed=True)",
    'HTML(\'<audio controls class="beside" src="tone.wav"></audio>\')',
    "IFrame('frame.html', 300, 100)",
    """import matplotlib.animation as animation
import matplotlib.pyplot as plt
drawing, ax = plt.subplots(figsize=(3, 2))
(line,) = ax.plot([0, 1], [0, 1])
moving = animation.FuncAnimation(drawing, lambda i: line.set_ydata([0, i]), frames=3)
plt.close()
HTML(moving.to_jshtml())""",
    """HTML('<input aria-label="number" onchange="this.nextElementSibling.textContent = 2 * this.value">'
     '<output></output>')""",
    "FileLink('data.csv')",
    "Javascript('element.append(\"said by a script\")')",
    "JSON({'answer': [4, 2]})",
    'HTML(\'<img src="picture.png" alt="beside the notebook">\')',
    'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle r="9"/></svg>\')',
]
ELSEWHERE = [
    "# Elsewhere",
    "from IPython.display import YouTubeVideo\nYouTubeVideo('abcdefghijk')",
    "from IPython.display import HTML\nHTML('<script src=\"https://scripts.example.org/a.js\"></script>')",
]
MATHEMATICS = [
    "# Mathematics",
    """import pandas as pd
from IPython.display import Latex, Markdown, Math, display
display(Markdown('The square $x^2$ and\\n\\n$$\\\\int_0^1 x$$\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n## Less'))""",
    "Latex(r'Text with $\\alpha$ and \\[ \\beta^2 \\]')",
    "Math(r'\\frac{1}{2}')",
    "pd.DataFrame({'$\\\\gamma$': [1, 2], 'price \\\\$5': [3, 4]})",
    "import sympy\nsympy.Integral(sympy.exp(-sympy.Symbol('x') ** 2))",
    "## Macros\n\n$\\newcommand{\\vv}{\\mathbf{v}} \\vv$ and then\n\n$$\\vv^2$$",
]
TABLES = [
    "# Tables",
    "import pandas as pd\ntable = pd.read_csv('data.csv')\ntable.style.set_caption('A caption').background_gradient()",
    "import helper\nhelper.value()",
    "with open('runs.txt', 'a') as runs:\n    runs.write('.')",
]
WIDGETS = [
    "# Widgets",
    """import ipywidgets as w
slider, field = w.IntSlider(description='$\\\\alpha$', value=3), w.IntText(description='n')
link = w.jslink((slider, 'value'), (field, 'value'))
w.VBox([slider, field])""",
    "@w.interact(x=(0, 10))\ndef show(x=3):\n    print('x is', x)",
    """out = w.Output()
with out:
    display(pd.DataFrame({'$\\\\delta$': [7]})) if (pd := __import__('pandas')) else None
    print('inside')
out""",
    """w.Tab([w.HTML('<b>bold</b>'), w.HTMLMath('as $x^2$'), w.Label('and $y^2$'), w.Dropdown(options=['a', 'b'])],
      titles=['one', 'two', 'three', 'four'])""",
    """w.VBox([w.Checkbox(description='check'), w.RadioButtons(options=['a', 'b']), w.Select(options=['a', 'b']),
        w.SelectMultiple(options=['a', 'b']), w.DatePicker(description='date'), w.ColorPicker(value='red'),
        w.FloatProgress(value=5, max=10), w.Play(max=5), w.FloatRangeSlider(), w.Valid(value=True), w.Text('text'),
        w.Combobox(options=['aa', 'bb']), w.TagsInput(value=['aa'], allowed_tags=['aa']), w.Textarea('area'),
        w.Password(value='x'), w.FileUpload(), w.SelectionSlider(options=['a', 'b']), w.BoundedFloatText(),
        w.Button(description='press', icon='check', button_style='success'), w.ToggleButtons(options=['c', 'd']),
        w.Image(value=open('picture.png', 'rb').read(), width=40), w.Accordion([w.Text()], titles=['folded'])])""",
    """from embedding_geometry.widgets import Plane
inside = w.Output()
with inside:
    display(Plane({'u': (1, 0), 'v': (0, 1)}, ['dot']))
w.VBox([w.IntSlider(2, description='beside'), inside])""",
    "from tqdm.notebook import tqdm\nfor i in tqdm(range(3)):\n    pass",
]
TEACHER_PAGES = {
    "start": [
        "# A course of my own\n\n[left out](left_out.ipynb), [](left_out.ipynb#part), {ref}`a place <a-place>`"
    ],
    "plotly": PLOTLY,
    "altair": ALTAIR,
    "bokeh": BOKEH,
    "media": MEDIA,
    "elsewhere": ELSEWHERE,
    "mathematics": MATHEMATICS,
    "tables": TABLES,
    "lesson [1], new": ["# A lesson", "1 + 1"],
    "widgets": WIDGETS,
}


def make_teacher_book(folder: Path) -> Path:
    """Write the book, and the files beside its notebooks."""
    make_book(folder, TEACHER_PAGES)
    lesson = folder / "lesson [1], new.ipynb"
    notebook = nbformat.read(lesson, as_version=4)
    notebook.metadata.kernelspec = {
        "name": "conda-env-theirs",
        "display_name": "theirs",
        "language": "python",
    }
    pasted = base64.b64encode((ROOT / "_assets" / "preview.png").read_bytes()).decode()
    notebook.cells[0].source += "\n\n![pasted](attachment:image.png)"
    notebook.cells[0]["attachments"] = {"image.png": {"image/png": pasted}}
    nbformat.write(notebook, lesson)
    write_notebook(folder / "draft [2].ipynb", ["# On no page", "1 / 0"])
    write_notebook(folder / "left_out.ipynb", ["# Left out", "#\n\n(a-place)=\n## A part", "1 / 0"])
    (folder / "helper.py").write_text("def value():\n    return 'helped'\n", encoding="utf-8")
    (folder / "data.csv").write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    style = '<link rel="stylesheet" href="frame.css">'
    (folder / "frame.html").write_text(
        f"<html lang=en><head><title>f</title>{style}</head><p>framed", "utf-8"
    )
    (folder / "frame.css").write_text("p { color: rgb(1, 2, 3) }", encoding="utf-8")
    drawing, ax = plt.subplots(figsize=(1, 1))
    ax.plot([1, 2])
    drawing.savefig(folder / "picture.png")
    plt.close(drawing)
    with wave.open(str(folder / "tone.wav"), "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(range(256)) * 8)
    return folder
