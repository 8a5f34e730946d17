"""The pins of states that no layout moves, which a click takes out; beside them what else layouts keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QBrush, QPainter

from editor.canvas import kept
from editor.canvas.inks import broad
from editor.canvas.shapes import NEAR
from editor.canvas.theme import Theme, color
from editor.document.accepting import is_pinned
from editor.geometry import Point
from editor.tools.base import Hit, HitKind

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

PLATE = 8.0
"""The radius of a pin's plate, in chart units."""
_HEAD = 3.0
_INSET = 18.0
"""How far from the corner on the upper border pins are: off the handles of a selected state."""


class Pins:
    """What a view shows of pins: while a layout is proposed that heeds them, and always where the settings say so."""

    def __init__(self, view: ChartView) -> None:
        self._view = view

    @property
    def is_shown(self) -> bool:
        """Whether pins can be seen where there are any; far away they are too small."""
        session = self._view.session
        proposed = session.proposed.value
        if proposed is not None and proposed.answer is not None:
            is_wanted = not proposed.asked.frees  # pins that are not heeded stand beside what has gone
        else:
            is_wanted = session.settings.pins and not session.is_running
        return is_wanted and self._view.zoom >= NEAR

    def hit(self, at: Point) -> Hit | None:
        """The pin at a place."""
        if not self.is_shown:
            return None
        near = self._pinned(at.x - 2 * PLATE, at.y - 2 * PLATE, at.x + 2 * PLATE, at.y + 2 * PLATE)
        found = (id for id, middle in near if max(abs(middle.x - at.x), abs(middle.y - at.y)) <= PLATE)
        id = next(found, None)
        return None if id is None else Hit(kind=HitKind.PIN, id=id)

    def paint(self, painter: QPainter) -> None:
        """Paint the pins in sight, and what layouts keep beside them; the painter is in chart units."""
        view, is_shown = self._view, self.is_shown
        kept.paint(painter, view, kept.shown(view, with_pins=is_shown))
        if not is_shown:
            return
        room = view.viewport().rect()
        low, high = view.to_chart(QPointF(room.topLeft())), view.to_chart(QPointF(room.bottomRight()))
        pinned = self._pinned(low.x - PLATE, low.y - PLATE, high.x + PLATE, high.y + PLATE)
        _paint_pins(painter, view.theme, [middle for _, middle in pinned])

    def _pinned(self, left: float, top: float, right: float, bottom: float) -> list[tuple[str, Point]]:
        """Pinned states that a part of the chart meets, with the middle of their pins."""
        picture, diagram = self._view.picture, self._view.session.document.diagram
        return [
            (id, Point(rect.x + _INSET, rect.y))
            for id in picture.state_index.meeting(left, top, right, bottom)
            if is_pinned(diagram, id) and (rect := picture.rect(id)) is not None
        ]


def _paint_pins(painter: QPainter, theme: Theme, middles: Iterable[Point]) -> None:
    plate, edge = QBrush(color(theme.pill)), broad(theme.edge, 1.0)
    ink, fill = broad(theme.accent_text, 1.4), QBrush(color(theme.accent_text))
    for middle in middles:
        at = QPointF(*middle)
        painter.setPen(edge)
        painter.setBrush(plate)
        painter.drawEllipse(at, PLATE, PLATE)
        painter.setPen(ink)
        painter.drawLine(QLineF(at.x(), at.y() - 1, at.x(), at.y() + 5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(QPointF(at.x(), at.y() - 2), _HEAD, _HEAD)
