"""The process in which ECMAScript is evaluated, from outside: contexts in it are made, called and closed.

V8 gives up by ending its process, and inside of some built-in functions it can neither be stopped nor be held to a
limit of memory. So it has a process of its own, which is made when it is first needed and anew when it has ended.
"""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from struct import Struct
from threading import Lock, Thread
from typing import IO
from weakref import finalize

from editor import v8
from editor.engine.language import MISSING
from editor.errors import RunError

_WORKER = Path(__file__).with_name("script_worker.py")
_HEAD = Struct("<cIdI")
"""A request: what is asked (m: make, c: call, x: close), a context, bytes or seconds, the length of the text behind."""
ANSWERS = Struct("<cI")
"""An answer: what it is (v: a text, n: none, f: what is wrong, l: it took too long, m: memory), the text's length.

The first one comes unasked when V8 is loaded, or cannot be.
"""
_ENDS = {b"l": "it takes too long", b"m": "it takes too much memory"}


class ScriptError(Exception):
    """What ECMAScript says is wrong with a call; all that it did until then has happened."""


class ScriptEndError(Exception):
    """A call was ended, and its context with it; what it had done until then is lost."""


def command() -> list[str]:
    """What starts the process."""
    is_frozen = getattr(sys, "frozen", False)
    return [sys.executable, v8.SCRIPT_SWITCH] if is_frozen else [sys.executable, "-P", str(_WORKER)]


class Process:
    """One process. `is_alive` turns false when it has ended; then all its contexts are lost.

    `dropped` are the numbers of contexts that nobody needs any more.
    """

    def __init__(self) -> None:
        """Start it.

        Raises:
            RunError: the extra is missing, or it cannot be started.
        """
        if not v8.is_here():
            raise RunError(MISSING)
        import subprocess  # noqa: PLC0415 - few machines need it

        try:
            self._process = subprocess.Popen(
                command(),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise RunError(f"ECMAScript cannot be evaluated on this computer: {error}") from None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input: IO[bytes] = self._process.stdin
        self._output: IO[bytes] = self._process.stdout
        self.is_alive = True
        self.has_answered = False
        self.dropped: list[int] = []
        self._turn = Lock()
        self._refusal: str | None = None
        self._loading = Thread(target=self._load, name="script engine", daemon=True)
        self._loading.start()

    @property
    def is_loading(self) -> bool:
        """Whether V8 is not there yet, so that who asks has to wait for it."""
        return self._loading.is_alive()

    def is_ready_within(self, seconds: float) -> bool:
        """Wait for V8 for so long at most; whether there is nothing to wait for any more."""
        self._loading.join(seconds)
        return not self.is_loading

    def _load(self) -> None:
        """Wait until V8 is loaded."""
        try:
            kind, said = self._answer()
        except (OSError, EOFError, ValueError):
            kind, said = b"f", ""
        if kind == b"f":
            self._refusal = said

    def ask(self, what: bytes, number: int, limit: float, text: str) -> tuple[bytes, str]:
        """One request and its answer.

        Raises:
            ScriptEndError: the process has ended over it.
            RunError: V8 cannot be loaded in it, or it ended before it ever answered.
        """
        self._loading.join()
        if self._refusal is not None:
            self.close()
            raise RunError(f"ECMAScript cannot be evaluated on this computer. {self._refusal}".rstrip())
        with self._turn:
            while self.dropped:  # whoever drops a context may be in the middle of a request
                self._ask(b"x", self.dropped.pop(), 0, "")
            return self._ask(what, number, limit, text)

    def _ask(self, what: bytes, number: int, limit: float, text: str) -> tuple[bytes, str]:
        data = text.encode("utf-8", "surrogatepass")
        try:
            self._input.write(_HEAD.pack(what, number, limit, len(data)) + data)
            self._input.flush()
            kind, said = self._answer()
        except (OSError, EOFError):
            self.close()
            if not self.has_answered:
                raise RunError("ECMAScript cannot be evaluated on this computer.") from None
            raise ScriptEndError("it takes too long or too much memory") from None
        self.has_answered = True
        return kind, said

    def _answer(self) -> tuple[bytes, str]:
        kind, length = ANSWERS.unpack(self._read(ANSWERS.size))
        return kind, self._read(length).decode("utf-8", "surrogatepass")

    def _read(self, length: int) -> bytes:
        found = self._output.read(length)
        if len(found) < length:
            raise EOFError
        return found

    def close(self) -> None:
        """End it."""
        self.is_alive = False
        self._process.kill()
        self._process.wait()
        self._loading.join()  # which reads until it has ended
        for stream in (self._input, self._output):
            with suppress(OSError):
                stream.close()


class Context:
    """A world of its own for ECMAScript, in the process that lives when it is made."""

    _numbers = count()

    def __init__(self, start: str, most_bytes: int) -> None:
        """Make it, and evaluate what it starts with.

        Raises:
            RunError: ECMAScript cannot be evaluated here.
            ScriptEndError: the process has ended over it.
        """
        self._process = _living()
        self._number = next(self._numbers)
        self._drop = finalize(self, self._process.dropped.append, self._number)
        self._drop.atexit = False
        self._process.ask(b"m", self._number, most_bytes, start)

    @property
    def is_alive(self) -> bool:
        """Whether it can still be called."""
        return self._drop.alive and self._process.is_alive

    def call(self, code: str, seconds: float) -> str | None:
        """What statements give, where that is a text.

        Raises:
            ScriptError: they fail.
            ScriptEndError: they take too long or too much memory; the context is lost.
        """
        kind, said = self._process.ask(b"c", self._number, seconds, code)
        if kind in _ENDS:
            self._drop.detach()
            with suppress(
                ScriptEndError
            ):  # what cannot be stopped ends the process here, and not in another call
                self._process.ask(b"x", self._number, 0, "")
            raise ScriptEndError(_ENDS[kind])
        if kind == b"f":
            raise ScriptError(said)
        return said if kind == b"v" else None

    def close(self) -> None:
        """Let go of it."""
        self._drop()


_PROCESSES: list[Process] = []


def _living() -> Process:
    if not _PROCESSES or not _PROCESSES[-1].is_alive:
        _PROCESSES[:] = [Process()]
    return _PROCESSES[-1]


def is_loading() -> bool:
    """Whether a process was started and has not loaded V8 yet: who asks it for something has to wait."""
    return bool(_PROCESSES) and _PROCESSES[-1].is_alive and _PROCESSES[-1].is_loading


def is_ready_within(seconds: float) -> bool:
    """Whether V8 is loaded after so many seconds at most, or cannot be; it is started where it was not.

    Raises:
        RunError: the extra is missing, or it cannot be started.
    """
    return _living().is_ready_within(seconds)


def start() -> None:
    """Have a process started, so that it answers sooner when it is needed.

    Raises:
        RunError: the extra is missing, or it cannot be started.
    """
    _living()


def _leave_to_parent() -> None:
    """After a fork: the processes are those of the parent, and all contexts are to be made anew here."""
    for process in _PROCESSES:
        process.is_alive = False
    _PROCESSES.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)


@atexit.register
def close_all() -> None:
    """End the process with the program."""
    for process in _PROCESSES:
        process.close()
