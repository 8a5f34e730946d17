"""Runner: drives events through a machine as fast as it can, keeping no trace of what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from editor.engine.ask import Answers
from editor.engine.machine import Machine
from editor.engine.snapshot import Event, Snapshot
from editor.engine.step import Stepper, stepper
from editor.errors import StepLimitError
from editor.model.elements import Data

_CHUNK = 1_000
_NO_ANSWERS = Answers()
_UNSTARTED = Snapshot()


class Runner:
    """One run without trace and questions: unknown guards without an answer count as false.

    The same steps as a `Simulator` takes. Between two calls it is no more than its snapshot, which costs little to
    keep, so that there can be many. One that does not come to rest is stopped where it last did.
    """

    __slots__ = ("_answers", "_snapshot", "machine")
    _shares_beginning = True

    def __init__(self, machine: Machine, answers: Answers | None = None) -> None:
        self.machine = machine
        self._answers = _NO_ANSWERS if answers is None else Answers(answers.guards, answers.delays)
        self._snapshot = _UNSTARTED

    @property
    def snapshot(self) -> Snapshot:
        """The run as it is now."""
        return self._snapshot

    @property
    def leaves(self) -> tuple[str, ...]:
        """The dotted paths of the active leaves."""
        return self.machine.leaf_names(self._snapshot.active)

    @property
    def context(self) -> Mapping[str, Data]:
        """The machine's data."""
        return self._snapshot.context

    @property
    def is_done(self) -> bool:
        """Whether the machine has ended."""
        return self._snapshot.is_done

    def start(self) -> None:
        """Enter the machine, anew if it ran.

        Raises:
            StepLimitError: it does not come to rest.
        """
        machine = self.machine
        may_share = self._shares_beginning and self._answers is _NO_ANSWERS and not machine.has_sessions
        if may_share and machine.begun is not None:
            self._snapshot = machine.begun
            return
        self._snapshot = _UNSTARTED
        self._do("start", lambda work: work.start())
        if may_share:
            machine.begun = self._snapshot  # beginning is pure: all runs of a machine begin as the first one

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
        self._do("", lambda work: self._drive(work, names))

    def send(self, name: str, data: Data = None) -> None:
        """Take one event.

        Raises:
            StepLimitError: it does not come to rest.
        """
        if data is None:
            self._take((name,))
        else:
            self._do(name, lambda work: send_one(work, Event(name, data)))

    def advance(self, milliseconds: float) -> None:
        """Move the clock, firing what falls due in order.

        Raises:
            StepLimitError: it does not come to rest, or too many delays fall due.
        """
        before = self._snapshot  # what `_do` does, without a call more for each of many runs on one clock
        if before.is_done or before.is_stopped:
            return
        work = self._thawed()
        try:
            work.advance(before.clock + milliseconds)
        except StepLimitError:
            self._stop()
            raise
        self._freeze(work, "advance")

    def _do(self, title: str, deed: Callable[[Stepper], None]) -> None:
        """Do one thing with the run, unless that is over; `title` says what came in."""
        before = self._snapshot
        if before.is_done or before.is_stopped:
            return
        work = self._thawed()
        try:
            deed(work)
        except StepLimitError:
            self._stop()
            raise
        self._freeze(work, title)

    def _stop(self) -> None:
        """What was half done is dropped, and its scratch with it."""
        self._snapshot = self._snapshot._replace(is_stopped=True, timers=(), services=())

    def _thawed(self) -> Stepper:
        """The run to go on with, in a scratch that another has done with where there is one."""
        try:
            work = self.machine.quiet.pop()
        except IndexError:
            work = stepper(self.machine, self._snapshot, self._answers)
            work.tell_nothing()
        else:
            if work.frozen is not self._snapshot or work.answers is not self._answers:
                work.thaw(self._snapshot, self._answers)
        return work

    def _drive(self, work: Stepper, names: Sequence[str]) -> None:
        """Take events without data."""
        if self.machine.has_sessions:  # their events carry more than a name
            for name in names:
                send_one(work, Event(name))
        else:
            _take(work, names)

    def _freeze(self, work: Stepper, title: str) -> None:
        """Keep the run after an input; `title` says which it was."""
        work.calls = 0
        self._snapshot = work.frozen = work.snapshot()
        if not self.machine.has_sessions:
            self.machine.quiet.append(work)


def send_one(work: Stepper, event: Event) -> None:
    """Work off one event."""
    work.external.append(event)
    work.drain()
    work.calls = 0


def _take(work: Stepper, names: Sequence[str]) -> None:
    """From row to row where a reply leads to one, a short way where there is one, else step by step."""
    rows = work.machine.rows
    row = rows[work.active]
    go = work.go
    for name in names:
        reply = row[name]
        after = reply.leads_to
        if after is None and reply.ways is not None:
            after = go(row, reply.ways, name, None)
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
