"""Settling: lines that are drawn for now get the routes that they will keep, a little between two events."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from editor.layout.routing import PROMPT
from editor.model.changes import Changes

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

SLICE = 0.006
"""Seconds that hands are held up at most: what takes less is there with the edit itself."""


def moment(clock: Callable[[], float]) -> Callable[[], bool]:
    """Says whether a slice that begins now is over."""
    until = clock() + SLICE
    return lambda: clock() >= until


class Settling:
    """Routes what the picture of a view has late, while no hand is at work.

    An edit in between only makes more of it late: nothing is shown before all is found, and what is found does not
    depend on how long it took.
    """

    def __init__(self, view: ChartView, clock: Callable[[], float] = time.perf_counter) -> None:
        self._view = view
        self._clock = clock
        self._timer = QTimer(view, singleShot=True, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._is_fresh = False
        """Whether nothing was routed since it began."""
        self._had_its_slice = False
        """Whether this turn of the event loop routed before it painted, so that no more is to be done in it."""

    def follow(self, changes: Changes) -> None:
        """Have the picture show what happened, for now; go on from there at once, unless a hand is at work."""
        view = self._view
        for rect in view.picture.show(changes, view.painter.lifted, is_hasty=True):
            view.base.spoil(rect)
        if view.session.document.is_in_gesture:
            self.wait()
        else:
            self.begin()

    def begin(self) -> None:
        """Go on when the event loop has nothing else to do."""
        if self._view.picture.is_hasty:
            self._is_fresh = True
            self._timer.start()

    def wait(self) -> None:
        """Do nothing until it begins again: a hand is at work."""
        self._is_fresh = False
        self._timer.stop()

    def before_painting(self) -> None:
        """Route for a moment before something is painted that may be finished by then."""
        view = self._view
        if not self._timer.isActive() and not view.session.document.is_in_gesture:
            self.begin()
        if self._is_fresh:
            if self._settle(moment(self._clock)):
                view.refresh_handles()
            self._had_its_slice = True

    def before_press(self) -> None:
        """Route all that is left, so that hands take hold of what stays; where that may take long, of what they see."""
        if len(self._view.picture.chart.transitions) > PROMPT:
            self.wait()
        else:
            self.finish()

    def finish(self) -> None:
        """Route all that is left."""
        self.wait()
        if self._settle(None):
            self._view.refresh()

    def _go_on(self) -> None:
        if not self._had_its_slice and self._settle(moment(self._clock)):
            self._view.refresh()
        self._had_its_slice = False
        if self._view.picture.is_hasty:
            self._timer.start()

    def _settle(self, is_over: Callable[[], bool] | None) -> bool:
        """Route until time is over; whether something looks different now."""
        self._is_fresh = False
        view = self._view
        areas = view.picture.settle(view.painter.lifted, is_over)
        for rect in areas:
            view.base.spoil(rect)
        return bool(areas)
