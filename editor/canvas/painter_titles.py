"""The names of states that are written from far away, at a constant size: which of them have room, and where.

Whether a name has room depends on the names around it, those of larger states first. So it is decided for all that is
seen at once, and an area that is painted by itself writes what it has of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPen, QTransform

from editor.canvas import painter_states
from editor.canvas.inks import Inks
from editor.canvas.measure import font, line_height, width
from editor.canvas.painter_plates import Plates
from editor.canvas.picture import Picture
from editor.canvas.shapes import SHAPE, StateShape, alike
from editor.canvas.texts import elided, still
from editor.geometry import Rect
from editor.layout.index import Bounds
from editor.layout.sizes import TextStyle

MOST = 600
"""Names that are written at once."""
WIDE = 64.0
"""Pixels from which a card with something inside is told even by the beginning of its name."""
_LEAST = 26.0
_CELL = 48.0
_EDGE = 3
"""Pixels around a name that are painted with it."""
_IDENTITY = QTransform()


class Title(NamedTuple):
    """What is written of a state's name, and its place in device pixels from the chart's origin."""

    text: str
    place: QRectF
    shape: StateShape

    def is_like(self, other: Title) -> bool:
        """Whether the other looks the same, and lies at the same place."""
        return self.text == other.text and self.place == other.place and alike(self.shape, other.shape)


Titles = dict[str, Title]
"""By the ids of their states, those of large states first."""


def titles(
    picture: Picture, zoom: float, around: Bounds, lifted: frozenset[str], *, is_detailed: bool
) -> Titles:
    """The names that have room in what is seen, an area in chart units; none lies over another."""
    wide = _named(picture, zoom, around, lifted, is_detailed=is_detailed)
    wide.sort(key=lambda shape: (-shape.rect.width, shape.rect.y, shape.id))
    tall = line_height(TextStyle.LABEL)
    room = _Room()
    made: Titles = {}
    for shape in wide[:MOST]:
        found = _title(picture, shape, zoom, tall)
        if found is None:
            continue
        text, place = found
        if not room.takes(place):
            # a region's name moves below that of its parent, which lies close above it
            place = place.translated(0, tall)
            if not shape.is_region or not room.takes(place):
                continue
        made[shape.id] = Title(text, place, shape)
    return made


def renamed(before: Titles, now: Titles, at: QPointF) -> list[QRect]:
    """Where on the device something else is written now; `at` is the place of the chart's origin there."""
    places: list[QRectF] = []
    for id in {**before, **now}:
        one, other = before.get(id), now.get(id)
        if one is None or other is None or not one.is_like(other):
            places += [each.place for each in (one, other) if each is not None]
    return [place.translated(at).toAlignedRect().adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE) for place in places]


def touched(names: Iterable[Title], zoom: float, areas: Iterable[Rect]) -> list[Rect]:
    """Where names stand that meet areas in which something changed (chart units): a plate may have come or gone."""
    places = [_on_chart(each.place.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE), zoom) for each in names]
    return [place for place in places if any(place.intersects(area) for area in areas)]


def paint(
    painter: QPainter,
    inks: Inks,
    zoom: float,
    at: QPointF,
    area: Bounds,
    names: Iterable[Title],
    plates: Plates,
) -> None:
    """Write those of some names that meet an area (chart units); those with lines below have a plate."""
    painter.setTransform(_IDENTITY)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setFont(font(TextStyle.LABEL))
    room = QRectF(area[0] * zoom, area[1] * zoom, (area[2] - area[0]) * zoom, (area[3] - area[1]) * zoom)
    for each in names:
        if not each.place.intersects(room):
            continue
        here = each.place.translated(at)
        if zoom < SHAPE:  # with a ground of its own, off the lines that a head no longer has room for
            painter.fillRect(here.adjusted(-2, 0, 2, 0), painter_states.fill(each.shape, inks))
        elif plates.is_crossed(each.shape, _on_chart(each.place, zoom)):
            painter.fillRect(here.adjusted(-2, 0, 2, 0), plates.ground(each.shape, inks))
        painter.setPen(_pen(inks, each.shape))
        painter.drawStaticText(here.topLeft(), still(each.text, TextStyle.LABEL))


def _on_chart(place: QRectF, zoom: float) -> Rect:
    return Rect(place.x() / zoom, place.y() / zoom, place.width() / zoom, place.height() / zoom)


def _named(
    picture: Picture, zoom: float, around: Bounds, lifted: frozenset[str], *, is_detailed: bool
) -> list[StateShape]:
    """The states that are wide enough to be told by name, in no order.

    Of a large chart that is far away these are wide ones at the top level: looking at all others takes too long.
    """
    ids: Iterable[str]
    least = _LEAST / zoom
    if zoom < SHAPE and not is_detailed:
        least = WIDE / zoom
        ids = [child.id for child in picture.chart.children(picture.chart.root_id)]
    else:
        ids = picture.state_index.meeting(*around)
    left, top, right, bottom = around
    found: list[StateShape] = []
    for id in ids:
        shape = picture.states.get(id)
        if shape is None or shape.rect.width < least or id in lifted:
            continue
        x, y, wide, high = shape.rect
        if x < right and x + wide > left and y < bottom and y + high > top:
            found.append(shape)
    return found


class _Room:
    """The places on the device that names already take."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def takes(self, rect: QRectF) -> bool:
        """Take a place unless something is there already; whether it was free."""
        cells = [
            (column, row)
            for column in range(int(rect.left() // _CELL), int(rect.right() // _CELL) + 1)
            for row in range(int(rect.top() // _CELL), int(rect.bottom() // _CELL) + 1)
        ]
        if any(each.intersects(rect) for cell in cells for each in self._cells.get(cell, ())):
            return False
        for cell in cells:
            self._cells.setdefault(cell, []).append(rect)
        return True


def _pen(inks: Inks, shape: StateShape) -> QPen:
    return inks.quiet if shape.is_region else inks.text


def _title(picture: Picture, shape: StateShape, zoom: float, tall: float) -> tuple[str, QRectF] | None:
    """A state's name and its place on the device, from the chart's origin; None where it has no room."""
    rect = shape.rect
    space = rect.width * zoom - 8
    if rect.height * zoom < tall:
        return None
    text = picture.chart.states[shape.id].key
    is_card = shape.is_leaf or shape.is_collapsed
    if is_card and width(text, TextStyle.LABEL) > space + 4:
        return None
    if not is_card and space + 8 < WIDE and width(text, TextStyle.LABEL) > space:
        return None
    text = elided(text, TextStyle.LABEL, space + 4)
    long = width(text, TextStyle.LABEL)
    x, y = rect.x * zoom, rect.y * zoom
    if is_card:
        return text, QRectF(
            x + (rect.width * zoom - long) / 2, y + (rect.height * zoom - tall) / 2, long, tall
        )
    return text, QRectF(x + 5, y + 1, long, tall)
