"""Tells programs that read the canvas out what happens on it: focus, selection, names, steps of a run, the status.

All of it waits until the event is over, is told as one, and costs nothing while no such program is there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleStateChangeEvent,
)

from editor.canvas import highlight
from editor.canvas.accessible import Accessible
from editor.canvas.announcing import Pace, step_words
from editor.engine.simulator import Simulator
from editor.engine.trace import TraceEntry
from editor.model.changes import Changes, NoteChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import State, Transition

if TYPE_CHECKING:
    from editor.canvas.view import ChartView

MOST = 50
"""Elements that are told of one by one at once; of more only that there are others."""


class Notifying(QObject):
    """Listens to the session of a view. `clock` tells milliseconds, and only rises; `send` is who is told."""

    def __init__(self, view: ChartView, tree: Accessible) -> None:
        super().__init__(view)
        self._view = view
        self._tree = tree
        self.clock: Callable[[], float] = highlight.now
        self.send: Callable[[QAccessibleEvent], None] = QAccessible.updateAccessibility
        self.pace = Pace()
        self._selected: tuple[str, ...] = ()
        self._active: frozenset[str] = frozenset()
        self._stirred: set[str] = set()
        self._made: dict[str, None] = {}
        self._lost: dict[str, None] = {}
        self._is_focus_due = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.tell)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.speak)
        session = view.session
        session.document_replaced.subscribe(self._on_document)
        session.alone.changed.subscribe(self._on_document)
        session.changed.subscribe(self._on_changed)
        session.selection_changed.subscribe(self._on_selection)
        session.simulator_changed.subscribe(self._on_simulator)
        session.problems_changed.subscribe(self._on_problems)
        session.status_changed.subscribe(self._say)

    @property
    def is_waiting(self) -> bool:
        """Whether there is something to be told or spoken that has not been yet."""
        return self._soon.isActive() or self._later.isActive()

    def focus(self) -> None:
        """The canvas has got the keyboard."""
        if QAccessible.isActive():
            self._is_focus_due = True
            self._soon.start()

    # what happens

    def _on_document(self) -> None:
        self._stirred.clear()
        self._made.clear()
        self._lost.clear()
        self._selected = ()
        self._tree.forget()
        if QAccessible.isActive():
            self._send(QAccessible.queryAccessibleInterface(self._view), QAccessible.Event.ObjectReorder)
            self.focus()

    def _on_changed(self, changes: Changes) -> None:
        if not QAccessible.isActive():
            return
        chart = self._view.session.document.chart
        for change in changes:
            if not isinstance(change, StateChange | TransitionChange | NoteChange):
                continue
            if change.new is None:
                self._made.pop(change.id, None)
                self._lost[change.id] = None
            elif change.old is None:
                self._lost.pop(change.id, None)
                self._made[change.id] = None
            if self._tree.held:
                self._stirred.update(_about(chart, change))
        self._soon.start()

    def _on_selection(self) -> None:
        if QAccessible.isActive():
            self._is_focus_due = True
            self._soon.start()

    def _on_problems(self) -> None:
        if QAccessible.isActive():
            self._stirred.update(self._tree.held)
            self._soon.start()

    def _on_simulator(self) -> None:
        simulator = self._view.session.simulator
        self.pace.forget()
        if simulator is not None:
            simulator.stepped.subscribe(lambda entry: self._on_stepped(simulator, entry))
            simulator.moved.subscribe(self._on_moved)
            if simulator.trace:
                self._on_stepped(simulator, simulator.trace[-1])
        self._on_moved()

    def _on_stepped(self, simulator: Simulator, entry: TraceEntry) -> None:
        if QAccessible.isActive() and simulator is self._view.session.simulator:
            self._say(step_words(self._view.session.document.chart, entry))
            self._on_moved()

    def _on_moved(self) -> None:
        if QAccessible.isActive():
            self._soon.start()

    def _say(self, text: str) -> None:
        if text and QAccessible.isActive():
            self.pace.say(text)
            self._wait()

    # what is told

    def _wait(self) -> None:
        due = self.pace.due(self.clock())
        if due != float("inf"):
            self._later.start(round(due + 0.5) if due else 0)

    def speak(self) -> None:
        """Announce what waits, politely: what is being spoken is not interrupted."""
        text = self.pace.take(self.clock())
        if text:
            self.send(QAccessibleAnnouncementEvent(self._view, text))
        self._wait()

    def tell(self) -> None:
        """Tell of all that has happened since it was last told."""
        self._tell_structure()
        self._tell_active()
        self._tell_names()
        self._tell_selection()

    def _tell_structure(self) -> None:
        made, lost = [*self._made], [*self._lost]
        self._made.clear()
        self._lost.clear()
        for id in lost:
            held = self._tree.held.get(id)
            if held is not None:
                self._send(held, QAccessible.Event.ObjectDestroyed)
        for id in made if len(made) <= MOST else ():
            self._send(self._tree.element(id), QAccessible.Event.ObjectCreated)
        if len(made) > MOST:
            self._send(QAccessible.queryAccessibleInterface(self._view), QAccessible.Event.ObjectReorder)

    def _tell_active(self) -> None:
        simulator = self._view.session.simulator
        active = simulator.configuration if simulator is not None else frozenset()
        changed = active ^ self._active
        self._active = active
        self._stirred.update(id for id in changed if id in self._tree.held)
        for id in changed:
            held = self._tree.held.get(id)
            if held is not None and held.isValid():
                flags = QAccessible.State()
                flags.active = True
                self.send(QAccessibleStateChangeEvent(held, flags))

    def _tell_names(self) -> None:
        stirred, self._stirred = self._stirred, set()
        for id in stirred:
            held = self._tree.held.get(id)
            if held is None or not held.said or not held.isValid():
                continue
            if held.said != self._tree.name(id):
                self._send(held, QAccessible.Event.NameChanged)

    def _tell_selection(self) -> None:
        ids = self._view.session.selection.ids
        changed = {*ids} ^ {*self._selected}
        self._selected = ids
        for id in changed if len(changed) <= MOST else ():
            added = QAccessible.Event.SelectionAdd if id in ids else QAccessible.Event.SelectionRemove
            self._send(self._tree.held.get(id) if self._tree.has(id) else None, added)
        if changed:
            self._send(QAccessible.queryAccessibleInterface(self._view), QAccessible.Event.SelectionWithin)
        focused = self._tree.focused() if self._is_focus_due else None
        self._is_focus_due = False
        if focused is not None:
            self._send(focused, QAccessible.Event.Focus)

    def _send(self, about: QAccessibleInterface | None, kind: QAccessible.Event) -> None:
        if about is not None:
            self.send(QAccessibleEvent(about, kind))


def _about(chart: Chart, change: StateChange | TransitionChange | NoteChange) -> set[str]:
    """The elements whose words tell of a record: itself, what is around and inside, what leads out and to it."""
    found = {change.id}
    for record in (change.old, change.new):
        if isinstance(record, State) and record.parent is not None:
            found.add(record.parent)
        elif isinstance(record, Transition):
            found.add(record.source)
    if change.id in chart.states:
        found.update(each.id for each in chart.children(change.id))
        for each in (*chart.outgoing(change.id), *chart.incoming(change.id)):
            found.update((each.id, each.source))
    return found
