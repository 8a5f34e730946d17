"""From a chart with its diagram to a plan: sizes of cards, rings and labels, and what may move."""

from __future__ import annotations

from collections.abc import Collection

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.frame import DOT, Frame
from editor.layout.sizes import Measure
from editor.layout_engine import bands
from editor.layout_engine.options import Options, Scope
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import State, StateKind, Transition, TriggerKind, is_unresolved

DOT_OF = "dot:"
"""What the ids of initial dots begin with; the id of their state follows."""
FORK = "#"
"""What stands between the id of a transition with several targets and the number of one."""
_REGION = (160.0, 96.0)
_HEAD = 4.0
_FOR_LABELS = 32.0
"""Room along the border of a state for the labels of lines between it and what is in it."""
_BESIDE = 60.0
"""Room beside the widest label above the regions of a state."""


def plan_of(chart: Chart, diagram: Diagram, measure: Measure, options: Options) -> Plan:
    """What the engine is asked for. The diagram has a place for every state, unless all may move."""
    return _Reading(chart, diagram, measure, options).plan()


def _held(chart: Chart, pinned: Collection[str]) -> frozenset[str]:
    """What stays so that nothing pinned is seen to move: that itself, and every state around it."""
    around = {each.id for id in pinned for each in chart.ancestors(id)}
    return (frozenset(pinned) | around) - {chart.root_id}


def _branches(transition: Transition) -> list[str]:
    """The ids of the lines that a transition with several targets is to the engine."""
    return [f"{transition.id}{FORK}{number}" for number in range(len(transition.targets))]


