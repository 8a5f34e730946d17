"""A process that draws, from outside: it is asked line by line, and killed when it takes too long."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from editor.layout_engine.parts import SKETCH_SWITCH, SWITCH

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, {root!r}); from {module} import main; main()"
Wait = Callable[[Event, float], bool]
"""Waits for an event for some seconds; says whether it came."""


class EngineError(Exception):
    """The engine gives no drawing; the text says why, as a part of a sentence."""


class NotLoadedError(EngineError):
    """The engine cannot be loaded here; the text says why, as a sentence."""


def command() -> list[str]:
    """What starts the process of the engine."""
    return _command(SWITCH, "editor.layout_engine.worker")


def sketch_command() -> list[str]:
    """What starts the process of graphlay."""
    return _command(SKETCH_SWITCH, "editor.layout_engine.sketch_worker")


def _command(switch: str, module: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, switch]
    return [sys.executable, "-P", "-c", _START.format(root=str(_ROOT), module=module)]


def wait(event: Event, seconds: float) -> bool:
    """Wait by the computer's clock."""
    return event.wait(seconds)


class Reply:
    """An answer that is to come; `came` is set when it is there or never will be."""

    def __init__(self) -> None:
        self.came = Event()
        self.told: Mapping[str, Any] | None = None

    def give(self, told: Mapping[str, Any] | None) -> None:
        """Let the answer be known; None: there will be none."""
        self.told = told
        self.came.set()


class EngineProcess:
    """One process. All of it may be called from any thread. `is_alive` turns false when it has ended."""

    def __init__(self, words: Sequence[str] | None = None) -> None:
        """Start it.

        Raises:
            EngineError: it cannot be started.
        """
        try:
            self._process = subprocess.Popen(
                list(words or command()),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise EngineError(f"it cannot be started ({error.strerror or error})") from None
        self.is_alive = True
        self._numbers = count(1)
        self._turn = Lock()
        self.ready = Reply()
        self._waiting: dict[int, Reply] = {0: self.ready}
        Thread(target=self._read, name="layout engine", daemon=True).start()

    def ask(self, kind: str, told: Mapping[str, Any] | None = None) -> Reply:
        """Send a request; the reply comes later, with None in it when the process ends before."""
        reply = Reply()
        with self._turn:
            if not self.is_alive:
                reply.give(None)
                return reply
            number = next(self._numbers)
            self._waiting[number] = reply
        line = json.dumps({"id": number, "kind": kind, **(told or {})}) + "\n"
        # in a thread: a process that reads nothing would hold up whoever asks
        Thread(target=self._send, args=(line.encode("ascii"),), daemon=True).start()
        return reply

    def _send(self, line: bytes) -> None:
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            self._process.stdin.write(line)
            self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with suppress(OSError, ValueError):
            for line in self._process.stdout:
                self._take(line)
        self.kill()

    def _take(self, line: bytes) -> None:
        """Hand an answer to who waits for it; what is no answer is nonsense, and ends the process."""
        try:
            told = json.loads(line)
            number = told["id"]
            if not isinstance(told, dict) or not (number is None or isinstance(number, int)):
                raise TypeError
        except (ValueError, TypeError, KeyError, RecursionError):
            self.kill()
            return
        with self._turn:
            reply = self._waiting.pop(number, None) if number is not None else None
        if reply is not None:
            reply.give(told)

    def _end(self) -> None:
        with self._turn:
            self.is_alive = False
            left = list(self._waiting.values())
            self._waiting.clear()
        for reply in left:
            reply.give(None)

    def kill(self) -> None:
        """End it at once. Replies that did not come are given None."""
        with self._turn:
            self.is_alive = False
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.close()
        self._end()
