"""The process that judges: it runs the tests, and never a line of what a student wrote.

It has the student's process run the notebook cell by cell, and asks it for values, and for what functions
return for arguments that the tests choose. All that comes back is data (`wire`), copied into this process.
"""

import builtins
import contextlib
import copy
import inspect
import os
import re
import resource
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import wire
from archive import Assignment, Case
from notebooks import Notebook

LARGEST_NUMBER = 10**15
MEMORY = 8 * 2**30  # of the judge itself, in bytes


class GoneError(BaseException):
    """The student's process doesn't answer any more; no ``except Exception`` of a test may catch it."""


@dataclass
class Verdict:
    """What came out."""

    passed: dict[str, list[bool]]
    number: int | None = None
    """The student's number, as the notebook sets it before the first question."""
    events: list[str] = field(default_factory=list)
    """What happened on the way: a fixed phrase each, with a name or a number in it."""
    stopped: str = ""
    """"time" or "gone", if the notebook didn't reach its end."""


class Student:
    """The student's process, at the other end of a socket.

    Parameters
    ----------
    connection : socket.socket
    seconds : float
        How long it may take over all its answers together.
    """

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._channel = wire.Channel(connection)
        self._seconds = seconds
        self.stopped = ""

    def ask(self, **request: Any) -> dict:
        """Return the answer to a request."""
        if self.stopped:
            raise GoneError
        begun = time.monotonic()
        try:
            self._channel.send(wire.pack(request))
            return self._channel.receive(begun + self._seconds)
        except TimeoutError as error:
            self.stopped = "time"
            raise GoneError from error
        except (EOFError, OSError) as error:
            self.stopped = "gone"
            raise GoneError from error
        except wire.WireError as error:
            self.stopped = str(error)
            raise GoneError from error
        finally:
            self._seconds -= time.monotonic() - begun

    def get(self, name: str, given: dict[str, Any]) -> Any:
        """Return the value of a name: data, or a function that asks for what it returns."""
        answer = self.ask(do="get", name=name)
        _raise(answer)
        told = answer.get("value")
        if isinstance(told, dict) and told.get("is") == "function":
            return self._function(name, given)
        return wire.decode(told)

    def _function(self, name: str, given: dict[str, Any]) -> Callable:
        def function(*arguments: Any, **keywords: Any) -> Any:
            told = [_encode(value, given) for value in arguments]
            words = {word: _encode(value, given) for word, value in keywords.items()}
            answer = self.ask(do="call", name=name, arguments=told, keywords=words)
            _raise(answer)
            changed = answer.get("changed")
            for place, now in (changed if isinstance(changed, dict) else {}).items():
                _change(arguments[int(place)], wire.decode(now))
            return wire.decode(answer.get("value"))

        return function


def _encode(value: Any, given: dict[str, Any]) -> Any:
    """Return a value as the student's process gets it: what is no data goes by its name in the notebook."""
    told = wire.encode(value)
    if isinstance(told, dict) and told["is"] in ("other", "function"):
        name = next(name for name, own in given.items() if own is value)
        return wire.encode(wire.Named(name))
    return told


def _change(argument: Any, now: Any) -> None:
    """Let an argument be what the student's function has made of its copy, as if it were the same object."""
    if isinstance(argument, np.ndarray) and np.shape(now) == argument.shape and argument.flags.writeable:
        argument[...] = now
    elif isinstance(argument, list) and isinstance(now, list):
        argument[:] = now
    elif isinstance(argument, dict) and isinstance(now, dict):
        argument.clear()
        argument.update(now)


def _raise(answer: dict) -> None:
    """Raise what was raised over there, as the nearest of Python's own errors."""
    if "raised" not in answer:
        return
    names = [name for name in answer["raised"] if isinstance(name, str)]
    kinds = [getattr(builtins, name, None) for name in names]
    kind = next((k for k in kinds if isinstance(k, type) and issubclass(k, Exception)), RuntimeError)
    message = str(answer.get("message", ""))[:2000]
    try:
        error = kind(message)
    except TypeError:  # a few of them ask for more than a message
        error = RuntimeError(message)
    raise error


