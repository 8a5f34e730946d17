"""Lines between the regions of a state, which meet: they run in a band that the state keeps free above its regions.

Each leaves the top of a region, runs along at a height of its own, with its label, and comes down on another, on the
same one, or ends at the side of the state itself. No other line and no region is in its way there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing, Path, whole
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.layout_engine.raster import Raster

_FIRST, _ABOVE, _GAP = 26.0, 8.0, 8.0
"""Chart units from the regions to the lowest line, from the highest label to the header, and between two labels."""
_ROOM, _INSET, _STEP = 20.0, 12.0, 12.0
_USUAL, _HASTY, _MANY = (16, 900), (8, 24), 16
"""Places along a region, and ways between two that are looked at; the same where there are many lines; how many."""
_SHORT = 16.0
_SHARES = (0.5, 0.3, 0.7)
"""Where on their stretch labels are tried."""
_HEAD, _CLEAR = 36.0, 4.0
_ON_LABEL, _ALONG, _CROSSED, _NARROW, _LENGTH = 1000.0, 300.0, 60.0, 1.0, 0.1
Ends = tuple[str, str]


def tracks(ends: Sequence[Ends], order: Sequence[str]) -> list[int]:
    """The heights at which lines run, from 1 for the lowest, by their ends; `order` has the regions from left to right.

    Lines that pass the same region have different ones, and who leads farther runs above who stays below it. An end
    that is no region is the state itself, at the side that is nearer.
    """
    spans = [_span(each, order) for each in ends]
    made = [0] * len(ends)
    for number in sorted(range(len(ends)), key=lambda each: (spans[each][1] - spans[each][0], each)):
        low, high = spans[number]
        met = [
            each
            for each, track in enumerate(made)
            if track and spans[each][0] <= high and low <= spans[each][1]
        ]
        below = [made[each] for each in met if low <= spans[each][0] and spans[each][1] <= high]
        taken = {made[each] for each in met}
        track = max(below, default=0) + 1
        while track in taken:
            track += 1
        made[number] = track
    return made


def _span(ends: Ends, order: Sequence[str]) -> tuple[int, int]:
    """From which region to which a line runs, by their numbers."""
    places = [order.index(each) for each in ends if each in order]
    if len(places) < len(ends):
        places.append(-1 if places[0] < len(order) / 2 else len(order))
    return min(places), max(places)


def depth(count: int, tallest: float) -> float:
    """How high a band is for so many heights and labels no taller than this."""
    return _FIRST + (count - 1) * (tallest + _GAP) + tallest / 2 + _ABOVE if count else 0.0


def breadth(id: str, lines: Sequence[tuple[Ends, float]], order: Sequence[str]) -> float:
    """How wide a region is at least for lines to end at it beside each other, with labels of these widths.

    What leads to another region has half of its label above each of both.
    """
    own = [(ends, width) for ends, width in lines if id in ends]
    shares = (width / 2 if ends[0] != ends[1] and set(ends) <= set(order) else width for ends, width in own)
    return 2 * _INSET + sum(share + _ROOM for share in shares)


def lines(plan: Plan) -> dict[str, list[Edge]]:
    """The lines between the regions of a state, or one of them and the state, by the state's id."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in plan.edges:
        around = _around(plan, edge)
        if around is not None:
            found[around].append(edge)
    return found


def _around(plan: Plan, edge: Edge) -> str | None:
    """The state in whose band a line runs; None for all other lines."""
    ends = edge.source, edge.target
    around = {plan.parents[id] for id in ends if _is_region(plan, id) and edge.start is None}
    for id in around:
        if all(each == id or (plan.parents.get(each) == id and _is_region(plan, each)) for each in ends):
            return id
    return None


def _is_region(plan: Plan, id: str) -> bool:
    return plan.nodes[id].kind is NodeKind.REGION


def draw(plan: Plan, drawing: Drawing) -> frozenset[str]:
    """Give each wanted line between regions that has no route one in the band, if there is room; the ids of these."""
    made: set[str] = set()
    for id, edges in lines(plan).items():
        made |= _Band(plan, drawing, plan.nodes[id], edges).draw()
    return frozenset(made)


