"""What to select from what is selected: the like of it, what leads in and out, what lies around and beside."""

from __future__ import annotations

import math
from collections.abc import Iterable

from editor.document.boxes import Boxes
from editor.geometry import Point, Rect
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import State, Transition

_AHEAD = 1.0
"""How far off the way a state may lie and still be ahead, as a share of how far it is: so each lies in one direction,
and by going to the nearest in each direction one gets from every state to every other beside it."""


def _states(chart: Chart, ids: Iterable[str]) -> list[State]:
    return [chart.states[id] for id in ids if id in chart.states]


def _transitions(chart: Chart, ids: Iterable[str]) -> list[Transition]:
    return [chart.transitions[id] for id in ids if id in chart.transitions]


def _all(chart: Chart) -> list[State]:
    return [state for state in queries.document_order(chart) if state.parent is not None]


def same_kind(chart: Chart, ids: Iterable[str]) -> list[str]:
    """All states of the kinds of some, and all transitions with the kinds of trigger of some."""
    chosen = list(ids)
    kinds = {(state.kind, chart.has_children(state.id)) for state in _states(chart, chosen)}
    triggers = {each.trigger.kind for each in _transitions(chart, chosen)}
    found = [state.id for state in _all(chart) if (state.kind, chart.has_children(state.id)) in kinds]
    return found + [each.id for each in chart.transitions.values() if each.trigger.kind in triggers]


def same_event(chart: Chart, ids: Iterable[str]) -> list[str]:
    """All transitions that the same makes fire as some: event, delay, or what else it is."""
    triggers = {(each.trigger.kind, each.trigger.text) for each in _transitions(chart, ids)}
    return [
        each.id for each in chart.transitions.values() if (each.trigger.kind, each.trigger.text) in triggers
    ]


def same_tint(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> list[str]:
    """All states in the tints of some; those without one are of the same."""
    tints = {_tint(diagram, state.id) for state in _states(chart, ids)}
    return [state.id for state in _all(chart) if _tint(diagram, state.id) in tints]


def _tint(diagram: Diagram, id: str) -> int | None:
    box = diagram.boxes.get(id)
    return box.tint if box is not None else None


def same_tags(chart: Chart, ids: Iterable[str]) -> list[str]:
    """All states that have a tag of some."""
    tags = {tag for state in _states(chart, ids) for tag in state.tags}
    return [state.id for state in _all(chart) if not tags.isdisjoint(state.tags)]


def outgoing(chart: Chart, ids: Iterable[str]) -> list[str]:
    """The transitions that lead out of states, as far as they are drawn as arrows or in them."""
    return [each.id for state in _states(chart, ids) for each in chart.outgoing(state.id)]


def incoming(chart: Chart, ids: Iterable[str]) -> list[str]:
    """The transitions that lead to states."""
    return [each.id for state in _states(chart, ids) for each in chart.incoming(state.id)]


def attached(chart: Chart, ids: Iterable[str]) -> list[str]:
    """All transitions with an end at states or inside them."""
    inside = {each.id for state in _states(chart, ids) for each in queries.document_order(chart, state.id)}
    return [
        each.id
        for each in chart.transitions.values()
        if each.source in inside or not inside.isdisjoint(each.targets)
    ]


def inverted(chart: Chart, ids: Iterable[str]) -> list[str]:
    """The states beside some that are not among them; of transitions all the others."""
    chosen = list(ids)
    parents = {state.parent for state in _states(chart, chosen)}
    transitions = _transitions(chart, chosen)
    if not parents and not transitions:
        parents = {chart.root_id}
    beside = [child.id for parent in parents for child in chart.children(parent or chart.root_id)]
    others = list(chart.transitions) if transitions else []
    return [id for id in (*beside, *others) if id not in chosen]


def children(chart: Chart, ids: Iterable[str]) -> list[str]:
    """The states that lie directly in some."""
    return [child.id for state in _states(chart, ids) for child in chart.children(state.id)]


def siblings(chart: Chart, ids: Iterable[str]) -> list[str]:
    """Some states, and those that lie beside them."""
    parents = dict.fromkeys(state.parent for state in _states(chart, ids) if state.parent is not None)
    return [child.id for parent in parents for child in chart.children(parent)]


def grown(chart: Chart, ids: Iterable[str]) -> list[str]:
    """The states around some, and the sources of transitions; what lies in no other state stays."""
    chosen = list(ids)
    found = [state.parent if state.parent != chart.root_id else state.id for state in _states(chart, chosen)]
    found += [each.source for each in _transitions(chart, chosen) if each.source != chart.root_id]
    return [id for id in dict.fromkeys(found) if id is not None]


def rects(chart: Chart, diagram: Diagram) -> dict[str, Rect]:
    """Where all states are on the canvas."""
    boxes = Boxes(chart, diagram)
    found: dict[str, Rect] = {}
    for state in _all(chart):
        box = diagram.boxes.get(state.id)
        if box is not None:
            at = boxes.origin(state.id)
            found[state.id] = Rect(at.x, at.y, box.width, box.height)
    return found


def nearest(
    chart: Chart, diagram: Diagram, id: str | None, dx: int, dy: int, *, within: str | None = None
) -> str | None:
    """The state next to another, or to a transition, in a direction of the canvas; None for none.

    States beside it come first, then all that neither hold it nor lie in it; what lies that way, but far off the
    way, is only gone to where nothing else is. Without an `id` it is the one that is nearest to the corner where
    reading begins. Only what lies `within` a state is gone to, where one is given.
    """
    places = rects(chart, diagram)
    if within is not None:
        inner = {state.id for state in queries.descendants(chart, within)}
        places = {each: rect for each, rect in places.items() if each in inner or each == id}
    if id is None or id == within:
        tops = [child.id for child in chart.children(within or chart.root_id) if child.id in places]
        return min(tops, key=lambda each: places[each].x + places[each].y, default=None)
    if id in chart.transitions:
        ends = (chart.transitions[id].source, *chart.transitions[id].targets)
        known = [places[end].center for end in ends if end in places]
        if not known:
            return None
        start = Point(sum(at.x for at in known) / len(known), sum(at.y for at in known) / len(known))
        return _first(places, start, (list(places),), dx, dy)
    if id not in places:
        return None
    beside = [child.id for child in chart.children(chart.states[id].parent or chart.root_id)]
    related = {id, *queries.lineage(chart, id), *(state.id for state in queries.document_order(chart, id))}
    others = [each for each in places if each not in related]
    start = places[id].center
    return _first(places, start, (beside, others), dx, dy)


def _first(
    places: dict[str, Rect], start: Point, groups: Iterable[list[str]], dx: int, dy: int
) -> str | None:
    """The one whose middle is the nearest in a direction, of the first group that has one ahead, else that way."""

    def way(id: str) -> tuple[float, float]:
        center = places[id].center
        along = (center.x - start.x) * dx + (center.y - start.y) * dy
        across = abs((center.x - start.x) * dy) + abs((center.y - start.y) * dx)
        return along, across

    found = [{id: way(id) for id in group if id in places} for group in groups]
    for most in (_AHEAD, math.inf):
        for ways in found:
            ahead = [id for id, (along, across) in ways.items() if along > 0 and across <= most * along]
            if ahead:
                return min(ahead, key=lambda id: sum(ways[id]))
    return None
