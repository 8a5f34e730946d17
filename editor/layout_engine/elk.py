"""ELK's JSON: one container, or a whole chart, as a graph with options, and its answer as numbers.

The options are those that measurements of the layered algorithm of ELK 0.12 left over; several that its handbook
offers end in exceptions or never end once lines cross the borders of containers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from editor.geometry import Rect
from editor.layout_engine.drawing import Drawing, Path, straightened, whole
from editor.layout_engine.effort import points
from editor.layout_engine.ordering import flowing
from editor.layout_engine.plan import Edge, Node, NodeKind

Graph = dict[str, Any]
DOWN, RIGHT = "DOWN", "RIGHT"
SIDE = 16.0
"""Room between the border of a container and what is in it."""
TOP = 16.0
_LAYERED = "elk.layered."
_LABEL_AT = _LAYERED + "edgeLabels.centerLabelPlacementStrategy"
_CROWD = 6
"""Labels at one state from which on they need not stand in one row."""
_COMMON = {
    "elk.algorithm": "layered",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.randomSeed": "1",
    "elk.spacing.nodeNode": "24",
    "elk.spacing.edgeNode": "14",
    "elk.spacing.edgeEdge": "12",
    "elk.spacing.edgeLabel": "2",
    _LAYERED + "nodePlacement.strategy": "NETWORK_SIMPLEX",
    _LABEL_AT: "SPACE_EFFICIENT_LAYER",
}
_LEVELS = {
    **_COMMON,
    "elk.hierarchyHandling": "SEPARATE_CHILDREN",
    _LAYERED + "cycleBreaking.strategy": "MODEL_ORDER",
    _LAYERED + "considerModelOrder.strategy": "NODES_AND_EDGES",
}
_INTEGRATED = {
    **_COMMON,
    "elk.hierarchyHandling": "INCLUDE_CHILDREN",
    _LAYERED + "cycleBreaking.strategy": "DFS_NODE_ORDER",
    _LAYERED + "crossingMinimization.hierarchicalSweepiness": "0.5",
}
QUICK = {_LAYERED + "nodePlacement.strategy": "BRANDES_KOEPF", _LAYERED + "thoroughness": "2"}
"""What costs half as much, or less, and gives wider drawings."""
MANY = 300
"""States of a chart from which on the quicker options are taken."""
_BRISK = {_LAYERED + "nodePlacement.strategy": "LINEAR_SEGMENTS"}
FEW, SOME = 200, 1_500
"""Points to place (`effort`) up to which the narrowest drawing takes less than a second, and then a brisker one."""
_IN_ROOT = {"elk.json.shapeCoords": "ROOT", "elk.json.edgeCoords": "ROOT"}
_LAST = {_LAYERED + "layering.layerConstraint": "LAST"}
_FIRST = {_LAYERED + "layering.layerConstraint": "FIRST"}
_INLINE = {"elk.edgeLabels.inline": "true"}
_BELOW = {"elk.nodeLabels.placement": "OUTSIDE V_BOTTOM H_CENTER", "elk.spacing.labelNode": "2"}
GATE = "#gate"
"""What the ids of boxes begin with that stand for labels; the id of the line follows."""
STACK = "#stack"
"""What the ids of containers without a border begin with, which hold regions on top of each other."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A line between the border of a container and what is in a child of it."""

    edge: Edge
    child: str
    is_inward: bool


