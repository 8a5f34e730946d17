"""The ends of wires: which sides they take, in what order they lie there, and the places they get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.board import HIT, LANE, Board, Wall, WallSet, hits, plain_cost, wall
from editor.layout.frame import Frame
from editor.layout.maze import way_around
from editor.layout.memory import Memory
from editor.layout.paths import Side, on_side
from editor.layout.ports import FIRM, GAP, End, level, spread
from editor.layout.shapes import shapes
from editor.layout.wires import NEAR, Walls, Wire

Sides = dict[tuple[str, Side], list[End]]
_WIDE = 200.0
_TAKEN = 34.0
_USED = 7.0
_ROOM = 14.0
_FULL = 40.0
_NESTED = 48.0
_CORNERS = [(a, b) for b in (Side.RIGHT, Side.LEFT) for a in (Side.TOP, Side.BOTTOM)]
_OUTSIDE = 120.0
_FAR = 480.0
_BESIDE_LABEL = 8.0
_BESIDE_TITLE = 8.0
_MARGIN = 12.0
_NO_LINES = Board()
_Sides = tuple[Side, Side, tuple[Point, ...], WallSet, float]
_EVERYWHERE = 1e7
_CLOCKWISE = {Side.TOP: 1, Side.RIGHT: 1, Side.BOTTOM: -1, Side.LEFT: -1}


class SideChoice:
    """Chooses sides and a draft of the path for wires one by one; crowded sides and drafts of others are avoided."""

    def __init__(
        self,
        frame: Frame,
        walls: Walls,
        taken: Mapping[tuple[str, Side], list[End]],
        written: Mapping[str, Rect],
        memory: Memory,
    ) -> None:
        """`taken`: the sides of states with ends that are given; `written`: names, and labels that are given."""
        self._frame = frame
        self._walls = walls
        self._memory = memory
        self._taken = frozenset(taken)
        self._count: dict[tuple[str, Side], int] = {}
        self._loops: dict[tuple[str, Side, Side], int] = {}
        self._trunks: dict[str, Side] = {}
        self._drafts = Board(is_draft=True)
        for key, text in written.items():
            self._drafts.put_pill(text, key)
        self._seen: list[Point] = []

    def choose_all(self, wires: list[Wire]) -> Iterator[None]:
        """For all, in their order; one at each step."""
        self._memory.enter(("sides",), {wire.key: None for wire in wires})
        for wire in wires:
            self._take(wire)
            yield

    def _take(self, wire: Wire) -> None:
        trunk = self._trunks.get(wire.transition.id)
        crowds = [self._crowd(*each, side) for each in wire.places for side in Side]
        loops = [self._loops.get((wire.source, a, b), 0) for a, b in _CORNERS] if wire.is_loop else []
        ends = wire.start, wire.end, wire.source, wire.target
        inputs = *ends, wire.walls, wire.cage, crowds, loops, trunk, self._frame.pill(wire.transition)
        found = self._memory.step(
            "sides", wire.key, inputs, lambda: self._choose(wire, trunk), self._holds(wire)
        )
        wire.a, wire.b, draft, wire.walls, wire.margin = found
        wire.draft = list(draft)
        self._trunks.setdefault(wire.transition.id, wire.a)
        for state, _, side in ((*wire.places[0], wire.a), (*wire.places[1], wire.b)):
            self._count[state, side] = self._count.get((state, side), 0) + 1
        if wire.is_loop:
            corner = (wire.source, wire.a, wire.b)
            self._loops[corner] = self._loops.get(corner, 0) + 1
        self._drafts.add(wire.draft, wire.transition.id)

    def _holds(self, wire: Wire) -> Callable[[_Sides], bool]:
        """Whether the walls that a choice was made among, farther away than those of the wire, are the same."""
        return lambda found: found[4] <= wire.margin or self._walls.around(wire, found[4]) == found[3]

    def _choose(self, wire: Wire, trunk: Side | None) -> tuple[_Sides, Wall, list[Wall]]:
        """The best sides, with a draft; where walls stand in all plain ways, those of the shortest way around."""
        self._seen = []
        all_choices = list(choices_of(wire))
        choices = [each for each in all_choices if each[0] is trunk] or all_choices
        titles = self._drafts.pills_near(wall(wire.start.united(wire.end), NEAR), "")
        if titles:
            aside = self._frame.pill(wire.transition)[0] / 2 + _BESIDE_TITLE
            choices += _beside_titles(wire, choices, titles, aside)
        cost = self._best(wire, choices, titles)
        while (need := _outreach(wire, wire.draft)) > wire.margin:
            wire.margin = need + NEAR
            walls = self._walls.around(wire, wire.margin)
            if walls == wire.walls:
                break
            wire.walls = walls
            cost = self._best(wire, choices, titles)
        if cost >= HIT and wire.is_beginning and choices is not all_choices:
            choices = all_choices  # a dot has no side that its arrows look better on
            cost = self._best(wire, choices, titles)
        if cost >= HIT and is_hit(wire.draft, wire.walls):
            self._go_around(wire, choices)
        found = wire.a, wire.b, tuple(wire.draft), wire.walls, wire.margin
        return found, reach([*self._seen, *wire.draft]), areas(wire.draft)

    def _crowd(self, state: str, rect: Rect, side: Side) -> float:
        """What it costs to end on a side, the more the less room there is."""
        count = self._count.get((state, side), 0)
        taken = _TAKEN if (state, side) in self._taken else 0.0
        if not count:
            return taken
        room = (rect.width if side.is_level else rect.height) / _ROOM
        return taken + _USED * count + _FULL * max(0.0, count - room)

    def _best(self, wire: Wire, choices: list[tuple[Side, Side, Point, Point]], titles: WallSet) -> float:
        best = float("inf")
        for a, b, start, end in choices:
            base = self._crowd(wire.source, wire.start, a) + self._crowd(wire.target, wire.end, b)
            if wire.is_loop:
                base += _NESTED * self._loops.get((wire.source, a, b), 0)
            if base + abs(start.x - end.x) + abs(start.y - end.y) >= best:
                continue
            out_a, out_b = wire.ways(a, b)
            for bound, draft in by_plain_cost(shapes(start, out_a, end, out_b, wire.walls), wire.cage, base):
                if bound >= best:
                    break
                self._seen += draft
                cost = self._drafts.cost(
                    draft, wire.walls, wire.transition.id, base=bound, best=best, pills=titles
                )
                if cost < best:
                    best, wire.a, wire.b, wire.draft = cost, a, b, draft
        return best

    def _go_around(self, wire: Wire, choices: list[tuple[Side, Side, Point, Point]]) -> None:
        starts = list(dict.fromkeys((start, a) for a, _, start, _ in choices))
        ends = list(dict.fromkeys((end, b) for _, b, _, end in choices))
        gates_a = [(at, wire.ways(side, wire.b)[0]) for at, side in starts]
        gates_b = [(at, wire.ways(wire.a, side)[1]) for at, side in ends]
        for margin in (_FAR, _EVERYWHERE):
            walls = self._walls.around(wire, margin)
            found = way_around(gates_a, gates_b, walls, wire.cage)
            if found is not None and _outreach(wire, found[2]) <= margin:
                wire.a, wire.b = starts[found[0]][1], ends[found[1]][1]
                wire.draft, wire.walls, wire.margin = list(found[2]), walls, margin
                return


def is_hit(path: list[Point] | tuple[Point, ...], walls: WallSet) -> bool:
    """Whether a path runs through a wall."""
    return any(hits(a, b, walls) for a, b in pairwise(path))


def reach(seen: Sequence[Point], margin: float = LANE) -> Wall:
    """The area around all paths that were looked at, and what is close beside them."""
    xs, ys = [point.x for point in seen], [point.y for point in seen]
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def areas(path: Sequence[Point]) -> list[Wall]:
    """The areas of a path's stretches, with what runs close beside them."""
    return [
        (min(a.x, b.x) - LANE, min(a.y, b.y) - LANE, max(a.x, b.x) + LANE, max(a.y, b.y) + LANE)
        for a, b in pairwise(path)
    ]


