"""The outline: the tree of states, with a search field; selection is the session's, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from editor.document import edits, ordering
from editor.document.fitting import fitted
from editor.document.undo import Edit
from editor.errors import EditorError
from editor.model.changes import Changes, StateChange
from editor.panels.fields import MEASURE
from editor.panels.icons import icon
from editor.panels.in_place import NameInPlace
from editor.panels.keys import PanelKeys
from editor.panels.making import made
from editor.panels.outline_model import OutlineModel
from editor.session import Session

MOST_EXPANDED = 400


class OutlinePanel(QWidget):
    """The tree of states in step with the chart."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_syncing = False
        self._is_opened = False
        self._open_before: list[str] | None = None
        self.search = QLineEdit(placeholderText="Find a state", clearButtonEnabled=True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setAccessibleName("Find a state")
        self.model = OutlineModel(session.document.chart, self)
        self.tree = QTreeView(headerHidden=True, uniformRowHeights=True, indentation=16)
        self.tree.setModel(self.model)
        self.tree.setAccessibleName("States")
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.names = NameInPlace(self.tree, self.model.id_of, self.check_name, self.rename, self._refuse)
        self.tree.setItemDelegate(self.names)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.tree.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.tree.setAutoExpandDelay(600)
        self.empty = QLabel(
            "No states yet. Double-click on the canvas to make one.",
            wordWrap=True,
            textFormat=Qt.TextFormat.PlainText,
        )
        self.empty.setObjectName("hint")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        for widget in (self.search, self.tree, self.empty):
            layout.addWidget(widget)
        self._listen()
        self._show_document()

    def _listen(self) -> None:
        session = self._session
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._take_first)
        self.tree.selectionModel().selectionChanged.connect(self._on_rows_selected)
        self.tree.activated.connect(lambda index: session.reveal(self.model.id_of(index)))
        self.tree.doubleClicked.connect(lambda index: session.reveal(self.model.id_of(index)))
        self.model.dropped.connect(self.put)
        deeds = {"up": self.move_up, "down": self.move_down, "out": self.move_out, "in": self.move_in}
        PanelKeys(self.tree, session, {f"outline.{id}": deed for id, deed in deeds.items()})
        session.document_replaced.subscribe(self._show_document)
        session.changed.subscribe(self._on_changed)
        session.selection_changed.subscribe(self._show_selection)
        session.simulator_changed.subscribe(self._on_simulator)
        session.looking.changed.subscribe(self._show_found)

    def element_at(self, place: QPoint) -> str:
        """The state of the row at a place of the tree; nothing for none."""
        index = self.tree.indexAt(place)
        return self.model.id_of(index) if index.isValid() else ""

    def check_name(self, id: str, key: str) -> str:
        """What is wrong with a name for a state; nothing for one that is gone."""
        chart = self._session.document.chart
        try:
            if id in chart.states:
                edits.rename(chart, id, key)
        except EditorError as error:
            return str(error)
        return ""

    def _refuse(self, key: str, problem: str) -> None:
        self._session.say(f"“{key}” was not kept: {problem.rstrip('.')}. Rename the state again to mend it.")

    def rename(self, id: str, key: str) -> None:
        """Give a state the name that was typed into its row."""
        document = self._session.document
        if id not in document.chart.states:
            return
        chart = document.chart
        made(
            self._session,
            lambda: fitted(chart, document.diagram, edits.rename(chart, id, key), MEASURE),
        )

    # moving rows

    def put(self, ids: list[str], parent: str, row: int) -> None:
        """Make states children of another, before one of its rows; behind all of them for -1."""
        chart, diagram = self._session.document.chart, self._session.document.diagram
        self._apply(lambda: ordering.put(chart, diagram, ids, parent, row, measure=MEASURE))

    def move_up(self) -> None:
        """Move the selected states before the sibling above."""
        self._shift(-1)

    def move_down(self) -> None:
        """Move the selected states behind the sibling below."""
        self._shift(1)

    def move_out(self) -> None:
        """Move the selected states out of their parent, behind it."""
        chart, ids = self._session.document.chart, self._chosen()
        parent = chart.states[chart.states[ids[0]].parent or ""] if ids else chart.root
        if parent.parent is not None:
            row = [each.id for each in chart.children(parent.parent)].index(parent.id)
            self.put(ids, parent.parent, row + 1)

    def move_in(self) -> None:
        """Move the selected states into the sibling above, behind what it holds."""
        chart, ids = self._session.document.chart, self._chosen()
        row = [each.id for each in chart.children(chart.states[ids[0]].parent or "")] if ids else []
        above = [id for id in row[: row.index(ids[0])] if id not in ids] if ids else []
        if above:
            self.put(ids, above[-1], -1)

    def _chosen(self) -> list[str]:
        chart = self._session.document.chart
        return [id for id in self._session.selection.ids if id in chart.states and id != chart.root_id]

    def _shift(self, by: int) -> None:
        ids = self._chosen()
        if ids:
            self._apply(lambda: ordering.shift(self._session.document.chart, ids, by))

    def _apply(self, plan: Callable[[], Edit]) -> None:
        """Make an edit, keeping the selection; what is refused is told."""
        chosen = self._session.selection.ids
        made(self._session, plan)
        self._session.selection.replace(chosen)

    # the chart

    def _show_document(self) -> None:
        self._open_before = None
        self.names.forget()
        self.search.clear()
        self._rebuild([])
        self._is_opened = False
        if self.isVisible():
            self._open()

    def _open(self) -> None:
        """Open the rows of a small chart, or the outermost ones; Qt lays all of them out for that."""
        self._is_opened = True
        if len(self._session.document.chart.states) <= MOST_EXPANDED:
            self.tree.expandAll()
        else:
            self.tree.expandToDepth(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Rows are opened when they can be seen: on the way there Qt lays out anew what is open."""
        super().showEvent(event)
        if not self._is_opened:
            self._open()

    def _rebuild(self, expanded: list[str]) -> None:
        chart = self._session.document.chart
        self._is_syncing = True
        self.model.rebuild(chart, self._wanted())
        for id in expanded:
            index = self.model.index_of(id)
            if index.isValid():
                self.tree.setExpanded(index, True)
        self._is_syncing = False
        has_states = len(chart.states) > 1
        self.tree.setVisible(has_states)
        self.empty.setVisible(not has_states)
        self._show_selection()

    def _on_changed(self, changes: Changes) -> None:
        states = [change for change in changes if isinstance(change, StateChange)]
        if any(_is_structural(change) for change in states):
            new = [change.new.parent for change in states if change.new is not None and change.new.parent]
            self._rebuild([*self._expanded(), *new])
            return
        for change in states:
            self.model.refresh(change.id)

    def _expanded(self) -> list[str]:
        return [self.model.id_of(index) for index in self._open_rows(QModelIndex())]

    def _open_rows(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        """The rows that are open. Qt calls rows open as well that have nothing to show, if all were opened at once."""
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            if self.model.hasChildren(index) and self.tree.isExpanded(index):
                yield index
                yield from self._open_rows(index)

    # search

    def _wanted(self) -> frozenset[str] | None:
        text = self.search.text().strip().casefold()
        if not text:
            return None
        chart = self._session.document.chart
        found: set[str] = set()
        for state in chart.states.values():
            if text in state.key.casefold():
                found.add(state.id)
                found.update(each.id for each in chart.ancestors(state.id))
        return frozenset(found)

    def _filter(self) -> None:
        """Show what is searched for, all of it open; when the search is over, what was open before it."""
        wanted = self._wanted()
        if wanted is not None and self._open_before is None:
            self._open_before = self._expanded()
        if wanted is None:
            self._rebuild(self._open_before or [])
            self._open_before = None
            return
        self._rebuild([])
        if len(wanted) <= MOST_EXPANDED:
            self.tree.expandAll()

    def _take_first(self) -> None:
        text = self.search.text().strip().casefold()
        index = self.model.index(0, 0)
        while index.isValid():
            id = self.model.id_of(index)
            if text in self._session.document.chart.states[id].key.casefold():
                self._session.selection.replace([id])
                self._session.reveal(id)
                return
            index = self.tree.indexBelow(index)

    # selection

    def _on_rows_selected(self) -> None:
        if self._is_syncing:
            return
        ids = [self.model.id_of(index) for index in self.tree.selectionModel().selectedRows()]
        self._is_syncing = True
        self._session.selection.replace(ids)
        if len(ids) == 1:
            self._session.reveal(ids[0])
        self._is_syncing = False

    def _show_selection(self) -> None:
        if self._is_syncing:
            return
        self._is_syncing = True
        rows = [self.model.index_of(id) for id in self._session.selection.ids]
        rows = [index for index in rows if index.isValid()]
        last = rows[-1] if rows else QModelIndex()
        chosen = _ranges(self.model, rows)
        model = self.tree.selectionModel()
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if last.isValid():
            model.setCurrentIndex(last, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.tree.scrollTo(last)
        self._is_syncing = False

    def _show_found(self) -> None:
        """Mark what is looked for: states, and those that transitions leave."""
        transitions = self._session.document.chart.transitions
        hits = self._session.looking.hits
        found = (transitions[id].source if id in transitions else id for id in hits)
        self.model.set_found(frozenset(found))
        self.tree.viewport().update()

    # the run

    def _on_simulator(self) -> None:
        simulator = self._session.simulator
        if simulator is not None:
            simulator.stepped.subscribe(lambda entry: self._show_active())
            simulator.moved.subscribe(self._show_active)
        self._show_active()

    def _show_active(self) -> None:
        simulator = self._session.simulator
        self.model.set_active(simulator.configuration if simulator is not None else frozenset())


def _ranges(model: OutlineModel, rows: list[QModelIndex]) -> QItemSelection:
    """Rows as few ranges: Qt takes a time that grows with the square of their number."""
    by_parent: dict[str, list[int]] = {}
    for index in rows:
        by_parent.setdefault(model.id_of(index.parent()), []).append(index.row())
    chosen = QItemSelection()
    for id, numbers in by_parent.items():
        parent = model.index_of(id)
        numbers.sort()
        start = numbers[0]
        for row, following in zip(numbers, [*numbers[1:], -1], strict=True):
            if following != row + 1:
                chosen.select(model.index(start, 0, parent), model.index(row, 0, parent))
                start = following
    return chosen


def _is_structural(change: StateChange) -> bool:
    old, new = change.old, change.new
    if old is None or new is None:
        return True
    return (old.parent, old.order) != (new.parent, new.order)
