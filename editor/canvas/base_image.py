"""BaseImage: the still picture of what is seen; shifted when it is panned, painted anew only where it changed."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPainter

from editor.canvas.painter import ChartPainter
from editor.canvas.painter_titles import Titles, renamed
from editor.geometry import Rect

_MOST_SPOILED = 24
_SLOW = 0.008
_LEAST_COVER = 0.5
_MOST_GROWTH = 2.0


class BaseImage:
    """An image of the viewport in device pixels. Invariant: after `image`, it is what the painter would paint.

    In motion it may be less: the last picture stretched to the new zoom, where painting takes over 8 ms, or shifted
    strips side by side. `is_rough` tells so; `settle` and one more `image` make it right. When it `is_unfinished`,
    each further `image` comes closer.
    """

    def __init__(self, painter: ChartPainter) -> None:
        self._painter = painter
        self._image = QImage()
        self._zoom = 0.0
        self._offset = QPointF()
        self._spoiled: list[Rect] = []
        self._is_dropped = True
        self._cost = 0.0
        self._titles: Titles = {}
        self.is_rough = False
        self.is_unfinished = False

    def drop(self) -> None:
        """Paint everything anew next time."""
        self._is_dropped = True

    def spoil(self, rect: Rect) -> None:
        """Paint an area, in chart units, anew next time."""
        self._spoiled.append(rect)

    def settle(self) -> None:
        """Motion has ended: paint what is rough anew next time."""
        if self.is_rough:
            self.drop()

    def image(self, size: QSize, zoom: float, offset: QPointF, *, in_motion: bool = False) -> QImage:
        """The picture for a size in device pixels, a zoom in device pixels a unit, and the origin's place."""
        if in_motion and self._may_stretch(size, zoom, offset):
            self.is_rough = True
            return self._stretched(zoom, offset)
        if self._image.size() != size:
            self._image = QImage(size, QImage.Format.Format_RGB32)
            self._is_dropped = True
        whole = QRect(QPoint(0, 0), size)
        if self._is_dropped or zoom != self._zoom or len(self._spoiled) > _MOST_SPOILED:
            areas = [whole]
            self.is_rough = False
            self._titles = self._painter.titles(zoom, offset.x(), offset.y(), whole)
            names: Titles | None = self._titles
        else:
            areas = self._shifted(offset, whole)
            self.is_rough = self.is_rough or bool(areas)
            self._spoiled += self._painter.touched_names(zoom, self._titles, self._spoiled)
            areas += [self._device(rect, zoom, offset).intersected(whole) for rect in self._spoiled]
            names = None
            if self._spoiled and not self.is_rough:
                # what is written may have to give way to something else, or has room now, beyond what changed
                before, names = self._titles, self._painter.titles(zoom, offset.x(), offset.y(), whole)
                areas += [each.intersected(whole) for each in renamed(before, names, offset)]
                self._titles = names
        self._is_dropped = False
        self._spoiled.clear()
        self._zoom, self._offset = zoom, QPointF(offset)
        began = time.perf_counter()
        self._paint([area for area in areas if not area.isEmpty()], names)
        if areas == [whole]:
            self._cost = time.perf_counter() - began
        return self._image

    def _may_stretch(self, size: QSize, zoom: float, offset: QPointF) -> bool:
        """Whether the last picture, stretched, is good enough for a moment: it fills half of the view, and no detail
        is drawn much larger than it was meant to be.
        """
        if self._cost < _SLOW or self._is_dropped or self._spoiled or self._image.size() != size:
            return False
        growth = zoom / self._zoom
        if growth == 1.0 or growth > _MOST_GROWTH:
            return False
        whole = QRectF(QPointF(0, 0), QSizeF(size))
        shown = self._place_of(zoom, offset).intersected(whole)
        return shown.width() * shown.height() >= _LEAST_COVER * whole.width() * whole.height()

    def _place_of(self, zoom: float, offset: QPointF) -> QRectF:
        """Where the last picture lies at another zoom and offset."""
        growth = zoom / self._zoom
        return QRectF(offset - self._offset * growth, QSizeF(self._image.size()) * growth)

    def _stretched(self, zoom: float, offset: QPointF) -> QImage:
        found = QImage(self._image.size(), QImage.Format.Format_RGB32)
        found.fill(self._painter.ground)
        painter = QPainter(found)
        painter.drawImage(self._place_of(zoom, offset), self._image)
        painter.end()
        return found

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

    def _paint(self, areas: list[QRect], names: Titles | None) -> None:
        self._painter.is_unfinished = False
        for area in areas:
            painter = QPainter(self._image)
            try:
                painter.setClipRect(area)
                self._painter.base(
                    painter, self._zoom, self._offset.x(), self._offset.y(), area, self._titles
                )
            finally:
                painter.end()
        self.is_unfinished = self._is_dropped = self._painter.is_unfinished
