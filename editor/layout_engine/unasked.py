"""Lines that the engine is not asked for, such as those with several targets: the canvas draws them, and labels of
others step off them."""

from __future__ import annotations

from editor.layout.routing import route
from editor.layout.sizes import Measure
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.labels import LabelPlaces
from editor.layout_engine.plan import Plan
from editor.layout_engine.reading import FORK
from editor.layout_engine.retracing import is_retraced
from editor.model.chart import Chart
from editor.model.diagram import Diagram

_MOST = 300
"""Boxes of a chart up to which the canvas's routes are asked for, which takes time."""


def step_aside(chart: Chart, diagram: Diagram, plan: Plan, drawing: Drawing, measure: Measure) -> bool:
    """Move labels of a drawing off what the canvas draws by itself in a diagram made of it; whether any was moved."""
    forks = [each.id for each in chart.transitions.values() if len(each.targets) > 1]
    if not forks or len(plan.nodes) > _MOST:
        return False
    routes = route(chart, diagram, None, measure)
    for id in forks:
        found = routes.get(id)
        if found is None or found.ends_inside:
            continue
        for number, path in enumerate(found.paths):
            drawing.routes[f"{id}{FORK}{number}"] = path
        if found.label.width:
            drawing.labels[f"{id}{FORK}0"] = found.label
    before = dict(drawing.labels)
    LabelPlaces(plan, drawing).settle(
        [edge for edge in plan.edges if edge.is_wanted and not is_retraced(edge, drawing)]
    )
    return drawing.labels != before
