"""Routes of single transitions by rules of thumb: each depends on its own ends and on what shares a side with them."""

from __future__ import annotations

from editor.geometry import Point, Rect
from editor.layout.frame import Frame
from editor.layout.paths import Side, label_place, loop, orthogonal, sides, simplified, through
from editor.model import queries
from editor.model.elements import Transition, TriggerKind, is_unresolved

_LANE = 24.0


class Quick:
    """One call: the ends on each side are looked up once."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.chart = frame.chart
        self._ports: dict[str, dict[Side, list[str]]] = {}

    def route(self, transition: Transition) -> tuple[tuple[tuple[Point, ...], ...], Rect] | None:
        """Paths and label of a transition; None when an end is not drawn."""
        if transition.trigger.kind is TriggerKind.INITIAL:
            path = self.frame.initial(transition)
            return None if path is None else ((path,), Rect(0, 0, 0, 0))
        source, ends = self.frame.start(transition), self.frame.ends(transition)
        if source is None or not ends:
            return None
        paths = tuple(self._path(transition, source, target, rect) for target, rect in ends)
        bends = self.frame.diagram.bends.get(transition.id)
        label = label_place(paths[0], self.frame.pill(transition), bends.label if bends is not None else None)
        return paths, label

    def _path(self, transition: Transition, source: Rect, target: str, rect: Rect) -> tuple[Point, ...]:
        bends = self.frame.diagram.bends.get(transition.id)
        if bends is not None and bends.points:
            origin = self.frame.origin(queries.container(self.chart, transition))
            return through(source, [point.moved(*origin) for point in bends.points], rect)
        if target == transition.source:
            return loop(source, self._loop_number(transition))
        a, b = sides(source, rect)
        start = self._port(transition, transition.source, source, a, target)
        end = self._port(transition, target, rect, b, transition.source)
        start, end = self._straightened(transition, source, a, start, rect, b, end)
        outward = a.flipped if source.encloses(rect) else a
        inward = b.flipped if rect.encloses(source) else b
        return simplified(orthogonal(start, outward, end, inward, self._lane(transition) * 12))

    def _loop_number(self, transition: Transition) -> int:
        loops = [
            each.id for each in self.chart.outgoing(transition.source) if transition.source in each.targets
        ]
        return loops.index(transition.id) if transition.id in loops else 0

    def _port(self, transition: Transition, state: str, rect: Rect, side: Side, other: str) -> Point:
        """Those that end on one side are spread in the order of their other ends."""
        order = self._on_side(state, side)
        place = next((number for number, each in enumerate(order) if each == f"{transition.id} {other}"), 0)
        share = (place + 1) / (len(order) + 1) if order else 0.5
        if side.is_level:
            return Point(rect.x + rect.width * share, rect.y if side is Side.TOP else rect.bottom)
        return Point(rect.x if side is Side.LEFT else rect.right, rect.y + rect.height * share)

    def _on_side(self, state: str, side: Side) -> list[str]:
        found = self._ports.get(state)
        if found is None:
            found = self._ports[state] = self._on_sides(state)
        return found.get(side, [])

    def _on_sides(self, state: str) -> dict[Side, list[str]]:
        """What ends on each side of a state, in order."""
        own = self.frame.rect(state) if state != self.chart.root_id else None
        if own is None:
            return {}
        entries: dict[Side, list[tuple[float, str]]] = {}
        for transition in self.chart.outgoing(state):
            for target in transition.targets:
                self._enter(entries, transition, own, target, is_source=True)
        for transition in self.chart.incoming(state):
            if state in transition.targets:
                self._enter(entries, transition, own, transition.source, is_source=False)
        return {side: [each for _, each in sorted(found)] for side, found in entries.items()}

    def _enter(
        self,
        entries: dict[Side, list[tuple[float, str]]],
        transition: Transition,
        own: Rect,
        other: str,
        *,
        is_source: bool,
    ) -> None:
        if transition.trigger.kind is TriggerKind.INITIAL or transition.targets == (transition.source,):
            return
        rect = self.frame.rect(other) if not is_unresolved(other) else None
        if rect is None or rect == own:
            return
        side = sides(own, rect)[0] if is_source else sides(rect, own)[1]
        along = rect.center.x if side.is_level else rect.center.y
        entries.setdefault(side, []).append((along, f"{transition.id} {other}"))

    def _straightened(
        self, transition: Transition, source: Rect, a: Side, start: Point, rect: Rect, b: Side, end: Point
    ) -> tuple[Point, Point]:
        """Ends that face each other are put on one line where both sides have room for it."""
        if a.flipped is not b:
            return start, end
        shift = self._lane(transition) * _LANE
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

    def _lane(self, transition: Transition) -> float:
        """The number among all transitions between the same two states, either way, counted from their middle."""
        target = transition.targets[0]
        both = {transition.source, target}
        found = [
            each.id
            for state in sorted(both)
            if not is_unresolved(state)
            for each in self.chart.outgoing(state)
            if each.targets and not each.is_pseudo and {each.source, each.targets[0]} == both
        ]
        return found.index(transition.id) - (len(found) - 1) / 2 if transition.id in found else 0.0
