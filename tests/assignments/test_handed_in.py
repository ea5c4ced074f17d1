"""A folder of hand-ins as Canvas, Moodle and computers make it: whose is what, and what is nobody's."""

import os

import nbformat
import pytest
from handed_in import find_submissions, read_submission
from notebooks import SubmissionError
from results import file_name


def notebook(text="1", assignment="homework"):
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text)])
    made.metadata["otter"] = {"assignment_name": assignment}
    return nbformat.writes(made).encode()


def lay_out(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return find_submissions(folder)


def read(handed):
    return read_submission(handed, "homework")[1].cells[0].source


def test_a_folder_from_moodle(tmp_path):
    found, nobodys = lay_out(
        tmp_path,
        {
            "Anna Müller_1234_assignsubmission_file/homework.ipynb": notebook("anna"),
            "Anna Müller_1234_assignsubmission_onlinetext/onlinetext.html": b"<p>Dear teacher</p>",
            "Bo_Li_77_assignsubmission_file_homework.ipynb": notebook("bo"),
        },
    )
    assert {name: (one.user, read(one)) for name, one in found.items()} == {
        "Anna Müller_1234": ("1234", "anna"),
        "Bo_Li_77": ("77", "bo"),
    }
    assert nobodys == ["Anna Müller_1234_assignsubmission_onlinetext"]


def test_a_folder_from_canvas(tmp_path):
    found, nobodys = lay_out(
        tmp_path,
        {
            "muelleranna_12_900_homework.ipynb": notebook("first"),
            "muelleranna_LATE_12_905_homework-1.ipynb": notebook("second"),
            "muelleranna_LATE_12_905_notes.pdf": b"%PDF",
            "libo_13_901_homework.pdf": b"%PDF",
            "submissions.csv": b"a,b",
        },
    )
    assert set(found) == {"muelleranna_12", "libo_13"}
    assert found["muelleranna_12"].late
    assert not found["libo_13"].late
    assert read(found["muelleranna_12"]) == "second", "the last submission counts"
    with pytest.raises(SubmissionError, match=r"homework.pdf is not a notebook"):
        read(found["libo_13"])
    assert nobodys == ["submissions.csv"]


def test_what_is_nobodys(tmp_path):
    junk = [
        "Thumbs.db",
        "desktop.ini",
        "__MACOSX/._ann.ipynb",
        "._ann.ipynb",
        ".DS_Store",
        "grades.csv",
        "log.json",
    ]
    found, nobodys = lay_out(tmp_path, {"ann.ipynb": notebook()} | dict.fromkeys(junk, b"\0"))
    assert list(found) == ["ann"]
    assert sorted(nobodys) == sorted(name.partition("/")[0] for name in junk)


def test_one_student_with_several_files(tmp_path):
    found, _ = lay_out(
        tmp_path,
        {
            "ann.ipynb": notebook("right"),
            "ann.pdf": b"%PDF",
            "ann.zip": b"PK\x03\x04 of no use",
            "bob/homework.ipynb": notebook("right"),
            "bob/copy of homework.ipynb": notebook("right"),
            "cleo/homework.ipynb": notebook("right"),
            "cleo/01_other.ipynb": notebook("wrong", "01_other"),
            "dan/homework.ipynb": notebook("right"),
            "dan/trial.ipynb": notebook("wrong"),
            "eve/a.ipynb": notebook("one"),
            "eve/b.ipynb": notebook("two"),
        },
    )
    assert {name: read(one) for name, one in found.items() if name != "eve"} == dict.fromkeys(
        ["ann", "bob", "cleo", "dan"], "right"
    )
    with pytest.raises(SubmissionError, match=r"2 different notebooks, and one is needed: a.ipynb, b.ipynb"):
        read(found["eve"])


@pytest.mark.parametrize(
    "student",
    ["Ж" * 52, "漢" * 82, "a/b".replace("/", "\u2215"), "Zoë O'Brien", "x" * 200, "..", "CON: ?*|<>"],
)
def test_any_id_has_a_file_name(student):
    name = file_name(student, ".json")
    assert len(name.encode()) < 100
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>|')
    assert name != file_name(student + "x", ".json")
    assert not name.startswith(".")


def test_a_name_of_half_characters_is_a_name(tmp_path):
    os.mkdir(os.fsencode(tmp_path) + b"/M\xfcller")
    (tmp_path / os.fsdecode(b"M\xfcller") / "homework.ipynb").write_bytes(notebook("latin"))
    found, _ = find_submissions(tmp_path)
    (name,) = found
    assert name.encode("utf-8")
    assert read(found[name]) == "latin"


def test_decomposed_accents_are_the_same_student(tmp_path):
    found, _ = lay_out(tmp_path, {"Zoe\u0308.ipynb": notebook(), "Zo\u00eb.pdf": b"%PDF"})
    assert list(found) == ["Zo\u00eb"]