class _Reading:
    def __init__(self, chart: Chart, diagram: Diagram, measure: Measure, options: Options) -> None:
        self.chart = chart
        self.diagram = diagram
        self.measure = measure
        self.options = options
        self.frame = Frame(chart, diagram, measure)
        self.fixed = options.pinned & diagram.boxes.keys()
        self.pinned = _held(chart, self.fixed)
        self._known_bands: dict[str, list[tuple[Transition, bands.Ends]]] = {}

    def plan(self) -> Plan:
        root = self._node(self.chart.root, is_moving=False)
        wanted = self.options.ids if self.options.scope is Scope.ROUTES else frozenset()
        edges: list[Edge] = []
        for state in queries.document_order(self.chart):
            for transition in self.chart.outgoing(state.id):
                edges += self._edges(transition, wanted)
        return Plan(root=root, edges=tuple(edges))

    # boxes

    def _moving(self, state: State) -> frozenset[str]:
        """The children of a container that may be placed anew."""
        scope, ids = self.options.scope, self.options.ids
        children = frozenset(child.id for child in self.chart.children(state.id))
        if scope is Scope.ROUTES or children & self.pinned:
            return frozenset()
        if scope is Scope.CHART:
            return children
        if scope is Scope.SELECTION:
            chosen = children & ids
            return chosen if state.kind is not StateKind.PARALLEL else frozenset()
        is_inside = state.id in ids or any(each.id in ids for each in self.chart.ancestors(state.id))
        return children if is_inside else frozenset()

    def _node(self, state: State, *, is_moving: bool) -> Node:
        """A state with all in it."""
        children = self.chart.children(state.id)
        moving = self._moving(state)
        made = [self._node(child, is_moving=child.id in moving) for child in children]
        dot = self._dot(state, is_moving=bool(children) and len(moving) == len(children))
        if dot is not None:
            made.insert(0, dot)
            if len(moving) == len(children):
                moving |= {dot.id}
        kind = self._kind(state)
        width, height, name = self._size(state, kind, is_moving=is_moving)
        if kind is NodeKind.PARALLEL:
            margin, least = self._band(state)
        else:
            inward = self._inward_label(state) if children else 0.0
            margin = _FOR_LABELS if inward else 0.0
            least = inward + margin if inward else 0.0
        width = max(width, least)
        return Node(
            id=state.id, kind=kind, width=width, height=height, name=name,
            header=self._header(state) if children else 0.0,
            margin=margin,
            is_last=state.kind is StateKind.FINAL,
            place=self._place(state.id), moving=moving, is_pinned=state.id in self.pinned, children=tuple(made),
        )  # fmt: skip

    def _kind(self, state: State) -> NodeKind:
        if state.id == self.chart.root_id:
            is_parallel = state.kind is StateKind.PARALLEL and self.chart.has_children(state.id)
            return NodeKind.PARALLEL if is_parallel else NodeKind.ROOT
        if self.frame.is_round(state.id):
            return NodeKind.RING
        if state.kind is StateKind.PARALLEL and self.chart.has_children(state.id):
            return NodeKind.PARALLEL
        if queries.is_region(self.chart, state.id):
            return NodeKind.REGION
        return NodeKind.COMPOSITE if self.chart.has_children(state.id) else NodeKind.SIMPLE

    def _size(
        self, state: State, kind: NodeKind, *, is_moving: bool
    ) -> tuple[float, float, tuple[float, float]]:
        """Width, height and what stands below."""
        if state.id == self.chart.root_id:
            return 0.0, 0.0, (0.0, 0.0)
        width, height = sizes.state_size(self.chart, state.id, self.measure)
        if kind is NodeKind.RING:
            ring = sizes.ring(Rect(0, 0, width, height))
            name = (width, height - ring.bottom) if height > sizes.RING else (0.0, 0.0)
            return ring.width, ring.height, name
        if kind is NodeKind.REGION:
            breadth = self._breadth(state)
            width, height = max(width, breadth, _REGION[0]), max(height, _REGION[1])
        box = self.diagram.boxes.get(state.id)
        if box is not None and not self.chart.has_children(state.id):
            if not is_moving:
                width, height = box.width, box.height
            elif not box.auto:  # made larger by hand
                width, height = max(width, box.width), max(height, box.height)
        return width, height, (0.0, 0.0)

    def _header(self, state: State) -> float:
        header = sizes.header_height(self.chart, state.id, self.measure)
        ports = [each for each in self.chart.outgoing(self.chart.root_id) if not sizes.is_row(each)]
        if state.id == self.chart.root_id and any(not each.is_pseudo for each in ports):
            header += 28.0 * len(ports)
        is_tight = state.id == self.chart.root_id or state.kind is StateKind.PARALLEL
        return header if is_tight else header + _HEAD

    def _place(self, id: str) -> Rect | None:
        box = self.diagram.boxes.get(id)
        if box is None or id == self.chart.root_id:
            return None
        return sizes.ring(box.rect) if self.frame.is_round(id) else box.rect

    def _dot(self, state: State, *, is_moving: bool) -> Node | None:
        """The initial dot of a container, where it is to be placed or has been."""
        arrow = queries.initial_transition(self.chart, state.id)
        if arrow is None or not self._targets(arrow) or not self.chart.has_children(state.id):
            return None
        box = self.diagram.boxes.get(state.id)
        at = box.initial if box is not None else None
        if at is None and not is_moving:
            route = self.frame.initial(arrow)
            if route is None:
                return None
            origin = self.frame.origin(state.id)
            at = Point(route[0].x - origin.x, route[0].y - origin.y)
        side = 2 * DOT
        place = Rect(at.x - DOT, at.y - DOT, side, side) if at is not None else None
        return Node(id=DOT_OF + state.id, kind=NodeKind.DOT, width=side, height=side, place=place)

    def _in_band(self, state: State) -> list[tuple[Transition, bands.Ends]]:
        """The lines that run in the band of a parallel state, each with its ends."""
        known = self._known_bands.get(state.id)
        if known is not None:
            return known
        found = self._known_bands[state.id] = []
        inside = [each.id for each in self._regions(state)]
        for id in inside if state.id == self.chart.root_id else (state.id, *inside):
            for line in self.chart.outgoing(id):
                ends = (id, *self._targets(line))
                is_within = (
                    len(ends) == 2 and set(ends) <= {state.id, *inside} and ends != (state.id, state.id)
                )
                if is_within and not line.is_pseudo and not sizes.is_row(line):
                    found.append((line, (ends[0], ends[1])))
        return found

    def _regions(self, state: State) -> list[State]:
        return [each for each in self.chart.children(state.id) if queries.is_region(self.chart, each.id)]

    def _band(self, state: State) -> tuple[float, float]:
        """How high the band of a parallel state is, and how wide the state has to be for it."""
        lines = self._in_band(state)
        if not lines:
            return 0.0, 0.0
        order = [each.id for each in self._regions(state)]
        labels = [self.frame.pill(line) for line, _ in lines]
        count = max(bands.tracks([ends for _, ends in lines], order))
        return bands.depth(count, max(height for _, height in labels)), max(
            width for width, _ in labels
        ) + _BESIDE

    def _breadth(self, region: State) -> float:
        """How wide a region is at least for the lines of the band that end at it."""
        around = self.chart.states[region.parent or self.chart.root_id]
        lines = [(ends, self.frame.pill(line)[0]) for line, ends in self._in_band(around)]
        return bands.breadth(region.id, lines, [each.id for each in self._regions(around)])

    def _has_band(self, id: str) -> bool:
        """Whether there is room for lines above the regions of a state: it is made, or was before."""
        state = self.chart.states[id]
        if len(self._moving(state)) == len(self.chart.children(id)):
            return True
        top = sizes.header_height(self.chart, id, self.measure) + self._band(state)[0]
        boxes = [self.diagram.boxes.get(each.id) for each in self._regions(state)]
        return all(box is not None and box.y >= top for box in boxes)

    def _inward_label(self, state: State) -> float:
        """The width of the widest label of a line between a state and what is in it; 0 without such lines."""
        if state.id == self.chart.root_id or state.kind is StateKind.PARALLEL:
            return 0.0
        found = [
            each
            for each in self.chart.outgoing(state.id)
            if any(self._is_inside(target, state.id) for target in each.targets)
        ]
        found += [each for each in self.chart.incoming(state.id) if self._is_inside(each.source, state.id)]
        return max((self.frame.pill(each)[0] for each in found if not each.is_pseudo), default=0.0)

    def _is_inside(self, id: str, container: str) -> bool:
        return not is_unresolved(id) and queries.is_descendant(self.chart, id, container)

    # lines

    def _targets(self, transition: Transition) -> list[str]:
        return [each for each in transition.targets if not is_unresolved(each) and each != self.chart.root_id]

    def _edges(self, transition: Transition, wanted: Collection[str]) -> list[Edge]:
        targets = self._targets(transition)
        if sizes.is_row(transition) or not targets:
            return []
        if transition.trigger.kind is TriggerKind.INITIAL:
            if not self.chart.has_children(transition.source) or not self._lies_in(transition):
                return []
            dot = DOT_OF + transition.source
            ids = [transition.id] if len(targets) == 1 else _branches(transition)
            return [
                Edge(id=id, source=dot, target=target, is_wanted=False)
                for id, target in zip(ids, targets, strict=False)
            ]
        label = self.frame.pill(transition)
        if len(targets) > 1:
            return [
                Edge(
                    id=id, source=transition.source, target=target, is_wanted=False,
                    label=label if number == 0 else (0.0, 0.0),
                )
                for number, (id, target) in enumerate(zip(_branches(transition), targets, strict=False))
            ]  # fmt: skip
        is_of_root = transition.source == self.chart.root_id
        stays = {transition.source, *targets} <= self.fixed
        is_drawn = not stays and not self._is_within_border(transition, targets[0])
        return [
            Edge(
                id=transition.id, source=transition.source, target=targets[0], label=label,
                start=self.frame.start(transition) if is_of_root else None,
                is_wanted=is_drawn and (not wanted or transition.id in wanted),
            )
        ]  # fmt: skip

    def _lies_in(self, transition: Transition) -> bool:
        """Whether an initial arrow leads to what is in its state; an erroneous file may say otherwise."""
        return queries.is_descendant(self.chart, self._targets(transition)[0], transition.source)

    def _is_within_border(self, transition: Transition, target: str) -> bool:
        """Whether a line leads from a region to itself or its state, or back, and they leave no room for it."""
        ends = {transition.source, target}
        return any(
            queries.is_region(self.chart, id)
            and ends <= {id, around := self.chart.states[id].parent}
            and not self._has_band(around or self.chart.root_id)
            for id in ends
        )
