"""Routes of single transitions by rules of thumb: each depends on its own ends, on what shares a side with them, and on
the states around both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from editor.geometry import Point, Rect
from editor.layout.board import plain_cost
from editor.layout.choices import AROUND, Choices
from editor.layout.ends import best_alone, best_between, choices_of, is_hit
from editor.layout.frame import Frame
from editor.layout.loops import CORNERS, Corner, around_corner, lies_on
from editor.layout.paths import (
    Side,
    label_place,
    loop,
    on_side,
    orthogonal,
    shifted,
    sides,
    simplified,
    through,
)
from editor.layout.pills import Size, place_off
from editor.layout.wires import Near, Walls, Wire, set_surroundings
from editor.model import queries
from editor.model.elements import Transition, TriggerKind, is_unresolved

_LANE = 24.0
_APART = 12.0
_FAVOUR = 60.0
"""How much longer the path of a wire that keeps its sides may be, in chart units; a bend counts as some."""


class Quick:
    """One call: the ends on each side are looked up once."""

    def __init__(self, frame: Frame, near: Near | None = None, choices: Choices | None = None) -> None:
        self.frame = frame
        self.chart = frame.chart
        self._walls = Walls(frame, near)
        self._ports: dict[str, dict[Side, list[str]]] = {}
        self._loops: dict[str, dict[str, tuple[int, Corner]]] = {}
        self._choices = choices or Choices()

    def route(self, transition: Transition) -> tuple[tuple[tuple[Point, ...], ...], Rect] | None:
        """Paths and label of a transition; None when an end is not drawn."""
        if transition.trigger.kind is TriggerKind.INITIAL:
            beginning = self._beginning(transition)
            return None if beginning is None else (beginning, Rect(0, 0, 0, 0))
        source, ends = self.frame.start(transition), self.frame.ends(transition)
        if source is None or not ends:
            return None
        paths = tuple(self._path(transition, source, target, rect) for target, rect in ends)
        bends = self.frame.diagram.bends.get(transition.id)
        size = self.frame.pill(transition)
        label = label_place(paths[0], size, bends.label if bends is not None else None)
        if bends is None or bends.label is None:
            label = self._off_states(transition, source, *ends[0], paths[0], size, label)
        return paths, label

    def _beginning(self, transition: Transition) -> tuple[tuple[Point, ...], ...] | None:
        """The paths from an initial dot to all targets; None where none is drawn."""
        path, ends = self.frame.initial(transition), self.frame.ends(transition)
        if path is None or len(ends) == 1:
            return None if path is None else (path,)
        start = Rect(*path[0], 0, 0)
        wires = [self._wire(transition, target, start, rect) for target, rect in ends]
        return tuple(tuple(wire.draft) for wire in wires)

    def _off_states(
        self,
        transition: Transition,
        source: Rect,
        target: str,
        rect: Rect,
        path: tuple[Point, ...],
        size: Size,
        label: Rect,
    ) -> Rect:
        """The label, or another place for it where it would lie on a state."""
        if not size[0] or target == transition.source:
            return label
        # a path that is led by hand has chosen none: whether others did is an accident
        walls = self._wire(transition, target, source, rect).walls
        return place_off(path, size, walls) if any(lies_on(label, each) for each in walls) else label

    def _path(self, transition: Transition, source: Rect, target: str, rect: Rect) -> tuple[Point, ...]:
        bends = self.frame.diagram.bends.get(transition.id)
        if bends is not None and bends.points:
            origin = self.frame.origin(queries.container(self.chart, transition))
            return through(source, [point.moved(*origin) for point in bends.points], rect)
        if target == transition.source:
            number, corner = self._loops_of(transition.source, source)[transition.id]
            return loop(source, number, corner)
        wire = self._wire(transition, target, source, rect)
        a, b = wire.a, wire.b
        start = self._port(transition, transition.source, source, a, target)
        end = self._port(transition, target, rect, b, transition.source)
        start, end = self._straightened(transition, source, a, start, rect, b, end)
        lane = self._lane(transition)
        out_a, out_b = wire.ways(a, b)
        path = simplified(orthogonal(start, out_a, end, out_b, lane * _APART))
        if not is_hit(path, wire.walls):
            return path
        path = best_between(wire, start, end)
        aside = shifted(path, len(path) // 2 - 1, lane * _APART) if len(path) > 3 else None
        return aside if aside is not None and not is_hit(aside, wire.walls) else path

    def _wire(self, transition: Transition, target: str, source: Rect, rect: Rect) -> Wire:
        """The sides that face each other; others when states stand between those."""
        found = self._choices.find(transition, target, source, rect)
        if found is None:
            is_initial = transition.trigger.kind is TriggerKind.INITIAL
            found = Wire(
                transition=transition, source=transition.id if is_initial else transition.source, target=target,
                start=source, end=rect,
            )  # fmt: skip
            self._choices.keep(found)
            set_surroundings(self.chart, found)
            found.walls = self._walls.around(found, AROUND)
            found.a, found.b = sides(source, rect)
            found.draft = _plain(found)
            kept = self._choices.kept_sides(found)
            if kept is not None:
                _keep_sides(found, kept)
            elif is_hit(found.draft, found.walls):
                _turn_aside(found)
        return found

    def _loops_of(self, state: str, rect: Rect) -> dict[str, tuple[int, Corner]]:
        """The loops of a state: how many go around the same corner within each, and which corner that is."""
        found = self._loops.get(state)
        if found is not None:
            return found
        found = self._loops[state] = {}
        taken: dict[Corner, int] = {}
        parent = self.chart.states[state].parent
        cage = self.frame.rect(parent) if parent is not None and parent != self.chart.root_id else None
        for each in self.chart.outgoing(state):
            if state not in each.targets:
                continue
            wire = self._loop(each, rect)
            corner = self._choices.kept_sides(wire)
            if corner not in CORNERS:
                ends = partial(self._shares, state)
                corner = around_corner(rect, taken, wire.walls, cage, self.frame.pill(each), ends)
            found[each.id] = (taken.get(corner, 0), corner)
            taken[corner] = taken.get(corner, 0) + 1
        return found

    def _loop(self, transition: Transition, rect: Rect) -> Wire:
        """A loop, with what is around its state."""
        id = transition.source
        found = self._choices.find(transition, id, rect, rect)
        if found is None:
            found = Wire(transition=transition, source=id, target=id, start=rect, end=rect)
            self._choices.keep(found)
            set_surroundings(self.chart, found)
            found.walls = self._walls.around(found, AROUND)
        return found

    def _shares(self, state: str, side: Side) -> list[float]:
        """Where along a side of a state others end, from 0 to 1."""
        count = len(self._on_side(state, side))
        return [(place + 1) / (count + 1) for place in range(count)]

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
        for transition, other, rect, wire in self._wires_at(state, own):
            side = wire.a if transition.source == state else wire.b
            along = rect.center.x if side.is_level else rect.center.y
            entries.setdefault(side, []).append((along, f"{transition.id} {other}"))
        return {side: [each for _, each in sorted(found)] for side, found in entries.items()}

    def _wires_at(self, state: str, own: Rect) -> Iterator[tuple[Transition, str, Rect, Wire]]:
        """What ends at a state that is drawn, with its other end."""
        ways = [(each, target, target) for each in self.chart.outgoing(state) for target in each.targets]
        ways += [(each, state, each.source) for each in self.chart.incoming(state) if state in each.targets]
        for transition, target, other in ways:
            rect = self.frame.rect(other) if not is_unresolved(other) else None
            is_loop = transition.targets == (transition.source,)
            if rect is None or rect == own or is_loop or transition.trigger.kind is TriggerKind.INITIAL:
                continue
            ends = (own, rect) if transition.source == state else (rect, own)
            yield transition, other, rect, self._wire(transition, target, *ends)

    def choosing(self, transition: Transition) -> Iterator[None]:
        """Choose what the route of a transition depends on, one wire at each step: it is found in no time then."""
        bends = self.frame.diagram.bends.get(transition.id)
        is_led = bends is not None and bool(bends.points)
        for state in () if is_led else dict.fromkeys((transition.source, *transition.targets)):
            own = None if state == self.chart.root_id or is_unresolved(state) else self.frame.rect(state)
            for _ in self._wires_at(state, own) if own is not None else ():
                yield

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


def _plain(wire: Wire) -> list[Point]:
    """The plain path between the middles of its sides."""
    return _between(wire, wire.a, wire.b, on_side(wire.start, wire.a), on_side(wire.end, wire.b))


def _between(wire: Wire, a: Side, b: Side, start: Point, end: Point) -> list[Point]:
    out_a, out_b = wire.ways(a, b)
    return list(simplified(orthogonal(start, out_a, end, out_b)))


def _keep_sides(wire: Wire, sides: tuple[Side, Side]) -> None:
    """Give a wire the sides that it had, unless the plain path of those that it has is free and shorter by far."""
    natural = wire.a, wire.b, wire.draft
    is_free = not is_hit(wire.draft, wire.walls)
    wire.a, wire.b = sides
    wire.draft = _plain(wire)
    if is_free and (
        is_hit(wire.draft, wire.walls) or plain_cost(wire.draft) > plain_cost(natural[2]) + _FAVOUR
    ):
        wire.a, wire.b, wire.draft = natural


def _turn_aside(wire: Wire) -> None:
    """Give a wire the sides with the shortest plain path that is free; where there is none, look at more paths."""
    best = float("inf")
    for a, b, start, end in choices_of(wire):
        if abs(start.x - end.x) + abs(start.y - end.y) >= best:
            break
        draft = _between(wire, a, b, start, end)
        cost = plain_cost(draft)
        if cost < best and not is_hit(draft, wire.walls):
            best, wire.a, wire.b, wire.draft = cost, a, b, draft
    if best == float("inf"):
        best_alone(wire)
