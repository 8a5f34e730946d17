"""A question for a name: the places that it would change are listed, each to be left out, and seen on the canvas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from editor.commands.registry import Choosable, Review
from editor.completion.tips import plain
from editor.window.asking import MOST_SHOWN, AskText

Look = Callable[[Sequence[str]], None]
"""Shows elements on the canvas without selecting them; the canvas as it was before for none."""
ID = Qt.ItemDataRole.UserRole
ON, OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_LEAST_HEIGHT = 220


class AskPlaces(AskText):
    """A field, and below it the places by what they are, with a mark that can be taken off; a group marks all of it.

    `left_out` are the places without a mark. The one that is walked to is seen on the canvas, and `chosen` is the
    element where the person wants to go.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        review: Callable[[str, frozenset[str]], Review],
        verb: str,
        look: Look,
    ) -> None:
        self.left_out: frozenset[str] = frozenset()
        self.chosen = ""
        self._look = look
        self._places: dict[str, Choosable] = {}
        self._groups: dict[str, list[str]] = {}
        super().__init__(parent, title, text, lambda typed: review(typed, self.left_out), verb)
        self.go = self.buttons.addButton("Go there", QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setEnabled(False)
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self.go_there)
        self._marked = QTimer(self, singleShot=True, interval=0)
        self._marked.timeout.connect(self._take_marks)
        self.tree.itemChanged.connect(lambda item, column: self._marked.start())
        self.tree.currentItemChanged.connect(lambda item, before: self._on_current())
        self.tree.itemDoubleClicked.connect(lambda item, column: self.go_there())
        self.finished.connect(lambda result: look(()))

    @property
    def tree(self) -> QTreeWidget:
        """The places, in their groups."""
        return cast(QTreeWidget, self.list)

    def _make_list(self) -> QAbstractItemView:
        made = QTreeWidget()
        made.setHeaderHidden(True)
        made.setUniformRowHeights(True)
        made.setMinimumHeight(_LEAST_HEIGHT)
        return made

    # what changes

    def _fill(self, review: Review) -> str:
        if not review.problem:
            self._show_places(review.places)
        count, left = len(self._places), len(self.left_out & self._places.keys())
        self.list.setVisible(count > 1 and not review.problem)
        if count <= 1:
            return ""
        return f"{count - left} of {count} places" if left else f"{count} places"

    def _show_places(self, places: Sequence[Choosable]) -> None:
        """Show places; rows that are there already only get their text, so that one stays where one was."""
        are_the_same = [each.id for each in places] == list(self._places)
        self._places = {each.id: each for each in places}
        self.tree.blockSignals(True)
        if not are_the_same:
            self._build()
        for row in self._rows():
            place = self._places[row.data(0, ID)]
            row.setText(0, place.text)
            row.setToolTip(0, plain(place.text))
        self.tree.blockSignals(False)

    def _build(self) -> None:
        self.tree.clear()
        self._groups = {}
        for id, each in self._places.items():
            self._groups.setdefault(each.group, []).append(id)
        for name, ids in self._groups.items():
            group = QTreeWidgetItem(self.tree, [f"{name} ({len(ids)})"])
            for id in ids[:MOST_SHOWN]:
                row = QTreeWidgetItem(group)
                row.setData(0, ID, id)
                if self._places[id].free:
                    row.setCheckState(0, OFF if id in self.left_out else ON)
            if len(ids) > MOST_SHOWN:
                QTreeWidgetItem(group, [f"… and {len(ids) - MOST_SHOWN} more, as the group is marked"])
            if any(self._places[id].free for id in ids):
                group.setFlags(group.flags() | Qt.ItemFlag.ItemIsAutoTristate)
            group.setExpanded(True)

    def _rows(self) -> Iterator[QTreeWidgetItem]:
        """The rows of places."""
        for number in range(self.tree.topLevelItemCount()):
            group = cast(QTreeWidgetItem, self.tree.topLevelItem(number))
            for place in range(group.childCount()):
                row = cast(QTreeWidgetItem, group.child(place))
                if row.data(0, ID):
                    yield row

    def _take_marks(self) -> None:
        """See which places are left out now; those of a group that have no row go with the group."""
        found = {row.data(0, ID) for row in self._rows() if self._is_off(row)}
        for number, ids in enumerate(self._groups.values()):
            if self._is_off(cast(QTreeWidgetItem, self.tree.topLevelItem(number))):
                found.update(ids[MOST_SHOWN:])
        left_out = frozenset(id for id in found if self._places[id].free)
        if left_out != self.left_out:
            self.left_out = left_out
            self._show(self.field.text())

    @staticmethod
    def _is_off(row: QTreeWidgetItem) -> bool:
        return row.data(0, Qt.ItemDataRole.CheckStateRole) is not None and row.checkState(0) is OFF

    # where it is

    def _current(self) -> str:
        row = self.tree.currentItem()
        place = self._places.get(row.data(0, ID)) if row is not None else None
        return place.element if place is not None else ""

    def _on_current(self) -> None:
        element = self._current()
        self.go.setEnabled(bool(element))
        self._look((element,) if element else ())

    def go_there(self) -> None:
        """Close without a change, for the element of the place that was walked to."""
        self.chosen = self._current()
        if self.chosen:
            self.reject()

    def accept(self) -> None:
        """Close with the text and the marks, unless something is wrong with it."""
        self._take_marks()
        super().accept()
