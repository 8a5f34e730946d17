"""A drawing that is made again after a change of its chart, with as little movement as can be.

What nothing touched keeps its places and routes. What came in takes a free place beside its neighbours, or pushes
others aside; several places are tried.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, replace
from math import inf

from editor.geometry import Rect
from editor.layout_engine import avoid, elk
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.finishing import settle
from editor.layout_engine.inserting import Inside, Neighbour, spots
from editor.layout_engine.judging import judged
from editor.layout_engine.labels import LabelPlaces
from editor.layout_engine.levels import Engine, Levels
from editor.layout_engine.nudging import GAP
from editor.layout_engine.plan import Node, NodeKind, Plan
from editor.layout_engine.retracing import places_of

_DRAWN = ((160, 12), (400, 8))
"""How many ways to put in what is new are drawn for charts of so many boxes and lines at most."""
_FEW = 4
_FAULT, _FAR, _MUCH = 20.0, 0.02, 1.0
"""What a fault, a unit of movement, and one beyond `_NEAR` cost in crossings."""
_NEAR = 40.0
_SMALL = 3
"""New boxes that a container of any size may take without being arranged anew."""


@dataclass(slots=True)
class _Try:
    """One way to put in what is new."""

    plan: Plan
    moved: float
    gap: float = GAP


@dataclass(frozen=True, slots=True)
class Kept:
    """A drawing, how good it is as `judged` says, and how far it moves boxes.

    `worse`: how many more faults it has than the one before. `lines`: those that are as they were, if moved with what
    is around them.
    """

    judgement: tuple[int, int]
    moved: float
    worse: int
    drawing: Drawing
    plan: Plan
    gap: float
    lines: frozenset[str]

    @property
    def is_sound(self) -> bool:
        """Whether it has no more faults than that before."""
        return self.worse <= 0

    @property
    def cost(self) -> float:
        """All of it in one number; less is better."""
        return _cost(self.judgement, self.moved)


def drawn(plan: Plan, engine: Engine) -> list[Kept]:
    """Drawings of a plan that keep what they can, the best first.

    Raises:
        ValueError: the engine gives none that can be used.
    """
    return _Keeping(plan, engine).drawn()


def movement(plan: Plan, drawing: Drawing) -> float:
    """How far nine of ten boxes have moved at most, after the shift that most have in common."""
    before = places_of(plan)
    ways = [
        (drawing.rects[id].x - rect.x, drawing.rects[id].y - rect.y)
        for id, rect in before.items()
        if id in drawing.rects and id != plan.root.id
    ]
    if not ways:
        return 0.0
    x, y = (statistics.median(each) for each in zip(*ways, strict=True))
    far = sorted(((dx - x) ** 2 + (dy - y) ** 2) ** 0.5 for dx, dy in ways)
    return float(far[int(len(far) * 0.9)])


class _Keeping:
    def __init__(self, plan: Plan, engine: Engine) -> None:
        self._engine = engine
        self._found: dict[tuple[object, ...], Drawing] = {}
        self._former = places_of(plan)
        self._plan = replace(plan, root=_held(plan.root), _lines={})
        self._new = [
            (node, child)
            for node in self._plan.root.walk()
            for child in node.children
            if child.place is None and child.id not in node.moving and node.kind is not NodeKind.PARALLEL
        ]
        self._ids = frozenset(child.id for _, child in self._new)
        self._was = judged(plan, _former(plan))

    def drawn(self) -> list[Kept]:
        made: list[Kept] = []
        for each in self._tries():
            made.append(self._draw(each))
            if made[-1].is_sound and made[-1].judgement[1] <= self._was[1] and made[-1].moved <= _NEAR:
                break
        made.sort(key=lambda each: each.cost)
        for another in (self._without_faulty, self._with_room, self._with_some_anew):
            if made[0].is_sound:
                break
            made.append(self._draw(another(made[0])))
            made.sort(key=lambda each: each.cost)
        return made

    def _draw(self, each: _Try) -> Kept:
        levels = self._levels(each.plan, each.gap)
        drawing = levels.draw(elk.DOWN)
        settle(each.plan, drawing, levels.kept)
        judgement = judged(each.plan, drawing)
        if judgement[0] > self._was[0]:
            settle(each.plan, drawing, levels.kept - self._beside_new_ways(levels.kept))
            judgement = judged(each.plan, drawing)
        return Kept(
            judgement, each.moved, judgement[0] - self._was[0], drawing, each.plan, each.gap, levels.kept
        )

    def _without_faulty(self, kept: Kept) -> _Try:
        """The same, with lines led anew whose label lies on something, or that lie under one.

        These are beside other such lines.
        """
        places = LabelPlaces(kept.plan, kept.drawing)
        ids: set[str] = set()
        for edge in kept.plan.edges:
            label = kept.drawing.labels.get(edge.id)
            if label is not None and places.cost(edge.id, label):
                ids |= {edge.id, *places.crossed_by(edge)}
        ids &= self._beside_new_ways(kept.lines)
        edges = tuple(replace(each, was=()) if each.id in ids else each for each in kept.plan.edges)
        return _Try(replace(kept.plan, edges=edges, _lines={}), kept.moved, kept.gap)

    def _with_room(self, kept: Kept) -> _Try:
        """The same, where nothing comes nearer to anything."""
        return self._try(kept.plan, inf)

    def _with_some_anew(self, kept: Kept) -> _Try:
        """Another, where the containers of what is new are arranged anew."""
        return self._try(replace(kept.plan, root=_anew(kept.plan.root, self._changed()), _lines={}))

    def _changed(self) -> frozenset[str]:
        """The containers with something new in them: boxes, or lines between what they hold."""
        made = {node.id for node, _ in self._new}
        new = [edge for edge in self._plan.edges if edge.is_wanted and not edge.was]
        return frozenset(made | {self._plan.host(edge) for edge in new})

    def _beside_new_ways(self, kept: frozenset[str]) -> frozenset[str]:
        """The lines in containers that others pass which had to be led anew: they may give way to these."""
        touched: set[str] = set()
        for edge in self._plan.edges:
            if edge.is_wanted and edge.id not in kept:
                touched |= {self._plan.host(edge), *avoid.passed(self._plan, edge)}
        return frozenset(edge.id for edge in self._plan.edges if self._plan.host(edge) in touched)

    def _levels(self, plan: Plan, gap: float = GAP) -> Levels:
        return Levels(plan, self._engine, self._found, self._ids, gap)

    def _try(self, plan: Plan, gap: float = GAP) -> _Try:
        return _Try(plan, movement(self._plan, self._levels(plan, gap).place(elk.DOWN)), gap)

    def _tries(self) -> list[_Try]:
        """The ways to put in what is new that move least."""
        if not self._new:
            return [self._try(self._plan)]
        plan = self._with({child.id: self._aside(node, child) for node, child in self._new})
        levels = self._levels(plan)
        levels.place(elk.DOWN)
        choices = {child.id: self._spots(node, child, levels) for node, child in self._new}
        tries: list[tuple[float, _Try]] = []
        for number in range(max(len(each) for each in choices.values())):
            places = {id: each[min(number, len(each) - 1)] for id, each in choices.items()}
            made = self._try(self._with(places))
            tries.append((number + _cost((0, 0), made.moved), made))
        tries.sort(key=lambda each: each[0])
        return [each for _, each in tries[: _count(self._plan)]]

    def _with(self, places: dict[str, Rect]) -> Plan:
        return replace(self._plan, root=_placed(self._plan.root, places), _lines={})

    def _aside(self, node: Node, child: Node) -> Rect:
        """A place for a start, to learn how large a box is."""
        left, top, _ = elk.inset(node)
        return Rect(left, top, child.width, child.height)

    def _spots(self, node: Node, child: Node, levels: Levels) -> list[Rect]:
        if child.kind is NodeKind.DOT:
            return [self._dot(node, child)]
        own = self._former.get(node.id, Rect(0, 0, 0, 0))
        routes, labels = [], []
        for edge in self._plan.edges:
            if (
                edge.was
                and node.id in self._plan.line(edge.source)
                and node.id in self._plan.line(edge.target)
            ):
                routes.append(tuple(point.moved(-own.x, -own.y) for point in edge.was))
                if edge.label_at is not None:
                    labels.append(edge.label_at.moved(-own.x, -own.y))
        return spots(
            node, child, levels.size(child.id), self._neighbours(node, child), Inside(routes, labels)
        )

    def _neighbours(self, node: Node, child: Node) -> list[Neighbour]:
        """The boxes in the same container that lines lead to or come from, whatever in them it is."""
        found = []
        depth = len(self._plan.line(child.id)) - 1
        for edge in self._plan.edges:
            lines = self._plan.line(edge.source), self._plan.line(edge.target)
            for line, other, is_before in ((lines[0], lines[1], False), (lines[1], lines[0], True)):
                if (
                    child.id in line
                    and child.id not in other
                    and len(other) > depth
                    and other[depth - 1] == node.id
                ):
                    found.append(Neighbour(other[depth], is_before, edge.label[0]))
        return found

    def _dot(self, node: Node, dot: Node) -> Rect:
        """A place for the initial dot of a container: above what its arrow leads to."""
        target = next((edge.target for edge in self._plan.edges if edge.source == dot.id), None)
        depth = len(self._plan.line(dot.id)) - 1
        line = self._plan.line(target) if target is not None else ()
        box = self._plan.nodes[line[depth]] if len(line) > depth else None
        left, top, _ = elk.inset(node)
        if box is None or box.place is None:
            return Rect(left, top, dot.width, dot.height)
        return Rect(box.place.x + 12, max(2.0, box.place.y - 34), dot.width, dot.height)


def _cost(judgement: tuple[int, int], moved: float) -> float:
    return _FAULT * judgement[0] + judgement[1] + _FAR * moved + _MUCH * max(0.0, moved - _NEAR)


def _held(node: Node) -> Node:
    """A box whose children keep their places where most have one and these are sound; else all are arranged anew."""
    children = tuple(_held(child) for child in node.children)
    states = [child for child in children if child.kind is not NodeKind.DOT]
    new = sum(1 for child in states if child.place is None)
    is_pinned = any(child.is_pinned for child in states)
    is_known = len(states) > new and (new <= _SMALL or new <= (len(states) - new) / 4)
    if node.kind is NodeKind.PARALLEL:
        is_known = not new
    if not states or is_pinned or (is_known and _is_sound(node, states)):
        return replace(node, children=children, moving=frozenset())
    return replace(node, children=children, moving=frozenset(child.id for child in children))


def _is_sound(node: Node, states: list[Node]) -> bool:
    """Whether the places in a box are apart and within it: a layout may be of another machine."""
    places = sorted(child.place for child in states if child.place is not None)
    if node.place is not None:
        own = Rect(0, 0, node.place.width, node.place.height).grown(1)
        if not all(own.encloses(place) for place in places):
            return False
    for number, place in enumerate(places):
        for other in places[number + 1 :]:
            if other.x >= place.right - 1:
                break
            if place.y < other.bottom - 1 and other.y < place.bottom - 1:
                return False
    return True


def _anew(node: Node, ids: frozenset[str]) -> Node:
    """A box in which some containers are arranged anew."""
    children = tuple(_anew(child, ids) for child in node.children)
    if (
        node.id in ids
        and node.kind is not NodeKind.PARALLEL
        and not any(child.is_pinned for child in children)
    ):
        return replace(node, children=children, moving=frozenset(child.id for child in children))
    return replace(node, children=children)


def _count(plan: Plan) -> int:
    return next((count for most, count in _DRAWN if plan.size <= most), _FEW)


def _former(plan: Plan) -> Drawing:
    """The drawing that a plan knows of."""
    made = Drawing(places_of(plan))
    for edge in plan.edges:
        if edge.was:
            made.routes[edge.id] = edge.was
        if edge.label_at is not None:
            made.labels[edge.id] = edge.label_at
    return made


def _placed(node: Node, places: dict[str, Rect]) -> Node:
    children = tuple(_placed(child, places) for child in node.children)
    return replace(node, children=children, place=places.get(node.id, node.place))
