"""Proposals for the drawing of a chart, for a window: asked for and handed over in its thread, made in another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from editor.layout.sizes import Measure
from editor.layout_engine.options import Options, Scope
from editor.layout_engine.rungs import Proposal
from editor.layout_engine.service import Done, LayoutService, Slow, Ticket
from editor.model.chart import Chart
from editor.model.diagram import Diagram


class Proposer(QObject):
    """LayoutService with its answers handed over by a signal, so that they come when the event loop is free.

    Asking, cancelling and closing take no longer than copying the chart. After `cancel`, and after a newer request of
    the same kind, nothing of a request comes any more, not even what was done already and had not been handed over.
    """

    _came = Signal(object)

    def __init__(self, service: LayoutService | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service or LayoutService()
        self._latest: dict[bool, Ticket] = {}
        self._came.connect(_call, Qt.ConnectionType.QueuedConnection)

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
        """Ask for a proposal; `done` and `slow` are called in this thread, from the event loop."""
        is_of_lines = options.scope is Scope.ROUTES
        former = self._latest.pop(is_of_lines, None)
        if former is not None:
            former.drop()
        asked: list[Ticket] = []

        def hand_over(proposal: Proposal) -> None:
            self._came.emit(lambda: _unless_cancelled(asked, lambda: done(proposal)))

        def tell_slow() -> None:
            if slow is not None:
                self._came.emit(lambda: _unless_cancelled(asked, slow))

        ticket = self._service.propose(chart, diagram, options, hand_over, measure=measure, slow=tell_slow)
        asked.append(ticket)
        self._latest[is_of_lines] = ticket
        return ticket

    def warm_up(self) -> None:
        """Have the engine loaded beside the work at hand."""
        self._service.warm_up()

    def close(self) -> None:
        """Call everything off, and end the engine."""
        for ticket in self._latest.values():
            ticket.drop()
        self._service.close()


def _call(what: Callable[[], None]) -> None:
    what()


def _unless_cancelled(asked: list[Ticket], what: Callable[[], None]) -> None:
    """Do something for a request; by then `propose` has returned, since both are in one thread."""
    if not asked[0].is_cancelled():
        what()
