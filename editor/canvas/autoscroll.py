"""Scrolling at the edge: the canvas goes along while something is dragged to a side of what is seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

EDGE = 32.0
"""Pixels from a side of the viewport within which a drag scrolls."""
FASTEST = 1400.0
"""Pixels a second, reached as far outside of the viewport as `EDGE` is wide."""
_FRAME = 16
_LONGEST = 0.1
"""Seconds that one step counts for at most, so that a pause does not end in a leap."""


class Autoscroll(QObject):
    """Scrolls a view while a phase of its tool that wants it drags at the edge. `clock` tells seconds.

    After every step the tool is told of the pointer again: it stays where it is, and the chart goes on below it.
    """

    def __init__(self, view: ChartView, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(view)
        self._view = view
        self._clock = clock
        self._start: QPointF | None = None
        self._last: QMouseEvent | None = None
        self._since = 0.0
        self._rest = (0.0, 0.0)
        self._timer = QTimer(self, interval=_FRAME)
        self._timer.timeout.connect(self.advance)

    @property
    def is_active(self) -> bool:
        """Whether what is seen moves by itself."""
        return self._timer.isActive()

    def follow(self, event: QMouseEvent) -> None:
        """The pointer moved: begin, go on or end as its place and the tool's phase say."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self.stop()
            return
        if self._start is None:
            self._start = event.position()
        self._last = event.clone()
        if self._pace() == (0.0, 0.0):
            self._timer.stop()
        elif not self._timer.isActive():
            self._since, self._rest = self._clock(), (0.0, 0.0)
            self._timer.start()

    def stop(self) -> None:
        """The button is up: nothing is dragged."""
        self._start = self._last = None
        self._timer.stop()

    def advance(self) -> None:
        """Scroll by what is due by now, in whole pixels, and have the tool drag on."""
        now = self._clock()
        passed, self._since = min(now - self._since, _LONGEST), now
        pace = self._pace()
        if self._last is None or pace == (0.0, 0.0):
            self._timer.stop()
            return
        dx, dy = (rest + each * passed for rest, each in zip(self._rest, pace, strict=True))
        steps = round(dx), round(dy)
        self._rest = dx - steps[0], dy - steps[1]
        if steps == (0, 0):
            return
        self._view.pan(-steps[0], -steps[1])
        self.drag_on()

    def drag_on(self) -> None:
        """Tell the tool of the pointer again, if it drags: the chart has moved below it."""
        last = self._last
        if last is None:
            return
        self._view.mouseMoveEvent(
            QMouseEvent(
                QEvent.Type.MouseMove, last.position(), last.globalPosition(), Qt.MouseButton.NoButton,
                last.buttons(), last.modifiers(),
            )
        )  # fmt: skip

    def _pace(self) -> tuple[float, float]:
        """Pixels a second to the right and down; none where nothing is dragged."""
        start, last = self._start, self._last
        if start is None or last is None or not self._view.tool.phase.scrolls:
            return 0.0, 0.0
        at, size = last.position(), self._view.viewport().size()
        return pace(at.x(), start.x(), size.width()), pace(at.y(), start.y(), size.height())


def pace(at: float, start: float, length: float) -> float:
    """Pixels a second at a place of a viewport of this length, which a drag came to from `start`; 0 in the middle.

    Negative before the middle. What is taken near a side scrolls only nearer to that side than it was taken.
    """
    inside = min(EDGE, length / 4)
    before, after = min(inside, max(start, 0.0)), min(inside, max(length - start, 0.0))
    if at < before:
        return -_speed(before - at)
    return _speed(at - (length - after)) if at > length - after else 0.0


def _speed(depth: float) -> float:
    """Slow at first, so that one may stop where one wants to."""
    share = min(depth / (2 * EDGE), 1.0)
    return FASTEST * share * share
