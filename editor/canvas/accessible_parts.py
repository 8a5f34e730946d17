"""The canvas and its elements as programs read them that speak to people who do not see: Qt's accessible interfaces.

Qt asks in the middle of everything, and also while widgets go; so what is gone answers with nothing, and nothing here
raises. What Qt is handed for a part of an interface (`interface_cast`) has to be an object that lives as long, and
where there is none a pointer to nothing: PySide 6.11 makes no pointer of None, and ends the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleSelectionInterface,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget

if TYPE_CHECKING:
    from editor.canvas.accessible import Accessible
    from editor.canvas.view import ChartView

Relations = list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]
_NOTHING = shiboken6.VoidPtr(0)
_ANY = QAccessible.RelationFlag(-1)


class ElementInterface(QAccessibleInterface):
    """A state, a transition or a note of the canvas. Valid while it is drawn: again, when a deletion is undone.

    `said` is the name that it had when it was told last.
    """

    def __init__(self, tree: Accessible, id: str) -> None:
        super().__init__()
        self._tree = tree
        self.id = id
        self.said = ""
        self._actions = _Actions(self)
        self._selection = _Selection(tree, id)

    def isValid(self) -> bool:
        """Whether the element is drawn."""
        return self._tree.has(self.id)

    def object(self) -> QObject | None:  # type: ignore[override]
        """None: elements are no objects of Qt's."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window that the canvas is in."""
        view = self._tree.view
        return view.window().windowHandle() if view is not None else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The state around a state, the source of a transition, or the canvas."""
        return self._tree.parent(self.id)

    def childCount(self) -> int:
        """How many states are drawn in it, and transitions lead out of it."""
        return len(self._tree.children(self.id))

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """One of them; states first, in the order of the chart."""
        return self._tree.child(self.id, index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which of them something is; -1 for none."""
        found = self._tree.children(self.id)
        return found.index(child.id) if isinstance(child, ElementInterface) and child.id in found else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """What of it lies on top at a place of the screen."""
        found = self._tree.at(x, y)
        return found if found is not None and self._tree.is_within(found.id, self.id) else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """What of it the keys act on."""
        found = self._tree.focused()
        return found if found is not None and self._tree.is_within(found.id, self.id) else None

    def relations(self, match: QAccessible.RelationFlag = _ANY) -> Relations:
        """Where a transition comes from and leads to; what leads out of a state and to it."""
        return [each for each in self._tree.relations(self.id) if match in (_ANY, each[1]) or match & each[1]]

    def role(self) -> QAccessible.Role:
        """A state is an item of what it lies in, a transition leads somewhere as a link does, a note is a note."""
        return self._tree.role(self.id)

    def rect(self) -> QRect:
        """Where it is on the screen; elsewhere than in the window if that does not show it."""
        return self._tree.rect(self.id)

    def state(self) -> QAccessible.State:
        """Selected, focused, expanded, active in the run: as it is now."""
        return self._tree.state(self.id)

    def text(self, kind: QAccessible.Text) -> str:
        """Its words; as a description what people wrote about it and what is wrong with it."""
        if kind is QAccessible.Text.Name:
            self.said = self._tree.name(self.id)
            return self.said
        return self._tree.description(self.id) if kind is QAccessible.Text.Description else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing: texts are typed where they stand."""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """What can be done with it, and what of it is selected."""
        if kind is QAccessible.InterfaceType.ActionInterface:
            return self._actions
        return self._selection if kind is QAccessible.InterfaceType.SelectionInterface else _NOTHING

    def act(self, name: str) -> None:
        """Do one of the actions, as soon as whoever asked for it has been answered."""
        self._tree.act(self.id, name)

    @property
    def deeds(self) -> Sequence[str]:
        """The names of the actions that it has now."""
        return self._tree.deeds(self.id)


class ChartInterface(QAccessibleWidget):
    """The canvas: the outermost states, transitions of the machine itself, notes, and last the widgets on top of it."""

    def __init__(self, tree: Accessible, view: ChartView) -> None:
        super().__init__(view, QAccessible.Role.Canvas)
        self._tree = tree
        self._selection = _Selection(tree, "")

    def childCount(self) -> int:
        """How many there are."""
        return len(self._tree.children("")) + (1 if self._tree.view is not None else 0)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """One of them; the last holds what lies on the canvas, as the minimap."""
        count, view = len(self._tree.children("")), self._tree.view
        if index == count and view is not None:
            return QAccessible.queryAccessibleInterface(view.viewport())
        return self._tree.child("", index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which of them something is; -1 for none."""
        found, view = self._tree.children(""), self._tree.view
        if isinstance(child, ElementInterface):
            return found.index(child.id) if child.id in found else -1
        return len(found) if view is not None and child.object() is view.viewport() else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """What lies on top at a place of the screen: a widget, else an element."""
        view = self._tree.view
        if view is None:
            return None
        on_top = view.viewport().childAt(view.viewport().mapFromGlobal(QPoint(x, y)))
        return QAccessible.queryAccessibleInterface(on_top) if on_top is not None else self._tree.at(x, y)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The element that the keys act on, or the field that is typed into; the canvas itself where nothing is."""
        found = self._tree.focused()
        return found if found is not None else super().focusChild()

    def state(self) -> QAccessible.State:
        """As of any widget; several elements can be selected."""
        state = super().state()
        if self._tree.view is not None:
            state.multiSelectable = state.extSelectable = True
        return state

    def text(self, kind: QAccessible.Text) -> str:
        """The name of the machine and how large it is."""
        if kind is QAccessible.Text.Name:
            return self._tree.name("")
        return self._tree.description("") if kind is QAccessible.Text.Description else ""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        """What of it is selected."""
        return self._selection if kind is QAccessible.InterfaceType.SelectionInterface else _NOTHING


class _Actions(QAccessibleActionInterface):
    """What can be done with an element."""

    def __init__(self, element: ElementInterface) -> None:
        super().__init__()
        self._element = element

    def actionNames(self) -> list[str]:
        """Those that are possible now, the usual one first."""
        return list(self._element.deeds)

    def doAction(self, name: str) -> None:
        """Do one."""
        self._element.act(name)

    def keyBindingsForAction(self, name: str) -> list[str]:
        """None: keys belong to commands."""
        return []


class _Selection(QAccessibleSelectionInterface):
    """What is selected in an element, or on the whole canvas (`id` is empty)."""

    def __init__(self, tree: Accessible, id: str) -> None:
        super().__init__()
        self._tree = tree
        self._id = id

    def selectedItemCount(self) -> int:
        """How many elements are selected."""
        return len(self._tree.selected(self._id))

    def selectedItem(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """One of them."""
        found = self._tree.selected(self._id)
        return self._tree.element(found[index]) if 0 <= index < len(found) else None

    def selectedItems(self) -> list[QAccessibleInterface]:
        """All of them, in the order of selecting."""
        return [each for id in self._tree.selected(self._id) if (each := self._tree.element(id)) is not None]

    def isSelected(self, item: QAccessibleInterface) -> bool:
        """Whether an element is one of them."""
        return isinstance(item, ElementInterface) and item.id in self._tree.selected(self._id)

    def select(self, item: QAccessibleInterface) -> bool:
        """Select an element too."""
        return isinstance(item, ElementInterface) and self._tree.select([item.id])

    def unselect(self, item: QAccessibleInterface) -> bool:
        """Select an element no longer."""
        return isinstance(item, ElementInterface) and self._tree.unselect([item.id])

    def selectAll(self) -> bool:
        """Select all that lie directly in it."""
        return self._tree.select(self._tree.children(self._id))

    def clear(self) -> bool:
        """Select nothing of it."""
        return self._tree.unselect(self._tree.selected(self._id))
