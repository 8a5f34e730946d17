"""Document: a chart and its diagram behind one gate; nothing else writes to either."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Self

from editor.document import after_undo
from editor.document.drafts import Drafts
from editor.document.later import Later
from editor.document.selection import Selection
from editor.document.stamps import Stamps
from editor.document.text_index import TextIndex
from editor.document.undo import Edit, Step, UndoStack
from editor.document.visits import Visits
from editor.errors import ChartError
from editor.formats.layout_file import LayoutText
from editor.formats.registry import Loaded
from editor.model.changes import (
    Changes,
    apply_to_diagram,
    inverse,
    net,
)
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.vocabulary import Vocabulary
from editor.signal import Signal

AMID_A_DRAG = "Finish the drag before doing something else."
"""Why nothing else is edited while a gesture is open."""


class Document:
    """What is edited. Invariant: every change goes through `apply`, a gesture, `undo`, `redo` or `go_to`, and is told.

    Listeners of `changed` never write; consequences belong into the planners of edits. `is_kept`: a journal writes it
    down, so that it outlives the program. `token` names the document among all that are or were open anywhere,
    `revision` counts its changes, `pasted` holds what came out of the clipboard last, and `drafts` what is being typed.
    """

    def __init__(
        self, chart: Chart, diagram: Diagram, *, path: Path | None = None, loaded: Loaded | None = None
    ) -> None:
        self.chart = chart
        self.diagram = diagram
        self.path = path
        self._loaded = loaded
        self._later: Later[Loaded] | None = None
        self.layout_text: LayoutText | None = None
        self.stamps = Stamps()
        self.told: Stamps | None = None
        self.is_kept = False
        self.notices: tuple[str, ...] = ()
        self.selection = Selection()
        self.visits = Visits()
        self.token = os.urandom(8).hex()
        self.revision = 0
        self.pasted: frozenset[str] = frozenset()
        self.undo_stack = UndoStack()
        self.drafts = Drafts()
        self.changed: Signal[[Changes]] = Signal()
        self.state_changed: Signal[[]] = Signal()
        self._gesture: Gesture | None = None
        self.selection.changed.subscribe(self.undo_stack.seal)

    @property
    def loaded(self) -> Loaded | None:
        """What was read or written last, that saving patches; None for a machine without a file."""
        if self._later is not None:
            self._loaded, self._later = self._later.result(), None
        return self._loaded

    @loaded.setter
    def loaded(self, loaded: Loaded | None) -> None:
        self._loaded, self._later = loaded, None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names in its chart as it is now; made when first asked for."""
        made = Vocabulary(self.chart)
        self.changed.subscribe(made.note)
        return made

    @cached_property
    def text_index(self) -> TextIndex:
        """All its texts as they are now; made when first asked for."""
        made = TextIndex(self.chart, self.diagram)
        self.changed.subscribe(made.note)
        return made

    @property
    def is_import(self) -> bool:
        """Whether it was read from a format that cannot be written, so that its file is not to be saved over."""
        return self.loaded is not None and self.loaded.is_import

    @property
    def loaded_lately(self) -> Loaded | None:
        """The same without waiting: while what was written is still being read, what was read before that."""
        return self._loaded if self.is_being_read else self.loaded

    @property
    def is_being_read(self) -> bool:
        """Whether what was written last is still being read back."""
        return self._later is not None and not self._later.is_ready

    def load_later(self, later: Later[Loaded]) -> None:
        """What was written last is being read; it is waited for when it is needed."""
        self._later = later

    @property
    def is_modified(self) -> bool:
        """Whether something would be lost without saving."""
        return not self.undo_stack.is_clean

    @property
    def is_in_gesture(self) -> bool:
        """Whether a gesture is open."""
        return self._gesture is not None

    @property
    def title(self) -> str:
        """The name of the file, or that there is none yet."""
        return self.path.name if self.path is not None else "Untitled"

    def apply(self, edit: Edit, merge_key: object = None) -> None:
        """Make an edit, all or nothing, and remember it.

        Raises:
            ChartError: it would break the chart, or a gesture is open; nothing changed.
        """
        if self._gesture is not None:
            raise ChartError(AMID_A_DRAG)
        changes = net(edit.changes)
        if changes:
            self._make(changes)
            self.undo_stack.push(Edit(edit.label, changes), merge_key, self.selection.ids)
            self._announce(changes)

    def choose(self, plan: Callable[[], Edit], merge_key: object) -> None:
        """Make an edit in place of the last one, where that was made with the same key; so of many choices in a row
        the last one counts, as if it were the only one: what one on the way would have removed is kept.

        Raises:
            EditorError: it cannot be planned, or a gesture is open; nothing changed.
        """
        last = self.undo_stack.foldable(merge_key)
        if last is None or self._gesture is not None:
            self.apply(plan(), merge_key)
            return
        back = inverse(last.changes)
        self._make(back)
        try:
            edit = plan()
        finally:
            self._make(last.changes)
        self.apply(Edit(edit.label, (*back, *edit.changes)), merge_key)

    def gesture(self, label: str) -> Gesture:
        """Begin a gesture; until it ends, nothing else edits.

        Raises:
            ChartError: one is open already.
        """
        if self._gesture is not None:
            raise ChartError("Another drag has not ended yet.")
        self._gesture = Gesture(self, label)
        return self._gesture

    def undo(self) -> None:
        """Take the last edit back; nothing while a gesture is open."""
        if self._gesture is None and self.undo_stack.can_undo:
            chosen = self.undo_stack.present.chosen
            self._go(inverse(self.undo_stack.take_undo().changes), chosen)

    def redo(self) -> None:
        """Make the last undone edit again; nothing while a gesture is open."""
        if self._gesture is None and self.undo_stack.can_redo:
            changes = self.undo_stack.take_redo().changes
            self._go(changes, self.undo_stack.present.chosen)

    def go_to(self, step: Step) -> None:
        """Be as after a step, whatever branch it is on; nothing while a gesture is open.

        Raises:
            ChartError: the step is not kept any more.
        """
        if self._gesture is None and step is not self.undo_stack.present:
            self._go(self.undo_stack.take(step))

    def at(self, step: Step) -> tuple[Chart, Diagram]:
        """Copies of the chart and the diagram as they are after a step.

        Raises:
            ChartError: the step is not kept any more.
        """
        changes = self.undo_stack.way_to(step)
        chart, diagram = self.chart.copy(), self.diagram.copy()
        chart.apply(changes)
        apply_to_diagram(diagram, changes)
        return chart, diagram

    def mark_saved(self) -> None:
        """The document is on disk as it is now."""
        self.undo_stack.mark_clean()
        self.state_changed.emit()

    def _go(self, changes: Changes, chosen: tuple[str, ...] = ()) -> None:
        """Make changes and select what they are about."""
        self._make(changes)
        self._announce(changes)
        found = after_undo.selected(self.chart, self.diagram, changes, chosen, self.selection.ids)
        if found is not None:
            self.selection.replace(found)

    def has(self, id: str) -> bool:
        """Whether there is a state, a transition or a note of this id."""
        return after_undo.exists(self.chart, self.diagram, id)

    def _make(self, changes: Changes) -> None:
        self.chart.apply(changes)
        apply_to_diagram(self.diagram, changes)
        self.revision += 1

    def _announce(self, changes: Changes) -> None:
        gone = [id for id in self.selection.ids if not self.has(id)]
        if gone:
            self.selection.replace(id for id in self.selection.ids if id not in gone)
        self.changed.emit(changes)
        self.state_changed.emit()


