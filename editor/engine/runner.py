"""Runner: drives events through a machine as fast as it can, keeping no trace of what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from editor.engine.ask import Answers
from editor.engine.machine import Machine
from editor.engine.snapshot import Event, Snapshot
from editor.engine.step import stepper
from editor.model.elements import Data

_CHUNK = 1_000


class Runner:
    """One run without trace and questions: unknown guards without an answer count as false.

    The same steps as a `Simulator` takes. After a StepLimitError only `start` can be called.
    """

    def __init__(self, machine: Machine, answers: Answers | None = None) -> None:
        self.machine = machine
        self._answers = Answers() if answers is None else Answers(answers.guards, answers.delays)
        self._work = stepper(machine, Snapshot(), self._answers)

    @property
    def snapshot(self) -> Snapshot:
        """The run as it is now."""
        return self._work.snapshot()

    @property
    def leaves(self) -> tuple[str, ...]:
        """The dotted paths of the active leaves."""
        return self._work.leaves

    @property
    def context(self) -> Mapping[str, Data]:
        """The machine's data."""
        return self._work.context

    @property
    def is_done(self) -> bool:
        """Whether the machine has ended."""
        return self._work.is_done

    def start(self) -> None:
        """Enter the machine, anew if it ran.

        Raises:
            StepLimitError: it does not come to rest.
        """
        self._work = stepper(self.machine, Snapshot(), self._answers)
        self._work.tell_nothing()
        self._work.start()

    def run(self, names: Iterable[str]) -> None:
        """Take events without data, each to its end. Names are read ahead of what they do.

        Raises:
            StepLimitError: it does not come to rest.
        """
        if isinstance(names, list | tuple):
            self._take(names)
            return
        left = iter(names)
        while chunk := list(islice(left, _CHUNK)):
            self._take(chunk)

    def _take(self, names: Sequence[str]) -> None:
        """Take events: from row to row where a reply only leads to another configuration, else step by step."""
        work, rows = self._work, self.machine.rows
        if self.machine.has_sessions:  # their events carry more than a name
            for name in names:
                self.send(name)
            return
        if work.is_done:
            return
        row = rows[work.active]
        for name in names:
            reply = row[name]
            after = reply.leads_to
            if after is not None:
                row = after
                continue
            work.active = row.active
            work.respond(reply, name, None, True)
            if work.external:
                work.drain()
            if work.is_done:
                return
            work.calls = 0
            if work.active != row.active:
                row = rows[work.active]
        work.active = row.active

    def send(self, name: str, data: Data = None) -> None:
        """Take one event.

        Raises:
            StepLimitError: it does not come to rest.
        """
        self._work.external.append(Event(name, data))
        self._work.drain()
        self._work.calls = 0

    def advance(self, milliseconds: float) -> None:
        """Move the clock, firing what falls due in order.

        Raises:
            StepLimitError: it does not come to rest, or too many delays fall due.
        """
        self._work.advance(self._work.clock + milliseconds)
        self._work.calls = 0
