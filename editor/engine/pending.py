"""The delays that run in a machine and in those that it invoked, in the order in which they end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from editor.engine.machine import Machine
from editor.engine.snapshot import Snapshot, Timer


class Pending(NamedTuple):
    """A delay, the machine and the session it runs in, and the ids of the invocations that lead there."""

    timer: Timer
    machine: Machine
    session: str
    inside: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The key of the state whose delay it is; empty for a send."""
        return self.machine.states[self.timer.state].key if self.timer.state >= 0 else ""


def pending(machine: Machine, snapshot: Snapshot) -> list[Pending]:
    """All delays, the next one first; of those that end together the outer ones, which are also taken first."""
    return sorted(_all(machine, snapshot, ()), key=lambda each: each.timer.due)


def _all(machine: Machine, snapshot: Snapshot, inside: tuple[str, ...]) -> Iterator[Pending]:
    for timer in snapshot.timers:
        yield Pending(timer, machine, snapshot.session, inside)
    for service in snapshot.services:
        child = service.child
        if child is not None:
            yield from _all(child.machine, child.snapshot, (*inside, service.id))
