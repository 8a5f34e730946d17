"""An engine that needs no library: boxes in a column, lines round them on the right. For tests of what is around it."""

from __future__ import annotations

from typing import Any

_GAP = 60.0
_LANE = 10.0


class Columns:
    """Answers as ELK and libavoid do; counts what it is asked for."""

    def __init__(self) -> None:
        self.placed: list[dict[str, Any]] = []
        self.routed: list[dict[str, Any]] = []

    def place(self, graph: dict[str, Any]) -> dict[str, Any]:
        self.placed.append(graph)
        _place(graph, 0.0, 0.0)
        return graph

    def route(self, request: dict[str, Any]) -> dict[str, Any]:
        self.routed.append(request)
        rects = {each[0]: each[1:5] for each in request["shapes"]}
        right = max((x + width for x, _, width, _ in rects.values()), default=0.0)
        routes = {}
        for number, (id, one, other) in enumerate(request["lines"], 1):
            lane = right + _LANE * number
            ends = [_end(rects, each) for each in (one, other)]
            lane = max(lane, *(x + _LANE for x, _ in ends))
            (ax, ay), (bx, by) = ends
            by += 3
            routes[id] = [(ax, ay), (lane, ay), (lane, by), (bx, by)]
        return {"routes": routes}


def _end(rects: dict[str, list[float]], end: Any) -> tuple[float, float]:
    if isinstance(end, str) or isinstance(end[0], str):
        x, y, width, height = rects[end if isinstance(end, str) else end[0]]
        return x + width, y + height / 2
    return end[0], end[1]


def _place(node: dict[str, Any], x: float, y: float) -> None:
    """Places in absolute coordinates, sizes of containers, and routes of the lines in them."""
    node["x"], node["y"] = x, y
    if "children" not in node:
        return
    options = node.get("layoutOptions", {}).get("elk.padding", "[top=0,left=0,bottom=0,right=0]")
    around = {key: float(value) for key, value in (each.split("=") for each in options[1:-1].split(","))}
    at, widest = y + around["top"], 0.0
    for child in node["children"]:
        _place(child, x + around["left"], at)
        below = sum(label["height"] for label in child.get("labels", ()))
        at += child["height"] + below + _GAP
        widest = max(widest, child["width"])
    lanes = 0
    for edge in node.get("edges", ()):
        lanes += _route(node, edge, x + around["left"] + widest + 100.0 * (lanes + 1))
    node["width"] = around["left"] + widest + 100.0 * (lanes + 1) + around["right"]
    node["height"] = at - y - _GAP + around["bottom"] if node["children"] else 40.0


def _route(node: dict[str, Any], edge: dict[str, Any], lane: float) -> int:
    boxes = {each["id"]: each for each in _all(node)}
    a, b = boxes[edge["sources"][0]], boxes[edge["targets"][0]]
    if "width" not in a or "width" not in b:
        return 0
    start, end = a["y"] + a["height"] * 0.4, b["y"] + b["height"] * 0.6
    edge["sections"] = [
        {
            "startPoint": {"x": a["x"] + a["width"], "y": start},
            "bendPoints": [{"x": lane, "y": start}, {"x": lane, "y": end}],
            "endPoint": {"x": b["x"] + b["width"], "y": end},
        }
    ]
    for label in edge.get("labels", ()):
        label["x"], label["y"] = lane - label["width"] / 2, (start + end) / 2 - label["height"] / 2
    return 1


def _all(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(each for child in node.get("children", ()) for each in _all(child))]
