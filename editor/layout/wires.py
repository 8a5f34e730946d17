"""Wires: the paths that are to be found, one for each target of a transition, with the walls in their way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.board import Wall, WallSet, wall
from editor.layout.frame import Frame
from editor.layout.index import GridIndex
from editor.layout.paths import Side, through
from editor.layout.ports import GAP, End
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import Transition, TriggerKind

NEAR = 160.0
_RING = 4.0
_FAR = 1e9
Near = Callable[[float, float, float, float], Iterable[str]]
Paths = tuple[tuple[Point, ...], ...]


@dataclass(slots=True, kw_only=True)
class Wire:
    """A path that is being found, from a source to one target; `a` and `b` are the sides of its ends, `gap`
    what those between the same sides want between them. Of an initial arrow the source is its dot, called by the id of
    the transition, and `start` its middle.

    `walls` are those not farther than `margin` from the straight way between the ends; `cage` is the state around both.
    """

    transition: Transition
    source: str
    target: str
    start: Rect
    end: Rect
    number: int = 0
    above: tuple[str, ...] = ()
    line: frozenset[str] = frozenset()
    walls: WallSet = field(default_factory=WallSet)
    margin: float = NEAR
    cage: Wall = (4.0, 4.0, _FAR, _FAR)
    rank: float = 0.0
    is_first: bool = True
    gap: float = GAP
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

    @property
    def is_beginning(self) -> bool:
        """Whether it starts at an initial dot."""
        return self.source == self.transition.id

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from all others, from one drawing to the next."""
        return self.transition.id, self.number

    @property
    def places(self) -> tuple[tuple[str, Rect], tuple[str, Rect]]:
        """Both states with their rectangles."""
        return (self.source, self.start), (self.target, self.end)

    def ways(self, a: Side, b: Side) -> tuple[Side, Side]:
        """The ways that lead out of both ends: inward from the border of a state around the other."""
        if self.is_loop:
            return a, b
        out_a = a.flipped if self.start.encloses(self.end) else a
        out_b = b.flipped if self.end.encloses(self.start) else b
        return out_a, out_b


class Walls:
    """What stands in the way of wires: the children of the states that their ends lie in.

    `near` gives the ids of all states that meet an area, if they are indexed already; else they are as asked for.
    """

    def __init__(self, frame: Frame, near: Near | None = None) -> None:
        self._frame = frame
        self._all_near = near
        self._children: dict[str, tuple[GridIndex, dict[str, int]]] = {}

    def around(self, wire: Wire, margin: float = NEAR) -> WallSet:
        """The walls that meet the area around both ends of a wire, grown by a margin, in document order."""
        area = wall(wire.start.united(wire.end), margin)
        if self._all_near is None:
            found = [edges for parent in wire.above for edges in self._near(parent, area, wire.line)]
        else:
            found = self._met(area, wire)
        for id, rect, other in ((wire.source, wire.start, wire.end), (wire.target, wire.end, wire.start)):
            is_dot = wire.is_beginning and id == wire.source
            if not is_dot and not rect.encloses(other):
                found.append(wall(rect, -_RING if self._frame.is_round(id) else -1))
        for id, rect in ((wire.source, wire.start), (wire.target, wire.end)):
            card = self._frame.card(id)
            if card is not None and card.bottom > rect.bottom + 4:
                found.append((card.x - 4, rect.bottom + 1, card.right + 4, card.bottom))
        return WallSet(found)

    def _met(self, area: Wall, wire: Wire) -> list[Wall]:
        assert self._all_near is not None
        states = self._frame.chart.states
        ids = [id for id in self._all_near(*area) if states[id].parent in wire.above and id not in wire.line]
        return sorted(wall(card) for id in ids if (card := self._frame.card(id)) is not None)

    def _near(self, parent: str, area: Wall, without: Iterable[str]) -> list[Wall]:
        index, order = self._of(parent)
        met = sorted(set(index.meeting(*area)).difference(without), key=order.__getitem__)
        return [index.bounds(id) for id in met]

    def _of(self, parent: str) -> tuple[GridIndex, dict[str, int]]:
        found = self._children.get(parent)
        if found is None:
            found = self._children[parent] = (GridIndex(), {})
            for number, child in enumerate(self._frame.chart.children(parent)):
                card = self._frame.card(child.id)
                if card is not None:
                    found[0].put(child.id, wall(card))
                    found[1][child.id] = number
        return found


