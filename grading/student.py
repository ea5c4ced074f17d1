"""Run a student's notebook cell by cell, and answer what the grader asks of it.

    python student.py DESCRIPTOR

This runs in the sandbox, in the process of the student's code: whatever it says is taken for data, never
for a verdict. There are no tests here, and nothing of otter-grader but a stand-in that does nothing.
"""

import builtins
import socket
import sys
import types
from typing import Any

import wire
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config


class Notebook:
    """Stands in for otter's notebook, whose checks a student's cells call."""

    def __init__(self, *args: object, **settings: object) -> None:
        pass

    def __getattr__(self, name: str) -> object:
        return lambda *args, **settings: None


def raised(error: BaseException) -> dict:
    """Return what may be said of an error: the names of its classes, and its message."""
    return {"raised": [kind.__name__ for kind in type(error).__mro__], "message": str(error)[:2000]}


class Answers:
    """Answers the grader's requests from the namespace of the notebook."""

    def __init__(self) -> None:
        settings = Config()
        settings.HistoryManager.enabled = False
        self._shell = InteractiveShell.instance(config=settings)

    def run(self, code: str) -> dict:
        """Run a cell as a notebook does."""
        done = self._shell.run_cell(code)
        error = done.error_before_exec or done.error_in_exec
        return {"ok": True} if error is None else raised(error)

    def get(self, name: str) -> dict:
        """Return a value by its name."""
        return {"value": wire.encode(self._value(name))}

    def call(self, name: str, arguments: list, keywords: dict) -> dict:
        """Return what a function gives for these arguments, and which of these it has changed."""
        values = [wire.decode(told, self._resolve) for told in arguments]
        words = {word: wire.decode(told, self._resolve) for word, told in keywords.items()}
        result = wire.encode(self._value(name)(*values, **words))
        now = [wire.encode(value) for value in values]
        changed = {place: told for place, told in enumerate(now) if told != arguments[place]}
        return {"value": result, "changed": changed}

    def _value(self, name: str) -> Any:
        space = self._shell.user_ns
        return space[name] if name in space else getattr(builtins, name)

    def _resolve(self, told: dict) -> Any:
        return self._value(told["value"])


def main() -> None:
    """Answer until the grader hangs up."""
    channel = wire.Channel(socket.socket(fileno=int(sys.argv[1])))
    sys.path[0] = ""  # a notebook sees its own folder, and not that of this file
    sys.modules["otter"] = types.ModuleType("otter")
    sys.modules["otter"].Notebook = Notebook  # type: ignore[attr-defined]
    answers = Answers()
    while True:
        try:
            request = channel.receive()
        except EOFError:
            return
        try:
            line = wire.pack(getattr(answers, request.pop("do"))(**request))
        except BaseException as error:
            line = wire.pack(raised(error))
        channel.send(line)


if __name__ == "__main__":
    main()