def best_alone(wire: Wire) -> None:
    """Give a wire the sides and the draft that are best as if it were alone."""
    best = float("inf")
    for a, b, start, end in choices_of(wire):
        if abs(start.x - end.x) + abs(start.y - end.y) >= best:
            continue
        out_a, out_b = wire.ways(a, b)
        for bound, draft in by_plain_cost(shapes(start, out_a, end, out_b, wire.walls), wire.cage):
            if bound >= best:
                break
            cost = _NO_LINES.cost(draft, wire.walls, "", base=bound, best=best)
            if cost < best:
                best, wire.a, wire.b, wire.draft = cost, a, b, draft


def best_between(wire: Wire, start: Point, end: Point) -> tuple[Point, ...]:
    """The best path between two places on the sides of a wire, as if it were alone."""
    out_a, out_b = wire.ways(wire.a, wire.b)
    best, chosen = float("inf"), tuple(wire.draft)
    for bound, path in by_plain_cost(shapes(start, out_a, end, out_b, wire.walls), wire.cage):
        if bound >= best:
            break
        cost = _NO_LINES.cost(path, wire.walls, "", base=bound, best=best)
        if cost < best:
            best, chosen = cost, tuple(path)
    return chosen


def by_plain_cost(
    paths: Iterable[list[Point]], cage: Wall, base: float = 0.0
) -> list[tuple[float, list[Point]]]:
    """Paths with what they cost at least, the cheapest first."""
    found = [(base + plain_cost(path) + strain(path, cage), path) for path in paths]
    found.sort(key=lambda each: each[0])
    return found


