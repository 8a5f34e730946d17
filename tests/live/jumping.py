"""Runs in real time whose clock the test has in hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from editor.engine.machine import Machine
from editor.engine.trace import TraceEntry
from editor.formats.registry import Loaded
from editor.live.run import Arrival, Arrived, Ended, LiveRun

SECONDS = 20
"""How long a test waits for what must come."""


class Jumping:
    """A clock that goes to what is due next whenever nothing is under way."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    def wait(self, arrived: Arrived, until: float, *, is_busy: bool) -> Arrival | Ended | None:
        if is_busy or until == float("inf") or not arrived.empty():
            return arrived.get(timeout=SECONDS)
        self.at = until
        return None


def live(loaded: Loaded, stepped: Callable[[TraceEntry], object]) -> LiveRun:
    compile = partial(Machine.from_chart, loaded.chart, surroundings=loaded.neighbours)
    return LiveRun(lambda base: compile(served_at=base), stepped, time=Jumping())
