"""From a drawing to a diagram: boxes relative to their parents, way points and places of labels relative to routes."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.frame import Frame
from editor.layout.paths import along, label_place, length, through
from editor.layout.sizes import Measure
from editor.layout_engine.drawing import Drawing, Path
from editor.layout_engine.plan import NodeKind, Plan
from editor.layout_engine.reading import DOT_OF
from editor.layout_engine.remembering import drawn_by
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Label
from editor.model.elements import ROOT, Transition

_STEP = 1.0
_LEAST = 1e-6


def diagram_of(chart: Chart, before: Diagram, plan: Plan, drawing: Drawing, measure: Measure) -> Diagram:
    """The diagram with the places of a drawing; tints, notes and all else stay as they were."""
    made = before.copy()
    for node in plan.nodes.values():
        if node.id in drawing.rects and node.kind is not NodeKind.DOT and node.id != chart.root_id:
            _put_box(chart, made, plan, drawing, node.id, measure)
    for node in plan.nodes.values():
        if node.kind is NodeKind.DOT and node.id in drawing.rects:
            _put_dot(chart, made, plan, drawing, node.id.removeprefix(DOT_OF))
    former, frame = Frame(chart, before, measure), Frame(chart, made, measure)
    wanted = {edge.id for edge in plan.edges if edge.is_wanted}
    for transition in chart.transitions.values():
        if transition.id in wanted:
            put_bends(frame, made, transition, drawing)
        elif may_have_moved(chart, plan, transition) and not (
            plan.keeps and _stays(former, frame, transition)
        ):
            _drop_points(made, transition.id)
    return made


def may_have_moved(chart: Chart, plan: Plan, transition: Transition) -> bool:
    """Whether way points of a line that is not the engine's would no longer fit."""
    ends = {transition.source, *transition.targets} & plan.nodes.keys()
    if all(plan.nodes[id].is_pinned for id in ends):
        return False
    container = queries.container(chart, transition)
    return any(node.moving for node in plan.nodes[container].walk())


def _stays(former: Frame, frame: Frame, transition: Transition) -> bool:
    """Whether the ends of a line are where they were, in what it lies in."""
    host = queries.container(frame.chart, transition)
    ends = [id for id in (transition.source, *transition.targets) if id in frame.chart.states]
    return all(_within(former, host, id) == _within(frame, host, id) for id in ends)


def _within(frame: Frame, host: str, id: str) -> Rect | None:
    """Where a state is in one that is around it, or itself."""
    rect, at = frame.card(id), frame.origin(host)
    return None if rect is None else rect.moved(-at.x, -at.y)


def _drop_points(made: Diagram, id: str) -> None:
    bends = made.bends.get(id)
    if bends is not None:
        kept = replace(bends, points=(), label=None)
        made.put_bends(id, kept if kept.extra else None)


def _put_box(chart: Chart, made: Diagram, plan: Plan, drawing: Drawing, id: str, measure: Measure) -> None:
    rect, old = drawing.rects[id], made.boxes.get(id)
    if plan.nodes[id].kind is NodeKind.RING:
        stays = id not in plan.nodes[plan.parents[id]].moving
        size = (old.width, old.height) if stays and old is not None else sizes.state_size(chart, id, measure)
        rect = _card_of_ring(rect, size)
    above = drawing.rects[plan.parents[id]]
    at = rect.moved(-above.x, -above.y)
    if old is None:
        made.put_box(id, Box(id=id, x=at.x, y=at.y, width=at.width, height=at.height, auto=True))
    elif not _is_same(old.rect, at):
        made.put_box(id, replace(old, x=at.x, y=at.y, width=at.width, height=at.height, auto=True))


def _is_same(one: Rect, other: Rect) -> bool:
    """Whether two rectangles differ by no more than sums of their numbers may."""
    return all(abs(a - b) < _LEAST for a, b in zip(one, other, strict=True))


def _card_of_ring(ring: Rect, size: tuple[float, float]) -> Rect:
    """The card of a size, of a final or history state whose ring lies somewhere."""
    inner = sizes.ring(Rect(0, 0, *size))
    return Rect(ring.x - inner.x, ring.y - inner.y, *size)


