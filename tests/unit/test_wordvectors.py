"""The embedded words, and the way to the full ones."""

import functools
import gzip
import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import threading
import time
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from embedding_geometry import wordvectors
from embedding_geometry.wordvectors import close_spellings, load_word_vectors
from gensim.models import KeyedVectors
from gensim.test.utils import datapath

DATA = resources.files("embedding_geometry") / "data"


@pytest.fixture(scope="module")
def vectors():
    return load_word_vectors()


def test_holds_the_frequent_words_and_every_benchmark_word(vectors):
    assert isinstance(vectors, KeyedVectors)
    assert vectors.vectors.shape == (30_113, 50)
    assert vectors.vectors.dtype == np.float32
    assert vectors.index_to_key[:5] == ["the", ",", ".", "of", "to"]
    similarity_files = ("wordsim353.tsv", "simlex999.txt")
    lines = [
        line for name in similarity_files for line in Path(datapath(name)).read_text("utf-8").splitlines()
    ]
    words = {word for line in lines if not line.startswith("#") for word in line.lower().split()[:2]}
    assert len(words) > 1_000
    # Two of WordSim's entries and one of SimLex's are in none of the 400,000 words.
    assert len([word for word in words if word not in vectors]) <= 3


def test_analogy_count_survives_half_precision(vectors):
    # 7,393 of 14,877 is what gensim counts on the float32 rows.
    _, sections = vectors.evaluate_word_analogies(datapath("questions-words.txt"), restrict_vocab=30_000)
    assert len(sections[-1]["correct"]) == pytest.approx(7_393, abs=3)
    assert len(sections[-1]["correct"]) + len(sections[-1]["incorrect"]) == 14_877


def test_loads_quickly():
    start = time.perf_counter()
    load_word_vectors()
    assert time.perf_counter() - start < 0.2


def test_unknown_word_gets_close_spellings(vectors):
    with pytest.raises(KeyError, match="'accommodate'"):
        vectors["accomodate"]
    with pytest.raises(KeyError, match="did you mean 'paris'"):
        vectors.most_similar("Paris")
    with pytest.raises(KeyError, match="'women'"):
        vectors.most_similar(positive=["king", "womenn"], negative=["man"])
    with pytest.raises(KeyError, match="no word is spelt like it"):
        vectors.similarity("zqxjkvbw", "cat")
    assert vectors.get_index("zqxjkvbw", default=-1) == -1


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("gaurd", ["guard", "gourds"]),  # a swap is one slip, a wrong and an added letter are two
        ("GUARD", ["guard"]),
        ("ca", ["cat"]),  # short words may slip once only
        ("elephant", []),
    ],
)
def test_close_spellings(word, expected):
    assert close_spellings(word, ["gourds", "cat", "guard"]) == expected


def test_close_spellings_prefers_frequent_words_among_equals():
    assert close_spellings("cot", ["cut", "cat", "dog"], n=1) == ["cut"]


