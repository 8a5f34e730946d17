"""What the processes of drawings have in common: requests come in, answers go out, one JSON object a line each.

The first line out has the id 0 and says that all is loaded, or why not. Nothing else is written there.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

from editor.layout_engine.drawing import Drawing

Answer = Callable[[str], dict[str, Any]]
"""What to say to a line that came in."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Who answers, and what makes answers quicker, in small pieces, that is done while nothing is asked."""

    answer: Answer
    practice: Iterator[object] = field(default_factory=lambda: iter(()))


def serve(load: Callable[[], Loaded], unloadable: tuple[type[Exception], ...] = ()) -> None:
    """Load and answer until the input ends. Never returns: what was loaded may hang while Python ends.

    `unloadable`: the errors of `load` that are told to who started the process.
    """
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever else prints must not disturb the answers
    lines: SimpleQueue[str] = SimpleQueue()
    Thread(target=_read, args=(sys.stdin, lines), daemon=True).start()
    try:
        loaded = load()
    except unloadable as error:
        _say(output, {"id": 0, "error": str(error).partition("\n")[0]})
        os._exit(1)
    _say(output, {"id": 0, "done": "ready"})
    while True:
        _say(output, loaded.answer(next_line(lines, loaded.practice)))


def next_line(lines: SimpleQueue[str], practice: Iterator[object]) -> str:
    """The next line, which is waited for; meanwhile one practises, as long as there is anything to."""
    nothing = object()
    while lines.empty() and next(practice, nothing) is not nothing:
        pass
    return lines.get()


def answered(
    line: str, draw: Callable[[dict[str, Any]], Drawing], undrawable: tuple[type[Exception], ...]
) -> dict[str, Any]:
    """What to say to a request: the drawing of what is asked, or which of some errors came instead."""
    id: object = None
    try:
        asked = json.loads(line)
        id = asked["id"]
        done = "pong" if asked["kind"] == "ping" else draw(asked).to_data()
    except undrawable as error:
        return {"id": id, "error": f"{type(error).__name__}: {str(error)[:300]}"}
    return {"id": id, "done": done}


def _read(stream: IO[str], lines: SimpleQueue[str]) -> None:
    """Hand on what comes in; at its end the process is over, whatever it does: who asked is gone."""
    for line in stream:
        lines.put(line)
    os._exit(0)


def _say(output: IO[str], told: dict[str, Any]) -> None:
    try:
        output.write(json.dumps(told) + "\n")
        output.flush()
    except OSError:
        os._exit(0)
