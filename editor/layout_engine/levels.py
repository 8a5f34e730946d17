"""The manner “levels”: each container is arranged by itself, from the innermost on; what crosses is routed then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from editor.geometry import Rect
from editor.layout_engine import elk, regions
from editor.layout_engine.drawing import Drawing, Lane, Path
from editor.layout_engine.finishing import finish
from editor.layout_engine.nudging import GAP, nudged
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.layout_engine.pushing import kept
from editor.layout_engine.retracing import places_of, retrace

_FEW = 5
"""Plain states (and the dot) up to which a container lies across the flow, which makes the whole less long."""
MOST = 1_000
"""Children (and the dot) up to which a container is arranged; the libraries would take minutes for more."""
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Way:
    """What gives some charts a better drawing, and others a worse one.

    `lanes`: lines that cross borders run through the room that their labels were given, and those within regions have
    such room. `own_first`: ELK sees the lines between children of a container before those that lead into them.
    `lifted`: how many lines that cross borders it is shown between the same two children; these keep the order for
    all, and room for themselves. `as_written`: lines flow in the order of the file, wherever the machine begins.
    `turned`: the containers that flow the other way. `sketched`: the outermost is placed quickly, to see how large.
    """

    lanes: bool
    own_first: bool
    lifted: int
    as_written: bool = False
    turned: frozenset[str] = frozenset()
    sketched: bool = False


WAYS = (Way(False, True, 2), Way(True, False, 4), Way(False, False, 2), Way(True, True, 2))
"""Those that are tried, the more promising first."""
LARGE = Way(False, True, 1)
"""The one for charts that leave time for one alone: of seven made ones with 150 to 300 states it crossed 4 % less."""


class Engine(Protocol):
    """Both libraries: plain data in, plain data out."""

    def place(self, graph: dict[str, Any]) -> dict[str, Any]:
        """What ELK makes of a graph."""

    def route(self, request: dict[str, Any]) -> dict[str, Any]:
        """What libavoid makes of lines among boxes."""


class Levels:
    """One plan; what was found for a container is kept, so that another direction of the outermost costs little."""

    def __init__(
        self,
        plan: Plan,
        engine: Engine,
        found: dict[tuple[object, ...], Drawing] | None = None,
        new: frozenset[str] = frozenset(),
        gap: float = GAP,
    ) -> None:
        """`found`: what other plans with the same containers were given.

        `new`: boxes that came into kept places. `gap`: how near others may come there that were farther off.
        """
        self._plan = plan
        self._engine = engine
        self._found = {} if found is None else found
        self._new = new
        self._gap = gap
        self._crossing = regions.crossings(plan)
        self.outermost = _outermost(plan.root)
        """The id of the container whose direction is given."""
        self._former: dict[str, Rect] = {}
        self.kept: frozenset[str] = frozenset()
        """The lines that are as they were in what was drawn last."""
        self.is_reordered = False
        """Whether some machine or composite does not begin with what is written first."""
        self._wanted = {edge.id for edge in plan.edges if edge.is_wanted}
        self._loops: dict[str, list[Edge]] = defaultdict(list)
        self._within: dict[str, list[tuple[Edge, str, str]]] = defaultdict(list)
        self._gates: dict[str, list[elk.Gate]] = defaultdict(list)
        self._gates_in_regions: dict[str, list[elk.Gate]] = defaultdict(list)
        for edge in plan.edges:
            self._sort_in(edge)

    def _sort_in(self, edge: Edge) -> None:
        """Note a line with the two children of a container that hold its ends."""
        source, target = self._plan.line(edge.source), self._plan.line(edge.target)
        if edge.source == edge.target:
            if len(source) > 1:
                self._loops[source[-2]].append(edge)
            return
        fork = self._plan.fork(edge.source, edge.target)
        host = source[fork - 1]
        if fork < len(source) and fork < len(target):
            self._within[host].append((edge, source[fork], target[fork]))
            is_within_regions = self._plan.nodes[host].kind is NodeKind.PARALLEL
        else:
            is_within_regions = False
        if edge.label[0] and edge.is_wanted and (is_within_regions or fork in (len(source), len(target))):
            self._keep_room(edge, source, target, fork)

    def _keep_room(self, edge: Edge, source: tuple[str, ...], target: tuple[str, ...], fork: int) -> None:
        """Let the label of a line that no graph has as a line be a box in the innermost that both ends can share.

        Regions are arranged without ELK, so what lies in one of them has its label there.
        """
        is_inward = len(target) > fork + 1 or fork == len(source)
        line = target if is_inward else source
        gates = self._gates
        if self._plan.nodes[line[fork - 1]].kind is NodeKind.PARALLEL:
            fork, gates = fork + 1, self._gates_in_regions
        if fork < len(line):
            gates[line[fork - 1]].append(elk.Gate(edge, line[fork], is_inward))

    def draw(self, direction: str, way: Way | None = None) -> Drawing:
        """A drawing whose outermost container that has something to arrange flows in a direction."""
        drawing = self.place(direction, way)
        self.kept = retrace(self._plan, drawing) if self._plan.keeps else frozenset()
        finish(self._plan, drawing, self._engine, self._lanes_of(drawing), self.kept)
        return drawing

    def place(self, direction: str, way: Way | None = None) -> Drawing:
        """The same without lines, but those that ELK routes."""
        self._way = way or WAYS[0]
        self._direction = direction
        self._sizes: dict[str, Size] = {}
        self._places: dict[str, Rect] = {}
        self._inside: dict[str, Drawing] = {}
        self._lanes: dict[str, dict[str, Lane]] = {}
        for node in reversed(list(self._plan.root.walk())):
            self._fill(node)
        drawing = Drawing()
        self._put(self._plan.root, Rect(0, 0, *self._sizes[self._plan.root.id]), drawing)
        return drawing

    def _lanes_of(self, drawing: Drawing) -> dict[str, Lane]:
        """The room for labels in absolute coordinates."""
        return {
            id: lane.moved(drawing.rects[host].x, drawing.rects[host].y)
            for host, found in self._lanes.items()
            for id, lane in found.items()
        }

    def size(self, id: str) -> Size:
        """The size that a box was given when all was placed."""
        return self._sizes[id]

    def _put(self, node: Node, rect: Rect, drawing: Drawing) -> None:
        """Everything in absolute coordinates."""
        todo = [(node, rect)]
        while todo:
            node, rect = todo.pop()
            drawing.rects[node.id] = rect
            inside = self._inside.get(node.id)
            if inside is not None:
                for id, route in inside.routes.items():
                    drawing.routes[id] = tuple(point.moved(rect.x, rect.y) for point in route)
                for id, label in inside.labels.items():
                    drawing.labels[id] = label.moved(rect.x, rect.y)
            todo += [
                (child, self._places[child.id].moved(rect.x, rect.y))
                for child in node.children
                if child.id in self._places
            ]

    def _fill(self, node: Node) -> None:
        """Places for the children of a container, and its size."""
        if not node.children:
            self._sizes[node.id] = node.width, node.height
            return
        if node.kind is NodeKind.PARALLEL:
            places, size = regions.arranged(
                node, self._sizes, lambda: self._stacks(node), is_kept=self._plan.keeps
            )
            self._places |= places
            self._sizes[node.id] = size
            return
        moving = [child for child in node.children if child.id in node.moving]
        if len(moving) == len(node.children):
            self._arrange(node)
        else:
            group = self._group(node, moving) if moving else {}
            if self._plan.keeps and not group:
                places, size = nudged(node, self._sizes, self._new, self._labels_in(node), self._gap)
            else:
                places, size = kept(node, self._sizes, group)
            self._places |= places
            self._sizes[node.id] = size

    def _stacks(self, node: Node) -> regions.Stacks:
        """Which regions stand on top of each other: the same as before where they are to keep their places."""
        former = regions.former_stacks(node) if self._plan.keeps and not node.moving else None
        return former or regions.stacks_of(node, self._sizes, self._crossing)

    def _labels_in(self, node: Node) -> list[Rect]:
        """Where labels between the children of a container were, in its coordinates."""
        if not self._former:
            self._former = places_of(self._plan)
        own = self._former.get(node.id)
        if own is None:
            return []
        return [
            edge.label_at.moved(-own.x, -own.y)
            for edge, _, _ in self._within[node.id]
            if edge.label_at is not None
        ]

    def _arrange(self, node: Node) -> None:
        """Let ELK place all children of a container and route the lines between them.

        Raises:
            ValueError: there are too many.
        """
        if len(node.children) > MOST:
            raise ValueError(f"a state holds more than {MOST} others")
        edges, direct = self._edges(node, frozenset(child.id for child in node.children))
        gates = self._gates[node.id] + (self._gates_in_regions[node.id] if self._way.lanes else [])
        found = self._ask(node, None, edges, gates)
        own = found.rects[node.id]
        self._sizes[node.id] = max(own.width, node.width), max(own.height, node.height)
        self._places |= {child.id: found.rects[child.id] for child in node.children}
        kept_routes = direct & self._wanted
        self._inside[node.id] = Drawing(
            {},
            {id: route for id, route in found.routes.items() if id in kept_routes},
            {id: label for id, label in found.labels.items() if id in kept_routes},
        )
        self._lanes[node.id] = self._lanes_in(node, found, direct, gates)

    def _lanes_in(
        self, node: Node, found: Drawing, direct: frozenset[str], gates: Sequence[elk.Gate]
    ) -> dict[str, Lane]:
        """The room that ELK kept for labels of lines that it does not route."""
        made: dict[str, Lane] = {}
        crossing = (found.labels.keys() & self._wanted) - direct if self._way.lanes else set()
        for id in sorted(crossing):
            sides = _sides(found.labels[id], found.routes.get(id, ()))
            if sides is not None:
                made[id] = Lane(node.id, found.labels[id], *sides)
        sides = ("TLR", "B") if self._direction_of(node) == elk.DOWN else ("LTB", "R")
        for gate in gates:
            rect = found.rects[elk.GATE + gate.edge.id]
            enter, leave = sides if gate.is_inward else _turned(sides)
            made[gate.edge.id] = Lane(node.id, rect, enter, leave)
        return made

    def _group(self, node: Node, moving: list[Node]) -> dict[str, Rect]:
        """Places for some children of a container, from where the former ones began."""
        ids = frozenset(child.id for child in moving)
        edges, _ = self._edges(node, ids)
        found = self._ask(node, ids, edges)
        rects = {id: found.rects[id] for id in ids}
        former = [child.place for child in moving if child.place is not None]
        left, top, _ = elk.inset(node)
        x = min((place.x for place in former), default=left) - min(rect.x for rect in rects.values())
        y = min((place.y for place in former), default=top) - min(rect.y for rect in rects.values())
        return {id: rect.moved(x, y) for id, rect in rects.items()}

    def _edges(self, node: Node, ids: frozenset[str]) -> tuple[list[Edge], frozenset[str]]:
        """What ELK is shown of the lines between children of a container, and which of these it is to route.

        In the order of the chart, which decides the flow: lines between the children, a few of those that lead to what
        is in them, and loops at last.
        """
        shown: list[Edge] = []
        direct: set[str] = set()
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for edge, source, target in self._within[node.id]:
            if source not in ids or target not in ids:
                continue
            if (source, target) == (edge.source, edge.target):
                direct.add(edge.id)
            else:
                counts[source, target] += 1
                if counts[source, target] > self._way.lifted:
                    continue
            shown.append(Edge(id=edge.id, source=source, target=target, label=edge.label))
        if self._way.own_first:
            shown.sort(key=lambda edge: edge.id not in direct)
        loops = [edge for edge in self._loops[node.id] if edge.source in ids]
        return shown + loops, frozenset(direct | {edge.id for edge in loops})

    def _ask(
        self, node: Node, only: frozenset[str] | None, edges: list[Edge], gates: Sequence[elk.Gate] = ()
    ) -> Drawing:
        direction = self._direction_of(node)
        sizes = tuple((child.id, self._sizes[child.id]) for child in node.children)
        lines = tuple(each.id for each in (*edges, *(gate.edge for gate in gates)))
        is_sketched = self._way.sketched and node.id == self.outermost
        key = node.id, direction, only, sizes, lines, self._way.as_written, is_sketched
        found = self._found.get(key)
        if found is None:
            graph = elk.container(
                node, self._sizes, edges, direction, only, gates, as_written=self._way.as_written
            )
            if is_sketched:
                graph["layoutOptions"] |= elk.QUICK
            told = [each["id"] for each in graph["children"] if not each["id"].startswith(elk.GATE)]
            self.is_reordered |= told != [child.id for child in node.children if child.id in told]
            found = elk.read(self._engine.place(graph))
            missing = [each["id"] for each in graph["children"] if each["id"] not in found.rects]
            if missing or node.id not in found.rects:
                raise ValueError("ELK left out states.")
            self._found[key] = found
        return found

    def flows(self) -> dict[str, str]:
        """How the containers flow in what was placed last that may be turned: those inside of the outermost."""
        arranged = (node for node in self._plan.root.walk() if node.children and node.id != self.outermost)
        return {
            node.id: self._direction_of(node)
            for node in arranged
            if node.kind is not NodeKind.PARALLEL and len(node.moving) == len(node.children)
        }

    def _direction_of(self, node: Node) -> str:
        if node.id == self.outermost:
            usual = self._direction
        else:
            is_small = len(node.children) <= _FEW and not any(child.children for child in node.children)
            usual = elk.RIGHT if is_small and node.kind is NodeKind.COMPOSITE else elk.DOWN
        if node.id not in self._way.turned:
            return usual
        return elk.RIGHT if usual == elk.DOWN else elk.DOWN


def _sides(label: Rect, route: Path) -> tuple[str, str] | None:
    """Where a route enters a label and where it leaves it; None where it does not run through it straight."""
    middle = label.center
    for a, b in pairwise(route):
        if a.x == b.x and abs(a.x - middle.x) <= 2 and min(a.y, b.y) <= middle.y <= max(a.y, b.y):
            return ("T", "B") if a.y < b.y else ("B", "T")
        if a.y == b.y and abs(a.y - middle.y) <= 2 and min(a.x, b.x) <= middle.x <= max(a.x, b.x):
            return ("L", "R") if a.x < b.x else ("R", "L")
    return None


def _turned(sides: tuple[str, str]) -> tuple[str, str]:
    """The sides for a line the other way round: in where it flows from, out wherever else."""
    return ("T", "BLR") if sides[1] == "B" else ("L", "RTB")


def _outermost(root: Node) -> str:
    """The first container, from the root on, that holds more than one state."""
    node = root
    while True:
        states = [child for child in node.children if child.kind is not NodeKind.DOT]
        if len(states) != 1 or not states[0].children:
            return node.id
        node = states[0]
