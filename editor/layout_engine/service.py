"""The door for programs with a window: proposals are made beside the work at hand, and may be called off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Thread

from editor.layout.sizes import Measure, TableMeasure
from editor.layout_engine.options import Options, Scope
from editor.layout_engine.process import EngineError
from editor.layout_engine.rungs import CancelledError, Proposal, Told, propose
from editor.layout_engine.warm import Warm
from editor.model.chart import Chart
from editor.model.diagram import Diagram

Done = Callable[[Proposal], None]
Slow = Callable[[], None]


class Ticket(Told):
    """What one has of a request: it can be cancelled, from any thread, as long as it is not done."""

    def __init__(self, service: LayoutService, slow: Slow | None) -> None:
        self._service = service
        self._slow = slow
        self._is_cancelled = False

    def cancel(self) -> None:
        """Call it off: `done` is never called then. What is being drawn for it is ended."""
        self._service.cancel(self)

    def is_cancelled(self) -> bool:
        """Whether it was called off, or a newer request of its kind took its place."""
        return self._is_cancelled

    def is_slow(self) -> None:
        """The soft limit has passed."""
        if self._slow is not None and not self._is_cancelled:
            self._slow()

    def drop(self) -> None:
        """Note that nobody waits for it."""
        self._is_cancelled = True


@dataclass(frozen=True, slots=True)
class _Job:
    ticket: Ticket
    chart: Chart
    diagram: Diagram
    options: Options
    measure: Measure
    done: Done

    @property
    def kind(self) -> str:
        return "route" if self.options.scope is Scope.ROUTES else "layout"


class LayoutService:
    """Makes proposals one at a time in a thread of its own, with one engine that is kept warm.

    Of each kind (lines alone, or places too) the newest request counts: it takes the place of one that waits, and ends
    one that is being drawn. Close it at the end.
    """

    def __init__(self, warm: Warm | None = None) -> None:
        self._warm = warm or Warm()
        self._turn = Condition()
        self._waiting: dict[str, _Job] = {}
        self._current: _Job | None = None
        self._is_closed = False
        self._thread: Thread | None = None

    def propose(
        self,
        chart: Chart,
        diagram: Diagram,
        options: Options,
        done: Done,
        *,
        measure: Measure | None = None,
        slow: Slow | None = None,
    ) -> Ticket:
        """Ask for a proposal; chart and diagram are copied now and may change afterwards.

        `done` is called once with the proposal, unless it is cancelled or replaced; `slow` when it takes longer than
        the soft limit. Both are called in the service's thread: a window has to go over to its own. A measure is used
        there too; the plain one needs no screen.
        """
        ticket = Ticket(self, slow)
        job = _Job(ticket, chart.copy(), diagram.copy(), options, measure or TableMeasure(), done)
        with self._turn:
            if self._is_closed:
                ticket.drop()
                return ticket
            former = self._waiting.pop(job.kind, None)
            if former is not None:
                former.ticket.drop()
            if self._current is not None and self._current.kind == job.kind:
                self._end_current()
            self._waiting[job.kind] = job
            if self._thread is None:
                self._thread = Thread(target=self._work, name="layout service", daemon=True)
                self._thread.start()
            self._turn.notify_all()
        return ticket

    def warm_up(self) -> None:
        """Have the engine loaded beside the work at hand, so that the first proposal comes sooner."""
        Thread(target=self._load, name="layout engine start", daemon=True).start()

    def _load(self) -> None:
        try:
            self._warm.warm_up()
        except EngineError:
            return  # the next proposal tells why

    def cancel(self, ticket: Ticket) -> None:
        """Call a request off."""
        with self._turn:
            ticket.drop()
            self._waiting = {kind: job for kind, job in self._waiting.items() if job.ticket is not ticket}
            if self._current is not None and self._current.ticket is ticket:
                self._end_current()

    def _end_current(self) -> None:
        assert self._current is not None
        self._current.ticket.drop()
        self._warm.stop_drawing()

    def close(self) -> None:
        """Call everything off, and end the engine."""
        with self._turn:
            self._is_closed = True
            for job in self._waiting.values():
                job.ticket.drop()
            self._waiting.clear()
            if self._current is not None:
                self._current.ticket.drop()
            self._turn.notify_all()
        self._warm.kill()

    def _work(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._waiting or self._is_closed)
                if self._is_closed:
                    return
                kind = "route" if "route" in self._waiting else "layout"  # a hand may wait for lines
                job = self._current = self._waiting.pop(kind)
            proposal = self._made(job)
            with self._turn:
                self._current = None
                is_wanted = not job.ticket.is_cancelled()
            if proposal is not None and is_wanted:
                job.done(proposal)

    def _made(self, job: _Job) -> Proposal | None:
        try:
            return propose(job.chart, job.diagram, job.options, self._warm, job.measure, job.ticket)
        except CancelledError:
            return None