def container(
    node: Node,
    sizes: Mapping[str, tuple[float, float]],
    edges: Iterable[Edge],
    direction: str,
    only: Iterable[str] | None = None,
    gates: Iterable[Gate] = (),
    *,
    as_written: bool = False,
) -> Graph:
    """One container with its children as plain boxes; `only`: with some of them.

    Labels of lines to or from its border are boxes of their own. Lines flow from where the machine begins, or in the
    order of the chart `as_written`.
    """
    wanted = None if only is None else frozenset(only)
    children = [child for child in node.children if wanted is None or child.id in wanted]
    options = {**_LEVELS, "elk.direction": direction, "elk.padding": padding(node), **_IN_ROOT}
    lines = [_edge(edge) for edge in edges]
    boxes = [
        _leaf(child, *sizes[child.id]) for child in (children if as_written else _in_flow(children, lines))
    ]
    for gate in gates:
        id = GATE + gate.edge.id
        at = next(number for number, child in enumerate(boxes) if child["id"] == gate.child)
        width, height = gate.edge.label
        boxes.insert(at if gate.is_inward else at + 1, {"id": id, "width": width, "height": height})
        ends = (id, gate.child) if gate.is_inward else (gate.child, id)
        lines.append(_edge(Edge(id=gate.edge.id, source=ends[0], target=ends[1])))
    if direction == DOWN:
        _spread(lines)
    options |= _in_time(points([box["id"] for box in boxes], ends_of(lines)))
    return {"id": node.id, "layoutOptions": options, "children": boxes, "edges": lines}


def _spread(lines: list[Graph]) -> None:
    """Let labels stand at that end of their line which fewer share, where many would stand in one row.

    What ELK calls efficient counts how high a row is, not how long: all labels of a state that many lead back to stood
    beside each other, and made the chart several times as wide.
    """
    labelled = [line for line in lines if "labels" in line]
    shared: Counter[str] = Counter()
    for source, target in ends_of(labelled):
        shared.update({source, target})
    for line, (source, target) in zip(labelled, ends_of(labelled), strict=True):
        if max(shared[source], shared[target]) < _CROWD or shared[source] == shared[target]:
            continue
        where = "TAIL_LAYER" if shared[source] < shared[target] else "HEAD_LAYER"
        for label in line["labels"]:
            label["layoutOptions"] = {**label["layoutOptions"], _LABEL_AT: where}


def _in_flow(children: list[Node], lines: list[Graph]) -> list[Node]:
    """The children in the order that decides the flow, initial dots first."""
    dots = {child.id for child in children if child.kind is NodeKind.DOT}
    first = next((target for source, target in ends_of(lines) if source in dots), None)
    by_id = {child.id: child for child in children}
    order = flowing([id for id in by_id if id not in dots], first, ends_of(lines))
    return [by_id[id] for id in (*(id for id in by_id if id in dots), *order)]


def ends_of(lines: Iterable[Graph]) -> Iterator[tuple[str, str]]:
    """Where the lines of a graph begin and end."""
    return ((line["sources"][0], line["targets"][0]) for line in lines)


def _in_time(count: int) -> Mapping[str, str]:
    """The options for so many points, other than for few."""
    return {} if count <= FEW else _BRISK if count <= SOME else QUICK


def whole_chart(
    root: Node, edges_of: Mapping[str, list[Edge]], stacks: Mapping[str, list[list[str]]], direction: str
) -> Graph:
    """A chart with everything in it; `edges_of` has the edges by the container they are drawn in."""
    options = {**_INTEGRATED, "elk.direction": direction}
    nodes = list(root.walk())
    if len(nodes) > MANY or any(_points_in(node, edges_of.get(node.id, ())) > FEW for node in nodes):
        sweep = {_LAYERED + "crossingMinimization.hierarchicalSweepiness": "-1"}
        options |= {**QUICK, **sweep}
    return _nested(root, edges_of, stacks, options)


def _points_in(node: Node, edges: Iterable[Edge]) -> int:
    """The points to place in a container; lines to what is deeper in it count as to the child around that."""
    child_of = {inner.id: child.id for child in node.children for inner in child.walk()}
    ends = ((child_of.get(edge.source, node.id), child_of.get(edge.target, node.id)) for edge in edges)
    return points([child.id for child in node.children], ends)


def _nested(
    node: Node,
    edges_of: Mapping[str, list[Edge]],
    stacks: Mapping[str, list[list[str]]],
    options: dict[str, str],
) -> Graph:
    if not node.children:
        return _leaf(node, node.width, node.height)
    made: Graph = {"id": node.id, "layoutOptions": {**options, "elk.padding": padding(node)}}
    if node.kind is NodeKind.ROOT:
        made["layoutOptions"] |= _IN_ROOT
    else:
        least = {
            "elk.nodeSize.constraints": "MINIMUM_SIZE",
            "elk.nodeSize.minimum": f"({node.width},{node.height})",
        }
        made["layoutOptions"] |= least
    if node.kind is NodeKind.REGION:
        made["layoutOptions"]["elk.alignment"] = "TOP"
    children = {child.id: _nested(child, edges_of, stacks, options) for child in node.children}
    made["children"] = _stacked(node, children, stacks.get(node.id, []), options)
    made["edges"] = [_edge(edge) for edge in edges_of.get(node.id, ())]
    return made


