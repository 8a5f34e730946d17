"""Fingers: on a screen one of them points, two pan and zoom, one that rests asks for the menu; pinches on a trackpad.

What a finger means is known only when it moves, rests or goes up: until then no tool hears of it, so that a second
finger never finds something begun by the first.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QEventPoint,
    QInputDevice,
    QMouseEvent,
    QNativeGestureEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QApplication

from editor.geometry import Point

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

LONG = 500
"""Milliseconds that a finger rests before it asks for the menu."""
TRAVEL = 10.0
"""Pixels from which a finger drags: fingers are less steady than a mouse."""
_NEAR = 32.0
"""Pixels within which a second tap belongs to the first."""
_LEAST = 16.0
"""Pixels between two fingers that are told from one another."""
FINGERS = frozenset(
    (
        QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel,
        QEvent.Type.NativeGesture,
    )
)  # fmt: skip
"""Events that fingers make."""
_NONE, _LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


class Touching(QObject):
    """The fingers on a view. `_waiting`, `_dragging`, `_pinching`: at most one of them; none after a menu was shown.

    `clock` tells seconds.
    """

    def __init__(self, view: ChartView, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(view)
        self._clock = clock
        self._view = view
        self._waiting: QEventPoint | None = None
        self._dragging: QEventPoint | None = None
        self._pinching: tuple[int, int] | None = None
        self._distance = self._zoom = 1.0
        self._place = Point(0, 0)
        self._tapped: tuple[float, QPointF] | None = None
        self.rests = QTimer(self, singleShot=True, interval=LONG)
        """Ends when a finger has rested for long."""
        self.rests.timeout.connect(self._ask_menu)
        # a Mac has no screen to touch, and would tell of every finger on the trackpad
        view.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, sys.platform != "darwin")

    def take(self, event: QEvent) -> bool:
        """Do what an event of the viewport means; whether it is one of fingers."""
        if isinstance(event, QTouchEvent):
            if event.device().type() is QInputDevice.DeviceType.TouchPad:
                event.accept()  # they move a pointer, which is heard of
                return True
            return self._touch(event)
        return isinstance(event, QNativeGestureEvent) and self._gesture(event)

    # a trackpad

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        navigating, kind = self._view.navigating, event.gestureType()
        if kind is Qt.NativeGestureType.ZoomNativeGesture:
            navigating.zoom(max(1 + event.value(), 0.1), event.position())
        elif kind is Qt.NativeGestureType.PanNativeGesture:
            navigating.pan(QPointF(event.delta()))
        elif kind is Qt.NativeGestureType.SmartZoomNativeGesture:
            navigating.zoom_smart(event.position())
        event.accept()
        return True

    # a screen

    def _touch(self, event: QTouchEvent) -> bool:
        down = [each for each in event.points() if each.state() is not QEventPoint.State.Released]
        if event.type() is QEvent.Type.TouchCancel:
            self._give_up()
        elif len(down) > 1:
            self._pinch(down)
        elif self._pinching is not None:
            if not down:
                self._pinching = None
        elif event.type() is QEvent.Type.TouchBegin:
            self._waiting = QEventPoint(down[0])
            self.rests.start()
        else:
            self._point(event.points()[0], is_down=bool(down))
        event.accept()
        return True

    def _point(self, finger: QEventPoint, *, is_down: bool) -> None:
        """One finger moves or goes up."""
        start = self._waiting
        if start is not None and _way(start.position(), finger.position()) >= TRAVEL:
            self.rests.stop()
            self._waiting, self._dragging = None, QEventPoint(finger)
            self._press(start, is_tap=False)
        elif start is not None and not is_down:
            self.rests.stop()
            self._waiting = None
            self._press(start, is_tap=True)
            self._send(QEvent.Type.MouseButtonRelease, start)
        if self._dragging is not None:
            self._send(QEvent.Type.MouseMove, finger)
            if not is_down:
                self._dragging = None
                self._send(QEvent.Type.MouseButtonRelease, finger)

    def _press(self, finger: QEventPoint, *, is_tap: bool) -> None:
        at, now = finger.position(), self._clock()
        before, self._tapped = self._tapped, (now, at) if is_tap else None
        is_second = (
            before is not None
            and (now - before[0]) * 1000 <= QApplication.doubleClickInterval()
            and _way(before[1], at) <= _NEAR
        )
        if is_second:
            self._tapped = None
        self._send(
            QEvent.Type.MouseButtonDblClick if is_second else QEvent.Type.MouseButtonPress,
            finger,
        )

    def _send(self, kind: QEvent.Type, finger: QEventPoint) -> None:
        """Tell the view what a mouse would tell it."""
        is_move, is_up = kind is QEvent.Type.MouseMove, kind is QEvent.Type.MouseButtonRelease
        event = QMouseEvent(
            kind, finger.position(), finger.globalPosition(), _NONE if is_move else _LEFT,
            _NONE if is_up else _LEFT, QApplication.keyboardModifiers(),
        )  # fmt: skip
        handlers = {
            QEvent.Type.MouseButtonPress: self._view.mousePressEvent,
            QEvent.Type.MouseButtonDblClick: self._view.mouseDoubleClickEvent,
            QEvent.Type.MouseMove: self._view.mouseMoveEvent,
            QEvent.Type.MouseButtonRelease: self._view.mouseReleaseEvent,
        }
        handlers[kind](event)

    def _pinch(self, down: list[QEventPoint]) -> None:
        """Two fingers hold two places of the chart; when others take their place these hold what they are on."""
        view, (one, other) = self._view, down[:2]
        middle = (one.position() + other.position()) / 2
        apart = max(_way(one.position(), other.position()), _LEAST)
        if self._pinching != (one.id(), other.id()):
            self._give_up()
            self._pinching = (one.id(), other.id())
            self._distance, self._zoom, self._place = apart, view.zoom, view.to_chart(middle)
        zoom = self._zoom * apart / self._distance
        view.show_camera(view.camera.holding(self._place, zoom, middle.x(), middle.y()))

    def _give_up(self) -> None:
        """What one finger has begun ends without a trace."""
        self.rests.stop()
        self._waiting = self._pinching = self._tapped = None
        if self._dragging is not None:
            self._dragging = None
            self._view.autoscroll.stop()
            self._view.tool.cancel()

    def _ask_menu(self) -> None:
        finger, self._waiting = self._waiting, None
        if finger is not None:
            at, there = finger.position().toPoint(), finger.globalPosition().toPoint()
            asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, there)
            QApplication.sendEvent(self._view.viewport(), asked)


def _way(a: QPointF, b: QPointF) -> float:
    return float(((a.x() - b.x()) ** 2 + (a.y() - b.y()) ** 2) ** 0.5)
