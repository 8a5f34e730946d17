"""Small signs of the drawing, 12 units wide around a point, painted with the painter's pen."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

_TICK = QPolygonF([QPointF(-4.0, 0.3), QPointF(-1.3, 3.2), QPointF(4.2, -3.4)])
_HANDS = [QLineF(0, 0, 0, -3.0), QLineF(0, 0, 2.3, 1.2)]
_CROSS = [QLineF(-3.2, -3.2, 3.2, 3.2), QLineF(-3.2, 3.2, 3.2, -3.2)]
_CLOCK = QRectF(-4.7, -4.7, 9.4, 9.4)
_NUMBER = QRectF(-6, -6, 12, 12)


def paint(painter: QPainter, kind: str, place: QPointF) -> None:
    """Paint the sign `delay`, `always`, `done`, `error` or `number` (its ring) around a point; others are nothing."""
    painter.translate(place)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind == "delay":
        painter.drawEllipse(_CLOCK)
        painter.drawLines(_HANDS)
    elif kind == "always":
        painter.setBrush(painter.pen().color())
        painter.drawEllipse(QPointF(0, 0), 2.2, 2.2)
    elif kind == "done":
        painter.drawPolyline(_TICK)
    elif kind == "error":
        painter.drawLines(_CROSS)
    elif kind == "number":
        painter.drawEllipse(_NUMBER)
    painter.translate(-place)
