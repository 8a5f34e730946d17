from __future__ import annotations

from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.routing import route
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.options import Options
from editor.layout_engine.plan import Plan
from editor.layout_engine.reading import FORK, plan_of
from editor.layout_engine.unasked import step_aside
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE

FORKED = """
initial: a
states:
  a: {on: {BOTH: {target: [p.r.x, p.s.y]}}}
  b: {on: {GO: c}}
  c: {}
  p:
    type: parallel
    states: {r: {initial: x, states: {x: {}}}, s: {initial: y, states: {y: {}}}}
"""
PLACES = {
    "a": (0, 0, 96, 40), "b": (-300, 150, 96, 40), "c": (700, 150, 96, 40), "p": (-100, 300, 500, 200),
    "p.r": (0, 32, 250, 168), "p.s": (250, 32, 250, 168), "p.r.x": (40, 60, 96, 40), "p.s.y": (40, 60, 96, 40),
}  # fmt: skip


def placed() -> tuple[Chart, Diagram, Plan, Drawing]:
    made, diagram, drawing = chart(FORKED), Diagram(), Drawing()
    for path, (x, y, width, height) in PLACES.items():
        id = id_of(made, path)
        diagram.put_box(id, Box(id=id, x=x, y=y, width=width, height=height))
        above = drawing.rects.get(made.states[id].parent or "", Rect(0, 0, 0, 0))
        drawing.rects[id] = Rect(x + above.x, y + above.y, width, height)
    plan = plan_of(made, diagram, MEASURE, Options())
    [line] = [edge for edge in plan.edges if edge.is_wanted]
    drawing.routes[line.id] = (Point(-204, 170), Point(700, 170))
    return made, diagram, plan, drawing


def test_labels_step_off_lines_with_several_targets() -> None:
    made, diagram, plan, drawing = placed()
    [line] = [edge for edge in plan.edges if edge.is_wanted]
    [fork] = [each for id, each in route(made, diagram, None, MEASURE).items() if len(each.paths) == 2]
    crossed = next(a.x for path in fork.paths for a, b in pairwise(path)
                   if a.x == b.x and min(a.y, b.y) < 170 < max(a.y, b.y))  # fmt: skip
    width, height = line.label
    drawing.labels[line.id] = Rect(crossed - width / 2, 170 - height / 2, width, height)
    assert step_aside(made, diagram, plan, drawing, MEASURE)
    label = drawing.labels[line.id]
    assert not label.x <= crossed <= label.right
    assert sum(FORK in id for id in drawing.routes) == 2


def test_labels_that_no_such_line_meets_stay() -> None:
    made, diagram, plan, drawing = placed()
    [line] = [edge for edge in plan.edges if edge.is_wanted]
    drawing.labels[line.id] = Rect(600, 160, *line.label)
    assert not step_aside(made, diagram, plan, drawing, MEASURE)
    assert drawing.labels[line.id].x == 600
