"""Leaders: the thin lines that tell to which transition a label belongs that stands away from its line."""

from __future__ import annotations

from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.legible import FAR
from editor.layout.routing import Route


def leader(route: Route) -> tuple[Point, Point] | None:
    """The shortest way from the border of a label to its line; None for one that is near, or stands inside a state."""
    label = route.label
    if route.ends_inside or not label.width:
        return None
    ways = [_shortest(label, a, b) for path in route.paths for a, b in pairwise(path)]
    if not ways:
        return None
    start, end = min(ways, key=lambda way: _squared(*way))
    return (start, end) if _squared(start, end) > FAR * FAR else None


def _shortest(rect: Rect, a: Point, b: Point) -> tuple[Point, Point]:
    """From a rectangle to a stretch that is level or upright."""
    x = _nearest((rect.x, rect.right), (min(a.x, b.x), max(a.x, b.x)))
    y = _nearest((rect.y, rect.bottom), (min(a.y, b.y), max(a.y, b.y)))
    return Point(x[0], y[0]), Point(x[1], y[1])


def _nearest(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """A place in each of two spans, as near to each other as can be; in the middle of what they share."""
    if one[1] < other[0]:
        return one[1], other[0]
    if other[1] < one[0]:
        return one[0], other[1]
    middle = (max(one[0], other[0]) + min(one[1], other[1])) / 2
    return middle, middle


def _squared(a: Point, b: Point) -> float:
    return (a.x - b.x) ** 2 + (a.y - b.y) ** 2
