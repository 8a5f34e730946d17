"""How stubs are drawn: a quiet chip at the end of a line, which says where that goes on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from editor.canvas.inks import Inks
from editor.canvas.measure import font
from editor.canvas.shapes import NEAR
from editor.canvas.texts import centered
from editor.geometry import Rect
from editor.layout.sizes import TextStyle

RADIUS = 11.0


def paint(painter: QPainter, inks: Inks, stubs: Iterable[tuple[str, Rect]], zoom: float) -> None:
    """Paint the chips, and their words where these can be read; the painter is in chart units."""
    drawn = list(stubs)
    painter.setPen(inks.hairline)
    painter.setBrush(inks.chip)
    for _, rect in drawn:
        painter.drawRoundedRect(QRectF(*rect), RADIUS, RADIUS)
    if zoom < NEAR:
        return
    painter.setPen(inks.text)
    painter.setFont(font(TextStyle.DETAIL))
    for text, rect in drawn:
        painter.drawStaticText(*centered(text, TextStyle.DETAIL, rect.center.x, rect.center.y))
