"""Fields over the rows of a tree: as high as the row, with room for what is typed, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from editor.completion import tips
from editor.panels.fields import mark_wrong, sentence

Index = QModelIndex | QPersistentModelIndex
_LEAST = 96
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class InPlace(QStyledItemDelegate):
    """Edits the cells of a tree. Return keeps, Escape drops, Tab keeps and tells `passed_on` the cell's column."""

    passed_on = Signal(int)

    def __init__(self, tree: QAbstractItemView) -> None:
        super().__init__(tree)
        self._tree = tree
        self._column = 0

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line in the look of rows."""
        self._column = index.column()
        line = QLineEdit(parent)
        line.setObjectName("inPlace")
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """As high as the row; as wide as the cell, but never too narrow to see what is typed."""
        place = option.rect
        room = self._tree.viewport().width() - place.x()
        place.setWidth(max(place.width(), min(_LEAST, room)))
        editor.setGeometry(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab keeps what is typed and says so, instead of going to whatever cell is next by then."""
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_key and event.key() == Qt.Key.Key_Tab and isinstance(watched, QLineEdit):  # type: ignore[attr-defined]
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QStyledItemDelegate.EndEditHint.NoHint)
            self.passed_on.emit(self._column)
            return True
        return super().eventFilter(watched, event)


class NameInPlace(InPlace):
    """Edits names: a wrong one holds the field, with the reason below it.

    One that is left all the same is told to `refuse` and stands in the field when that is opened again.
    """

    def __init__(
        self,
        tree: QAbstractItemView,
        id_of: Callable[[Index], str],
        check: Callable[[str, str], str],
        keep: Callable[[str, str], None],
        refuse: Callable[[str, str], None],
    ) -> None:
        super().__init__(tree)
        self._id_of = id_of
        self._check = check
        self._keep = keep
        self._refuse = refuse
        self._id = ""
        self._refused: dict[str, str] = {}

    def forget(self) -> None:
        """Another document is shown: what was wrong is forgotten."""
        self._refused.clear()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line that is checked as it is typed into."""
        line = super().createEditor(parent, option, index)
        self._id = self._id_of(index)
        if isinstance(line, QLineEdit):
            line.textChanged.connect(lambda text: self._tell(line, self._check(self._id, text)))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The name, or the wrong one that was left here."""
        left = self._refused.pop(self._id, None)
        if left is not None and isinstance(editor, QLineEdit):
            editor.setText(left)
            editor.selectAll()
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """A name was typed."""
        if not isinstance(editor, QLineEdit):
            return
        problem = self._check(self._id, editor.text())
        if problem:
            self._refused[self._id] = editor.text()
            self._refuse(editor.text(), problem)
        else:
            self._keep(self._id, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wrong name holds the field."""
        is_key = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_key and event.key() in _ENDS and isinstance(watched, QLineEdit):  # type: ignore[attr-defined]
            problem = self._check(self._id, watched.text())
            if problem:
                self._tell(watched, problem)
                return True
        return super().eventFilter(watched, event)

    def _tell(self, line: QLineEdit, problem: str) -> None:
        mark_wrong(line, is_wrong=bool(problem))
        line.setToolTip(tips.plain(sentence(problem)))
        tips.show(line.mapToGlobal(QPoint(0, line.height())), sentence(problem), line)