def _stacked(
    node: Node, children: dict[str, Graph], stacks: list[list[str]], options: dict[str, str]
) -> list[Graph]:
    """The children, those that are to stand on top of each other in containers without a border."""
    made = []
    for number, stack in enumerate(stacks):
        inside = [children.pop(id) for id in stack]
        if len(inside) == 1:
            made.append(inside[0])
            continue
        chain = [{"id": f"{STACK}{a}-{b}", "sources": [a], "targets": [b]} for a, b in pairwise(stack)]
        made.append(
            {
                "id": f"{STACK}{node.id}-{number}",
                "children": inside,
                "edges": chain,
                "layoutOptions": {
                    **options,
                    "elk.padding": "[top=0,left=0,bottom=0,right=0]",
                    "elk.alignment": "TOP",
                },
            }
        )
    return [*made, *children.values()]


def padding(node: Node) -> str:
    """What a container keeps free around its children."""
    left, top, side = inset(node)
    return f"[top={top},left={left},bottom={side},right={side}]"


def inset(node: Node) -> tuple[float, float, float]:
    """Room to the left, at the top, and to the right and below."""
    if node.kind is NodeKind.ROOT:
        return 24.0, node.header + 24.0, 24.0
    return SIDE + node.margin, node.header + TOP + node.margin, SIDE + node.margin


def _leaf(node: Node, width: float, height: float) -> Graph:
    made: Graph = {"id": node.id, "width": width, "height": height}
    options: dict[str, str] = {}
    if node.kind is NodeKind.DOT:
        options |= _FIRST
    if node.is_last:
        options |= _LAST
    if node.kind is NodeKind.REGION:
        options["elk.alignment"] = "TOP"
    if node.name[0]:
        made["labels"] = [{"text": "x", "width": node.name[0], "height": node.name[1]}]
        options |= _BELOW
    if options:
        made["layoutOptions"] = options
    return made


def _edge(edge: Edge) -> Graph:
    made: Graph = {"id": edge.id, "sources": [edge.source], "targets": [edge.target]}
    if edge.label[0]:
        made["labels"] = [
            {"text": "x", "width": edge.label[0], "height": edge.label[1], "layoutOptions": _INLINE}
        ]
    return made


def read(answer: Mapping[str, Any]) -> Drawing:
    """What ELK placed: rectangles of all boxes, the root's with its size, and the routes and labels of edges.

    Raises:
        ValueError: it says that something is wrong, or is no graph.
    """
    if "error" in answer:
        raise ValueError(f"ELK: {answer['error']}")
    made = Drawing()
    todo = [answer]
    try:
        while todo:
            node = todo.pop()
            x, y = whole(node.get("x", 0.0)), whole(node.get("y", 0.0))
            made.rects[node["id"]] = Rect(x, y, whole(node.get("width", 0.0)), whole(node.get("height", 0.0)))
            for edge in node.get("edges", ()):
                if not edge["id"].startswith(STACK):
                    _read_edge(edge, made)
            todo.extend(node.get("children", ()))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"ELK gave no graph: {error}") from None
    return made


def _read_edge(edge: Mapping[str, Any], made: Drawing) -> None:
    points: list[tuple[float, float]] = []
    for section in edge.get("sections", ()):
        more = [
            (at["x"], at["y"])
            for at in (section["startPoint"], *section.get("bendPoints", ()), section["endPoint"])
        ]
        points += more[1:] if points else more
    if points:
        route: Path = straightened(points)
        made.routes[edge["id"]] = route
    for label in edge.get("labels", ()):
        if "x" in label:
            made.labels[edge["id"]] = Rect(
                whole(label["x"]), whole(label["y"]), label["width"], label["height"]
            )
