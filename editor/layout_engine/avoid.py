"""What libavoid is asked: lines round boxes that stay, one request for all lines that may pass the same containers.

The library's build for JavaScript has no clusters. So each line sees the chart through the set of containers it has to
pass: these are open, everything else in them is one solid box.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing, Lane, straightened
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan

_NEAR_LABEL = 10.0
_FEW = 2_000
_ASIDE = 60.0
_ALL, _NO_BOTTOM, _TOP = "TBLR", "TLR", "T"
_BESIDE, _FEW_ENDS = 24.0, 3
"""How far a name reaches beyond the ring above it, in chart units, before lines reach that from above alone; and how
many lines may, which are no longer told from each other when they are more."""


End = str | Point | tuple[str, str]
"""Where a line may end: at a box, at a point, or at some sides of a box."""
AFTER = "after:"
"""What the id of the second piece of a line begins with that is routed through its label."""


@dataclass(slots=True)
class Request:
    """Lines that are routed together, and the boxes in their way, by id."""

    shapes: dict[str, Rect] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    ends: list[tuple[str, End, End]] = field(default_factory=list)

    def to_data(self) -> dict[str, Any]:
        """As the worker's script has it."""
        ends = {end if isinstance(end, str) else end[0] for _, *both in self.ends for end in both}
        return {
            # a pin where no line ends has libavoid look at twice as many ways, and none of them is taken
            "shapes": [
                [id, *rect, self.pins.get(id, _ALL) if id in ends else ""] for id, rect in self.shapes.items()
            ],
            "lines": [[id, a, b] for id, a, b in self.ends],
        }


def requests(
    plan: Plan, drawing: Drawing, wanted: Iterable[Edge], lanes: Mapping[str, Lane] | None = None
) -> list[Request]:
    """What to ask for the wanted lines; loops are left out. Labels that are there stand in the way.

    Lines with a lane are routed through it, in two pieces.
    """
    lanes = lanes or {}
    rects = drawing.rects
    groups: dict[frozenset[str], list[Edge]] = defaultdict(list)
    for edge in wanted:
        if edge.source != edge.target:
            groups[passed(plan, edge)].append(edge)
    labels = _labels_by_container(plan, drawing, lanes)
    return [_request(plan, rects, open_, edges, labels, lanes) for open_, edges in groups.items()]


def passed(plan: Plan, edge: Edge) -> frozenset[str]:
    """The containers that a line passes, the innermost around both ends among them."""
    source, target = plan.line(edge.source), plan.line(edge.target)
    fork = plan.fork(edge.source, edge.target)
    return frozenset(source[fork - 1 : -1]) | frozenset(target[fork - 1 : -1])


def _labels_by_container(
    plan: Plan, drawing: Drawing, lanes: Mapping[str, Lane]
) -> dict[str, list[tuple[str, Rect]]]:
    found: dict[str, list[tuple[str, Rect]]] = defaultdict(list)
    for edge in plan.edges:
        rect = drawing.labels.get(edge.id)
        if edge.id in lanes:
            found[lanes[edge.id].host].append((edge.id, lanes[edge.id].rect))
        elif rect is not None:
            fork = plan.fork(edge.source, edge.target)
            line = plan.line(edge.source)
            around = line[fork - 1] if fork < len(line) else line[max(0, fork - 2)]
            found[around].append((edge.id, rect))
    return found


def _request(
    plan: Plan,
    rects: Mapping[str, Rect],
    open_: frozenset[str],
    edges: list[Edge],
    labels: Mapping[str, list[tuple[str, Rect]]],
    lanes: Mapping[str, Lane],
) -> Request:
    made = Request()
    ends = Counter(id for edge in edges for id in (edge.source, edge.target))
    for host in sorted(open_):
        for child in plan.nodes[host].children:
            if child.id in rects and child.id not in open_:
                _add_box(made, child, rects[child.id], count=ends[child.id])
    solid = [rect.grown(_NEAR_LABEL) for rect in made.shapes.values()]
    if len(solid) <= _FEW:
        for host in sorted(open_):
            for id, rect in labels.get(host, ()):
                # an end inside of an obstacle makes libavoid go straight
                if not any(rect.intersects(each) for each in solid):
                    made.shapes[f"label:{id}"] = rect
    for edge in edges:
        lane = lanes.get(edge.id)
        if lane is None:
            source, target = (_end(made, rects, edge, each) for each in (edge.source, edge.target))
            made.ends.append((edge.id, source, target))
            continue
        key = f"label:{edge.id}"
        made.shapes[key] = lane.rect
        made.pins[key] = ""  # libavoid finds no way to pins of one kind beside those of another
        middle = lane.rect.center
        made.ends.append((edge.id, _end(made, rects, edge, edge.source, middle), (key, lane.enter)))
        made.ends.append((AFTER + edge.id, (key, lane.leave), _end(made, rects, edge, edge.target, middle)))
    return made


