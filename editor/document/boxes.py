"""Arithmetic over boxes that planners share: where a box is, what parents need to hold their children."""

from __future__ import annotations

from dataclasses import replace

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import BoxChange
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram

PADDING = 24.0


class Boxes:
    """The boxes of a diagram with some of them changed, not written yet."""

    def __init__(self, chart: Chart, diagram: Diagram) -> None:
        self.chart = chart
        self.diagram = diagram
        self.new: dict[str, Box | None] = {}

    def get(self, id: str) -> Box | None:
        """A box as it will be."""
        return self.new[id] if id in self.new else self.diagram.boxes.get(id)

    def put(self, id: str, box: Box | None) -> None:
        """Set a box."""
        self.new[id] = box

    def changes(self) -> list[BoxChange]:
        """What is to be written."""
        boxes = self.diagram.boxes
        return [BoxChange(id, boxes.get(id), box) for id, box in self.new.items() if boxes.get(id) != box]

    def origin(self, id: str | None) -> Point:
        """The absolute top left corner of a state; the chart's own for the root."""
        x = y = 0.0
        for each in queries.lineage(self.chart, id) if id is not None else ():
            box = self.get(each)
            if box is not None:
                x, y = x + box.x, y + box.y
        return Point(x, y)

    def fit(self, id: str | None, measure: Measure, chart: Chart | None = None) -> None:
        """Grow a state, and those around it, until they hold their children; what is inside stays in place."""
        chart = chart or self.chart
        while id is not None and id != chart.root_id:
            self._fit_one(chart, id, measure)
            id = chart.states[id].parent

    def _fit_one(self, chart: Chart, id: str, measure: Measure) -> None:
        box = self.get(id)
        held = [
            (child.id, found) for child in chart.children(id) if (found := self.get(child.id)) is not None
        ]
        around = Rect.around(found.rect for _, found in held)
        if box is None or around is None:
            return
        top = sizes.header_height(chart, id, measure) + PADDING / 2
        dx = max(0.0, PADDING - around.x) if around.x < PADDING / 2 else 0.0
        dy = max(0.0, top - around.y) if around.y < top - 8 else 0.0
        if dx or dy:
            for child, found in held:
                self.put(child, replace(found, x=found.x + dx, y=found.y + dy))
            box = replace(box, x=box.x - dx, y=box.y - dy)
            if box.initial is not None:
                box = replace(box, initial=box.initial.moved(dx, dy))
        width = max(box.width + dx, around.right + dx + PADDING)
        height = max(box.height + dy, around.bottom + dy + PADDING)
        self.put(id, replace(box, width=width, height=height))
