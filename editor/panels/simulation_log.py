"""The steps of the run: what came in, what was left, taken and entered, what was called; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QTreeWidget, QTreeWidgetItem

from editor.completion.tips import plain
from editor.engine.simulator import Simulator
from editor.engine.trace import TraceEntry, same_steps
from editor.model import labels
from editor.model.chart import Chart
from editor.model.durations import format_duration, parse_duration
from editor.model.elements import TriggerKind
from editor.panels.icons import icon

MOST_LINES = 200


class StepLog(QTreeWidget):
    """A row per step, with what it did below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Steps of the run")
        self.setColumnCount(2)
        self.setHeaderLabels(["Steps", "At"])
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)
        self._entries: list[TraceEntry] = []
        self._cursor = 0
        self._simulator: Simulator | None = None
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)

    def show_run(self, simulator: Simulator, chart: Chart) -> None:
        """Show the trace; only steps that are not shown yet are added."""
        if simulator is not self._simulator:
            self.clear()
            self._entries = []
            self._simulator = simulator
        common = same_steps(self._entries, simulator.trace)
        while self.topLevelItemCount() > common:
            self.takeTopLevelItem(common)
        for place, entry in enumerate(simulator.trace[common:], start=common):
            self._add(place, entry, chart)
        self._entries[common:] = simulator.trace[common:]
        self._show_cursor(simulator.cursor)

    def _add(self, place: int, entry: TraceEntry, chart: Chart) -> None:
        row = QTreeWidgetItem(self, [entry.title, format_duration(round(entry.outcome.snapshot.clock))])
        row.setData(0, Qt.ItemDataRole.UserRole, place)
        palette = QApplication.palette()
        simulator = self._simulator
        leaves = simulator.machine.leaf_names(entry.outcome.snapshot.active) if simulator is not None else ()
        for text, role in step_lines(entry, chart, leaves)[:MOST_LINES]:
            line = QTreeWidgetItem(row, [text])
            line.setToolTip(0, plain(text))
            line.setData(0, Qt.ItemDataRole.UserRole, place)
            if role is not None:
                line.setForeground(0, palette.brush(role))
        if entry.outcome.failures:
            row.setForeground(0, palette.brush(QPalette.ColorRole.BrightText))
        row.setExpanded(True)

    def _show_cursor(self, cursor: int) -> None:
        former = self.topLevelItem(self._cursor)
        if former is not None:
            self._mark(former, is_cursor=False)
        self._cursor = cursor
        current = self.topLevelItem(cursor)
        if current is None:
            return
        self._mark(current, is_cursor=True)
        last = current.child(current.childCount() - 1)
        if last is not None:
            self.scrollToItem(last)
        self.scrollToItem(current)

    def _mark(self, row: QTreeWidgetItem, *, is_cursor: bool) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if is_cursor else QFont.Weight.Normal)
        row.setFont(0, font)
        row.setIcon(0, icon("cursor", QPalette.ColorRole.Link) if is_cursor else QIcon())

    def _go(self, row: QTreeWidgetItem, column: int = 0) -> None:
        if self._simulator is not None:
            self._simulator.go_to(int(row.data(0, Qt.ItemDataRole.UserRole)))


def step_lines(
    entry: TraceEntry, chart: Chart, leaves: Sequence[str] = ()
) -> list[tuple[str, QPalette.ColorRole | None]]:
    """What a step did, in order, with the colour of lines that stand out; `leaves`: what is active after it."""
    lines: list[tuple[str, QPalette.ColorRole | None]] = []
    quiet = QPalette.ColorRole.PlaceholderText
    for microstep in entry.outcome.microsteps:
        lines += [(f"← {_key(chart, id)}", quiet) for id in microstep.exited]
        lines += [(_transition(chart, id), None) for id in microstep.transitions]
        lines += [(f"→ {_key(chart, id)}", quiet) for id in microstep.entered if id != chart.root_id]
    lines += [(f"/ {name}", None) for name in entry.outcome.actions]
    lines += [(f"log {text}", quiet) for text in entry.outcome.logs]
    lines += [(f"sent {text}", quiet) for text in entry.outcome.sent]
    lines += [(text, quiet) for text in entry.outcome.notices]
    if lines:  # what was sent in the step itself, or came in beside a step that a delay made
        lines += [(f"{name} was dropped: nothing answers it", quiet) for name in _dropped(entry)]
    lines += [(f"✕ {failure}", QPalette.ColorRole.BrightText) for failure in entry.outcome.failures]
    if not lines and entry.deed is None:
        return [(f"→ {name}", quiet) for name in leaves]
    return lines or [("Nothing answered it", quiet)]


def _dropped(entry: TraceEntry) -> list[str]:
    """The events that nothing answered, but for what the machine tells itself: ends, errors and delays."""
    return [each for each in entry.outcome.unhandled if not each.startswith(("done.", "error.", "after."))]


def _key(chart: Chart, id: str) -> str:
    state = chart.states.get(id)
    return state.key if state is not None else "?"


def _transition(chart: Chart, id: str) -> str:
    transition = chart.transitions.get(id)
    if transition is None:
        return "?"
    text, trigger = labels.label_text(chart, transition), transition.trigger
    length = parse_duration(trigger.text) if trigger.kind is TriggerKind.AFTER else None
    if length is not None:  # as the canvas and the clock tell it
        text = text.replace(f"after {trigger.text}", f"after {format_duration(length)}", 1)
    return text or "always"
