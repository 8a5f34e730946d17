"""A proposed drawing over the present one: ghosts, and the ways that states would go; keys take it or turn it down."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter

from editor.canvas import motion, painter_states
from editor.canvas.camera import Camera
from editor.canvas.ghosts import Ghosts
from editor.canvas.handles import REACH
from editor.canvas.inks import inks
from editor.canvas.picture import Picture
from editor.canvas.pins import Pins
from editor.canvas.settling import moment
from editor.canvas.theme import color
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
COVERED = 80
"""Pixels at the bottom of the viewport that the strip stands on."""
MOST_GLIDING = 150
"""States that glide; more of them at once are where they go at once."""
_AGAIN = Qt.KeyboardModifier.ShiftModifier


class Proposing:
    """What a view shows of a proposal. `clock` tells seconds."""

    def __init__(self, view: ChartView, clock: Callable[[], float] = time.monotonic) -> None:
        self._view = view
        self.clock = clock
        self.ghosts: Ghosts | None = None
        self._coming: tuple[Picture, Diagram] | None = None
        self._preparing: tuple[Ghosts, Iterator[None]] | None = None
        self._slices = QTimer(view, singleShot=True, interval=0)
        self._slices.timeout.connect(self._go_on)
        self.pins = Pins(view)
        self._cameras: tuple[Camera, Camera] | None = None
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
        return self.ghosts is not None

    @property
    def picture(self) -> Picture | None:
        """What ghosts show."""
        return self.ghosts.picture if self.ghosts is not None else None

    @property
    def moved(self) -> tuple[str, ...]:
        """The states whose ghosts are elsewhere."""
        return self.ghosts.moved if self.ghosts is not None else ()

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
            self._coming, self._preparing = (picture, answer.diagram), None
            self._go_on()
        view.viewport().update()

    def _go_on(self) -> None:
        """Draw for a moment what is to be shown; the window stands still no longer than that.

        It is shown when all of it is painted, so that nobody waits for that either.
        """
        if self._coming is None:
            return
        is_over = moment(self.clock)
        picture, diagram = self._coming
        was_hasty = picture.is_hasty
        picture.settle(is_over=is_over)
        if not picture.is_hasty and not (was_hasty and is_over()):
            self._preparing = self._preparing or self._prepared(picture, diagram)
            ghosts, bits = self._preparing
            for _ in bits:
                if is_over():
                    break
            else:
                self._show(ghosts)
                return
        self._slices.start()

    def _prepared(self, picture: Picture, diagram: Diagram) -> tuple[Ghosts, Iterator[None]]:
        """The ghosts, and the bits of work that are left to do before they are shown."""
        document = self._view.session.document
        ghosts = Ghosts(self._view, picture, accepting.moved(document.chart, document.diagram, diagram))
        return ghosts, ghosts.prepare(self._camera_for(ghosts))

    def _show(self, ghosts: Ghosts) -> None:
        view = self._view
        self._coming, self._preparing, self.ghosts = None, None, ghosts
        camera = self._camera_for(ghosts)
        if camera != view.camera:
            came_from = view.camera if self._cameras is None else self._cameras[0]
            view.show_camera(camera)
            self._cameras = came_from, view.camera
        view.refresh()

    def _camera_for(self, ghosts: Ghosts) -> Camera:
        """Sees all of what would move, no closer than now; the present camera if that does."""
        view = self._view
        around = Rect.around(rect for id in ghosts.moved if (rect := ghosts.picture.rect(id)) is not None)
        if around is None:
            return view.camera
        size = view.viewport().width(), view.viewport().height() - COVERED
        seen = view.camera.rect_to_view(around)
        if seen.x >= 0 and seen.y >= 0 and seen.right <= size[0] and seen.bottom <= size[1]:
            return view.camera
        both = Rect.around((around, view.picture.bounds())) or around
        return view.camera.showing(both, *size, view.zoom)

    def show_alone(self, id: str | None) -> None:
        """Show of the ghosts what is looked at alone, or all of them."""
        if self._coming is not None:
            self._shown = None
            self._follow()
        elif self.ghosts is not None and self.ghosts.picture.show_alone(id):
            self.ghosts.drop()

    def _leave(self) -> None:
        """Take the ghosts away; if the chart is given their places at once, it glides there."""
        if self.ghosts is not None:
            before = self._view.picture
            self._start = {id: rect for id in self.moved if (rect := before.rect(id)) is not None}
            QTimer.singleShot(0, self._view, self._stay)
        self._shown = self._coming = self._preparing = self.ghosts = None

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
        view, ghosts = self._view, self.ghosts
        if view.session.tool_id != "select":
            return None
        pin = self.pins.hit(at)
        if pin is not None or ghosts is None:
            return pin
        picture = ghosts.picture
        id = picture.hit(at, REACH / view.zoom).id
        if id in picture.states:
            is_ghost = ghosts.moves(id)
        else:
            is_ghost = id in picture.transitions and picture.route(id) != view.picture.route(id)
        return Hit(kind=HitKind.GHOST, id=id) if is_ghost else None

    def unmoved(self, *ids: str) -> list[str]:
        """Ids, with nothing instead of what ghosts cover: what lies below these has no handles."""
        ghosts = self.ghosts
        return ["" if ghosts is not None and ghosts.moves(id) else id for id in ids]

    # keys

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key answers a proposal, so that it is nothing else now. Nobody has to wait for the ghosts."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _AGAIN)
        return is_return and is_bare and (self.is_shown or self._coming is not None)

    def take(self, event: QKeyEvent) -> bool:
        """Answer a proposal by a key; whether it did."""
        if not self.wants(event):
            return False
        self._view.session.ask(AnswerProposal(only_selected=event.modifiers() == _AGAIN))
        return True

    # painting

    def paint(self, painter: QPainter) -> None:
        """Paint the ghosts over the drawing; the painter is in pixels of the viewport."""
        if self._since is not None:
            self._paint_glide(painter)
        if self.ghosts is not None:
            self.ghosts.paint(painter)

    def paint_marks(self, painter: QPainter) -> None:
        """Paint what tells of layouts, over all else: it stands on borders, where selected states have theirs."""
        self._enter(painter)
        self.pins.paint(painter)
        painter.restore()

    def _enter(self, painter: QPainter) -> None:
        """Let the painter be in chart units, until it is restored."""
        view = self._view
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(view.offset)
        painter.scale(view.zoom, view.zoom)

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

    def _paint_glide(self, painter: QPainter) -> None:
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
