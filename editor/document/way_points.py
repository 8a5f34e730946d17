"""The way points of transitions that were placed by hand, where they are in the chart."""

from __future__ import annotations

from editor.document.boxes import Boxes
from editor.geometry import Point
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram


def by_hand(chart: Chart, diagram: Diagram, id: str) -> tuple[Point, ...]:
    """Those of a transition, absolute; none where the way is the routing's, or was taken from a proposed drawing."""
    bends, transition = diagram.bends.get(id), chart.transitions.get(id)
    if bends is None or bends.auto or not bends.points or transition is None:
        return ()
    origin = Boxes(chart, diagram).origin(queries.container(chart, transition))
    return tuple(point.moved(*origin) for point in bends.points)