class _Band:
    """The band of one state."""

    def __init__(self, plan: Plan, drawing: Drawing, node: Node, edges: list[Edge]) -> None:
        self._drawing = drawing
        self._id = node.id
        self._own = drawing.rects[node.id]
        order = [child.id for child in node.children if child.kind is NodeKind.REGION]
        self._most, self._tries = _USUAL if len(edges) < _MANY else _HASTY
        self._tallest = max(edge.label[1] for edge in edges)
        self._tracks = dict(
            zip(
                (edge.id for edge in edges), tracks([(e.source, e.target) for e in edges], order), strict=True
            )
        )
        top = self._own.y + node.header
        self._floor = min(drawing.rects[id].y for id in order)
        room = self._floor - top + 1
        self._todo = [
            edge
            for edge in edges
            if edge.is_wanted
            and edge.id not in drawing.routes
            and depth(self._tracks[edge.id], self._tallest) <= room
            and all(drawing.rects[id].y == self._floor for id in (edge.source, edge.target) if id != self._id)
        ]
        self._lines, self._labels = Raster(), Raster()
        area = Rect(self._own.x, self._own.y, self._own.width, self._floor - self._own.y)
        for id, path in drawing.routes.items():
            self._put(id, [each for each in _stretches(path) if each.grown(1).intersects(area)])
        for id, label in drawing.labels.items():
            if label.intersects(area):
                self._labels.put(id, label.bounds)

    def _put(self, id: str, stretches: list[Rect]) -> None:
        for number, each in enumerate(stretches):
            self._lines.put(f"{number} {id}", each.bounds)

    def draw(self) -> set[str]:
        """Draw what is to be drawn, the lowest first; the ids of the lines that were."""
        made: set[str] = set()
        for edge in sorted(self._todo, key=lambda each: self._tracks[each.id]):
            y = whole(self._floor - _FIRST - (self._tracks[edge.id] - 1) * (self._tallest + _GAP))
            found = self._best(edge, y)
            if found is None:
                continue
            path, label = found
            self._drawing.routes[edge.id] = path
            self._put(edge.id, _stretches(path))
            if edge.label[0]:
                self._drawing.labels[edge.id] = label
                self._labels.put(edge.id, label.bounds)
            made.add(edge.id)
        return made

    def _best(self, edge: Edge, y: float) -> tuple[Path, Rect] | None:
        """The best way along a height, with the place of the label; None where the regions are too narrow."""
        alone = sorted(
            (_alone(path, edge), number, path, label)
            for number, (path, label) in enumerate(self._choices(edge, y))
        )
        best, chosen = float("inf"), None
        for own, _, path, label in alone[: self._tries]:
            if own >= best:
                break
            cost = own + self._cost(path, label, edge)
            if cost < best:
                best, chosen = cost, (path, label)
        return chosen

    def _choices(self, edge: Edge, y: float) -> Iterator[tuple[Path, Rect]]:
        """Ways along a height, each with the place of the label."""
        width, height = edge.label
        for start in self._places(edge.source, edge.target):
            for end in self._places(edge.target, edge.source):
                if abs(start - end) < _SHORT:
                    continue
                path = [Point(start, y), Point(end, y)]
                if edge.source != self._id:
                    path.insert(0, Point(start, self._floor))
                if edge.target != self._id:
                    path.append(Point(end, self._floor))
                for share in _SHARES:
                    left = whole(start + (end - start) * share - width / 2)
                    left = max(min(left, self._own.right - _INSET - width), self._own.x + _INSET)
                    yield tuple(path), Rect(left, whole(y - height / 2), width, height)

    def _places(self, id: str, other: str) -> list[float]:
        """Where lines may end at a region; at the state itself its nearer side."""
        rect = self._drawing.rects[id]
        if id == self._id:
            is_left = self._drawing.rects[other].center.x < rect.center.x
            return [rect.x if is_left else rect.right]
        room = rect.width - 2 * _INSET
        count = max(1, min(self._most, int(room // _STEP)))
        return [whole(rect.x + _INSET + room * number / count) for number in range(count + 1)]

    def _cost(self, path: Path, label: Rect, edge: Edge) -> float:
        """What is wrong with a way beside what is there."""
        cost, stretches = 0.0, _stretches(path)
        for each in (*stretches, label):
            cost += _ON_LABEL * len(self._labels.meeting(*each.grown(_CLEAR).bounds))
        if edge.label[0]:
            cost += _ON_LABEL * len(self._lines.meeting(*label.grown(_CLEAR).bounds))
        for each in stretches:
            near = self._lines.meeting(*each.grown(_STEP - 1).bounds).values()
            cost += sum(_met(each, left, top, right, bottom) for left, top, right, bottom in near)
        return cost


def _stretches(path: Path) -> list[Rect]:
    return [Rect.between(a, b) for a, b in pairwise(path)]


def _alone(path: Path, edge: Edge) -> float:
    """What a way costs as if it were the only one: it is short, and longer than its label."""
    span = abs(path[0].x - path[-1].x)
    return _LENGTH * span + _NARROW * max(0.0, edge.label[0] + _HEAD - span)


def _met(one: Rect, left: float, top: float, right: float, bottom: float) -> float:
    """What it costs that another stretch crosses one, or runs beside it."""
    if (one.width > 0) == (right > left):
        return _ALONG
    if one.width > 0:
        is_crossed = one.x < left < one.right and top <= one.y <= bottom
    else:
        is_crossed = left < one.x < right and one.y <= top <= one.bottom
    return _CROSSED if is_crossed else 0.0
