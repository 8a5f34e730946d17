"""Layers of a container by graphlay: few crossings, long transitions with room beside the states they pass.

Imported only when something must be placed: graphlay costs time that the start of the program does not have.
"""

from __future__ import annotations

from math import isfinite
from typing import Any

import graphlay

from editor.layout.auto_flow import Flow, Layers
from editor.layout.auto_level import Level

_APART = 48.0
_LANE = 32.0
_FEW = 80


def layers(level: Level, flow: Flow, *, is_level: bool) -> Layers | None:
    """The layers along a flow without cycles, rightwards if `is_level`, else down; None when graphlay gives none."""
    graph = graphlay.Graph()
    for id in level.ids:
        width, height = footprint(level, id, is_level=is_level)
        graph.node(id, width=width, height=height)
    for (source, target), count in flow.items():
        graph.edge(source, target, weight=float(count))
    try:
        places = graphlay.layout(graph, options=_options(len(flow), is_level)).positions()
    except (graphlay.GraphlayError, ValueError):
        return None
    return _grouped(places, level, is_level)


def footprint(level: Level, id: str, *, is_level: bool) -> tuple[float, float]:
    """The room a state needs around the point that its transitions lead to, across the flow."""
    width, height = level.extents[id]
    if is_level:
        return width, 2 * max(level.middle(id), height - level.middle(id))
    return width, height


def _options(ways: int, is_level: bool) -> dict[str, Any]:
    return {
        "direction": "leftright" if is_level else "topbottom",
        "spacing": {"layer_gap": 100.0, "node_gap": _APART, "dummy_gap": _LANE},
        "labels": {"reservation": "never"},
        "effort": "balanced" if ways <= _FEW else "fast",
    }


def _grouped(places: dict[Any, tuple[float, float]], level: Level, is_level: bool) -> Layers | None:
    """States with the same place along the flow are a layer."""
    if set(places) != set(level.ids) or not all(isfinite(each) for at in places.values() for each in at):
        return None
    found: dict[float, list[tuple[str, float]]] = {}
    for id, (x, y) in places.items():
        along, across = (x, y) if is_level else (y, x)
        found.setdefault(round(along, 1), []).append((id, across))
    return tuple(tuple(sorted(found[along], key=lambda each: each[1])) for along in sorted(found))
