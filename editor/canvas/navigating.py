"""Going about the chart by pointer and wheel: panning by hand, scrolling, zooming about a place.

A place that is zoomed about stays where it is however many small steps that takes: it is kept from the first of them,
as the camera itself goes by whole pixels. What steps are too small for is kept too, until it makes a whole pixel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent

from editor.canvas.camera import LEAST_ZOOM, MOST_ZOOM, Camera
from editor.geometry import Point, Rect

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

NOTCH = 1.0015
"""The factor that an eighth of a degree of the wheel zooms by; a notch is 120 of them."""
_SHARE = 0.5
"""Pixels that an eighth of a degree of the wheel scrolls by."""
_CLOSEST = 2.0
_BACK_AND_FORTH = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


class Navigating:
    """What the hand does to a view's camera. A pan ends with the button that it began with."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self._pan_from: QPointF | None = None
        self._button = Qt.MouseButton.NoButton
        self._is_space_down = False
        self._left = QPointF()
        self._anchor: tuple[QPointF, Point, Camera] | None = None
        self._is_zooming = False
        self._told = 0.0
        # pixels that X11 tells of a wheel are what a driver makes of them
        self._has_pixels = QGuiApplication.platformName() != "xcb"

    @property
    def is_busy(self) -> bool:
        """Whether the pointer pans, or would when it is pressed."""
        return self._pan_from is not None or self._is_space_down

    # panning by hand

    def press(self, event: QMouseEvent, *, is_on_ground: bool) -> bool:
        """Begin to pan, or go back or forward, if that is what a press means; whether it is."""
        button = event.button()
        if button in _BACK_AND_FORTH:
            self._view.visiting.go(_BACK_AND_FORTH[button])
            return True
        is_right = button is Qt.MouseButton.RightButton and is_on_ground
        if not (button is Qt.MouseButton.MiddleButton or self._is_space_down or is_right):
            return False
        if self._pan_from is None:
            self._pan_from, self._button, self._left = event.position(), button, QPointF()
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Pan along with the pointer; whether a pan goes on."""
        if self._pan_from is None:
            return False
        way, self._pan_from = event.position() - self._pan_from, event.position()
        self.pan(way)
        return True

    def release(self, event: QMouseEvent) -> bool:
        """End the pan that the button began; whether it did."""
        if self._pan_from is None or event.button() is not self._button:
            return False
        self._pan_from = None
        self._show_hand()
        return True

    def hold_space(self, *, is_down: bool) -> None:
        """The space bar pans while it is held."""
        self._is_space_down = is_down
        if self._pan_from is None:
            self._show_hand()

    def leave(self) -> None:
        """The keys go elsewhere, and so may the release of the space bar."""
        if self._is_space_down:
            self.hold_space(is_down=False)

    def _show_hand(self) -> None:
        if self._is_space_down:
            self._view.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self._view.viewport().unsetCursor()

    # by steps

    def pan(self, way: QPointF) -> None:
        """Move what is seen by pixels, of which parts are kept for the next step."""
        whole = way + self._left
        dx, dy = round(whole.x()), round(whole.y())
        self._left = QPointF(whole.x() - dx, whole.y() - dy)
        if dx or dy:
            self._view.pan(dx, dy)

    def zoom(self, factor: float, at: QPointF) -> None:
        """Zoom by a factor about a place of the viewport."""
        self.zoom_to(self._view.zoom * factor, at)

    def zoom_to(self, zoom: float, at: QPointF) -> None:
        """Zoom about a place of the viewport; where zooming ends is told once."""
        view = self._view
        if self._anchor is None or self._anchor[0] != at or self._anchor[2] != view.camera:
            self._anchor = (at, view.to_chart(at), view.camera)
        place = self._anchor[1]
        self._tell_end(zoom)
        view.show_camera(view.camera.holding(place, zoom, at.x(), at.y()))
        self._anchor = (at, place, view.camera)

    def keep_in_sight(self) -> None:
        """Where open ground is all that is seen now, bring what is nearest into sight: else one would be lost."""
        view = self._view
        picture = view.proposing.picture or view.picture
        width, height = view.viewport().width(), view.viewport().height()
        seen = view.camera.seen(width, height)
        if picture.state_index.meeting(*seen.bounds) or not picture.states:
            return
        chosen = [id for id in view.session.selection.ids if id in picture.states]
        nearest = min(
            (picture.states[id].rect for id in chosen or picture.states if not picture.states[id].is_region),
            key=lambda rect: _distance(rect, seen.center),
            default=None,
        )
        if nearest is not None:
            corner = Point(
                min(nearest.center.x, nearest.x + seen.width / 2),
                min(nearest.center.y, nearest.y + seen.height / 2),
            )
            view.show_camera(view.camera.centered(corner, width, height))

    def _tell_end(self, zoom: float) -> None:
        end = MOST_ZOOM if zoom > MOST_ZOOM else LEAST_ZOOM if zoom < LEAST_ZOOM else 0.0
        if end and end != self._told and end == self._view.zoom:
            self._view.session.say(
                f"It goes no {'closer' if end == MOST_ZOOM else 'farther'} than {end * 100:g} %."
            )
            self._told = end
        elif not end:
            self._told = 0.0

    def zoom_smart(self, at: QPointF) -> None:
        """Show what lies under a place as large as it goes, or all of the chart when that is shown already."""
        view = self._view
        rect = view.rect_of(view.hit(view.to_chart(at)).id)
        size = view.viewport().width(), view.viewport().height()
        wanted = view.camera.showing(rect, *size, _CLOSEST) if rect is not None else None
        if wanted is None or wanted == view.camera:
            view.visiting.jump(view.fit)
        else:
            view.visiting.jump(lambda: view.show_camera(wanted))

    def wheel(self, event: QWheelEvent) -> None:
        """Ctrl zooms about the pointer, Shift scrolls sideways, the wheel alone scrolls; two fingers do as well.

        What rolls on after the fingers are up goes on as it was, whatever is held by then.
        """
        phase, held = event.phase(), event.modifiers()
        if phase is not Qt.ScrollPhase.ScrollMomentum:
            self._is_zooming = bool(held & Qt.KeyboardModifier.ControlModifier)
        if phase is Qt.ScrollPhase.ScrollBegin:
            self._left = QPointF()
        angle, pixels = QPointF(event.angleDelta()), QPointF(event.pixelDelta())
        if self._is_zooming:
            turn = angle.y() or angle.x() or pixels.y() / _SHARE
            if turn:
                self.zoom(NOTCH**turn, event.position())
        else:
            way = pixels if self._has_pixels and not pixels.isNull() else angle * _SHARE
            if held & Qt.KeyboardModifier.ShiftModifier:
                way = QPointF(way.y() or way.x(), 0)
            self.pan(way)
        event.accept()


def _distance(rect: Rect, at: Point) -> float:
    """How far a place is from a rectangle, squared."""
    dx = max(rect.x - at.x, at.x - rect.right, 0.0)
    dy = max(rect.y - at.y, at.y - rect.bottom, 0.0)
    return dx * dx + dy * dy
