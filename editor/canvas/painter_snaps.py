"""What a drag is aligned to: lines along edges and middles, and gaps that are equal, with how wide they are."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from editor.canvas.inks import LiveInks
from editor.canvas.measure import font
from editor.geometry import Point
from editor.layout.sizes import TextStyle

_END = 4.0
"""Pixels that the strokes at the ends of a gap go to either side."""
_ROOM = 10.0
"""Pixels that a number is narrower than the plate it stands on."""
_HEIGHT = 16.0


def paint(
    painter: QPainter,
    live: LiveInks,
    lines: Iterable[tuple[Point, Point]],
    gaps: Iterable[tuple[Point, Point]],
) -> None:
    """Paint lines and gaps; the painter is in chart units. Strokes and numbers are as large at every zoom."""
    painter.setPen(live.snap)
    for start, end in lines:
        painter.drawLine(QLineF(*start, *end))
    place = painter.transform()
    painter.save()
    painter.resetTransform()
    painter.setFont(font(TextStyle.LABEL))
    for start, end in gaps:
        width = abs(end.x - start.x) + abs(end.y - start.y)
        _paint_gap(
            painter, live, place.map(QPointF(*start)), place.map(QPointF(*end)), f"{round(width, 1):g}"
        )
    painter.restore()


def _paint_gap(painter: QPainter, live: LiveInks, start: QPointF, end: QPointF, text: str) -> None:
    is_level = abs(end.x() - start.x()) >= abs(end.y() - start.y())
    across = QPointF(0, _END) if is_level else QPointF(_END, 0)
    painter.setPen(live.snap)
    painter.drawLine(start, end)
    for each in (start, end):
        painter.drawLine(each - across, each + across)
    width = painter.fontMetrics().horizontalAdvance(text) + _ROOM
    middle = (start + end) / 2
    # beside the gap, which may be narrower than the number
    middle += QPointF(0, _END + _HEIGHT / 2 + 2) if is_level else QPointF(_END + width / 2 + 2, 0)
    plate = QRectF(middle.x() - width / 2, middle.y() - _HEIGHT / 2, width, _HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(live.red_fill)
    painter.drawRoundedRect(plate, 4, 4)
    painter.setPen(QPen(live.on_red.color()))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