def make_given(assignment: Assignment, number: int) -> dict[str, Any]:
    """Return the data of a student, made here from the student's number.

    Arrays can't be written to: a student's function that changes its argument changes a copy.
    """
    space: dict[str, Any] = {"__name__": "given", "student_number": number}
    with contextlib.redirect_stdout(None):
        for cell in assignment.given:
            exec(compile(cell, f"{assignment.name}, given", "exec", optimize=0), space)
    for value in list(space.values()):
        for array in (value, getattr(value, "vectors", None)):
            if isinstance(array, np.ndarray):
                array.setflags(write=False)
    return space


def passes(case: Case, student: Student, given: dict[str, Any]) -> bool:
    """Return whether a test passes."""
    space: dict[str, Any] = {"__name__": "test"}
    # Else, where Python is asked to optimize, no assertion of a test would be left.
    exec(compile(case.code, case.name, "exec", optimize=0), space)
    function = space[case.name]

    def value(name: str) -> Any:
        if name not in given:
            return student.get(name, given)
        own = given[name]
        return copy.deepcopy(own) if isinstance(own, list | dict | set) else own

    try:
        values = {name: value(name) for name in inspect.signature(function).parameters}
        with contextlib.redirect_stdout(None):
            function(**values)
    except Exception:
        return False
    return True


def judge(assignment: Assignment, notebook: Notebook, student: Student) -> Verdict:
    """Have a notebook run, and test each question where it ends and, what failed there, once more at the end.

    So a name that is used again below loses no point, and neither does an answer that stands further down.
    """
    verdict = Verdict({question: [False] * len(cases) for question, cases in assignment.tests.items()})
    given: dict[str, Any] | None = None

    def test(question: str) -> None:
        for place, case in enumerate(assignment.tests.get(question, [])):
            if given is not None and not verdict.passed[question][place]:
                verdict.passed[question][place] = passes(case, student, given)

    last = {cell.question: place for place, cell in enumerate(notebook.cells)}
    failed = 0
    try:
        for place, cell in enumerate(notebook.cells):
            answer = student.ask(do="run", code=cell.source)
            if "raised" in answer:
                failed += 1
                if failed == 1:
                    verdict.events.append(f"cell {place + 1} raised {_name(answer['raised'])}")
            if given is None and (place == last.get("", -1) or cell.question):
                verdict.number = _number(student)
                given = make_given(assignment, verdict.number) if verdict.number is not None else None
                if given is None:
                    verdict.events.append("student_number is no whole number of zero or above")
                    return verdict
            if place == last[cell.question]:
                test(cell.question)
        for question in assignment.tests:
            test(question)
    except GoneError:
        verdict.stopped = student.stopped
    if failed > 1:
        verdict.events[0] += f", and {failed - 1} more raised errors"
    return verdict


def _number(student: Student) -> int | None:
    try:
        number = student.get("student_number", {})
    except Exception:
        return None
    whole = isinstance(number, int | np.integer) and not isinstance(number, bool | np.bool_)
    return int(number) if whole and 0 <= number < LARGEST_NUMBER else None


def _name(classes: Any) -> str:
    """Return the name of an error, as far as it can be the name of one."""
    name = classes[0] if isinstance(classes, list) and classes and isinstance(classes[0], str) else ""
    return name if re.fullmatch(r"[A-Za-z_]\w{0,59}", name, re.ASCII) else "an error without a name"


def main(
    assignment: Assignment, notebook: Notebook, connection: socket.socket, seconds: float, answer: Connection
) -> None:
    """Judge in a process of its own, in an empty folder with the files of the assignment."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        assignment.write_files(Path(folder))
        verdict = judge(assignment, notebook, Student(connection, seconds))
    answer.send(verdict)
