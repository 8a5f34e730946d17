"""Where things are drawn: a box per state, bends per transition, notes; knows ids only, not what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from editor.geometry import Point, Rect
from editor.model.elements import Extra
from editor.model.sameness import keep_floats, minding_types

NOTE = "note:"
"""What the ids of notes begin with, so that they are none of a state or a transition; the layout's key follows."""
_DIGITS = re.compile(r"([0-9]+)")


def _of_floats(place: Point) -> Point:
    """The place in floats, without a zero below zero."""
    return Point(place[0] + 0.0, place[1] + 0.0)


@minding_types("extra")
@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The rectangle of a state, relative to the top left corner of its parent's; `id` is the state's.

    `auto`: placed by layout, not by hand. `initial`: middle of the initial dot, within this box. The machine itself
    is not drawn: its box, where it has one, is of no size and holds the dot alone.
    """

    id: str
    x: float
    y: float
    width: float
    height: float
    auto: bool = False
    tint: int | None = None
    collapsed: bool = False
    initial: Point | None = None
    extra: Extra = ()

    def __post_init__(self) -> None:
        """Have all numbers as floats."""
        keep_floats(self, "x", "y", "width", "height")
        if self.initial is not None:
            object.__setattr__(self, "initial", _of_floats(self.initial))

    @property
    def rect(self) -> Rect:
        """The rectangle, within the parent."""
        return Rect(self.x, self.y, self.width, self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label's middle: at `along` (0 to 1) of the path's length, shifted by `dx`, `dy`."""

    along: float
    dx: float
    dy: float

    def __post_init__(self) -> None:
        """Have all numbers as floats."""
        keep_floats(self, "along", "dx", "dy")


@minding_types("extra")
@dataclass(frozen=True, slots=True, kw_only=True)
class Bends:
    """Way points of a transition, relative to the box it lives in (`queries.container`); `id` is the transition's."""

    id: str
    points: tuple[Point, ...] = ()
    auto: bool = False
    label: Label | None = None
    extra: Extra = ()

    def __post_init__(self) -> None:
        """Have all numbers as floats."""
        if self.points:
            object.__setattr__(self, "points", tuple(map(_of_floats, self.points)))


@minding_types("extra")
@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text that stands beside the chart, in Markdown, in a rectangle of the canvas; `id` begins with `NOTE`.

    It belongs to the drawing alone: no machine means anything by it.
    """

    id: str
    x: float
    y: float
    width: float
    height: float
    text: str = ""
    tint: int | None = None
    extra: Extra = ()

    def __post_init__(self) -> None:
        """Have all numbers as floats."""
        keep_floats(self, "x", "y", "width", "height")

    @property
    def rect(self) -> Rect:
        """The rectangle, in chart units."""
        return Rect(self.x, self.y, self.width, self.height)

    @property
    def key(self) -> str:
        """What the layout file calls it."""
        return self.id.removeprefix(NOTE)

    @property
    def rank(self) -> tuple[tuple[int, str], ...]:
        """What notes are sorted by, in files and on the canvas: the key, `note2` before `note10`."""
        parts = _DIGITS.split(self.key)
        return tuple((int(part), "") if place % 2 else (0, part) for place, part in enumerate(parts))


class ConstraintKind(Enum):
    """What is wanted of states with one parent: their middles on one line across or down, one left of the next, or
    close to one another.
    """

    ROW = "row"
    COLUMN = "column"
    LEFT = "left"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """What every proposed layout is to keep of some states, by their ids; those of LEFT are in their order."""

    kind: ConstraintKind
    ids: tuple[str, ...]


@minding_types("extra")
@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the layout keeps about the drawing as a whole: `view` and unknown keys, as read.

    `constraints` are what layouts are to keep, in the order in which they were given. `quiet` names the rules that are
    to say nothing about an element, by its id (the machine's own is the root's); `severities` those that count for
    more or less here, or are `off`. Elements that are gone may still be in it.
    """

    id: str = "sheet"
    extra: Extra = ()
    quiet: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    constraints: tuple[Constraint, ...] = ()


class Diagram:
    """Boxes, bends and notes by id, and the sheet. In a document `changes.apply_to_diagram` alone writes."""

    def __init__(self) -> None:
        self._boxes: dict[str, Box] = {}
        self._bends: dict[str, Bends] = {}
        self._notes: dict[str, Note] = {}
        self.sheet = Sheet()

    @property
    def boxes(self) -> Mapping[str, Box]:
        """All boxes, by the id of their state."""
        return MappingProxyType(self._boxes)

    @property
    def bends(self) -> Mapping[str, Bends]:
        """All bends, by the id of their transition."""
        return MappingProxyType(self._bends)

    @property
    def notes(self) -> Mapping[str, Note]:
        """All notes, by their ids."""
        return MappingProxyType(self._notes)

    def put_box(self, id: str, box: Box | None) -> None:
        """Set a box, or drop it for None."""
        if box is None:
            self._boxes.pop(id, None)
        else:
            self._boxes[id] = box

    def put_bends(self, id: str, bends: Bends | None) -> None:
        """Set bends, or drop them for None."""
        if bends is None:
            self._bends.pop(id, None)
        else:
            self._bends[id] = bends

    def put_note(self, id: str, note: Note | None) -> None:
        """Set a note, or drop it for None."""
        if note is None:
            self._notes.pop(id, None)
        else:
            self._notes[id] = note

    def copy(self) -> Diagram:
        """An independent diagram of the same records."""
        other = Diagram()
        other._boxes = dict(self._boxes)
        other._bends = dict(self._bends)
        other._notes = dict(self._notes)
        other.sheet = self.sheet
        return other

    def absolute(self, parents: Iterable[str]) -> Point:
        """The top left corner that boxes inside the last of `parents` (outermost first) are relative to."""
        x = y = 0.0
        for id in parents:
            box = self._boxes.get(id)
            if box is not None:
                x += box.x
                y += box.y
        return Point(x, y)
