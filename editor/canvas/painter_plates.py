"""Plates: the names of states that hold others, once more above the lines that run through them.

A plate has the colour of what the name stands on, so that nothing but the line below it looks different.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from editor.canvas import painter_states
from editor.canvas.inks import Inks
from editor.canvas.measure import font
from editor.canvas.painter_transitions import HEAD_HALF
from editor.canvas.picture import Picture
from editor.canvas.shapes import StateShape, TransitionShape
from editor.geometry import Rect
from editor.layout.drawn import meets, stretches
from editor.layout.frame import DOT
from editor.layout.routing import Route
from editor.layout.sizes import TextStyle, title_area

_RADIUS = 4.0


class Plates:
    """Which names lines run through, as far as somebody asked since the picture changed."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._version = picture.version
        self._known: dict[tuple[str, Rect | None], Rect | None] = {}
        """Areas of names that lines run through, by state and by the place from far away."""

    def paint(self, painter: QPainter, inks: Inks, shapes: Iterable[StateShape]) -> None:
        """Paint the names of some states that lines run through, as they are drawn near."""
        for shape in shapes:
            area = self._crossed(shape)
            if area is None:
                continue
            art = painter_states.art(self._picture, shape)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.ground(shape, inks))
            painter.drawRoundedRect(QRectF(*area), _RADIUS, _RADIUS)
            for text, style in ((art.title, TextStyle.TITLE), (art.region, TextStyle.REGION)):
                if text is not None:
                    painter.setFont(font(style))
                    painter.setPen(inks.quiet if style is TextStyle.REGION else inks.text)
                    painter.drawStaticText(*text)

    def paint_over(self, painter: QPainter, inks: Inks, lines: Iterable[str]) -> None:
        """Paint those that some lines may run through, which were just painted over all else."""
        picture = self._picture
        drawn = [picture.transitions[id] for id in lines if id in picture.transitions]
        if not drawn:
            return
        lefts, tops, rights, bottoms = zip(*(line.bounds for line in drawn), strict=True)
        # looked up for all lines at once, as those of a state that is dragged lie in much the same place
        room = min(lefts), min(tops), max(rights), max(bottoms)
        near = (picture.states[id] for id in picture.state_index.meeting(*room))
        self.paint(painter, inks, [each for each in near if self._is_reached(each, drawn)])

    def touched(self, areas: Iterable[Rect]) -> list[Rect]:
        """Where names stand, as they are drawn near, that meet areas in which something changed: a plate may have come
        or gone.
        """
        picture = self._picture
        found: dict[str, Rect] = {}
        for area in areas:
            for id in picture.state_index.meeting(*area.bounds):
                shape = picture.states[id]
                if id in found or not self._may_have_one(shape):
                    continue
                place = self._place(shape)
                if place is not None and place.intersects(area):
                    found[id] = place
        return list(found.values())

    def is_crossed(self, shape: StateShape, area: Rect) -> bool:
        """Whether a line runs through an area where the name of a state is written."""
        return self._look(shape, area, lambda: area) is not None

    def ground(self, shape: StateShape, inks: Inks) -> QBrush:
        """What the name of a state stands on: a region has no fill of its own but for its tint."""
        while shape.is_region and shape.tint is None:
            parent = self._picture.chart.states[shape.id].parent
            above = self._picture.states.get(parent) if parent is not None else None
            if above is None:
                break
            shape = above
        return painter_states.fill(shape, inks)

    def _is_reached(self, shape: StateShape, lines: Iterable[TransitionShape]) -> bool:
        """Whether some lines, or their heads, may run through the name of a state, as it is drawn near."""
        area = self._place(shape) if self._may_have_one(shape) else None
        if area is None:
            return False
        room = area.grown(HEAD_HALF)
        left, top, right, bottom = room.bounds
        return any(
            x0 <= right and left <= x1 and y0 <= bottom and top <= y1 and _meets(line.route, room)
            for line in lines
            for x0, y0, x1, y1 in (line.bounds,)
        )

    def _place(self, shape: StateShape) -> Rect | None:
        """Where the name of a state stands, as it is drawn near."""
        return title_area(self._picture.chart, shape.id, shape.rect, self._picture.measure)

    def _crossed(self, shape: StateShape) -> Rect | None:
        """Where the name of a state stands, if a line runs through it."""
        return self._look(shape, None, lambda: self._place(shape))

    def _look(self, shape: StateShape, key: Rect | None, area_of: Callable[[], Rect | None]) -> Rect | None:
        if not self._may_have_one(shape):
            return None
        if self._version != self._picture.version:
            self._version = self._picture.version
            self._known.clear()
        if (shape.id, key) not in self._known:
            area = area_of()
            self._known[shape.id, key] = area if area is not None and self._is_met(area) else None
        return self._known[shape.id, key]

    def _may_have_one(self, shape: StateShape) -> bool:
        return not (shape.is_leaf or shape.is_collapsed or self._is_open(shape))

    def _is_open(self, shape: StateShape) -> bool:
        """Whether a name stands on the open ground, with its grid: a region of the machine itself."""
        parent = self._picture.chart.states[shape.id].parent if shape.is_region else None
        return shape.is_region and shape.tint is None and parent not in self._picture.states

    def _is_met(self, area: Rect) -> bool:
        """Whether a line runs there, and nothing that a plate would hide: from far away names reach over cards."""
        picture = self._picture
        room = area.bounds
        lines = [
            picture.transitions[id].route
            for id in picture.transition_index.meeting(*room)
            if _meets(picture.transitions[id].route, area)
        ]
        if not lines or any(picture.states[id].is_leaf for id in picture.state_index.meeting(*room)):
            return False
        dots = (route.paths[0][0] for route in lines if not route.label.width)
        return not any(area.grown(DOT).contains(dot) for dot in dots)


def _meets(route: Route, area: Rect) -> bool:
    if route.label.width and route.label.intersects(area):
        return True
    return any(meets(area, each) for each in stretches(route))
