"""ChartView: the picture in a widget. A base image and an overlay; Qt's events become tools' samples."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from editor import collecting
from editor.canvas import comparing
from editor.canvas.accessible import Accessible
from editor.canvas.answering import Answering
from editor.canvas.autoscroll import Autoscroll
from editor.canvas.base_image import BaseImage
from editor.canvas.camera import Camera
from editor.canvas.dividers import divider_at
from editor.canvas.first_sight import FirstSight
from editor.canvas.flaws import Flaws
from editor.canvas.focus_ring import FocusRing
from editor.canvas.following import Following
from editor.canvas.handles import REACH, RESIZE, Handle, handle_at, handles_of, hover_after
from editor.canvas.labelling import Labelling
from editor.canvas.lens import Lens
from editor.canvas.lettering import Lettering
from editor.canvas.lifting import Lifting
from editor.canvas.looking_on import LookingOn
from editor.canvas.measure import FontMeasure
from editor.canvas.minimap import Minimap
from editor.canvas.navigating import Navigating
from editor.canvas.notifying import Notifying
from editor.canvas.opening import Opening
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.pointing import CURSORS, key_of, pointer_of
from editor.canvas.proposing import Proposing
from editor.canvas.running import Running
from editor.canvas.settling import Settling
from editor.canvas.surface import ViewSurface
from editor.canvas.telling import told
from editor.canvas.theme import Theme, load_theme
from editor.canvas.touching import FINGERS, Touching
from editor.canvas.visiting import Visiting
from editor.canvas.wishes import Wishes
from editor.commands import laying_out
from editor.errors import EditorError
from editor.geometry import Point, Rect
from editor.model.changes import Changes
from editor.session import Session
from editor.tools import toolbox
from editor.tools.base import Hit, HitKind, KeyInput, Modifier, PointerInput, Scene, Tool

Sample = TypeVar("Sample", PointerInput, KeyInput, str)

REST = 60
"""Milliseconds without panning or zooming after which the picture is painted as it should be."""
FRAME = 16
"""Milliseconds between frames of what is painted bit by bit."""
PATIENCE = 24
"""Transitions of a very large chart that are routed in one frame, when many come near at once."""


class ChartView(QGraphicsView):
    """The canvas of one session. The document is the truth; what is here is only what is seen of it."""

    zoom_changed = Signal(float)
    hovered = Signal(str)
    seen = Signal()
    """The document was painted for the first time."""

    def __init__(self, session: Session, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accessible = Accessible(self)
        self.session = session
        self.camera = Camera()
        self.theme = theme or load_theme("light")
        self.measure = FontMeasure()
        self.overlay = Overlay()
        self.handles: list[Handle] = []
        self.surface = ViewSurface(self)
        self.labelling = Labelling(self)
        self.flaws = Flaws(session, self.viewport())
        self.autoscroll = Autoscroll(self)
        self.lettering = Lettering(self)
        self.lens = Lens(self)
        self.navigating = Navigating(self)
        self.touching = Touching(self)
        self.ring = FocusRing(self.viewport())
        self.settling = Settling(self)
        self.first_sight = FirstSight(self)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._on_rest)
        self._more = QTimer(self, singleShot=True, interval=FRAME)
        self._more.timeout.connect(self.viewport().update)
        self.proposing = Proposing(self)
        self._set_up_widget()
        self._open()
        self.minimap = Minimap(self)
        session.document_replaced.subscribe(self._on_document_replaced)
        session.changed.subscribe(self._on_changed)
        session.selection_changed.subscribe(self._on_selection_changed)
        session.proposed.changed.subscribe(self.refresh_handles)
        session.tool_changed.subscribe(self._on_tool_changed)
        self.running = Running(self)
        self.looking = LookingOn(self)
        session.comparison.changed.subscribe(self._on_comparison_changed)
        self.visiting = Visiting(self)
        self.opening = Opening(self)
        self.following = Following(self)
        self.wishes = Wishes(self)
        self.answering = Answering(self)
        self._takers = (self.lettering, self.following, self.proposing)
        self.notifying = Notifying(self, self.accessible)

    def _set_up_widget(self) -> None:
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Chart")
        self.viewport().setAccessibleName("On the canvas")

    def _open(self) -> None:
        document = self.session.document
        with collecting.lasting():
            self.picture = Picture(document.chart, document.diagram, self.measure, hurries=True)
        self.painter = ChartPainter(self.picture, self.theme)
        self.painter.patience = PATIENCE
        self.base = BaseImage(self.painter)
        self.lifting = Lifting(document, self.painter, self.base)
        self.tool: Tool = self._make_tool()
        self.labelling.forget()
        self.first_sight.wait()
        self.refresh()

    def _make_tool(self) -> Tool:
        return toolbox.entry(self.session.tool_id).tool(Scene(self.session.document, self.surface))

    # what is where

    @property
    def zoom(self) -> float:
        """Device-independent pixels per chart unit."""
        return self.camera.zoom

    @property
    def offset(self) -> QPointF:
        """Where the chart's origin is in the viewport."""
        return QPointF(self.camera.x, self.camera.y)

    @property
    def is_busy(self) -> bool:
        """Whether hands are at work: something is dragged, or was panned or zoomed just now."""
        return self._rest.isActive() or self.session.document.is_in_gesture

    def to_chart(self, at: QPointF) -> Point:
        """A place of the viewport in chart units."""
        return self.camera.to_chart(at.x(), at.y())

    def to_view(self, at: Point) -> QPointF:
        """A place of the chart in the viewport."""
        return QPointF(*self.camera.to_view(at))

    def rect_to_view(self, rect: Rect) -> QRect:
        """A rectangle of the chart in the viewport."""
        return QRect(*map(round, self.camera.rect_to_view(rect)))

    def hit(self, at: Point) -> Hit:
        """What lies under a place: a handle of the selection, else a ghost, a divider or what the picture has there."""
        over = handle_at(self.handles, at, self.zoom) or self.proposing.hit(at)
        if over is not None:
            return over
        found = self.picture.hit(at, REACH / self.zoom)
        is_state = found.kind is HitKind.STATE
        return (divider_at(self.picture, found.id, at, RESIZE / self.zoom) if is_state else None) or found

    # showing

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme; nothing happens in the one that is shown."""
        if theme is self.theme:
            return
        self.theme = theme
        self.painter.theme = theme
        self.base.drop()
        self.viewport().update()

    def dim(self) -> None:
        """Dim what is still while a run or a lens is shown, so that what counts stands out of it."""
        is_dimmed = self.session.simulator is not None or self.looking.is_dimming
        lights = self.overlay.lights if self.looking.is_dimming else None
        if is_dimmed is not self.painter.is_dimmed or lights is not self.painter.lights:
            self.painter.is_dimmed, self.painter.lights = is_dimmed, lights
            self.base.drop()
        self.viewport().update()

    def set_zoom(self, zoom: float, about: QPointF | None = None) -> None:
        """Zoom, keeping a place of the viewport where it is; by default its middle, if something is seen then."""
        self.navigating.zoom_to(zoom, about or QPointF(self.viewport().rect().center()))
        if about is None:
            self.navigating.keep_in_sight()

    def zoom_in(self) -> None:
        """One step closer."""
        self.set_zoom(self.zoom * 1.25)

    def zoom_out(self) -> None:
        """One step away."""
        self.set_zoom(self.zoom / 1.25)

    def fit(self) -> None:
        """Show the whole chart, no closer than 100 %."""
        self._show_rect(self.picture.bounds(), self.wishes.scale)

    def zoom_to_selection(self) -> None:
        """Show what is selected, no closer than 200 %."""
        rects = [rect for id in self.session.selection.ids if (rect := self.rect_of(id)) is not None]
        around = Rect.around(rects)
        if around is not None:
            self._show_rect(around, 2 * self.wishes.scale)

    def rect_of(self, id: str) -> Rect | None:
        """Where an element is drawn, in the chart; None when it is not."""
        shape = self.picture.transitions.get(id)
        if shape is not None:
            return shape.area
        if id == self.picture.chart.root_id:
            return (self.picture.machine.shape or self.picture.machine.planned()).rect
        marks = self.overlay.comparison
        return self.picture.rect(id) or (marks.rect(id) if marks is not None else None)

    def _show_rect(self, rect: Rect, closest: float) -> None:
        size = self.viewport().width(), self.viewport().height()
        self.show_camera(self.camera.showing(rect, *size, closest))

    def show_camera(self, camera: Camera) -> None:
        """See another part of the chart at another zoom."""
        self.look(camera)
        self.zoom_changed.emit(self.zoom)

    def reveal(self, *ids: str) -> None:
        """Bring elements into sight, unless they are in sight."""
        self.opening.include(*ids)
        around = Rect.around([rect for id in ids if (rect := self.rect_of(id)) is not None])
        if around is not None:
            camera = self.camera.revealing(around, self.viewport().width(), self.viewport().height())
            if camera != self.camera:
                self.show_camera(camera)

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by whole pixels."""
        self.look(self.camera.panned(dx, dy))

    def edit_label(self, id: str, part: str = "") -> None:
        """Open the text field over a state's name, a line of its card, or a transition's label."""
        self.labelling.open(id, part)

    def set_cursor(self, name: str) -> None:
        """Show a cursor by its name among tools."""
        if not self.navigating.is_busy:
            self.viewport().setCursor(CURSORS.get(name, Qt.CursorShape.ArrowCursor))

    def look(self, camera: Camera) -> None:
        """See another part of the chart, or the same otherwise."""
        self.camera = camera
        self._rest.start()
        self.labelling.close()
        self.refresh()

    def _on_rest(self) -> None:
        """Motion has ended: what was stretched or shifted is painted as it should be."""
        self.settling.begin()
        self.base.settle()
        self.viewport().update()

    def refresh(self) -> None:
        """Show what may be otherwise now, with the handles where they are."""
        self.refresh_handles()
        self.viewport().update()

    def refresh_handles(self) -> None:
        """Put the handles where what they belong to is drawn now."""
        self.handles = handles_of(self)

    # listening

    def _on_document_replaced(self) -> None:
        self.tool.cancel()
        self._open()
        self.fit()

    def _on_changed(self, changes: Changes) -> None:
        self.lifting.follow(changes)
        self.settling.follow(changes)
        self.first_sight.hurry()
        if self.session.document.is_in_gesture:
            self._rest.start()
        self.refresh()

    def _on_selection_changed(self) -> None:
        self.overlay.selected = frozenset(self.session.selection.ids)
        self.refresh()

    def _on_tool_changed(self) -> None:
        self.tool.cancel()
        self.tool = self._make_tool()
        self.refresh()

    def _on_comparison_changed(self) -> None:
        shown = self.session.comparison.value
        self.overlay.comparison = comparing.marks(shown, self.measure) if shown is not None else None
        self.viewport().update()

    # pointer and keys

    def _guarded(self, deed: Callable[[Sample], object], sample: Sample) -> None:
        """Give a sample to a tool's handler; what it may not do is told, and leaves no trace."""
        try:
            deed(sample)
        except EditorError as error:
            self.tool.cancel()
            self.session.say(str(error))
        self.refresh()

    def _press(self, event: QMouseEvent, clicks: int) -> None:
        self.ring.go()
        self.settling.before_press()
        hit = self.hit(at := self.to_chart(event.position()))
        if self.navigating.press(event, is_on_ground=hit.kind is HitKind.NOTHING):
            return
        self.labelling.close()
        self.lettering.end()
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and (self.running.fires(hit) or self.opening.follows(event, hit)):
            return
        if self.labelling.notes.follows(event, hit, at) or (clicks > 1 and self.labelling.opens_machine(at)):
            return
        self._guarded(self.tool.press, pointer_of(event, at, hit, self.zoom, clicks))

    def choose(self, id: str) -> None:
        """Hand an element that was chosen by letters to the tool."""
        self._guarded(self.tool.choose, id)

    def _escape(self) -> None:
        if self.lettering.end():
            return
        if self.tool.is_at_rest and (self.session.looking.end() or laying_out.turn_down(self.session)):
            return
        self.session.comparison.put(None)
        self._guarded(self.tool.key, KeyInput(key="Escape", modifiers=Modifier.NONE))
        if self.session.tool_id != "select":
            self.session.set_tool("select")

    def _on_hover(self, id: str) -> None:
        if id != self.overlay.hover:
            self.overlay.hover = id
            self.hovered.emit(id)
            self.refresh()

    # overrides of Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint base and overlay."""
        self.first_sight.come()
        self.lifting.put_down()
        self.settling.before_painting()
        ratio = self.viewport().devicePixelRatioF()
        size = self.viewport().size() * ratio
        image = self.base.image(size, self.zoom * ratio, self.offset * ratio, in_motion=self._rest.isActive())
        painter = QPainter(self.viewport())
        try:
            image.setDevicePixelRatio(ratio)
            painter.drawImage(0, 0, image)
            image.setDevicePixelRatio(1.0)
            self.proposing.paint(painter)
            self.surface.paint(painter, ratio)
        finally:
            painter.end()
        if self.base.is_unfinished:
            self._more.start()
        self.first_sight.tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size shows more or less to the right and below; what is seen stays where it is."""
        super().resizeEvent(event)
        self.minimap.place()
        self.refresh()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hand a press to the tool."""
        self._press(event, 1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Hand a second press to the tool."""
        self._press(event, 2)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan, or hand a move to the tool."""
        if self.navigating.move(event):
            return
        self.surface.pointer = event.position()
        at = self.to_chart(event.position())
        # what is dragged lies under the pointer, and no tool asks what else does before it is let go
        hit = Hit() if self.session.document.is_in_gesture else self.hit(at)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._on_hover(hover_after(self.picture, self.overlay.hover, hit, at, self.zoom))
        self.labelling.notes.point(hit, at)
        self._guarded(self.tool.move, pointer_of(event, at, hit, self.zoom, 1))
        self.autoscroll.follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End panning, or hand a release to the tool."""
        if self.navigating.release(event):
            return
        self.autoscroll.stop()
        at = self.to_chart(event.position())
        self._guarded(self.tool.release, pointer_of(event, at, self.hit(at), self.zoom, 1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom; what is dragged goes along."""
        self.navigating.wheel(event)
        self.autoscroll.drag_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pans while it is held, Escape ends a gesture; the rest goes to tool and window."""
        if event.key() == Qt.Key.Key_Space:
            self.navigating.hold_space(is_down=True)
            return
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return
        if any(each.take(event) for each in self._takers):
            return
        if event.key() == Qt.Key.Key_Z and not event.modifiers():
            self.lens.hold(is_held=True)
            return
        key = key_of(event)
        is_taken = self.tool.phase.wants(key.key)
        self._guarded(self.tool.key, key)
        event.setAccepted(is_taken)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space up ends panning by hand, Z up puts the lens away."""
        if event.key() == Qt.Key.Key_Z and not event.isAutoRepeat():
            self.lens.hold(is_held=False)
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.navigating.hold_space(is_down=False)
            return
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What has the keyboard is read out."""
        super().focusInEvent(event)
        self.ring.come(event)
        self.notifying.focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The space bar may go up elsewhere."""
        self.ring.go()
        self.navigating.leave()
        self.lettering.end()
        self.lens.hold(is_held=False)
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """A key that means something to the tool is no shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            is_wanted = any(each.wants(event) for each in self._takers)
            if is_wanted or (bare and self.tool.phase.wants(key_of(event).key)):
                event.accept()
                return True
        return bool(super().event(event))

    def viewportEvent(self, event: QEvent) -> bool:
        """Fingers are heard; leaving ends hovering; what is wrong with an element is told where the pointer rests."""
        if event.type() in FINGERS and self.touching.take(event):
            return True
        if event.type() == QEvent.Type.ToolTip:
            self.flaws.tell(event, self.overlay.hover, told(self, self.overlay.hover))
            return True
        if event.type() == QEvent.Type.Leave:
            self._on_hover("")
            self.surface.pointer = None
        return bool(super().viewportEvent(event))
