"""A question for a text: what is wrong with it, or what it would change, is told while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.commands.registry import Review

WIDTH, LIST_HEIGHT = 560, 140
MOST_SHOWN = 500
"""Changes that are listed; the number of all of them stands above."""


class AskText(QDialog):
    """One field, and below it what the text in it means. It can be accepted only while nothing is wrong."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str, review: Callable[[str], Review], verb: str
    ) -> None:
        super().__init__(parent)
        self._review = review
        self.setWindowTitle(title)
        heading = QLabel(title, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        heading.setObjectName("heading")
        self.field = QLineEdit(text)
        self.field.selectAll()
        self.message = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.message.setObjectName("hint")
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("What changes")
        self.list.setMinimumHeight(LIST_HEIGHT)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        for button in self.buttons.buttons():
            # Return means nothing while something is wrong
            cast(QPushButton, button).setAutoDefault(button is self.accept_button)
        self.accept_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (heading, self.field, self.message, self.list, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        self.field.textChanged.connect(self._show)
        self._show(text)

    def _show(self, text: str) -> None:
        review = self._review(text)
        count = len(review.changes)
        told = [f"{count} place{'s' if count != 1 else ''}"] if count > 1 else []
        self.message.setText(review.problem or "\n".join([*told, *review.remarks]))
        self.message.setVisible(bool(self.message.text()))
        self.list.clear()
        self.list.addItems(list(review.changes[:MOST_SHOWN]))
        # one place is the one that is looked at anyway
        self.list.setVisible(count > 1 and not review.problem)
        self.accept_button.setEnabled(not review.problem)
        self.adjustSize()

    def accept(self) -> None:
        """Close with the text, unless something is wrong with it."""
        if self.accept_button.isEnabled():
            super().accept()
