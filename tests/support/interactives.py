"""The interactives of a chapter with the code that they need, so that JupyterLab need not run the rest."""

import ast

import nbformat
from embedding_geometry import widgets

NAMES = set(widgets.__all__)


def names_of(code):
    """Return the names that a cell binds, and those that it uses."""
    bound: set[str] = set()
    used: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            used.add(node.target.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).partition(".")[0])
    return bound, used


def with_interactives_only(notebook):
    """Return a copy with all of its text, and of its code what an interactive is made of."""
    needed: set[str] = set()
    kept = []
    for cell in reversed(notebook.cells):
        if cell.cell_type == "code":
            bound, used = names_of(cell.source)
            if not bound & needed and not used & NAMES:
                continue
            needed |= used
        kept.append(cell)
    return nbformat.from_dict({**notebook, "cells": kept[::-1]})
