"""Routes of a whole chart, with care: each path is chosen among many, knowing the states and paths in its way.

What is drawn depends on the chart and the diagram alone. In turn: sides for all ends, places along the sides,
paths from the shortest on, places for labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.board import Board, Wall, wall
from editor.layout.frame import Frame
from editor.layout.paths import Side, label_place, length, through
from editor.layout.pills import place_pills
from editor.layout.ports import GAP, End, level, spread
from editor.layout.shapes import shapes
from editor.model import queries
from editor.model.elements import Transition, TriggerKind

_WIDE = 200.0
_FIRM = 1e6
_TAKEN = 34.0
_USED = 7.0
_OUTSIDE = 120.0
_FAR = 1e9
_CLOCKWISE = {Side.TOP: 1, Side.RIGHT: 1, Side.BOTTOM: -1, Side.LEFT: -1}
Paths = tuple[tuple[Point, ...], ...]


@dataclass(slots=True, kw_only=True)
class Wire:
    """A path that is being found, from a source to one target; `a` and `b` are the ways out of its ends."""

    transition: Transition
    source: str
    target: str
    start: Rect
    end: Rect
    walls: list[Wall] = field(default_factory=list)
    cage: Wall = (4.0, 4.0, _FAR, _FAR)
    rank: float = 0.0
    is_first: bool = True
    a: Side = Side.RIGHT
    b: Side = Side.LEFT
    draft: list[Point] = field(default_factory=list)
    a_end: End | None = None
    b_end: End | None = None
    path: tuple[Point, ...] = ()

    @property
    def is_loop(self) -> bool:
        """Whether it leads back to where it starts."""
        return self.source == self.target


def route_all(frame: Frame) -> dict[str, tuple[Paths, Rect]]:
    """Paths and label of every transition that has ends, rows left out."""
    return _Careful(frame).routes()


class _Careful:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.chart = frame.chart
        self.board = Board()
        self.wires: list[Wire] = []
        self.fixed: dict[str, Paths] = {}
        self.sides: dict[tuple[str, Side], list[End]] = {}
        self._cards: dict[str, list[tuple[str, Wall]]] = {}

    def routes(self) -> dict[str, tuple[Paths, Rect]]:
        """Find all of them."""
        self._collect()
        self._rank()
        self._choose_sides()
        self._make_ends()
        self._place_ends()
        self._draw()
        paths: dict[str, Paths] = dict(self.fixed)
        for wire in self.wires:
            paths[wire.transition.id] = (*paths.get(wire.transition.id, ()), wire.path)
        labels = self._labels(paths)
        return {id: (found, labels.get(id, Rect(0, 0, 0, 0))) for id, found in paths.items()}

    # what there is to find

    def _collect(self) -> None:
        """Part the transitions in document order: wires to find, paths given by hand, initial arrows."""
        for state in queries.document_order(self.chart):
            for transition in self.chart.outgoing(state.id):
                if transition.trigger.kind is TriggerKind.INITIAL:
                    path = self.frame.initial(transition)
                    if path is not None:
                        self._fix(transition, (path,))
                elif not sizes.is_row(transition):
                    self._collect_wires(transition)

    def _collect_wires(self, transition: Transition) -> None:
        start, ends = self.frame.start(transition), self.frame.ends(transition)
        if start is None or not ends:
            return
        bends = self.frame.diagram.bends.get(transition.id)
        if bends is not None and bends.points:
            origin = self.frame.origin(queries.container(self.chart, transition))
            points = [point.moved(*origin) for point in bends.points]
            self._fix(transition, tuple(through(start, points, rect) for _, rect in ends))
            return
        for target, rect in ends:
            wire = Wire(transition=transition, source=transition.source, target=target, start=start, end=rect)
            wire.walls = self._walls(wire)
            cage = self.frame.card(queries.container(self.chart, transition))
            wire.cage = wire.cage if cage is None else wall(cage, 0)
            self.wires.append(wire)

    def _fix(self, transition: Transition, paths: Paths) -> None:
        """Keep paths that are given, and their ends, which others keep away from."""
        self.fixed[transition.id] = paths
        for path in paths:
            self.board.add(path, transition.id)
        is_initial = transition.trigger.kind is TriggerKind.INITIAL
        if not is_initial and transition.source != self.chart.root_id:
            self._fix_end(transition.source, paths[0])
        for (target, _), path in zip(self.frame.ends(transition), paths, strict=False):
            self._fix_end(target, path[::-1])

    def _fix_end(self, state: str, path: tuple[Point, ...]) -> None:
        rect, at = self.frame.rect(state), path[0]
        if rect is None:
            return
        gaps = {
            Side.TOP: abs(at.y - rect.y), Side.BOTTOM: abs(at.y - rect.bottom),
            Side.LEFT: abs(at.x - rect.x), Side.RIGHT: abs(at.x - rect.right),
        }  # fmt: skip
        side = min(gaps, key=lambda each: gaps[each])
        along = at.x if side.is_level else at.y
        order = _wants(rect, side, list(path), 0.0)[0]
        end = End(rect=rect, side=side, order=order, wish=along, weight=_FIRM)
        self.sides.setdefault((state, side), []).append(end)

    def _walls(self, wire: Wire) -> list[Wall]:
        """The states beside the way: children of every state that source or target lies in, up to the common one."""
        around = queries.common_ancestor(self.chart, [wire.source, wire.target])
        above: list[str] = []
        line = {wire.source, wire.target}
        for id in (wire.source, wire.target):
            for state in self.chart.ancestors(id):
                line.add(state.id)
                above.append(state.id)
                if state.id == around:
                    break
        if around in (wire.source, wire.target) and wire.source != wire.target:
            above = [id for id in above if id == around or queries.is_descendant(self.chart, id, around)]
        area = wire.start.united(wire.end).grown(160)
        found = [
            edges
            for id in dict.fromkeys(above)
            for child, edges in self._children(id)
            if child not in line
            and edges[0] < area.right
            and edges[2] > area.x
            and edges[1] < area.bottom
            and edges[3] > area.y
        ]
        for rect, other in ((wire.start, wire.end), (wire.end, wire.start)):
            if not rect.encloses(other):
                found.append(wall(rect, -1))
        for id, rect in ((wire.source, wire.start), (wire.target, wire.end)):
            card = self.frame.card(id)
            if card is not None and card.bottom > rect.bottom + 4:
                found.append((card.x - 4, rect.bottom + 1, card.right + 4, card.bottom))
        return found

    def _children(self, id: str) -> list[tuple[str, Wall]]:
        found = self._cards.get(id)
        if found is None:
            cards = [(child.id, self.frame.card(child.id)) for child in self.chart.children(id)]
            found = [(child, wall(card)) for child, card in cards if card is not None]
            self._cards[id] = found
        return found

    def _rank(self) -> None:
        """Number the wires between each two states around their middle."""
        groups: dict[frozenset[str], list[Wire]] = {}
        for wire in self.wires:
            groups.setdefault(frozenset((wire.source, wire.target)), []).append(wire)
        for group in groups.values():
            for number, wire in enumerate(group):
                wire.rank = number - (len(group) - 1) / 2
                wire.is_first = wire.source == group[0].source

    # sides

    def _choose_sides(self) -> None:
        """The best sides and a draft of the path for each, as if it were alone; crowded sides are avoided."""
        used: dict[tuple[str, Side], float] = dict.fromkeys(self.sides, _TAKEN)
        trunks: dict[str, Side] = {}
        for wire in self.wires:
            best = float("inf")
            choices = list(self._choices(wire))
            trunk = trunks.get(wire.transition.id)
            for a, b, start, end in [each for each in choices if each[0] is trunk] or choices:
                base = used.get((wire.source, a), 0.0) + used.get((wire.target, b), 0.0)
                if base + abs(start.x - end.x) + abs(start.y - end.y) >= best:
                    continue
                out_a, out_b = self._ways(wire, a, b)
                for draft in shapes(start, out_a, end, out_b, wire.walls):
                    cost = base + _NO_LINES.cost(draft, wire.walls, best - base, "")
                    cost += _strain(draft, wire.cage)
                    if cost < best:
                        best, wire.a, wire.b, wire.draft = cost, a, b, draft
            trunks.setdefault(wire.transition.id, wire.a)
            for place in ((wire.source, wire.a), (wire.target, wire.b)):
                used[place] = used.get(place, 0.0) + _USED

    def _choices(self, wire: Wire) -> Iterator[tuple[Side, Side, Point, Point]]:
        """Pairs of sides with the places where a single path would end."""
        if wire.is_loop:
            yield from _corners(wire.start)
            return
        start, end = wire.start, wire.end
        is_nested = start.encloses(end) or end.encloses(start)
        found = []
        for a in Side:
            for b in Side:
                if is_nested and a is not b:
                    continue
                is_facing = a is b if is_nested else a is b.flipped
                along = _shared(start, end, a) if is_facing else None
                found.append((a, b, _on(start, a, along), _on(end, b, along)))
        yield from sorted(found, key=lambda each: abs(each[2].x - each[3].x) + abs(each[2].y - each[3].y))

    def _ways(self, wire: Wire, a: Side, b: Side) -> tuple[Side, Side]:
        """The ways that lead out of both ends: inward from the border of a state around the other."""
        if wire.is_loop:
            return a, b
        out_a = a.flipped if wire.start.encloses(wire.end) else a
        out_b = b.flipped if wire.end.encloses(wire.start) else b
        return out_a, out_b

    # ends

    def _make_ends(self) -> None:
        trunks: dict[tuple[str, Side], End] = {}
        for wire in self.wires:
            trunk = trunks.get((wire.transition.id, wire.a))
            if trunk is None:
                trunk = self._end(wire, wire.source, wire.start, wire.a, wire.draft, is_source=True)
                trunks[wire.transition.id, wire.a] = trunk
                self.sides.setdefault((wire.source, wire.a), []).append(trunk)
            wire.a_end = trunk
            wire.b_end = self._end(wire, wire.target, wire.end, wire.b, wire.draft[::-1], is_source=False)
            self.sides.setdefault((wire.target, wire.b), []).append(wire.b_end)

    def _end(
        self, wire: Wire, state: str, rect: Rect, side: Side, draft: list[Point], *, is_source: bool
    ) -> End:
        other = wire.end if is_source else wire.start
        sign = _CLOCKWISE[side] * (1 if wire.is_first == is_source else -1)
        if rect.encloses(other) and not wire.is_loop:
            sign = -sign
        order, wish, weight = _wants(rect, side, draft, wire.rank * sign)
        if wire.is_loop:
            wish = draft[0].x if side.is_level else draft[0].y
            order = ((-2.0 if wish < (rect.center.x if side.is_level else rect.center.y) else 2.0), wish, 0.0)
        is_round = state != self.chart.root_id and self.frame.is_round(state)
        if is_round and len(draft) > 2:
            wish = rect.center.x if side.is_level else rect.center.y
        return End(rect=rect, side=side, order=order, wish=wish, weight=weight, is_round=is_round)

    def _place_ends(self) -> None:
        """Spread all sides, draw the ends of straight wires together, and spread again."""
        straight = [wire for wire in self.wires if len(wire.draft) == 2]
        for ends in self.sides.values():
            spread(ends)
        for wire in straight:
            a, b = wire.a_end, wire.b_end
            if a is not None and b is not None:
                a.wish = b.wish = (a.place + b.place) / 2
                a.weight = b.weight = max(a.weight, b.weight)
        for ends in self.sides.values():
            spread(ends)
        for wire in straight:
            a, b = wire.a_end, wire.b_end
            if a is not None and b is not None:
                level(a, b, self.sides[wire.source, wire.a], self.sides[wire.target, wire.b])

    # paths

    def _draw(self) -> None:
        for wire in sorted(self.wires, key=lambda each: (len(each.draft) > 2, length(each.draft))):
            if wire.a_end is None or wire.b_end is None:
                continue
            start, end = wire.a_end.point, wire.b_end.point
            out_a, out_b = self._ways(wire, wire.a, wire.b)
            best = float("inf")
            for path in shapes(start, out_a, end, out_b, wire.walls):
                cost = self.board.cost(path, wire.walls, best, wire.transition.id)
                cost += _strain(path, wire.cage)
                if cost < best:
                    best, wire.path = cost, tuple(path)
            self.board.add(wire.path, wire.transition.id)

    # labels

    def _labels(self, paths: dict[str, Paths]) -> dict[str, Rect]:
        placed: dict[str, Rect] = {}
        wanted: list[tuple[str, tuple[Point, ...], tuple[float, float]]] = []
        for id, found in paths.items():
            size = self.frame.pill(self.chart.transitions[id])
            bends = self.frame.diagram.bends.get(id)
            if not size[0]:
                continue
            if bends is not None and bends.label is not None:
                placed[id] = label_place(found[0], size, bends.label)
            else:
                wanted.append((id, found[0], size))
        placed.update(place_pills(wanted, list(placed.values()), self._solid(), self.board))
        return placed

    def _solid(self) -> list[Rect]:
        """What labels keep off: cards without children, headers of those with children, initial dots."""
        found = [
            Rect(path[0].x - 8, path[0].y - 8, 16, 16)
            for id, (path, *_) in self.fixed.items()
            if self.chart.transitions[id].trigger.kind is TriggerKind.INITIAL
        ]
        for state in self.chart.states.values():
            card = self.frame.card(state.id)
            if card is None:
                continue
            if self.chart.has_children(state.id):
                height = sizes.header_height(self.chart, state.id, self.frame.measure)
                card = Rect(card.x, card.y, card.width, min(height, card.height))
            found.append(card)
        return found


_NO_LINES = Board()


def _strain(path: list[Point], cage: Wall) -> float:
    """What it costs to leave the state around both ends, and to leave little room for the head."""
    (ax, ay), (bx, by) = path[-2], path[-1]
    cost = max(0.0, 36.0 - abs(ax - bx) - abs(ay - by)) * 2
    left, top, right, bottom = cage
    for x, y in path[1:-1]:
        if x < left or y < top or x > right or y > bottom:
            cost += _OUTSIDE
    return cost


def _on(rect: Rect, side: Side, along: float | None) -> Point:
    middle = rect.center
    if side.is_level:
        return Point(middle.x if along is None else along, rect.y if side is Side.TOP else rect.bottom)
    return Point(rect.x if side is Side.LEFT else rect.right, middle.y if along is None else along)


def _shared(a: Rect, b: Rect, side: Side) -> float | None:
    """The middle of what two rectangles share across a way; None when that is too little for a straight line."""
    if side.is_level:
        low, high = max(a.x, b.x), min(a.right, b.right)
    else:
        low, high = max(a.y, b.y), min(a.bottom, b.bottom)
    return (low + high) / 2 if high - low >= 20 else None


def _corners(rect: Rect) -> Iterator[tuple[Side, Side, Point, Point]]:
    """Ends of a loop around each corner, the top right one first."""
    for b in (Side.RIGHT, Side.LEFT):
        for a in (Side.TOP, Side.BOTTOM):
            x = (
                rect.right - min(28.0, rect.width / 3)
                if b is Side.RIGHT
                else rect.x + min(28.0, rect.width / 3)
            )
            y = min(20.0, rect.height / 3)
            yield a, b, _on(rect, a, x), _on(rect, b, rect.y + y if a is Side.TOP else rect.bottom - y)


def _wants(rect: Rect, side: Side, draft: list[Point], rank: float) -> tuple[tuple[float, ...], float, float]:
    """Order, wish and weight of an end whose path starts with the draft's first point.

    Ends whose path turns back along the side come first, straight ones between, those that turn on come last;
    among those that turn one way, the nearest channel lies outermost, so that they do not cross.
    """
    axis = 0 if side.is_level else 1
    at, goal = draft[0][axis], draft[-1][axis]
    if len(draft) == 2:
        return (0.0, 0.0, at, rank), at + rank * GAP, 4.0
    turn = 1.0 if draft[2][axis] > at else -1.0 if draft[2][axis] < at else 0.0
    out = abs(draft[1][1 - axis] - draft[0][1 - axis])
    is_step = (
        len(draft) == 4
        and (draft[-1][1 - axis] - draft[-2][1 - axis]) * (draft[1][1 - axis] - draft[0][1 - axis]) > 0
    )
    order = (turn, turn if not is_step else 0.0, goal, rank) if is_step else (turn, -turn, -turn * out, rank)
    low, high = (rect.x, rect.right) if side.is_level else (rect.y, rect.bottom)
    if high - low > _WIDE:
        wish = min(max(goal, low + 24), high - 24)
    else:
        wish = (low + high) / 2 + turn * 8
    return order, wish, 1.0
