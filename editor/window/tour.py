"""The card of the tour: says what to do next and points there, while the person works on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.canvas.view import ChartView
from editor.commands.touring import Place, Step, Tour
from editor.discarding import discard
from editor.panels.icons import icon
from editor.window.callout import BEAK, Callout
from editor.window.landmarks import Landmarks
from editor.window.menus import Actions

WIDTH = 300
AWAY = 12
"""Pixels from the edges of the window's room."""
CALM = 150
"""Milliseconds after which the card follows what moved on the canvas, unless hands are still at work."""
_PAD = 14


class TourBox(Callout):
    """Shows the steps of a tour over its window, which stays usable around it."""

    def __init__(self, view: ChartView, actions: Actions, landmarks: Landmarks) -> None:
        super().__init__(landmarks.window)
        self._window = landmarks.window
        self._view = view
        self._actions = actions
        self._landmarks = landmarks
        self.tour = Tour(view.session, lambda: view.labelling.editor is not None, self._later)
        self._make_parts()
        self._timer = QTimer(self, singleShot=True, interval=CALM)
        self._timer.timeout.connect(self._on_calm)
        self.tour.changed.subscribe(self._show)
        self.escaped.connect(self.leave)
        self.hide()
        self._window.installEventFilter(self)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.session.settings_changed.subscribe(self._color)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _make_parts(self) -> None:
        self.number = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.number.setObjectName("hint")
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setToolTip("Close the tour (Esc)")
        self.close_button.setAccessibleName("Close the tour")
        self.close_button.clicked.connect(self.leave)
        self.title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.title.setObjectName("title")
        self.text = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.text.setFixedWidth(WIDTH - 2 * _PAD)
        self.keys = QHBoxLayout()
        self.keys.setSpacing(6)
        self.back_button = _button("Back", "flat")
        self.back_button.clicked.connect(self.tour.back)
        self.skip_button = _button("Skip", "second")
        self.skip_button.clicked.connect(self.tour.skip)
        self.chart_button = _button("Open this tour as a chart", "second")
        self.chart_button.clicked.connect(self._actions.by_id["help.tour_chart"].trigger)
        self.done_button = _button("Close", "primary")
        self.done_button.clicked.connect(self.leave)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.number, 1)
        head.addWidget(self.close_button)
        foot.setSpacing(6)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        for button in (self.skip_button, self.chart_button, self.done_button):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(BEAK + _PAD, BEAK + 6, BEAK + _PAD, BEAK + 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addLayout(self.keys)
        column.addSpacing(4)
        column.addLayout(foot)

    # beginning and ending

    def begin(self) -> None:
        """Show the step that was reached; where it is shown already, give it the keys."""
        if self.isVisible():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.is_moved = False
        self.tour.take()
        self._view.setFocus()

    def leave(self) -> None:
        """Show no more; what was reached is kept."""
        step = self.tour.step
        if step is None:
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._window) or self.hasFocus()
        self.tour.leave()
        if had_focus:
            self._view.setFocus()
        if not step.is_last:
            self._view.session.say("The tour waits at this step. Help > Take the tour goes on.")

    # showing

    def _show(self) -> None:
        step = self.tour.step
        if step is None:
            self.hide()
            return
        had_keys = self.isAncestorOf(QApplication.focusWidget() or self._window)
        self._color()
        self._fill(step)
        self._place(step.place)
        self.show()
        self.raise_()
        if had_keys and not self.isAncestorOf(QApplication.focusWidget() or self._window):
            self.setFocus()  # the button that was pressed is gone
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{step.title}. {step.text}"))

    def _fill(self, step: Step) -> None:
        number = f"Tour, step {step.number} of {step.of}" if step.number else "Tour"
        self.number.setText(number)
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.text.ensurePolished()
        self.text.setFixedHeight(self.text.heightForWidth(WIDTH - 2 * _PAD))
        self.setAccessibleName(f"{number}: {step.title}")
        self.setAccessibleDescription(step.text)
        self.back_button.setVisible(step.number != 1)
        self.skip_button.setVisible(not step.is_last)
        self.chart_button.setVisible(step.is_last)
        self.done_button.setVisible(step.is_last)
        while self.keys.count():
            item = self.keys.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                discard(part)
        for id in step.keys:
            self._add_key(id)
        self.keys.addStretch(1)

    def _add_key(self, id: str) -> None:
        """A key that does the same, as the person has chosen it; nothing where there is none."""
        kind, _, rest = id.partition(".")
        action = self._actions.tools.get(rest) if kind == "tool" else self._actions.by_id.get(id)
        keys = action.shortcuts() if action is not None else []
        if action is None or not keys:
            return
        key = QLabel(
            keys[0].toString(QKeySequence.SequenceFormat.NativeText), textFormat=Qt.TextFormat.PlainText
        )
        key.setObjectName("key")
        what = QLabel(action.text(), textFormat=Qt.TextFormat.PlainText)
        what.setObjectName("hint")
        for part in (key, what):
            self.keys.addWidget(part)
            part.show()

    def _color(self) -> None:
        theme = self._view.theme
        self.paint_with(theme.panel, theme.accent, theme.text)

    # where it stands

    def _place(self, place: Place) -> None:
        room = self._landmarks.room(place).adjusted(AWAY - BEAK, -BEAK, BEAK - AWAY, 0)
        self.place(self._landmarks.rect(place), room)

    def _on_calm(self) -> None:
        step = self.tour.step
        if step is None:
            return
        if self._view.is_busy or self._view.labelling.editor is not None:
            self._timer.start()
        else:
            self._place(step.place)

    def _later(self, deed: Callable[[], None]) -> None:
        QTimer.singleShot(0, self, deed)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """A name that was typed is kept by now, or one begins to be typed."""
        self._later(self.tour.settle)

    # overrides of Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay inside of the window, follow what is spoken of, and go on Escape when that ends nothing else."""
        if not self.isVisible():
            return False
        kind = event.type()
        is_of_window = watched is self._window and kind in (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if is_of_window or (kind is QEvent.Type.Paint and not self._timer.isActive()):
            self._timer.start()
        if is_of_window:
            QTimer.singleShot(0, self, self.raise_)  # docks that come bring what is beside them to the top
        is_key = kind is QEvent.Type.KeyPress and watched is self._view
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._is_idle():
            self.leave()
            return True
        return False

    def _is_idle(self) -> bool:
        """Whether Escape on the canvas would end nothing."""
        view, session = self._view, self._view.session
        is_at_rest = view.tool.phase.name == "Idle" and session.tool_id == "select"
        return is_at_rest and session.comparison.value is None and not session.selection.ids


def _button(text: str, name: str) -> QPushButton:
    made = QPushButton(text, autoDefault=False)
    made.setObjectName(name)
    return made
