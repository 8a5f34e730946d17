"""How the descriptions of transitions are drawn beside their labels."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QPainter

from editor.canvas.inks import Inks
from editor.canvas.measure import font, width
from editor.canvas.picture import Picture
from editor.canvas.picture_asides import HEIGHT
from editor.canvas.texts import Placed, placed
from editor.layout import prose
from editor.layout.sizes import LOOKS, TextStyle
from editor.model.prose import Look

_Told = list[tuple[TextStyle, Placed]]


def paint(painter: QPainter, inks: Inks, picture: Picture, ids: Iterable[str]) -> None:
    """Paint the descriptions of some transitions, as far as they have a place; the painter is in chart units."""
    told = [each for id in sorted(ids) if id in picture.asides.places for each in _prepared(picture, id)]
    painter.setPen(inks.quiet)
    for style in LOOKS.values() if told else ():
        painter.setFont(font(style))
        for own, text in told:
            if own is style:
                painter.drawStaticText(*text)


def _prepared(picture: Picture, id: str) -> _Told:
    found = picture.asides.prepared.get(id)
    if not isinstance(found, list):
        place, (room, most) = picture.asides.places[id], picture.asides.forms[id]
        text = picture.chart.transitions[id].description or ""
        made: _Told = []
        for number, line in enumerate(prose.wrapped(text, room, _look_width, most).lines):
            middle = place.y + HEIGHT * (number + 0.5)
            x = place.center.x - (line[-1].x + _look_width(line[-1].text, line[-1].look)) / 2
            made += [
                (LOOKS[piece.look], placed(piece.text, LOOKS[piece.look], x + piece.x, middle))
                for piece in line
            ]
        found = picture.asides.prepared[id] = made
    return found


def _look_width(text: str, look: Look) -> float:
    return width(text, LOOKS[look])
