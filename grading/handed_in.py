"""What a class hands in: whose it is, and which notebook of it counts.

Platforms and computers add a good deal of their own to a folder of submissions. What is nobody's is left out,
and named; what is somebody's and can't be read costs that one student a row, and nobody else anything.
"""

import io
import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import inflate64
from notebooks import Notebook, SubmissionError, read_notebook

LARGEST = 32 * 2**20  # of a file, in bytes
MOST_FILES = 2000  # of one student
DEEPEST = 8  # folders in folders
DEFLATE64 = 9  # how Windows packs large files
NOTEBOOK = re.compile(r"\.ipynb(\.(txt|json))?$", re.IGNORECASE)
ARCHIVE = re.compile(r"\.zip$", re.IGNORECASE)
# Of which somebody may think that it can be handed in; anything else that lies about is a program's.
DOCUMENT = re.compile(r"\.(pdf|docx?|odt|rtf|txt|md|html?|py|png|jpe?g|7z|rar|tar|gz|tgz)$", re.IGNORECASE)
JUNK = re.compile(r"^(\..*|__MACOSX|Thumbs\.db|desktop\.ini|.*_onlinetext_?)$", re.IGNORECASE)
CANVAS = re.compile(r"^(?P<name>[^_]+)_(?P<late>LATE_)?(?P<user>\d+)_(?P<submission>\d+)_(?P<file>.+)$")
MOODLE = re.compile(
    r"^(?P<name>.+)_(?P<user>\d+)_assignsubmission_(?P<kind>file|onlinetext)(_(?P<file>.*))?$"
)


class NothingHandedInError(SubmissionError):
    """There is no notebook of a student."""


@dataclass
class HandedIn:
    """All that one student handed in."""

    student: str
    """The id: of Canvas and Moodle, the name and the number that they know the student by."""
    user: str = ""
    """The number alone, for the platform's own table."""
    late: bool = False
    paths: list[tuple[int, Path]] = field(default_factory=list)
    """Each file or folder, with the number of its submission: the highest counts."""


@dataclass(frozen=True)
class Found:
    """A notebook that might count."""

    name: str
    content: bytes


def find_submissions(folder: Path) -> tuple[dict[str, HandedIn], list[str]]:
    """Return what each student handed in, by id, and the names of what is nobody's."""
    students: dict[str, HandedIn] = {}
    nobodys = []
    for path in sorted(folder.iterdir()):
        name = _text(path.name)
        canvas, moodle = CANVAS.match(name), MOODLE.match(name)
        if (
            JUNK.match(name)
            or (moodle and moodle["kind"] == "onlinetext")
            or (not path.is_dir() and not any(kind.search(name) for kind in (NOTEBOOK, ARCHIVE, DOCUMENT)))
        ):
            nobodys.append(name)
        else:
            known = canvas or moodle
            student = f"{known['name']}_{known['user']}" if known else _stem(path, name)
            one = students.setdefault(student, HandedIn(student, known["user"] if known else ""))
            one.late = one.late or bool(canvas and canvas["late"])
            one.paths.append((int(canvas["submission"]) if canvas else 0, path))
    return students, nobodys


def _text(name: str) -> str:
    """Return a file's name as text that can be written anywhere: composed, and without half characters."""
    whole = os.fsencode(name).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", whole)


def _stem(path: Path, name: str) -> str:
    if path.is_dir() and not path.is_symlink():
        return name
    endings = next(kind for kind in (NOTEBOOK, ARCHIVE, DOCUMENT) if kind.search(name))
    return endings.sub("", name)


def read_submission(handed: HandedIn, assignment: str) -> tuple[bytes, Notebook]:
    """Return the one notebook of a student that counts, as bytes and read.

    A notebook that lies there as it is counts before one in a zip file; of several submissions, the last.

    Raises
    ------
    NothingHandedInError
        If there is no notebook at all.
    SubmissionError
        If there is none that can be graded, or more than one.
    """
    latest = max(number for number, _ in handed.paths)
    paths = [path for number, path in handed.paths if number == latest]
    if not any(_holds(path) for path in paths):
        paths = [path for _, path in handed.paths]
    files: list[Path] = []
    others: list[Path] = []
    for path in paths:
        for one in _files(path):
            (files if NOTEBOOK.search(one.name) or ARCHIVE.search(one.name) else others).append(one)
    candidates = [_read(path) for path in files if NOTEBOOK.search(path.name)]
    if not candidates:
        candidates = [found for path in files for found in _from_zip(_read(path).content)]
    if not candidates and others and paths[0].is_file():
        raise SubmissionError(f"{_text(others[0].name)} is not a notebook: its name should end with .ipynb")
    if not candidates:
        instead = f", but {_text(others[0].name)}" if others else ""
        raise NothingHandedInError(f"the folder holds no notebook{instead}")
    return _choose(candidates, assignment)


