"""The list of what differs between the document and another machine; choosing a row goes there, Escape ends it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from editor.completion.tips import plain
from editor.document.differences import Difference, What, summary
from editor.session import Session

MOST_ROWS = 2000
"""Differences that are listed; more would take long, and nobody reads them."""
WHAT_WIDTH = 170
WHERE_WIDTH = 340
_SIGNS = {What.ADDED: "+", What.REMOVED: "−", What.RENAMED: "=", What.CHANGED: "=", What.MOVED: "→"}


class ComparisonPanel(QWidget):
    """What differs, as the session says, in the order of the chart; each difference opens to its fields."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: tuple[Difference, ...] = ()
        self.title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.title.setObjectName("hint")
        self.title.setContentsMargins(8, 4, 8, 4)
        self.list = QTreeWidget()
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels(["What", "Where", "Before and after"])
        self.list.setAccessibleName("Comparison")
        self.list.header().resizeSection(0, WHAT_WIDTH)
        self.list.header().resizeSection(1, WHERE_WIDTH)
        self.list.itemClicked.connect(self._jump)
        self.list.itemActivated.connect(self._jump)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(self.list)
        session.comparison.changed.subscribe(self._show)
        self._show()

    def _show(self) -> None:
        comparison = self._session.comparison.value
        told = comparison.told if comparison is not None else ()
        if told != self._told or comparison is None:
            self._fill(told)
        self._told = told
        if comparison is None:
            self.title.setText("Nothing is compared. File > Compare with saved begins.")
        else:
            more = f" The first {MOST_ROWS} are listed." if len(told) > MOST_ROWS else ""
            self.title.setText(f"Compared with {comparison.base.name}: {summary(told).lower()}.{more}")

    def _fill(self, told: tuple[Difference, ...]) -> None:
        current = self.list.currentIndex()
        here = current.row() if not current.parent().isValid() else current.parent().row()
        self.list.clear()
        self.list.addTopLevelItems([_row(each) for each in told[:MOST_ROWS]])
        again = self.list.topLevelItem(here)
        if again is not None:
            self.list.setCurrentItem(again)

    def _jump(self, item: QTreeWidgetItem, *_: object) -> None:
        row = item.parent() or item
        place = self.list.indexOfTopLevelItem(row)
        if not 0 <= place < len(self._told):
            return
        session, id = self._session, self._told[place].id
        chart = session.document.chart
        is_there = id in chart.transitions or (id in chart.states and id != chart.root_id)
        is_there = is_there or id in session.document.diagram.notes
        session.selection.replace([id] if is_there else [])
        session.reveal(id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the comparison."""
        if event.key() == Qt.Key.Key_Escape:
            self._session.comparison.put(None)
            return
        super().keyPressEvent(event)


def _row(each: Difference) -> QTreeWidgetItem:
    kind = "" if each.kind == "drawing" else f" {each.kind}"
    fields = "; ".join(_field(field.name, field.before, field.after) for field in each.fields)
    row = QTreeWidgetItem([f"{_SIGNS[each.what]} {each.what.value.capitalize()}{kind}", each.path, fields])
    was = f"\nBefore: {each.was}" if each.was else ""
    row.setToolTip(1, plain(each.path + was))
    row.setToolTip(2, plain(fields.replace("; ", "\n")))
    if each.was:
        row.addChild(QTreeWidgetItem(["", "", f"was {each.was}"]))
    row.addChildren(
        [
            QTreeWidgetItem(["", "", _field(field.name, field.before, field.after)])
            for field in (each.fields if len(each.fields) > 1 else ())
        ]
    )
    return row


def _field(name: str, before: str, after: str) -> str:
    return f"{name}: {before or '(none)'} → {after or '(none)'}"