class Collection:
    """The transitions of a chart by how they are drawn, once it is filled: `wires` to find, and `fixed` paths."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.walls = Walls(frame)
        self.wires: list[Wire] = []
        self.fixed: dict[str, Paths] = {}
        self.dots: list[Point] = []
        """The middles of initial dots."""

    def fill(self) -> Iterator[None]:
        """Gather them, those of one state at each step."""
        frame = self.frame
        for state in queries.document_order(frame.chart):
            for transition in frame.chart.outgoing(state.id):
                if transition.trigger.kind is TriggerKind.INITIAL:
                    self._begin(transition)
                elif not sizes.is_row(transition):
                    self._add(transition)
            yield
        self._rank()

    def _begin(self, transition: Transition) -> None:
        """An initial arrow: its path is known where it leads to one state."""
        path, ends = self.frame.initial(transition), self.frame.ends(transition)
        if path is None:
            return
        self.dots.append(path[0])
        if len(ends) == 1:
            self.fixed[transition.id] = (path,)
            return
        self._seek(transition, transition.id, Rect(*path[0], 0, 0), ends)

    def _add(self, transition: Transition) -> None:
        frame = self.frame
        start, ends = frame.start(transition), frame.ends(transition)
        if start is None or not ends:
            return
        bends = frame.diagram.bends.get(transition.id)
        if bends is not None and bends.points:
            origin = frame.origin(queries.container(frame.chart, transition))
            points = [point.moved(*origin) for point in bends.points]
            self.fixed[transition.id] = tuple(through(start, points, rect) for _, rect in ends)
            return
        self._seek(transition, transition.source, start, ends)

    def _seek(
        self, transition: Transition, source: str, start: Rect, ends: Sequence[tuple[str, Rect]]
    ) -> None:
        """Note the wires that are to be found, one to each target, with what is in their way."""
        frame = self.frame
        cage = frame.card(queries.container(frame.chart, transition))
        for number, (target, rect) in enumerate(ends):
            wire = Wire(
                transition=transition, source=source, target=target, start=start, end=rect, number=number
            )
            set_surroundings(frame.chart, wire)
            wire.walls = self.walls.around(wire)
            wire.cage = wire.cage if cage is None else wall(cage, 0)
            self.wires.append(wire)

    def _rank(self) -> None:
        """Number the wires between each two states around their middle."""
        groups: dict[frozenset[str], list[Wire]] = {}
        for wire in self.wires:
            groups.setdefault(frozenset((wire.source, wire.target)), []).append(wire)
        for group in groups.values():
            for number, wire in enumerate(group):
                wire.rank = number - (len(group) - 1) / 2
                wire.is_first = wire.source == group[0].source


def set_surroundings(chart: Chart, wire: Wire) -> None:
    """Tell a wire the states whose children stand beside its way, up to the common one, and those that do not."""
    source = wire.transition.source if wire.is_beginning else wire.source
    around = queries.common_ancestor(chart, [source, wire.target])
    above: list[str] = []
    line = {source, wire.target}
    for id in (source, wire.target):
        for state in chart.ancestors(id):
            line.add(state.id)
            above.append(state.id)
            if state.id == around:
                break
    if around in (source, wire.target) and source != wire.target:
        above = [id for id in above if id == around or queries.is_descendant(chart, id, around)]
    wire.above, wire.line = tuple(dict.fromkeys(above)), frozenset(line)
