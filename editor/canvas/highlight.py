"""Highlight: what a run lights up on the picture, and how far flashes and trails have faded; time is given."""

from __future__ import annotations

import time

from editor.canvas.painter_overlay import Overlay
from editor.engine.simulator import Simulator
from editor.engine.trace import TraceEntry

FLASH = 250.0
TRAIL = 600.0
KEYS = 9


class Highlight:
    """Follows one run. `now` is a time in milliseconds of any clock that only rises; without motion nothing fades.

    Flashes come in the order exit, action, entry: states left begin at once, transitions follow, entered states last.
    """

    def __init__(self, simulator: Simulator, *, has_motion: bool = True) -> None:
        self.simulator = simulator
        self.has_motion = has_motion
        self._since = float("-inf")
        self._exited: tuple[str, ...] = ()
        self._taken: tuple[str, ...] = ()
        self._entered: tuple[str, ...] = ()

    def step(self, entry: TraceEntry, now: float) -> None:
        """Start the flashes of what an input did."""
        steps = entry.outcome.microsteps
        self._since = now
        self._exited = tuple(dict.fromkeys(id for each in steps for id in each.exited))
        self._taken = tuple(dict.fromkeys(id for each in steps for id in each.transitions))
        self._entered = tuple(dict.fromkeys(id for each in steps for id in each.entered))

    def settle(self) -> None:
        """End all flashes, as when the cursor jumps in the trace."""
        self._since = float("-inf")
        self._exited = self._taken = self._entered = ()

    def is_moving(self, now: float) -> bool:
        """Whether the picture will look different in a moment without anything being done."""
        return self.has_motion and now - self._since < TRAIL + FLASH

    def show(self, overlay: Overlay, now: float) -> None:
        """Put the run into the overlay."""
        simulator = self.simulator
        overlay.is_running = True
        overlay.active = simulator.configuration
        overlay.enabled = self._enabled()
        overlay.timers = self._timers()
        overlay.errors = self._errors()
        passed = now - self._since if self.has_motion else float("inf")
        overlay.taken = dict.fromkeys(self._taken, _left(passed - FLASH / 2, FLASH))
        overlay.entered = dict.fromkeys(self._entered, _left(passed - FLASH, FLASH))
        gone = [id for id in self._exited if id not in overlay.active]
        overlay.left = dict.fromkeys(gone, _left(passed, TRAIL))

    def tick(self, overlay: Overlay) -> None:
        """Show how much time the delays have left, while the clock runs."""
        overlay.timers = self._timers()

    def _enabled(self) -> dict[str, str]:
        """The transitions that an event could take now, with the key that sends it."""
        found: dict[str, str] = {}
        for number, each in enumerate(self.simulator.enabled, start=1):
            for id in each.transitions:
                found.setdefault(id, str(number) if number <= KEYS else "")
        return found

    def _timers(self) -> dict[str, float]:
        """The share of time that each delay of a transition has left."""
        now = self.simulator.now
        return {
            each.transition: _share(each.due - now, each.length)
            for each in self.simulator.timers
            if each.transition
        }

    def _errors(self) -> frozenset[str]:
        simulator = self.simulator
        if not simulator.trace:
            return frozenset()
        return frozenset(each.element for each in simulator.trace[simulator.cursor].outcome.failures)


def clear(overlay: Overlay) -> None:
    """Take the run out of the overlay."""
    overlay.is_running = False
    overlay.active = overlay.errors = frozenset()
    overlay.enabled = {}
    overlay.timers, overlay.taken, overlay.entered, overlay.left = {}, {}, {}, {}


def now() -> float:
    """Milliseconds of the clock that the canvas lights runs up by."""
    return time.monotonic() * 1000


def _share(part: float, length: float) -> float:
    if not 0 < length < float("inf"):
        return 1.0
    return max(0.0, min(1.0, part / length))


def _left(passed: float, length: float) -> float:
    """What is left of something that fades over `length`; nothing before it begins."""
    if passed < 0:
        return 0.0
    return max(0.0, 1.0 - passed / length)
