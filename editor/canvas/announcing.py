"""What a run does as sentences to be spoken, and how fast: nobody listens to more than a few a second."""

from __future__ import annotations

from collections.abc import Iterable

from editor.engine.trace import TraceEntry
from editor.model.chart import Chart
from editor.model.spoken import name_of

PAUSE = 400.0
"""Milliseconds from one announcement to the next."""
MOST = 3
"""Sentences that are spoken as one announcement; of more only the last ones are, and that there were others."""


def step_words(chart: Chart, entry: TraceEntry) -> str:
    """What a macrostep did: the event, and from where to where; states that were entered in between are passed over."""
    left, entered = _ways(chart, entry)
    if left and left == entered:
        what = f"{entered} again"
    elif left and entered:
        what = f"{left} to {entered}"
    elif entered:
        what = f"in {entered}"
    elif left:
        what = f"{left} left"
    else:
        what = "no other state" if entry.outcome.microsteps else "nothing answers it"
    failed = "".join(f"; {each}" for each in entry.outcome.failures[:1])
    ended = "; the run has ended" if entry.outcome.snapshot.is_done else ""
    return f"{entry.title}: {what}{failed}{ended}"


def _ways(chart: Chart, entry: TraceEntry) -> tuple[str, str]:
    """The innermost states that were active before and were left, and those that were entered and are active."""
    left: dict[str, None] = {}
    entered: dict[str, None] = {}
    for each in entry.outcome.microsteps:
        for id in each.exited:
            if id in entered:
                del entered[id]
            else:
                left[id] = None
        entered.update(dict.fromkeys(each.entered))
    return _leaves(chart, reversed(left)), _leaves(chart, entered)  # what is left goes from last to first


def _leaves(chart: Chart, ids: Iterable[str]) -> str:
    found = [id for id in ids if id in chart.states and not chart.has_children(id)]
    return " and ".join(name_of(chart, id) for id in found)


class Pace:
    """Sentences, as fast as they can be followed. Times are milliseconds of any clock that only rises."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._last = float("-inf")

    def say(self, text: str) -> None:
        """Have a sentence spoken; one that is to be spoken just before is not repeated."""
        if text and self._waiting[-1:] != [text]:
            self._waiting.append(text)

    def due(self, now: float) -> float:
        """Milliseconds until something is to be spoken; infinite while nothing is."""
        return max(0.0, self._last + PAUSE - now) if self._waiting else float("inf")

    def take(self, now: float) -> str:
        """What is to be spoken now, all of it in one; empty while it is too early, or there is nothing."""
        if self.due(now) > 0:
            return ""
        waiting, self._waiting = self._waiting, []
        self._last = now
        skipped = len(waiting) - MOST
        words = waiting[-MOST:]
        return ". ".join([f"{skipped} more before", *words] if skipped > 0 else words)

    def forget(self) -> None:
        """Speak nothing of what waits."""
        self._waiting.clear()
