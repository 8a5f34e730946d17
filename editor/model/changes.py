"""A change is one record before and after; everything that happens to a document is made of these."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeAlias, TypeVar

from editor.model.diagram import Bends, Box, Diagram, Note, Sheet
from editor.model.elements import Info, State, Transition

R = TypeVar("R", State, Transition, Info, Box, Bends, Note, Sheet)


@dataclass(frozen=True, slots=True)
class Change(Generic[R]):
    """One record before and after; None means absent."""

    id: str
    old: R | None
    new: R | None

    def inverse(self) -> Self:
        """The change that undoes this one."""
        return type(self)(self.id, self.new, self.old)

    @property
    def is_semantic(self) -> bool:
        """Whether it alters what the chart means, rather than where it is drawn."""
        return not isinstance(self, BoxChange | BendsChange | NoteChange | SheetChange)


class StateChange(Change[State]):
    """A state was added, altered or removed."""

    __slots__ = ()


class TransitionChange(Change[Transition]):
    """A transition was added, altered or removed."""

    __slots__ = ()


class InfoChange(Change[Info]):
    """The machine's own record was altered."""

    __slots__ = ()


class BoxChange(Change[Box]):
    """A box was placed, moved or dropped."""

    __slots__ = ()


class BendsChange(Change[Bends]):
    """Bends were placed, moved or dropped."""

    __slots__ = ()


class NoteChange(Change[Note]):
    """A note was written, altered, moved or removed."""

    __slots__ = ()


class SheetChange(Change[Sheet]):
    """What the layout keeps about the drawing as a whole was altered."""

    __slots__ = ()


AnyChange: TypeAlias = (
    "StateChange | TransitionChange | InfoChange | BoxChange | BendsChange | NoteChange | SheetChange"
)
Changes: TypeAlias = tuple[AnyChange, ...]


def inverse(changes: Iterable[AnyChange]) -> Changes:
    """The changes that undo these."""
    return tuple(change.inverse() for change in reversed(tuple(changes)))


def net(changes: Iterable[AnyChange]) -> Changes:
    """The first `old` and the last `new` of each record, without what ended where it began."""
    folded: dict[tuple[type, str], AnyChange] = {}
    for change in changes:
        place = (type(change), change.id)
        first = folded.get(place)
        folded[place] = change if first is None else type(change)(change.id, first.old, change.new)  # type: ignore[arg-type]
    return tuple(change for change in folded.values() if change.old != change.new)


def moves_dot(change: AnyChange) -> bool:
    """Whether it puts an initial dot elsewhere and does nothing else."""
    return isinstance(change, BoxChange) and _without_dot(change.old) == _without_dot(change.new)


def _without_dot(box: Box | None) -> Box | None:
    return None if box is None or not box.width else replace(box, initial=None)


def apply_to_diagram(diagram: Diagram, changes: Iterable[AnyChange]) -> None:
    """Put the new boxes, bends, notes and sheet into the diagram; chart changes are passed over."""
    for change in changes:
        if isinstance(change, BoxChange):
            diagram.put_box(change.id, change.new)
        elif isinstance(change, BendsChange):
            diagram.put_bends(change.id, change.new)
        elif isinstance(change, NoteChange):
            diagram.put_note(change.id, change.new)
        elif isinstance(change, SheetChange) and change.new is not None:
            diagram.sheet = change.new
