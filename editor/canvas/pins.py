"""The pins of states that no layout moves, and lines between those of which layouts are to keep something."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from editor.canvas.inks import broad
from editor.canvas.picture import Picture
from editor.canvas.theme import Theme, color
from editor.geometry import Rect
from editor.model.diagram import Constraint, ConstraintKind

_PLATE = 8.0
_HEAD = 3.0
_AROUND = 12.0


def paint(painter: QPainter, theme: Theme, picture: Picture, ids: Iterable[str], seen: QRectF) -> None:
    """Paint a pin at the upper left corner of some states; the painter is in chart units."""
    plate, edge = QBrush(color(theme.pill)), broad(theme.edge, 1.0)
    ink, fill = broad(theme.accent_text, 1.4), QBrush(color(theme.accent_text))
    for id in ids:
        rect = picture.rect(id)
        if rect is None or not seen.intersects(QRectF(*rect)):
            continue
        at = QPointF(rect.x + 2, rect.y + 2)
        painter.setPen(edge)
        painter.setBrush(plate)
        painter.drawEllipse(at, _PLATE, _PLATE)
        painter.setPen(ink)
        painter.drawLine(QLineF(at.x(), at.y() - 1, at.x(), at.y() + 5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(QPointF(at.x(), at.y() - 2), _HEAD, _HEAD)


def paint_constraints(
    painter: QPainter, theme: Theme, picture: Picture, constraints: Iterable[Constraint], seen: QRectF
) -> None:
    """Paint a dotted line through the states of each constraint, or around those that are to be together."""
    pen = broad(theme.accent, 1.6, 0.8)
    pen.setDashPattern([0.1, 3.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for each in constraints:
        rects = [rect for id in each.ids if (rect := picture.rect(id)) is not None]
        around = Rect.around(rects)
        if around is None or not seen.intersects(QRectF(*around)):
            continue
        if each.kind is ConstraintKind.TOGETHER:
            painter.drawRoundedRect(QRectF(*around.grown(_AROUND)), _AROUND, _AROUND)
            continue
        for one, other in pairwise(rects):
            painter.drawLine(QLineF(*one.center, *other.center))
