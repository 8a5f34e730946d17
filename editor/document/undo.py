"""Edits, and the stack that takes them back; knows no screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from editor.model.changes import Changes, net
from editor.signal import Signal


@dataclass(frozen=True, slots=True)
class Edit:
    """A label for people and the whole consequence of what they did."""

    label: str
    changes: Changes


class Deed(Enum):
    """What happened to an undo stack; MERGE is an edit that was folded into the entry before it."""

    EDIT = "edit"
    MERGE = "merge"
    UNDO = "undo"
    REDO = "redo"
    SAVED = "saved"


class UndoStack:
    """What can be taken back and what can be done again, with a mark where the document was saved.

    Invariant: folding never goes into an entry that is sealed or marked clean. Every deed is announced on
    `recorded` after it was done, with the edit as it was pushed, taken back or done again; None for SAVED.
    """

    def __init__(self) -> None:
        self.recorded: Signal[[Deed, Edit | None]] = Signal()
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._clean: Edit | None = None
        self._is_start_clean = True
        self._open_key: object = None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._undone)

    @property
    def undo_label(self) -> str:
        """What would be taken back."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What would be done again."""
        return self._undone[-1].label if self._undone else ""

    @property
    def last(self) -> Edit | None:
        """What would be taken back, as an edit; None for nothing."""
        return self._done[-1] if self._done else None

    @property
    def is_clean(self) -> bool:
        """Whether the document is as it was last saved."""
        return self._done[-1] is self._clean if self._done else self._is_start_clean

    def foldable(self, merge_key: object) -> Edit | None:
        """The entry that an edit with this key would be folded into; None for none."""
        is_open = merge_key is not None and merge_key == self._open_key and bool(self._done)
        return self._done[-1] if is_open and self._done[-1] is not self._clean else None

    @property
    def open_key(self) -> object:
        """The key with which an edit would be folded into the entry before it; None once that is sealed."""
        return self._open_key

    def push(self, edit: Edit, merge_key: object = None) -> None:
        """Add an edit that was made; one with the same key as the entry before is folded into it."""
        self._undone.clear()
        if self.foldable(merge_key) is not None:
            self._fold(edit)
            self.recorded.emit(Deed.MERGE, edit)
            return
        self._done.append(edit)
        self._open_key = merge_key
        self.recorded.emit(Deed.EDIT, edit)

    def _fold(self, edit: Edit) -> None:
        """Make one entry of the last one and an edit; none when they end where the last one began.

        It is called as the edit is: what was done last is what one remembers.
        """
        before = self._done.pop()
        folded = Edit(edit.label, net((*before.changes, *edit.changes)))
        if folded.changes:
            self._done.append(folded)
        else:
            self._open_key = None

    def seal(self) -> None:
        """What comes next is an entry of its own."""
        self._open_key = None

    def take_undo(self) -> Edit:
        """The edit to take back; it can be done again afterwards."""
        self.seal()
        edit = self._done.pop()
        self._undone.append(edit)
        self.recorded.emit(Deed.UNDO, edit)
        return edit

    def take_redo(self) -> Edit:
        """The edit to do again."""
        self.seal()
        edit = self._undone.pop()
        self._done.append(edit)
        self.recorded.emit(Deed.REDO, edit)
        return edit

    def mark_clean(self) -> None:
        """The document was saved as it is now."""
        self.seal()
        self._clean = self._done[-1] if self._done else None
        self._is_start_clean = not self._done
        self.recorded.emit(Deed.SAVED, None)
