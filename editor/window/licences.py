"""The licence page: what the program is made of, and the licence of each part in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from editor.components import Component

SIZE = (860, 560)
NOTHING = "There is nothing to list: the program runs from a folder that was never installed."


class LicencePage(QDialog):
    """A list of components and the text of the chosen one; the arrows go through them."""

    def __init__(self, components: Sequence[Component], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Licences")
        self.resize(*SIZE)
        self._components = components
        self.names = QListWidget()
        self.names.setAccessibleName("Components")
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName("Licence")
        self.text.setTabChangesFocus(True)
        self.text.setPlainText("" if components else NOTHING)
        self.names.addItems([f"{each.name} {each.version}" for each in components])
        self.names.currentRowChanged.connect(self._show)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.names)
        split.addWidget(self.text)
        split.setSizes([240, SIZE[0] - 240])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(split)
        column.addWidget(buttons)
        self.names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        self.text.setPlainText(page_of(self._components[row]) if row >= 0 else "")


def page_of(component: Component) -> str:
    """What is shown of one component."""
    head = [f"{component.name} {component.version}", f"Licence: {component.licence or 'not told'}"]
    if component.home:
        head.append(component.home)
    return "\n".join((*head, "", component.text or "Its makers ship no licence text with it."))
