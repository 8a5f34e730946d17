"""Arithmetic over boxes that planners share: where a box is, what parents need to hold their children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document import regions, stepping_aside
from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.frame import EDGE
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import AnyChange, BendsChange, BoxChange
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram
from editor.model.elements import StateKind

PADDING = 24.0


def moved_bends(bends: Bends, dx: float, dy: float) -> Bends:
    """Bends with their points shifted."""
    return replace(bends, points=tuple(point.moved(dx, dy) for point in bends.points))


class Boxes:
    """Boxes and bends of a diagram with some of them changed, not written yet.

    `chart` is the chart as it will be, when a planner changes it as well.
    """

    def __init__(self, chart: Chart, diagram: Diagram) -> None:
        self.chart = chart
        self.diagram = diagram
        self.new: dict[str, Box | None] = {}
        self.new_bends: dict[str, Bends | None] = {}

    def get(self, id: str) -> Box | None:
        """A box as it will be."""
        return self.new[id] if id in self.new else self.diagram.boxes.get(id)

    def put(self, id: str, box: Box | None) -> None:
        """Set a box."""
        self.new[id] = box

    def get_bends(self, id: str) -> Bends | None:
        """Bends as they will be."""
        return self.new_bends[id] if id in self.new_bends else self.diagram.bends.get(id)

    def put_bends(self, id: str, bends: Bends | None) -> None:
        """Set or drop bends."""
        self.new_bends[id] = bends

    def changes(self) -> list[AnyChange]:
        """What is to be written."""
        boxes, bends = self.diagram.boxes, self.diagram.bends
        found: list[AnyChange] = [
            BoxChange(id, boxes.get(id), box) for id, box in self.new.items() if boxes.get(id) != box
        ]
        return found + [
            BendsChange(id, bends.get(id), each)
            for id, each in self.new_bends.items()
            if bends.get(id) != each
        ]

    def origin(self, id: str | None, chart: Chart | None = None) -> Point:
        """The absolute top left corner of a state; the chart's own for the root."""
        x = y = 0.0
        for each in queries.lineage(chart or self.chart, id) if id is not None else ():
            box = self.get(each)
            if box is not None:
                x, y = x + box.x, y + box.y
        return Point(x, y)

    def beside(self, id: str) -> dict[str, Rect]:
        """The rectangles of the states beside a state, where they have one, within their parent."""
        children = self.chart.children(self.chart.states[id].parent or self.chart.root_id)
        found = ((each.id, self.get(each.id)) for each in children if each.id != id)
        return {other: box.rect for other, box in found if box is not None}

    def stretch(self, id: str, rect: Rect) -> None:
        """Give a state another rectangle while all that is drawn inside it stays where it is on the canvas."""
        box = self.get(id)
        if box is None:
            return
        dx, dy = box.x - rect.x, box.y - rect.y
        if dx or dy:
            for child in self.chart.children(id):
                inner = self.get(child.id)
                if inner is not None:
                    self.put(child.id, replace(inner, x=inner.x + dx, y=inner.y + dy))
            self._shift_bends(id, dx, dy)
            if box.initial is not None:
                box = replace(box, initial=box.initial.moved(dx, dy))
        self.put(id, replace(box, x=rect.x, y=rect.y, width=rect.width, height=rect.height))

    def _shift_bends(self, id: str, dx: float, dy: float) -> None:
        for each in {*self.diagram.bends, *self.new_bends}:
            transition = self.chart.transitions.get(each)
            bends = self.get_bends(each)
            if transition is None or bends is None or not bends.points:
                continue
            if queries.container(self.chart, transition) == id:
                self.put_bends(each, moved_bends(bends, dx, dy))

    def shift(self, ids: Iterable[str], dx: float, dy: float) -> None:
        """Move states, with the bends of transitions that have both ends among them."""
        moved = set(ids)
        for id in moved:
            box = self.get(id)
            if box is not None:
                self.put(id, replace(box, x=box.x + dx, y=box.y + dy))
        self.carry_bends(moved, dx, dy)

    def carry_bends(self, ids: Iterable[str], dx: float, dy: float) -> None:
        """Move the bends of transitions along that have both ends among states that are moved by this."""
        moved = set(ids)
        for each in {**self.diagram.bends, **self.new_bends}:
            transition, bends = self.chart.transitions.get(each), self.get_bends(each)
            if transition is None or bends is None or not bends.points:
                continue
            ends = (transition.source, *transition.targets)
            if all(self._is_in(end, moved) for end in ends) and not self._is_in(
                queries.container(self.chart, transition), moved
            ):
                self.put_bends(each, moved_bends(bends, dx, dy))

    def _is_in(self, id: str, roots: set[str]) -> bool:
        if id not in self.chart.states:
            return False
        return id in roots or any(state.id in roots for state in self.chart.ancestors(id))

    def fit_text(self, id: str, measure: Measure) -> None:
        """Grow a state until it holds its text; those beside it step aside. Then `fit` it."""
        box = self.get(id)
        if box is not None:
            width, height = sizes.state_size(self.chart, id, measure)
            self.put(id, replace(box, width=max(box.width, width), height=max(box.height, height)))
            stepping_aside.make_room(self, id, box.rect)

    def fit(self, id: str | None, measure: Measure) -> None:
        """Grow a state, and those around it, until they hold their children; what is inside stays in place.

        Those beside one that grows step aside.
        """
        while id is not None and id != self.chart.root_id:
            self._fit_one(id, measure)
            id = self.chart.states[id].parent

    def _fit_one(self, id: str, measure: Measure) -> None:
        box = self.get(id)
        around = self._around_children(id)
        if box is None or around is None:
            return
        header = sizes.header_height(self.chart, id, measure)
        if self.chart.states[id].kind is StateKind.PARALLEL:
            # regions lie at the border
            dx, dy = max(0.0, -around.x), max(0.0, header - around.y)
            right, bottom = max(box.width, around.right), max(box.height, around.bottom)
        else:
            top = header + PADDING / 2
            dx = max(0.0, PADDING - around.x) if around.x < PADDING / 2 else 0.0
            dy = max(0.0, top - around.y) if around.y < top - 8 else 0.0
            right = max(box.width, around.right + PADDING)
            bottom = max(box.height, around.bottom + PADDING)
        if box.initial is not None:
            dot = box.initial
            dx, dy = max(dx, EDGE - dot.x), max(dy, header + EDGE - dot.y)
            right, bottom = max(right, dot.x + EDGE), max(bottom, dot.y + EDGE)
        before = regions.inside(self, id)
        self.stretch(id, Rect(box.x - dx, box.y - dy, right + dx, bottom + dy))
        if self.chart.states[id].kind is StateKind.PARALLEL:
            regions.fill(self, id, box.rect, before, measure)
        regions.make_room(self, id, box.rect)
        stepping_aside.make_room(self, id, box.rect)

    def ground(self, id: str, measure: Measure) -> Rect | None:
        """Where in a state its children may lie, within it; None for the machine itself, where that has no end."""
        box = self.get(id)
        if box is None or id == self.chart.root_id:
            return None
        top = sizes.header_height(self.chart, id, measure) + EDGE
        return Rect(EDGE, top, box.width - 2 * EDGE, box.height - top - EDGE)

    def around_inside(self, id: str) -> Rect | None:
        """The smallest rectangle around what a state holds, within it: its children and its initial dot."""
        box, around = self.get(id), self._around_children(id)
        if box is None or box.initial is None or around is None:
            return around
        return around.united(Rect(box.initial.x, box.initial.y, 0, 0))

    def _around_children(self, id: str) -> Rect | None:
        held = (self.get(child.id) for child in self.chart.children(id))
        return Rect.around(box.rect for box in held if box is not None)
