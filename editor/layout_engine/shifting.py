"""Lines that are better a little aside: stretches are shifted where fewer others are crossed, met or written over.

libavoid spreads lines that it routes together; those of ELK, and of other requests, it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import inf

from editor.geometry import Point, Rect
from editor.layout.paths import length
from editor.layout_engine.drawing import Drawing, Path, without_flat
from editor.layout_engine.plan import Edge, NodeKind, Plan
from editor.layout_engine.raster import Raster

_STEPS = (10.0, 20.0, 32.0, 46.0, 64.0, 90.0, 124.0, 170.0, 230.0, 300.0, 400.0, 550.0)
_ROUNDS = 6
_CROSSED, _ALONG, _WRITTEN, _BOX, _NEAR_BOX, _HEADER, _OUTSIDE = 20.0, 28.0, 60.0, 5000.0, 8.0, 6.0, 500.0
_LENGTH = 0.02
_NEAR, _OFF, _SHORT = 5.0, 4.0, 12.0
_CORNER, _AT = 8.0, 1.0


class Shifting:
    """The lines of one drawing, with what is in their way."""

    def __init__(self, plan: Plan, drawing: Drawing) -> None:
        self._plan = plan
        self._drawing = drawing
        self._boxes = Raster()
        self._lines = Raster()
        self._labels = Raster()
        self._of: dict[str, tuple[str, bool]] = {}
        """The line of each stretch, and whether it is level."""
        for node in plan.nodes.values():
            rect = drawing.rects.get(node.id)
            if rect is not None and node.kind is not NodeKind.ROOT:
                self._boxes.put(node.id, node.card(rect).bounds)
        for id, route in drawing.routes.items():
            self._put(id, route)
        for id, label in drawing.labels.items():
            self._labels.put(id, label.bounds)

    def improve(self, edges: Iterable[Edge]) -> None:
        """Shift the stretches of some lines, as long as anything becomes better."""
        todo = [edge for edge in edges if len(self._drawing.routes.get(edge.id, ())) > 2]
        for _ in range(_ROUNDS):
            todo = [edge for edge in todo if self._shift(edge)]
            if not todo:
                return

    def trouble_of_both(self, one: tuple[Edge, Path], other: tuple[Edge, Path]) -> float:
        """What is wrong with two lines on other routes, as a cost, and how long they are."""
        for edge, _ in (one, other):
            self._drop(edge.id, self._drawing.routes[edge.id])
        cost = sum(_LENGTH * length(route) for _, route in (one, other))
        cost += self._trouble(one[0], _Way(self._plan, self._drawing, one[0]), one[1])
        self._put(one[0].id, one[1])
        cost += self._trouble(other[0], _Way(self._plan, self._drawing, other[0]), other[1])
        self._drop(one[0].id, one[1])
        for edge, _ in (one, other):
            self._put(edge.id, self._drawing.routes[edge.id])
        return cost

    def replace(self, id: str, route: Path) -> None:
        """Give a line another route."""
        self._drop(id, self._drawing.routes[id])
        self._drawing.routes[id] = route
        self._put(id, route)

    def _put(self, id: str, route: Path) -> None:
        for number, (a, b) in enumerate(pairwise(route)):
            key = f"{number} {id}"
            self._of[key] = id, a.y == b.y
            self._lines.put(key, Rect.between(a, b).bounds)

    def _drop(self, id: str, route: Path) -> None:
        for number in range(len(route) - 1):
            self._lines.remove(f"{number} {id}")

    def _shift(self, edge: Edge) -> bool:
        """Try every stretch of a line; say whether one was shifted."""
        route = self._drawing.routes[edge.id]
        way = _Way(self._plan, self._drawing, edge)
        if not self._trouble(edge, way, route):
            return False
        self._drop(edge.id, route)
        is_better, number = False, 0
        while number < len(route) - 1:
            made = self._shifted(edge, way, route, number)
            if made is not None:
                route, is_better = without_flat(made), True
            number += 1
        self._drawing.routes[edge.id] = route
        self._put(edge.id, route)
        return is_better

    def _shifted(self, edge: Edge, way: _Way, route: Path, number: int) -> Path | None:
        """The route with one stretch elsewhere, where that is better."""
        a, b = route[number], route[number + 1]
        label = self._drawing.labels.get(edge.id)
        if label is not None and Rect.between(a, b).intersects(label):
            return None
        first, last = max(0, number - 1), min(len(route) - 1, number + 2)
        trouble = self._trouble(edge, way, route[first : last + 1])
        if not trouble:
            return None
        before = trouble + _LENGTH * length(route[first : last + 1])
        least = before - 1
        best: Path | None = None
        for far in (sign * step for step in _STEPS for sign in (1, -1)):
            made = moved(route, number, far)
            if not way.allows(made, number):
                continue
            cost = _LENGTH * length(made[first : last + 1])
            if cost >= least:
                continue
            cost += self._trouble(edge, way, made[first : last + 1], least - cost)
            if cost < least:
                least, best = cost, made
        return best

    def _trouble(self, edge: Edge, way: _Way, points: Path, most: float = inf) -> float:
        """What is wrong with some stretches of a line, as a cost; `inf` for more than `most`, which spares much."""
        cost = 0.0
        for a, b in pairwise(points):
            stretch = Rect.between(a, b)
            left, top, right, bottom = stretch.bounds
            cost += 0.0 if way.host is None or way.host.encloses(stretch) else _OUTSIDE
            for id in self._boxes.meeting(left - _OFF, top - _OFF, right + _OFF, bottom + _OFF):
                cost += way.cost(id, stretch)
            if cost > most:  # what is dear came first
                return inf
            cost += _WRITTEN * sum(
                1 for id in self._labels.meeting(left - 2, top - 2, right + 2, bottom + 2) if id != edge.id
            )
            cost += self._cost_of_lines(edge.id, stretch, is_level=a.y == b.y)
            if cost > most:
                return inf
        return cost

    def _cost_of_lines(self, id: str, stretch: Rect, *, is_level: bool) -> float:
        left, top, right, bottom = stretch.bounds
        aside = (0.0, _NEAR) if is_level else (_NEAR, 0.0)
        cost = 0.0
        near = self._lines.meeting(left - aside[0], top - aside[1], right + aside[0], bottom + aside[1])
        for key, (x0, y0, x1, y1) in near.items():
            other, is_other_level = self._of[key]
            if other == id:
                continue
            if is_level == is_other_level:
                shared = min(right, x1) - max(left, x0) if is_level else min(bottom, y1) - max(top, y0)
                cost += _ALONG if shared > _NEAR else 0.0
            elif (left < x0 < right and y0 < top < y1) or (x0 < left < x1 and top < y0 < bottom):
                cost += _CROSSED
        return cost


class _Way:
    """What one line may do."""

    def __init__(self, plan: Plan, drawing: Drawing, edge: Edge) -> None:
        self._edge = edge
        self._plan = plan
        self._rects = drawing.rects
        source, target = plan.line(edge.source), plan.line(edge.target)
        self._around = frozenset(source) | frozenset(target)
        fork = plan.fork(edge.source, edge.target)
        host = source[fork - 1]
        ends = {edge.source, edge.target}
        if len(source) != len(target) and fork in (len(source), len(target)):
            ends.discard(host)  # the line lies within it
        self._ends = frozenset(ends)
        is_root = plan.nodes[host].kind is NodeKind.ROOT
        self.host = None if is_root or host not in drawing.rects else drawing.rects[host].grown(1)

    def cost(self, id: str, stretch: Rect) -> float:
        """What a stretch costs beside a box or through it."""
        rect = self._rects[id]
        if id not in self._around:
            rect = self._plan.nodes[id].card(rect)
            return _BOX if rect.grown(-1).intersects(stretch) else _NEAR_BOX
        if id in self._ends:
            return _BOX if rect.grown(-2).intersects(stretch) else 0.0
        header = self._plan.nodes[id].header
        title = Rect(rect.x, rect.y + 2, min(rect.width, 0.5 * rect.width + 40), header - 2)
        return _HEADER if header and title.intersects(stretch) else self._along(rect, header, stretch)

    @staticmethod
    def _along(rect: Rect, header: float, stretch: Rect) -> float:
        """What it costs to run along the border of a state around an end, or the hairline below its name."""
        if stretch.width > stretch.height:
            off = min(abs(stretch.y - each) for each in (rect.y, rect.y + header, rect.bottom))
        else:
            off = min(abs(stretch.x - rect.x), abs(stretch.x - rect.right))
        return _NEAR_BOX if off < _OFF and max(stretch.width, stretch.height) > _SHORT else 0.0

    def allows(self, route: Path, number: int) -> bool:
        """Whether the ends of a shifted stretch are still at their boxes, and its neighbours not turned round.

        The ends of a loop stay apart, else nothing would be left of it.
        """
        first, last = route[0], route[-1]
        if self._edge.source == self._edge.target and abs(first.x - last.x) + abs(first.y - last.y) < _SHORT:
            return False
        if number == 0 and not self._slides(self._edge.source, route[0], route[1], self._edge.start):
            return False
        if number == len(route) - 2 and not self._slides(self._edge.target, route[-1], route[-2], None):
            return False
        if number == 1 and not self._leaves(self._edge.source, route[0], route[1], self._edge.start):
            return False
        return not (
            number == len(route) - 3 and not self._leaves(self._edge.target, route[-1], route[-2], None)
        )

    def _slides(self, id: str, end: Point, next: Point, start: Rect | None) -> bool:
        """Whether an end is on the same side of its box still, off the corners."""
        if self._plan.nodes[id].kind in (NodeKind.RING, NodeKind.ROOT) or start is not None:
            return False
        rect = self._rects[id]
        if end.x == next.x:
            is_there = min(abs(end.y - rect.y), abs(end.y - rect.bottom)) <= _AT
            return is_there and rect.x + _CORNER <= end.x <= rect.right - _CORNER
        is_there = min(abs(end.x - rect.x), abs(end.x - rect.right)) <= _AT
        return is_there and rect.y + _CORNER <= end.y <= rect.bottom - _CORNER

    def _leaves(self, id: str, end: Point, next: Point, start: Rect | None) -> bool:
        """Whether a line still leaves its box where it did, and not back into it."""
        if abs(next.x - end.x) + abs(next.y - end.y) < _SHORT:
            return False
        if id not in self._ends:
            return True
        rect = start or self._rects[id]
        return not rect.grown(-2).intersects(Rect.between(end, next))


def moved(route: Path, number: int, far: float) -> Path:
    """A route with one stretch moved aside; what it meets becomes longer or shorter."""
    a, b = route[number], route[number + 1]
    dx, dy = (0.0, far) if a.y == b.y else (far, 0.0)
    return (*route[:number], a.moved(dx, dy), b.moved(dx, dy), *route[number + 2 :])
