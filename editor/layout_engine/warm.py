"""The processes that draw, kept warm: started when they are first needed, and anew when they have ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from editor.layout_engine import parts, process
from editor.layout_engine.process import EngineError, EngineProcess, NotLoadedError, Wait, wait

SOFT, HARD, START = 10.0, 60.0, 30.0
"""Seconds after which it is told that a drawing takes long, after which the process is ended, and to load it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times in seconds, and how they are waited for."""

    soft: float = SOFT
    hard: float = HARD
    start: float = START
    wait: Wait = wait


class Kept:
    """One process."""

    def __init__(self, start: Callable[[], EngineProcess], limits: Limits) -> None:
        self._start = start
        self.limits = limits
        self._process: EngineProcess | None = None
        self._turn = Lock()

    def ready(self) -> EngineProcess:
        """The process, which has loaded what it draws with.

        Raises:
            NotLoadedError: that cannot be loaded here.
            EngineError: there is none; the text says why.
        """
        with self._turn:
            if self._process is None or not self._process.is_alive:
                self._process = self._start()
            process = self._process
        if not self.limits.wait(process.ready.came, self.limits.start):
            process.kill()
            raise EngineError(f"it was not ready after {self.limits.start:g} seconds")
        told = process.ready.told
        if told is None:
            process.kill()
            raise EngineError("it ended while it was loaded")
        if "error" in told:
            process.kill()
            raise NotLoadedError(str(told["error"]))
        return process

    def stop_drawing(self) -> None:
        """End what is being drawn. While the process is loaded, which may take long once, nothing is."""
        process = self._process
        if process is not None and process.ready.came.is_set():
            process.kill()

    def kill(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()


def start_graphlay() -> EngineProcess:
    """A process of graphlay; raises as `EngineProcess` does."""
    return EngineProcess(process.sketch_command())


class Warm(Kept):
    """The one process of the engine, with that of `graphlay` beside it, which is there for where the engine fails."""

    def __init__(
        self,
        start: Callable[[], EngineProcess] = EngineProcess,
        limits: Limits | None = None,
        graphlay: Kept | None = None,
    ) -> None:
        super().__init__(start, limits or Limits())
        self.graphlay = graphlay or Kept(start_graphlay, self.limits)

    def warm_up(self) -> None:
        """Have what will draw made ready: the engine, or graphlay where the engine cannot be had.

        Raises:
            EngineError: nothing of it can be had.
        """
        if parts.missing() is None:
            try:
                self.ready()
            except NotLoadedError:
                pass
            else:
                return
        self.graphlay.ready()

    def stop_drawing(self) -> None:
        """End what is being drawn, whoever does it."""
        super().stop_drawing()
        self.graphlay.stop_drawing()

    def kill(self) -> None:
        """End all processes."""
        super().kill()
        self.graphlay.kill()