def strain(path: list[Point] | tuple[Point, ...], cage: Wall) -> float:
    """What it costs to leave the state around both ends, and to leave little room for the head."""
    (ax, ay), (bx, by) = path[-2], path[-1]
    cost = max(0.0, 36.0 - abs(ax - bx) - abs(ay - by)) * 2
    left, top, right, bottom = cage
    for x, y in path[1:-1]:
        if x < left or y < top or x > right or y > bottom:
            cost += _OUTSIDE
    return cost


def make_ends(frame: Frame, wires: list[Wire], sides: Sides) -> None:
    """An end on a side for both ends of each wire; branches of one transition share the first."""
    trunks: dict[tuple[str, Side], End] = {}
    _set_gaps(frame, wires)
    for wire in wires:
        trunk = trunks.get((wire.transition.id, wire.a))
        if trunk is None:
            trunk = _end(frame, wire, wire.a, wire.draft, is_source=True)
            trunks[wire.transition.id, wire.a] = trunk
            sides.setdefault((wire.source, wire.a), []).append(trunk)
        wire.a_end = trunk
        wire.b_end = _end(frame, wire, wire.b, wire.draft[::-1], is_source=False)
        sides.setdefault((wire.target, wire.b), []).append(wire.b_end)


def _set_gaps(frame: Frame, wires: list[Wire]) -> None:
    """Upright straight wires between the same two sides lie so far apart that inner labels fit, if there is room."""
    groups: dict[frozenset[tuple[str, Side]], list[Wire]] = {}
    for wire in wires:
        if len(wire.draft) == 2 and wire.a.is_level and not wire.is_loop:
            groups.setdefault(frozenset(((wire.source, wire.a), (wire.target, wire.b))), []).append(wire)
    for group in groups.values():
        if len(group) > 2:
            inner = sorted(group, key=lambda wire: wire.rank)[1:-1]
            need = max(frame.pill(wire.transition)[0] for wire in inner) / 2 + _BESIDE_LABEL
            start, end = group[0].start, group[0].end
            room = min(start.right, end.right) - max(start.x, end.x) - 2 * _MARGIN
            for wire in group:
                wire.gap = max(GAP, min(need, room / (len(group) - 1)))


def given_end(rect: Rect, path: tuple[Point, ...]) -> End:
    """The end of a path drawn by hand that starts at a state's border; others keep away from it."""
    at = path[0]
    gaps = {
        Side.TOP: abs(at.y - rect.y), Side.BOTTOM: abs(at.y - rect.bottom),
        Side.LEFT: abs(at.x - rect.x), Side.RIGHT: abs(at.x - rect.right),
    }  # fmt: skip
    side = min(gaps, key=lambda each: gaps[each])
    along = at.x if side.is_level else at.y
    return End(rect=rect, side=side, order=_wants(rect, side, list(path), 0.0)[0], wish=along, weight=FIRM)


def place_ends(wires: list[Wire], sides: Sides) -> None:
    """Spread all sides, draw the ends of straight wires together, and spread again."""
    straight = [wire for wire in wires if len(wire.draft) == 2]
    for ends in sides.values():
        spread(ends)
    for wire in straight:
        a, b = wire.a_end, wire.b_end
        if a is not None and b is not None:
            a.wish = b.wish = (a.place + b.place) / 2
            a.weight = b.weight = max(a.weight, b.weight)
    for ends in sides.values():
        spread(ends)
    for wire in straight:
        a, b = wire.a_end, wire.b_end
        if a is not None and b is not None:
            level(a, b, sides[wire.source, wire.a], sides[wire.target, wire.b])