def _choose(candidates: list[Found], assignment: str) -> tuple[bytes, Notebook]:
    read, faults = {}, []
    for found in candidates:
        try:
            read[found.content] = (found.name, read_notebook(found.content))
        except SubmissionError as error:
            faults.append(error)
    if not read:
        raise faults[0]
    right = {content: one for content, one in read.items() if one[1].assignment in ("", assignment)}
    if not right:
        other = next(iter(read.values()))[1].assignment
        raise SubmissionError(f"the notebook is of another assignment, {other}")
    if len(right) > 1:
        exact = {c: one for c, one in right.items() if PurePosixPath(one[0]).stem == assignment}
        if len(exact) != 1:
            names = ", ".join(sorted(name for name, _ in right.values()))
            raise SubmissionError(
                f"there are {len(right)} different notebooks, and one is needed: {names[:200]}"
            )
        right = exact
    ((content, (_, notebook)),) = right.items()
    return content, notebook


def _holds(path: Path) -> bool:
    return any(NOTEBOOK.search(one.name) or ARCHIVE.search(one.name) for one in _files(path))


def _files(path: Path, depth: int = 0) -> Iterator[Path]:
    """Yield the ordinary files of a student; a link or a device file is never opened."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise SubmissionError(f"{_text(path.name)} is a link, not a file")
    if stat.S_ISREG(mode):
        yield path
    elif not stat.S_ISDIR(mode):
        raise SubmissionError(f"{_text(path.name)} is no ordinary file")
    elif depth < DEEPEST:
        inside = sorted(path.iterdir())
        if len(inside) > MOST_FILES:
            raise SubmissionError(f"the folder holds {len(inside)} files")
        for one in inside:
            if not JUNK.match(_text(one.name)):
                yield from _files(one, depth + 1)


def _read(path: Path) -> Found:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SubmissionError(f"the file is larger than {LARGEST // 2**20} MB: clear the outputs")
    return Found(_text(path.name), content)


def _from_zip(content: bytes) -> list[Found]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as members:
            inside = [
                info
                for info in members.infolist()[:MOST_FILES]
                if NOTEBOOK.search(info.filename)
                and not any(JUNK.match(part) for part in re.split(r"[/\\]", info.filename))
            ]
            if any(info.flag_bits & 1 for info in inside):
                raise SubmissionError("the zip file has a password")
            if any(info.file_size > LARGEST for info in inside[:20]) or len(inside) > 20:
                raise SubmissionError("the zip file should hold one notebook of ordinary size")
            return [Found(info.filename, _unpack(members, info, content)) for info in inside]
    except NotImplementedError as error:
        raise SubmissionError(
            "the zip file is packed in a way that is not known here: pack it anew"
        ) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        zipfile.LargeZipFile,
    ) as error:
        raise SubmissionError("the zip file is damaged") from error


def _unpack(members: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> bytes:
    if info.compress_type != DEFLATE64:
        with members.open(info) as file:
            return file.read(LARGEST)
    # What Python's zipfile leaves out. The header before the data is 30 bytes, a name, and an extra field.
    head = content[info.header_offset : info.header_offset + 30]
    begin = (
        info.header_offset
        + 30
        + int.from_bytes(head[26:28], "little")
        + int.from_bytes(head[28:30], "little")
    )
    packed, inflater, unpacked = (
        content[begin : begin + info.compress_size],
        inflate64.Inflater(),
        bytearray(),
    )
    for at in range(0, len(packed), 2**16):
        unpacked += inflater.inflate(packed[at : at + 2**16])
        if len(unpacked) > LARGEST:
            raise SubmissionError("the zip file should hold one notebook of ordinary size")
    if zlib.crc32(unpacked) != info.CRC:
        raise zipfile.BadZipFile("the sum is another")
    return bytes(unpacked)
