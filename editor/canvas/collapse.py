"""What a collapsed state leaves to be seen of a chart: its inside is gone, transitions end at its border."""

from __future__ import annotations

from dataclasses import replace

from editor.model.changes import BoxChange, Changes, StateChange
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import And, Guard, In, Not, Or, Transition, is_unresolved, unresolved
from editor.model.queries import document_order, dotted_path


def has_collapsed(chart: Chart, diagram: Diagram) -> bool:
    """Whether a composite is collapsed."""
    return any(box.collapsed and chart.has_children(id) for id, box in diagram.boxes.items())


def folds(changes: Changes, diagram: Diagram) -> bool:
    """Whether a state is collapsed or opened, or a collapsed one gets or loses children."""
    for change in changes:
        boxes: list[Box | None] = []
        if isinstance(change, BoxChange):
            boxes = [change.old, change.new]
        elif isinstance(change, StateChange):
            records = (change.old, change.new)
            boxes = [diagram.boxes.get(each.parent or "") for each in records if each is not None]
        if any(box is not None and box.collapsed for box in boxes):
            return True
    return False


def seen(chart: Chart, diagram: Diagram) -> tuple[Chart, Diagram]:
    """The chart without what collapsed states hide, transitions lifted to what is left, and a diagram to go with it.

    A lifted transition that would start and end at the same collapsed state is left out, as are its bends. A guard that
    asks for a state which is hidden tells its path, as it does for one that does not exist.
    """
    shown = _shown(chart, diagram)
    drawn = diagram.copy()
    transitions: list[Transition] = []
    for transition in chart.transitions.values():
        lifted = _lifted(transition, shown)
        if lifted is not None:
            guard = _told(chart, lifted.guard, shown)
            transitions.append(lifted if guard is lifted.guard else replace(lifted, guard=guard))
        if lifted is not transition:
            drawn.put_bends(transition.id, None)
    states = [chart.states[id] for id, left in shown.items() if id == left]
    return Chart.of(states, transitions, chart.info), drawn


def _shown(chart: Chart, diagram: Diagram) -> dict[str, str]:
    """For each state the state that is seen in its place: itself, or the outermost collapsed one around it."""
    shown: dict[str, str] = {}
    for state in document_order(chart):
        box = diagram.boxes.get(state.parent or "")
        above = shown.get(state.parent or "", state.id)
        hidden = state.parent is not None and (above != state.parent or (box is not None and box.collapsed))
        shown[state.id] = above if hidden else state.id
    return shown


def _lifted(transition: Transition, shown: dict[str, str]) -> Transition | None:
    source = shown[transition.source]
    targets = tuple(
        dict.fromkeys(each if is_unresolved(each) else shown[each] for each in transition.targets)
    )
    if source == transition.source and targets == transition.targets:
        hides_inside = transition.is_pseudo and targets == (source,)
        return None if hides_inside else transition
    if source != transition.source and targets in ((), (source,)):
        return None
    if transition.is_pseudo and targets == (source,):
        return None
    return replace(transition, source=source, targets=targets)


def _told(chart: Chart, guard: Guard | None, shown: dict[str, str]) -> Guard | None:
    """A guard that reads the same where only what is shown exists; itself where that needs nothing."""
    if isinstance(guard, In):
        is_hidden = shown.get(guard.state, guard.state) != guard.state
        return In(state=unresolved(dotted_path(chart, guard.state))) if is_hidden else guard
    if isinstance(guard, Not):
        part = _told(chart, guard.part, shown)
        return guard if part is guard.part or part is None else Not(part=part)
    if isinstance(guard, And | Or):
        told = (_told(chart, part, shown) for part in guard.parts)
        parts = tuple(part for part in told if part is not None)
        is_same = all(one is other for one, other in zip(parts, guard.parts, strict=True))
        return guard if is_same else type(guard)(parts=parts)
    return guard
