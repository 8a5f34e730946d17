"""The best of a few arrangements of connected states: right, down or in rows; each checked before it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import isfinite

from editor.geometry import Point, Rect
from editor.layout import auto_space
from editor.layout.auto_flow import Flow, Layers, flow, plain_layers
from editor.layout.auto_level import Level, Way
from editor.layout.auto_space import Places

MOST_STATES = 150
MOST_WAYS = 250
_MOST_ROWS = 4
_MOST_COMPARED = 80
_RATIO = 1.6
_ROOMY = 640.0
_SMALL = 0.25
_DOWN = 120.0
_BESIDE = 40.0
_BROKEN = 220.0
_PER_ROW = 80.0
_CROSSING = 30.0
_THROUGH = 45.0


def arranged(level: Level, *, in_a_hurry: bool = False) -> Places:
    """Places for connected states from 0, 0 on; `in_a_hurry`: the flow goes right, nothing else is tried."""
    if len(level.ids) == 1:
        return {level.ids[0]: Point(0, 0)}
    best = float("inf")
    chosen: Places | None = None
    for places, extra in _candidates(level, in_a_hurry):
        if not is_sound(level, places):
            continue
        cost = extra + _cost(level, places) if not in_a_hurry else 0.0
        if cost < best:
            best, chosen = cost, places
    return chosen if chosen is not None else _in_a_row(level)


def _candidates(level: Level, in_a_hurry: bool) -> Iterator[tuple[Places, float]]:
    """Arrangements, and what they cost by themselves."""
    turned = flow(level)
    layers = _layers(level, turned, is_level=True)
    yield auto_space.rightwards(level, layers), 0.0
    if in_a_hurry:
        return
    for rows in range(2, min(_MOST_ROWS, len(layers) // 2) + 1):
        yield _in_rows(level, turned, layers, rows), _BROKEN + _PER_ROW * (rows - 1)
    down = auto_space.downwards(level, _layers(level, turned, is_level=False))
    yield down, _DOWN + _BESIDE * (len(level.ways) - len({way.pair for way in level.ways}))


def _in_rows(level: Level, turned: Flow, layers: Layers, count: int) -> Places:
    """Rows of columns, each row arranged by itself: it needs no room for what stands in others."""
    rows = []
    for ids in auto_space.broken(level, layers, count):
        part = level.part(ids)
        inside = Flow({pair: number for pair, number in turned.items() if set(pair) <= set(part.ids)})
        rows.append(auto_space.rightwards(part, _layers(part, inside, is_level=True)))
    return auto_space.stacked(level, rows)


def _layers(level: Level, turned: Flow, *, is_level: bool) -> Layers:
    """The layers of graphlay; the plain ones for what is too large for it, where it fails and where it is missing."""
    if len(level.ids) <= MOST_STATES and len(turned) <= MOST_WAYS:
        try:
            from editor.layout import auto_graphlay  # noqa: PLC0415 - the start of the program has no time for it
        except ImportError:
            return plain_layers(level, turned, is_level=is_level)
        made = auto_graphlay.layers(level, turned, is_level=is_level)
        if made is not None:
            return made
    return plain_layers(level, turned, is_level=is_level)


def is_sound(level: Level, places: Places) -> bool:
    """Whether all states have places that are numbers, and none lies on another."""
    if set(places) != set(level.ids) or not all(isfinite(each) for at in places.values() for each in at):
        return False
    rects = sorted((Rect(*at, *level.extents[id]) for id, at in places.items()), key=lambda rect: rect.x)
    for number, one in enumerate(rects):
        for other in rects[number + 1 :]:
            if other.x >= one.right:
                break
            if other.y < one.bottom and one.y < other.bottom:
                return False
    return True


def _in_a_row(level: Level) -> Places:
    places: Places = {}
    x = 0.0
    for id in level.ids:
        places[id] = Point(x, 0)
        x += auto_space.grid(level.extents[id][0] + 72)
    return places


def _frame(around: Rect) -> float:
    """The height of the smallest frame of a screen's shape around a rectangle."""
    return max(around.width / _RATIO, around.height)


def _cost(level: Level, places: Places) -> float:
    """How large an arrangement is, how long its lines are, how often they are likely to meet."""
    frame = _frame(auto_space.bounds(level, places))
    cost = _SMALL * frame + max(0.0, frame - _ROOMY)
    ways = [way for way in level.ways if way.source != way.target]
    if len(ways) > _MOST_COMPARED:
        return cost
    lines = [_line(level, places, way) for way in ways]
    lengths = sum(_between(level, places, way) for way in ways)
    crossings = sum(1 for one, other in combinations(lines, 2) if _cross(*one, *other))
    through = sum(_hits(level, places, way, line) for way, line in zip(ways, lines, strict=True))
    return cost + lengths / len(ways) + _CROSSING * crossings + _THROUGH * through


def _between(level: Level, places: Places, way: Way) -> float:
    """The distance from border to border, in steps along the axes."""
    a = Rect(*places[way.source], *level.extents[way.source])
    b = Rect(*places[way.target], *level.extents[way.target])
    return max(a.x - b.right, b.x - a.right, 0.0) + max(a.y - b.bottom, b.y - a.bottom, 0.0)


def _line(level: Level, places: Places, way: Way) -> tuple[Point, Point]:
    return (
        Rect(*places[way.source], *level.extents[way.source]).center,
        Rect(*places[way.target], *level.extents[way.target]).center,
    )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _hits(level: Level, places: Places, way: Way, line: tuple[Point, Point]) -> int:
    """How many other states lie on the straight line between two."""
    a, b = line
    count = 0
    for id, at in places.items():
        if id in way.pair:
            continue
        width, height = level.extents[id]
        corner, other = Point(at.x, at.y), Point(at.x + width, at.y + height)
        third, fourth = Point(at.x, at.y + height), Point(at.x + width, at.y)
        count += _cross(a, b, corner, other) or _cross(a, b, third, fourth)
    return count
