"""Routes of a former drawing in a new one: moved with the boxes at their ends, and stretched where these parted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.index import GridIndex
from editor.layout_engine.drawing import Drawing, Path
from editor.layout_engine.plan import Edge, NodeKind, Plan
from editor.layout_engine.raster import Raster

_NEAR = 4.0
_CORNER = 6.0
_CLEAR = 6.0
_MARGIN = 2.0
_LEAST = 10.0


def retrace(plan: Plan, drawing: Drawing) -> frozenset[str]:
    """Put the former routes and labels into a drawing that has the boxes, wherever they still fit.

    A route fits where it meets no box and no label that it did not meet before. Given are the ids of those that have
    their label, too.
    """
    return _Retracing(plan, drawing).done()


def is_retraced(edge: Edge, drawing: Drawing) -> bool:
    """Whether a drawing has the former route and label of a line, both moved alike."""
    route, label = drawing.routes.get(edge.id, ()), drawing.labels.get(edge.id)
    if not edge.was or len(route) != len(edge.was):
        return False
    way = Point(route[0].x - edge.was[0].x, route[0].y - edge.was[0].y)
    if edge.label_at is not None and edge.label_at.moved(*way) != label:
        return False
    return _moved(edge.was, way) == route


def places_of(plan: Plan) -> dict[str, Rect]:
    """The rectangles of all boxes that have a place, absolute in the former drawing."""
    root = plan.root
    made = {root.id: Rect(0, 0, root.width, root.height)}
    for node in root.walk():
        above = made.get(node.id)
        if above is None:
            continue
        for child in node.children:
            if child.place is not None:
                made[child.id] = child.place.moved(above.x, above.y)
    return made


class _Retracing:
    def __init__(self, plan: Plan, drawing: Drawing) -> None:
        self._plan = plan
        self._drawing = drawing
        self._before = places_of(plan)
        self._boxes = _index(plan, drawing.rects)
        self._former_boxes = _index(plan, self._before)
        self._labels = Raster()

    def done(self) -> frozenset[str]:
        kept: set[str] = set()
        routes = self._drawing.routes
        todo = [edge for edge in self._plan.edges if edge.is_wanted and edge.was and edge.id not in routes]
        for edge in sorted(todo, key=lambda each: not self._stays(each)):
            found = self._found(edge)
            if found is None:
                continue
            route, label = found
            self._drawing.routes[edge.id] = route
            if label is not None:
                self._drawing.labels[edge.id] = label
                self._labels.put(edge.id, label.bounds)
            if label is not None or not edge.label[0]:
                kept.add(edge.id)
        return frozenset(kept)

    def _stays(self, edge: Edge) -> bool:
        """Whether all of a line moved alike."""
        ways = [
            _ways(self._before[id], self._drawing.rects[id])
            for id in (edge.source, edge.target)
            if id in self._before and edge.start is None
        ]
        return len(ways) == 2 and ways[0] == ways[1] and ways[0][0] == ways[0][1]

    def _found(self, edge: Edge) -> tuple[Path, Rect | None] | None:
        ids = edge.source, edge.target
        if any(id not in self._before for id in ids):
            return None
        if edge.start is not None:
            start, start_now = edge.start, edge.start
        else:
            start, start_now = self._before[edge.source], self._drawing.rects[edge.source]
        end, end_now = self._before[edge.target], self._drawing.rects[edge.target]
        first, last = _way_at(start, start_now, edge.was[0]), _way_at(end, end_now, edge.was[-1])
        if first is None or last is None:
            return None
        around = frozenset(self._plan.line(edge.source)) | frozenset(self._plan.line(edge.target))
        met = self._met(self._former_boxes, around, edge.was)
        for route, label in _stretched(edge, first, last):
            ends = (start, start_now, route[0], route[1]), (end, end_now, route[-1], route[-2])
            if not all(_leaves(*each) for each in ends):
                continue
            if self._met(self._boxes, around, route) <= met and self._is_clear(edge, route):
                return route, label if label is not None and self._has_room(edge, label) else None
        return None

    def _met(self, index: GridIndex, around: frozenset[str], route: Path) -> set[str]:
        """The boxes that a route meets, those around its ends aside."""
        found: set[str] = set()
        for a, b in pairwise(route):
            found |= _meeting(index, Rect.between(a, b).grown(_CLEAR)) - around
        return found

    def _is_clear(self, edge: Edge, route: Path) -> bool:
        """Whether a route runs through no label that is there."""
        if self._stays(edge):
            return True
        return not any(self._labels.meeting(*Rect.between(a, b).grown(1).bounds) for a, b in pairwise(route))

    def _has_room(self, edge: Edge, label: Rect) -> bool:
        """Whether a label lies on no box and no label that it did not lie on before."""
        assert edge.label_at is not None
        met = self._under(self._former_boxes, self._before, edge.label_at)
        if not self._under(self._boxes, self._drawing.rects, label) <= met:
            return False
        return self._stays(edge) or not self._labels.meeting(*label.grown(1).bounds)

    @staticmethod
    def _under(index: GridIndex, rects: dict[str, Rect], label: Rect) -> set[str]:
        """The boxes that a label lies on, or across the border of."""
        wide = label.grown(_MARGIN)
        return {id for id in _meeting(index, wide) if not rects[id].grown(-_MARGIN).encloses(label)}


def _index(plan: Plan, rects: dict[str, Rect]) -> GridIndex:
    made = GridIndex()
    for node in plan.nodes.values():
        rect = rects.get(node.id)
        if rect is not None and node.kind is not NodeKind.ROOT:
            made.put(node.id, rect.bounds)
    return made


def _meeting(index: GridIndex, rect: Rect) -> set[str]:
    return set(index.meeting(*rect.bounds))


def _ways(before: Rect, now: Rect) -> tuple[Point, Point]:
    """How the corners of a box moved: the top left one, and that opposite to it."""
    return Point(now.x - before.x, now.y - before.y), Point(
        now.right - before.right, now.bottom - before.bottom
    )


def _way_at(before: Rect, now: Rect, at: Point) -> Point | None:
    """How the end of a route at the border of a box moves with it; None where there is no border."""
    near, far = _ways(before, now)
    if abs(at.x - before.right) <= _NEAR and before.y <= at.y <= before.bottom and before.width > _NEAR:
        way = Point(far.x, near.y)
    elif abs(at.y - before.bottom) <= _NEAR and before.x <= at.x <= before.right and before.height > _NEAR:
        way = Point(near.x, far.y)
    elif abs(at.x - before.x) <= _NEAR or abs(at.y - before.y) <= _NEAR:
        way = near
    else:
        return None
    return way if now.grown(1).contains(at.moved(*way)) else None


def _stretched(edge: Edge, first: Point, last: Point) -> Iterator[tuple[Path, Rect | None]]:
    """The ways to lead a route, and its label, between ends of which one moved so and the other so."""
    route, label = edge.was, edge.label_at
    if first == last:
        yield _moved(route, first), label.moved(*first) if label is not None else None
        return
    number = _stretch_of(route, label)
    dx, dy = last.x - first.x, last.y - first.y
    level = [i for i in range(len(route) - 1) if route[i].y == route[i + 1].y] if dx else [-1]
    upright = [i for i in range(len(route) - 1) if route[i].x == route[i + 1].x] if dy else [-1]
    for across in level:
        for down in upright:
            made = tuple(
                point.moved(
                    last.x if dx and i > across else first.x,
                    last.y if dy and i > down else first.y,
                )
                for i, point in enumerate(route)
            )
            if not all(_is_same_way(*each) for each in zip(pairwise(route), pairwise(made), strict=True)):
                continue
            yield made, _label(label, route, made, number)


def _label(label: Rect | None, route: Path, made: Path, number: int) -> Rect | None:
    """A label beside the stretch of a route where it was, as it is now."""
    if label is None:
        return None
    (a, b), (c, d) = route[number : number + 2], made[number : number + 2]
    one, other = Point(c.x - a.x, c.y - a.y), Point(d.x - b.x, d.y - b.y)
    if one == other:
        return label.moved(*one)
    span = abs(a.x - b.x) + abs(a.y - b.y)
    share = (abs(label.center.x - a.x) if a.y == b.y else abs(label.center.y - a.y)) / max(span, 1.0)
    way = one if share < 0.5 else other
    return label.moved(*way)


def _stretch_of(route: Path, label: Rect | None) -> int:
    """The number of the stretch that a label is at."""
    if label is None:
        return 0
    at = label.center

    def far(number: int) -> float:
        a, b = route[number], route[number + 1]
        x = min(max(at.x, min(a.x, b.x)), max(a.x, b.x))
        y = min(max(at.y, min(a.y, b.y)), max(a.y, b.y))
        return abs(at.x - x) + abs(at.y - y)

    return min(range(len(route) - 1), key=far)


def _is_same_way(before: tuple[Point, Point], now: tuple[Point, Point]) -> bool:
    """Whether a stretch still leads the same way, and is not much too short."""
    (a, b), (c, d) = before, now
    was, is_ = (b.x - a.x, d.x - c.x) if a.y == b.y else (b.y - a.y, d.y - c.y)
    return was == is_ or (was * is_ > 0 and abs(is_) >= _LEAST)


def _leaves(before: Rect, rect: Rect, end: Point, next: Point) -> bool:
    """Whether an end is off the corners of its box, if that is of another size than it was."""
    if before[2:] == rect[2:]:
        return True
    if end.x == next.x:
        return rect.width < 3 * _CORNER or rect.x + _CORNER <= end.x <= rect.right - _CORNER
    return rect.height < 3 * _CORNER or rect.y + _CORNER <= end.y <= rect.bottom - _CORNER


def _moved(route: Path, way: Point) -> Path:
    return tuple(point.moved(*way) for point in route)
