"""Stubs: where transitions end that lead out of what is looked at alone, or into it. A stub says where they go on.

Each stands outside of the frame, on the side that its other end is on, as near as can be to the end that is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from editor.geometry import Point, Rect
from editor.layout.index import Bounds, GridIndex
from editor.layout.paths import Side
from editor.layout.ports import apart
from editor.layout.sizes import Measure, TextStyle

STUB = "stub:"
"""What the ids of stubs begin with, which are not of the document."""
HEIGHT = 22.0
PAD = 9.0
ELSEWHERE = "This line goes on elsewhere. Show the whole chart to bend it or to move its label."
LONGEST = 28
"""Characters of a name that are shown; all of it stands in the tooltip."""
_APART = 10.0
_LINE = 52.0
"""Chart units that a line needs beside its label, with its head."""
_LEAST, _MOST = 56.0, 240.0
_ACROSS = 64.0
_CLEAR = 14.0
"""How far a line is to be from an initial dot."""
_CORNER = 12.0
"""How far from the corners of a state lines end."""


class Stub(NamedTuple):
    """An end of a transition that is elsewhere.

    `place` is the number of a target, or -1 for the source. `other` is the state that is there, `inner` the one that
    is seen at the other end of the line. `is_start`: the line is the beginning of `other`.
    """

    id: str
    transition: str
    place: int
    other: str
    inner: str
    is_start: bool = False

    @property
    def handle(self) -> str:
        """The end, as handles of transitions are called."""
        return "source" if self.place < 0 else f"target{self.place}"

    def text(self, name: str) -> str:
        """What it says, by the name of the state that is elsewhere."""
        short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
        if self.is_start:
            return f"start of {short}"
        return f"from {short}" if self.place < 0 else f"to {short}"


class StubLayer:
    """The stubs of a picture that are drawn: their places, and which is where."""

    def __init__(self) -> None:
        self.shapes: dict[str, tuple[Stub, str, Rect]] = {}
        self.index = GridIndex()

    def put(self, stub: Stub, text: str, rect: Rect) -> list[Rect]:
        """Draw one; where something looks different now."""
        former, shape = self.shapes.get(stub.id), (stub, text, rect)
        if former == shape:
            return []
        self.shapes[stub.id] = shape
        self.index.put(stub.id, rect.bounds)
        return [rect, former[2]] if former is not None else [rect]

    def remove(self, id: str) -> list[Rect]:
        """Draw one no longer; where it was."""
        shape = self.shapes.pop(id, None)
        self.index.remove(id)
        return [] if shape is None else [shape[2]]

    def has(self, transition: str) -> bool:
        """Whether a transition goes on elsewhere, so that its line here is not the one that it has in the chart."""
        return any(stub.transition == transition for stub, _, _ in self.shapes.values())

    def at(self, point: Point) -> Stub | None:
        """The stub at a place; None for none."""
        found = self.index.meeting(point.x, point.y, point.x, point.y) if self.shapes else []
        return self.shapes[min(found)][0] if found else None

    def meeting(self, area: Bounds) -> list[tuple[Stub, str, Rect]]:
        """The stubs that meet an area, with their words and where they are."""
        found = self.index.meeting(*area) if self.shapes else []
        return [self.shapes[id] for id in sorted(found)]


def places(
    stubs: Iterable[Stub],
    frame: Rect,
    inner: Callable[[str], Rect | None],
    other: Callable[[str], Rect | None],
    texts: Mapping[str, str],
    pills: Mapping[str, float],
    measure: Measure,
    dots: Mapping[str, Sequence[Point]],
) -> dict[str, Rect]:
    """Where stubs stand around a frame; `inner` and `other` give the rectangles of states, `pills` widths of labels.

    `dots`: the initial dots that lead to states inside; a line that comes straight from a stub passes beside them.
    """
    by_side: dict[Side, list[tuple[float, float, str, float, float]]] = {}
    for stub in stubs:
        far, near = other(stub.other), inner(stub.inner) or frame
        side = _side(frame, far, is_into=stub.place < 0)
        beyond = _along(side, far if far is not None else near)
        middle = _along(side, near)
        if near == frame:
            first, last = (frame.x, frame.right) if side.is_level else (frame.y, frame.bottom)
            middle = max(first + _APART, min(beyond, last - _APART))
        middle += _aside(side, near, middle, beyond, dots.get(stub.inner, ()))
        width = measure.width(texts[stub.id], TextStyle.DETAIL) + 2 * PAD
        by_side.setdefault(side, []).append((middle, beyond, stub.id, width, pills.get(stub.transition, 0.0)))
    found: dict[str, Rect] = {}
    for side, entries in by_side.items():
        entries.sort()
        sizes = [width if side.is_level else HEIGHT for _, _, _, width, _ in entries]
        middles = apart([entry[0] for entry in entries], sizes, _APART)
        room = _ACROSS if side.is_level else min(max(_LEAST, max(each[4] for each in entries) + _LINE), _MOST)
        for (_, _, id, width, _), middle in zip(entries, middles, strict=True):
            found[id] = _beside(frame, side, middle, width, room)
    return found


def _aside(side: Side, near: Rect, middle: float, beyond: float, dots: Sequence[Point]) -> float:
    """How far a stub stands off the middle of the end that is seen, so that its line passes no initial dot there."""
    for dot in dots:
        across = dot.x if side.is_level else dot.y
        ways = {
            Side.LEFT: near.x - dot.x, Side.RIGHT: dot.x - near.right,
            Side.TOP: near.y - dot.y, Side.BOTTOM: dot.y - near.bottom,
        }  # fmt: skip
        if ways[side] > 0 and abs(across - middle) < _CLEAR:
            room = (near.width if side.is_level else near.height) / 2 - _CORNER
            return min(_CLEAR, max(room, 0.0)) * (-1 if beyond < middle else 1)
    return 0.0


def _along(side: Side, rect: Rect) -> float:
    """Where the middle of a rectangle is along a side."""
    return rect.center.x if side.is_level else rect.center.y


def _side(frame: Rect, other: Rect | None, *, is_into: bool) -> Side:
    """The side of a frame on which another rectangle lies; out of what is around it lines come from the left."""
    if other is None or other.encloses(frame):
        return Side.LEFT if is_into else Side.RIGHT
    ways = {
        Side.RIGHT: other.x - frame.right, Side.LEFT: frame.x - other.right,
        Side.BOTTOM: other.y - frame.bottom, Side.TOP: frame.y - other.bottom,
    }  # fmt: skip
    return max(ways, key=lambda side: ways[side])


def _beside(frame: Rect, side: Side, middle: float, width: float, room: float) -> Rect:
    if side is Side.RIGHT:
        return Rect(frame.right + room, middle - HEIGHT / 2, width, HEIGHT)
    if side is Side.LEFT:
        return Rect(frame.x - room - width, middle - HEIGHT / 2, width, HEIGHT)
    y = frame.y - room - HEIGHT if side is Side.TOP else frame.bottom + room
    return Rect(middle - width / 2, y, width, HEIGHT)
