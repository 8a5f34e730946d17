"""The timeline: the active leaves of the run as bars on a time axis of steps; a click goes to a step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedLayout, QWidget

from editor.engine.simulator import Simulator
from editor.engine.trace import TraceEntry, same_steps
from editor.model.durations import format_duration
from editor.session import Session

STEP = 72
ROW = 22
HEAD = 40
NAMES = 140


class _Bars(QWidget):
    """The drawing: a column per step, a row per state that was a leaf once."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline")
        self._simulator: Simulator | None = None
        self.names: list[str] = []
        self._entries: list[TraceEntry] = []
        self._leaves: list[frozenset[str]] = []

    def show_run(self, simulator: Simulator | None) -> None:
        """Show the trace of a run."""
        trace = simulator.trace if simulator is not None else []
        common = same_steps(self._entries, trace) if simulator is self._simulator else 0
        is_longer = common == len(self._leaves)
        self._simulator = simulator
        self._entries[common:] = trace[common:]
        del self._leaves[common:]
        if simulator is not None:
            for entry in trace[common:]:
                leaves = simulator.machine.leaf_names(entry.outcome.snapshot.active)
                self._leaves.append(frozenset(leaves))
        fresh = [name for leaves in self._leaves[common if is_longer else 0 :] for name in sorted(leaves)]
        self.names = list(dict.fromkeys([*self.names, *fresh] if is_longer else fresh))
        self.setMinimumSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all steps and rows."""
        return QSize(NAMES + STEP * len(self._leaves) + 16, HEAD + ROW * len(self.names) + 8)

    def place_at(self, x: float) -> int:
        """The step at a place, which need not exist."""
        return int((x - NAMES) // STEP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step that was clicked."""
        if self._simulator is not None and event.position().x() >= NAMES:
            self._simulator.go_to(self.place_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from step to step."""
        if self._simulator is not None and event.key() == Qt.Key.Key_Left:
            self._simulator.back()
        elif self._simulator is not None and event.key() == Qt.Key.Key_Right:
            self._simulator.forward()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the steps that are in sight."""
        if self._simulator is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = max(self.place_at(event.rect().left()) - 1, 0)
        last = min(self.place_at(event.rect().right()) + 1, len(self._leaves) - 1)
        self._draw_cursor(painter)
        self._draw_names(painter)
        for place in range(first, last + 1):
            self._draw_step(painter, place)

    def _draw_cursor(self, painter: QPainter) -> None:
        cursor = self._simulator.cursor if self._simulator is not None else 0
        column = QRectF(NAMES + cursor * STEP, 0, STEP, self.height())
        painter.fillRect(column, self.palette().color(QPalette.ColorRole.Highlight))

    def _draw_names(self, painter: QPainter) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        for row, name in enumerate(self.names):
            place = QRectF(10, HEAD + row * ROW, NAMES - 18, ROW)
            text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, int(place.width()))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_step(self, painter: QPainter, place: int) -> None:
        assert self._simulator is not None
        entry = self._simulator.trace[place]
        x = NAMES + place * STEP
        metrics = painter.fontMetrics()
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, STEP - 10)
        painter.drawText(QRectF(x + 5, 2, STEP - 8, 18), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        clock = format_duration(round(entry.outcome.snapshot.clock))
        painter.drawText(QRectF(x + 5, 19, STEP - 8, 16), Qt.AlignmentFlag.AlignVCenter, clock)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Midlight), 1))
        painter.drawLine(QPointF(x + 0.5, 0), QPointF(x + 0.5, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Accent))
        for row, name in enumerate(self.names):
            if name in self._leaves[place]:
                self._draw_bar(painter, place, row, name)

    def _draw_bar(self, painter: QPainter, place: int, row: int, name: str) -> None:
        begins = place == 0 or name not in self._leaves[place - 1]
        ends = place == len(self._leaves) - 1 or name not in self._leaves[place + 1]
        left, right = (5.0 if begins else 0.0), (5.0 if ends else 0.0)
        x, y = NAMES + place * STEP, HEAD + row * ROW
        bar = QRectF(x + left, y + 6, STEP - left - right, ROW - 12)
        assert self._simulator is not None
        color = QColor(painter.brush().color())
        color.setAlphaF(1.0 if place <= self._simulator.cursor else 0.4)
        painter.setBrush(color)
        painter.drawRoundedRect(bar, 4, 4)


class TimelinePanel(QWidget):
    """The timeline of the run that is shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._unsubscribe: list[Callable[[], None]] = []
        self.bars = _Bars()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName("Timeline of the run")
        self._area.setObjectName("bars")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(self.bars)
        empty = QLabel("Nothing runs. Run the chart to see its steps here.")
        empty.setObjectName("hint")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._area)
        session.simulator_changed.subscribe(self._on_simulator)
        self._on_simulator()

    def _on_simulator(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe = []
        simulator = self._session.simulator
        if simulator is not None:
            self._unsubscribe = [
                simulator.stepped.subscribe(lambda entry: self._show()),
                simulator.moved.subscribe(self._show),
            ]
        self._stack.setCurrentIndex(0 if simulator is None else 1)
        self._show()

    def _show(self) -> None:
        simulator = self._session.simulator
        self.bars.show_run(simulator)
        if simulator is not None:
            self._area.ensureVisible(NAMES + simulator.cursor * STEP + STEP // 2, 0, STEP * 2, 0)
