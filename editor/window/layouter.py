"""Has drawings proposed beside the work at hand, and shows the strip on which they are taken or turned down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from editor.canvas.view import ChartView
from editor.commands import laying_out
from editor.document import accepting, constraining, files
from editor.document.document import Document
from editor.layout_engine.options import NAMES, Options, Rung, Scope
from editor.layout_engine.proposed import Asked, Proposed
from editor.model.changes import Changes
from editor.session import Session
from editor.window.menus import Actions
from editor.window.proposal_strip import ProposalStrip

if TYPE_CHECKING:
    from editor.layout_engine.rungs import Proposal
    from editor.layout_engine.service import Ticket
    from editor.window.proposing import Proposer

LEAST_DRAWN, MOST_DRAWN = 2, 400
"""States between which a machine without places is drawn when it is opened."""
QUIET = 150
"""Milliseconds without a change before what was changed meanwhile is drawn anew."""


def usual_service() -> Proposer:
    """Who draws, when nobody else was chosen."""
    from editor.window.proposing import Proposer  # noqa: PLC0415 - the start needs no layout

    return Proposer()


class Layouter(QObject):
    """Asks the service of a window for what is wanted; the newest request counts, and an edit asks again.

    `make` makes it when it is first needed. `draws_opened`: a machine that is opened without places is drawn by it,
    too, as soon as it can; nobody has placed anything there, so nobody is asked.
    """

    def __init__(self, session: Session, view: ChartView, actions: Actions) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.make: Callable[[], Proposer] = usual_service
        self._service: Proposer | None = None
        self._ticket: Ticket | None = None
        self.strip = ProposalStrip(session, view, actions)
        self._timer = QTimer(self, singleShot=True, interval=QUIET)
        self._timer.timeout.connect(self._draw_anew)
        self.draws_opened = False
        self._opened: Document | None = None
        self._drawn: Document | None = None
        session.document_replaced.subscribe(self._on_document)
        session.proposed.changed.subscribe(self._on_proposed)
        session.changed.subscribe(self._on_changed)
        session.simulator_changed.subscribe(self._on_simulator)

    def propose(self, asked: Asked) -> None:
        """Have a drawing proposed; it is shown when it is there, and nothing is changed."""
        self._session.proposed.put(Proposed(asked=asked))
        self._draw()

    def warm_up(self) -> None:
        """Have the one who draws made ready beside the work at hand."""
        self._ready().warm_up()

    def close(self) -> None:
        """End what is being drawn, and the process that draws."""
        self._ticket = None
        if self._service is not None:
            self._service.close()
            self._service = None

    def _draw(self) -> None:
        proposed = self._session.proposed.value
        if proposed is None:
            return
        self._cancel()
        document = self._session.document
        self._ticket = self._ready().propose(
            document.chart,
            document.diagram,
            self._options(proposed.asked),
            self._on_answered,
            slow=self._on_slow,
        )

    def _cancel(self) -> None:
        """End what is being drawn; nothing comes of it any more."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def _ready(self) -> Proposer:
        if self._service is None:
            self._service = self.make()
        return self._service

    def _options(self, asked: Asked) -> Options:
        document, size = self._session.document, self._view.viewport().size()
        pinned = frozenset() if asked.frees else accepting.pinned(document.chart, document.diagram)
        if asked.options.scope is Scope.SELECTION:
            pinned -= asked.options.ids
        keeps = asked.options.keeps and not asked.frees
        aspect = size.width() / max(size.height(), 1)
        return replace(asked.options, pinned=pinned, keeps=keeps, aspect=aspect)

    def _on_answered(self, answer: Proposal) -> None:
        proposed = self._session.proposed.value
        self._ticket = None
        if proposed is not None:
            kept = self._kept(proposed.asked, answer)
            self._session.proposed.put(replace(proposed, answer=kept, is_slow=False))

    def _kept(self, asked: Asked, answer: Proposal) -> Proposal:
        """The answer with what layouts are to keep of states."""
        document = self._session.document
        if asked.options.scope is Scope.ROUTES or not document.diagram.sheet.constraints:
            return answer
        pinned = self._options(asked).pinned
        return replace(
            answer, diagram=constraining.kept(document.chart, answer.diagram, self._view.measure, pinned)
        )

    def _on_slow(self) -> None:
        proposed = self._session.proposed.value
        if proposed is not None:
            self._session.proposed.put(replace(proposed, is_slow=True))

    def _on_proposed(self) -> None:
        """Where a proposal was taken or turned down, what is still being drawn for it is ended."""
        if self._session.proposed.value is None:
            self._timer.stop()
            self._cancel()

    def _on_changed(self, changes: Changes) -> None:
        """What was proposed was for another chart: it is drawn anew when the hands rest."""
        proposed = self._session.proposed.value
        if proposed is None:
            return
        self._cancel()
        if proposed.answer is not None:
            self._session.proposed.put(replace(proposed, answer=None))
        self._timer.start()

    def _draw_anew(self) -> None:
        if self._session.document.is_in_gesture:
            self._timer.start()
        else:
            self._draw()

    # machines without places

    def _on_document(self) -> None:
        """Have a machine drawn that was opened without places, once: what comes of that has none in a file, too."""
        self._opened = None
        document = self._session.document
        if document is self._drawn:
            return
        count = len(document.chart.states) - 1
        is_placed = document.path is None or document.layout_text is not None or bool(document.notices)
        if not self.draws_opened or is_placed or not LEAST_DRAWN <= count <= MOST_DRAWN:
            return
        self._opened = document
        asked = Asked(options=laying_out.options(self._session, Scope.CHART), frees=True)
        self._ready().propose(
            document.chart, document.diagram, self._options(asked),
            partial(self._on_drawn, document),
        )  # fmt: skip

    def _on_drawn(self, document: Document, answer: Proposal) -> None:
        """Show it, if nothing was done to what is shown meanwhile, and if it was drawn better than it was at first."""
        session = self._session
        is_untouched = len(document.undo_stack.steps) == 1 and not document.is_in_gesture
        is_at_rest = not session.is_running and not session.selection.ids and session.comparison.value is None
        if (
            document is not self._opened
            or document is not session.document
            or not is_untouched
            or not is_at_rest
        ):
            return
        if not self._view.tool.is_at_rest:
            # a button is down on what would be replaced
            QTimer.singleShot(QUIET, self, partial(self._on_drawn, document, answer))
            return
        self._opened = None
        if answer.rung in (Rung.LEVELS, Rung.INTEGRATED):
            self._drawn = files.redrawn(document, answer.diagram)
            session.replace_document(self._drawn)
            session.say(f"Opened {document.title}. Its states had no places; drawn by {NAMES[answer.rung]}.")

    def _on_simulator(self) -> None:
        if self._session.is_running:
            self._session.proposed.put(None)
