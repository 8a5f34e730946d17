"""Cards of the start page: a machine each, with its picture; and shelves that hold them in columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFocusEvent, QKeyEvent, QPalette, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from editor.completion.tips import plain
from editor.discarding import discard
from editor.panels.icons import icon
from editor.window.thumbnails import PICTURE, in_lines

CARD = QSize(212, 194)
GAP = 12
MOST_COLUMNS = 6
NOT_FOUND = "Not found"
_PIN = 26
_WALKS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip


class Card(QPushButton):
    """A machine to be opened. A recent one can be pinned, taken from the list and, when it is missing, located.

    What is wanted is told: `chosen` when it is pressed, and the others by its pin, its menu and keys.
    """

    chosen = Signal()
    pinned = Signal(bool)
    forgotten = Signal()
    walked = Signal(object)

    def __init__(self, name: str, path: Path, *, is_recent: bool = False, is_pinned: bool = False) -> None:
        super().__init__()
        self.path = path
        self.name = name
        self.is_recent = is_recent
        self.is_pinned = is_pinned
        self.is_drawn = False
        self.is_missing = is_recent and not path.is_file()
        self.setObjectName("card")
        self.setFixedSize(CARD)
        self.setToolTip(plain(f"{name}\n{path}"))
        self.setAccessibleName(f"{name}, pinned" if is_pinned else name)
        self.clicked.connect(self.chosen.emit)
        self.picture = QLabel(textFormat=Qt.TextFormat.PlainText, alignment=Qt.AlignmentFlag.AlignCenter)
        self.picture.setObjectName("picture")
        self.picture.setFixedSize(PICTURE)
        text = QLabel(textFormat=Qt.TextFormat.PlainText)
        text.setText(text.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, PICTURE.width()))
        self.about = QLabel(textFormat=Qt.TextFormat.PlainText, alignment=Qt.AlignmentFlag.AlignTop)
        self.about.setObjectName("hint")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(4)
        inside.addWidget(self.picture)
        inside.addWidget(text)
        inside.addWidget(self.about, 1)
        for label in (self.picture, text, self.about):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.pin = self._make_pin() if is_recent else None
        if self.is_missing:
            self._show_missing()

    def _make_pin(self) -> QToolButton:
        made = QToolButton(self)
        made.setObjectName("pin")
        made.setGeometry(CARD.width() - _PIN - 8, 8, _PIN, _PIN)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # P does the same
        made.setIcon(icon("pinned" if self.is_pinned else "pin"))
        made.setToolTip("Unpin (P)" if self.is_pinned else "Pin (P)")
        made.setAccessibleName("Unpin" if self.is_pinned else "Pin")
        made.clicked.connect(self._toggle_pin)
        made.setVisible(self.is_pinned)
        return made

    def _toggle_pin(self) -> None:
        self.pinned.emit(not self.is_pinned)

    def _show_missing(self) -> None:
        self.picture.setPixmap(icon("question", QPalette.ColorRole.PlaceholderText).pixmap(32, 32))
        words = f"{NOT_FOUND} in {self.path.parent}. Locate…"
        self.about.setText(f"{NOT_FOUND} any more. Locate…")
        self.setToolTip(plain(f"{self.path}\n{NOT_FOUND} there any more. Click to say where it is now."))
        self.setAccessibleDescription(words)

    def show_picture(self, picture: QPixmap | None, sentence: str) -> None:
        """Show a drawing of the machine, and what its file says that it is, else where it lies."""
        self.picture.setPixmap(picture if picture is not None else icon("machine").pixmap(32, 32))
        self.about.setText(
            in_lines(sentence or str(self.path.parent), self.about.fontMetrics(), PICTURE.width())
        )
        self.setToolTip(plain("\n".join(filter(None, (self.name, sentence, str(self.path))))))
        self.setAccessibleDescription(sentence)
        self.is_drawn = True

    def take_picture(self, other: Card) -> None:
        """Show what another card of the same file shows."""
        if other.is_drawn and not self.is_missing:
            self.picture.setPixmap(other.picture.pixmap())
            self.about.setText(other.about.text())
            self.setToolTip(other.toolTip())
            self.setAccessibleDescription(other.accessibleDescription())
            self.is_drawn = True

    def make_menu(self) -> QMenu:
        """What can be done about the card."""
        menu = QMenu(self)
        menu.addAction("Locate…" if self.is_missing else "Open", self.chosen.emit)
        if self.is_recent:
            menu.addAction("Unpin" if self.is_pinned else "Pin", self._toggle_pin)
            menu.addSeparator()
            menu.addAction("Remove from the list", self.forgotten.emit)
        return menu

    # overrides of Qt

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done, at the pointer or, by key, in the middle."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        menu.popup(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().center()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End walk; P pins, Delete removes; Return opens as Space does."""
        key = Qt.Key(event.key())
        if key in _WALKS:
            self.walked.emit(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key is Qt.Key.Key_P and self.is_recent:
            self._toggle_pin()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.is_recent:
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pin is there while one is at the card."""
        super().enterEvent(event)
        self._show_pin()

    def leaveEvent(self, event: QEvent) -> None:
        """The pin of what is not pinned goes with the pointer."""
        super().leaveEvent(event)
        self._show_pin()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The pin is there while one is at the card."""
        super().focusInEvent(event)
        self._show_pin()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The pin of what is not pinned goes with the focus."""
        super().focusOutEvent(event)
        self._show_pin()

    def _show_pin(self) -> None:
        if self.pin is not None:
            self.pin.setVisible(self.is_pinned or self.underMouse() or self.hasFocus())


class Shelf(QWidget):
    """Cards under a title, in columns; not there while it is empty."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.cards: list[Card] = []
        self._columns = 1
        label = QLabel(title, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName("title")
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(label)
        column.addLayout(self._grid)

    def fill(self, cards: Sequence[Card]) -> None:
        """Hold other cards."""
        for card in self.cards:
            self._grid.removeWidget(card)
            discard(card)
        self.cards = list(cards)
        self._place()
        self.setVisible(bool(cards))

    def flow(self, columns: int) -> None:
        """Place the cards anew in so many columns."""
        if columns != self._columns:
            self._columns = columns
            for card in self.cards:
                self._grid.removeWidget(card)
            self._place()

    def _place(self) -> None:
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // self._columns, number % self._columns)
        for column in range(MOST_COLUMNS + 1):
            self._grid.setColumnStretch(column, 1 if column == self._columns else 0)


def beside(card: Card, cards: Sequence[Card], key: Qt.Key) -> Card:
    """The card that a key leads to from another: in order sideways, and in the nearest row of any shelf up or down."""
    place = cards.index(card)
    if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        return cards[0 if key is Qt.Key.Key_Home else -1]
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        step = -1 if key is Qt.Key.Key_Left else 1
        return cards[min(max(place + step, 0), len(cards) - 1)]
    way = -1 if key is Qt.Key.Key_Up else 1
    at = {each: each.mapToGlobal(QPoint()) for each in cards}
    here = at[card]
    beyond = [each for each in cards if (at[each].y() - here.y()) * way > 0]
    return min(
        beyond, key=lambda each: (abs(at[each].y() - here.y()), abs(at[each].x() - here.x())), default=card
    )
