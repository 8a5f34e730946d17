"""A proposed drawing over the present one: ghosts, and the ways that states would go; keys take it or turn it down."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QBrush, QKeyEvent, QPainter

from editor.canvas import motion, painter_states, painter_transitions
from editor.canvas.base_image import BaseImage
from editor.canvas.camera import Camera
from editor.canvas.handles import REACH
from editor.canvas.inks import broad, inks
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_states import RADIUS
from editor.canvas.picture import Picture
from editor.canvas.pins import Pins
from editor.canvas.settling import moment
from editor.canvas.theme import Theme, color
from editor.canvas.ways import is_outlined, ways
from editor.document import accepting
from editor.document.undo import Step
from editor.geometry import Point, Rect
from editor.model import queries
from editor.model.changes import BoxChange, Changes
from editor.model.diagram import Diagram
from editor.requests import AnswerProposal
from editor.tools.base import Hit, HitKind

if TYPE_CHECKING:
    from editor.canvas.view import ChartView
    from editor.layout_engine.proposed import Proposed

GLIDE = 0.2
"""Seconds that states take to their new places."""
FRAME = 16
SHARE = 0.82
"""How much of the ghosts covers the drawing below them."""
COVERED = 80
"""Pixels at the bottom of the viewport that the strip stands on."""
MOST_WAYS = 400
"""States whose ways are drawn; of more than these one would see nothing."""
MOST_GLIDING = 150
"""States that glide; more of them at once are where they go at once."""
_AGAIN = Qt.KeyboardModifier.ShiftModifier


class Proposing:
    """What a view shows of a proposal. `clock` tells seconds."""

    def __init__(self, view: ChartView, clock: Callable[[], float] = time.monotonic) -> None:
        self._view = view
        self.clock = clock
        self.picture: Picture | None = None
        self._coming: tuple[Picture, Diagram] | None = None
        self._slices = QTimer(view, singleShot=True, interval=0)
        self._slices.timeout.connect(self._go_on)
        self.moved: tuple[str, ...] = ()
        self._moves: frozenset[str] = frozenset()
        self.pins = Pins(view)
        self._cameras: tuple[Camera, Camera] | None = None
        self._base: BaseImage | None = None
        self._painter: ChartPainter | None = None
        self._shown: object = None
        self._start: dict[str, Rect] = {}
        self._since: float | None = None
        self._step: Step | None = None
        self._taken: set[Step] = set()
        self._timer = QTimer(view, interval=FRAME)
        self._timer.timeout.connect(self.advance)
        view.session.proposed.changed.subscribe(self._follow)
        view.session.changed.subscribe(self._on_changed)
        view.session.document_replaced.subscribe(self._open)
        self._open()

    def _open(self) -> None:
        self._step = self._view.session.document.undo_stack.present
        self._taken = set()

    @property
    def is_shown(self) -> bool:
        """Whether ghosts are on the canvas."""
        return self.picture is not None

    @property
    def is_gliding(self) -> bool:
        """Whether states are on their way to where they were taken."""
        return self._since is not None

    def _follow(self) -> None:
        view = self._view
        proposed: Proposed | None = view.session.proposed.value
        answer = proposed.answer if proposed is not None else None
        if answer is None:
            self._leave()
        elif answer is not self._shown:
            self._shown = answer
            chart, alone = view.session.document.chart, view.session.alone.value
            picture = Picture(chart, answer.diagram, view.measure, alone, waits=True)
            self._coming = picture, answer.diagram
            self._go_on(is_first=True)
        view.viewport().update()

    def _go_on(self, *, is_first: bool = False) -> None:
        """Draw for a moment what is to be shown; the window stands still no longer than that.

        What took longer is shown in a turn of its own, as painting it takes about as long as all that one may.
        """
        if self._coming is None:
            return
        picture, diagram = self._coming
        was_hasty = picture.is_hasty
        picture.settle(is_over=moment(self.clock))
        if picture.is_hasty or (was_hasty and not is_first):
            self._slices.start()
        else:
            self._show(picture, diagram)

    def _show(self, picture: Picture, diagram: Diagram) -> None:
        view, document = self._view, self._view.session.document
        self._coming, self.picture = None, picture
        self.moved = accepting.moved(document.chart, document.diagram, diagram)
        self._moves = frozenset(self.moved)
        self._painter = ChartPainter(picture, view.theme)
        self._base = BaseImage(self._painter)
        self._bring_into_sight(picture)
        view.refresh()

    def _bring_into_sight(self, picture: Picture) -> None:
        """See all of what would move, if some of it is not seen, no closer than now."""
        view = self._view
        around = Rect.around(rect for id in self.moved if (rect := picture.rect(id)) is not None)
        if around is None:
            return
        size = view.viewport().width(), view.viewport().height() - COVERED
        seen = view.camera.rect_to_view(around)
        if seen.x < 0 or seen.y < 0 or seen.right > size[0] or seen.bottom > size[1]:
            both = Rect.around((around, view.picture.bounds())) or around
            came_from = view.camera if self._cameras is None else self._cameras[0]
            view.show_camera(view.camera.showing(both, *size, view.zoom))
            self._cameras = came_from, view.camera

    def show_alone(self, id: str | None) -> None:
        """Show of the ghosts what is looked at alone, or all of them."""
        if self._coming is not None:
            self._shown = None
            self._follow()
        elif self.picture is not None and self._base is not None and self.picture.show_alone(id):
            self._base.drop()

    def _leave(self) -> None:
        """Take the ghosts away; if the chart is given their places at once, it glides there."""
        if self.picture is not None:
            before = self._view.picture
            self._start = {id: rect for id in self.moved if (rect := before.rect(id)) is not None}
            QTimer.singleShot(0, self._view, self._stay)
        self._shown = self._coming = self.picture = self._base = self._painter = None

    def _stay(self) -> None:
        """Where nothing came of a proposal, see again what was seen before it, unless one has looked elsewhere."""
        is_over = self._view.session.proposed.value is None
        if is_over and self._start and self._since is None and self._cameras is not None:
            before, shown = self._cameras
            if self._view.camera == shown:
                self._view.show_camera(before)
        if is_over:
            self._cameras = None
        if self._since is None:
            self._start = {}

    # the pointer

    def hit(self, at: Point) -> Hit | None:
        """What the select tool finds on top of the drawing: a pin, or the ghost of what lies elsewhere now."""
        view, picture = self._view, self.picture
        if view.session.tool_id != "select":
            return None
        pin = self.pins.hit(at)
        if pin is not None or picture is None:
            return pin
        id = picture.hit(at, REACH / view.zoom).id
        if id in picture.states:
            is_ghost = id in self._moves
        else:
            is_ghost = id in picture.transitions and picture.route(id) != view.picture.route(id)
        return Hit(kind=HitKind.GHOST, id=id) if is_ghost else None

    def unmoved(self, *ids: str) -> list[str]:
        """Ids, with nothing instead of what ghosts cover: what lies below these has no handles."""
        return ["" if self.is_shown and id in self._moves else id for id in ids]

    # keys

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key answers a proposal, so that it is nothing else now."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return is_return and event.modifiers() in (Qt.KeyboardModifier.NoModifier, _AGAIN) and self.is_shown

    def take(self, event: QKeyEvent) -> bool:
        """Answer a proposal by a key; whether it did."""
        if not self.wants(event):
            return False
        self._view.session.ask(AnswerProposal(only_selected=event.modifiers() == _AGAIN))
        return True

    # painting

    def paint(self, painter: QPainter, ratio: float) -> None:
        """Paint the ghosts over the drawing; the painter is in pixels of the viewport."""
        if self._since is not None:
            self._paint_glide(painter, ratio)
        if self.picture is not None:
            self._paint_ghosts(painter, ratio, self.picture)
        self._enter(painter)
        self.pins.paint(painter)
        painter.restore()

    def _paint_ghosts(self, painter: QPainter, ratio: float, picture: Picture) -> None:
        assert self._base is not None
        assert self._painter is not None
        view = self._view
        if self._painter.theme is not view.theme:
            self._painter.theme = view.theme
            self._base.drop()
        size = view.viewport().size() * ratio
        image = self._base.image(QSize(size), view.zoom * ratio, view.offset * ratio)
        image.setDevicePixelRatio(ratio)
        painter.setOpacity(SHARE)
        painter.drawImage(0, 0, image)
        painter.setOpacity(1.0)
        image.setDevicePixelRatio(1.0)
        self._enter(painter)
        self._paint_ways(painter, view.theme, picture)
        painter.restore()
        if self._base.is_unfinished:
            view.viewport().update()

    def _enter(self, painter: QPainter) -> None:
        """Let the painter be in chart units, until it is restored."""
        view = self._view
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(view.offset)
        painter.scale(view.zoom, view.zoom)

    def _paint_ways(self, painter: QPainter, theme: Theme, picture: Picture) -> None:
        """The outlines of what would move, and a line from where it is to where it would be."""
        width = 1.0 / min(self._view.zoom, 1.0)
        outline, way = broad(theme.accent, 1.6 * width), broad(theme.accent, 1.0 * width, 0.5)
        outline.setDashPattern([4.0, 3.0])
        chosen = broad(theme.accent, 2.4 * width)
        marked = {*self._view.session.selection.ids, self._view.overlay.hover}
        painter.setBrush(Qt.BrushStyle.NoBrush)
        view, present = self._view, self._view.picture
        seen = view.camera.seen(view.viewport().width(), view.viewport().height())
        shown = [id for id in self.moved[:MOST_WAYS] if _is_seen(seen, picture.rect(id), present.rect(id))]
        for id in shown:
            new = picture.rect(id)
            if new is not None and (id in marked or is_outlined(picture, id, self._moves, view.zoom)):
                painter.setPen(chosen if id in marked else outline)
                painter.drawRoundedRect(QRectF(*new), RADIUS, RADIUS)
        found = ways(present, picture, shown, self._moves, view.zoom)
        painter.setPen(way)
        # all at once, which takes half of the time
        painter.drawLines([QLineF(*start, *end) for start, end in found])
        painter.setBrush(QBrush(color(theme.accent)))
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end in found:
            painter.drawPolygon(painter_transitions.head(start, end, width))

    # gliding

    def _on_changed(self, changes: Changes) -> None:
        step = self._gone_through()
        gone = {each.id for each in changes if isinstance(each, BoxChange)}
        if self._since is not None:
            return
        if step is not None and gone & self._start.keys():
            self._taken.add(step)
        elif step in self._taken:
            self._start = self._places(gone)
        else:
            return
        if len(self._start) > MOST_GLIDING or not motion.is_wanted(self._view.session.settings.animation):
            self._start = {}
            return
        self._since = self.clock()
        self._timer.start()

    def _gone_through(self) -> Step | None:
        """The step that was made just now, taken back or made again; None where several were, or none was."""
        before, now = self._step, self._view.session.document.undo_stack.present
        self._step = now
        if before is None or before is now:
            return None
        return now if now.parent is before else before if before.parent is now else None

    def _places(self, ids: Iterable[str]) -> dict[str, Rect]:
        """Where some states are drawn, with all in them; the picture has not heard of what was done to them yet."""
        chart, picture = self._view.session.document.chart, self._view.picture
        inside = {each.id for id in ids if id in chart.states for each in queries.descendants(chart, id)}
        return {id: rect for id in (*ids, *inside) if (rect := picture.rect(id)) is not None}

    def advance(self) -> None:
        """Be where the states are to be by now."""
        if self._since is None or self.clock() - self._since >= GLIDE:
            self._since, self._start = None, {}
            self._timer.stop()
        self._view.viewport().update()

    def _paint_glide(self, painter: QPainter, ratio: float) -> None:
        """The cards on their way, over a drawing that comes up behind them."""
        assert self._since is not None
        view = self._view
        share = min((self.clock() - self._since) / GLIDE, 1.0)
        eased = share * share * (3 - 2 * share)
        painter.setOpacity(1 - eased)
        painter.fillRect(view.viewport().rect(), color(view.theme.ground))
        painter.setOpacity(1.0)
        self._enter(painter)
        ink, picture = inks(view.theme), view.picture
        shapes = sorted(
            (picture.states[id] for id in self._start if id in picture.states),
            key=lambda shape: (shape.level, shape.is_region, shape.id),
        )
        for shape in shapes:
            old, new = self._start[shape.id], shape.rect
            at = QPointF((old.x - new.x) * (1 - eased), (old.y - new.y) * (1 - eased))
            painter.save()
            painter.translate(at)
            painter_states.paint_states(painter, ink, [(shape, painter_states.art(picture, shape))])
            painter.restore()
        painter.restore()


def _is_seen(seen: Rect, *places: Rect | None) -> bool:
    return any(place is not None and seen.intersects(place) for place in places)
