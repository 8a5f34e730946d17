"""Orthogonal polylines between rectangles: sides, corners, loops, places for labels; knows only numbers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.model.diagram import Label

_STUB = 20.0
_LEAST = 12.0


class Side(Enum):
    """A side of a rectangle, by the way (dx, dy) that leads out of it; `is_level`: it lies level, as top and bottom.

    Routing asks for these thousands of times a frame, so they are plain attributes and the hash is the object's.
    """

    TOP = (0, -1)
    RIGHT = (1, 0)
    BOTTOM = (0, 1)
    LEFT = (-1, 0)

    def __init__(self, dx: int, dy: int) -> None:
        self.dx = dx
        self.dy = dy
        self.is_level = dx == 0

    __hash__ = object.__hash__

    @property
    def flipped(self) -> Side:
        """The opposite side."""
        return _FLIPPED[self]


_FLIPPED = {
    Side.TOP: Side.BOTTOM, Side.BOTTOM: Side.TOP, Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT,
}  # fmt: skip


def sides(source: Rect, target: Rect) -> tuple[Side, Side]:
    """The sides that a path leaves and enters by."""
    if source.encloses(target):
        return _nearest_side(source, target), _nearest_side(source, target)
    if target.encloses(source):
        side = _nearest_side(target, source)
        return side, side
    right, left = target.x - source.right, source.x - target.right
    below, above = target.y - source.bottom, source.y - target.bottom
    widest = max(right, left, below, above)
    if widest == right:
        return Side.RIGHT, Side.LEFT
    if widest == left:
        return Side.LEFT, Side.RIGHT
    return (Side.BOTTOM, Side.TOP) if widest == below else (Side.TOP, Side.BOTTOM)


def _nearest_side(outer: Rect, inner: Rect) -> Side:
    room = {
        Side.LEFT: inner.x - outer.x, Side.RIGHT: outer.right - inner.right,
        Side.BOTTOM: outer.bottom - inner.bottom, Side.TOP: inner.y - outer.y + 24,
    }  # fmt: skip
    return min(room, key=lambda side: room[side])


def on_side(rect: Rect, side: Side, along: float | None = None) -> Point:
    """A place on a side of a rectangle; its middle when none is given."""
    middle = rect.center
    if side.is_level:
        return Point(middle.x if along is None else along, rect.y if side is Side.TOP else rect.bottom)
    return Point(rect.x if side is Side.LEFT else rect.right, middle.y if along is None else along)


def orthogonal(start: Point, a: Side, end: Point, b: Side, shift: float = 0.0) -> list[Point]:
    """A path that leaves by side `a` and enters by side `b`; `shift` moves its middle stretch aside."""
    out = Point(start.x + a.dx * _STUB, start.y + a.dy * _STUB)
    into = Point(end.x + b.dx * _STUB, end.y + b.dy * _STUB)
    if a.is_level and b.is_level:
        if a is b:
            y = min(out.y, into.y) if a is Side.TOP else max(out.y, into.y)
            return [start, Point(start.x, y), Point(end.x, y), end]
        if (end.y - start.y) * a.dy >= 0:
            y = _between(start.y, end.y, shift)
            return [start, Point(start.x, y), Point(end.x, y), end]
        x = (start.x + end.x) / 2
        return [start, out, Point(x, out.y), Point(x, into.y), into, end]
    if not a.is_level and not b.is_level:
        if a is b:
            x = min(out.x, into.x) if a is Side.LEFT else max(out.x, into.x)
            return [start, Point(x, start.y), Point(x, end.y), end]
        if (end.x - start.x) * a.dx >= 0:
            x = _between(start.x, end.x, shift)
            return [start, Point(x, start.y), Point(x, end.y), end]
        y = (start.y + end.y) / 2
        return [start, out, Point(out.x, y), Point(into.x, y), into, end]
    corner = Point(start.x, end.y) if a.is_level else Point(end.x, start.y)
    return [start, corner, end]


def _between(a: float, b: float, shift: float) -> float:
    """The middle, moved aside by no more than leaves a third of the way on each side."""
    most = abs(a - b) / 6
    return (a + b) / 2 + min(max(shift, -most), most)


def loop(rect: Rect, number: int, corner: tuple[Side, Side] = (Side.TOP, Side.RIGHT)) -> tuple[Point, ...]:
    """A loop on a corner, the one where two sides meet; several lie outside each other."""
    reach = 24.0 + 26.0 * number
    in_x = _inward(min(28.0, rect.width / 3), rect.width, number)
    in_y = _inward(min(20.0, rect.height / 3), rect.height, number)
    a, b = corner
    x, out_x = (rect.right - in_x, rect.right) if b is Side.RIGHT else (rect.x + in_x, rect.x)
    y, out_y = (rect.y + in_y, rect.y) if a is Side.TOP else (rect.bottom - in_y, rect.bottom)
    far_x, far_y = out_x + b.dx * reach, out_y + a.dy * reach
    return Point(x, out_y), Point(x, far_y), Point(far_x, far_y), Point(far_x, y), Point(out_x, y)


def _inward(first: float, side: float, number: int) -> float:
    """How far from its corner an end lies: each further in than the one before, and never off the side."""
    return first + (side - first - 4) * number / (number + 10)


def through(source: Rect, bends: Sequence[Point], target: Rect) -> tuple[Point, ...]:
    """A path over way points placed by hand; corners are added where two of them are not in line.

    An end that is not in line with its way point is on an upright side, at its last place: the path goes on to there,
    as it would run along the border else.
    """
    end = _attach(target, bends[-1])
    points = [_attach(source, bends[0]), *bends]
    made = [points[0]]
    for here, there in pairwise(points):
        if here.x != there.x and here.y != there.y:
            made.append(Point(there.x, here.y) if _is_level(made, here) else Point(here.x, there.y))
        made.append(there)
    last = bends[-1]
    turns_back = (end.y - last.y) * (last.y - made[-2].y) < 0
    return simplified([*made, Point(end.x, last.y) if turns_back else Point(last.x, end.y), end])


def _is_level(made: list[Point], here: Point) -> bool:
    return len(made) < 2 or made[-2].x == here.x


def _attach(rect: Rect, bend: Point) -> Point:
    """The end at a rectangle of a path that comes from a way point; from inside it, at the side that is nearest."""
    if rect.x < bend.x < rect.right and rect.y < bend.y < rect.bottom:
        gaps = {
            Point(rect.x, bend.y): bend.x - rect.x, Point(rect.right, bend.y): rect.right - bend.x,
            Point(bend.x, rect.y): bend.y - rect.y, Point(bend.x, rect.bottom): rect.bottom - bend.y,
        }  # fmt: skip
        return min(gaps, key=lambda side: gaps[side])
    if rect.x <= bend.x <= rect.right:
        return Point(bend.x, rect.y if bend.y < rect.center.y else rect.bottom)
    y = min(max(bend.y, rect.y + 8), rect.bottom - 8) if rect.height > 16 else rect.center.y
    return Point(rect.x if bend.x < rect.x else rect.right, y)


def simplified(points: Sequence[Point]) -> tuple[Point, ...]:
    """The path without points that lie on each other or in the middle of a straight stretch."""
    made: list[Point] = []
    for point in points:
        if made and abs(made[-1].x - point.x) < 0.01 and abs(made[-1].y - point.y) < 0.01:
            continue
        while len(made) >= 2 and _in_line(made[-2], made[-1], point):
            made.pop()
        made.append(point)
    return tuple(made) if len(made) > 1 else (points[0], points[-1])


def _in_line(a: Point, b: Point, c: Point) -> bool:
    return (a.x == b.x == c.x) or (a.y == b.y == c.y)


def shifted(path: tuple[Point, ...], number: int, step: float) -> tuple[Point, ...] | None:
    """A path with one inner stretch moved aside; None when a neighbour would turn around."""
    a, b = path[number], path[number + 1]
    before, after = path[number - 1], path[number + 2]
    if a.y == b.y:
        y = a.y + step
        if (y - before.y) * (a.y - before.y) < _LEAST * _LEAST or (y - after.y) * (
            b.y - after.y
        ) < _LEAST * _LEAST:
            return None
        c, d = Point(a.x, y), Point(b.x, y)
    else:
        x = a.x + step
        if (x - before.x) * (a.x - before.x) < _LEAST * _LEAST or (x - after.x) * (
            b.x - after.x
        ) < _LEAST * _LEAST:
            return None
        c, d = Point(x, a.y), Point(x, b.y)
    return (*path[:number], c, d, *path[number + 2 :])


def length(path: Sequence[Point]) -> float:
    """How long a path is."""
    return sum(abs(a.x - b.x) + abs(a.y - b.y) for a, b in pairwise(path))


def along(path: Sequence[Point], share: float) -> Point:
    """The place at a share (0 to 1) of a path's length."""
    rest = length(path) * share
    for a, b in pairwise(path):
        part = abs(a.x - b.x) + abs(a.y - b.y)
        if part >= rest and part > 0:
            return Point(a.x + (b.x - a.x) * rest / part, a.y + (b.y - a.y) * rest / part)
        rest -= part
    return path[-1]


def label_place(path: Sequence[Point], size: tuple[float, float], label: Label | None) -> Rect:
    """The rectangle of a label: where it was put, else on the middle of the longest stretch, level ones first."""
    width, height = size
    if not width:
        return Rect(0, 0, 0, 0)
    if label is not None:
        at = along(path, min(max(label.along, 0), 1)).moved(label.dx, label.dy)
    else:
        stretches = list(pairwise(path))
        a, b = max(stretches, key=lambda each: _worth(each[0], each[1], width))
        at = Point((a.x + b.x) / 2, (a.y + b.y) / 2)
    return Rect(at.x - width / 2, at.y - height / 2, width, height)


def _worth(a: Point, b: Point, width: float) -> float:
    span = abs(a.x - b.x) + abs(a.y - b.y)
    return span + 40 if a.y == b.y and span >= width + 24 else span
