"""Ghosts: a proposed drawing over the present one, and the ways that states would go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QTransform

from editor.canvas import painter_transitions
from editor.canvas.base_image import BaseImage
from editor.canvas.camera import Camera
from editor.canvas.inks import broad
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_states import RADIUS
from editor.canvas.picture import Picture
from editor.canvas.theme import Theme, color
from editor.canvas.ways import Way, is_outlined, ways
from editor.geometry import Rect

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

SHARE = 0.82
"""How much of the ghosts covers the drawing below them."""
MOST_WAYS = 400
"""States whose ways are drawn; of more than these one would see nothing."""
AT_ONCE = 8
"""Ways that are painted at once: a long one takes a millisecond where a pixel of the viewport is several."""

_Bit = Callable[[QPainter], None]


class _Seen(NamedTuple):
    """What decides how the ways look."""

    camera: Camera
    size: QSize
    ratio: float
    theme: Theme
    present: tuple[int, int]
    """The picture below them, and its version."""


class Ghosts:
    """What a view shows of a picture that is proposed, in which some states are `moved`.

    What was painted is kept as long as the same is seen. Painting it takes about as long as all that one may be held
    up, so that who has the time has it prepared bit by bit.
    """

    def __init__(self, view: ChartView, picture: Picture, moved: tuple[str, ...]) -> None:
        self._view = view
        self.picture = picture
        self.moved = moved
        self._moves = frozenset(moved)
        self._painter = ChartPainter(picture, view.theme)
        self._base = BaseImage(self._painter)
        self._ways = QImage()
        self._made: _Seen | None = None

    def drop(self) -> None:
        """Paint everything anew next time."""
        self._base.drop()
        self._made = None

    def moves(self, id: str) -> bool:
        """Whether a state would be elsewhere."""
        return id in self._moves

    def prepare(self, camera: Camera) -> Iterator[None]:
        """Paint bit by bit what will be seen by a camera, so that `paint` has it if that is so."""
        seen = self._seen(camera)
        self._base_image(seen)
        yield
        yield from self._painted(seen)

    def paint(self, painter: QPainter) -> None:
        """Paint them over the drawing; the painter is in pixels of the viewport."""
        seen = self._seen(self._view.camera)
        ghosts = self._base_image(seen)
        painter.setOpacity(SHARE)
        _paint_image(painter, ghosts, seen.ratio)
        painter.setOpacity(1.0)
        self._paint_outlines(painter, seen)
        if seen != self._made:
            for _ in self._painted(seen):
                pass
        _paint_image(painter, self._ways, seen.ratio)
        if self._base.is_unfinished:
            self._view.viewport().update()

    def _seen(self, camera: Camera) -> _Seen:
        view = self._view
        ratio = view.viewport().devicePixelRatioF()
        size = view.viewport().size() * ratio
        return _Seen(camera, size, ratio, view.theme, (id(view.picture), view.picture.version))

    def _base_image(self, seen: _Seen) -> QImage:
        """The drawing that is proposed, as it would be seen by itself."""
        if self._painter.theme is not seen.theme:
            self._painter.theme = seen.theme
            self._base.drop()
        camera, ratio = seen.camera, seen.ratio
        return self._base.image(seen.size, camera.zoom * ratio, QPointF(camera.x, camera.y) * ratio)

    def _there(self, seen: _Seen) -> list[str]:
        """The states that would move, of which the old place or the new one is in sight."""
        room = seen.camera.seen(seen.size.width() / seen.ratio, seen.size.height() / seen.ratio)
        present, proposed = self._view.picture, self.picture
        return [id for id in self.moved[:MOST_WAYS] if _is_in(room, proposed.rect(id), present.rect(id))]

    def _paint_outlines(self, painter: QPainter, seen: _Seen) -> None:
        """The outlines of what would move, strong ones where it is selected or pointed at."""
        view, zoom, width = self._view, seen.camera.zoom, _hair(seen)
        marked = {*view.session.selection.ids, view.overlay.hover}
        outline, chosen = broad(seen.theme.accent, 1.6 * width), broad(seen.theme.accent, 2.4 * width)
        outline.setDashPattern([4.0, 3.0])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(seen.camera.x, seen.camera.y)
        painter.scale(zoom, zoom)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for id in self._there(seen):
            new = self.picture.rect(id)
            if new is not None and (id in marked or is_outlined(self.picture, id, self._moves, zoom)):
                painter.setPen(chosen if id in marked else outline)
                painter.drawRoundedRect(QRectF(*new), RADIUS, RADIUS)
        painter.restore()

    # lines from where states are to where they would be

    def _painted(self, seen: _Seen) -> Iterator[None]:
        """Paint them, with a pause after each bit."""
        self._made = None
        image = QImage(seen.size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        scale, (_, x, y) = seen.camera.zoom * seen.ratio, seen.camera
        for bit in self._bits(seen) if not image.isNull() else ():
            painter = QPainter(image)
            try:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setTransform(QTransform(scale, 0, 0, scale, x * seen.ratio, y * seen.ratio))
                bit(painter)
            finally:
                painter.end()
            yield
        self._ways, self._made = image, seen

    def _bits(self, seen: _Seen) -> Iterator[_Bit]:
        found = ways(self._view.picture, self.picture, self._there(seen), self._moves, seen.camera.zoom)
        for paint in (_paint_lines, _paint_heads):
            for start in range(0, len(found), AT_ONCE):
                yield partial(paint, seen, found[start : start + AT_ONCE])


def _hair(seen: _Seen) -> float:
    """A pixel of the viewport in chart units, at most one of these."""
    return 1.0 / min(seen.camera.zoom, 1.0)


def _paint_lines(seen: _Seen, found: list[Way], painter: QPainter) -> None:
    """Paint lines one by one: Qt takes a hundred times as long for many broad ones that cross and are one shape."""
    painter.setPen(broad(seen.theme.accent, 1.0 * _hair(seen), 0.5))
    for start, end in found:
        painter.drawLine(QLineF(*start, *end))


def _paint_heads(seen: _Seen, found: list[Way], painter: QPainter) -> None:
    """Paint the heads of lines."""
    painter.setBrush(QBrush(color(seen.theme.accent)))
    painter.setPen(Qt.PenStyle.NoPen)
    for start, end in found:
        painter.drawPolygon(painter_transitions.head(start, end, _hair(seen)))


def _paint_image(painter: QPainter, image: QImage, ratio: float) -> None:
    """Paint an image that is in device pixels."""
    image.setDevicePixelRatio(ratio)
    painter.drawImage(0, 0, image)
    image.setDevicePixelRatio(1.0)


def _is_in(room: Rect, *places: Rect | None) -> bool:
    return any(place is not None and room.intersects(place) for place in places)
