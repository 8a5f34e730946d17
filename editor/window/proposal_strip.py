"""The strip below a proposed drawing: what it would move, who drew it, and whether to take it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from editor.canvas.view import ChartView
from editor.document import accepting
from editor.layout_engine.options import NAMES, Rung, Scope
from editor.layout_engine.proposed import Proposed
from editor.session import Session
from editor.window.menus import Actions

MARGIN = 16
WIDEST = 320
"""Pixels after which what is to be known goes on in another line."""
_BUTTONS = (
    ("layout.accept", "Accept"), ("layout.acceptSelection", "Accept for selection"), ("layout.reject", "Reject"),
)  # fmt: skip


class ProposalStrip(QFrame):
    """Stands at the bottom of the canvas while a drawing is proposed or being drawn; takes no focus by itself."""

    def __init__(self, session: Session, view: ChartView, actions: Actions) -> None:
        super().__init__(view)
        self.setObjectName("proposal")
        self._session = session
        self._view = view
        self._told = ""
        self._moves = False
        self.text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.text.setObjectName("proposalText")
        self.remark = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.remark.setObjectName("hint")
        self.free = QCheckBox("Move pinned states too")
        self.free.setToolTip("What was placed by hand is pinned.")
        self.free.clicked.connect(partial(actions.invoke, actions.commands["layout.free"]))
        self.buttons: dict[str, QPushButton] = {}
        self._row = row = QHBoxLayout()
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.text)
        words.addWidget(self.remark)
        row.addLayout(words)
        row.addSpacing(8)
        row.addWidget(self.free)
        for id, title in _BUTTONS:
            button = QPushButton(title)
            button.setObjectName("primary" if id == "layout.accept" else "second")
            button.clicked.connect(partial(actions.invoke, actions.commands[id]))
            self.buttons[id] = button
            row.addWidget(button)
        self.setLayout(row)
        row.setContentsMargins(16, 10, 12, 10)
        self.hide()
        view.installEventFilter(self)
        session.proposed.changed.subscribe(self.follow)
        session.selection_changed.subscribe(self._follow_selection)

    def follow(self) -> None:
        """Say what there is now."""
        proposed = self._session.proposed.value
        if proposed is None:
            self._go()
            return
        text, remark = said(self._session, proposed)
        self.text.setText(text)
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        document = self._session.document
        has_pins = bool(accepting.pinned(document.chart, document.diagram) - self._chosen(proposed))
        self.free.setVisible(has_pins and proposed.asked.options.scope is not Scope.ROUTES)
        self.free.setChecked(proposed.asked.frees)
        is_there = proposed.answer is not None
        self._moves = is_there and text != NOTHING
        self.buttons["layout.accept"].setVisible(self._moves)
        self.buttons["layout.reject"].setText("Reject" if self._moves else "Close" if is_there else "Cancel")
        self.show()
        self.raise_()
        self._follow_selection()
        if text != self._told:
            self._told = text
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{text} {remark}".strip()))

    def _follow_selection(self) -> None:
        """Offer what the selection allows; what would move does not depend on it."""
        if self._session.proposed.value is None:
            return
        states = self._session.document.chart.states
        has_states = any(id in states for id in self._session.selection.ids)
        self.buttons["layout.acceptSelection"].setVisible(self._moves and has_states)
        self._place()

    def _go(self) -> None:
        """Be gone; who had the focus in here has the canvas."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._view.setFocus()
        self._told = ""
        self.hide()

    def _chosen(self, proposed: Proposed) -> frozenset[str]:
        options = proposed.asked.options
        return options.ids if options.scope is Scope.SELECTION else frozenset()

    def _place(self) -> None:
        """At the bottom, in the middle, as wide as its words."""
        room = self._view.rect()
        self.setMaximumWidth(max(room.width() - 2 * MARGIN, 200))
        self.remark.setFixedWidth(
            min(self.remark.fontMetrics().horizontalAdvance(self.remark.text()) + 4, WIDEST)
        )
        self._row.activate()  # the words have a column in it, which still has the size of former ones
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the canvas."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


DRAWING, SLOW = "Drawing a layout…", "Drawing a layout takes longer than usual…"
NOTHING = "Nothing would move."


def said(session: Session, proposed: Proposed) -> tuple[str, str]:
    """What a proposal would do, and what is to be known of how it was drawn."""
    answer = proposed.answer
    if answer is None:
        return (SLOW, "") if proposed.is_slow else (DRAWING, "")
    document = session.document
    states = len(accepting.moved(document.chart, document.diagram, answer.diagram))
    lines = len(accepting.rerouted(document.chart, document.diagram, answer.diagram))
    parts = [
        f"{count} {word if count == 1 else f'{word}s'}"
        for count, word in ((states, "state"), (lines, "transition"))
        if count
    ]
    if not parts:
        return NOTHING, _remark(session, proposed)
    return f"{' and '.join(parts)} would move.", _remark(session, proposed)


def _remark(session: Session, proposed: Proposed) -> str:
    answer, document = proposed.answer, session.document
    if answer is None:
        return ""
    found = [] if answer.rung is Rung.AS_IT_WAS else [f"Drawn by {NAMES[answer.rung]}."]
    if answer.why:
        found.append(answer.why)
    pins = accepting.pinned(document.chart, document.diagram)
    if pins and not proposed.asked.frees and proposed.asked.options.scope is Scope.CHART:
        count = len(pins)
        found.append(f"{count} {'state is' if count == 1 else 'states are'} pinned and would stay.")
    return " ".join(found)
