"""The trace of a run: what was done, one entry each, and the scenario that does it all again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from editor.engine.snapshot import Outcome
from editor.model.elements import Data
from editor.model.scenario import AnswerDelays, AnswerGuards, Deed, Scenario, Step


class TraceEntry(NamedTuple):
    """One thing done, and what it did; with the context before, and the answers that it was done under.

    `deed` is None where nothing a scenario can say was done: for the start, and for a run that was resumed.
    `delays` are in milliseconds.
    """

    title: str
    deed: Deed | None
    outcome: Outcome
    before: dict[str, Data]
    guards: tuple[tuple[str, bool], ...] = ()
    delays: tuple[tuple[str, float], ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The dotted paths of context values that it changed."""
        return tuple(_changed(self.before, self.outcome.snapshot.context, ""))


def _changed(before: dict[str, Data], after: dict[str, Data], prefix: str) -> list[str]:
    """The dotted paths of values that differ."""
    found: list[str] = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if key in before and key in after and old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            found += _changed(old, new, f"{prefix}{key}.")
        else:
            found.append(prefix + key)
    return found


def same_steps(known: Sequence[TraceEntry], trace: Sequence[TraceEntry]) -> int:
    """How many steps a trace begins with that are known already; mostly all of them, which is told at once."""
    count = len(known)
    if count <= len(trace) and trace[:count] == known:
        return count
    pairs = enumerate(zip(known, trace, strict=False))
    return next((place for place, (old, new) in pairs if old is not new), min(count, len(trace)))


def recorded(entries: Iterable[TraceEntry], delays: Iterable[tuple[str, float]] = ()) -> Scenario:
    """The scenario of some entries, each answer before the first that was done under it; `delays` come last."""
    recorder = _Recorder()
    for entry in entries:
        recorder.answer(entry.guards, entry.delays)
        if entry.deed is not None:
            recorder.steps.append(Step(do=entry.deed))
    recorder.answer((), delays)
    return Scenario(steps=tuple(recorder.steps))


class _Recorder:
    """The steps so far, with the answers that hold after them."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._guards: dict[str, bool] = {}
        self._delays: dict[str, float] = {}

    def answer(self, guards: Iterable[tuple[str, bool]], delays: Iterable[tuple[str, float]]) -> None:
        """Write down the answers that are not the same already."""
        fresh = tuple(each for each in guards if self._guards.get(each[0]) is not each[1])
        if fresh:
            self.steps.append(Step(do=AnswerGuards(answers=fresh)))
            self._guards.update(fresh)
        lengths = tuple(each for each in delays if self._delays.get(each[0]) != each[1])
        if lengths:
            self.steps.append(Step(do=AnswerDelays(answers=lengths)))
            self._delays.update(lengths)


def joined(before: Outcome, after: Outcome) -> Outcome:
    """What two inputs did, one after the other, as if they had been one."""
    return Outcome(
        after.snapshot,
        before.microsteps + after.microsteps,
        before.actions + after.actions,
        before.failures + after.failures,
        before.logs + after.logs,
        before.sent + after.sent,
        before.notices + after.notices,
        before.unhandled + after.unhandled,
        before.posts + after.posts,
    )
