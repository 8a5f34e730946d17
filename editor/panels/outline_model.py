"""The tree of states as Qt's views want it; reads the chart, keeps only the rows that were looked at."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from editor.completion.tips import plain
from editor.document import edits
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import State, StateKind
from editor.panels.icons import icon

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-statechart-states"
# put together once: Qt asks for the flags of every row that it lays out
_AROUND = Qt.ItemFlag.ItemIsDropEnabled
_ROW = _AROUND | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
_MOVABLE = _ROW | Qt.ItemFlag.ItemIsDragEnabled
_ICONS = {
    StateKind.PARALLEL: "parallel",
    StateKind.FINAL: "final",
    StateKind.SHALLOW_HISTORY: "history",
    StateKind.DEEP_HISTORY: "deep",
}


def icon_name(chart: Chart, state: State) -> str:
    """The icon of a state, by what it is."""
    if state.id == chart.root_id:
        return "machine"
    if state.kind in _ICONS:
        return _ICONS[state.kind]
    if queries.is_region(chart, state.id):
        return "region"
    return "compound" if chart.has_children(state.id) else "state"


class OutlineModel(QAbstractItemModel):
    """States below the root. Invariant: a row is cached only until the structure changes (`rebuild`).

    `dropped` is told the ids of dragged states, the new parent, and the row they were dropped before (-1: behind all).
    """

    dropped = Signal(list, str, int)

    def __init__(self, chart: Chart, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._numbers: dict[str, int] = {}
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._children: dict[str, list[str]] = {}
        self._active: frozenset[str] = frozenset()
        self._found: frozenset[str] = frozenset()
        self._wanted: frozenset[str] | None = None

    def rebuild(self, chart: Chart, wanted: frozenset[str] | None = None) -> None:
        """Show another structure; `wanted` leaves out all states but these."""
        self.beginResetModel()
        self._chart = chart
        self._wanted = wanted
        self._rows.clear()
        self._children.clear()
        self.endResetModel()

    def refresh(self, id: str) -> None:
        """Show a state anew whose place did not change."""
        index = self.index_of(id)
        if index.isValid():
            self.dataChanged.emit(index, index)

    def set_active(self, ids: frozenset[str]) -> None:
        """Mark the states that a run is in."""
        former, self._active = self._active, ids
        for id in former ^ ids:
            if id in self._rows:
                self.refresh(id)

    def set_found(self, ids: frozenset[str]) -> None:
        """Mark the states that are looked for; whoever shows the rows paints them again."""
        self._found = ids

    def id_of(self, index: Index) -> str:
        """The state of a row; the root's for none."""
        return self._ids[index.internalId()] if index.isValid() else self._chart.root_id

    def index_of(self, id: str) -> QModelIndex:
        """The row of a state; an invalid index where it is not shown."""
        state = self._chart.states.get(id)
        if state is None or state.parent is None:
            return QModelIndex()
        siblings = self._below(state.parent)
        if self._wanted is not None and id not in siblings:
            return QModelIndex()
        return self.createIndex(self._rows[id], 0, self._number(id))

    def _below(self, id: str) -> list[str]:
        found = self._children.get(id)
        if found is None:
            wanted = self._wanted
            found = [child.id for child in self._chart.children(id) if wanted is None or child.id in wanted]
            self._children[id] = found
            for row, child in enumerate(found):
                self._rows[child] = row
        return found

    def _number(self, id: str) -> int:
        number = self._numbers.get(id)
        if number is None:
            number = self._numbers[id] = len(self._ids)
            self._ids.append(id)
        return number

    # what Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a row."""
        below = self._below(self.id_of(parent))
        if column != 0 or not 0 <= row < len(below):
            return QModelIndex()
        return self.createIndex(row, 0, self._number(below[row]))

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The index of the state around."""
        state = self._chart.states.get(self.id_of(index)) if index.isValid() else None
        if state is None or state.parent is None:
            return QModelIndex()
        return self.index_of(state.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many states stand below one."""
        return len(self._below(self.id_of(parent)))

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Whether there are any, without listing them."""
        if self._wanted is None:
            return self._chart.has_children(self.id_of(parent))
        return self.rowCount(parent) > 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """There is one column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, icon, tooltip, and how an active state looks."""
        state = self._chart.states.get(self.id_of(index)) if index.isValid() else None
        if state is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return state.key
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(icon_name(self._chart, state))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(state.description or queries.dotted_path(self._chart, state.id))
        if state.id in self._active:
            return self._active_look(role)
        return self._found_look(role) if state.id in self._found else None

    def _active_look(self, role: int) -> object:
        if role == Qt.ItemDataRole.ForegroundRole:
            return QApplication.palette().brush(QPalette.ColorRole.Link)
        if role == Qt.ItemDataRole.FontRole:
            font = QApplication.font()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def _found_look(self, role: int) -> object:
        if role == Qt.ItemDataRole.FontRole:
            font = QApplication.font()
            font.setUnderline(True)
            return font
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected, renamed and dragged, and dropped into where a drop is accepted."""
        if not index.isValid():
            return _AROUND
        return _MOVABLE if self._wanted is None else _ROW

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Renaming is the panel's business: it listens to the editor, not to the model."""
        return False

    # dragging

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Rows travel as ids, and within one outline only."""
        return [MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The ids of rows, with a mark of this model: ids of another document mean nothing here."""
        data = QMimeData()
        ids = [self.id_of(index) for index in indexes]
        data.setData(MIME, json.dumps([id(self), ids]).encode())
        return data

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Whether the dragged states could be children of the state of a row."""
        ids = self._dragged(data)
        return bool(ids) and self._wanted is None and edits.can_hold(self._chart, self.id_of(parent), ids)

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Announce where states were dropped; the panel makes the edit."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        self.dropped.emit(self._dragged(data), self.id_of(parent), row)
        return True

    def _dragged(self, data: QMimeData) -> list[str]:
        if not data.hasFormat(MIME):
            return []
        mark, ids = json.loads(bytes(data.data(MIME).data()))
        return [each for each in ids if each in self._chart.states] if mark == id(self) else []