def _end(frame: Frame, wire: Wire, side: Side, draft: list[Point], *, is_source: bool) -> End:
    state, rect, other = (
        (wire.source, wire.start, wire.end) if is_source else (wire.target, wire.end, wire.start)
    )
    sign = _CLOCKWISE[side] * (1 if wire.is_first == is_source else -1)
    if rect.encloses(other) and not wire.is_loop:
        sign = -sign
    order, wish, weight = _wants(rect, side, draft, wire.rank * sign, wire.gap)
    if wire.is_loop:
        wish = draft[0].x if side.is_level else draft[0].y
        order = ((-2.0 if wish < (rect.center.x if side.is_level else rect.center.y) else 2.0), wish, 0.0)
    is_state = state in frame.chart.states and state != frame.chart.root_id
    is_round = is_state and frame.is_round(state)
    if is_round and len(draft) > 2:
        wish = rect.center.x if side.is_level else rect.center.y
    return End(rect=rect, side=side, order=order, wish=wish, weight=weight, is_round=is_round)


def _outreach(wire: Wire, path: list[Point] | tuple[Point, ...]) -> float:
    """How far a path leaves the rectangle around both ends."""
    around = wire.start.united(wire.end)
    return max(
        max(around.x - x, x - around.right, around.y - y, y - around.bottom) for x, y in path
    )  # fmt: skip


def choices_of(wire: Wire) -> Iterator[tuple[Side, Side, Point, Point]]:
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
            found.append((a, b, on_side(start, a, along), on_side(end, b, along)))
    yield from sorted(found, key=lambda each: abs(each[2].x - each[3].x) + abs(each[2].y - each[3].y))


def _beside_titles(
    wire: Wire, choices: list[tuple[Side, Side, Point, Point]], titles: WallSet, aside: float
) -> list[tuple[Side, Side, Point, Point]]:
    """More places for straight upright ways that run through names: so far beside these that labels fit, if both sides
    reach there.
    """
    low, high = max(wire.start.x, wire.end.x), min(wire.start.right, wire.end.right)
    return [
        (a, b, Point(x, start.y), Point(x, end.y))
        for a, b, start, end in choices
        if start.x == end.x and a.is_level and b.is_level
        for title in titles
        if hits(start, end, WallSet((title,)))
        for x in (title[0] - aside, title[2] + aside, title[0] - _BESIDE_TITLE, title[2] + _BESIDE_TITLE)
        if low + _MARGIN <= x <= high - _MARGIN
    ]


def _shared(a: Rect, b: Rect, side: Side) -> float | None:
    """The middle of what two rectangles share across a way; None when that is too little for a straight line."""
    if side.is_level:
        low, high = max(a.x, b.x), min(a.right, b.right)
    else:
        low, high = max(a.y, b.y), min(a.bottom, b.bottom)
    return (low + high) / 2 if high - low >= 20 else None


def _corners(rect: Rect) -> Iterator[tuple[Side, Side, Point, Point]]:
    """Ends of a loop around each corner, the top right one first."""
    in_x, in_y = min(28.0, rect.width / 3), min(20.0, rect.height / 3)
    for a, b in _CORNERS:
        x = rect.right - in_x if b is Side.RIGHT else rect.x + in_x
        y = rect.y + in_y if a is Side.TOP else rect.bottom - in_y
        yield a, b, on_side(rect, a, x), on_side(rect, b, y)


def _wants(
    rect: Rect, side: Side, draft: list[Point], rank: float, gap: float = GAP
) -> tuple[tuple[float, ...], float, float]:
    """Order, wish and weight of an end whose path starts with the draft's first point.

    Ends whose path turns back along the side come first, straight ones between, those that turn on come last;
    among those that turn one way, the nearest channel lies outermost, so that they do not cross.
    """
    axis = 0 if side.is_level else 1
    at, goal = draft[0][axis], draft[-1][axis]
    if len(draft) == 2:
        return (0.0, 0.0, at, rank), at + rank * gap, 4.0
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
