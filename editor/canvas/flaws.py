"""Small marks at elements with errors and warnings, and what they say; painted over the picture, near enough only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from editor.canvas.camera import Camera
from editor.canvas.inks import inks, live_inks
from editor.canvas.picture import Picture
from editor.canvas.theme import Theme
from editor.completion import tips
from editor.geometry import Point
from editor.layout.paths import along
from editor.model.judging import home
from editor.model.problems import Problem, Severity
from editor.session import Session

FAR = 0.4
"""Pixels a unit below which marks would cover what they stand at."""
SIZE = 7.0
MOST_SAID = 6
_TRIANGLE = QPolygonF([QPointF(0, -6.4), QPointF(6.8, 5.4), QPointF(-6.8, 5.4)])
_STROKES = [QLineF(-2.6, -2.6, 2.6, 2.6), QLineF(-2.6, 2.6, 2.6, -2.6)]
_STEM = [QLineF(0, -2.4, 0, 1.2), QLineF(0, 3.5, 0, 3.6)]


class Flaws(QObject):
    """The errors and warnings of a session by element. Information is left to the list: nothing is wrong there."""

    def __init__(self, session: Session, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._session = session
        self._viewport = viewport
        self.by_element: dict[str, list[Problem]] = {}
        session.problems_changed.subscribe(self._gather)
        self._gather()

    def _gather(self) -> None:
        chart = self._session.document.chart
        found: dict[str, list[Problem]] = {}
        for each in self._session.problems:
            if each.severity is not Severity.INFORMATION:
                found.setdefault(home(chart, each), []).append(each)
        self.by_element = found
        self._viewport.update()

    def text(self, id: str) -> str:
        """What is wrong with an element, a line each; empty for nothing."""
        found = self.by_element.get(id, [])
        lines = [f"{each.severity.value.capitalize()}: {each.message} {each.hint}".strip() for each in found]
        more = len(lines) - MOST_SAID
        return "\n".join(lines[:MOST_SAID] + ([f"and {more} more"] if more > 0 else []))

    def tell(self, event: QEvent, id: str, more: str = "") -> None:
        """Answer the pointer that rests on an element; `more` is told besides what is wrong with it."""
        if isinstance(event, QHelpEvent):
            text = "\n".join(filter(None, (self.text(id), more)))
            tips.show(event.globalPos(), text, self._viewport)

    def place(self, picture: Picture, id: str) -> Point | None:
        """Where the mark of an element stands: at the corner of a state or of a label, else in the middle of a line."""
        rect = picture.rect(id)
        if rect is not None:
            return Point(rect.right - 3, rect.y + 3)
        shape = picture.transitions.get(id)
        if shape is None:
            return None
        route = shape.route  # as it is: one that is only sketched is not routed for a mark
        if route.label.width:
            return Point(route.label.right - 1, route.label.y)
        return along(route.paths[0], 0.5) if route.paths and route.paths[0] else None

    def paint(self, painter: QPainter, theme: Theme, picture: Picture, camera: Camera) -> None:
        """Paint the marks of what is seen; the painter is in pixels of the viewport."""
        if camera.zoom < FAR or not self.by_element:
            return
        scale = min(1.0, 0.4 + 0.6 * camera.zoom)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for id in self._seen(picture, camera):
            place = self.place(picture, id)
            if place is not None:
                is_error = any(each.severity is Severity.ERROR for each in self.by_element[id])
                _mark(painter, theme, QPointF(*camera.to_view(place)), scale, is_error=is_error)

    def _seen(self, picture: Picture, camera: Camera) -> list[str]:
        """The elements with something wrong that meet the viewport."""
        room = self._viewport.rect().adjusted(*(-round(SIZE),) * 2, *(round(SIZE),) * 2)
        start, end = camera.to_chart(room.left(), room.top()), camera.to_chart(room.right(), room.bottom())
        area = (*start, *end)
        near = (*picture.state_index.meeting(*area), *picture.transition_index.meeting(*area))
        return [id for id in near if id in self.by_element]


def _mark(painter: QPainter, theme: Theme, at: QPointF, scale: float, *, is_error: bool) -> None:
    """A red disc with a cross, or a triangle with a stroke: told apart without their colour."""
    ink, live = inks(theme), live_inks(theme)
    painter.save()
    painter.translate(at)
    painter.scale(scale, scale)
    if is_error:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(live.red_fill)
        painter.drawEllipse(QPointF(0, 0), SIZE, SIZE)
        painter.setPen(live.on_red)
        painter.drawLines(_STROKES)
    else:
        painter.setPen(live.on_red)
        painter.setBrush(ink.dot)
        painter.drawPolygon(_TRIANGLE)
        painter.drawLines(_STEM)
    painter.restore()
