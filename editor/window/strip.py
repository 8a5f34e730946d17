"""A slim bar over the canvas, at its top right, about what is lit up there; it takes no room from the chart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from editor.canvas.peeking import Peek
from editor.canvas.view import ChartView
from editor.completion.tips import plain
from editor.document.looking import Look
from editor.panels.icons import icon
from editor.session import Session

AWAY = 12
"""Pixels from the corner of the canvas."""
_ICON = 14


class Strip(QFrame):
    """Shows how many elements are lit up, and goes through them; it is there while the session looks so.

    Where one is of them the canvas looks there by the shortest way. `last` is where one was last.
    """

    looks: tuple[Look, ...] = ()

    def __init__(self, view: ChartView, session: Session) -> None:
        super().__init__(view)
        self.setObjectName("strip")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._view = view
        self._session = session
        self.peek = Peek(view)
        self.last = ""
        self._had_focus = False
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setObjectName("field")
        self.back = button("back", "The one before (Shift+F3)", lambda: session.looking.step(-1))
        self.forward = button("forward", "The next (F3)", lambda: session.looking.step(1))
        self.close_button = button("close", "End (Escape)", self.end)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(8, 4, 4, 4)
        self.row.setSpacing(4)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        session.looking.changed.subscribe(self._on_looking)
        session.looking.stepped.subscribe(self._on_stepped)
        self.hide()

    @property
    def is_wanted(self) -> bool:
        """Whether the session looks in the way that this is about."""
        return self._session.looking.look in self.looks

    def fill(self, *widgets: QWidget) -> None:
        """Put widgets into the bar, before the buttons."""
        for each in (*widgets, self.count, self.back, self.forward, self.close_button):
            self.row.addWidget(each)

    def end(self) -> None:
        """Let nothing be lit up any more, which closes this."""
        self._session.looking.end()

    def closed(self) -> None:
        """The bar was there and is not any more."""

    def words(self) -> str:
        """How many there are, and which of them one is at."""
        looking = self._session.looking
        if not looking.hits:
            return ""
        total = len(looking.hits)
        return f"{looking.number} of {total}" if looking.at else f"{total}"

    def show_state(self) -> None:
        """Tell what is looked for now."""
        has_hits = bool(self._session.looking.hits)
        self.count.setText(self.words())
        for each in (self.back, self.forward):
            each.setEnabled(has_hits)
        self.place()

    def place(self) -> None:
        """Stand in the upper right corner of the canvas, inside of it and below the breadcrumb."""
        self.adjustSize()
        room = self._view.width() - 2 * AWAY
        self.resize(min(self.sizeHint().width(), max(room, 1)), self.sizeHint().height())
        self.move(self._view.width() - AWAY - self.width(), self._view.viewport().y() + AWAY)

    def look_at(self, id: str) -> None:
        """Bring an element into sight, beside the bar."""
        self.peek.show((id,), self.geometry().bottom() - self._view.viewport().y() + AWAY)

    def _on_looking(self) -> None:
        if self.is_wanted:
            self.show_state()
            if not self.isVisible():
                self.show()
                self.raise_()
            self.last = self._session.looking.at
        elif not self.isHidden():
            focused = QApplication.focusWidget()
            self._had_focus = focused is not None and self.isAncestorOf(focused)
            self.hide()
            self.peek.end(stay=True)
            self.closed()

    def _on_stepped(self) -> None:
        if self.is_wanted:
            self.look_at(self._session.looking.at)

    # overrides of Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the canvas is of another size."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self.place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the bar is none on the canvas below."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that a field leaves are none for the canvas below."""
        event.setAccepted(event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two presses neither."""
        event.accept()


def button(name: str, tip: str, deed: Callable[[], object]) -> QToolButton:
    """A small button with an icon, which leaves the keys where they are."""
    made = QToolButton()
    made.setIcon(icon(name))
    made.setIconSize(QSize(_ICON, _ICON))
    made.setToolTip(plain(tip))
    made.setAccessibleName(tip.partition(" (")[0])
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.clicked.connect(lambda *_: deed())
    return made
