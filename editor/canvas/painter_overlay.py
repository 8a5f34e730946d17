"""What lies over the still picture: a run, the selection, what the pointer does and what is being dragged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from editor.canvas import (
    comparing,
    glyphs,
    painter_asides,
    painter_notes,
    painter_snaps,
    painter_states,
    painter_stubs,
    painter_transitions,
)
from editor.canvas.inks import Inks, LiveInks, inks, live_inks
from editor.canvas.measure import font
from editor.canvas.painter_looking import Lights, LookingPainter
from editor.canvas.painter_plates import Plates
from editor.canvas.painter_states import RADIUS
from editor.canvas.picture import Picture
from editor.canvas.shapes import NEAR, SHAPE, StateShape
from editor.canvas.texts import centered
from editor.canvas.theme import Theme, dimmed
from editor.geometry import Point, Rect
from editor.layout.sizes import TextStyle
from editor.model.elements import StateKind

LEAST = 3.0
KEY = 15.0
_NO_PEN = Qt.PenStyle.NoPen
_NO_BRUSH = Qt.BrushStyle.NoBrush


@dataclass(slots=True, kw_only=True)
class Overlay:
    """What to show; ids of states or transitions. Shares run from 0 to 1.

    `lit` is what is looked for and not selected yet.
    Of a run: `active` states; `enabled` transitions with the key that takes them; `timers` with the share of time left;
    `taken` transitions, `entered` and `left` states with what is left of their flash or trail; `errors`.
    """

    selected: frozenset[str] = frozenset()
    hover: str = ""
    lit: frozenset[str] = frozenset()
    drop: str = ""
    band: Rect | None = None
    snaps: tuple[tuple[Point, Point], ...] = ()
    gaps: tuple[tuple[Point, Point], ...] = ()
    preview: tuple[Point, Point] | None = None
    ghost: Rect | None = None
    is_running: bool = False
    active: frozenset[str] = frozenset()
    enabled: Mapping[str, str] = field(default_factory=dict)
    timers: Mapping[str, float] = field(default_factory=dict)
    taken: Mapping[str, float] = field(default_factory=dict)
    entered: Mapping[str, float] = field(default_factory=dict)
    left: Mapping[str, float] = field(default_factory=dict)
    errors: frozenset[str] = frozenset()
    comparison: comparing.Marks | None = None
    lights: Lights | None = None


class OverlayPainter:
    """Paints an `Overlay`, one element at a time; the painter is in chart units."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._looking = LookingPainter(picture)
        self._plates = Plates(picture)

    def paint(
        self, painter: QPainter, theme: Theme, zoom: float, state: Overlay, lifted: frozenset[str]
    ) -> None:
        """Paint everything the overlay shows; `lifted` are the elements that the base left out."""
        if self.picture.sketched and zoom >= NEAR:  # farther off, the picture below is of sketches too
            near = (state.hover, *state.lit, *state.selected, *state.taken, *state.enabled, *state.timers)
            self.picture.refine(near)
        ink, live = inks(theme), live_inks(theme)
        self._paint_lifted(painter, ink, zoom, lifted)
        if state.is_running:
            self._paint_run(painter, theme, zoom, state)
        if state.comparison is not None:
            comparing.paint(painter, theme, zoom, self.picture, state.comparison)
        if state.lights is not None:
            self._looking.paint_found(painter, theme, zoom, state.lights)
        self._paint_pointing(painter, ink, live, zoom, state)

    def _paint_lifted(self, painter: QPainter, ink: Inks, zoom: float, lifted: frozenset[str]) -> None:
        if not lifted:
            return
        picture = self.picture
        shapes = sorted(
            (picture.states[id] for id in lifted if id in picture.states),
            key=lambda shape: (shape.level, shape.is_region, shape.id),
        )
        pairs = [(shape, painter_states.art(picture, shape)) for shape in shapes]
        if zoom < NEAR:
            for shape, art in pairs:
                painter_states.paint_card(painter, ink, shape, art)
        else:
            painter_states.paint_states(painter, ink, pairs)
        arts = [
            painter_transitions.art(picture, picture.transitions[id])
            for id in sorted(lifted)
            if id in picture.transitions
        ]
        painter_transitions.paint_lines(painter, ink, arts)
        stubs = [
            (text, rect) for stub, text, rect in picture.stubs.shapes.values() if stub.transition in lifted
        ]
        painter_stubs.paint(painter, ink, stubs, zoom)
        if zoom >= NEAR:
            painter_transitions.paint_pills(painter, ink, arts)
            self._plates.paint_over(painter, ink, lifted)
            painter_asides.paint(painter, ink, picture, lifted)
        there = picture.notes.shapes
        notes = [there[id] for id in sorted(lifted) if id in there]
        if zoom >= NEAR:
            painter_notes.paint(painter, ink, notes)
        elif notes:
            painter_notes.paint_far(painter, ink, notes, zoom, has_words=False)

    def _paint_run(self, painter: QPainter, theme: Theme, zoom: float, state: Overlay) -> None:
        ink, live = inks(theme), live_inks(theme)
        for id, share in state.left.items():
            self._outline(painter, ink, id, live.trail[_tenth(share)], zoom)
        active = [self.picture.states[id] for id in state.active if id in self.picture.states]
        for shape in sorted(active, key=lambda each: (each.level, each.id)):
            self._paint_active(painter, ink, live, zoom, shape)
        if zoom >= NEAR:
            self._paint_crossed(painter, inks(dimmed(theme)), active)
        for id, share in state.entered.items():
            if share > 0:
                self._outline(painter, ink, id, live.flash[_tenth(share)], zoom, 3.0)
        for id, share in state.taken.items():
            self._paint_taken(painter, ink, live, id, share)
        if zoom >= NEAR:
            for id, key in state.enabled.items():
                self._paint_enabled(painter, ink, live, id, key)
            for id, share in state.timers.items():
                self._paint_timer(painter, ink, live, id, share, id in state.enabled)
        else:
            for id in state.enabled:
                self._stroke(painter, ink, id, live.amber_edge)
        for id in sorted(state.errors):
            self._paint_error(painter, live, zoom, id)

    def _paint_crossed(self, painter: QPainter, ink: Inks, active: list[StateShape]) -> None:
        """Labels that stand on the border of an active composite, which was drawn across them."""
        crossed: dict[str, painter_transitions.TransitionArt] = {}
        for shape in active:
            if shape.is_leaf or shape.is_collapsed or shape.is_region:
                continue
            x0, y0, x1, y1 = shape.rect.x, shape.rect.y, shape.rect.right, shape.rect.bottom
            for side in ((x0, y0, x0, y1), (x1, y0, x1, y1), (x0, y0, x1, y0), (x0, y1, x1, y1)):
                left, top, right, bottom = side
                strip = QRectF(left - 1, top - 1, right - left + 2, bottom - top + 2)
                for id in self.picture.transition_index.meeting(*side):
                    art = painter_transitions.art(self.picture, self.picture.transitions[id])
                    if art.pill is not None and art.pill.intersects(strip):
                        crossed[id] = art
        painter_transitions.paint_pills(painter, ink, [crossed[id] for id in sorted(crossed)])

    def _paint_active(
        self, painter: QPainter, ink: Inks, live: LiveInks, zoom: float, shape: StateShape
    ) -> None:
        art = painter_states.art(self.picture, shape)
        card = _at_least(art.card, LEAST / zoom)
        painter.setBrush(_NO_BRUSH)
        if shape.is_region:
            if zoom >= NEAR:
                painter_states.paint_texts(painter, ink, [art])
            return
        if art.kind is StateKind.FINAL or art.kind.is_history:
            painter_states.paint_card(painter, ink, shape, art)
            painter.setBrush(_NO_BRUSH)
            painter.setPen(live.accent)
            painter.drawEllipse(painter_states.ring(art.card))
        elif shape.is_leaf or shape.is_collapsed:
            for pen in live.glow if zoom >= NEAR else ():
                painter.setPen(pen)
                painter.drawRoundedRect(card, RADIUS, RADIUS)
            painter.setPen(_NO_PEN)
            painter.setBrush(self._active_fill(live, zoom))
            painter.drawRoundedRect(card, RADIUS, RADIUS)
        if zoom >= NEAR:
            painter_states.paint_over(painter, ink, shape, art)
            painter_transitions.paint_rows(painter, ink, self.picture, shape.id)
        if not (art.kind is StateKind.FINAL or art.kind.is_history):
            self._paint_border(painter, live, zoom, shape, card)

    def _paint_border(
        self, painter: QPainter, live: LiveInks, zoom: float, shape: StateShape, card: QRectF
    ) -> None:
        """Last, so that the hairlines of the card end at it."""
        if shape.is_leaf or shape.is_collapsed:
            self._paint_edge(painter, live, card, zoom)
        else:
            painter.setBrush(_NO_BRUSH)
            painter.setPen(live.accent_thin)
            painter.drawRoundedRect(card, RADIUS, RADIUS)

    def _active_fill(self, live: LiveInks, zoom: float) -> QBrush:
        """Opaque near, where texts are painted again; a veil over names farther away; else solid."""
        if zoom >= NEAR:
            return live.accent_soft
        return live.accent_veil if zoom >= SHAPE else live.accent_fill

    def _paint_edge(self, painter: QPainter, live: LiveInks, card: QRectF, zoom: float) -> None:
        """The thicker inner edge that tells an active state without its colour."""
        painter.setBrush(_NO_BRUSH)
        painter.setPen(live.accent)
        if zoom < NEAR:
            painter.drawRect(card)
            return
        painter.drawRoundedRect(card.adjusted(1, 1, -1, -1), RADIUS - 1, RADIUS - 1)

    def _paint_taken(self, painter: QPainter, ink: Inks, live: LiveInks, id: str, share: float) -> None:
        shape = self.picture.transitions.get(id)
        if shape is None or share <= 0:
            return
        art = painter_transitions.art(self.picture, shape)
        tenth = _tenth(share)
        painter_transitions.paint_strong(painter, ink, art, live.flash[tenth], live.flash_fill[tenth])

    def _paint_enabled(self, painter: QPainter, ink: Inks, live: LiveInks, id: str, key: str) -> None:
        shape = self.picture.transitions.get(id)
        if shape is None:
            return
        art = painter_transitions.art(self.picture, shape)
        painter_transitions.paint_lines(painter, ink, [art])
        if art.pill is None:
            return
        painter.setPen(_NO_PEN)
        painter.setBrush(live.amber_deep)
        painter.drawRoundedRect(art.pill.translated(0, 2), 6, 6)
        painter.setPen(live.amber_edge)
        painter.setBrush(live.amber)
        painter.drawRoundedRect(art.pill, 6, 6)
        painter_transitions.paint_glyphs(painter, ink, [art], live.amber_glyph)
        painter.setFont(font(TextStyle.LABEL))
        painter.setPen(live.amber_text)
        for text in (*art.texts, *art.quiet):
            painter.drawStaticText(*text)
        if key:
            middle = QPointF(art.pill.left() - 1, art.pill.top())
            cap = QRectF(middle.x() - KEY / 2, middle.y() - KEY / 2, KEY, KEY)
            painter.setPen(_NO_PEN)
            painter.setBrush(live.amber_text.color())
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(QPen(live.amber.color()))
            painter.drawStaticText(*centered(key, TextStyle.LABEL, middle.x(), middle.y()))

    def _paint_timer(
        self, painter: QPainter, ink: Inks, live: LiveInks, id: str, share: float, is_raised: bool
    ) -> None:
        """The remaining time of a delay as a line that empties along the pill."""
        shape = self.picture.transitions.get(id)
        art = None if shape is None else painter_transitions.art(self.picture, shape)
        if art is None or art.pill is None:
            return
        if not is_raised:
            painter_transitions.paint_lines(painter, ink, [art])
            painter_transitions.paint_pills(painter, ink, [art])
        pill = art.pill
        room = pill.width() - 10
        y = pill.bottom() - 2
        painter.setPen(live.amber_edge)
        if share > 0:
            painter.drawLine(QLineF(pill.left() + 5, y, pill.left() + 5 + room * min(share, 1.0), y))

    def _paint_error(self, painter: QPainter, live: LiveInks, zoom: float, id: str) -> None:
        rect = self.picture.rect(id)
        if rect is None:
            found = self.picture.route(id)
            rect = None if found is None else found.label
        if rect is None:
            return
        size = max(7.0, 5.0 / zoom)
        middle = QPointF(rect.right - 2, rect.y + 2)
        painter.setBrush(_NO_BRUSH)
        painter.setPen(live.red)
        painter.drawRoundedRect(QRectF(*rect), 6, 6)
        painter.setPen(_NO_PEN)
        painter.setBrush(live.red_fill)
        painter.drawEllipse(middle, size, size)
        painter.setPen(live.on_red)
        glyphs.paint(painter, "error", middle)

    def _paint_pointing(
        self, painter: QPainter, ink: Inks, live: LiveInks, zoom: float, state: Overlay
    ) -> None:
        if state.hover and state.hover not in state.selected:
            self._outline(painter, ink, state.hover, live.hover, zoom)
        for id in sorted(state.selected):
            self._outline(painter, ink, id, live.accent, zoom)
            if id in state.enabled and zoom >= NEAR:
                self._paint_chosen(painter, ink, live, id, state.enabled[id])
        if zoom >= NEAR:
            self._plates.paint_over(painter, ink, (state.hover, *sorted(state.selected)))
        for id in sorted(state.lit):
            self._paint_lit(painter, ink, live, zoom, id)
        drop = self.picture.rect(state.drop) if state.drop else None
        if drop is not None:
            painter.setBrush(live.drop)
            painter.setPen(live.accent)
            painter.drawRoundedRect(QRectF(*drop), RADIUS, RADIUS)
        if state.ghost is not None:
            painter.setBrush(live.drop)
            painter.setPen(live.band_edge)
            painter.drawRoundedRect(QRectF(*state.ghost), RADIUS, RADIUS)
        painter_snaps.paint(painter, live, state.snaps, state.gaps)
        if state.preview is not None:
            start, end = state.preview
            painter.setPen(live.accent)
            painter.drawLine(QLineF(*start, *end))
            painter.setBrush(live.accent_fill)
            painter.drawPolygon(painter_transitions.head(start, end))
        if state.band is not None:
            painter.setBrush(live.band)
            painter.setPen(live.band_edge)
            painter.drawRect(QRectF(*state.band))

    def _paint_lit(self, painter: QPainter, ink: Inks, live: LiveInks, zoom: float, id: str) -> None:
        """A wash over a state and a line a little away from it, so that it is not taken for selected."""
        rect = self.picture.rect(id)
        if rect is not None:
            painter.setPen(_NO_PEN)
            painter.setBrush(live.drop)
            painter.drawRoundedRect(_at_least(QRectF(*rect), LEAST / zoom), RADIUS, RADIUS)
        self._outline(painter, ink, id, live.accent, zoom, 4.0)

    def _paint_chosen(self, painter: QPainter, ink: Inks, live: LiveInks, id: str, key: str) -> None:
        """What is selected and can happen: its label still says so, inside an edge of the accent."""
        self._paint_enabled(painter, ink, live, id, key)
        shape = self.picture.transitions.get(id)
        pill = None if shape is None else painter_transitions.art(self.picture, shape).pill
        if pill is not None:
            painter.setBrush(_NO_BRUSH)
            painter.setPen(live.accent)
            painter.drawRoundedRect(pill.adjusted(-2, -2, 2, 4), 7, 7)

    def _outline(
        self, painter: QPainter, ink: Inks, id: str, pen: QPen, zoom: float, away: float = 0.0
    ) -> None:
        painter.setBrush(_NO_BRUSH)
        painter.setPen(pen)
        note = self.picture.notes.shapes.get(id)
        if note is not None:
            painter.drawPath(painter_notes.outline(note.rect.grown(away)))
            return
        shape = self.picture.states.get(id)
        if shape is None:
            self._stroke(painter, ink, id, pen)
            return
        if zoom >= NEAR:
            art = painter_states.art(self.picture, shape)
            if art.kind is StateKind.FINAL or art.kind.is_history:
                painter.drawEllipse(painter_states.ring(art.card).adjusted(-3, -3, 3, 3))
                return
        around = QRectF(*shape.rect.grown(away))
        painter.drawRoundedRect(_at_least(around, LEAST / zoom), RADIUS + away, RADIUS + away)

    def _stroke(self, painter: QPainter, ink: Inks, id: str, pen: QPen) -> None:
        shape = self.picture.transitions.get(id)
        if shape is None:
            return
        art = painter_transitions.art(self.picture, shape)
        painter_transitions.paint_strong(painter, ink, art, pen, pen.brush())


def _tenth(share: float) -> int:
    return max(0, min(10, round(share * 10)))


def _at_least(rect: QRectF, side: float) -> QRectF:
    """The rectangle, no smaller than `side`, so that a step shows on a far picture."""
    return QRectF(rect.x(), rect.y(), max(rect.width(), side), max(rect.height(), side))
