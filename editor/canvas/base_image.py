"""BaseImage: the still picture of what is seen; shifted when it is panned, painted anew only where it changed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QImage, QPainter

from editor.canvas.painter import ChartPainter
from editor.geometry import Rect

_MOST_SPOILED = 24


class BaseImage:
    """An image of the viewport in device pixels. Invariant: after `image`, it is what the painter would paint."""

    def __init__(self, painter: ChartPainter) -> None:
        self._painter = painter
        self._image = QImage()
        self._zoom = 0.0
        self._offset = QPointF()
        self._spoiled: list[Rect] = []
        self._is_dropped = True

    def drop(self) -> None:
        """Paint everything anew next time."""
        self._is_dropped = True

    def spoil(self, rect: Rect) -> None:
        """Paint an area, in chart units, anew next time."""
        self._spoiled.append(rect)

    def image(self, size: QSize, zoom: float, offset: QPointF) -> QImage:
        """The picture for a size in device pixels, a zoom in device pixels a unit, and the origin's place."""
        if self._image.size() != size:
            self._image = QImage(size, QImage.Format.Format_RGB32)
            self._is_dropped = True
        whole = QRect(QPoint(0, 0), size)
        if self._is_dropped or zoom != self._zoom or len(self._spoiled) > _MOST_SPOILED:
            areas = [whole]
        else:
            areas = self._shifted(offset, whole)
            areas += [self._device(rect, zoom, offset).intersected(whole) for rect in self._spoiled]
        self._is_dropped = False
        self._spoiled.clear()
        self._zoom, self._offset = zoom, QPointF(offset)
        self._paint([area for area in areas if not area.isEmpty()])
        return self._image

    def _shifted(self, offset: QPointF, whole: QRect) -> list[QRect]:
        """Shift the old picture by whole pixels; the strips that came into sight."""
        dx, dy = round(offset.x() - self._offset.x()), round(offset.y() - self._offset.y())
        if not dx and not dy:
            return []
        if abs(dx) >= whole.width() or abs(dy) >= whole.height():
            return [whole]
        old = self._image.copy()
        painter = QPainter(self._image)
        painter.drawImage(dx, dy, old)
        painter.end()
        strips = []
        if dx:
            strips.append(QRect(0 if dx > 0 else whole.width() + dx, 0, abs(dx), whole.height()))
        if dy:
            strips.append(QRect(0, 0 if dy > 0 else whole.height() + dy, whole.width(), abs(dy)))
        return strips

    def _device(self, rect: Rect, zoom: float, offset: QPointF) -> QRect:
        left, top = int(rect.x * zoom + offset.x()) - 2, int(rect.y * zoom + offset.y()) - 2
        return QRect(left, top, int(rect.width * zoom) + 5, int(rect.height * zoom) + 5)

    def _paint(self, areas: list[QRect]) -> None:
        for area in areas:
            painter = QPainter(self._image)
            try:
                painter.setClipRect(area)
                self._painter.base(painter, self._zoom, self._offset.x(), self._offset.y(), area)
            finally:
                painter.end()
