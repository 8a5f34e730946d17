"""How it is painted what somebody looks for: a wash and an edge over what was found, and what is not dimmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from editor.canvas import painter_notes, painter_states, painter_transitions
from editor.canvas.inks import Inks, LiveInks, inks, live_inks
from editor.canvas.painter_far_details import add_head
from editor.canvas.painter_states import RADIUS
from editor.canvas.picture import Picture
from editor.canvas.shapes import NEAR, StateShape
from editor.canvas.theme import Theme
from editor.layout.index import Bounds
from editor.layout.paths import along
from editor.model.elements import StateKind

AWAY = 3.0
"""Chart units between what was found and the edge around it, so that it is not taken for selected."""
LEAST = 4.0
"""Device pixels that a mark is wide and high at least."""
_MANY = 400
"""Marks in sight above which they are painted in one go, each a plain rectangle."""
_HALF = 10.0
"""Chart units from the middle of a line without a label to the sides of its mark."""
_NO_BRUSH = Qt.BrushStyle.NoBrush
_NO_PEN = Qt.PenStyle.NoPen


@dataclass(slots=True, kw_only=True)
class Lights:
    """What is looked for. `places`: what was found, each with what is `drawn` of it or around it.

    `at`: what of that one is at. `kept`: what is not dimmed, None where nothing is; of an event (`is_event`) the
    transitions are strong and their ends have an edge.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    kept: frozenset[str] | None = None
    is_event: bool = False
    drawn: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.drawn = frozenset(self.places.values())


