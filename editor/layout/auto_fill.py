"""Filling containers whose states have no places, one container at a time, the innermost first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from editor.geometry import Point, Rect
from editor.layout import auto_space, sizes
from editor.layout.auto_cost import drawing_cost
from editor.layout.auto_level import Size, level_of, ways_by_container
from editor.layout.auto_near import beside_placed
from editor.layout.auto_pack import packed
from editor.layout.auto_space import grid
from editor.layout.padding import AROUND, BELOW_HEADER, REGION, SIDE
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import State, StateKind

_LANE = 24.0
_STRIP = 8.0
_AROUND_LABEL = 12.0
MOST_WITH_CARE = 300
MOST_DRAWN = 100
"""Transitions up to which drawings are compared."""


def fill(chart: Chart, diagram: Diagram, measure: Measure, missing: Sequence[str]) -> None:
    """Put a box for each of the missing states into the diagram; those that are there stay where they are.

    A chart without any places is placed twice if it is not too large, once with long flows broken into rows and once
    without; the drawing that reads better is taken.
    """
    made = _filled(chart, diagram, measure, missing, may_break=True)
    if not diagram.boxes and len(chart.transitions) <= MOST_DRAWN:
        other = _filled(chart, diagram, measure, missing, may_break=False)
        if other.boxes != made.boxes:
            made = min(made, other, key=lambda each: drawing_cost(chart, each, measure))
    for id in missing:
        diagram.put_box(id, made.boxes[id])


def _filled(
    chart: Chart, diagram: Diagram, measure: Measure, missing: Sequence[str], *, may_break: bool
) -> Diagram:
    filling = _Filling(chart, diagram.copy(), measure, missing, may_break=may_break)
    for state in reversed(list(queries.document_order(chart))):
        if chart.has_children(state.id):
            filling.fill(state)
    return filling.diagram


class _Filling:
    """One call: containers are filled from the innermost on, so that each knows the sizes of its children."""

    def __init__(
        self, chart: Chart, diagram: Diagram, measure: Measure, missing: Sequence[str], *, may_break: bool
    ) -> None:
        self.may_break = may_break
        self.labels: dict[str, float] = {}
        self.chart = chart
        self.diagram = diagram
        self.measure = measure
        self.in_a_hurry = len(missing) > MOST_WITH_CARE
        containers = {parent for id in missing if (parent := chart.states[id].parent) is not None}
        self.ways = ways_by_container(chart, containers, measure)

    def fill(self, state: State) -> None:
        """Give the children of a state that have no place one."""
        children = self.chart.children(state.id)
        loose = [child for child in children if child.id not in self.diagram.boxes]
        if not loose:
            return
        extents = {child.id: self._extent(child) for child in loose}
        placed = {child.id: box.rect for child in children if (box := self.diagram.boxes.get(child.id))}
        if state.kind is StateKind.PARALLEL:
            self._stack(state, loose, extents, placed)
            return
        level = level_of(self.chart, state.id, extents, extents, self.ways[state.id])
        if placed:
            places = beside_placed(level, placed, self.ways[state.id], self._room(state))
        else:
            made = packed(level, in_a_hurry=self.in_a_hurry, may_break=self.may_break)
            left, right = (
                auto_space.labels_span(level, made) if state.id != self.chart.root_id else (0.0, 0.0)
            )
            corner = Point(grid(max(SIDE, _AROUND_LABEL - left)), self._top(state.id))
            self.labels[state.id] = corner.x + right + _AROUND_LABEL
            places = {id: at.moved(*corner) for id, at in made.items()}
        for child in loose:
            self._put(child.id, Rect(*places[child.id], *extents[child.id]))

    def _put(self, id: str, rect: Rect) -> None:
        box = Box(id=id, x=rect.x, y=rect.y, width=rect.width, height=rect.height, auto=True)
        self.diagram.put_box(id, box)

    def _top(self, id: str) -> float:
        """Where children start, below the header and an initial dot above the first of them."""
        header = sizes.header_height(self.chart, id, self.measure)
        return grid(header + (BELOW_HEADER if id != self.chart.root_id else 8.0))

    def _room(self, state: State) -> Rect:
        """Where children may lie: all that is right and below for a container without a place of its own."""
        box = self.diagram.boxes.get(state.id)
        top = self._top(state.id)
        if box is None:
            return Rect(SIDE, top, float("inf"), float("inf"))
        return Rect(8, top, box.width - 16, box.height - top - 8)

    def _stack(
        self, state: State, loose: Sequence[State], extents: dict[str, Size], placed: dict[str, Rect]
    ) -> None:
        """Regions below each other, all as wide as the widest and as the state itself."""
        taken = sorted(placed.values(), key=lambda rect: rect.y)
        own = self.diagram.boxes.get(state.id)
        least = own.width if own is not None else sizes.state_size(self.chart, state.id, self.measure)[0]
        widest = grid(
            max([least, *(width for width, _ in extents.values()), *(rect.right for rect in taken)])
        )
        for child in sorted(loose, key=lambda each: each.kind.is_history):
            width, height = extents[child.id]
            if child.kind.is_history:
                y = self._slot(state, taken, height + 2 * _STRIP) + _STRIP
                rect = Rect(2 * _STRIP, y, width, height)
            else:
                rect = Rect(0, self._slot(state, taken, height), widest, height)
            self._put(child.id, rect)
            taken = sorted([*taken, rect], key=lambda each: each.y)

    def _slot(self, state: State, taken: Sequence[Rect], height: float) -> float:
        """The first y below the header where a height is free between the regions, else below them all."""
        y = sizes.header_height(self.chart, state.id, self.measure)
        for rect in taken:
            if rect.y - y >= height:
                return y
            y = max(y, rect.bottom)
        return y

    def _extent(self, state: State) -> Size:
        width, height = sizes.state_size(self.chart, state.id, self.measure)
        inside = Rect.around(
            self.diagram.boxes[child.id].rect
            for child in self.chart.children(state.id)
            if child.id in self.diagram.boxes
        )
        if inside is not None:
            around = 0.0 if state.kind is StateKind.PARALLEL else AROUND
            width = max(width, inside.right + around, self.labels.get(state.id, 0.0))
            height = max(height, inside.bottom + around)
        elif queries.is_region(self.chart, state.id):
            width, height = max(width, REGION[0]), max(height, REGION[1])
        elif state.kind is StateKind.NORMAL:
            height = max(height, _LANE * self._most_between(state.id) + 16)
        return grid(width), grid(height)

    def _most_between(self, id: str) -> int:
        """The most transitions between a state and one other: a lane each."""
        counts = Counter(
            other
            for transition in (*self.chart.outgoing(id), *self.chart.incoming(id))
            for other in {transition.source, *transition.targets} - {id}
            if not transition.is_pseudo
        )
        return max(counts.values(), default=0)
