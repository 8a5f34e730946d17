"""The simulation panel: what can be sent, asked and answered, the clock, the context and the steps of the run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.commands import simulate
from editor.commands.completing import Completer
from editor.completion.completion import Completion
from editor.completion.tips import plain
from editor.engine.simulator import Simulator
from editor.errors import EditorError
from editor.model.slots import Grammar
from editor.panels.icons import icon
from editor.panels.simulation_clock import ClockPart
from editor.panels.simulation_context import ContextTree
from editor.panels.simulation_events import EventsPart, QuestionPart
from editor.panels.simulation_log import StepLog
from editor.panels.simulation_services import ServicesPart
from editor.session import Session


class SimulationPanel(QWidget):
    """Everything about the run that is shown; a hint while there is none."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._unsubscribe: list[Callable[[], None]] = []
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Simulation")
        self.clock = ClockPart()
        self.events = EventsPart()
        Completion(self.events.line, Completer(session), Grammar.EVENT, "")
        self.question = QuestionPart()
        self.services = ServicesPart()
        self.context = ContextTree()
        self.log = StepLog()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._idle_page())
        self._stack.addWidget(self._run_page())
        session.simulator_changed.subscribe(self._on_simulator)
        session.stale_changed.subscribe(self._show_stale)
        self._on_simulator()

    def _idle_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        hint = QLabel("Nothing runs. Run the chart to send it events and watch it on the canvas.")
        hint.setWordWrap(True)
        hint.setObjectName("hint")
        self.run_button = QPushButton("Run")
        self.run_button.setObjectName("primary")
        self.run_button.clicked.connect(self._start)
        column.addWidget(hint)
        column.addWidget(self.run_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _run_page(self) -> QWidget:
        top = QWidget()
        top.setObjectName("page")
        column = QVBoxLayout(top)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._make_banner())
        column.addLayout(self._make_controls())
        column.addWidget(self.question)
        for title, part in (("Events", self.events), ("Services", self.services), ("Clock", self.clock)):
            label = QLabel(title, textFormat=Qt.TextFormat.PlainText)
            label.setObjectName("section")
            column.addWidget(label)
            column.addWidget(part)
            if part is self.services:
                self._services_title = label
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName("Controls of the run")
        area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(top)
        splitter = QSplitter(Qt.Orientation.Vertical)
        for widget in (area, self.context, self.log):
            splitter.addWidget(widget)
        splitter.setSizes([440, 120, 180])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _make_banner(self) -> QWidget:
        self.banner = QFrame()
        self.banner.setObjectName("banner")
        text = QLabel("The chart was changed since the run began.")
        text.setWordWrap(True)
        self.restart_button = QPushButton("Restart")
        self.restart_button.clicked.connect(self._restart)
        row = QHBoxLayout(self.banner)
        row.setContentsMargins(10, 6, 6, 6)
        row.addWidget(text, 1)
        row.addWidget(self.restart_button)
        return self.banner

    def _make_controls(self) -> QHBoxLayout:
        self.place = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.place.setObjectName("hint")
        row = QHBoxLayout()
        row.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        for name, tip, act in (
            ("reset", "Begin again", Simulator.reset),
            ("back", "Step back", Simulator.back),
            ("forward", "Step forward", Simulator.forward),
        ):
            button = QToolButton()
            button.setIcon(icon(name))
            button.setToolTip(plain(tip))
            button.setAccessibleName(tip)
            button.clicked.connect(partial(self._on_run, act))
            self.buttons[name] = button
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.place, 1)
        return row

    def _on_run(self, act: Callable[[Simulator], None], *_: object) -> None:
        if self._session.simulator is not None:
            act(self._session.simulator)

    def _start(self) -> None:
        try:
            simulate.start(self._session)
        except EditorError as error:
            self._session.say(str(error))

    def _restart(self) -> None:
        try:
            simulate.restart_run(self._session)
        except EditorError as error:
            self._session.say(str(error))

    # the run

    def _on_simulator(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe = []
        self.clock.pause()
        simulator = self._session.simulator
        if simulator is not None:
            self._unsubscribe = [
                simulator.stepped.subscribe(lambda entry: self._show()),
                simulator.moved.subscribe(self._show),
                simulator.asked.subscribe(self._show),
                simulator.ticked.subscribe(self.clock.show_time),
            ]
        self._stack.setCurrentIndex(0 if simulator is None else 1)
        self._show_stale()
        self._show()

    def _show_stale(self) -> None:
        self.banner.setVisible(self._session.is_stale)

    def _show(self) -> None:
        """Show where the run is. Keys do not go on to the next field, as digits, when the one that had them goes."""
        focused = QApplication.focusWidget()
        self._show_run()
        if focused is not None and self.isAncestorOf(focused) and not focused.isVisibleTo(self):
            self.setFocus()

    def _show_run(self) -> None:
        simulator = self._session.simulator
        if simulator is None:
            return
        chart = self._session.document.chart
        self.question.show_run(simulator)
        self.events.show_run(simulator)
        self.services.show_run(simulator)
        self._services_title.setVisible(not self.services.isHidden())
        self.clock.show_run(simulator)
        self.context.show_run(simulator)
        self.log.show_run(simulator, chart)
        self.place.setText(f"Step {simulator.cursor} of {max(len(simulator.trace) - 1, 0)}")
        self.buttons["back"].setEnabled(simulator.cursor > 0)
        self.buttons["forward"].setEnabled(simulator.cursor < len(simulator.trace) - 1)
