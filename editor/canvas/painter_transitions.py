"""How a transition is drawn near: rounded line, head, dot or square at its ends, and the pill on it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPolygonF

from editor.canvas import glyphs
from editor.canvas.collapse import SOURCE
from editor.canvas.inks import Inks
from editor.canvas.leaders import leader
from editor.canvas.measure import font, width
from editor.canvas.picture import Picture
from editor.canvas.shapes import TransitionShape, told
from editor.canvas.texts import Placed, centered, elided, placed
from editor.geometry import Point
from editor.layout.routing import Route
from editor.layout.sizes import PillPart, TextStyle
from editor.model.elements import TriggerKind, is_unresolved

CORNER = 8.0
PILL_RADIUS = 6.0
PAD = 7.0
GAP = 5.0
GLYPH = 12.0
HEAD = 9.0
HEAD_HALF = 3.4
DOT = 5.0
SQUARE = 3.5
TICK, TICK_HALF = 4.0, 4.0
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


@dataclass(slots=True)
class TransitionArt:
    """What is drawn of one transition, in chart units."""

    line: QPainterPath
    heads: list[QPolygonF] = field(default_factory=list)
    dot: QPointF | None = None
    square: QRectF | None = None
    pill: QRectF | None = None
    texts: list[Placed] = field(default_factory=list)
    quiet: list[Placed] = field(default_factory=list)
    glyphs: list[tuple[str, QPointF]] = field(default_factory=list)
    ticks: list[QLineF] = field(default_factory=list)
    leader: QLineF | None = None
    is_forbidding: bool = False
    is_lost: bool = False


def art(picture: Picture, shape: TransitionShape) -> TransitionArt:
    """The prepared drawing of a transition; made when first asked for."""
    if shape.near is None:
        shape.near = _prepare(picture, shape)
    assert isinstance(shape.near, TransitionArt)
    return shape.near


def paint_lines(painter: QPainter, inks: Inks, arts: Iterable[TransitionArt]) -> None:
    """Paint lines, then heads and dots, then squares."""
    drawn = list(arts)
    painter.setBrush(_NO_BRUSH)
    painter.setPen(inks.line)
    for each in drawn:
        painter.drawPath(each.line)
        painter.drawLines(each.ticks)
    painter.setPen(inks.leader)
    for each in drawn:
        if each.leader is not None:
            painter.drawLine(each.leader)
    painter.setPen(_NO_PEN)
    painter.setBrush(inks.head)
    for each in drawn:
        for tip in each.heads:
            painter.drawPolygon(tip)
        if each.square is not None:
            painter.drawRoundedRect(each.square, 1.5, 1.5)
    painter.setBrush(inks.dot)
    for each in drawn:
        if each.dot is not None:
            painter.drawEllipse(each.dot, DOT, DOT)
    lost = [each for each in drawn if each.is_lost]
    if lost:
        painter.setPen(inks.red)
        for each in lost:
            glyphs.paint(painter, "error", each.line.currentPosition())


def paint_pills(painter: QPainter, inks: Inks, arts: Iterable[TransitionArt]) -> None:
    """Paint pills one by one, so that of two that overlap one can be read."""
    painter.setFont(font(TextStyle.LABEL))
    for each in arts:
        if each.pill is None:
            continue
        painter.setPen(inks.pill_edge)
        painter.setBrush(inks.pill)
        painter.drawRoundedRect(each.pill, PILL_RADIUS, PILL_RADIUS)
        if each.glyphs:
            paint_glyphs(painter, inks, (each,))
        painter.setPen(inks.text)
        for text in each.texts:
            painter.drawStaticText(*text)
        if each.quiet:
            painter.setPen(inks.quiet)
            for text in each.quiet:
                painter.drawStaticText(*text)
        if each.is_forbidding:
            painter.setPen(inks.red)
            middle = each.pill.center().y()
            painter.drawLine(QLineF(each.pill.left() + 4, middle, each.pill.right() - 4, middle))


def paint_rows(painter: QPainter, inks: Inks, picture: Picture, id: str) -> None:
    """Paint what stays inside of a state: it stands on the card, which was just filled."""
    rows = [
        art(picture, picture.transitions[each.id])
        for each in picture.chart.outgoing(id)
        if each.id in picture.transitions and picture.transitions[each.id].route.ends_inside
    ]
    paint_lines(painter, inks, rows)
    paint_pills(painter, inks, rows)


def paint_strong(painter: QPainter, inks: Inks, art: TransitionArt, pen: QPen, brush: QBrush) -> None:
    """Paint one transition in an emphasized pen, heads filled by `brush`, its pill over the line."""
    painter.setBrush(_NO_BRUSH)
    painter.setPen(pen)
    painter.drawPath(art.line)
    painter.drawLines(art.ticks)
    if art.leader is not None:
        dotted = QPen(pen)
        dotted.setDashPattern([0.5, 2.5])
        painter.setPen(dotted)
        painter.drawLine(art.leader)
        painter.setPen(pen)
    if art.dot is not None:
        painter.drawEllipse(art.dot, DOT + 2, DOT + 2)
        painter.setPen(_NO_PEN)
        painter.setBrush(inks.dot)
        painter.drawEllipse(art.dot, DOT, DOT)
        painter.setPen(pen)
    painter.setBrush(brush)
    for tip in art.heads:
        painter.drawPolygon(tip)
    if art.pill is not None:
        paint_pills(painter, inks, [art])
        painter.setBrush(_NO_BRUSH)
        painter.setPen(pen)
        painter.drawRoundedRect(art.pill, PILL_RADIUS, PILL_RADIUS)


def paint_glyphs(
    painter: QPainter, inks: Inks, arts: Iterable[TransitionArt], pen: QPen | None = None
) -> None:
    """Paint the clocks, ticks, crosses, dots and numbers of pills; in `pen` where given."""
    colors = {"done": inks.green, "error": inks.red}
    for each in arts:
        for kind, place in each.glyphs:
            painter.setPen(pen or colors.get(kind, inks.glyph))
            glyphs.paint(painter, kind, place)


def _prepare(picture: Picture, shape: TransitionShape) -> TransitionArt:
    transition = picture.chart.transitions[shape.id]
    route = shape.route
    made = TransitionArt(line=QPainterPath())
    shape.told = parts, stays = told(picture.chart, transition)
    for path in route.paths:
        ends_plain = route.ends_inside
        _add_line(made.line, path, 0.0 if ends_plain else HEAD - 2)
        if not ends_plain and len(path) > 1:
            made.heads.append(head(path[-2], path[-1]))
    if transition.trigger.kind is TriggerKind.INITIAL and route.paths and route.paths[0]:
        made.dot = QPointF(*route.paths[0][0])
    made.ticks = _ticks(route, picture.cut.get(shape.id, frozenset()))
    made.is_forbidding = transition.is_forbidding
    made.is_lost = any(map(is_unresolved, transition.targets))
    if route.ends_inside and route.paths and not made.is_lost:
        end = route.paths[-1][-1]
        made.square = _square(end)
    elif transition.source in transition.targets and stays:
        made.square = _square(route.paths[0][0])  # a loop that does not leave its state
    if route.label.width > 0:
        _prepare_pill(made, shape, parts)
        found = leader(route)
        made.leader = None if found is None else QLineF(*found[0], *found[1])
    return made


def _ticks(route: Route, cut: frozenset[int]) -> list[QLineF]:
    """Two short strokes across a line where it goes on inside of a collapsed state, before its head if it has one."""
    found: list[QLineF] = []
    for place, path in enumerate(route.paths):
        if len(path) < 2:
            continue
        if SOURCE in cut:
            found += _across(path[0], path[1], TICK)
        if place in cut:
            found += _across(path[-1], path[-2], HEAD + TICK)
    return found


def _across(end: Point, before: Point, start: float) -> list[QLineF]:
    length = _length(end, before)
    if length < start + TICK:
        return []
    dx, dy = (before.x - end.x) / length, (before.y - end.y) / length
    places = (Point(end.x + dx * way, end.y + dy * way) for way in (start, start + TICK))
    return [
        QLineF(at.x - dy * TICK_HALF, at.y + dx * TICK_HALF, at.x + dy * TICK_HALF, at.y - dx * TICK_HALF)
        for at in places
    ]


def _square(middle: Point) -> QRectF:
    return QRectF(middle.x - SQUARE, middle.y - SQUARE, 2 * SQUARE, 2 * SQUARE)


def _prepare_pill(made: TransitionArt, shape: TransitionShape, parts: tuple[PillPart, ...]) -> None:
    label = shape.route.label
    made.pill = QRectF(label.x, label.y, label.width, label.height)
    middle = label.y + label.height / 2
    x = label.x + PAD
    end = label.right - PAD
    for part in parts:
        kind = part.kind
        if x > label.x + PAD:
            x += GAP
        if kind == "number":
            made.glyphs.append(("number", QPointF(x + GLYPH / 2, middle)))
            made.quiet.append(centered(part.text, TextStyle.LABEL, x + GLYPH / 2, middle))
            x += GLYPH
            continue
        if kind in ("delay", "always", "done", "error"):
            made.glyphs.append((kind, QPointF(x + GLYPH / 2, middle)))
            x += GLYPH + (GAP - 1 if part.text else 0)
        if part.text:
            room = end - x
            (made.quiet if kind == "actions" else made.texts).append(
                placed(elided(part.text, TextStyle.LABEL, room + 0.5), TextStyle.LABEL, x, middle)
            )
            x += width(part.text, TextStyle.LABEL)


def _add_line(path: QPainterPath, points: tuple[Point, ...], short: float) -> None:
    """Add a polyline with rounded corners, ending `short` before its last point, where the head is."""
    if len(points) < 2:
        return
    places = list(points)
    places[-1] = _towards(places[-1], places[-2], short)
    lengths = [_length(start, end) for start, end in pairwise(places)]
    path.moveTo(*places[0])
    for number, corner in enumerate(places[1:-1]):
        radius = min(CORNER, lengths[number] / 2, lengths[number + 1] / 2)
        path.lineTo(*_on(corner, places[number], radius, lengths[number]))
        path.quadTo(*corner, *_on(corner, places[number + 2], radius, lengths[number + 1]))
    path.lineTo(*places[-1])


def _length(a: Point, b: Point) -> float:
    return math.hypot(b.x - a.x, b.y - a.y)


def _towards(start: Point, goal: Point, way: float) -> Point:
    return _on(start, goal, way, _length(start, goal))


def _on(start: Point, goal: Point, way: float, length: float) -> Point:
    """The place so far on the way to a goal, which is `length` away; not beyond it."""
    if not length:
        return start
    share = min(way / length, 1.0)
    return Point(start.x + (goal.x - start.x) * share, start.y + (goal.y - start.y) * share)


def head(before: Point, tip: Point, size: float = 1.0) -> QPolygonF:
    """The slim head of a line that comes from `before`; of another size than in the chart for what keeps its size."""
    length = _length(before, tip) or 1.0
    dx, dy = size * (tip.x - before.x) / length, size * (tip.y - before.y) / length
    x, y = tip.x - HEAD * dx, tip.y - HEAD * dy
    return QPolygonF(
        [
            QPointF(tip.x, tip.y),
            QPointF(x - HEAD_HALF * dy, y + HEAD_HALF * dx),
            QPointF(x + 2 * dx, y + 2 * dy),
            QPointF(x + HEAD_HALF * dy, y - HEAD_HALF * dx),
        ]
    )
