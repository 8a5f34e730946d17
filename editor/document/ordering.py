"""The planners of the outline: states put before or behind others in the tree, in the same parent or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from editor.document import regions
from editor.document.boxes import PADDING, Boxes
from editor.document.reparenting import can_hold, reparenting
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import AnyChange, StateChange, apply_to_diagram, net
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import State


def put(
    chart: Chart, diagram: Diagram, ids: Sequence[str], parent: str, row: int, *, measure: Measure
) -> Edit:
    """States as children of `parent`, before the one that is its child number `row` now; at the end for -1.

    What comes from elsewhere is drawn below its new siblings; what only changes its rank stays where it is drawn.

    Raises:
        ChartError: a state would end inside itself, or the parent cannot hold states.
    """
    if not can_hold(chart, parent, ids):
        raise ChartError(f"“{chart.states[parent].key}” cannot hold this. Drop it somewhere else.")
    own = _outermost(chart, ids)
    changes: list[AnyChange] = []
    label = f"Move “{chart.states[own[0]].key}”" if len(own) == 1 else f"Move {len(own)} states"
    after, drawn = chart.copy(), diagram.copy()
    strangers = [id for id in own if chart.states[id].parent != parent]
    if strangers:
        moved = reparenting(chart, diagram, strangers, parent, measure, is_held=False)
        changes, label = [*moved.changes], moved.label
        after.apply(changes)
        apply_to_diagram(drawn, changes)
        below = _below(after, drawn, strangers, parent, measure)
        apply_to_diagram(drawn, below)
        changes += below
    changes += ranked(after, _sequence(chart, after, own, parent, row), own)
    return Edit(label, net(changes))


def shift(chart: Chart, ids: Sequence[str], by: int) -> Edit:
    """States one place further up (-1) or down (1) among their siblings; nothing at either end.

    Raises:
        ChartError: they have different parents.
    """
    own = _outermost(chart, ids)
    parents = {chart.states[id].parent for id in own}
    if len(parents) != 1:
        raise ChartError("Only states of one parent are moved up or down together.")
    parent = parents.pop()
    row = [child.id for child in chart.children(parent)] if parent is not None else own
    places = [row.index(id) for id in own]
    end = places[0] + by if by < 0 else places[-1] + by
    if not 0 <= end < len(row):
        return Edit("Move", ())
    rest = [id for id in row if id not in own]
    start = rest.index(row[end]) + (1 if by > 0 else 0)
    sequence = [*rest[:start], *own, *rest[start:]]
    word = "up" if by < 0 else "down"
    name = f"“{chart.states[own[0]].key}”" if len(own) == 1 else f"{len(own)} states"
    return Edit(f"Move {name} {word}", tuple(ranked(chart, sequence, own)))


def _outermost(chart: Chart, ids: Sequence[str]) -> list[str]:
    """The states that lie in no other of these, in document order."""
    chosen = set(ids) - {chart.root_id}
    top = {id for id in chosen if not any(state.id in chosen for state in chart.ancestors(id))}
    return [state.id for state in queries.document_order(chart) if state.id in top]


def _sequence(before: Chart, after: Chart, own: list[str], parent: str, row: int) -> list[str]:
    """The children of the parent as they are to follow each other."""
    children = [child.id for child in before.children(parent)]
    later = children[row:] if row >= 0 else []
    anchor = next((id for id in later if id not in own), None)
    rest = [child.id for child in after.children(parent) if child.id not in own]
    place = rest.index(anchor) if anchor is not None else len(rest)
    return [*rest[:place], *own, *rest[place:]]


def ranked(chart: Chart, sequence: list[str], own: list[str]) -> list[StateChange]:
    """The changes that rank states like this: of `own` alone where there is room between their neighbours."""
    if [child.id for child in chart.children(_parent(chart, own[0]))] == sequence:
        return []
    start = sequence.index(own[0])
    low = chart.states[sequence[start - 1]].order if start else None
    end = start + len(own)
    high = chart.states[sequence[end]].order if end < len(sequence) else None
    ranks = _between(low, high, len(own))
    if ranks is not None:
        return [_with_order(chart.states[id], rank) for id, rank in zip(own, ranks, strict=True)]
    return [_with_order(chart.states[id], float(place)) for place, id in enumerate(sequence)]


def _between(low: float | None, high: float | None, count: int) -> list[float] | None:
    """So many rising numbers between two others; None where there is no room left."""
    if low is None:
        first = high - count if high is not None else 0.0
        return [first + place for place in range(count)]
    if high is None:
        return [low + 1 + place for place in range(count)]
    found = [low + (high - low) * (place + 1) / (count + 1) for place in range(count)]
    return found if all(a < b for a, b in pairwise([low, *found, high])) else None


def _with_order(state: State, order: float) -> StateChange:
    return StateChange(state.id, state, replace(state, order=order))


def _parent(chart: Chart, id: str) -> str:
    return chart.states[id].parent or chart.root_id


def _below(chart: Chart, diagram: Diagram, ids: list[str], parent: str, measure: Measure) -> list[AnyChange]:
    """The boxes of newcomers, side by side under their siblings; bends that led to them are routed anew."""
    boxes = Boxes(chart, diagram)
    others = [
        box
        for child in chart.children(parent)
        if child.id not in ids and (box := diagram.boxes.get(child.id))
    ]
    x = min((box.x for box in others), default=PADDING)
    y = max((box.y + box.height for box in others), default=PADDING) + PADDING
    for id in ids:
        box = diagram.boxes.get(id)
        if box is not None:
            boxes.put(id, replace(box, x=x, y=y, auto=True))
            x += box.width + PADDING
        for transition in _touching(chart, id):
            boxes.put_bends(transition, None)
    regions.enter(boxes, parent, ids, measure)
    boxes.fit(parent, measure)
    return boxes.changes()


def _touching(chart: Chart, id: str) -> list[str]:
    """The transitions that cross the border of a state or end at it."""
    inside = {state.id for state in queries.document_order(chart, id)}
    ends = [each for one in inside for each in (*chart.outgoing(one), *chart.incoming(one))]
    return [each.id for each in ends if queries.container(chart, each) not in inside]
