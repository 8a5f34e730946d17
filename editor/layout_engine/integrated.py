"""The manner “integrated”: the whole chart in one go, by ELK alone, which gives the fewest crossings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from editor.layout_engine import elk, regions
from editor.layout_engine.checks import on_border
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.finishing import finish, settle
from editor.layout_engine.levels import Engine
from editor.layout_engine.plan import Edge, NodeKind, Plan


def draw(plan: Plan, engine: Engine, direction: str) -> Drawing:
    """A drawing of a plan in which everything may move.

    Raises:
        ValueError: ELK gave none.
    """
    edges_of = _edges_by_container(plan)
    drawing = elk.read(engine.place(elk.whole_chart(plan.root, edges_of, {}, direction)))
    stacks = _stacks(plan, drawing) if direction == elk.DOWN else {}
    if stacks:
        drawing = elk.read(engine.place(elk.whole_chart(plan.root, edges_of, stacks, direction)))
    for id in [id for id in drawing.rects if id.startswith(elk.STACK)]:
        del drawing.rects[id]
    if drawing.rects.keys() != plan.nodes.keys():
        raise ValueError("ELK left out states.")
    for node in plan.nodes.values():
        if node.kind is NodeKind.PARALLEL:
            alone = [[child.id] for child in node.children if child.kind is NodeKind.REGION]
            drawing.rects |= regions.stretched(node, drawing.rects, stacks.get(node.id, alone))
    unwanted = {edge.id for edge in plan.edges if not edge.is_wanted}
    for id in unwanted:
        drawing.routes.pop(id, None)
        drawing.labels.pop(id, None)
    _drop_cut_off(plan, drawing)
    finish(plan, drawing, engine)
    settle(plan, drawing)
    return drawing


def _drop_cut_off(plan: Plan, drawing: Drawing) -> None:
    """Forget routes that end inside of regions which have grown over them: they are routed anew."""
    for edge in plan.edges:
        route = drawing.routes.get(edge.id)
        if route is None or edge.start is not None:
            continue
        ends = (edge.source, route[0]), (edge.target, route[-1])
        if not all(on_border(drawing.rects[id], at) for id, at in ends):
            del drawing.routes[edge.id]
            drawing.labels.pop(edge.id, None)


def _edges_by_container(plan: Plan) -> dict[str, list[Edge]]:
    """The lines by the innermost container around both ends, which is one of the ends where it holds the other."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in plan.edges:
        if edge.start is not None:
            continue
        source, target = plan.line(edge.source), plan.line(edge.target)
        fork = plan.fork(edge.source, edge.target)
        around = source[:fork]
        if edge.source == edge.target:
            around = around[:-1]
        elif fork in (len(source), len(target)):
            around = around[:-1] if len(around) > 1 else around
        if around:
            found[around[-1]].append(replace(edge))
    return found


def _stacks(plan: Plan, drawing: Drawing) -> dict[str, list[list[str]]]:
    """Where it pays to put regions on top of each other, from what a first pass found."""
    sizes = {id: (rect.width, rect.height) for id, rect in drawing.rects.items()}
    crossing = regions.crossings(plan)
    found = {}
    for node in plan.nodes.values():
        if node.kind is NodeKind.PARALLEL and len(node.children) > 2:
            stacks = regions.stacks_of(node, sizes, crossing)
            if any(len(stack) > 1 for stack in stacks):
                found[node.id] = stacks
    return found
