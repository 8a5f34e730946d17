"""Session: what one window has open, selected, running and wrong. It holds and announces; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from editor.document.compared import Compared
from editor.document.document import Document
from editor.document.looking import Looking
from editor.document.selection import Selection
from editor.document.settings import Settings
from editor.engine.simulator import Simulator
from editor.held import Held
from editor.model.changes import Changes
from editor.model.problems import Problem
from editor.requests import Request
from editor.signal import Signal

if TYPE_CHECKING:
    from editor.layout.drawn import Shown
    from editor.layout_engine.proposed import Proposed


class Session:
    """One document with its selection, tool, run and problems; a signal for each that is replaced.

    Invariant: listeners of `changed` hear every change of the present document and of no other.
    """

    def __init__(self, document: Document, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.tool_id = "select"
        self.simulator: Simulator | None = None
        self.is_stale = False
        self.comparison: Held[Compared] = Held()
        self.proposed: Held[Proposed] = Held()
        self.alone: Held[str] = Held()
        self.problems: tuple[Problem, ...] = ()
        self.silenced: tuple[Problem, ...] = ()
        self.status, self._status_lasts = "", False
        self.looking = Looking()
        self.shown: Callable[[], Shown | None] = lambda: None
        self.document_replaced: Signal[[]] = Signal()
        self.changed: Signal[[Changes]] = Signal()
        self.selection_changed: Signal[[]] = Signal()
        self.tool_changed: Signal[[]] = Signal()
        self.simulator_changed: Signal[[]] = Signal()
        self.stale_changed: Signal[[]] = Signal()
        self.problems_changed: Signal[[]] = Signal()
        self.problems_asked: Signal[[]] = Signal()
        self.settings_changed: Signal[[]] = Signal()
        self.status_changed: Signal[[str]] = Signal()
        self.revealed: Signal[[str]] = Signal()
        self.requested: Signal[[Request]] = Signal()
        self._unsubscribe: list[Callable[[], None]] = []
        self._hold(document)

    @property
    def document(self) -> Document:
        """What is open."""
        return self._document

    @property
    def selection(self) -> Selection:
        """What is selected in the open document."""
        return self._document.selection

    @property
    def is_running(self) -> bool:
        """Whether a run of the chart is shown."""
        return self.simulator is not None

    def replace_document(self, document: Document) -> None:
        """Show another document; a run of the former one ends."""
        self.set_simulator(None)
        self.comparison.put(None)
        self.looking.end()
        self.proposed.put(None)
        self.alone.put(None)
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._hold(document)
        self.document_replaced.emit()

    def set_tool(self, tool_id: str) -> None:
        """Make another tool the active one."""
        if tool_id != self.tool_id:
            self.tool_id = tool_id
            self.tool_changed.emit()

    def set_simulator(self, simulator: Simulator | None) -> None:
        """Show this run, or none."""
        if simulator is not self.simulator:
            self.simulator = simulator
            self._set_stale(False)
            self.simulator_changed.emit()

    def set_problems(self, problems: tuple[Problem, ...], silenced: tuple[Problem, ...] = ()) -> None:
        """Replace what is wrong with the chart, and what somebody does not want to hear of it."""
        self.problems = problems
        self.silenced = silenced
        self.problems_changed.emit()

    def settled_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the chart as it is now; who looks at it is asked to do so if that is still to come."""
        self.problems_asked.emit()
        return self.problems

    def set_settings(self, settings: Settings) -> None:
        """Replace the settings of this window."""
        self.settings = settings
        self.settings_changed.emit()

    def say(self, text: str, *, lasts: bool = False) -> None:
        """Put one line into the status bar: what just happened, until the next edit unless it `lasts`."""
        self.status = text
        self._status_lasts = lasts
        self.status_changed.emit(text)

    def reveal(self, id: str) -> None:
        """Ask the canvas to bring an element into sight, from where one may go back to what was seen before."""
        self.revealed.emit(id)

    def ask(self, request: Request) -> None:
        """Ask for what is done on the canvas, in the window or by the program."""
        self.requested.emit(request)

    def _hold(self, document: Document) -> None:
        self._document = document
        self._unsubscribe = [
            document.changed.subscribe(self._on_changed),
            document.selection.changed.subscribe(self.selection_changed.emit),
            document.undo_stack.cut.subscribe(self._on_cut),
        ]

    def _on_changed(self, changes: Changes) -> None:
        if self.status and not self._status_lasts:
            self.say("")
        if self.simulator is not None and any(change.is_semantic for change in changes):
            self._set_stale(True)
        self.changed.emit(changes)

    def _on_cut(self) -> None:
        self.say("There are very many steps: the first steps can no longer be taken back.", lasts=True)

    def _set_stale(self, is_stale: bool) -> None:
        if is_stale != self.is_stale:
            self.is_stale = is_stale
            self.stale_changed.emit()