def _add_box(made: Request, node: Node, rect: Rect, *, count: int) -> None:
    made.shapes[node.id] = rect
    if node.kind is NodeKind.RING and node.name[0]:
        card = node.card(rect)
        if not count:  # between ring and name no line is to pass
            made.shapes[node.id] = card
            return
        made.shapes[f"name:{node.id}"] = Rect(card.x, rect.bottom + 1, card.width, card.bottom - rect.bottom)
        made.pins[node.id] = _NO_BOTTOM
        if count <= _FEW_ENDS and card.width > rect.width + 2 * _BESIDE:
            for side, x in (("left", card.x), ("right", rect.right + 1)):
                made.shapes[f"{side}:{node.id}"] = Rect(x, rect.y, rect.x - card.x - 1, rect.height)
            made.pins[node.id] = _TOP


def _end(made: Request, rects: Mapping[str, Rect], edge: Edge, id: str, towards: Point | None = None) -> str:
    if edge.start is not None and id == edge.source:
        key = f"port:{edge.id}"
        made.shapes[key] = edge.start
        return key
    if id in made.shapes:
        return id
    other = edge.target if id == edge.source else edge.source
    return _gate(made, edge, rects[id], nearest(rects[id], towards or rects.get(other, rects[id]).center))


def _gate(made: Request, edge: Edge, rect: Rect, at: Point) -> str:
    """A box beyond the border of a container that a line within it ends at, so that it does not run along there."""
    key = f"gate:{edge.id}"
    if at.x in (rect.x, rect.right):
        is_left = at.x == rect.x
        made.shapes[key] = Rect(at.x - 2 if is_left else at.x, at.y - 1, 2, 2)
        made.pins[key] = "R" if is_left else "L"
    else:
        is_top = at.y == rect.y
        made.shapes[key] = Rect(at.x - 1, at.y - 2 if is_top else at.y, 2, 2)
        made.pins[key] = "B" if is_top else "T"
    return key


def nearest(rect: Rect, at: Point) -> Point:
    """The place on the border of a box that is nearest to one inside of it; rather below, where labels have room."""
    ways = (
        (at.x - rect.x + _ASIDE, Point(rect.x, at.y)), (rect.right - at.x + _ASIDE, Point(rect.right, at.y)),
        (at.y - rect.y + _ASIDE, Point(at.x, rect.y)), (rect.bottom - at.y, Point(at.x, rect.bottom)),
    )  # fmt: skip
    return min(ways)[1]


def read(answer: Mapping[str, Any], drawing: Drawing) -> None:
    """Put the routes of an answer into a drawing.

    Raises:
        ValueError: it is none, or says that something is wrong.
    """
    if "error" in answer:
        raise ValueError(f"libavoid: {answer['error']}")
    routes: Mapping[str, list[tuple[float, float]]] = answer["routes"]
    for id, points in routes.items():
        if not id.startswith(AFTER):
            drawing.routes[id] = straightened(_joined(points, routes.get(AFTER + id)))


def _joined(
    one: list[tuple[float, float]], other: list[tuple[float, float]] | None
) -> list[tuple[float, float]]:
    """Two pieces of a line as one, level and upright in between."""
    if other is None:
        return one
    (ax, ay), (bx, by) = one[-1], other[0]
    if ax == bx or ay == by:
        return [*one, *other]
    is_level = len(one) > 1 and one[-2][1] == ay
    is_still_level = len(other) > 1 and other[1][1] == by
    if is_level and is_still_level:
        x = (ax + bx) / 2
        return [*one, (x, ay), (x, by), *other]
    if not is_level and not is_still_level:
        y = (ay + by) / 2
        return [*one, (ax, y), (bx, y), *other]
    return [*one, (bx, ay) if is_level else (ax, by), *other]
