"""The orthogonal paths that lead from one end to another, each with a handful of channels to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editor.geometry import Point
from editor.layout.board import Wall
from editor.layout.paths import Side

STUB = 12.0
_STEPS = (0.0, 20.0, -20.0, 40.0, -40.0, 60.0, -60.0)
_OUTWARD = (20.0, 36.0, 52.0, 72.0, 96.0)
Path = list[Point]


def shapes(start: Point, a: Side, end: Point, b: Side, walls: Sequence[Wall]) -> Iterator[Path]:
    """Paths that leave by the way of `a` and arrive against the way of `b`, the plainest first."""
    if a.is_level:
        for path in shapes(_turned(start), _TURNED[a], _turned(end), _TURNED[b], _turned_walls(walls)):
            yield [_turned(point) for point in path]
        return
    way = a.dx
    if b is a:
        yield from _around(start, end, way, walls)
    elif b is a.flipped:
        yield from _across(start, end, way, walls)
    else:
        yield from _cornered(start, end, way, b.dy, walls)


def _turned(point: Point) -> Point:
    return Point(point.y, point.x)


_TURNED = {Side.TOP: Side.LEFT, Side.LEFT: Side.TOP, Side.RIGHT: Side.BOTTOM, Side.BOTTOM: Side.RIGHT}


def _turned_walls(walls: Sequence[Wall]) -> list[Wall]:
    return [(top, left, bottom, right) for left, top, right, bottom in walls]


def _around(start: Point, end: Point, way: int, walls: Sequence[Wall]) -> Iterator[Path]:
    """Out, along, and back in: both ends look the same way."""
    far = max(start.x * way, end.x * way) * way
    places = [far + step * way for step in _OUTWARD]
    places += _edges(walls, start, end, far + STUB * way, far + 600 * way, is_upright=True)
    for x in places:
        yield [start, Point(x, start.y), Point(x, end.y), end]


def _across(start: Point, end: Point, way: int, walls: Sequence[Wall]) -> Iterator[Path]:
    """Ends that look at each other: straight, with one step, or around when the other lies behind."""
    ahead = (end.x - start.x) * way
    if ahead > 0 and start.y == end.y:
        yield [start, end]
    if ahead >= 2 * STUB:
        middle = (start.x + end.x) / 2
        places = [middle + step for step in _STEPS] + [start.x + 20 * way, end.x - 20 * way]
        places += _edges(walls, start, end, start.x, end.x, is_upright=True)
        for x in places:
            if (x - start.x) * way >= STUB and (end.x - x) * way >= STUB and start.y != end.y:
                yield [start, Point(x, start.y), Point(x, end.y), end]
    rows = [(start.y + end.y) / 2, min(start.y, end.y) - 56, max(start.y, end.y) + 56]
    rows += _edges(walls, start, end, min(start.y, end.y) - 400, max(start.y, end.y) + 400, is_upright=False)
    for y in rows:
        for out in (20.0, 40.0):
            x0, x1 = start.x + out * way, end.x - out * way
            yield [start, Point(x0, start.y), Point(x0, y), Point(x1, y), Point(x1, end.y), end]


def _cornered(start: Point, end: Point, way: int, fall: int, walls: Sequence[Wall]) -> Iterator[Path]:
    """One end looks level, the other up or down: one corner, or three when the plain one is behind."""
    if (end.x - start.x) * way >= STUB and (start.y - end.y) * fall >= STUB:
        yield [start, Point(end.x, start.y), end]
    columns = [start.x + 20 * way, start.x + 44 * way, (start.x + end.x) / 2]
    columns += _edges(walls, start, end, start.x, start.x + 400 * way, is_upright=True)
    for x in columns:
        if (x - start.x) * way < STUB:
            continue
        for out in (20.0, 44.0, 68.0):
            y = end.y + out * fall
            yield [start, Point(x, start.y), Point(x, y), Point(end.x, y), end]


def _edges(
    walls: Sequence[Wall], start: Point, end: Point, low: float, high: float, *, is_upright: bool
) -> list[float]:
    """Places just beside walls near the way, between two limits; the nearest first, a handful."""
    low, high = min(low, high), max(low, high)
    middle = (start.x + end.x) / 2 if is_upright else (start.y + end.y) / 2
    found: set[float] = set()
    for left, top, right, bottom in walls:
        for place in (left - 8, right + 8) if is_upright else (top - 8, bottom + 8):
            if low <= place <= high:
                found.add(place)
    return sorted(found, key=lambda place: (abs(place - middle), place))[:6]
