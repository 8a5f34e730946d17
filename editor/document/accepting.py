"""A drawing that was proposed becomes the chart's: all of it, or the places of some states alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document.boxes import Boxes
from editor.document.clearing import clear_of
from editor.document.steps import outermost
from editor.document.undo import Edit
from editor.geometry import Rect
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import AnyChange, BendsChange, BoxChange, net
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram

_SAME = 0.5
"""Chart units below which a place is the same."""


def pinned(chart: Chart, diagram: Diagram) -> frozenset[str]:
    """The states that somebody placed by hand and has not released since."""
    return frozenset(id for id in chart.states if id != chart.root_id and is_pinned(diagram, id))


def is_pinned(diagram: Diagram, id: str) -> bool:
    """Whether a state has a place that is not a layout's."""
    return id in diagram.boxes and not diagram.boxes[id].auto


def set_pinned(chart: Chart, diagram: Diagram, ids: Iterable[str], *, is_pinned: bool) -> Edit:
    """States that no proposal moves from now on, or that may be moved again.

    A layout keeps what one has drawn, which it knows by the ways of lines. Those of a state that is released are given
    up, with those of all in it: they lead to where it stood when they were drawn, and it would stay for them.
    """
    changes: list[AnyChange] = []
    for id in ids:
        box = diagram.boxes.get(id)
        if id in chart.states and id != chart.root_id and box is not None and box.auto is is_pinned:
            changes.append(BoxChange(id, box, replace(box, auto=not is_pinned)))
    what = "1 state" if len(changes) == 1 else f"{len(changes)} states"
    if not is_pinned:
        changes += _ways_given_up(chart, diagram, [change.id for change in changes])
    return Edit(f"{'Pin' if is_pinned else 'Release'} {what}", tuple(changes))


def _ways_given_up(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> list[BendsChange]:
    """The lines that end in some states without the way points of a layout; those of a hand stay."""
    states = {each for id in ids for each in (id, *(state.id for state in queries.descendants(chart, id)))}
    lines = {each.id for id in states for each in (*chart.outgoing(id), *chart.incoming(id))}
    found: list[BendsChange] = []
    for id in sorted(lines):
        bends = diagram.bends.get(id)
        if bends is not None and bends.auto and bends.points:
            found.append(BendsChange(id, bends, None))
    return found


def rects(chart: Chart, diagram: Diagram) -> dict[str, Rect]:
    """Where states are on the canvas, those alone that have a box all the way up."""
    found: dict[str, Rect] = {}
    waiting = [(chart.root_id, 0.0, 0.0)]
    while waiting:
        parent, x, y = waiting.pop()
        for child in chart.children(parent):
            box = diagram.boxes.get(child.id)
            if box is not None:
                found[child.id] = box.rect.moved(x, y)
                waiting.append((child.id, x + box.x, y + box.y))
    return found


def moved(chart: Chart, before: Diagram, after: Diagram) -> tuple[str, ...]:
    """The states that another diagram has in another place of the canvas, or in another size, in the chart's order."""
    old, new = rects(chart, before), rects(chart, after)
    return tuple(id for id, rect in new.items() if id not in old or not _is_same(old[id], rect))


def rerouted(chart: Chart, before: Diagram, after: Diagram) -> tuple[str, ...]:
    """The transitions that another diagram leads along other way points."""
    ids = [id for id in chart.transitions if before.bends.get(id) != after.bends.get(id)]
    return tuple(ids)


def accept(chart: Chart, diagram: Diagram, proposed: Diagram) -> Edit:
    """All that a proposal says of places and ways; tints, notes and the rest stay as they are here."""
    changes: list[AnyChange] = []
    for id, new in proposed.boxes.items():
        old = diagram.boxes.get(id)
        if id in chart.states and new != old:
            changes.append(BoxChange(id, old, new))
    for id in rerouted(chart, diagram, proposed):
        changes.append(BendsChange(id, diagram.bends.get(id), proposed.bends.get(id)))
    return Edit("Lay out", net(changes))


def accept_some(
    chart: Chart, diagram: Diagram, proposed: Diagram, ids: Iterable[str], *, measure: Measure
) -> Edit:
    """The places of some states, with what is in them, and the ways in there; all others stay where they are.

    What is around them grows to hold them. Where another one stands in the place they go beside it. Of a region, which
    goes with those beside it, it is what it holds.
    """
    boxes = Boxes(chart, diagram)
    places = rects(chart, proposed)
    tops = [id for id in _tops(chart, ids) if id in places]
    inside = {each.id for id in tops for each in (chart.states[id], *queries.descendants(chart, id))}
    for id in tops:
        at = boxes.origin(chart.states[id].parent)
        _put(boxes, id, clear_of(places[id].moved(-at.x, -at.y), boxes.beside(id).values()))
    for id in inside - set(tops):
        if id in proposed.boxes:
            boxes.put(id, proposed.boxes[id])
    for transition in chart.transitions.values():
        ends = {transition.source, *transition.targets}
        if ends & inside:
            is_whole = ends <= inside and transition.source not in tops
            boxes.put_bends(transition.id, proposed.bends.get(transition.id) if is_whole else None)
    for id in tops:
        boxes.fit(chart.states[id].parent, measure)
    count = "1 state" if len(tops) == 1 else f"{len(tops)} states"
    return Edit(f"Lay out {count}", net(boxes.changes()))


def _tops(chart: Chart, ids: Iterable[str]) -> list[str]:
    """The outermost of some states, with what regions hold in place of these."""
    found: list[str] = []
    for id in outermost(chart, ids):
        if queries.is_region(chart, id):
            found += [each.id for each in chart.children(id)]
        else:
            found.append(id)
    return found


def _put(boxes: Boxes, id: str, goal: Rect) -> None:
    """Put a state to a place in its parent, where no hand has put it."""
    old = boxes.get(id) or Box(id=id, x=0, y=0, width=0, height=0)
    boxes.put(id, replace(old, x=goal.x, y=goal.y, width=goal.width, height=goal.height, auto=True))


def _is_same(one: Rect, other: Rect) -> bool:
    pairs = zip(one, other, strict=True)
    return all(abs(a - b) < _SAME for a, b in pairs)
