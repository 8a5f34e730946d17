"""Has the rules look at the chart a moment after it changed, so that typing and dragging never wait for them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from editor.model import rules
from editor.model.changes import Changes
from editor.model.problems import Problem
from editor.session import Session

QUIET = 150
"""Milliseconds without a change before the rules look."""
PATIENCE = 1000
"""Milliseconds after which they look at a large chart that nobody has seen yet."""
LARGE = 500
"""States beyond which the rules take longer than a frame, so that a chart is shown before they look at it."""


class ProblemWatch(QObject):
    """Keeps the problems of a session as the rules and the reader of its file say."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = QTimer(self, singleShot=True, interval=QUIET)
        self._timer.timeout.connect(self.check)
        session.changed.subscribe(self._on_changed)
        session.document_replaced.subscribe(self._on_replaced)
        session.problems_asked.subscribe(self._settle)
        self._follow()
        self._timer.start(PATIENCE if self._is_large else QUIET)

    @property
    def _is_large(self) -> bool:
        return len(self._session.document.chart.states) > LARGE

    def _follow(self) -> None:
        self._session.document.state_changed.subscribe(self._on_state_changed)

    def _on_replaced(self) -> None:
        self._follow()
        if self._is_large:
            self._session.set_problems(())
            self._timer.start(PATIENCE)
        else:
            self.check()

    def on_seen(self) -> None:
        """The document was painted for the first time, so that the rules may take their time."""
        if self._timer.isActive():
            self._timer.start(QUIET)

    def _settle(self) -> None:
        """Look now if that is still to be done."""
        if self._timer.isActive():
            self.check()

    def _on_state_changed(self) -> None:
        if not self._session.document.is_modified:
            self._timer.start(QUIET)  # what was saved is read back, and says what it finds

    def _on_changed(self, changes: Changes) -> None:
        if any(change.is_semantic for change in changes):
            self._timer.start(QUIET)

    def check(self) -> None:
        """Look now."""
        self._timer.stop()
        document = self._session.document
        chart = document.chart
        loaded = document.loaded_lately
        read = loaded.problems if loaded is not None else ()
        known = {*chart.states, *chart.transitions, chart.info.id}
        kept = [problem for problem in read if problem.element in known and problem.rule != "unknown-state"]
        found: tuple[Problem, ...] = tuple(dict.fromkeys((*kept, *rules.check(chart))))
        if found != self._session.problems:
            self._session.set_problems(found)
        if document.is_being_read:
            self._timer.start(QUIET)
