"""What is being typed when something else is done: it is kept first, as leaving the field would keep it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


def finish_typing(window: QWidget) -> None:
    """Have the field of a window that is typed into make its edit; it stays in focus where it stays open.

    Keys and menus leave the focus where it is, so that nobody else would know of what was typed last.
    """
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit | QPlainTextEdit) and window.isAncestorOf(field):
        field.clearFocus()
        if field.isVisible():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
