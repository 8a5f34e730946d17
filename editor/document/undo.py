"""Edits, and the tree of all that was done, in which one goes back, forth and to any step; knows no screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from math import ceil

from editor.errors import ChartError
from editor.model.changes import Changes, inverse, net
from editor.signal import Signal


@dataclass(frozen=True, slots=True)
class Edit:
    """A label for people and the whole consequence of what they did."""

    label: str
    changes: Changes


class Deed(Enum):
    """What happened to an undo stack; MERGE is an edit that was folded into the step before it, GO one to any step."""

    EDIT = "edit"
    MERGE = "merge"
    UNDO = "undo"
    REDO = "redo"
    GO = "go"
    SAVED = "saved"


MOST_STEPS = 5000
"""Steps that are kept."""
MOST_CHANGES = 200_000
"""Changes that are kept in all steps together: some tens of megabytes."""
_SPARED = 0.95
"""The share of these that is kept when steps are dropped."""


class Step:
    """The document after an edit; the first is the document as it was opened, or where older steps were dropped.

    `branches` are the steps that were made from here, the oldest first, and `next` the one that redo goes to: the one
    that was made or visited last. The edit of the present step may grow by folding. `chosen` is what was selected
    when the edit was made.
    """

    __slots__ = ("branches", "chosen", "edit", "next", "number", "parent")

    def __init__(self, number: int, edit: Edit | None, parent: Step | None) -> None:
        self.number = number
        self.edit = edit
        self.parent = parent
        self.branches: list[Step] = []
        self.next: Step | None = None
        self.chosen: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What was done; empty for the first."""
        return self.edit.label if self.edit is not None else ""

    def up(self) -> Iterator[Step]:
        """This step and all before it, to the first."""
        step: Step | None = self
        while step is not None:
            yield step
            step = step.parent


