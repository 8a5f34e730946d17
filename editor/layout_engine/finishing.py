"""What is left when the boxes stand: lines that ELK did not draw, initial arrows, and labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from editor.geometry import Point, Rect
from editor.layout.frame import arrow
from editor.layout_engine import avoid, bands
from editor.layout_engine.arrows import place_dots
from editor.layout_engine.checks import on_border
from editor.layout_engine.drawing import Drawing, Lane, whole
from editor.layout_engine.labels import LabelPlaces
from editor.layout_engine.plan import Edge, NodeKind, Plan
from editor.layout_engine.shifting import Shifting

_OUT = 16.0


class Router(Protocol):
    """What routes lines among boxes that stay."""

    def route(self, request: dict[str, Any]) -> dict[str, Any]:
        """What libavoid makes of lines among boxes."""


def finish(
    plan: Plan,
    drawing: Drawing,
    router: Router,
    lanes: Mapping[str, Lane] | None = None,
    kept: Collection[str] = (),
) -> None:
    """Route each wanted line that has no route, let initial arrows begin where they are free, and place labels.

    Lines between regions run in the band above these. Lines that are `kept` stay as they are, with their labels.

    Raises:
        ValueError: the router gave no answer that can be used.
    """
    banded = bands.draw(plan, drawing)
    left = [edge for edge in plan.edges if edge.is_wanted and edge.id not in drawing.routes]
    for edge in left:
        drawing.labels.pop(edge.id, None)
        if edge.source == edge.target:
            drawing.routes[edge.id] = loop(drawing.rects[edge.source], edge)
    open_lanes = {edge.id: lanes[edge.id] for edge in left if lanes and edge.id in lanes}
    for id, lane in open_lanes.items():
        drawing.labels[id] = lane.rect
    place_dots(plan, drawing)
    for request in avoid.requests(plan, drawing, left, open_lanes):
        avoid.read(router.route(request.to_data()), drawing)
    _mend(plan, drawing, left)
    fixed = banded.union(kept)
    Shifting(plan, drawing).improve([edge for edge in plan.edges if edge.is_wanted and edge.id not in fixed])
    place_dots(plan, drawing)  # again, for what was routed may meet an arrow
    draw_arrows(plan, drawing)
    loose = [edge for edge in plan.edges if edge.is_wanted and edge.was and edge.id not in drawing.labels]
    unplaced = {edge.id: edge for edge in (*loose, *left) if edge.id not in open_lanes}
    LabelPlaces(plan, drawing).place(unplaced.values())


def settle(plan: Plan, drawing: Drawing, kept: Collection[str] = ()) -> None:
    """Free labels that lie on something: they are moved along their lines, then the lines under them aside.

    Lines that are `kept` stay as they are, with their labels.
    """
    wanted = {
        edge.id: edge
        for edge in plan.edges
        if edge.is_wanted and edge.id in drawing.routes and edge.id not in kept
    }
    left = LabelPlaces(plan, drawing).settle(wanted.values())
    if left:
        places = LabelPlaces(plan, drawing)
        lines = {id for edge in left for id in (edge.id, *places.crossed_by(edge))}
        Shifting(plan, drawing).improve([edge for edge in wanted.values() if edge.id in lines])
        draw_arrows(plan, drawing)
        LabelPlaces(plan, drawing).settle(left)


def _mend(plan: Plan, drawing: Drawing, edges: list[Edge]) -> None:
    """Draw lines between a box and one around it straight where libavoid moved the end off the border."""
    for edge in edges:
        if edge.start is not None or edge.source == edge.target:
            continue
        route = drawing.routes.get(edge.id, ())
        start, end = drawing.rects[edge.source], drawing.rects[edge.target]
        if len(route) > 1 and on_border(start, route[0]) and on_border(end, route[-1]):
            continue
        if edge.target in plan.line(edge.source):
            drawing.routes[edge.id] = _straight(start, end)
        elif edge.source in plan.line(edge.target):
            drawing.routes[edge.id] = _straight(end, start)[::-1]


def _straight(inner: Rect, outer: Rect) -> tuple[Point, ...]:
    """From a box to the nearest place on the border of one around it."""
    middle = Point(whole(inner.center.x), whole(inner.center.y))
    end = avoid.nearest(outer, middle)
    if end.y == middle.y:
        return Point(inner.x if end.x < middle.x else inner.right, end.y), end
    return Point(end.x, inner.y if end.y < middle.y else inner.bottom), end


def draw_arrows(plan: Plan, drawing: Drawing) -> None:
    """Give initial arrows the routes that the canvas draws: from the middle of their dot."""
    for edge in plan.edges:
        if plan.nodes[edge.source].kind is NodeKind.DOT and edge.source in drawing.rects:
            drawing.routes[edge.id] = arrow(drawing.rects[edge.source].center, drawing.rects[edge.target])


def loop(rect: Rect, edge: Edge) -> tuple[Point, ...]:
    """A line from a box back to it, on its right side."""
    top, bottom = round(rect.y + rect.height * 0.3), round(rect.y + rect.height * 0.7)
    out = rect.right + _OUT
    return Point(rect.right, top), Point(out, top), Point(out, bottom), Point(rect.right, bottom)
