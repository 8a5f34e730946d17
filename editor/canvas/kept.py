"""What layouts keep of states: dotted lines between those that are meant, with a word for what is kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from editor.canvas import painter_transitions
from editor.canvas.inks import broad, hair
from editor.canvas.measure import font
from editor.canvas.shapes import NEAR
from editor.canvas.theme import Theme, color
from editor.geometry import Point, Rect
from editor.layout.sizes import TextStyle
from editor.model.diagram import Constraint, ConstraintKind

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

WORDS = {
    ConstraintKind.ROW: "one row",
    ConstraintKind.COLUMN: "one column",
    ConstraintKind.LEFT: "this order",
    ConstraintKind.TOGETHER: "together",
}
_AROUND = 12.0
_ROOM = 12.0
"""How much narrower words are than the plate they stand on."""
_HEIGHT = 16.0


def shown(view: ChartView, *, with_pins: bool) -> list[Constraint]:
    """What is kept that can be seen: all where pins are seen, else what is kept of a selected state."""
    session = view.session
    chosen = set(session.selection.ids)
    return [
        each
        for each in session.document.diagram.sheet.constraints
        if with_pins or (not session.is_running and not chosen.isdisjoint(each.ids))
    ]


def paint(painter: QPainter, view: ChartView, kept: Sequence[Constraint]) -> None:
    """Paint them where states are, or would be as is proposed; the painter is in chart units."""
    top = view.proposing.picture or view.picture
    seen = view.camera.seen(view.viewport().width(), view.viewport().height())
    plates: list[tuple[Point, str]] = []
    for each in kept:
        rects = [rect for id in each.ids if (rect := top.rect(id)) is not None]
        around = Rect.around(rects)
        if around is not None and len(rects) > 1 and seen.intersects(around.grown(_AROUND)):
            plates.append((_paint_lines(painter, view.theme, each.kind, rects, around), WORDS[each.kind]))
    if view.zoom >= NEAR:
        _paint_words(painter, view.theme, plates)


def _paint_lines(
    painter: QPainter, theme: Theme, kind: ConstraintKind, rects: list[Rect], around: Rect
) -> Point:
    """Paint the lines of one that is kept; where its word stands: on the border of the first, off lines and labels."""
    pen = broad(theme.accent, 1.6, 0.8)
    pen.setDashPattern([0.1, 3.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind is ConstraintKind.TOGETHER:
        frame = around.grown(_AROUND)
        painter.drawRoundedRect(QRectF(*frame), _AROUND, _AROUND)
        return Point(frame.center.x, frame.y)
    if kind is ConstraintKind.ROW:
        rects.sort(key=lambda rect: rect.center.x)
    elif kind is ConstraintKind.COLUMN:
        rects.sort(key=lambda rect: rect.center.y)
    lines = [(one.border(other.center), other.border(one.center)) for one, other in pairwise(rects)]
    painter.drawLines([QLineF(*start, *end) for start, end in lines])
    if kind is ConstraintKind.LEFT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(color(theme.accent)))
        for start, end in lines:
            painter.drawPolygon(painter_transitions.head(start, end))
    return Point(rects[0].center.x, rects[0].y)


def _paint_words(painter: QPainter, theme: Theme, plates: Sequence[tuple[Point, str]]) -> None:
    """Paint words on plates; those for the same place stand upon each other."""
    painter.setFont(font(TextStyle.LABEL))
    taken: set[Point] = set()
    for at, word in plates:
        while at in taken:
            at = at.moved(0, -_HEIGHT - 2)
        taken.add(at)
        width = painter.fontMetrics().horizontalAdvance(word) + _ROOM
        plate = QRectF(at.x - width / 2, at.y - _HEIGHT / 2, width, _HEIGHT)
        painter.setPen(hair(theme.accent))
        painter.setBrush(QBrush(color(theme.pill)))
        painter.drawRoundedRect(plate, _HEIGHT / 2, _HEIGHT / 2)
        painter.setPen(color(theme.accent_text))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, word)
