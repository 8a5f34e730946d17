"""The program in whose process ECMAScript is evaluated, started by its path: V8 may end or hang it, and nothing else.

It reads requests and writes answers, as `script_process` says, until its input ends. A call that outlasts its time by
far ends the process: what V8 is busy with inside of one built-in function it cannot be stopped in.
"""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from py_mini_racer import (
    JSEvalException,
    JSOOMException,
    JSTimeoutException,
    LibNotFoundError,
    MiniRacer,
    init_mini_racer,
)

# the same as in script_process, of which nothing is imported here so that the process starts at once
HEAD = struct.Struct("<cIdI")
ANSWER = struct.Struct("<cI")
MAKE, CALL, CLOSE = b"m", b"c", b"x"
VALUE, NOTHING, FAILED, LATE, FULL = b"v", b"n", b"f", b"l", b"m"
_MOST_DATA = 4_000_000_000
_GRACE = 0.5
_ROUND = 0.1
_MOST_OF_MAKING = 10.0


class Guard:
    """Ends the process when a call takes too long; it sleeps while there is none."""

    def __init__(self) -> None:
        self.end: float | None = None
        self._busy = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def begin(self, seconds: float) -> None:
        """A call begins that may take some seconds."""
        self.end = time.monotonic() + seconds + _GRACE
        if not self._busy.is_set():
            self._busy.set()

    def _watch(self) -> None:
        while self._busy.wait():
            time.sleep(_ROUND)
            end = self.end
            if end is None:
                self._busy.clear()
                if self.end is not None:  # a call began in between
                    self._busy.set()
            elif time.monotonic() > end:
                os._exit(1)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    contexts: dict[int, Any] = {}
    guard = Guard()
    while True:
        head = requests.read(HEAD.size)
        if len(head) < HEAD.size:
            return
        what, number, limit, length = HEAD.unpack(head)
        text = requests.read(length).decode("utf-8", "surrogatepass")
        guard.begin({CALL: limit, MAKE: _MOST_OF_MAKING}.get(what, 0.0))
        kind, said = _answer(contexts, what, number, limit, text)
        guard.end = None
        data = said.encode("utf-8", "surrogatepass")
        answers.write(ANSWER.pack(kind, len(data)) + data)
        answers.flush()


def _answer(contexts: dict[int, Any], what: bytes, number: int, limit: float, text: str) -> tuple[bytes, str]:
    """What comes of a request: a call with its seconds, or a new context with its bytes."""
    try:
        if what == MAKE:
            contexts[number] = made = MiniRacer()
            made.set_hard_memory_limit(int(limit))
            made.eval(text)
        elif what == CLOSE:
            found = contexts.pop(number, None)
            if found is not None:
                found.close()
        else:
            found = contexts[number].eval(text, timeout_sec=limit)
            return (VALUE, found) if isinstance(found, str) else (NOTHING, "")
    except JSTimeoutException:
        return LATE, ""
    except JSOOMException:
        return FULL, ""
    except JSEvalException as error:
        return FAILED, str(error)
    return NOTHING, ""


def _load() -> str:
    """Load V8; what stands against it, empty where nothing does."""
    try:
        init_mini_racer(ignore_duplicate_init=True)
    except (OSError, LibNotFoundError) as error:
        return f"V8 cannot be loaded: {error}."
    return ""


def main(load: Callable[[], str] = _load) -> None:
    """Serve those who started this, and nobody after them, once V8 is loaded."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else is written where answers go
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what it means is for those who started this
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not every system has it

        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_DATA, _MOST_DATA))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(BrokenPipeError):
        refusal = load().encode()
        answers.write(ANSWER.pack(FAILED if refusal else NOTHING, len(refusal)) + refusal)
        answers.flush()
        serve(sys.stdin.buffer, answers)
    os._exit(0)


if __name__ == "__main__":
    main()
