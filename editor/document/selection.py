"""Selection: which states and transitions are selected; nothing on the canvas is selected in any other sense."""

from __future__ import annotations

from collections.abc import Iterable

from editor.signal import Signal


class Selection:
    """A set of ids in the order of selecting; announces every change once."""

    def __init__(self) -> None:
        self._ids: tuple[str, ...] = ()
        self.changed: Signal[[]] = Signal()

    @property
    def ids(self) -> tuple[str, ...]:
        """The selected ids."""
        return self._ids

    def replace(self, ids: Iterable[str]) -> None:
        """Select these and nothing else."""
        wanted = tuple(dict.fromkeys(ids))
        if wanted != self._ids:
            self._ids = wanted
            self.changed.emit()

    def add(self, id: str) -> None:
        """Select this too."""
        self.replace((*self._ids, id))

    def remove(self, id: str) -> None:
        """Select this no longer."""
        self.replace(each for each in self._ids if each != id)
