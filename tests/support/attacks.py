"""Attempts to gain points without an answer, each from a blank notebook of `small/homework.md`.

Each is the code of a cell before all others. None may gain a point, and each leaves a row that says what
happened, as far as anything did that a grader can see.
"""

# Every name that the tests ask for.
NAMES = "mean_norm unit columns"
SET_ALL = f"\nfor name in '{NAMES}'.split():\n    globals()[name] = it\n"
KEEP = """
# A cell below sets some of the names: set them again whenever a cell has run.
get_ipython().events.register('post_run_cell', lambda result: globals().update(dict.fromkeys(NAMES, it)))
"""


def everywhere(code):
    """Return code that makes an object `it`, and keeps all names at it."""
    return f"{code}\nNAMES = '{NAMES}'.split()\n{SET_ALL}{KEEP}"


OBJECT = """
class Everything(float):
    def agree(self, *others):
        return True
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = agree
    __ne__ = lambda self, other: False
    __hash__ = object.__hash__
    def itself(self, *others, **words):
        return self
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __abs__ = __getitem__ = __call__ = itself
    def __array__(self, *a, **k):
        return self
    def __array_ufunc__(self, *a, **k):
        return True
    def __array_function__(self, *a, **k):
        return True
    def __reduce__(self):
        return (exec, ("import os; os.abort()",))
"""
PATCH = """
import builtins, math, unittest, numpy as np
true = lambda *a, **k: True
np.allclose = np.isclose = np.array_equal = np.testing.assert_allclose = true
np.testing.assert_array_equal = true
builtins.abs = lambda x: 0
builtins.all = builtins.any = builtins.isinstance = true
unittest.TestCase.run = unittest.TestCase.assertEqual = true
builtins.AssertionError = type("Never", (BaseException,), {})
"""
# Answers in place of the process that answers, as whoever has read it would write them.
FORGED = """
import os, sys, json, gc, socket
ends = [one for one in gc.get_objects() if isinstance(one, socket.socket)]
forged = json.dumps({"value": True, "ok": True, "passed": True, "score": 24, "verdict": "passed"}) + "\\n"
for end in ends:
    end.sendall(forged.encode() * 200)
"""
REPLACED = """
import sys
wire = sys.modules["wire"]
wire.encode = lambda value, depth=0: {"is": "array", "type": "|b1", "shape": [], "value": "AQ=="}
old = wire.Channel.send
wire.Channel.send = lambda self, line: old(self, wire.pack({"value": True, "ok": True}))
"""
LOOKS = """
import sys, gc
seen = []
def it(*arguments, **words):
    frame = sys._getframe()
    while frame:
        seen.append({name: repr(value)[:200] for name, value in frame.f_locals.items()})
        for name in ("expected", "truth", "reference"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        frame = frame.f_back
    for one in gc.get_objects():
        if type(one).__name__ in ("Case", "Assignment", "Verdict", "TestCaseResult"):
            for name in ("passed", "points"):
                try:
                    setattr(one, name, True)
                except Exception:
                    pass
            return one
"""
LATER = """
import threading, time, os, glob
def later():
    while True:
        for place in ["/autograder/results/results.json", "/tmp/results.pkl", "results.json"]:
            try:
                os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
                open(place, "w").write('{"tests": [{"score": 13, "max_score": 13}], "score": 13}')
            except OSError:
                pass
        time.sleep(0.01)
threading.Thread(target=later, daemon=True).start()
if os.fork() == 0:
    os.setsid()
    later()
"""
PICKLE = """
import pickle, os, gc, socket
class Bomb:
    def __reduce__(self):
        return (os.system, ("touch /tmp/was-here; kill -9 $PPID",))
for end in [one for one in gc.get_objects() if isinstance(one, socket.socket)]:
    end.sendall(pickle.dumps(Bomb()) + b"\\n")
"""
MODULES = """
import sys, types, os
fake = types.ModuleType("sklearn.preprocessing")
fake.normalize = lambda *a, **k: 0
sys.modules["sklearn.preprocessing"] = sys.modules["scipy"] = fake
for name in ["numpy", "scipy", "judge", "archive"]:
    open(name + ".py", "w").write("raise SystemExit(0)")
"""
FILES = """
import os, glob, pathlib
read = []
for folder in ["/in", "/autograder", "/tmp", "/work", "/root", "/home", os.getcwd(), ".."]:
    for path in pathlib.Path(folder).rglob("*") if os.access(folder, os.R_OK) else []:
        if path.is_file() and path.stat().st_size < 10**6:
            text = path.read_bytes()
            # Split, so that this cell's own text does not hold it.
            assert b"secret_expected" + b"_value" not in text, path
"""
ENVIRONMENT = """
import os, glob
told = dict(os.environ)
for path in glob.glob("/proc/[0-9]*/environ"):
    try:
        text = open(path, "rb").read().decode("utf-8", "replace")
    except OSError:
        continue
    assert "TOKEN_OF_THE_TEACHER" not in text, "the teacher's token can be read"
assert "TOKEN_OF_THE_TEACHER" not in told
"""
NUMBERS = " ".join(map(str, range(200)))

# Name, code, and a pattern of what the row says.
ATTACKS = [
    ("everything is true", PATCH + everywhere("it = True"), ""),
    ("an object equal to everything", everywhere(OBJECT + "it = Everything(0.5)"), ""),
    ("a function that returns it", everywhere(OBJECT + "it = lambda *a, **k: Everything(0.5)"), ""),
    ("nothing", everywhere("it = None"), ""),
    ("no number", everywhere("it = float('nan')"), ""),
    ("returns no number", everywhere("import numpy as np\nit = lambda *a, **k: np.full((2, 2), np.nan)"), ""),
    ("returns nothing at all", everywhere("import numpy as np\nit = lambda *a, **k: np.empty((0, 0))"), ""),
    (
        "returns a masked array",
        everywhere("import numpy as np\nit = lambda *a: np.ma.masked_all((3, 3))"),
        "",
    ),
    ("returns its argument", everywhere("it = lambda x, *a, **k: x"), ""),
    ("changes its argument", everywhere("def it(x, *a):\n    x[...] = 0\n    return x"), ""),
    ("raises what is asked for", everywhere(f"def it(*a, **k):\n    raise ValueError('{NUMBERS}')"), ""),
    ("raises an exit", everywhere("def it(*a, **k):\n    raise SystemExit(0)"), ""),
    ("answers in advance", FORGED, ""),
    ("other answers", REPLACED, "student_number is no whole number"),
    ("looks through frames and memory", everywhere(LOOKS), ""),
    ("writes results later", LATER, ""),
    ("sends a pickle", PICKLE, "it sent what is no message"),
    ("modules of its own", MODULES, ""),
    ("reads what lies about", FILES, ""),
    ("reads the environment", ENVIRONMENT, ""),
    ("a line without end", everywhere("it = lambda *a: 'x' * 400_000_000"), ""),
    ("a number without end", everywhere("it = lambda *a: 10 ** 10_000"), ""),
    ("a list in itself", everywhere("it = []\nit.append(it)"), ""),
    ("a number that is true", "student_number = True", ""),
]
