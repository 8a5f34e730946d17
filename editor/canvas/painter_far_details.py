"""What is still told far away in charts of some hundred states: regions, rings, beginnings and directions."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from editor.canvas import painter_states
from editor.canvas.inks import Inks
from editor.canvas.picture import Picture
from editor.canvas.shapes import StateShape
from editor.geometry import Point
from editor.model.elements import StateKind, TriggerKind

DETAILED = 1_500
"""States up to which these are prepared and painted."""
_DOT = 5.0
_HEAD, _WING = 11.0, 4.5
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
