"""Looking: what somebody looks for in an open document and where they have come with it; never part of the document."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from editor.signal import Signal


class Look(Enum):
    """Why some elements are lit up: a text is in them, an event takes them, they belong to what is
    selected, or they are the ways out of a state or into it.
    """

    NONE = "none"
    TEXT = "text"
    EVENT = "event"
    RELATED = "related"
    WAYS = "ways"


class Looking:
    """The elements that are lit up, and one of them where one is. Invariant: `at` is one of `hits`, or empty.

    `name` is what is looked for, in words; `kept` is what is not dimmed, None where nothing is.
    """

    def __init__(self) -> None:
        self.look = Look.NONE
        self.name = ""
        self.hits: tuple[str, ...] = ()
        self.at = ""
        self.kept: frozenset[str] | None = None
        self.changed: Signal[[]] = Signal()
        self.stepped: Signal[[]] = Signal()

    @property
    def number(self) -> int:
        """Which of the hits one is at, from 1 on; 0 for none."""
        return self.hits.index(self.at) + 1 if self.at else 0

    def show(
        self, look: Look, name: str, hits: Iterable[str], *, at: str = "", kept: Iterable[str] | None = None
    ) -> None:
        """Light up other elements; `at` stays where it was if it is one of them and no other is named."""
        found = tuple(hits)
        here = at or self.at
        here = here if here in found else ""
        dimming = frozenset(kept) if kept is not None else None
        shown = (look, name, found, here, dimming)
        if shown != (self.look, self.name, self.hits, self.at, self.kept):
            self.look, self.name, self.hits, self.at, self.kept = shown
            self.changed.emit()

    def step(self, by: int) -> None:
        """Go on to another of the hits, around from the last one to the first."""
        if self.hits:
            place = self.number - 1 + by if self.at else (0 if by > 0 else -1)
            self.at = self.hits[place % len(self.hits)]
            self.changed.emit()
            self.stepped.emit()

    def end(self) -> bool:
        """Let nothing be lit up any more; whether something was."""
        was_looking = self.look is not Look.NONE
        self.show(Look.NONE, "", ())
        return was_looking
