"""Write the folder that a class gets: ``_build/student``, an archive of it, and the branch ``student``.

    python publishing/make_student.py

In it are the chapters, the library, the student notebooks with their files, and what installs and runs
them; of the assignments' sources, of hidden tests, solutions and rubrics there is nothing.

The branch has no history in common with this repository, so that to push it brings nothing else along:

    git push ADDRESS-OF-THE-CLASS student:main
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from publishing.make_zip import pack
from tools.built_site import NAME, ROOT

FOLDER = ROOT / "_build" / "student"
BRANCH = "student"
TEMPLATE = "classroom/student/"
# What of the repository a class gets, besides the template and the student notebooks.
GIVEN = (
    "chapters/",
    "lib/",
    "classroom/",
    "pyproject.toml",
    "LICENSE",
    "CITATION.cff",
    ".env",
    ".gitignore",
    ".gitattributes",
)
# For teachers, or written by the build of the website alone.
WITHHELD = (
    TEMPLATE,
    "classroom/kubernetes/",
    "chapters/teaching.md",
    "chapters/claims.md",
    "chapters/assignments.md",
)

# The history of this branch is the course's, and not of whoever prepares a class.
AUTHOR = {"NAME": "The Geometry of Embeddings", "EMAIL": "course@localhost"}


def tracked(root: Path) -> list[str]:
    """Return the files of the repository, as git lists them."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.split("\0") if name and (root / name).is_file()]


def write_folder(root: Path, folder: Path) -> None:
    """Write the folder anew.

    Parameters
    ----------
    root : Path
        The repository, with the made assignments in ``_build/assignments``.
    folder : Path

    Raises
    ------
    SystemExit
        If an assignment has not been made.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        place = Path(made, "student")
        for name in tracked(root):
            target = name.removeprefix(TEMPLATE)
            if name.startswith(TEMPLATE) or (name.startswith(GIVEN) and not name.startswith(WITHHELD)):
                (place / target).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / name, place / target)
        # With otter-grader, which runs the checks in the notebooks.
        shutil.copy(root / "classroom" / "requirements.txt", place / "requirements.txt")
        for source in sorted((root / "assignments").glob("[0-9]*.md")):
            student = root / "_build" / "assignments" / source.stem / "student"
            if not student.is_dir():
                raise SystemExit(f"{source.stem} has not been made: run `make assignments`")
            shutil.copytree(student, place / "assignments" / source.stem)
        shutil.rmtree(folder, ignore_errors=True)
        place.rename(folder)


def commit(root: Path, folder: Path, branch: str) -> bool:
    """Make the folder the content of a branch of its own; return whether that was anything new.

    Neither the working folder nor the index of the repository is touched.
    """

    def git(*arguments: str, **settings: str) -> str:
        command = ["git", "-c", "core.autocrlf=false", *arguments]
        run = subprocess.run(
            command, cwd=root, env={**os.environ, **settings}, capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    known = git("for-each-ref", "--format=%(objectname) %(tree)", f"refs/heads/{branch}").split()
    with tempfile.TemporaryDirectory() as aside:
        index = {"GIT_INDEX_FILE": str(Path(aside, "index"))}
        git("--work-tree", str(folder), "add", "--all", "--force", ".", **index)
        tree = git("write-tree", **index)
    if known and known[1] == tree:
        return False
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in AUTHOR.items()}
    parents = ["-p", known[0]] if known else []
    made = git("commit-tree", tree, *parents, "-m", "The course for a class", **who)
    git("update-ref", f"refs/heads/{branch}", made)
    return True


def main() -> None:
    """Write the folder, the archive and the branch."""
    parser = argparse.ArgumentParser(description="Write the folder, the archive and the branch of a class.")
    parser.parse_args()
    write_folder(ROOT, FOLDER)
    archive = FOLDER.with_name(f"{NAME}-student.zip")
    pack(FOLDER, archive)
    new = commit(ROOT, FOLDER, BRANCH)
    print(f"{FOLDER.relative_to(ROOT)}, {archive.relative_to(ROOT)}: {archive.stat().st_size / 1e6:.1f} MB")
    state = "a new commit" if new else "as it was"
    print(f"branch {BRANCH}, {state}: git push ADDRESS-OF-THE-CLASS {BRANCH}:main")


if __name__ == "__main__":
    main()
