"""Lines of a drawing of which states alone were placed: led here as the canvas would lead them.

Leading many lines with care takes tenths of a second. A window that has to do it first to show the drawing would stand
still meanwhile; whoever makes the drawing is not waited for like that.
"""

from __future__ import annotations

from editor.layout import routing
from editor.layout.frame import Frame
from editor.layout.sizes import Measure
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.plan import Plan
from editor.layout_engine.writing import put_bends
from editor.model.chart import Chart
from editor.model.diagram import Diagram

MOST = 2_000
"""Transitions of a chart above which the canvas leads only those in sight, by rules of thumb."""


def led(chart: Chart, diagram: Diagram, plan: Plan, measure: Measure) -> Diagram:
    """The diagram with way points for the lines that a plan is about and that have none."""
    ids = [edge.id for edge in plan.edges if edge.is_wanted and edge.id not in diagram.bends]
    if not ids or len(chart.transitions) > MOST:
        return diagram
    routes = routing.as_drawn(chart, diagram, ids, measure)
    made = diagram.copy()
    frame, drawing = Frame(chart, made, measure), Drawing()
    for id in ids:
        route = routes.get(id)
        if route is None or route.ends_inside or len(route.paths) != 1:
            continue
        drawing.routes[id] = route.paths[0]
        if route.label.width:
            drawing.labels[id] = route.label
        put_bends(frame, made, chart.transitions[id], drawing)
    return made