def test_sums_beside_the_data_are_true():
    for line in (DATA / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((DATA / name).read_bytes()).hexdigest() == digest


@pytest.fixture
def copied_data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    shutil.copytree(str(DATA), folder)
    monkeypatch.setattr(wordvectors, "_DATA", folder)
    return folder


@pytest.mark.parametrize("name", ["glove-6b-50d.npy", "glove-6b-50d.txt"])
def test_damaged_file_is_named(copied_data, name):
    whole = (copied_data / name).read_bytes()
    (copied_data / name).write_bytes(whole[:-100])
    with pytest.raises(OSError, match=rf"{name} is damaged.*git checkout"):
        load_word_vectors()
    (copied_data / name).write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    with pytest.raises(OSError, match=rf"{name} is damaged"):
        load_word_vectors()
    (copied_data / name).unlink()
    with pytest.raises(OSError, match=r"can't be read.*git checkout"):
        load_word_vectors()


def test_unknown_name_is_refused():
    with pytest.raises(ValueError, match="name must be one of 'embedded', 'full', not 'glove'"):
        load_word_vectors("glove")


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder and keeps its log to itself."""

    def log_message(self, *args):
        pass


NAME = "glove-wiki-gigaword-50"
LOAD_FULL = """
from embedding_geometry.wordvectors import load_word_vectors
vectors = load_word_vectors("full")
print(vectors.index_to_key, vectors.vectors.shape, type(vectors).__name__)
"""


def load_full(gensim_folder, before=""):
    """Load the full vectors in a process of its own, as gensim reads its folder's name when imported."""
    environment = {"GENSIM_DATA_DIR": str(gensim_folder), "PATH": "", "HOME": str(gensim_folder.parent)}
    # A proxy that refuses at once: no test may reach the internet, wherever it runs.
    environment |= {"https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    return subprocess.run(
        [sys.executable, "-c", before + LOAD_FULL], env=environment, capture_output=True, text=True
    )


@pytest.fixture
def gensim_folder(tmp_path):
    """A folder as gensim's downloader leaves it, with three words for 400,000."""
    folder = tmp_path / "gensim-data" / NAME
    folder.mkdir(parents=True)
    rows = "".join(f"{word} {' '.join(['0.5'] * 50)}\n" for word in ["the", "cat", "dog"])
    with gzip.open(folder / f"{NAME}.gz", "wt", encoding="utf-8") as file:
        file.write("3 50\n" + rows)
    (folder / "__init__.py").write_text("raise SystemExit('downloaded code was run')")
    digest = hashlib.md5((folder / f"{NAME}.gz").read_bytes()).hexdigest()
    info = {"corpora": {}, "models": {NAME: {"parts": 1, "file_name": f"{NAME}.gz", "checksum": digest}}}
    (folder.parent / "information.json").write_text(json.dumps(info))
    return folder.parent


def test_full_vectors_come_through_gensims_folder(gensim_folder):
    done = load_full(gensim_folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[0] == "['the', 'cat', 'dog'] (3, 50) WordVectors"


def test_full_vectors_are_downloaded_with_a_progress_bar(gensim_folder, tmp_path):
    handler = functools.partial(QuietHandler, directory=gensim_folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # gensim reads its list of models from its folder when it can't fetch it.
        (tmp_path / "empty").mkdir()
        shutil.copy(gensim_folder / "information.json", tmp_path / "empty")
        address = f"http://127.0.0.1:{server.server_port}"
        before = f"import gensim.downloader, os; gensim.downloader.DOWNLOAD_BASE_URL = {address!r}"
        done = load_full(tmp_path / "empty", before + "; os.environ['no_proxy'] = '127.0.0.1'")
        server.shutdown()
    assert done.returncode == 0, done.stderr
    assert "[===" in done.stdout
    assert "MB downloaded" in done.stdout
    assert done.stdout.rstrip().endswith("['the', 'cat', 'dog'] (3, 50) WordVectors")


def test_full_vectors_without_a_network_say_what_to_do(tmp_path):
    done = load_full(tmp_path / "gensim-data")
    assert done.returncode == 1
    assert "OSError: gensim could not download glove-wiki-gigaword-50" in done.stderr
    assert "or use load_word_vectors()" in done.stderr


def test_cut_full_vectors_say_what_to_do(gensim_folder):
    file = gensim_folder / NAME / f"{NAME}.gz"
    file.write_bytes(file.read_bytes()[:-20])
    done = load_full(gensim_folder)
    assert done.returncode == 1
    assert f"{NAME}.gz is damaged" in done.stderr
    assert "Delete its folder" in done.stderr


def test_other_vectors_for_the_same_words(vectors):
    moved = wordvectors.with_vectors(vectors, vectors.vectors - 1)
    assert moved["cat"] == pytest.approx(vectors["cat"] - 1)
    assert moved.index_to_key == vectors.index_to_key
    with pytest.raises(ValueError, match="X must have 30,113 rows"):
        wordvectors.with_vectors(vectors, vectors.vectors[:10])
