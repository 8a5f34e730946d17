"""Recorder: a runner that writes down what happens, and nothing of what the data are on the way."""

from __future__ import annotations

from collections.abc import Sequence

from editor.engine.ask import Answers
from editor.engine.machine import Machine
from editor.engine.reply import Reply
from editor.engine.runner import Runner, send_one
from editor.engine.snapshot import Event, Told, made
from editor.engine.step import Stepper, stepper


class Recorder(Runner):
    """One run with its `trace`: an entry for the start, each event, and each time that the clock was moved.

    What only leads to another configuration is told in one entry for all times, so that a long run takes little memory.
    """

    __slots__ = ("trace",)
    _shares_beginning = False

    def __init__(self, machine: Machine, answers: Answers | None = None) -> None:
        super().__init__(machine, answers)
        self.trace: list[Told] = []

    def start(self) -> None:
        """Enter the machine, anew if it ran, with a new trace.

        Raises:
            StepLimitError: it does not come to rest.
        """
        self.trace = []
        super().start()

    def _take(self, names: Sequence[str]) -> None:
        if self.machine.has_sessions:  # what those inside did is told when a run is frozen
            for name in names:
                super()._take((name,))
        else:
            super()._take(names)

    def _drive(self, work: Stepper, names: Sequence[str]) -> None:
        machine, trace = self.machine, self.trace
        rows = machine.rows
        row = rows[work.active]
        for name in names:
            reply = row[name]
            after = reply.leads_to
            if after is not None and not machine.has_sessions and not work.services:
                trace.append(reply.told or _keep(machine, reply, name))
                row = after
                continue
            work.active = row.active
            send_one(work, Event(name))
            self._tell(work, name)
            if work.is_done:
                return
            row = rows[work.active]
        work.active = row.active

    def _tell(self, work: Stepper, title: str) -> None:
        self.trace.append(made(Told, (title, *work.outcome()[1:])))
        work.clear()

    def _thawed(self) -> Stepper:
        if self.machine.has_sessions or not self.machine.spare:
            return stepper(self.machine, self._snapshot, self._answers)
        work = self.machine.spare.pop()
        work.thaw(self._snapshot, self._answers)
        return work

    def _freeze(self, work: Stepper, title: str) -> None:
        if title:
            self._tell(work, title)
        self._snapshot = work.snapshot()
        if not self.machine.has_sessions:
            self.machine.spare.append(work)


def _keep(machine: Machine, reply: Reply, name: str) -> Told:
    """What is told of a reply that only leads to another configuration; it is the same each time."""
    plan = reply.plan
    if plan is None:
        reply.told = Told(name, unhandled=(name,))
    else:
        reply.told = Told(name, plan.told(machine, name), plan.names)
    return reply.told
