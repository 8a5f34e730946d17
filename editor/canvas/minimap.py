"""The minimap: the whole chart small in a corner of the canvas, with a frame around what is seen, to be dragged.

It is painted from an image, which is made anew only when hands rest: what is dragged, panned or zoomed meanwhile
costs no more than to draw that image and the frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from editor.canvas.camera import Camera
from editor.canvas.painter_looking import mark_of
from editor.canvas.theme import color
from editor.geometry import Point, Rect

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

WIDTH, HEIGHT = 200, 140
"""Pixels."""
AWAY = 12
"""Pixels from the corner of the canvas."""
CALM = 150
"""Milliseconds after which a chart that changed is drawn anew, unless hands are still at work."""
_INSIDE = 6.0
_CLOSEST = 0.25
_LEAST_FRAME = 4.0
_MARK = 3
"""Pixels that the mark of something that is looked for is wide and high."""
_MOST_SHARE = 0.5
"""Share of the canvas, in each direction, beyond which the minimap is in the way and hides."""


def overview(bounds: Rect) -> Camera:
    """Where the minimap shows a chart with these bounds: all of it, in the middle, no closer than a quarter."""
    room = WIDTH - 2 * _INSIDE, HEIGHT - 2 * _INSIDE
    zoom = min(room[0] / max(bounds.width, 1.0), room[1] / max(bounds.height, 1.0), _CLOSEST)
    middle = bounds.center
    return Camera(zoom, WIDTH / 2 - middle.x * zoom, HEIGHT / 2 - middle.y * zoom)


class Minimap(QWidget):
    """Shows a view's chart while the settings want it, and moves what the view sees."""

    def __init__(self, view: ChartView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._map = Camera()
        self._image = QImage()
        self._drawn: tuple[object, ...] = ()
        self._found: tuple[object, object, list[QRect]] = (None, None, [])
        self._grip: tuple[float, float] | None = None
        self._timer = QTimer(self, singleShot=True, interval=CALM)
        self._timer.timeout.connect(self._on_calm)
        self.setFixedSize(WIDTH, HEIGHT)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName("Minimap")
        view.session.settings_changed.subscribe(self.place)
        self.place()

    def place(self) -> None:
        """Stand in the lower right corner of the canvas; hide where it is not wanted or has no room."""
        room = self._view.viewport().size()
        has_room = room.width() * _MOST_SHARE >= WIDTH and room.height() * _MOST_SHARE >= HEIGHT
        self.move(room.width() - WIDTH - AWAY, room.height() - HEIGHT - AWAY)
        self.setVisible(self._view.session.settings.minimap and has_room)

    @property
    def frame(self) -> Rect:
        """What the view sees, in the minimap; it may reach beyond it."""
        view, size = self._view, self._view.viewport().size()
        corner = view.camera.to_chart(0, 0)
        seen = Rect(*corner, size.width() / view.zoom, size.height() / view.zoom)
        return self._map.rect_to_view(seen)

    def _state(self) -> tuple[object, ...]:
        """All that the image depends on."""
        view = self._view
        return (
            view.picture,
            view.picture.version,
            view.theme,
            view.painter.is_dimmed,
            self.devicePixelRatioF(),
        )

    def _on_calm(self) -> None:
        if self._view.is_busy:
            self._timer.start()
        elif self.isVisible() and self._state() != self._drawn:
            self.draw()
            self.update()

    def draw(self) -> None:
        """Make the image anew."""
        view, ratio = self._view, self.devicePixelRatioF()
        self._drawn = self._state()
        x0, y0, x1, y1 = view.picture.extent()
        self._map = overview(Rect(x0, y0, x1 - x0, y1 - y0))
        image = QImage(self.size() * ratio, QImage.Format.Format_RGB32)
        image.fill(view.painter.ground)
        painter = QPainter(image)
        try:
            view.painter.sketch(
                painter, self._map.zoom * ratio, self._map.x * ratio, self._map.y * ratio, image.rect()
            )
        finally:
            painter.end()
        image.setDevicePixelRatio(ratio)
        self._image = image

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the image and the frame; a chart that is not the one drawn will be drawn soon."""
        view, theme = self._view, self._view.theme
        if self._drawn != self._state() and not self._timer.isActive():
            self._timer.start()
        is_of_this = self._drawn[:1] == (view.picture,) and self._drawn[2:] == self._state()[2:]
        painter = QPainter(self)
        if is_of_this:
            painter.drawImage(0, 0, self._image)
            self._paint_found(painter)
            seen = _bounded(self.frame)
            painter.setPen(QPen(color(theme.accent), 1.5))
            painter.setBrush(color(theme.accent, 0.12))
            painter.drawRect(seen)
        else:
            painter.fillRect(self.rect(), view.painter.ground)
        painter.setPen(QPen(color(theme.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRect(0, 0, WIDTH - 1, HEIGHT - 1))
        painter.end()

    def _paint_found(self, painter: QPainter) -> None:
        """A mark for all that is looked for, those that would cover each other once, and a larger one where one is."""
        view, lights = self._view, self._view.overlay.lights
        if lights is None:
            return
        if self._found[:2] != (lights, self._drawn):
            marks = (mark_of(view.picture, id) for id in lights.drawn)
            centers = (
                self._map.to_view(Point(*mark.center().toTuple())) for mark in marks if mark is not None
            )
            cells = {(int(at.x) // _MARK, int(at.y) // _MARK) for at in centers}
            rects = [QRect(x * _MARK, y * _MARK, _MARK, _MARK) for x, y in sorted(cells)]
            self._found = (lights, self._drawn, rects)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(view.theme.accent))
        painter.drawRects(self._found[2])
        here = mark_of(view.picture, lights.at) if lights.at else None
        if here is not None:
            at = self._map.to_view(Point(*here.center().toTuple()))
            painter.setPen(QPen(color(view.theme.ground), 1))
            painter.drawEllipse(QPointF(*at), 1.5 * _MARK, 1.5 * _MARK)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the frame where it is pressed; a press beside it brings that place into the middle."""
        event.accept()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        at, frame = event.position(), self.frame
        is_inside = frame.contains(Point(at.x(), at.y()))
        self._grip = (at.x() - frame.center.x, at.y() - frame.center.y) if is_inside else (0.0, 0.0)
        if not is_inside:
            self._look_at(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take what is seen along."""
        event.accept()
        if self._grip is not None:
            self._look_at(event.position() - QPointF(*self._grip))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the frame go."""
        event.accept()
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second press is one more press, not one on the chart below."""
        self.mousePressEvent(event)

    def _look_at(self, at: QPointF) -> None:
        """Bring a place of the minimap into the middle of what is seen."""
        view, size = self._view, self._view.viewport().size()
        view.look(view.camera.centered(self._map.to_chart(at.x(), at.y()), size.width(), size.height()))


def _bounded(frame: Rect) -> QRectF:
    """The frame as it is drawn: large enough to be seen, and its sides within the minimap where it reaches out."""
    left, right = _ends(frame.x, frame.right, WIDTH - 1.0)
    top, bottom = _ends(frame.y, frame.bottom, HEIGHT - 1.0)
    return QRectF(left, top, right - left, bottom - top)


def _ends(start: float, end: float, most: float) -> tuple[float, float]:
    grow = max(_LEAST_FRAME - (end - start), 0.0) / 2
    start = min(max(start - grow, 1.0), most - 1.0 - _LEAST_FRAME)
    return start, max(min(end + grow, most - 1.0), start + _LEAST_FRAME)
