"""The clock of the run: let it go at some speed, move it by an amount, or to the next delay that ends."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.completion.tips import plain
from editor.engine.pending import Pending
from editor.engine.simulator import Simulator
from editor.model.durations import format_duration, parse_typed
from editor.panels.elided import ElidedLabel
from editor.panels.fields import Choice, mark_wrong
from editor.panels.icons import icon

TICK = 50
"""Milliseconds between two looks at the real clock."""
SPEEDS = (("¼×", 0.25), ("1×", 1.0), ("4×", 4.0), ("20×", 20.0))
MOST_TIMERS = 6


class ClockPart(QWidget):
    """Shows and moves the clock; it plays as long as the newest step is shown and no question is open."""

    def __init__(self) -> None:
        super().__init__()
        self._simulator: Simulator | None = None
        self._real = QElapsedTimer()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._tick)
        self.time = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.time.setObjectName("title")
        self.play = _button("run", "Let the clock run", self._toggle)
        self.next = _button("timer", "To the next delay that ends", self._to_next)
        self.speed = Choice()
        for name, factor in SPEEDS:
            self.speed.addItem(name, factor)
        self.speed.setCurrentIndex(1)
        self.speed.setToolTip("Speed of the clock")
        self.speed.setAccessibleName("Speed of the clock")
        self.amount = QLineEdit("1 s")
        self.amount.setAccessibleName("Time to advance by")
        self.amount.returnPressed.connect(self._advance)
        self.go = QPushButton("Advance")
        self.go.clicked.connect(self._advance)
        self.timers = ElidedLabel()
        self.timers.setObjectName("hint")
        self.timers.setWordWrap(True)
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.time, 1)
        for widget in (self.play, self.speed, self.next):
            row.addWidget(widget)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.amount, 1)
        below.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.timers)
        column.addLayout(below)

    def show_run(self, simulator: Simulator) -> None:
        """Show the clock and the delays of this run."""
        self._simulator = simulator
        is_past = simulator.cursor < len(simulator.trace) - 1
        if simulator.snapshot.is_done or simulator.question is not None or is_past:
            self.pause()
        for widget in (self.play, self.amount, self.go):
            widget.setEnabled(not simulator.snapshot.is_done)
        self.show_time()

    def show_time(self) -> None:
        """Show how late it is and what the delays have left."""
        simulator = self._simulator
        if simulator is None:
            return
        due = [each for each in simulator.pending if each.timer.due != float("inf")]
        lines = [_timer_text(each, simulator.now) for each in due[:MOST_TIMERS]]
        if len(due) > MOST_TIMERS:
            lines.append(f"and {len(due) - MOST_TIMERS} more")
        self.timers.setText("\n".join(lines))
        self.timers.setVisible(bool(lines))
        self.next.setEnabled(bool(due))
        self.time.setText(format_duration(round(simulator.now)))

    @property
    def is_playing(self) -> bool:
        """Whether the clock runs by itself."""
        return self._timer.isActive()

    def pause(self) -> None:
        """Let the clock stand still."""
        self._timer.stop()
        self.play.setIcon(icon("run"))

    def _toggle(self) -> None:
        if self.is_playing:
            self.pause()
            return
        self._real.start()
        self._timer.start()
        self.play.setIcon(icon("pause"))

    def _tick(self) -> None:
        self.run_for(self._real.restart() * float(self.speed.currentData()))

    def run_for(self, milliseconds: float) -> None:
        """Let this much of the run's time go by; only delays that end become steps."""
        if self._simulator is not None:
            self._simulator.elapse(milliseconds)

    def _to_next(self) -> None:
        if self._simulator is not None:
            self._simulator.advance_to_next_timer()

    def _advance(self) -> None:
        milliseconds = parse_typed(self.amount.text())
        mark_wrong(self.amount, is_wrong=milliseconds is None)
        if milliseconds is not None and self._simulator is not None:
            self._simulator.advance(milliseconds)


def _button(name: str, tip: str, act: Callable[[], None]) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(name))
    made.setToolTip(plain(tip))
    made.setAccessibleName(tip)
    made.clicked.connect(lambda: act())
    return made


def _timer_text(pending: Pending, clock: float) -> str:
    timer = pending.timer
    if pending.source:
        name = f"{pending.source} after {format_duration(round(timer.length))}"
    else:
        name = timer.event.name if timer.event is not None else timer.id
    place = f", in {' › '.join(pending.inside)} (session {pending.session})" if pending.inside else ""
    return f"{name}: {format_duration(round(timer.due - clock))} left{place}"