def _put_dot(chart: Chart, made: Diagram, plan: Plan, drawing: Drawing, id: str) -> None:
    if DOT_OF + id not in plan.nodes[id].moving:
        return
    middle, above = drawing.rects[DOT_OF + id].center, drawing.rects[id]
    at = Point(middle.x - above.x, middle.y - above.y)
    box = made.boxes.get(id)
    if id == chart.root_id:
        root = box or Box(id=ROOT, x=0, y=0, width=0, height=0)
        made.put_box(id, replace(root, initial=at))
    elif box is not None:
        made.put_box(id, replace(box, initial=at))


def put_bends(frame: Frame, made: Diagram, transition: Transition, drawing: Drawing) -> None:
    """The way points of a route, so that the canvas draws it as it is, and where its label is on it."""
    route = drawing.routes[transition.id]
    start, ends = frame.start(transition), frame.ends(transition)
    if start is None or not ends:
        return
    points = way_points(start, route, ends[0][1])
    path = through(start, points, ends[0][1])
    old = made.bends.get(transition.id)
    origin = frame.origin(queries.container(frame.chart, transition))
    label = drawing.labels.get(transition.id)
    if old is not None and _leads_so(frame, old, path, label):
        return
    made.put_bends(
        transition.id,
        Bends(
            id=transition.id,
            points=tuple(point.moved(-origin.x, -origin.y) for point in points),
            auto=True,
            label=_label(path, label) if label is not None else None,
            extra=old.extra if old is not None else (),
        ),
    )


def _leads_so(frame: Frame, bends: Bends, path: Path, label: Rect | None) -> bool:
    """Whether way points that are there lead a line along a path, with its label where it is wanted."""
    if not bends.auto or drawn_by(frame, bends.id, bends) != path:
        return False
    if label is None or bends.label is None:
        return label is None and bends.label is None
    return _is_same(label_place(path, label[2:], bends.label), label)


def way_points(start: Rect, route: Path, end: Rect) -> tuple[Point, ...]:
    """The fewest points of a route that lead the canvas along it.

    Its corners; a place in the middle of one that has none; and a place beside an end where the canvas would meet the
    box at another side.
    """
    inner = route[1:-1]
    if not inner:
        a, b = route[0], route[-1]
        # a whole number along the line, and across it the line's own: off it there would be corners
        middle = a.x if a.x == b.x else round((a.x + b.x) / 2), a.y if a.y == b.y else round((a.y + b.y) / 2)
        inner = (Point(*middle),)
    if through(start, inner, end)[0] != route[0]:
        inner = (_beside(route[0], inner[0]), *inner)
    if through(start, inner, end)[-1] != route[-1]:
        inner = (*inner, _beside(route[-1], inner[-1]))
    return inner


def _beside(end: Point, next: Point) -> Point:
    """A step from an end towards the next point."""
    if abs(next.x - end.x) >= abs(next.y - end.y):
        return Point(end.x + (_STEP if next.x > end.x else -_STEP), end.y)
    return Point(end.x, end.y + (_STEP if next.y > end.y else -_STEP))


def _label(path: Path, rect: Rect) -> Label:
    """Where a label is, by the nearest place on its path."""
    middle = rect.center
    total = length(path) or 1.0
    best, share, walked = float("inf"), 0.5, 0.0
    for a, b in pairwise(path):
        x = min(max(middle.x, min(a.x, b.x)), max(a.x, b.x))
        y = min(max(middle.y, min(a.y, b.y)), max(a.y, b.y))
        far = abs(x - middle.x) + abs(y - middle.y)
        if far < best:
            best, share = far, (walked + abs(x - a.x) + abs(y - a.y)) / total
        walked += abs(a.x - b.x) + abs(a.y - b.y)
    share = round(min(max(share, 0.0), 1.0), 3)
    at = along(path, share)
    return Label(along=share, dx=middle.x - at.x, dy=middle.y - at.y)