class Gesture:
    """Many edits that become one: live while it lasts, one undo entry on commit, none on cancel.

    As a context it commits when its block ends, and cancels when that raises. Once ended it edits no more.
    """

    def __init__(self, document: Document, label: str) -> None:
        self._document = document
        self._label = label
        self._chosen = document.selection.ids
        self._changes: Changes = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if self.is_open:
            if kind is None:
                self.commit()
            else:
                self.cancel()

    @property
    def is_open(self) -> bool:
        """Whether it has not ended yet."""
        return self._document._gesture is self

    def apply(self, edit: Edit) -> None:
        """Make an edit at once; it is remembered on commit.

        Raises:
            ChartError: it would break the chart, or the gesture has ended; nothing changed.
        """
        if not self.is_open:
            raise ChartError("The drag has ended. Begin it again.")
        changes = net(edit.changes)
        if changes:
            self._document._make(changes)
            self._changes = net((*self._changes, *changes))
            self._document._announce(changes)

    def restart(self) -> None:
        """Take back what was made so far and go on."""
        changes, self._changes = inverse(self._changes), ()
        if changes:
            self._document._make(changes)
            self._document._announce(changes)

    def commit(self) -> None:
        """End it: one entry to undo, or none when nothing changed in the end. Nothing once it has ended."""
        if self.is_open:
            self._document._gesture = None
            if self._changes:
                self._document.undo_stack.push(Edit(self._label, self._changes), chosen=self._chosen)
            self._document.state_changed.emit()

    def cancel(self) -> None:
        """End it and restore everything exactly. Nothing once it has ended."""
        if self.is_open:
            self.restart()
            self._document._gesture = None
            self._document.state_changed.emit()
