"""The list of problems, live; choosing one selects and reveals what it is about."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QTreeView, QVBoxLayout, QWidget

from editor.model import labels, queries
from editor.model.chart import Chart
from editor.model.problems import Problem, Severity
from editor.panels.icons import icon
from editor.session import Session

Index = QModelIndex | QPersistentModelIndex
PLACE_WIDTH = 260
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)


def place_name(chart: Chart, id: str) -> str:
    """What an element is called, for people."""
    if id in chart.transitions:
        transition = chart.transitions[id]
        label = labels.label_text(chart, transition) or transition.trigger.kind.value
        return f"{queries.dotted_path(chart, transition.source) or 'machine'} · {label}"
    return (queries.dotted_path(chart, id) if id in chart.states else "") or "machine"


class _Rows(QAbstractTableModel):
    """Problems, the worst first."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.problems: list[Problem] = []

    def show(self) -> None:
        """Show the session's problems."""
        self.beginResetModel()
        self.problems = sorted(self._session.problems, key=lambda each: _ORDER.index(each.severity))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many problems there are."""
        return 0 if parent.isValid() else len(self.problems)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The message, and the place."""
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles of the columns."""
        return ("Problem", "Where")[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, icon and tooltip of a cell."""
        problem = self.problems[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 1:
                return place_name(self._session.document.chart, problem.element)
            return f"{problem.message} {problem.hint}".strip()
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            is_error = problem.severity is Severity.ERROR
            role_of = QPalette.ColorRole.BrightText if is_error else QPalette.ColorRole.WindowText
            return icon(problem.severity.value, role_of)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{problem.severity.value.capitalize()}: {problem.message} {problem.hint}".strip()
        return None


class ProblemsPanel(QWidget):
    """What is wrong with the chart."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = _Rows(session, self)
        self.list = QTreeView(rootIsDecorated=False, uniformRowHeights=True, itemsExpandable=False)
        self.list.setModel(self.rows)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.resizeSection(1, PLACE_WIDTH)
        self.list.clicked.connect(self._jump)
        self.list.activated.connect(self._jump)
        self.empty = QLabel("No problems found.")
        self.empty.setObjectName("hint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        layout.addWidget(self.empty)
        session.problems_changed.subscribe(self._show)
        session.document_replaced.subscribe(self._show)
        self._show()

    def _show(self) -> None:
        self.rows.show()
        self.list.setVisible(bool(self.rows.problems))
        self.empty.setVisible(not self.rows.problems)

    def element_at(self, place: QPoint) -> str:
        """The element that the problem at a place of the list is about; nothing for none."""
        index = self.list.indexAt(place)
        return self.rows.problems[index.row()].element if index.isValid() else ""

    def _jump(self, index: Index) -> None:
        problem = self.rows.problems[index.row()]
        chart = self._session.document.chart
        id = problem.element
        if id in chart.transitions or (id in chart.states and id != chart.root_id):
            self._session.selection.replace([id])
            self._session.reveal(id)
        else:
            self._session.selection.replace([])
