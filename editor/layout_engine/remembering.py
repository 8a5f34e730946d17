"""What a plan is told of the drawing that is there, so that it can be kept: former routes, labels, and what is new."""

from __future__ import annotations

from dataclasses import replace

from editor.layout.frame import Frame
from editor.layout.paths import label_place, through
from editor.layout_engine.drawing import Path
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.model import queries
from editor.model.diagram import Bends

_SHARE = 0.5
"""How many of the lines the engine must have drawn for a drawing to be kept: what was only sketched is drawn anew."""


def remembered(plan: Plan, frame: Frame) -> Plan:
    """The plan with the routes of lines that the engine has drawn, and without the places of boxes that it has not.

    A box was not drawn by it where it has lines and none of these was. The plan stays as it is where most of the chart
    was not drawn by the engine.
    """
    edges = tuple(_remembered(edge, frame) for edge in plan.edges)
    wanted = [edge for edge in edges if edge.is_wanted]
    drawn = [edge for edge in wanted if edge.was]
    if not drawn or len(drawn) < _SHARE * len(wanted):
        return plan
    known = {id for edge in drawn for id in (*plan.line(edge.source), *plan.line(edge.target))}
    met = {id for edge in wanted for id in (*plan.line(edge.source), *plan.line(edge.target))}
    return Plan(root=_without_places(plan.root, met - known), edges=edges, keeps=True)


def _remembered(edge: Edge, frame: Frame) -> Edge:
    bends = frame.diagram.bends.get(edge.id)
    if not edge.is_wanted or bends is None or not bends.auto or not bends.points:
        return edge
    route = drawn_by(frame, edge.id, bends)
    if route is None or len(set(route)) < 2:  # way points of another machine may lead nowhere
        return edge
    label = label_place(route, edge.label, bends.label) if edge.label[0] and bends.label is not None else None
    return replace(edge, was=route, label_at=label)


def drawn_by(frame: Frame, id: str, bends: Bends) -> Path | None:
    """The route along which way points lead a line; None where an end of it is not drawn."""
    transition = frame.chart.transitions[id]
    start, ends = frame.start(transition), frame.ends(transition)
    if start is None or not ends or not bends.points:
        return None
    origin = frame.origin(queries.container(frame.chart, transition))
    return through(start, [point.moved(origin.x, origin.y) for point in bends.points], ends[0][1])


def _without_places(node: Node, ids: set[str]) -> Node:
    """A box with the children that are among the ids without places, if all in them are too; regions stay."""
    children = tuple(_without_places(child, ids) for child in node.children)
    if node.kind is not NodeKind.PARALLEL:
        children = tuple(
            replace(child, place=None) if child.id in ids and _is_loose(child) else child
            for child in children
        )
    return replace(node, children=children)


def _is_loose(node: Node) -> bool:
    return not node.is_pinned and all(
        child.place is None for child in node.children if child.kind is not NodeKind.DOT
    )
