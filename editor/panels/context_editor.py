"""The start context as a tree: keys and values typed in place, as YAML."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.completion.tips import plain
from editor.document import texts
from editor.errors import EditorError, ExpressionError
from editor.formats import yaml_write
from editor.model.datatypes import kind_of
from editor.model.elements import Data
from editor.model.sameness import same
from editor.panels import type_column
from editor.panels.fields import Refusal, mark_wrong
from editor.panels.icons import icon
from editor.panels.in_place import InPlace

MOST_ROWS = 12
_KEYS = 96
_PATH = Qt.ItemDataRole.UserRole


class ContextEditor(QWidget):
    """A tree of the context. `write` is given the whole new context, `rename` the old and new name of a key at its top.

    What is refused stays as it was typed, with the reason below the tree, until it is mended or Escape gives it up.
    """

    def __init__(
        self, read: Callable[[], Data], write: Callable[[Data], None], rename: Callable[[str, str], None]
    ) -> None:
        super().__init__()
        self._read = read
        self._write = write
        self._rename = rename
        self._shown: Data = None
        self.tree = QTreeWidget()
        self.tree.setColumnCount(3)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(14)
        self.tree.setHeaderLabels(["Key", "Starts as", "Type"])
        self.tree.setAccessibleName("Context")
        self.tree.setEditTriggers(
            QTreeWidget.EditTrigger.DoubleClicked | QTreeWidget.EditTrigger.EditKeyPressed
        )
        self.tree.itemChanged.connect(self._on_typed)
        self._typed: tuple[str, ...] = ()
        cells = InPlace(self.tree)
        cells.passed_on.connect(self._go_on)
        self.tree.setItemDelegate(cells)
        type_column.add(self.tree)
        self.message = Refusal()
        self._escape = QShortcut(QKeySequence("Escape"), self.tree, self._fill)
        # not as an argument above: that is passed over, and the key would be the whole window's
        self._escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.add = QPushButton(icon("add"), "Add key")
        self.remove = QPushButton("Remove key")
        for button in (self.add, self.remove):
            button.setObjectName("flat")
        self.add.clicked.connect(self._add_key)
        self.remove.clicked.connect(self._remove_key)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add)
        buttons.addWidget(self.remove)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tree)
        column.addWidget(self.message)
        column.addLayout(buttons)
        self._fill()

    def refresh(self) -> None:
        """Show the context, when it is another one."""
        if not same(self._read(), self._shown):
            self._fill()

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed was refused."""
        return not self.message.isHidden()

    def _tell(self, text: str) -> None:
        self.message.tell(text)
        self._escape.setEnabled(bool(text))
        mark_wrong(self.tree, is_wrong=bool(text))

    def _fill(self) -> None:
        self._tell("")
        self._shown = self._read()
        self.tree.blockSignals(True)
        self.tree.clear()
        self._add_rows(self.tree.invisibleRootItem(), self._shown, ())
        self.tree.expandAll()
        self.tree.resizeColumnToContents(0)
        self.tree.setColumnWidth(0, max(self.tree.columnWidth(0), _KEYS))
        self.tree.blockSignals(False)
        rows = min(max(_count(self._shown), 1), MOST_ROWS)
        self.tree.setFixedHeight(rows * 25 + 34)
        self.remove.setEnabled(bool(self._shown))

    def _add_rows(self, parent: QTreeWidgetItem, value: Data, path: tuple[str, ...]) -> None:
        if not isinstance(value, dict):
            return
        for key, each in value.items():
            is_open = isinstance(each, dict) and bool(each)
            shown = "" if is_open else yaml_write.inline(each)
            row = QTreeWidgetItem(parent, [key, shown, kind_of(each)])
            row.setData(0, _PATH, (*path, key))
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsEditable)
            row.setToolTip(1, plain(yaml_write.inline(each)))
            self._add_rows(row, each, (*path, key))

    def _go_on(self, column: int) -> None:
        """From a key to its value."""
        row = self._row(self._typed) if self._typed and not self.is_wrong else self.tree.currentItem()
        self._typed = ()
        if column == 0 and row is not None and not self.is_wrong:
            self.tree.setCurrentItem(row, 1)
            self.tree.editItem(row, 1)

    def _on_typed(self, row: QTreeWidgetItem, column: int) -> None:
        path = row.data(0, _PATH)
        self._typed = (*path[:-1], row.text(0).strip())
        try:
            if column == 0 and len(path) == 1:
                self._tell("")
                self._rename(path[0], row.text(0).strip())
                self._fill()
            elif column == 0:
                self._change(path, lambda table: _renamed(table, path[-1], row.text(0).strip()))
            else:
                value = texts.read_data(row.text(1))
                self._change(path, lambda table: {**table, path[-1]: value})
        except EditorError as error:
            self._tell(str(error))

    def _change(self, path: tuple[str, ...], change: Callable[[dict[str, Data]], dict[str, Data]]) -> None:
        whole = self._read()
        self._tell("")
        self._write(_changed(whole if isinstance(whole, dict) else {}, tuple(path[:-1]), change))
        self._fill()

    def _changes(self, path: tuple[str, ...], change: Callable[[dict[str, Data]], dict[str, Data]]) -> bool:
        """The same where a button asks for it: whether it was done; the reason stands below the tree otherwise."""
        try:
            self._change(path, change)
        except EditorError as error:
            self._tell(str(error))
            return False
        return True

    def _add_key(self) -> None:
        """Add a key inside the mapping that is chosen, or beside the value that is; at the top for none."""
        path = self._table_path()
        whole = self._read()
        table = whole if isinstance(whole, dict) else {}
        for each in path:
            inner = table[each]
            table = inner if isinstance(inner, dict) else {}
        key = next(name for name in _names() if name not in table)
        if not self._changes((*path, key), lambda own: {**own, key: 0}):
            return
        row = self._row((*path, key))
        if row is not None:
            self.tree.setCurrentItem(row)
            self.tree.editItem(row, 0)

    def _table_path(self) -> tuple[str, ...]:
        row = self.tree.currentItem()
        if row is None:
            return ()
        path = tuple(row.data(0, _PATH))
        value = self._read()
        for each in path:
            value = value[each] if isinstance(value, dict) else None
        return path if isinstance(value, dict) else path[:-1]

    def _row(self, path: tuple[str, ...]) -> QTreeWidgetItem | None:
        found = self.tree.findItems(path[-1], Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
        return next((each for each in found if tuple(each.data(0, _PATH)) == path), None)

    def _remove_key(self) -> None:
        row = self.tree.currentItem()
        if row is None:
            self._tell("Choose the key to remove first.")
            return
        path = row.data(0, _PATH)
        self._changes(path, lambda table: {key: each for key, each in table.items() if key != path[-1]})


def _names() -> list[str]:
    return ["key", *(f"key{number}" for number in range(2, 1000))]


def _renamed(table: dict[str, Data], old: str, new: str) -> dict[str, Data]:
    if not new:
        raise ExpressionError("A key needs a name.")
    if new != old and new in table:
        raise ExpressionError(f"There is a key “{new}” already.")
    return {new if key == old else key: each for key, each in table.items()}


def _changed(
    table: dict[str, Data], path: tuple[str, ...], change: Callable[[dict[str, Data]], dict[str, Data]]
) -> dict[str, Data]:
    if not path:
        return change(table)
    inner = table.get(path[0])
    return {**table, path[0]: _changed(inner if isinstance(inner, dict) else {}, path[1:], change)}


def _count(value: Data) -> int:
    return sum(1 + _count(each) for each in value.values()) if isinstance(value, dict) else 0
