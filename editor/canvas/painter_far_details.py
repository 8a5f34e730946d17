"""What is still told far away in charts of some hundred states: names, regions, rings, beginnings and directions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from editor.canvas import painter_states
from editor.canvas.inks import Inks
from editor.canvas.measure import font, line_height, width
from editor.canvas.picture import Picture
from editor.canvas.shapes import StateShape
from editor.canvas.texts import elided, still
from editor.geometry import Point
from editor.layout.sizes import TextStyle
from editor.model.elements import StateKind, TriggerKind

DETAILED = 1_500
"""States up to which these are prepared and painted."""
TITLES = 600
TITLE_WIDTH = 64.0
LEAF_WIDTH = 26.0
_DOT = 5.0
_HEAD, _WING = 11.0, 4.5
_CELL = 48.0
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush
_AA = QPainter.RenderHint.Antialiasing


@dataclass(slots=True)
class Marks:
    """What is drawn over the batches, in chart units."""

    dividers: list[QLineF] = field(default_factory=list)
    dots: list[QPointF] = field(default_factory=list)
    rings: list[tuple[QRectF, StateShape]] = field(default_factory=list)
    finals: list[QRectF] = field(default_factory=list)


def is_round(picture: Picture, shape: StateShape) -> bool:
    """Whether a state is a ring."""
    kind = picture.chart.states[shape.id].kind
    return kind is StateKind.FINAL or kind.is_history


def prepare(picture: Picture, lifted: frozenset[str]) -> Marks:
    """The marks of all that is drawn and not lifted."""
    made = Marks()
    for shape in picture.states.values():
        if shape.id in lifted:
            continue
        if shape.is_region:
            made.dividers += painter_states.art(picture, shape).dashes
        elif is_round(picture, shape):
            rect = painter_states.ring(QRectF(*shape.rect))
            made.rings.append((rect, shape))
            if picture.chart.states[shape.id].kind is StateKind.FINAL:
                inset = rect.width() / 4
                made.finals.append(rect.adjusted(inset, inset, -inset, -inset))
    for line in picture.transitions.values():
        is_initial = picture.chart.transitions[line.id].trigger.kind is TriggerKind.INITIAL
        if is_initial and line.id not in lifted and line.route.paths:
            made.dots.append(QPointF(*line.route.paths[0][0]))
    return made


def paint_marks(painter: QPainter, inks: Inks, zoom: float, marks: Marks) -> None:
    """Paint dividers, rings and dots; the painter is scaled by `zoom`."""
    painter.setBrush(_NO_BRUSH)
    painter.setPen(inks.divider)
    painter.drawLines(marks.dividers)
    painter.setRenderHint(_AA, True)
    painter.setPen(inks.line)
    for rect, shape in marks.rings:
        painter.setBrush(painter_states.ring_fill(shape, inks))
        painter.drawEllipse(rect)
    painter.setPen(_NO_PEN)
    painter.setBrush(inks.dot)
    for rect in marks.finals:
        painter.drawEllipse(rect)
    size = max(_DOT, 2.0 / zoom)
    for dot in marks.dots:
        painter.drawEllipse(dot, size, size)


def add_head(path: QPainterPath, before: Point, tip: Point) -> None:
    """Add the two short strokes of a head to a path that is stroked."""
    dx, dy = tip.x - before.x, tip.y - before.y
    length = (dx * dx + dy * dy) ** 0.5
    if not length:
        return
    dx, dy = dx / length, dy / length
    x, y = tip.x - dx * _HEAD, tip.y - dy * _HEAD
    path.moveTo(x - dy * _WING, y + dx * _WING)
    path.lineTo(tip.x, tip.y)
    path.lineTo(x + dy * _WING, y - dx * _WING)


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


def paint_titles(
    painter: QPainter,
    inks: Inks,
    picture: Picture,
    shapes: Iterable[StateShape],
    zoom: float,
    at: QPointF,
    *,
    has_ground: bool = False,
) -> None:
    """Write names at a constant size where they have room, those of large states first; none over another.

    With a ground of their own they are kept off the lines that a head no longer has room for.
    """
    least = LEAF_WIDTH / zoom
    wide = [shape for shape in shapes if shape.rect.width >= least]
    wide.sort(key=lambda shape: (-shape.rect.width, shape.rect.y, shape.id))
    painter.setRenderHint(_AA, True)
    painter.setFont(font(TextStyle.LABEL))
    tall = line_height(TextStyle.LABEL)
    room = _Room()
    for shape in wide[:TITLES]:
        found = _title(picture, shape, zoom, at, tall)
        if found is None:
            continue
        text, place = found
        if not room.takes(place):
            # a region's name moves below that of its parent, which lies close above it
            place = place.translated(0, tall)
            if not shape.is_region or not room.takes(place):
                continue
        if has_ground:
            painter.fillRect(place.adjusted(-2, 0, 2, 0), painter_states.fill(shape, inks))
        painter.setPen(_pen(inks, shape))
        painter.drawStaticText(place.topLeft(), still(text, TextStyle.LABEL))


def _pen(inks: Inks, shape: StateShape) -> QPen:
    return inks.quiet if shape.is_region else inks.text


def _title(
    picture: Picture, shape: StateShape, zoom: float, at: QPointF, tall: float
) -> tuple[str, QRectF] | None:
    """A state's name and its place on the device; None where it has no room."""
    rect = shape.rect
    space = rect.width * zoom - 8
    if rect.height * zoom < tall:
        return None
    text = picture.chart.states[shape.id].key
    is_card = shape.is_leaf or shape.is_collapsed
    if is_card and width(text, TextStyle.LABEL) > space + 4:
        return None
    if not is_card and space + 8 < TITLE_WIDTH and width(text, TextStyle.LABEL) > space:
        return None
    text = elided(text, TextStyle.LABEL, space + 4)
    long = width(text, TextStyle.LABEL)
    x, y = rect.x * zoom + at.x(), rect.y * zoom + at.y()
    if is_card:
        return text, QRectF(
            x + (rect.width * zoom - long) / 2, y + (rect.height * zoom - tall) / 2, long, tall
        )
    return text, QRectF(x + 5, y + 1, long, tall)
