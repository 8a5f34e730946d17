"""A comparison over the canvas: what was added, changed and moved, and the ghosts of what was removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen

from editor.canvas import painter_states, painter_transitions
from editor.canvas.inks import Inks, broad, inks
from editor.canvas.painter_states import RADIUS
from editor.canvas.picture import Picture
from editor.canvas.shapes import NEAR
from editor.canvas.theme import Theme, color, dimmed
from editor.document.compared import Compared
from editor.document.differences import What
from editor.geometry import Point, Rect
from editor.layout import auto
from editor.layout.sizes import Measure
from editor.model.diagram import Diagram

BADGE = 7.0
_LEAST = 4.0
_ARM = 3.5


@dataclass(slots=True)
class Marks:
    """Ids by what became of them; `ghost` draws the base where something in it is gone or lies elsewhere."""

    added: frozenset[str]
    changed: frozenset[str]
    moved: frozenset[str]
    removed: frozenset[str]
    ghost: Picture | None

    def rect(self, id: str) -> Rect | None:
        """Where something that was removed lay."""
        if self.ghost is None:
            return None
        shape = self.ghost.transitions.get(id)
        return shape.area if shape is not None else self.ghost.rect(id)


def marks(compared: Compared, measure: Measure) -> Marks:
    """What to show of a comparison. Where the base has no drawing its ghosts lie where there is room."""
    ids: dict[What, set[str]] = {what: set() for what in What}
    for each in compared.told:
        ids[each.what].add(each.id)
    found = compared.found
    removed, moved = frozenset(ids[What.REMOVED]), frozenset(ids[What.MOVED])
    ghost = None
    if removed or moved:
        places = found.old_diagram
        if places is None:
            places = Diagram()
            for id, box in compared.places.boxes.items():
                if id in found.old.states:
                    places.put_box(id, box)
        ghost = Picture(found.old, auto.complete(found.old, places, measure), measure)
    changed = frozenset(ids[What.CHANGED] | ids[What.RENAMED])
    return Marks(frozenset(ids[What.ADDED]), changed, moved, removed, ghost)


class _Inks:
    """Pens and brushes of the marks. Each mark has a badge too, so that none is told by its colour alone."""

    def __init__(self, theme: Theme) -> None:
        self.added, self.added_fill = broad(theme.green, 2.0), QBrush(color(theme.green))
        self.veil = QBrush(color(theme.green, 0.10))
        self.changed, self.changed_fill = broad(theme.amber, 2.0), QBrush(color(theme.amber))
        self.removed, self.removed_fill = _dashed(theme.red, 1.6), QBrush(color(theme.red))
        self.ground = QBrush(color(theme.ground, 0.7))
        self.moved, self.moved_fill = broad(theme.quiet, 1.4), QBrush(color(theme.quiet))
        self.former = _dashed(theme.quiet, 1.2)
        self.sign = broad(theme.pill, 1.8)


def _dashed(text: str, width: float) -> QPen:
    pen = broad(text, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([4.0, 3.0])
    return pen


@cache
def _inks(theme: Theme) -> _Inks:
    return _Inks(theme)


def paint(painter: QPainter, theme: Theme, zoom: float, picture: Picture, shown: Marks) -> None:
    """Paint the marks over a picture; the painter is in chart units."""
    _Marker(painter, theme, zoom, picture, shown).paint()


class _Marker:
    """One painting of the marks; what lies outside of what is seen is left out."""

    def __init__(self, painter: QPainter, theme: Theme, zoom: float, picture: Picture, shown: Marks) -> None:
        self.painter = painter
        self.zoom = zoom
        self.picture = picture
        self.shown = shown
        self.ink = _inks(theme)
        self.plain: Inks = inks(theme)
        self.faded: Inks = inks(dimmed(theme))
        back, is_sound = painter.combinedTransform().inverted()
        self.area = back.mapRect(QRectF(painter.viewport())) if is_sound else None

    def paint(self) -> None:
        """Ghosts lie below, badges on top."""
        shown, ghost = self.shown, self.shown.ghost
        if ghost is not None:
            self._paint_ghosts(ghost)
            self._paint_ways(ghost)
        for id in self._states(shown.changed):
            self._outline(id, self.ink.changed, None)
        for id in self._states(shown.added):
            self._outline(id, self.ink.added, self.ink.veil)
        self._paint_lines(shown.changed, self.ink.changed, self.ink.changed_fill)
        self._paint_lines(shown.added, self.ink.added, self.ink.added_fill)
        if self.zoom < NEAR:
            return
        for ids, sign, fill in (
            (shown.changed, "~", self.ink.changed_fill),
            (shown.added, "+", self.ink.added_fill),
        ):
            for id in sorted(ids):
                self._badge(self.picture, id, sign, fill)
        if ghost is not None:
            for id in sorted(shown.removed):
                self._badge(ghost, id, "-", self.ink.removed_fill)

    def _sees(self, rect: Rect) -> bool:
        return self.area is None or self.area.intersects(QRectF(*rect.grown(2 * BADGE)))

    def _states(self, ids: Iterable[str], picture: Picture | None = None) -> list[str]:
        """Of some elements the states and notes that are seen, the lowest first."""
        shown = picture or self.picture
        states, notes = shown.states, shown.notes.shapes
        chosen = list(ids)
        found = [states[id] for id in chosen if id in states and self._sees(states[id].rect)]
        above = sorted(id for id in chosen if id in notes and self._sees(notes[id].rect))
        return [shape.id for shape in sorted(found, key=lambda shape: (shape.level, shape.id))] + above

    def _outline(self, id: str, pen: QPen, fill: QBrush | None, picture: Picture | None = None) -> None:
        rect = (picture or self.picture).rect(id)
        if rect is None:
            return
        side = _LEAST / self.zoom
        self.painter.setPen(pen)
        self.painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        card = QRectF(rect.x, rect.y, max(rect.width, side), max(rect.height, side))
        self.painter.drawRoundedRect(card, RADIUS, RADIUS)

    def _paint_lines(self, ids: Iterable[str], pen: QPen, fill: QBrush) -> None:
        picture = self.picture
        found = [id for id in sorted(ids) if id in picture.transitions]
        found = [id for id in found if self._sees(picture.transitions[id].area)]
        if self.zoom >= NEAR:
            picture.refine(found)
        for id in found:
            art = painter_transitions.art(picture, picture.transitions[id])
            painter_transitions.paint_strong(self.painter, self.plain, art, pen, fill)

    def _paint_ghosts(self, ghost: Picture) -> None:
        """What was removed, below the cards that are there: where these lie on a ghost they are seen, and it is not."""
        self.painter.save()
        free = self._off_cards(ghost)
        if free is not None:
            self.painter.setClipPath(free, Qt.ClipOperation.IntersectClip)
        self._paint_removed(ghost)
        self.painter.restore()

    def _off_cards(self, ghost: Picture) -> QPainterPath | None:
        """Where ghosts are seen: around them, off the cards that lie on them; None where none does."""
        states = [rect for id in self.shown.removed if (rect := ghost.rect(id)) is not None]
        lines = [ghost.transitions[id].area for id in self.shown.removed if id in ghost.transitions]
        rects = [rect for rect in (*states, *lines) if self._sees(rect)]
        meeting = self.picture.state_index.meeting
        found = {id for rect in rects for id in meeting(rect.x, rect.y, rect.right, rect.bottom)}
        cards = [self.picture.states[id] for id in found]
        cards = [shape for shape in cards if shape.is_leaf or shape.is_collapsed]
        around = Rect.around(rects)
        if not cards or around is None:
            return None
        taken = QPainterPath()
        taken.setFillRule(Qt.FillRule.WindingFill)
        for shape in cards:
            taken.addRoundedRect(QRectF(*shape.rect), RADIUS, RADIUS)
        free = QPainterPath()
        free.addRect(QRectF(*around.grown(4 * BADGE)))
        return free.subtracted(taken)

    def _paint_removed(self, ghost: Picture) -> None:
        for id in self._states(self.shown.removed, ghost):
            self._outline(id, self.ink.removed, self.ink.ground, ghost)
            if self.zoom >= NEAR and id in ghost.states:
                art = painter_states.art(ghost, ghost.states[id])
                painter_states.paint_texts(self.painter, self.faded, [art])
        found = [id for id in sorted(self.shown.removed) if id in ghost.transitions]
        found = [id for id in found if self._sees(ghost.transitions[id].area)]
        ghost.refine(found)
        for id in found:
            line = painter_transitions.art(ghost, ghost.transitions[id])
            painter_transitions.paint_strong(
                self.painter, self.faded, line, self.ink.removed, self.ink.removed_fill
            )

    def _paint_ways(self, ghost: Picture) -> None:
        """A line from where something lay to where it lies now."""
        for id in sorted(self.shown.moved):
            before, now = ghost.rect(id), self.picture.rect(id)
            if before is None or now is None or not (self._sees(before) or self._sees(now)):
                continue
            self._outline(id, self.ink.former, None, ghost)
            start, end = before.center, now.center
            self.painter.setPen(self.ink.moved)
            self.painter.drawLine(QLineF(*start, *end))
            self.painter.setBrush(self.ink.moved_fill)
            if start != end:
                self.painter.drawPolygon(painter_transitions.head(start, end))

    def _badge(self, picture: Picture, id: str, sign: str, fill: QBrush) -> None:
        """A sign at the corner of a state or before a label; without a label in the middle of the line."""
        at = _corner(picture, id)
        if at is None or not self._sees(Rect(at.x, at.y, 0, 0)):
            return
        painter = self.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawEllipse(QPointF(*at), BADGE, BADGE)
        painter.setPen(self.ink.sign)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if sign == "~":
            for y in (-1.8, 1.8):
                painter.drawLine(QLineF(at.x - _ARM, at.y + y, at.x + _ARM, at.y + y))
            return
        painter.drawLine(QLineF(at.x - _ARM, at.y, at.x + _ARM, at.y))
        if sign == "+":
            painter.drawLine(QLineF(at.x, at.y - _ARM, at.x, at.y + _ARM))


def _corner(picture: Picture, id: str) -> Point | None:
    shape = picture.transitions.get(id)
    if shape is None:
        rect = picture.rect(id)
        return None if rect is None else Point(rect.right - 1, rect.y + 1)
    label = shape.route.label
    if label.width > 0:
        return Point(label.x, label.y)
    path = max(shape.route.paths, key=len, default=())
    if len(path) < 2:
        return None
    one, other = path[(len(path) - 1) // 2], path[(len(path) - 1) // 2 + 1]
    return Point((one.x + other.x) / 2, (one.y + other.y) / 2)
