"""The column of a tree that says of each value what kind of data it is; it is read, never typed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QWidget,
)

COLUMN = 2
_Index = QModelIndex | QPersistentModelIndex


class Quiet(QStyledItemDelegate):
    """Paints a column in the colour of what stands beside; there is nothing to edit in it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Take the quiet colour of the theme as it is now."""
        super().initStyleOption(option, index)
        quiet = QApplication.palette().brush(QPalette.ColorRole.PlaceholderText)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setBrush(role, quiet)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """No field: the kind follows from the value."""
        return None  # type: ignore[return-value]  # how Qt is told that a cell is not edited


def add(tree: QTreeWidget) -> None:
    """Give a tree of keys and values this column, as wide as its words; the values take what is left."""
    tree.setItemDelegateForColumn(COLUMN, Quiet(tree))
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(COLUMN, QHeaderView.ResizeMode.ResizeToContents)
