"""Places for labels on routes: off boxes and borders, other labels and other lines, as far as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing, Path, whole
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.layout_engine.raster import Raster

_MOST_STRETCHES = 7
_STEP = 12.0
_MOST_STEPS = 24
_BOX, _BORDER, _LABEL, _LINE, _END = 40.0, 25.0, 40.0, 15.0, 6.0
_SHORT = 3.0
_FINE, _OFF = 8.0, 10.0
_ASIDE = (0.0, 0.25, 0.5, 0.65, 0.8, 1.0)
"""How far beside its line a label may lie; 1: quite off it."""
_GOOD = 4.0
_MARGIN = 2.0
_HEAD = 16.0
HOLLOW = (NodeKind.ROOT, NodeKind.COMPOSITE, NodeKind.PARALLEL, NodeKind.REGION)


class LabelPlaces:
    """What stands in the way of labels of one drawing, and the choice of places among it."""

    def __init__(self, plan: Plan, drawing: Drawing) -> None:
        self._drawing = drawing
        self._boxes = Raster()
        self._lines = Raster()
        self._labels = Raster()
        self._solid: dict[str, tuple[Rect, Rect | None]] = {}
        for node in plan.nodes.values():
            rect = drawing.rects.get(node.id)
            if rect is not None and node.kind is not NodeKind.ROOT:
                self._put_box(node, rect)
        for id, route in drawing.routes.items():
            self._put_route(id, route)
        for id, rect in drawing.labels.items():
            self._labels.put(id, _edges(rect))

    def _put_box(self, node: Node, rect: Rect) -> None:
        rect = node.card(rect)  # beside a ring, above a wide name, a label would look like a part of it
        is_hollow = bool(node.children) and node.kind in HOLLOW
        head = Rect(rect.x, rect.y, rect.width, node.header) if is_hollow else None
        self._solid[node.id] = rect, head
        self._boxes.put(node.id, _edges(rect))

    def _put_route(self, id: str, route: Path) -> None:
        for number, (a, b) in enumerate(pairwise(route)):
            self._lines.put(f"{number} {id}", _edges(Rect.between(a, b)))

    def place(self, edges: Iterable[Edge]) -> None:
        """Give the labels of some lines, the shortest first, the best place as things are."""
        routes = self._drawing.routes
        wanted = [edge for edge in edges if edge.label[0] and len(routes.get(edge.id, ())) > 1]
        for edge in sorted(wanted, key=lambda each: (_length(routes[each.id]), each.id)):
            self._put(edge, _candidates(routes[edge.id], edge.label))

    def settle(self, edges: Iterable[Edge]) -> list[Edge]:
        """Give the labels of some lines that lie on something a better place, if there is any; those left over."""
        left = []
        for edge in edges:
            label = self._drawing.labels.get(edge.id)
            if label is None or not self.cost(edge.id, label):
                continue
            stays = (self.cost(edge.id, label), label)
            if self._put(edge, _more_candidates(self._drawing.routes[edge.id], edge.label), stays):
                left.append(edge)
        return left

    def _put(
        self,
        edge: Edge,
        candidates: Iterable[tuple[float, Rect]],
        best: tuple[float, Rect] = (float("inf"), Rect(0, 0, 0, 0)),
    ) -> float:
        """Give a label the best of some places; what it lies on there, as a cost."""
        for own, rect in candidates:
            if own >= best[0]:
                continue
            cost = own + self.cost(edge.id, rect)
            if cost < best[0]:
                best = cost, rect
            if cost == own and own <= _GOOD:
                break
        self._drawing.labels[edge.id] = best[1]
        self._labels.put(edge.id, _edges(best[1]))
        return self.cost(edge.id, best[1])

    def crossed_by(self, edge: Edge) -> set[str]:
        """The other lines that run under the label of a line."""
        area = _edges(self._drawing.labels[edge.id].grown(_MARGIN))
        return {each.partition(" ")[2] for each in self._lines.meeting(*area)} - {edge.id}

    def cost(self, id: str, rect: Rect) -> float:
        """What it costs that the label of a line lies in a rectangle."""
        area = _edges(rect.grown(_MARGIN))
        cost = 0.0
        for each in self._boxes.meeting(*area):
            box, head = self._solid[each]
            if head is None or head.intersects(rect):
                cost += _BOX
            elif not box.grown(-_MARGIN).encloses(rect):
                cost += _BORDER
        cost += _LABEL * sum(1 for each in self._labels.meeting(*area) if each != id)
        lines = {each.partition(" ")[2] for each in self._lines.meeting(*area)}
        return cost + _LINE * len(lines - {id})


def _candidates(route: Path, size: tuple[float, float]) -> Iterator[tuple[float, Rect]]:
    """Rectangles on the longest stretches of a route, each with what it costs by itself."""
    width, height = size
    stretches = sorted(enumerate(pairwise(route)), key=lambda each: -_span(*each[1]))
    last = len(route) - 2
    for number, (a, b) in stretches[:_MOST_STRETCHES]:
        span, is_level = _span(a, b), a.y == b.y
        along = width if is_level else height
        steps = max(1, min(_MOST_STEPS, int(span // _STEP))) | 1  # odd: the middle is one of them
        short = _SHORT if along > span else 0.0
        for share in sorted(
            ((each + 0.5) / steps for each in range(steps)), key=lambda each: abs(each - 0.5)
        ):
            x, y = a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share
            at_head = number == last and span * (1 - share) < along / 2 + _HEAD
            own = short + (_END if at_head else 0.0)
            yield own, _around(x, y, width, height)
            if is_level:
                yield own + 1, _around(x, y - height / 2 - 4, width, height)
                yield own + 1, _around(x, y + height / 2 + 4, width, height)
            else:
                for aside in (width * 0.15, width * 0.3, width / 2 - 14, width / 2 + 4):
                    yield own + 1, _around(x + aside, y, width, height)
                    yield own + 1, _around(x - aside, y, width, height)


def _more_candidates(route: Path, size: tuple[float, float]) -> Iterator[tuple[float, Rect]]:
    """Rectangles anywhere on a route and beside it, at most a little away from it; no head of an arrow is spared."""
    width, height = size
    for a, b in pairwise(route):
        span, is_level = _span(a, b), a.y == b.y
        steps = max(1, min(_MOST_STEPS, int(span // _FINE)))
        for share in sorted((each / steps for each in range(steps + 1)), key=lambda each: abs(each - 0.5)):
            x, y = a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share
            for far in _ASIDE:
                own = far + _END * abs(share - 0.5)
                dx, dy = (0.0, far * (height / 2 + _OFF)) if is_level else (far * (width / 2 + _OFF), 0.0)
                yield own, _around(x - dx, y - dy, width, height)
                if far:
                    yield own, _around(x + dx, y + dy, width, height)


def _around(x: float, y: float, width: float, height: float) -> Rect:
    return Rect(whole(x - width / 2), whole(y - height / 2), width, height)


def _span(a: Point, b: Point) -> float:
    return abs(a.x - b.x) + abs(a.y - b.y)


def _length(route: Path) -> float:
    return sum(_span(a, b) for a, b in pairwise(route))


def _edges(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.right, rect.bottom
