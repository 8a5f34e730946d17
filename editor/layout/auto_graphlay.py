"""Layers of a container by graphlay: few crossings, long transitions with room beside the states they pass.

Imported only when something must be placed: graphlay costs time that the start of the program does not have.
"""

from __future__ import annotations

from math import isfinite
from typing import Any

import graphlay

from editor.layout.auto_flow import Flow, Layers, last
from editor.layout.auto_level import Level

_APART = 48.0
_BESIDE = 16.0
_LANE = 24.0
_LABEL = 20.0
_LOOP = 48.0
_FEW = 40


def layers(level: Level, flow: Flow, *, is_level: bool, in_a_hurry: bool = False) -> Layers | None:
    """The layers along a flow without cycles, rightwards if `is_level`, else down; None when graphlay gives none."""
    widest = _widest_labels(level)
    loops = frozenset(way.source for way in level.ways if way.source == way.target)
    ends = last(level, flow)
    graph = graphlay.Graph()
    for id in level.ids:
        width, height = _footprint(level, id, is_level)
        if is_level:
            height += _LOOP if id in loops else 0.0
        else:
            width = max([width, *(label + _BESIDE for pair, label in widest.items() if id in pair)])
        rank = "first" if id == level.first else "last" if id in ends else "free"
        graph.node(id, width=width, height=height, rank=rank)
    for (source, target), count in flow.items():
        label = _LABEL if is_level else widest.get(frozenset((source, target)), 0.0)
        graph.edge(source, target, weight=float(count), thickness=label + _LANE * (count - 1))
    options = _options(is_level, in_a_hurry or len(flow) > _FEW)
    try:
        places = graphlay.layout(graph, options=options).positions()
    except (graphlay.GraphlayError, ValueError):
        return None
    return _grouped(places, level, is_level)


def _widest_labels(level: Level) -> dict[frozenset[str], float]:
    """The widest label between each two states."""
    widest: dict[frozenset[str], float] = {}
    for way in level.ways:
        widest[way.pair] = max(way.label, widest.get(way.pair, 0.0))
    return widest


def _footprint(level: Level, id: str, is_level: bool) -> tuple[float, float]:
    """The room a state needs around the point that its transitions lead to, across the flow."""
    width, height = level.extents[id]
    if is_level:
        return width, 2 * max(level.middle(id), height - level.middle(id))
    return width, height


def _options(is_level: bool, in_a_hurry: bool) -> dict[str, Any]:
    return {
        "direction": "leftright" if is_level else "topbottom",
        "spacing": {"layer_gap": 100.0, "node_gap": _APART, "dummy_gap": _BESIDE},
        "labels": {"reservation": "never"},
        "effort": "fast" if in_a_hurry else "balanced",
        "routing": {"style": "diagonal" if in_a_hurry else "orthogonal"},
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
