"""What tools may ask of the view and show on it; and the painting of handles and hints over the picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from editor.canvas import painter_notes, plus_row
from editor.canvas.card_parts import label_part_at, line_at
from editor.canvas.handles import CONNECT, REACH, RESIZE
from editor.canvas.theme import color
from editor.document.card_lines import to_come
from editor.geometry import Point, Rect
from editor.layout.paths import along, length
from editor.layout.sizes import Measure
from editor.model.diagram import Label
from editor.tools.base import HitKind

if TYPE_CHECKING:
    from editor.canvas.picture import Picture
    from editor.canvas.view import ChartView


_DIAMOND = ((0.0, -4.5), (4.5, 0.0), (0.0, 4.5), (-4.5, 0.0))
"""The handle of a way point, around its middle in screen pixels."""


class ViewSurface:
    """The `Surface` of the tools, on a view."""

    def __init__(self, view: ChartView) -> None:
        self._view = view
        self.pointer: QPointF | None = None
        self._drop_text = ""
        self._label_start: tuple[str, Point] | None = None

    def pointed(self) -> tuple[Point, Point | None]:
        """The middle of what is seen, and where the pointer is; None where it is elsewhere."""
        middle = self._view.to_chart(QPointF(self._view.viewport().rect().center()))
        return middle, self._view.to_chart(self.pointer) if self.pointer is not None else None

    @property
    def measure(self) -> Measure:
        """Sizes of texts."""
        return self._view.measure

    @property
    def is_snapping(self) -> bool:
        """Whether what is dragged sticks to the grid and to its neighbours, as the settings say."""
        return self._view.session.settings.snapping

    @property
    def grid(self) -> float:
        """The grid to keep to, as the settings say."""
        return float(self._view.session.settings.spacing)

    @property
    def ground(self) -> str | None:
        """What is looked at alone."""
        return self._view.session.alone.value

    def rect(self, id: str) -> Rect | None:
        """The absolute rectangle of a state."""
        return self._view.picture.rect(id)

    def path(self, id: str) -> tuple[Point, ...]:
        """The absolute points of a transition's path to its first target; none where that is only begun here."""
        route, is_partial = self._view.picture.route(id), self._view.picture.stubs.has(id)
        return route.paths[0] if route is not None and route.paths and not is_partial else ()

    def label_place(self, id: str, dx: float, dy: float) -> Label | None:
        """A label's place when shifted from where it was at the beginning of the gesture."""
        route = self._view.picture.route(id)
        is_partial = self._view.picture.stubs.has(id)
        if route is None or not route.paths or not route.label.width or is_partial:
            return None
        if self._label_start is None or self._label_start[0] != id:
            self._label_start = (id, route.label.center)
        return label_at(route.paths[0], self._label_start[1].moved(dx, dy))

    def state_at(self, at: Point, without: Iterable[str] = ()) -> str | None:
        """The deepest state at a place."""
        return self._view.picture.state_at(at, without)

    def holder_at(self, at: Point | None) -> str | None:
        """The deepest state at a place, or what is looked at alone where there is none; None for the machine."""
        return (self.state_at(at) if at is not None else None) or self.ground

    def under(self, at: Point) -> list[str]:
        """All that lies at a place, the topmost first, as far from lines as a click reaches."""
        return self._seen().under(at, REACH / self._view.zoom)

    def elements_in(self, rect: Rect) -> list[str]:
        """States and transitions wholly inside."""
        return [id for id in self._seen().elements_in(rect) if id != self.ground]

    def _seen(self) -> Picture:
        """The picture that lies on top: the proposed one while there is one."""
        return self._view.proposing.picture or self._view.picture

    def show_band(self, rect: Rect | None) -> None:
        """Show the rubber band, or none."""
        self._view.overlay.band = rect
        self._view.viewport().update()

    def show_preview(self, start: Point | None, end: Point | None, target: str | None = None) -> None:
        """Show a transition being drawn."""
        self._view.overlay.preview = (start, end) if start is not None and end is not None else None
        self._view.overlay.drop = target or ""
        self._view.viewport().update()

    def show_drop(self, id: str | None, text: str = "") -> None:
        """Show what a dragged state would become a child of."""
        self._view.overlay.drop = id or ""
        self._drop_text = text
        self._view.viewport().update()

    def show_snaps(
        self, segments: Iterable[tuple[Point, Point]], gaps: Iterable[tuple[Point, Point]] = ()
    ) -> None:
        """Show alignment lines and equal gaps."""
        self._view.overlay.snaps, self._view.overlay.gaps = tuple(segments), tuple(gaps)
        self._view.viewport().update()

    def show_ghost(self, rect: Rect | None) -> None:
        """Show the outline of a new state, or none."""
        self._view.overlay.ghost = rect
        self._view.viewport().update()

    def edit_label(self, id: str, at: Point | None = None) -> None:
        """Open the text field over an element, for the part of it that is at a place."""
        picture = self._view.picture
        line = line_at(picture, id, at) if at is not None else None
        part = label_part_at(picture, id, at) if at is not None else ""
        self._view.edit_label(id, str(line) if line is not None else part)

    def add_line(self, id: str, kind: str) -> None:
        """Open the text field for a line that a state does not have yet."""
        self._view.edit_label(id, str(to_come(self._view.session.document.chart, id, kind)))

    def write_note(self, rect: Rect) -> None:
        """Open the text field of a note that is to be made."""
        self._view.labelling.notes.write(rect)

    def note_height(self, text: str, width: float) -> float:
        """How high a note has to be for all of its text."""
        return painter_notes.height_for(text, width)

    def set_cursor(self, name: str) -> None:
        """Show a cursor."""
        self._label_start = None if name != "move" else self._label_start
        self._view.set_cursor(name)

    def say(self, text: str) -> None:
        """Tell in the status bar."""
        self._view.session.say(text)

    def put_back(self) -> None:
        """Go on with the select tool."""
        self._view.session.set_tool("select")

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Paint the overlay, the handles and the hint of a drop; `ratio`: device pixels a pixel of the viewport."""
        view, at = self._view, self._view.offset * ratio
        view.painter.overlay(painter, view.zoom * ratio, at.x(), at.y(), view.overlay, ratio=ratio)
        painter.resetTransform()
        if not view.overlay.is_running:
            view.flaws.paint(painter, view.theme, view.picture, view.camera)
        if view.overlay.band is None and view.overlay.preview is None:
            self._paint_handles(painter)
        view.proposing.paint_marks(painter)
        if self._drop_text:
            self._paint_hint(painter)
        view.lettering.paint(painter)
        view.lens.paint(painter, ratio)
        view.ring.paint(painter, view.theme)

    def _paint_handles(self, painter: QPainter) -> None:
        view = self._view
        accent = color(view.theme.accent)
        ground = color(view.theme.ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent, 1.2))
        is_sizing = view.tool.phase.name == "Resizing"
        for handle in view.handles:
            at = view.to_view(handle.at)
            if is_sizing and handle.hit.kind in (HitKind.CONNECT, HitKind.ADD):
                continue  # the numbers of what is sized stand there
            if handle.hit.kind is HitKind.ADD:
                painter.save()
                plus_row.paint(painter, view.theme, handle.hit.handle, at, handle.half, self.pointer)
                painter.restore()
            elif handle.hit.kind is HitKind.CONNECT:
                painter.setBrush(ground)
                painter.drawEllipse(at, CONNECT, CONNECT)
                painter.drawLine(at + QPointF(-2.5, 0), at + QPointF(2.5, 0))
                painter.drawLine(at + QPointF(0, -2.5), at + QPointF(0, 2.5))
            elif handle.hit.kind is HitKind.END:
                painter.setBrush(accent)
                painter.drawEllipse(at, RESIZE, RESIZE)
            elif handle.hit.kind is HitKind.WAY:
                painter.setBrush(accent)
                painter.drawPolygon([at + QPointF(*corner) for corner in _DIAMOND])
            else:
                painter.setBrush(QColor("white"))
                side = RESIZE - (1 if handle.hit.kind is HitKind.BEND else 0)
                painter.drawRoundedRect(QRectF(at.x() - side, at.y() - side, 2 * side, 2 * side), 1.5, 1.5)

    def _paint_hint(self, painter: QPainter) -> None:
        view = self._view
        pointer = view.viewport().mapFromGlobal(view.cursor().pos())
        width = painter.fontMetrics().horizontalAdvance(self._drop_text) + 20
        room = view.viewport().rect()
        left = min(pointer.x() + 14, room.right() - width - 4)
        rect = QRectF(left, min(pointer.y() + 18, room.bottom() - 30), width, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(view.theme.accent))
        painter.drawRoundedRect(rect, 6, 6)
        painter.setPen(QColor("white"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._drop_text)


def label_at(path: tuple[Point, ...], goal: Point) -> Label:
    """The place of a label whose middle is at a place of the chart, as it is kept for a path."""
    share = nearest_share(path, goal)
    at = along(path, share)
    return Label(along=round(share, 3), dx=round(goal.x - at.x), dy=round(goal.y - at.y))


def nearest_share(path: tuple[Point, ...], goal: Point) -> float:
    """The share (0 to 1) of a path's length at which it comes closest to a place, in steps of 0.05."""
    if length(path) <= 0:
        return 0.5
    shares = [step / 20 for step in range(21)]
    return min(shares, key=lambda share: _way(along(path, share), goal))


def _way(a: Point, b: Point) -> float:
    return (a.x - b.x) ** 2 + (a.y - b.y) ** 2
