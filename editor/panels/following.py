"""A column of widgets that follows a list of parts: what is wanted again stays, only what comes or goes is built."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Part(Generic[W]):
    """One widget that is wanted, under a name of its own.

    `make` builds it where there is none to take; one that another part of the same `kind` no longer needs can be taken.
    `show` gives it what it is to say now, `part` has it say nothing while nobody wants it.
    """

    name: str
    kind: str
    make: Callable[[], W]
    show: Callable[[W], None]
    part: Callable[[W], None] = lambda widget: None


def _stops(widget: QWidget) -> list[QWidget]:
    """Where Tab stops in a part: itself or what stands directly in it."""
    found = [widget, *widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)]
    return [each for each in found if each.focusPolicy() & Qt.FocusPolicy.TabFocus]


class Column(QWidget):
    """Widgets from top to bottom. `follow` makes them those that are wanted, in the order they are wanted.

    A widget that stays keeps its focus, cursor and what is typed into it. What is not wanted is hidden and waits to be
    taken again, so that no widget is ever thrown away. Tab and screen readers go by the order that is seen; Tab comes
    here from `before`.
    """

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self._before = before
        self._there: dict[str, tuple[Part[Any], QWidget]] = {}
        self._spare: dict[str, list[QWidget]] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 12, 12, 16)
        self._rows.setSpacing(10)
        self._rows.addStretch(1)

    def follow(self, parts: Sequence[Part[Any]]) -> None:
        """Hold these parts, each saying what it is to say now."""
        kept = {part.name: self._there.pop(part.name, None) for part in parts}
        gone, self._there = self._there, {}
        for part, widget in gone.values():
            part.part(widget)
            self._rows.removeWidget(widget)
            self._spare.setdefault(part.kind, []).append(widget)
        is_same = not gone
        for place, part in enumerate(parts):
            found = kept[part.name]
            widget = found[1] if found is not None else self._taken(part)
            self._there[part.name] = part, widget
            item = self._rows.itemAt(place)
            if item is None or item.widget() is not widget:
                self._rows.insertWidget(place, widget)
                is_same = False
            part.show(widget)
            widget.setVisible(True)
        if not is_same:
            self._put_in_order([widget for _, widget in self._there.values()])
        for waiting in self._spare.values():
            for widget in waiting:
                widget.hide()

    def _taken(self, part: Part[Any]) -> QWidget:
        waiting = self._spare.get(part.kind)
        found: QWidget = waiting.pop(0) if waiting else part.make()
        return found

    def _put_in_order(self, widgets: list[QWidget]) -> None:
        """Have Tab and screen readers go from top to bottom: they know the order in which widgets came."""
        for widget in widgets:
            widget.raise_()
        stops = [self._before, *(stop for widget in widgets for stop in _stops(widget))]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
