"""The pages for a class: the notebooks to download, and a plan that agrees with the chapters."""

import re
import zipfile

import nbformat
from built_pages import soup_of

from tools.built_site import ROOT


def test_the_student_notebooks_are_offered(site):
    made = sorted((ROOT / "_build" / "assignments").glob("*/student/*.ipynb"))
    rows = soup_of(site / "chapters" / "assignments.html").select_one("article table tbody").find_all("tr")
    assert len(rows) == len(made) == len(list((ROOT / "assignments").glob("[0-9]*.md"))) > 0
    for i, (row, notebook) in enumerate(zip(rows, made, strict=True), 1):
        title, time, points, _ = (cell.get_text() for cell in row.find_all("td"))
        offered = site / "chapters" / row.find("a", class_="download")["href"]
        # With the files that it reads, under one folder.
        with zipfile.ZipFile(offered) as files:
            inside = {name.partition("/")[2]: files.read(name) for name in files.namelist()}
        beside = {path.relative_to(notebook.parent).as_posix() for path in notebook.parent.rglob("*.*")}
        assert inside.keys() == beside
        assert inside[notebook.name] == notebook.read_bytes()
        first = next(c for c in nbformat.read(notebook, 4).cells if c.cell_type == "markdown").source
        assert title.startswith(f"{i}: ")
        assert first.startswith(f"# Assignment {title}")
        assert f"**Time:** {time}. **Points:** {points}" in first


def test_no_solution_is_in_the_site(site):
    for path in site.rglob("*.ipynb"):
        assert "BEGIN SOLUTION" not in path.read_text(encoding="utf-8"), path.name
    assert not [path for path in site.rglob("*") if "autograder" in path.name or "solution" in path.name]


def test_the_plans_minutes_are_the_chapters_own(site):
    plan = soup_of(site / "chapters" / "teaching.html").select_one("article table tbody").find_all("tr")
    planned = {
        row.find("a")["href"].removesuffix(".html"): int(row.find_all("td")[1].get_text()) for row in plan
    }
    stated = {
        path.stem: int(re.search(r"\*\*Time:\*\* (\d+) minutes", path.read_text(encoding="utf-8"))[1])
        for path in sorted((ROOT / "chapters").glob("[0-9]*.ipynb"))
    }
    assert planned == stated
