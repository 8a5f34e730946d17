"""The planner of moving states into another parent: names, places, bends and beginnings follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from editor.document import dots, regions
from editor.document.beginnings import initial_change, repointed
from editor.document.boxes import Boxes, moved_bends
from editor.document.rewriting import with_paths
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import AnyChange, StateChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind


def can_hold(chart: Chart, parent: str, ids: Iterable[str]) -> bool:
    """Whether states could become children of `parent`."""
    if chart.states[parent].kind not in (StateKind.NORMAL, StateKind.PARALLEL):
        return False
    return all(id != parent and not queries.is_descendant(chart, parent, id) for id in ids)


def reparenting(
    chart: Chart, diagram: Diagram, ids: Sequence[str], parent: str, measure: Measure, *, is_held: bool = True
) -> Edit:
    """States moved into another parent, where they are on the canvas; that parent grows to hold them if `is_held`.

    A parallel state takes them as regions, behind those that it has.

    Raises:
        ChartError: a state would end inside itself, or the parent cannot hold states.
    """
    if not can_hold(chart, parent, ids):
        raise ChartError(f"“{chart.states[parent].key}” cannot hold this. Drop it somewhere else.")
    chosen = [id for id in ids if not any(state.id in ids for state in chart.ancestors(id))]
    moved = [id for id in dict.fromkeys(chosen) if chart.states[id].parent != parent]
    changes: list[AnyChange] = [*_into(chart, moved, parent)]
    after = chart.copy()
    after.apply(changes)
    changes += repointed(chart, after, moved)
    if not any(not child.kind.is_history for child in chart.children(parent)):
        first = next((id for id in moved if not chart.states[id].kind.is_history), None)
        if first is not None and chart.states[parent].kind is StateKind.NORMAL:
            changes.append(initial_change(chart, parent, first))
    after = chart.copy()
    after.apply(changes)
    boxes = Boxes(after, diagram)
    _place(chart, boxes, moved, parent)
    regions.leave(boxes, chart, moved)
    if is_held:
        regions.enter(boxes, parent, moved, measure)
        boxes.fit(parent, measure)
    name = f"“{chart.states[ids[0]].key}”" if len(ids) == 1 else f"{len(ids)} states"
    where = "to the top level" if parent == chart.root_id else f"into “{chart.states[parent].key}”"
    made = dots.given_up(chart, diagram, (*with_paths(chart, changes, moved), *boxes.changes()))
    return Edit(f"Move {name} {where}", tuple(made))


def _into(chart: Chart, ids: Sequence[str], parent: str) -> Iterable[StateChange]:
    """The states as children of another parent, behind its own and under names that are free there."""
    siblings = chart.children(parent)
    taken = {child.key for child in siblings}
    order = siblings[-1].order + 1 if siblings else 0.0
    for place, id in enumerate(ids):
        state = chart.states[id]
        key = queries.free_name(state.key, taken)
        taken.add(key)
        yield StateChange(id, state, replace(state, parent=parent, key=key, order=order + place))


def _place(chart: Chart, boxes: Boxes, ids: Sequence[str], parent: str) -> None:
    """Boxes and bends where they are on the canvas, relative to what they are in now."""
    diagram, after = boxes.diagram, boxes.chart
    for each, bends in diagram.bends.items():
        transition = after.transitions.get(each)
        if transition is None:
            boxes.put_bends(each, None)
            continue
        if each not in chart.transitions or not bends.points:
            continue
        old, new = queries.container(chart, chart.transitions[each]), queries.container(after, transition)
        if old != new:
            was, now = boxes.origin(old, chart), boxes.origin(new, chart)
            boxes.put_bends(each, moved_bends(bends, was.x - now.x, was.y - now.y))
    origin = boxes.origin(parent, chart)
    for id in ids:
        box = diagram.boxes.get(id)
        if box is not None:
            before = boxes.origin(chart.states[id].parent, chart)
            x, y = box.x + before.x - origin.x, box.y + before.y - origin.y
            boxes.put(id, replace(box, x=x, y=y, auto=False))
