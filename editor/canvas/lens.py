"""A lens under the pointer while a key is held: what is small is read without zooming there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from editor.canvas.camera import Camera
from editor.canvas.theme import color

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

RADIUS = 130
"""Pixels."""
_TIMES, _LEAST = 2.5, 1.0
"""How much larger the lens shows things, and the zoom that it shows at least, at which all texts are there."""


class Lens:
    """The lens of a view. It lies over everything else, and what is pointed to is in its middle."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self.is_held = False

    def hold(self, *, is_held: bool) -> None:
        """Show the lens, or put it away."""
        if is_held is not self.is_held:
            self.is_held = is_held
            self._view.viewport().update()

    def camera(self, at: QPointF) -> Camera:
        """What the lens shows when it is at a place of the viewport."""
        camera = self._view.camera
        return camera.zoomed(max(camera.zoom * _TIMES, _LEAST), at.x(), at.y())

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Paint the lens where the pointer is; the painter is in pixels of the viewport, each `ratio` of the device."""
        at = self._view.surface.pointer
        if not self.is_held or at is None:
            return
        circle = QPainterPath()
        circle.addEllipse(at, RADIUS, RADIUS)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(circle)
        painter.drawImage(QPointF(at.x() - RADIUS, at.y() - RADIUS), self._image(at, ratio))
        painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color(self._view.theme.quiet), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(at.x() - RADIUS, at.y() - RADIUS, 2 * RADIUS, 2 * RADIUS))

    def _image(self, at: QPointF, ratio: float) -> QImage:
        view, camera = self._view, self.camera(at)
        x, y = (camera.x - at.x() + RADIUS) * ratio, (camera.y - at.y() + RADIUS) * ratio
        image = QImage(QSize(2 * RADIUS, 2 * RADIUS) * ratio, QImage.Format.Format_RGB32)
        image.fill(view.painter.ground)
        inner = QPainter(image)
        try:
            view.painter.base(inner, camera.zoom * ratio, round(x), round(y), image.rect())
            inner.resetTransform()
            view.painter.overlay(inner, camera.zoom * ratio, round(x), round(y), view.overlay)
        finally:
            inner.end()
        image.setDevicePixelRatio(ratio)
        return image
