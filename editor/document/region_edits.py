"""The planners of regions as a whole: another one beside what there is, one put before or behind, several made one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document import edits, kinds, ordering
from editor.document.boxes import Boxes
from editor.document.regions import TOUCH
from editor.document.removal import removal
from editor.document.reparenting import reparenting
from editor.document.steps import Steps, named, outermost
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point
from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model import queries, walk
from editor.model.changes import BoxChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import In, State, StateKind


def add(chart: Chart, diagram: Diagram, id: str, *, measure: Measure) -> tuple[Edit, str]:
    """Another region: of a parallel state, or beside what a plain state has inside, which becomes a region as a whole.

    A plain state without states inside gets two. Returns the id of the new region too.

    Raises:
        ChartError: the state can have no regions.
    """
    state = chart.states[id]
    if state.kind is StateKind.PARALLEL:
        return edits.add_state(chart, diagram, id, Point(0, 0), measure=measure)
    if state.kind is not StateKind.NORMAL:
        raise ChartError(f"“{state.key}” is a {kinds.WORDS[state.kind]}, which can have no regions.")
    steps = Steps(chart, diagram)
    _enclose(steps, id, measure)
    steps.make(edits.set_kind(steps.chart, steps.diagram, id, StateKind.PARALLEL, measure=measure).changes)
    made, region = edits.add_state(steps.chart, steps.diagram, id, Point(0, 0), measure=measure)
    steps.make(made.changes)
    return steps.edit(f"Add a region beside what “{state.key}” does"), region


def _enclose(steps: Steps, id: str, measure: Measure) -> None:
    """All that is inside of a plain state in one state more, which begins as that began; nothing moves."""
    chart = steps.chart
    inside, before = _inside(chart, id), queries.initial_transition(chart, id)
    region = State(id=chart.fresh_id("s"), parent=id, key=queries.fresh_key(chart, id, "region"), order=0.0)
    steps.make([StateChange(region.id, None, region)])
    box = steps.diagram.boxes.get(id)
    if box is not None and id != chart.root_id:
        top = sizes.header_height(chart, id, measure)
        within = Box(id=region.id, x=0.0, y=top, width=box.width, height=max(box.height - top, 0.0))
        steps.make([BoxChange(region.id, None, within)])
    if not inside:
        return
    steps.make(reparenting(steps.chart, steps.diagram, inside, region.id, measure, is_held=False).changes)
    begins = queries.initial_transition(steps.chart, region.id)
    if before is not None and begins is not None:
        same = replace(begins, targets=before.targets, actions=before.actions)
        steps.make([TransitionChange(begins.id, begins, same)])


def shift(chart: Chart, diagram: Diagram, id: str, by: int) -> Edit:
    """A region one place earlier (-1) or later (1) in its parallel state; two that lie beside each other change places.

    Raises:
        ChartError: it is no region.
    """
    state = chart.states[id]
    if not queries.is_region(chart, id):
        raise ChartError(f"“{state.key}” is no region of a parallel state.")
    row = [child.id for child in chart.children(state.parent or "")]
    there = row.index(id) + by
    if not 0 <= there < len(row):
        return Edit("Move region", ())
    steps = Steps(chart, diagram)
    steps.make(ordering.shift(chart, [id], by).changes)
    first, second = (diagram.boxes.get(each) for each in sorted((id, row[there]), key=row.index))
    boxes = Boxes(steps.chart, steps.diagram)
    if first is not None and second is not None:
        for box in _exchanged(first, second):
            boxes.put(box.id, box)
    steps.make(boxes.changes())
    return steps.edit(
        f"Move region “{state.key}” {'before' if by < 0 else 'behind'} “{chart.states[row[there]].key}”"
    )


def _exchanged(first: Box, second: Box) -> tuple[Box, ...]:
    """Two boxes that lie side by side, or one below the other, in each other's places; nothing for others."""
    if abs(first.y - second.y) <= TOUCH and abs(first.height - second.height) <= TOUCH:
        return replace(second, x=first.x), replace(first, x=second.x + second.width - first.width)
    if abs(first.x - second.x) <= TOUCH and abs(first.width - second.width) <= TOUCH:
        return replace(second, y=first.y), replace(first, y=second.y + second.height - first.height)
    return ()


def merge(chart: Chart, diagram: Diagram, ids: Iterable[str], *, measure: Measure) -> tuple[Edit, str]:
    """Regions made one: the first takes over the states of the others, of which one is active at a time from now on.

    Returns the id of that region too.

    Raises:
        ChartError: they are not regions of one parallel state, or one of them does or answers something itself.
    """
    own = outermost(chart, ids)
    if len(own) < 2 or not all(queries.is_region(chart, id) for id in own):
        raise ChartError("Select two or more regions of one parallel state to merge them.")
    if len({chart.states[id].parent for id in own}) > 1:
        raise ChartError("The regions belong to different parallel states. Select those of one.")
    first, *others = own
    for id in others:
        _refuse(chart, id)
    _refuse_empty(chart, first)
    steps = Steps(chart, diagram)
    inside = [each for id in others for each in (_inside(chart, id) or [id])]
    steps.make(reparenting(steps.chart, steps.diagram, inside, first, measure, is_held=False).changes)
    left = [id for id in others if id not in inside]
    steps.make(removal(steps.chart, steps.diagram, left).changes)
    boxes = Boxes(steps.chart, steps.diagram)
    boxes.fit(first, measure)
    steps.make(boxes.changes())
    return steps.edit(f"Merge {named(chart, own)} into “{chart.states[first].key}”"), first


def _inside(chart: Chart, id: str) -> list[str]:
    return [child.id for child in chart.children(id)]


def _refuse(chart: Chart, id: str) -> None:
    """See that nothing is lost with a region itself; one without states inside is a state of the other from now on."""
    state = chart.states[id]
    if not chart.has_children(id):
        return
    ends = [each for each in (*chart.outgoing(id), *chart.incoming(id)) if not each.is_pseudo]
    does = state.entry or state.exit or state.invokes or state.data
    if does or ends:
        what = "has transitions" if ends else "runs a service" if state.invokes else "has actions"
        raise ChartError(f"“{state.key}” {what} of its own, which would be lost. Move them first.")
    if any(isinstance(guard, In) and guard.state == id for _, guard in walk.Inside(chart).guard_parts):
        raise ChartError(f"A guard asks whether “{state.key}” is active. Change that guard first.")


def _refuse_empty(chart: Chart, id: str) -> None:
    state = chart.states[id]
    if not chart.has_children(id):
        raise ChartError(
            f"“{state.key}” has no states inside. Put one into it first, or start with another region."
        )
