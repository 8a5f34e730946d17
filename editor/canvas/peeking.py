"""Looking at elements without selecting them: they light up, the camera glides there, and back unless one stays."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from editor.canvas import motion
from editor.canvas.camera import Camera
from editor.canvas.view import FRAME, ChartView
from editor.document.visits import Place
from editor.geometry import Point, Rect
from editor.model import queries

GLIDE = 0.2
"""Seconds that the camera is on its way."""
CLOSEST = 1.0
LEAST_READABLE = 0.4
"""Zoom below which names cannot be read, so that the camera comes nearer."""


LEAST_ROOM = 160
"""Pixels below what covers the viewport that are enough to look at something."""


class Peek(QObject):
    """A look at a chart from where one is. `clock` tells seconds; nothing moves where the settings want no motion."""

    def __init__(self, view: ChartView, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(view)
        self._view = view
        self._clock = clock
        self._home: Camera | None = None
        self._left: Place | None = None
        self._level: str | None = None
        self._start = self._goal = self._seen = view.camera
        self._since = 0.0
        self._timer = QTimer(self, interval=FRAME)
        self._timer.timeout.connect(self.advance)

    def show(self, ids: Iterable[str], covered: float = 0.0) -> None:
        """Light up elements, each by what is drawn of it or around it, and bring them into sight.

        `covered` pixels at the top of the viewport are not to be seen, unless hardly anything else is.
        """
        wanted = list(ids)
        if self._home is None:
            self._home = self._goal = self._view.camera
            self._left = self._view.visiting.here()
            self._level = self._view.session.alone.value
        if not any(map(self._drawn, wanted)):
            self._view.opening.include(*wanted)
        lit = {drawn for id in wanted if (drawn := self._drawn(id))}
        self._light(lit)
        around = Rect.around([rect for id in lit if (rect := self._view.rect_of(id)) is not None])
        if around is not None:
            self._glide(self._camera_on(around, covered))

    def end(self, *, stay: bool) -> None:
        """Take the light away, and go back to where the look began unless one is to stay."""
        self._light(())
        home, self._home = self._home, None
        if home is not None and not stay:
            self._view.opening.return_to(self._level)
            self._glide(home)
        elif self._left is not None and home is not None:
            is_other = self._level != self._view.session.alone.value
            self._view.visiting.leave(self._left, is_moved=is_other or self._goal != home)

    def advance(self) -> None:
        """Be where the camera is to be by now; somebody else who moved it has the last word."""
        if self._view.camera != self._seen:
            self._timer.stop()
            return
        share = min((self._clock() - self._since) / GLIDE, 1.0)
        self._put(between(self._start, self._goal, share * share * (3 - 2 * share), self._middle()))
        if share >= 1:
            self._timer.stop()

    def _glide(self, goal: Camera) -> None:
        self._start = self._seen = self._view.camera
        self._goal, self._since = goal, self._clock()
        if not motion.is_wanted(self._view.session.settings.animation):
            self._timer.stop()
            self._put(goal)
        elif goal != self._start:
            self._timer.start()

    def _put(self, camera: Camera) -> None:
        self._view.look(camera)
        self._seen = camera
        self._view.zoom_changed.emit(camera.zoom)

    def _camera_on(self, rect: Rect, covered: float) -> Camera:
        """Where a rectangle is seen whole and can be read; where one is, if it is so there."""
        camera, viewport = self._view.camera, self._view.viewport()
        top = covered if viewport.height() - covered >= LEAST_ROOM else 0.0
        size, scale = (viewport.width(), viewport.height() - top), self._view.wishes.scale
        seen = camera.rect_to_view(rect)
        whole = camera.showing(rect, *size, CLOSEST * scale).panned(0, top)
        if camera.zoom > whole.zoom or camera.zoom < min(LEAST_READABLE * scale, whole.zoom):
            return whole
        is_in_sight = seen.x >= 0 and seen.y >= top and seen.right <= size[0] and seen.bottom <= top + size[1]
        return camera if is_in_sight else camera.centered(rect.center, *size).panned(0, top)

    def _drawn(self, id: str) -> str:
        """The element, or the state around it that is drawn when it is hidden in a collapsed one; empty for none."""
        view, chart = self._view, self._view.session.document.chart
        if view.rect_of(id) is not None:
            return id
        start = chart.transitions[id].source if id in chart.transitions else id
        if start not in chart.states:
            return ""
        around = [each for each in queries.lineage(chart, start) if each != chart.root_id]
        return next((each for each in reversed(around) if view.rect_of(each) is not None), "")

    def _light(self, ids: Iterable[str]) -> None:
        self._view.overlay.lit = frozenset(ids)
        self._view.viewport().update()

    def _middle(self) -> Point:
        size = self._view.viewport().size()
        return Point(size.width() / 2, size.height() / 2)


def between(start: Camera, goal: Camera, share: float, middle: Point) -> Camera:
    """A camera on the way between two, which are the same at a share of 0 and 1.

    `middle` is that of the viewport; what is seen there goes along a straight line of the chart.
    """
    if share <= 0 or share >= 1:
        return start if share <= 0 else goal
    zoom = math.exp(math.log(start.zoom) * (1 - share) + math.log(goal.zoom) * share)
    one, other = start.to_chart(*middle), goal.to_chart(*middle)
    at = Point(one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share)
    return Camera(zoom).centered(at, middle.x * 2, middle.y * 2)
