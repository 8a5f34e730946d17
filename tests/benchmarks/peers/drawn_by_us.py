"""A chart as we draw it: the proposal in levels mode, as the canvas paints it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from editor.canvas import render
from editor.canvas.measure import FontMeasure
from editor.formats import native
from editor.geometry import Point
from editor.layout.frame import DOT, Frame
from editor.layout.routing import as_drawn
from editor.layout_engine.options import Direction, Mode, Options, Rung
from editor.layout_engine.rungs import propose
from editor.layout_engine.warm import Warm
from editor.model import chart as ours
from editor.model.diagram import Diagram
from editor.model.labels import label_text
from tests.benchmarks.layout_charts import Chart
from tests.benchmarks.layout_scorer import Laid
from tests.benchmarks.peers import charted

SUFFIX = ".yaml"
TEXT = 13.0
"""Size of the text, by which areas are compared."""


def draw(chart: Chart, folder: Path, warm: Warm) -> Laid:
    """Write the machine and its picture into a folder; returns where everything is."""
    text = charted.machine(chart)
    (folder / f"{chart.name}{SUFFIX}").write_text(text, encoding="utf-8")
    made = native.read(text, name=f"{chart.name}{SUFFIX}").chart
    measure = FontMeasure()
    options = Options(mode=Mode.LEVELS, direction=Direction.AUTO)
    proposal = propose(made, Diagram(), options, warm, measure)
    if proposal.rung is not Rung.LEVELS:
        raise RuntimeError(f"{chart.name} was drawn by {proposal.rung.value}: {proposal.why}")
    render.render(made, proposal.diagram, folder / f"{chart.name}.ours.png", scale=2)
    return _laid(chart, made, proposal.diagram, measure)


def _laid(chart: Chart, made: ours.Chart, diagram: Diagram, measure: FontMeasure) -> Laid:
    frame = Frame(made, diagram, measure)
    routes = as_drawn(made, diagram, None, measure)
    names = {id: _name(state) for id, state in made.states.items()}
    laid = Laid()
    for id, name in names.items():
        rect = frame.rect(id)
        if rect is not None:
            laid.nodes[name] = (rect.x, rect.y, rect.width, rect.height)
    lines: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    dots: dict[str, tuple[str, str]] = {}
    parents = chart.parents()
    kinds = {id: state.kind for id, state in chart.states().items()}
    for line in chart.transitions:
        if kinds[line.src] == "initial":
            dots[parents[line.src] or "root"] = (line.id, line.src)
        else:
            lines[line.src, line.dst, _bare(line.label)].append(line.id)
    for id, transition in made.transitions.items():
        route = routes[id]
        path = route.paths[0]
        source, target = names[transition.source], names[transition.targets[0]]
        if transition.is_pseudo:
            line, dot = dots[source]
            laid.nodes[dot] = (path[0].x - DOT, path[0].y - DOT, 2 * DOT, 2 * DOT)
            laid.edges[line] = [_off(path[0], path[1]), *map(tuple, path[1:])]
            continue
        line = lines[source, target, _bare(label_text(made, transition))].pop(0)
        laid.edges[line] = [(at.x, at.y) for at in path]
        if route.label.width:
            laid.labels[line] = (route.label.x, route.label.y, route.label.width, route.label.height)
    left = [id for ids in lines.values() for id in ids]
    if left:
        raise RuntimeError(f"{chart.name}: {left} are not drawn.")
    return laid


def _name(state: object) -> str:
    return str(getattr(state, "declared_id", None) or "root")


def _bare(text: str) -> str:
    return "".join(text.split()).removeprefix("always")


def _off(dot: Point, towards: Point) -> tuple[float, float]:
    """Where a line leaves a dot, from whose middle we draw it."""
    x, y = towards.x - dot.x, towards.y - dot.y
    length = max(1e-6, (x * x + y * y) ** 0.5)
    return dot.x + x / length * DOT, dot.y + y / length * DOT
