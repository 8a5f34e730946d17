"""Texts ready to be drawn: made when first seen, shared by all elements that show the same words."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QStaticText, QTransform

from editor.canvas.measure import font, line_height, metrics, width
from editor.layout.sizes import TextStyle

Placed: TypeAlias = tuple[QPointF, QStaticText]

_KEPT = 60_000
_texts: dict[tuple[str, TextStyle], QStaticText] = {}


def still(text: str, style: TextStyle) -> QStaticText:
    """The text, laid out; needs a QGuiApplication."""
    place = (text, style)
    found = _texts.get(place)
    if found is None:
        if len(_texts) >= _KEPT:
            _texts.clear()
        found = _texts[place] = QStaticText(text)
        found.setTextFormat(Qt.TextFormat.PlainText)
        found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        found.prepare(QTransform(), font(style))
    return found


def elided(text: str, style: TextStyle, room: float) -> str:
    """The text, shortened by an ellipsis where it is wider than `room`."""
    if width(text, style) <= room:
        return text
    return metrics(style).elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0.0))


def placed(text: str, style: TextStyle, x: float, middle: float, room: float = 1e9) -> Placed:
    """A text that starts at `x` and is centred on the line `middle`, no wider than `room`."""
    return QPointF(x, middle - line_height(style) / 2), still(elided(text, style, room), style)


def centered(text: str, style: TextStyle, center: float, middle: float, room: float = 1e9) -> Placed:
    """A text around a point, no wider than `room`."""
    shown = elided(text, style, room)
    return (
        QPointF(center - width(shown, style) / 2, middle - line_height(style) / 2),
        still(shown, style),
    )
