"""Grade a class of 60 for each assignment, and write how long it takes into GRADING.md.

    python grading.py [NAME ...]

Each hands in the reference solution with a number of their own. Beside it stands how long one notebook's
code runs by itself, without tests and sandbox: nobody can grade faster than the code runs. As many run at
once as are graded at once, with one thread each: two cores that share something do less than twice as much.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from statistics import mean
from threading import Barrier

import nbformat
from nbclient import NotebookClient

from benchmarks.machine import machine

ROOT = Path(__file__).resolve().parents[1]
MADE = ROOT / "_build" / "assignments"
TABLE = Path(__file__).with_name("GRADING.md")
N_STUDENTS = 60
WORKERS = 2
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def own_time(name: str, folder: Path) -> float:
    """Return the seconds that the cells of a notebook take, in kernels that are there already."""
    ready = Barrier(WORKERS, timeout=120)

    def run(own: Path) -> float:
        shutil.copytree(MADE / name / "student", own)
        notebook = nbformat.read(MADE / name / "solution" / f"{name}.ipynb", as_version=4)
        client = NotebookClient(notebook, resources={"metadata": {"path": own}})
        with client.setup_kernel(env=os.environ | ONE_THREAD):
            ready.wait()
            begun = time.perf_counter()
            for place, cell in enumerate(notebook.cells):
                if "otter" not in cell.source and "grader" not in cell.source:
                    client.execute_cell(cell, place)
            return time.perf_counter() - begun

    with ThreadPoolExecutor(WORKERS) as pool:
        return mean(pool.map(run, [folder / f"own{place}" for place in range(WORKERS)]))


def class_time(name: str, folder: Path) -> float:
    """Return the seconds that grading the class takes."""
    text = (MADE / name / "solution" / f"{name}.ipynb").read_text(encoding="utf-8")
    (folder / "class").mkdir()
    for number in range(N_STUDENTS):
        handed_in = text.replace("student_number = 0", f"student_number = {number}")
        (folder / "class" / f"student{number}.ipynb").write_text(handed_in, encoding="utf-8")
    command = [sys.executable, ROOT / "grading" / "grade.py", MADE / name / "autograder.zip"]
    command += [folder / "class", folder / "results", "--workers", WORKERS]
    begun = time.perf_counter()
    subprocess.run(list(map(str, command)), check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Measure every assignment, or those that are named."""
    before = machine(ipython=version("ipython"))
    lines = [
        f"Before: {before}.",
        "",
        f"| assignment | own time (s) | times {N_STUDENTS}, over {WORKERS} cores (s) | grading (s) | ratio |",
        "|---|---|---|---|---|",
    ]
    for folder in sorted(path for path in MADE.iterdir() if path.name in (sys.argv[1:] or os.listdir(MADE))):
        with tempfile.TemporaryDirectory() as work:
            first = own_time(folder.name, Path(work, "before"))
            took = class_time(folder.name, Path(work))
            own = mean([first, own_time(folder.name, Path(work, "after"))])
        ideal = own * N_STUDENTS / WORKERS
        lines.append(f"| {folder.name} | {own:.1f} | {ideal:.0f} | {took:.0f} | {took / ideal:.2f} |")
        print(lines[-1], flush=True)
    lines += ["", f"After: {machine(ipython=version('ipython'))}."]
    head = TABLE.read_text(encoding="utf-8").split("<!-- measured -->")[0]
    TABLE.write_text(head + "<!-- measured -->\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
