"""The paths of transitions: orthogonal, from border to border, with a place for the label. Numbers to numbers.

Ends are spread along the sides of states, in the order of where the other ends are, so that no two lie on each
other; what is drawn depends on the geometry alone, never on what was drawn before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.paths import Side, label_place, loop, orthogonal, sides, simplified, through
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind, Transition, TriggerKind, is_unresolved

_LANE = 24.0
DOT = 6.0


@dataclass(frozen=True, slots=True)
class Route:
    """A path per target in absolute coordinates, and the rectangle of the label.

    `ends_inside`: the transition changes no state and ends in a small square inside its source.
    """

    paths: tuple[tuple[Point, ...], ...]
    label: Rect
    ends_inside: bool = False


NOTHING = Rect(0, 0, 0, 0)


def route(chart: Chart, diagram: Diagram, ids: Iterable[str] | None, measure: Measure) -> dict[str, Route]:
    """Routes of some transitions, or of all; those whose ends have no box are left out."""
    router = _Router(chart, diagram, measure)
    wanted = chart.transitions if ids is None else [id for id in ids if id in chart.transitions]
    found: dict[str, Route] = {}
    for id in wanted:
        made = router.route(chart.transitions[id])
        if made is not None:
            found[id] = made
    return found


class _Router:
    """One call: absolute rectangles and the ends on each side are looked up once."""

    def __init__(self, chart: Chart, diagram: Diagram, measure: Measure) -> None:
        self.chart = chart
        self.diagram = diagram
        self.measure = measure
        self._rects: dict[str, Rect | None] = {}
        self._origins: dict[str, Point] = {chart.root_id: Point(0, 0)}
        self._ports: dict[tuple[str, Side], list[str]] = {}

    def origin(self, id: str) -> Point:
        """The absolute top left corner of a state."""
        found = self._origins.get(id)
        if found is None:
            parent = self.chart.states[id].parent
            above = self.origin(parent) if parent is not None else Point(0, 0)
            box = self.diagram.boxes.get(id)
            found = Point(above.x + box.x, above.y + box.y) if box is not None else above
            self._origins[id] = found
        return found

    def rect(self, id: str) -> Rect | None:
        """The absolute rectangle that transitions end at; rings of final and history states, not their names."""
        if id in self._rects:
            return self._rects[id]
        box = self.diagram.boxes.get(id)
        rect = None
        if box is not None:
            at = self.origin(id)
            rect = Rect(at.x, at.y, box.width, box.height)
            kind = self.chart.states[id].kind
            if kind is StateKind.FINAL or kind.is_history:
                side = min(box.width, box.height, sizes.RING) - 4
                top = at.y + 2 if box.height > sizes.RING else at.y + (box.height - side) / 2
                rect = Rect(at.x + (box.width - side) / 2, top, side, side)
        self._rects[id] = rect
        return rect

    def route(self, transition: Transition) -> Route | None:
        """The route of one transition."""
        kind = transition.trigger.kind
        if kind is TriggerKind.INITIAL:
            return self._initial(transition)
        source = self.rect(transition.source)
        if sizes.is_row(transition):
            return self._row(transition, source)
        if source is None:
            if transition.source != self.chart.root_id:
                return None
            source = Rect(8, 8 + 28 * self._place(transition), 12, 12)
        targets = [target for target in transition.targets if not is_unresolved(target)]
        rects = [rect for target in targets if (rect := self.rect(target)) is not None]
        if not rects:
            return None
        paths = tuple(
            self._path(transition, source, target, rect) for target, rect in zip(targets, rects, strict=False)
        )
        return Route(paths, self._label(transition, paths[0]))

    def _place(self, transition: Transition) -> int:
        return [each.id for each in self.chart.outgoing(transition.source)].index(transition.id)

    def _initial(self, transition: Transition) -> Route | None:
        targets = [target for target in transition.targets if not is_unresolved(target)]
        rect = self.rect(targets[0]) if targets else None
        if rect is None:
            return None
        origin = self.origin(transition.source)
        box = self.diagram.boxes.get(transition.source)
        given = box.initial if box is not None else None
        if given is not None:
            dot = origin.moved(given.x, given.y)
        elif self._is_free(Point(rect.x - 28, rect.y + rect.height / 2), transition.source):
            dot = Point(rect.x - 28, rect.y + rect.height / 2)
        else:
            dot = Point(rect.x + rect.width / 2, rect.y - 28)
        around = Rect(dot.x - DOT, dot.y - DOT, 2 * DOT, 2 * DOT)
        if rect.y < dot.y < rect.bottom:
            end = Point(rect.x if dot.x < rect.x else rect.right, dot.y)
            return Route(((dot, end),), NOTHING)
        if rect.x < dot.x < rect.right:
            return Route(((dot, Point(dot.x, rect.y if dot.y < rect.y else rect.bottom)),), NOTHING)
        a, b = sides(around, rect)
        path = orthogonal(dot, a, _port(rect, b, 0.5), b)
        return Route((simplified(path),), NOTHING)

    def _is_free(self, at: Point, source: str) -> bool:
        """Whether no other child of `source` lies around a place, and the place is inside it."""
        own = self.rect(source)
        if own is not None and not own.grown(-DOT).contains(at):
            return False
        spot = Rect(at.x - 12, at.y - 12, 24, 24)
        children = self.chart.children(source)
        if len(children) > 100:
            return True
        return not any(
            (rect := self.rect(child.id)) is not None and rect.intersects(spot) for child in children
        )

    def _row(self, transition: Transition, source: Rect | None) -> Route | None:
        if source is None:
            at = self.origin(transition.source)
            source = Rect(at.x, at.y - sizes.HEADER, 240, 40)
        place = [each.id for each in sizes.rows(self.chart, transition.source)].index(transition.id)
        state = self.chart.states[transition.source]
        lines = len(sizes.detail_lines(self.chart, state))
        top = source.y + sizes.HEADER + (lines * sizes.LINE + 6 if lines else 2) + place * sizes.ROW
        width, height = sizes.pill_size(sizes.pill_parts(self.chart, transition), self.measure)
        width = min(width, source.width - 36)
        label = Rect(source.x + 10, top + 2, width, height)
        middle = label.y + height / 2
        return Route(((Point(label.right, middle), Point(label.right + 14, middle)),), label, True)

    def _path(self, transition: Transition, source: Rect, target: str, rect: Rect) -> tuple[Point, ...]:
        bends = self.diagram.bends.get(transition.id)
        if bends is not None and bends.points:
            origin = self.origin(queries.container(self.chart, transition))
            return through(source, [point.moved(*origin) for point in bends.points], rect)
        if target == transition.source:
            return loop(source, self._loop_number(transition))
        a, b = sides(source, rect)
        start = _port(source, a, self._share(transition, transition.source, a, target))
        end = _port(rect, b, self._share(transition, target, b, transition.source))
        start, end = self._straightened(transition, source, a, start, rect, b, end)
        outward = a.flipped if source.encloses(rect) else a
        inward = b.flipped if rect.encloses(source) else b
        return simplified(orthogonal(start, outward, end, inward))

    def _loop_number(self, transition: Transition) -> int:
        loops = [
            each.id for each in self.chart.outgoing(transition.source) if transition.source in each.targets
        ]
        return loops.index(transition.id) if transition.id in loops else 0

    def _share(self, transition: Transition, state: str, side: Side, other: str) -> float:
        """Where along a side a transition ends: those of one side are spread in the order of their other ends."""
        order = self._on_side(state, side)
        place = next((number for number, each in enumerate(order) if each == f"{transition.id} {other}"), 0)
        return (place + 1) / (len(order) + 1) if order else 0.5

    def _on_side(self, state: str, side: Side) -> list[str]:
        found = self._ports.get((state, side))
        if found is None:
            own = self.rect(state)
            entries: list[tuple[float, str]] = []
            for transition in self.chart.outgoing(state):
                for target in transition.targets:
                    entries += self._entry(transition, own, target, side, is_source=True)
            for transition in self.chart.incoming(state):
                if state in transition.targets:
                    entries += self._entry(transition, own, transition.source, side, is_source=False)
            found = [each for _, each in sorted(entries)]
            self._ports[state, side] = found
        return found

    def _entry(
        self, transition: Transition, own: Rect | None, other: str, side: Side, *, is_source: bool
    ) -> list[tuple[float, str]]:
        if transition.trigger.kind is TriggerKind.INITIAL or transition.targets == (transition.source,):
            return []
        rect = self.rect(other) if not is_unresolved(other) else None
        if own is None or rect is None or rect == own:
            return []
        pair = sides(own, rect) if is_source else sides(rect, own)
        if (pair[0] if is_source else pair[1]) is not side:
            return []
        along = rect.center.x if side.is_level else rect.center.y
        return [(along, f"{transition.id} {other}")]

    def _straightened(
        self, transition: Transition, source: Rect, a: Side, start: Point, rect: Rect, b: Side, end: Point
    ) -> tuple[Point, Point]:
        """Ends that face each other are put on one line where both sides have room for it."""
        if a.flipped is not b:
            return start, end
        others = self._between(transition)
        shift = (others.index(transition.id) - (len(others) - 1) / 2) * _LANE
        if a.is_level:
            low, high = max(source.x, rect.x) + 12, min(source.right, rect.right) - 12
            x = (low + high) / 2 + shift
            if low <= x <= high:
                return Point(x, start.y), Point(x, end.y)
        else:
            low, high = max(source.y, rect.y) + 10, min(source.bottom, rect.bottom) - 10
            y = (low + high) / 2 + shift
            if low <= high and low - 2 <= y <= high + 2:
                return Point(start.x, y), Point(end.x, y)
        return start, end

    def _between(self, transition: Transition) -> list[str]:
        """All transitions between the same two states, either way."""
        target = transition.targets[0]
        both = {transition.source, target}
        found = [
            each.id
            for state in sorted(both)
            for each in self.chart.outgoing(state)
            if each.targets and not each.is_pseudo and {each.source, each.targets[0]} == both
        ]
        return found if transition.id in found else [transition.id]

    def _label(self, transition: Transition, path: tuple[Point, ...]) -> Rect:
        size = sizes.pill_size(sizes.pill_parts(self.chart, transition), self.measure)
        bends = self.diagram.bends.get(transition.id)
        return label_place(path, size, bends.label if bends is not None else None)


def _port(rect: Rect, side: Side, share: float) -> Point:
    if side.is_level:
        return Point(rect.x + rect.width * share, rect.y if side is Side.TOP else rect.bottom)
    return Point(rect.x if side is Side.LEFT else rect.right, rect.y + rect.height * share)