class LookingPainter:
    """Paints lights over a picture; the painter is in chart units."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._shown: tuple[Lights, int] | None = None
        self._rects: list[QRectF] = []

    def paint_kept(
        self, painter: QPainter, theme: Theme, zoom: float, area: Bounds, lights: Lights, lifted: Set[str]
    ) -> None:
        """Paint again what is not dimmed and lies in an area, in its own colours; nothing that is lifted."""
        if lights.kept is None:
            return
        picture, ink, live = self._picture, inks(theme), live_inks(theme)
        kept = lights.kept - lifted
        states = [picture.states[id] for id in self._among(picture.state_index.meeting(*area), kept)]
        lines = [id for id in picture.transition_index.meeting(*area) if id in kept]
        lines = sorted(id for id in lines if id in picture.transitions)
        if zoom < NEAR:
            self._paint_far(painter, live, zoom, states, lines)
            return
        for shape in sorted(states, key=lambda each: (each.level, each.is_region, each.id)):
            self._paint_state(painter, ink, live, shape, lights)
        picture.refine(lines)
        arts = [painter_transitions.art(picture, picture.transitions[id]) for id in lines]
        if lights.is_event:
            for art in arts:
                painter_transitions.paint_strong(painter, ink, art, live.accent, live.accent_fill)
        else:
            painter_transitions.paint_lines(painter, ink, arts)
            painter_transitions.paint_pills(painter, ink, arts)
        notes = [each for each in picture.notes.meeting(area) if each.id in kept]
        if notes:
            painter_notes.paint(painter, ink, notes)

    def _paint_far(
        self, painter: QPainter, live: LiveInks, zoom: float, states: list[StateShape], lines: list[str]
    ) -> None:
        """What is small is told by a colour and an edge, all of it in one go."""
        side, has_heads = LEAST / zoom, len(lines) <= _MANY
        painter.setBrush(live.drop)
        painter.setPen(live.band_edge)
        painter.drawRects([_no_less(QRectF(*shape.rect), side) for shape in states])
        path = QPainterPath()
        for id in lines:
            for points in self._picture.transitions[id].route.paths:
                if len(points) > 1:
                    path.moveTo(*points[0])
                    for point in points[1:]:
                        path.lineTo(*point)
                    if has_heads:
                        add_head(path, points[-2], points[-1])
        painter.setBrush(_NO_BRUSH)
        painter.setPen(live.far)
        painter.drawPath(path)

    def _among(self, met: Iterable[str], kept: Set[str]) -> list[str]:
        return [id for id in met if id in kept and id in self._picture.states]

    def _paint_state(
        self, painter: QPainter, ink: Inks, live: LiveInks, shape: StateShape, lights: Lights
    ) -> None:
        art = painter_states.art(self._picture, shape)
        is_round = art.kind is StateKind.FINAL or art.kind.is_history
        if is_round:
            painter_states.paint_card(painter, ink, shape, art)
        elif shape.is_leaf or shape.is_collapsed:
            painter_states.paint_card(painter, ink, shape, art)
            painter_transitions.paint_rows(painter, ink, self._picture, shape.id)
        elif not shape.is_region:
            painter.setBrush(_NO_BRUSH)
            painter.setPen(ink.edge)
            painter.drawRoundedRect(art.card, RADIUS, RADIUS)
        painter_states.paint_over(painter, ink, shape, art)
        if lights.is_event and not is_round:
            painter.setBrush(_NO_BRUSH)
            painter.setPen(live.accent_thin)
            painter.drawRoundedRect(art.card, RADIUS, RADIUS)

    def paint_found(self, painter: QPainter, theme: Theme, zoom: float, lights: Lights) -> None:
        """Paint a mark over each element that was found and is in sight, and a strong one where one is."""
        if lights.is_event or not lights.places:
            if lights.at:
                self._paint_here(painter, live_inks(theme), zoom, lights.at)
            return
        live, side = live_inks(theme), LEAST / zoom
        seen = self._near_marks(painter, lights) if zoom >= NEAR else self._far_marks(painter, lights)
        painter.setBrush(live.drop)
        painter.setPen(live.band_edge)
        if len(seen) > _MANY:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawRects([_no_less(rect, side) for rect in seen])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        else:
            for rect in seen:
                painter.drawRoundedRect(_no_less(rect, side), RADIUS, RADIUS)
        if lights.at:
            self._paint_here(painter, live, zoom, lights.at)

    def _paint_here(self, painter: QPainter, live: LiveInks, zoom: float, id: str) -> None:
        rect = mark_of(self._picture, id)
        if rect is not None:
            painter.setBrush(_NO_BRUSH)
            painter.setPen(live.here)
            painter.drawRoundedRect(_no_less(rect, LEAST / zoom), RADIUS, RADIUS)

    def _near_marks(self, painter: QPainter, lights: Lights) -> list[QRectF]:
        """The marks of what is in sight, as it is drawn by now: lines are laid out when they come near."""
        picture, area, wanted = self._picture, _area(painter), lights.drawn
        met = [*picture.state_index.meeting(*area), *picture.transition_index.meeting(*area)]
        met += [each.id for each in picture.notes.meeting(area)]
        return [rect for id in met if id in wanted and (rect := mark_of(picture, id)) is not None]

    def _far_marks(self, painter: QPainter, lights: Lights) -> list[QRectF]:
        """The marks of all that was found and may be in sight; they are made once for a picture as it is."""
        if self._shown is None or self._shown[0] is not lights or self._shown[1] != self._picture.version:
            self._shown = (lights, self._picture.version)
            rects = (mark_of(self._picture, id) for id in lights.drawn)
            self._rects = [rect for rect in rects if rect is not None]
        x0, y0, x1, y1 = _area(painter)
        area = QRectF(x0, y0, x1 - x0, y1 - y0)
        return [rect for rect in self._rects if area.intersects(rect)]


def mark_of(picture: Picture, id: str) -> QRectF | None:
    """Where the mark of an element stands, in chart units: around a card, a note or a label, else on a line."""
    shape = picture.transitions.get(id)
    if shape is None:
        rect = picture.rect(id)
        return None if rect is None else QRectF(*rect.grown(AWAY))
    if shape.route.label.width > 0:
        return QRectF(*shape.route.label.grown(AWAY))
    path = max(shape.route.paths, key=len, default=())
    if len(path) < 2:
        return None
    middle = along(path, 0.5)
    return QRectF(middle.x - _HALF, middle.y - _HALF, 2 * _HALF, 2 * _HALF)


def _area(painter: QPainter) -> Bounds:
    """What of the chart the painter can reach."""
    back, is_sound = painter.combinedTransform().inverted()
    rect = back.mapRect(QRectF(painter.viewport())) if is_sound else QRectF()
    return rect.left(), rect.top(), rect.right(), rect.bottom()


def _no_less(rect: QRectF, side: float) -> QRectF:
    """The rectangle, no smaller than `side`."""
    return QRectF(rect.x(), rect.y(), max(rect.width(), side), max(rect.height(), side))
