"""Has the rules of the drawing look at what is drawn, a moment after it changed and a little at a time."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from editor.canvas.legible import Seen, whole
from editor.canvas.settling import moment
from editor.canvas.view import ChartView
from editor.document import drawing_checks
from editor.layout.legibility import Legibility
from editor.model.changes import Changes
from editor.session import Session
from editor.window.watch import LARGE, PATIENCE, QUIET, ProblemWatch

SETTLED = 2000
"""States and lines up to which somebody who asks what is wrong waits for all of them to be looked at."""


class DrawingWatch(QObject):
    """Keeps what is hard to read in the drawing of a session, where that is to be told. `clock` tells seconds."""

    def __init__(
        self,
        session: Session,
        view: ChartView,
        watch: ProblemWatch,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(view)
        self.clock = clock
        self._session = session
        self._view = view
        self._watch = watch
        self._seen: Seen | None = None
        self._legibility: Legibility | None = None
        self._touched: set[str] | None = set()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look_for_a_moment)
        session.changed.subscribe(self._on_changed)
        session.document_replaced.subscribe(self._follow)
        session.settings_changed.subscribe(self._on_settings)
        session.alone.changed.subscribe(self._on_alone)
        session.problems_asked.subscribe(self._settle)
        session.shown = lambda: whole(view.picture)
        self._setting = session.settings.drawing
        self._follow()

    def _on_settings(self) -> None:
        if self._session.settings.drawing != self._setting:
            self._setting = self._session.settings.drawing
            self._follow()

    def _follow(self) -> None:
        """Begin with what is open now, or stop."""
        document = self._session.document
        self._seen = self._legibility = None
        self._watch.set_drawing(())
        if drawing_checks.is_wanted(self._setting, document.chart, document.diagram):
            self._timer.start(PATIENCE if len(document.chart.states) > LARGE else QUIET)
        else:
            self._timer.stop()

    def _on_changed(self, changes: Changes) -> None:
        if self._legibility is not None:
            self._gather()
            self._timer.start(QUIET)

    def _on_alone(self) -> None:
        """What is drawn of one state alone says nothing of the drawing; what was found before is so still."""
        self._touched = None
        if self._legibility is not None or self._session.alone.value is None:
            self._timer.start(QUIET)

    def _gather(self) -> None:
        """Note what looks different now; the picture remembers that for a while only."""
        picture = self._view.picture
        if self._seen is None or self._legibility is None or self._seen.picture is not picture:
            self._seen = Seen(picture)
            self._legibility = Legibility(self._seen)
            self._touched = set()
            return
        fresh = self._seen.fresh()
        if fresh is None or self._touched is None:
            self._touched = None
        else:
            self._touched |= fresh

    def _look_for_a_moment(self) -> None:
        self._look(moment(self.clock))

    def _look(self, is_over: Callable[[], bool] | None) -> None:
        """Look at what waits until time is over, and tell when nothing waits any more."""
        if self._session.alone.value is not None:
            return
        if self._session.document.is_in_gesture or self._view.picture.is_hasty:
            self._timer.start(QUIET)
            return
        self._gather()
        if self._legibility is None:
            return
        if self._touched is None or self._touched:
            self._legibility.note(self._touched)
            self._touched = set()
        self._legibility.look(is_over)
        if self._legibility.is_waiting:
            self._timer.start(0)
        else:
            self._watch.set_drawing(self._legibility.problems())

    def _settle(self) -> None:
        """Look at all now, if that is still to be done and is not too much."""
        document = self._session.document
        count = len(document.chart.states) + len(document.chart.transitions)
        if self._timer.isActive() and count <= SETTLED:
            self._timer.stop()
            self._look(None)
