"""Choosing keyboard shortcuts: a list that is searched, a field that takes keys, and a word on who has them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from editor.commands import keymap
from editor.commands.keymap import Keymap, Row
from editor.document import files
from editor.errors import EditorError
from editor.window.transfer import Files, TransferRow, button

SIZE = (620, 620)
_PLAIN = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_ID = Qt.ItemDataRole.UserRole
_FILES = Files(name="shortcuts", suggested="shortcuts.yaml", pattern="Shortcuts (*.yaml *.yml)")


def native(key: str) -> str:
    """A key as this computer writes it."""
    return QKeySequence(key).toString(_NATIVE)


class KeyField(QKeySequenceEdit):
    """Takes one key with what is held, Tab too, and tells at once."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setFinishingKeyCombinations([])
        self.setAccessibleName("Press keys")
        self.keySequenceChanged.connect(lambda: self.pressed.emit(self.key))

    @property
    def key(self) -> str:
        """The key as settings hold it; empty for none."""
        return self.keySequence().toString(_PLAIN)

    def event(self, event: QEvent) -> bool:
        """Take Tab as a key like any other."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return True
        return bool(super().event(event))


class KeysDialog(QDialog):
    """All rows with their keys; what is chosen counts at once, and `changed` is told of it."""

    def __init__(self, parent: QWidget | None, keys: Keymap, changed: Callable[[Keymap], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(*SIZE)
        self.keymap = keys
        self._changed = changed
        self._closed: set[str] = set()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a command or a key")
        self.search.setAccessibleName("Find a command or a key")
        self.search.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setHeaderLabels(["Command", "Keys"])
        self.list.setColumnWidth(0, SIZE[0] // 2)
        self.list.setAccessibleName("Commands and their keys")
        self.field = KeyField()
        self.add = button("Add")
        self.only = button("Use only this")
        self.remove = button("Remove all", "second")
        self.reset = button("Reset", "second")
        self.note = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.note.setObjectName("hint")
        self.note.setWordWrap(True)
        self._lay_out()
        self.search.textChanged.connect(self.fill)
        self.list.itemExpanded.connect(partial(self._on_group, is_open=True))
        self.list.itemCollapsed.connect(partial(self._on_group, is_open=False))
        self.list.currentItemChanged.connect(self._on_row)
        self.field.pressed.connect(self._on_keys)
        self.add.clicked.connect(lambda: self._assign(keep=True))
        self.only.clicked.connect(lambda: self._assign(keep=False))
        self.remove.clicked.connect(lambda: self._set(self.keymap.assigned(self.row_id, ())))
        self.reset.clicked.connect(lambda: self._set(self.keymap.reset(self.row_id)))
        self.fill()

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        for part in (self.field, self.add, self.only, self.remove, self.reset):
            keys.addWidget(part, 1 if part is self.field else 0)
        reset = button("Reset all", "second")
        reset.clicked.connect(self.reset_all)
        self.transfer = TransferRow(self, _FILES, self.import_from, self.export_to, before=(reset,))
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(keys)
        column.addWidget(self.note)
        column.addLayout(self.transfer)

    @property
    def row_id(self) -> str:
        """The row that is chosen; empty for none."""
        item = self.list.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def fill(self) -> None:
        """List what the search finds, by groups, and keep the row that is chosen, and what was closed.

        While one searches all groups are open.
        """
        before, is_narrowed = self.row_id, bool(self.search.text())
        self.list.blockSignals(True)
        self.list.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        chosen: QTreeWidgetItem | None = None
        for row in self.keymap.found(self.search.text()):
            if row.group not in groups:
                groups[row.group] = QTreeWidgetItem(self.list, [row.group])
                groups[row.group].setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = QTreeWidgetItem(groups[row.group], [row.title, self._words(row)])
            item.setData(0, _ID, row.id)
            if row.id == before:
                chosen = item
        for name, item in groups.items():
            item.setExpanded(is_narrowed or name not in self._closed)
        self.list.blockSignals(False)
        if chosen is None and self.search.text() and groups:
            chosen = next(iter(groups.values())).child(0)
        if chosen is not None:
            self.list.setCurrentItem(chosen)
        self._on_row()

    def _words(self, row: Row) -> str:
        keys = ", ".join(native(key) for key in self.keymap.shown(row.id))
        others = " and ".join(f"“{each.title}”" for each in self.keymap.conflicts(row.id))
        told = f"{keys}, as {others}" if others else keys
        return told if self.keymap.is_standard(row.id) else f"{told} •".lstrip()

    def _on_group(self, item: QTreeWidgetItem, *, is_open: bool) -> None:
        """Remember what is closed, unless all is open for the search."""
        if not self.search.text():
            (self._closed.discard if is_open else self._closed.add)(item.text(0))

    def choose(self, id: str) -> None:
        """Choose a row that is listed."""
        for item in self.list.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive):
            if item.data(0, _ID) == id:
                self.list.setCurrentItem(item)

    def _on_row(self, *_: object) -> None:
        self.field.clear()
        self._on_keys("")

    def _on_keys(self, key: str) -> None:
        """Say who has a key before it is given away."""
        id = self.row_id
        fixed = self.keymap.fixed(key)
        is_usable = bool(id and keymap.canonical(key)) and not fixed
        self.add.setEnabled(is_usable)
        self.only.setEnabled(is_usable)
        self.remove.setEnabled(bool(id and self.keymap.keys(id)))
        self.reset.setEnabled(bool(id) and not self.keymap.is_standard(id))
        owners = self.keymap.owners(key, without=id) if key else []
        if not id:
            self.note.setText(
                "Choose a command, then press its keys. A dot marks what differs from the standard."
            )
        elif fixed:
            self.note.setText(f"{native(key)} always means “{fixed}” on the canvas.")
        elif owners:
            names = " and ".join(f"“{row.title}”" for row in owners)
            self.note.setText(f"{native(key)} belongs to {names}, and would be taken from there.")
        elif key and is_usable:
            self.note.setText(f"{native(key)} is free.")
        elif key:
            self.note.setText("That key alone cannot be given to a command.")
        elif conflicts := self.keymap.conflicts(id):
            names = " and ".join(f"“{row.title}”" for row in conflicts)
            self.note.setText(f"Keys of “{self.keymap.by_id[id].title}” belong to {names} too. Reset one.")
        else:
            self.note.setText(f"Press keys for “{self.keymap.by_id[id].title}”.")

    def _assign(self, *, keep: bool) -> None:
        id = self.row_id
        self._set(self.keymap.assigned(id, (*(self.keymap.keys(id) if keep else ()), self.field.key)))

    def reset_all(self) -> None:
        """The standard keys for everything."""
        self._set(Keymap(self.keymap.rows))

    def _set(self, made: Keymap) -> None:
        self.keymap = made
        self._changed(made)
        self.fill()

    # files

    def import_from(self, path: Path) -> None:
        """Take the shortcuts of a file; what of it cannot be used is told."""
        try:
            made, told = keymap.read(files.read_bytes(path), self.keymap, name=path.name)
        except EditorError as error:
            self.note.setText(str(error))
            return
        self._set(made)
        self.note.setText("\n".join(told) or f"Imported {path.name}.")

    def export_to(self, path: Path) -> None:
        """Write the shortcuts that differ from the standard ones."""
        try:
            files.write_text(path, keymap.write(self.keymap.chosen))
        except EditorError as error:
            self.note.setText(str(error))
        else:
            self.note.setText(f"Exported {path.name}.")
