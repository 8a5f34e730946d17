"""One thing that is held for all to see, and a signal whenever it is another one."""

from __future__ import annotations

from typing import Generic, TypeVar

from editor.signal import Signal

T = TypeVar("T")


class Held(Generic[T]):
    """A value, or none yet; `changed` tells that it was replaced by another one."""

    __slots__ = ("_value", "changed")

    def __init__(self) -> None:
        self._value: T | None = None
        self.changed: Signal[[]] = Signal()

    @property
    def value(self) -> T | None:
        """What is held now."""
        return self._value

    def put(self, value: T | None) -> None:
        """Hold something else, or nothing; nobody hears of what is held already."""
        if value is not self._value:
            self._value = value
            self.changed.emit()
