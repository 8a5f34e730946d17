"""Lines of a drawing of which states alone were placed: led here as the canvas would lead them.

Leading many lines with care takes tenths of a second. A window that has to do it first to show the drawing would stand
still meanwhile; whoever makes the drawing is not waited for like that.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    ids = unled(diagram, plan)
    return written(chart, diagram, routed(chart, diagram, ids, measure), measure) if ids else diagram


def unled(diagram: Diagram, plan: Plan) -> list[str]:
    """The lines that a plan is about and that have no way points."""
    return [edge.id for edge in plan.edges if edge.is_wanted and edge.id not in diagram.bends]


def routed(chart: Chart, diagram: Diagram, ids: Sequence[str], measure: Measure) -> Drawing:
    """Routes and labels of lines as the canvas would lead them; none for a chart with too many of them."""
    drawing = Drawing()
    if len(chart.transitions) > MOST:
        return drawing
    for id, route in routing.as_drawn(chart, diagram, ids, measure).items():
        if route.ends_inside or len(route.paths) != 1:
            continue
        drawing.routes[id] = route.paths[0]
        if route.label.width:
            drawing.labels[id] = route.label
    return drawing


def written(chart: Chart, diagram: Diagram, drawing: Drawing, measure: Measure) -> Diagram:
    """The diagram with way points that lead lines along their routes."""
    made = diagram.copy()
    frame = Frame(chart, made, measure)
    for id in drawing.routes:
        put_bends(frame, made, chart.transitions[id], drawing)
    return made
