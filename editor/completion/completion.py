"""Completion of what is typed into one field: when the list is there, and which keys are its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from editor.commands import completing
from editor.commands.completing import Completer
from editor.completion.offer_rows import MOST_ROWS
from editor.model.slots import Grammar

if TYPE_CHECKING:
    from editor.completion.offer_list import OfferList

_BELOW = 4
_STEPS = {
    Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: 1 - MOST_ROWS, Qt.Key.Key_PageDown: MOST_ROWS - 1,
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ERASE = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_OWN = (*_STEPS, *_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
_GO_ON = (" ", "(")
"""What a text ends with that more is to follow."""


class Completion(QObject):
    """Offers what can be typed next in a field, as long as one types.

    Arrows choose a row, Tab takes the one that is chosen, else the first for what was typed, Return takes the chosen
    one only: a new name that another one begins with is kept by Return as it was typed. Where a new name makes no
    sense the first is chosen from the start. Escape closes the list; Ctrl+Space opens it, as does the arrow down in a
    field of one line.
    """

    def __init__(
        self,
        field: QLineEdit | QPlainTextEdit,
        completer: Completer,
        grammar: Grammar,
        at: str,
        under: Callable[[], QWidget] | None = None,
    ) -> None:
        super().__init__(field)
        self._field = field
        self._completer = completer
        self._grammar = grammar
        self._at = at
        self._under = under or (lambda: field)
        self._found: completing.Completion | None = None
        self._list: OfferList | None = None
        self._closed_at = -1
        self._looked_at = ("", 0)
        self._is_typing = self._is_edited = False
        field.installEventFilter(self)
        if isinstance(field, QLineEdit):
            field.textEdited.connect(self._on_edited)
        field.textChanged.connect(self._on_changed)
        field.cursorPositionChanged.connect(self._on_moved)
        if field.hasFocus():
            QTimer.singleShot(0, self, self._prepare)

    @property
    def is_open(self) -> bool:
        """Whether the list is there for this field."""
        return self._found is not None

    def serve(self, at: str) -> None:
        """Offer what may stand in the same field of another element from now on."""
        if at != self._at:
            self._at, self._closed_at, self._is_typing = at, -1, False
            self._hide()
            if self._field.hasFocus():
                QTimer.singleShot(0, self, self._prepare)

    def open(self, *, chooses: bool = False) -> None:
        """Offer what may stand where the cursor is; `chooses`: the first from the start."""
        self._looked_at = text, cursor = self._text_and_cursor()
        found = self._completer.complete(text, cursor, self._grammar, self._at)
        if found is None or (found.slot.start == self._closed_at and not chooses):
            self._hide()
            return
        self._closed_at = -1
        if self._list is None:
            from editor.completion.offer_list import OfferList  # noqa: PLC0415 - nothing is typed at the start

            self._list = OfferList.of(self._field.window())
        if not self.is_open:
            self._list.taken.connect(self._take)
        self._found = found
        window, under = self._field.window(), self._under()
        bottom = under.mapTo(window, QPoint(0, under.height())).y()
        start = self._field.mapTo(window, self._start_of(found.slot.typed))
        at = QPoint(start.x() - 8, max(bottom if self._is_line else start.y(), start.y()) + _BELOW)
        top = self._field.mapTo(window, QPoint(0, 0)).y() - _BELOW
        if not self._is_line:
            top = start.y() - self._field.fontMetrics().lineSpacing() - 2 * _BELOW
        self._list.show_offers(found.offers, at, top, chooses=chooses or found.is_sure)

    def close(self) -> None:
        """Take the list away; it stays away until another word is typed."""
        if self._found is not None:
            self._closed_at = self._found.slot.start
            self._hide()

    def _hide(self) -> None:
        if self._found is not None and self._list is not None:
            self._found = None
            self._list.taken.disconnect(self._take)
            self._list.hide()

    # the field

    @property
    def _is_line(self) -> bool:
        return isinstance(self._field, QLineEdit)

    def _text_and_cursor(self) -> tuple[str, int]:
        field = self._field
        if isinstance(field, QLineEdit):
            return field.text(), field.cursorPosition()
        return field.toPlainText(), field.textCursor().position()

    def _start_of(self, typed: str) -> QPoint:
        """The place below the first letter of the word that is typed, in the field."""
        field = self._field
        rect: QRect = field.cursorRect()
        middle = rect.center().x() if self._is_line else rect.x()
        back = field.fontMetrics().horizontalAdvance(typed)
        return QPoint(max(middle - back, 0), rect.bottom())

    def _take(self, row: int) -> None:
        found = self._found
        if found is None or not 0 <= row < len(found.offers):
            return
        put = self._completer.text_of(found.offers[row], found.slot, self._at)
        start, end = found.slot.start, found.slot.end
        self._is_typing = False
        self._hide()
        field = self._field
        if isinstance(field, QLineEdit):
            field.setSelection(start, end - start)
            field.insert(put)
        else:
            cursor = field.textCursor()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(put)
            field.setTextCursor(cursor)
        if put.endswith(_GO_ON):
            self.open()

    def _on_edited(self) -> None:
        """A person changed the line; that it changed is told next, as it is when the program does."""
        self._is_edited = True

    def _on_changed(self) -> None:
        by_hand = self._is_edited or not self._is_line
        self._is_edited = False
        if by_hand and self._is_typing and self._field.hasFocus():
            self.open()
        else:
            self._is_typing = False
            self._hide()

    def _on_moved(self) -> None:
        """What a key writes may be followed by a move of the cursor, as into brackets that close themselves."""
        if not self._is_typing:
            self._hide()
        elif self._field.hasFocus() and self._text_and_cursor() != self._looked_at:
            self.open()

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list while it is there; leaving the field takes it away."""
        kind = event.type()
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.MouseButtonPress):
            self._is_typing = False
            self._hide()
        elif kind is QEvent.Type.FocusIn:
            QTimer.singleShot(0, self, self._prepare)
        elif kind is QEvent.Type.InputMethod:
            self._is_typing = True
        elif isinstance(event, QKeyEvent) and kind is QEvent.Type.ShortcutOverride:
            if self._is_own(event):
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and kind is QEvent.Type.KeyPress:
            self._is_typing = self._writes(event)
            return self._is_own(event) and self._key(event)
        return False

    def _prepare(self) -> None:
        self._completer.prepare(self._grammar, self._at)

    def _writes(self, event: QKeyEvent) -> bool:
        is_letter = bool(event.text()) and event.text().isprintable()
        return is_letter or Qt.Key(event.key()) in _ERASE

    def _is_own(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space and held == Qt.KeyboardModifier.ControlModifier:
            return True
        if event.key() == Qt.Key.Key_Down and self._is_line and held == Qt.KeyboardModifier.NoModifier:
            return True
        return self.is_open and held == Qt.KeyboardModifier.NoModifier and Qt.Key(event.key()) in _OWN

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key of the list does; whether it is done with that."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Space or (key is Qt.Key.Key_Down and not self.is_open):
            self._is_typing = False
            self.open(chooses=True)
        elif key is Qt.Key.Key_Escape:
            self.close()
        elif self._list is not None and self._found is not None:
            if key in _STEPS:
                self._list.walk(_STEPS[key])
                return True
            is_first = key is Qt.Key.Key_Tab and bool(self._found.slot.typed)
            row = self._list.row if self._list.row >= 0 or not is_first else 0
            if row < 0:
                self._hide()
                return False
            self._take(row)
        return True
