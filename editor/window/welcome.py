"""What to do on an empty canvas, said in grey on the canvas itself until there is something on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from editor.canvas.view import ChartView
from editor.model.changes import Changes
from editor.window.menus import Actions

LEAST = 24
"""Pixels around the words below which they are in the way and hide."""
_ROWS = (
    ("Double-click", "", "draws a state"),
    ("Drag from its edge", "", "draws a transition"),
    ("", "simulate.toggle", "runs what is drawn"),
    ("", "find.any", "finds every command"),
    ("", "help.keys", "shows all keys"),
)
"""A gesture or a command by its id, and what it does."""


class Welcome(QWidget):
    """Words in the middle of a canvas while its chart is empty. The pointer goes through them."""

    def __init__(self, view: ChartView, actions: Actions) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._actions = actions
        self.is_wanted = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("The canvas is empty")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self.lines: list[tuple[QLabel, QLabel]] = []
        session = view.session
        session.changed.subscribe(self._on_changed)
        session.document_replaced.subscribe(self.refresh)
        actions.refreshed.connect(self.refresh)
        view.viewport().installEventFilter(self)
        self.refresh()

    def _make_lines(self) -> None:
        for _ in _ROWS:
            pair = QLabel(textFormat=Qt.TextFormat.PlainText), QLabel(textFormat=Qt.TextFormat.PlainText)
            for column, label in enumerate(pair):
                label.setObjectName("welcome" if column else "welcomeKey")
                side = Qt.AlignmentFlag.AlignLeft if column else Qt.AlignmentFlag.AlignRight
                self._grid.addWidget(label, len(self.lines), column, side | Qt.AlignmentFlag.AlignVCenter)
            self.lines.append(pair)

    def want(self, *, is_wanted: bool) -> None:
        """Whether nobody else says what to do."""
        self.is_wanted = is_wanted
        self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if not self.isHidden() or self._is_empty():
            self.refresh()

    def _is_empty(self) -> bool:
        return len(self._view.session.document.chart.states) == 1

    def refresh(self) -> None:
        """Be there while the chart is empty and there is room, with the keys as they are now."""
        if not self.is_wanted or not self._is_empty():
            self.hide()
            return
        if not self.lines:
            self._make_lines()
        for (gesture, id, what), (key, words) in zip(_ROWS, self.lines, strict=True):
            keys = self._actions.by_id[id].shortcuts() if id else []
            shown = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else gesture
            key.setText(shown)
            words.setText(what)
            for label in (key, words):
                label.setVisible(bool(shown))
        self._place()

    def _place(self) -> None:
        room = self._view.viewport().size()
        self.adjustSize()
        size = self.size()
        has_room = room.width() >= size.width() + 2 * LEAST and room.height() >= size.height() + 2 * LEAST
        self.move((room.width() - size.width()) // 2, (room.height() - size.height()) // 2)
        self.setVisible(has_room)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the canvas."""
        if event.type() is QEvent.Type.Resize and self.is_wanted and self._is_empty():
            self._place()
        return False