class UndoStack:
    """All that was done, as a tree: what is undone stays, as a branch, when something else is done instead.

    Invariant: folding never goes into a step that is sealed or marked clean. Every deed is announced on `recorded`
    after it was done, with the edit as it was pushed, taken back or done again; None for GO and SAVED. Beyond
    `most_steps` or `most_changes` the oldest steps are dropped; `cut` tells so, once.
    """

    def __init__(self, most_steps: int = MOST_STEPS, most_changes: int = MOST_CHANGES) -> None:
        self.recorded: Signal[[Deed, Edit | None]] = Signal()
        self.cut: Signal[[]] = Signal()
        self.is_cut = False
        self._most = most_steps, most_changes
        self._first = self._present = Step(0, None, None)
        self._steps: dict[int, Step] = {0: self._first}
        self._made = 0
        self._weight = 0
        self._clean: Step | None = self._first
        self._open_key: object = None

    @property
    def steps(self) -> list[Step]:
        """All steps that are kept, in the order in which they were made, the first step first."""
        return list(self._steps.values())

    @property
    def first(self) -> Step:
        """Where nothing more can be taken back."""
        return self._first

    @property
    def present(self) -> Step:
        """Where the document is."""
        return self._present

    @property
    def saved(self) -> Step | None:
        """Where the document was saved last; None where that step was dropped."""
        return self._clean

    def find(self, number: int) -> Step | None:
        """The step of a number; None when it is not kept."""
        return self._steps.get(number)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._present is not self._first

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return self._present.next is not None

    @property
    def undo_label(self) -> str:
        """What would be taken back."""
        return self._present.label if self.can_undo else ""

    @property
    def redo_label(self) -> str:
        """What would be done again."""
        return self._present.next.label if self._present.next is not None else ""

    @property
    def last(self) -> Edit | None:
        """What would be taken back, as an edit; None for nothing."""
        return self._present.edit if self.can_undo else None

    @property
    def is_clean(self) -> bool:
        """Whether the document is as it was last saved."""
        return self._present is self._clean

    def foldable(self, merge_key: object) -> Edit | None:
        """The edit that an edit with this key would be folded into; None for none."""
        is_open = merge_key is not None and merge_key == self._open_key and self.can_undo
        return self._present.edit if is_open and not self.is_clean else None

    @property
    def open_key(self) -> object:
        """The key with which an edit would be folded into the one before it; None once that is sealed."""
        return self._open_key

    def push(self, edit: Edit, merge_key: object = None, chosen: tuple[str, ...] = ()) -> None:
        """Add an edit that was made; one with the same key as the one before is folded into it.

        `chosen` is what was selected when it was made.
        """
        before = self.foldable(merge_key)
        if before is not None:
            self._fold(before, edit)
            self.recorded.emit(Deed.MERGE, edit)
            return
        self._made += 1
        step = Step(self._made, edit, self._present)
        step.chosen = chosen
        self._present.branches.append(step)
        self._present.next = step
        self._present = self._steps[step.number] = step
        self._weight += len(edit.changes)
        self._open_key = merge_key
        self.recorded.emit(Deed.EDIT, edit)
        self._cut()

    def _fold(self, before: Edit, edit: Edit) -> None:
        """Make one step of the last one and an edit; none when they end where the last one began.

        It is called as the edit is: what was done last is what one remembers.
        """
        step, parent = self._present, self._present.parent
        folded = Edit(edit.label, net((*before.changes, *edit.changes)))
        self._weight += len(folded.changes) - len(before.changes)
        if folded.changes or parent is None:
            step.edit = folded
            return
        del self._steps[step.number]
        parent.branches.remove(step)
        parent.next = parent.branches[-1] if parent.branches else None
        self._present = parent
        self._open_key = None

    def _cut(self) -> None:
        """Drop the oldest steps when there are too many, some more than need be, so that it is seldom done.

        What the present step was made from stays the longest.
        """
        if not self._is_beyond(1.0):
            return
        line = list(self._present.up())
        line.pop()
        while self._is_beyond(_SPARED) and self._drop_oldest(line):
            pass
        if not self.is_cut:
            self.is_cut = True
            self.cut.emit()

    def _is_beyond(self, share: float) -> bool:
        steps, changes = self._most
        return len(self._steps) > ceil(steps * share) + 1 or self._weight > changes * share

    def _drop_oldest(self, line: list[Step]) -> bool:
        """Begin one step later, with all branches from before it gone; whether there was anything to drop.

        `line` leads from the present step back to the first, which is left out.
        """
        first = self._first
        others = [each for each in first.branches if each is not line[-1]]
        if len(line) == 1:
            for each in others[:1]:
                first.branches.remove(each)
                self._drop(each)
            return bool(others)
        for each in others:
            self._drop(each)
        self._forget(first)
        self._first = later = line.pop()
        later.parent = None
        self._weight -= len(later.edit.changes) if later.edit is not None else 0
        later.edit = None
        return True

    def _drop(self, step: Step) -> None:
        """Forget a step and all that was made from it."""
        waiting = [step]
        while waiting:
            each = waiting.pop()
            waiting += each.branches
            self._weight -= len(each.edit.changes) if each.edit is not None else 0
            self._forget(each)

    def _forget(self, step: Step) -> None:
        del self._steps[step.number]
        step.parent = step.next = None
        step.branches = []
        if step is self._clean:
            self._clean = None

    def seal(self) -> None:
        """What comes next is a step of its own."""
        self._open_key = None

    def take_undo(self) -> Edit:
        """The edit to take back; it can be done again afterwards.

        Raises:
            ChartError: there is none.
        """
        edit, parent = self._present.edit, self._present.parent
        if edit is None or parent is None:
            raise ChartError("There is nothing to take back.")
        self.seal()
        parent.next = self._present
        self._present = parent
        self.recorded.emit(Deed.UNDO, edit)
        return edit

    def take_redo(self) -> Edit:
        """The edit to do again.

        Raises:
            ChartError: there is none.
        """
        step = self._present.next
        if step is None or step.edit is None:
            raise ChartError("There is nothing to do again.")
        self.seal()
        self._present = step
        self.recorded.emit(Deed.REDO, step.edit)
        return step.edit

    def way_to(self, step: Step) -> Changes:
        """What leads from the present step to another: back to where their ways part, and forth from there.

        Raises:
            ChartError: the step is not kept any more.
        """
        if self._steps.get(step.number) is not step:
            raise ChartError("This step was dropped, since there are too many. Choose a later one.")
        line = {each.number for each in step.up()}
        made: list[Changes] = []
        fork = self._present
        while fork.number not in line and fork.parent is not None:
            made.append(inverse(fork.edit.changes) if fork.edit is not None else ())
            fork = fork.parent
        forth: list[Changes] = []
        for each in step.up():
            if each is fork:
                break
            forth.append(each.edit.changes if each.edit is not None else ())
        return net(change for changes in (*made, *reversed(forth)) for change in changes)

    def take(self, step: Step) -> Changes:
        """What leads to a step, which is the present one afterwards; redo then goes the way that was come.

        Raises:
            ChartError: the step is not kept any more.
        """
        changes = self.way_to(step)
        self.seal()
        for each in step.up():
            if each.parent is not None:
                each.parent.next = each
        self._present = step
        self.recorded.emit(Deed.GO, None)
        return changes

    def mark_clean(self) -> None:
        """The document was saved as it is now."""
        self.seal()
        self._clean = self._present
        self.recorded.emit(Deed.SAVED, None)
