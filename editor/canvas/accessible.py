"""The chart as a tree of accessible interfaces: canvas, states as they nest, transitions in their source, notes.

Nothing is made before somebody asks, and then only what is asked for. Qt's cache holds pointers to what was handed to
it without owning a reference of Python's; so all of it is kept here until the view goes, or the program.
"""

from __future__ import annotations

import atexit
import weakref
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface

from editor.canvas.accessible_parts import ChartInterface, ElementInterface, Relations
from editor.document import aligning
from editor.document.describing import description
from editor.model import spoken
from editor.model.elements import is_unresolved
from editor.model.prose import plain
from editor.requests import EditLabel, OpenMenu

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

PRESS, MENU = QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.showMenuAction()
TOGGLE, FOCUS = QAccessibleActionInterface.toggleAction(), QAccessibleActionInterface.setFocusAction()
_KIND = "ChartView"
_open: set[Accessible] = set()
_gone: list[ChartInterface] = []


class Accessible:
    """What of a view is told to programs that read it out. Elements are called by their ids, the canvas by none.

    Invariant: an element has one interface, from when it is first asked for until another document is shown.
    """

    def __init__(self, view: ChartView) -> None:
        self._view = weakref.ref(view)
        self.held: dict[str, ElementInterface] = {}
        self.chart: ChartInterface | None = None
        self._children: dict[str, list[str]] = {}
        self._seen: tuple[object, int] = (None, 0)

    @property
    def view(self) -> ChartView | None:
        """The view, while it is there and shows something."""
        view = self._view()
        is_there = view is not None and shiboken6.isValid(view) and hasattr(view, "picture")
        return view if is_there else None

    def interface(self) -> ChartInterface | None:
        """That of the canvas; made for Qt, which deletes it with the view."""
        view = self._view()
        if self.chart is None and view is not None:
            _gone[:] = [each for each in _gone if shiboken6.isValid(each)]
            self.chart = ChartInterface(self, view)
            self._watch(view)
        return self.chart

    def _watch(self, view: ChartView) -> None:
        """Take back what Qt was lent when the view goes, or the program, whoever was asked for first."""
        if self not in _open:
            _open.add(self)
            view.destroyed.connect(partial(_on_destroyed, self))

    def element(self, id: str) -> ElementInterface | None:
        """That of an element that is drawn; None for another."""
        view = self.view
        if view is None or not self.has(id):
            return None
        found = self.held.get(id)
        if found is None:
            self._watch(view)
            found = self.held[id] = ElementInterface(self, id)
            QAccessible.registerAccessibleInterface(found)
        return found

    def forget(self) -> None:
        """Let go of the interfaces of all elements, as these are of a document that is no longer shown."""
        held, self.held, self._children = self.held, {}, {}
        for each in held.values():
            if shiboken6.isValid(each):
                QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(each))

    # what is there

    def has(self, id: str) -> bool:
        """Whether an element is drawn, or stands in a card that is."""
        view = self.view
        if view is None:
            return False
        picture = view.picture
        if id in picture.states or id in picture.notes.shapes:
            return True
        transition = picture.chart.transitions.get(id)
        return transition is not None and (
            transition.source in picture.states
            or transition.source == picture.chart.root_id
            or id in picture.transitions
        )

    def children(self, id: str) -> list[str]:
        """What lies in a state or on the canvas: states in their order, transitions, notes."""
        view = self.view
        if view is None:
            return []
        picture = view.picture
        if self._seen != (picture, picture.version):
            self._seen, self._children = (picture, picture.version), {}
        found = self._children.get(id)
        if found is None:
            chart, here = picture.chart, id or picture.chart.root_id
            found = []
            if here in chart.states:
                found = [each.id for each in chart.children(here) if each.id in picture.states]
                found += [each.id for each in chart.outgoing(here)]
            if not id:
                ends = [stub for stub, _, _ in picture.stubs.shapes.values()]
                found += [stub.transition for stub in ends if stub.place < 0]
                notes = view.session.document.diagram.notes
                found += sorted(picture.notes.shapes, key=lambda each: notes[each].rank)
            self._children[id] = found
        return found

    def child(self, id: str, index: int) -> ElementInterface | None:
        """One of what lies in an element; None for what is not there."""
        found = self.children(id)
        return self.element(found[index]) if 0 <= index < len(found) else None

    def around(self, id: str) -> str:
        """The id of what an element lies in; empty for the canvas."""
        view = self.view
        if view is None:
            return ""
        chart = view.picture.chart
        transition, state = chart.transitions.get(id), chart.states.get(id)
        found = transition.source if transition is not None else state.parent if state is not None else None
        return found if found is not None and found in view.picture.states else ""

    def parent(self, id: str) -> QAccessibleInterface | None:
        """What an element lies in."""
        view, found = self.view, self.around(id)
        if found:
            return self.element(found)
        return QAccessible.queryAccessibleInterface(view) if view is not None else None

    def is_within(self, id: str, around: str) -> bool:
        """Whether an element lies properly inside another."""
        while id := self.around(id):
            if id == around:
                return True
        return False

    def at(self, x: int, y: int) -> ElementInterface | None:
        """What lies on top at a place of the screen."""
        view = self.view
        if view is None:
            return None
        place = view.viewport().mapFromGlobal(QPoint(x, y))
        if not view.viewport().rect().contains(place):
            return None
        return self.element(view.hit(view.to_chart(QPointF(place))).id)

    def rect(self, id: str) -> QRect:
        """Where an element is on the screen; a transition that stands in a card at its line."""
        view = self.view
        if view is None:
            return QRect()
        found = view.rect_of(id)
        transition = view.picture.chart.transitions.get(id)
        if found is None and transition is not None:
            found = view.rect_of(transition.source)
        if found is None:
            return QRect()
        place = view.rect_to_view(found)
        return QRect(view.viewport().mapToGlobal(place.topLeft()), place.size())

    # what is said

    def role(self, id: str) -> QAccessible.Role:
        """What an element is to Qt. Pieces of trees would be cells of tables on Linux, told with rows that are none."""
        view = self.view
        if view is None:
            return QAccessible.Role.NoRole
        if id in view.picture.notes.shapes:
            return QAccessible.Role.Note
        return QAccessible.Role.ListItem if id in view.picture.chart.states else QAccessible.Role.Link

    def name(self, id: str) -> str:
        """The words for an element, with what is so at the moment: what is wrong, whether it is active."""
        view = self.view
        if view is None:
            return ""
        document = view.session.document
        if not id:
            return spoken.machine(document.chart)
        if id in view.picture.notes.shapes:
            return f"Note: {plain(view.picture.notes.shapes[id].text)}"
        parts = [spoken.element(document.chart, id)]
        if not parts[0]:
            return ""
        if view.overlay.is_running:
            parts += ["active"] if id in view.overlay.active else []
            parts += ["possible now"] if id in view.overlay.enabled else []
            parts += ["failed"] if id in view.overlay.errors else []
        elif flaws := view.flaws.by_element.get(id):
            parts.append("has a problem" if len(flaws) == 1 else f"has {spoken.count(len(flaws), 'problem')}")
        return ", ".join(parts)

    def description(self, id: str) -> str:
        """What people wrote about an element, and what is wrong with it."""
        view = self.view
        if view is None:
            return ""
        chart = view.session.document.chart
        told = plain(description(chart, id or chart.root_id))
        return "\n".join(filter(None, (told, view.flaws.text(id or chart.root_id))))

    def state(self, id: str) -> QAccessible.State:
        """Flags of an element as it is now."""
        state, view = QAccessible.State(), self.view
        if view is None or not self.has(id):
            state.invalid = True
            return state
        state.selectable = state.focusable = state.movable = True
        state.selected = id in view.session.selection.ids
        focused = self.focused()
        state.focused = focused is not None and focused.id == id
        state.active = id in view.overlay.active
        shape = view.picture.states.get(id)
        if shape is not None and view.picture.whole.has_children(id):
            state.expandable = True
            state.collapsed, state.expanded = shape.is_collapsed, not shape.is_collapsed
        area = view.viewport().rect()
        area.moveTopLeft(view.viewport().mapToGlobal(area.topLeft()))
        state.offscreen = not area.intersects(self.rect(id))
        state.invisible = not view.isVisible()
        return state

    def relations(self, id: str) -> Relations:
        """Where ways come from and lead to."""
        view = self.view
        if view is None:
            return []
        chart, flags = view.picture.chart, QAccessible.RelationFlag
        transition = chart.transitions.get(id)
        if transition is not None:
            ends = [
                (transition.source, flags.FlowsFrom),
                *((each, flags.FlowsTo) for each in transition.targets),
            ]
        else:
            ends = [(each.id, flags.FlowsTo) for each in chart.outgoing(id)] if id in chart.states else []
            ends += [(each.id, flags.FlowsFrom) for each in chart.incoming(id)] if id in chart.states else []
        return [
            (found, flag)
            for end, flag in ends
            if not is_unresolved(end)
            and end not in view.picture.stubs.shapes
            and (found := self.element(end)) is not None
        ]

    # what is selected and done

    def focused(self) -> ElementInterface | None:
        """The element that the keys act on: what was selected last, while the canvas has the keyboard."""
        view = self.view
        if view is None or not view.hasFocus() or not view.session.selection.ids:
            return None
        return self.element(view.session.selection.ids[-1])

    def selected(self, id: str) -> list[str]:
        """What is selected in an element, or on the canvas."""
        view = self.view
        ids = view.session.selection.ids if view is not None else ()
        return [each for each in ids if self.has(each) and (not id or self.is_within(each, id))]

    def select(self, ids: Iterable[str]) -> bool:
        """Select these too; whether they can be."""
        view, wanted = self.view, [id for id in ids if self.has(id)]
        if view is not None and wanted:
            view.session.selection.replace((*view.session.selection.ids, *wanted))
        return bool(wanted)

    def unselect(self, ids: Iterable[str]) -> bool:
        """Select these no longer; whether they are there."""
        view, gone = self.view, {id for id in ids if self.has(id)}
        if view is not None and gone:
            view.session.selection.replace(id for id in view.session.selection.ids if id not in gone)
        return bool(gone)

    def deeds(self, id: str) -> Sequence[str]:
        """The actions that an element has now, the usual one first."""
        view = self.view
        if view is None or not self.has(id):
            return ()
        is_composite = id in view.picture.states and view.picture.whole.has_children(id)
        return (PRESS, MENU, FOCUS, *((TOGGLE,) if is_composite else ()))

    def act(self, id: str, name: str) -> None:
        """Do one of them, after what goes on: a menu would keep the program that asked waiting."""
        view = self.view
        if view is not None and name in self.deeds(id):
            QTimer.singleShot(0, view, partial(self._act, id, name))

    def _act(self, id: str, name: str) -> None:
        view = self.view
        if view is None or not self.has(id):
            return
        view.setFocus()
        view.reveal(id)
        if name == PRESS and view.running.fire(id):
            return
        view.session.selection.replace([id])
        if name == PRESS:
            view.session.ask(EditLabel(id))
        elif name == MENU:
            view.session.ask(OpenMenu())
        elif name == TOGGLE:
            self._fold(view, id)

    def _fold(self, view: ChartView, id: str) -> None:
        document = view.session.document
        is_folded = not view.picture.states[id].is_collapsed
        document.apply(aligning.fold(document.chart, document.diagram, [id], is_folded=is_folded))


def _make(key: str, widget: QObject) -> ChartInterface | None:
    """What Qt asks for by the name of each class of a widget."""
    if key != _KIND:
        return None
    tree = getattr(widget, "accessible", None)
    return tree.interface() if isinstance(tree, Accessible) else None


def _on_destroyed(tree: Accessible) -> None:
    """The view goes, and Qt deletes the interface of the canvas with it."""
    tree.forget()
    if tree.chart is not None:
        _gone.append(tree.chart)
    tree.chart = None
    _open.discard(tree)


@atexit.register
def _close() -> None:
    """Take back what views still lend to Qt, before Python lets go of it."""
    for tree in [*_open]:
        tree.forget()
        if tree.chart is not None and shiboken6.isValid(tree.chart):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(tree.chart))
        tree.chart = None
    _open.clear()


QAccessible.installFactory(_make)
