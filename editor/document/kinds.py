"""The planner of making a state another kind: what it cannot keep goes, and the label says so."""

from __future__ import annotations

from dataclasses import replace

from editor.document import dots, regions, stepping_aside
from editor.document.beginnings import candidates, initial_change
from editor.document.boxes import Boxes
from editor.document.removal import transition_gone
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Rect
from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import AnyChange, StateChange, net
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import State, StateKind, Transition, TriggerKind

WORDS = {
    StateKind.NORMAL: "state", StateKind.PARALLEL: "parallel state", StateKind.FINAL: "final state",
    StateKind.SHALLOW_HISTORY: "history", StateKind.DEEP_HISTORY: "deep history",
}  # fmt: skip
HOLDERS = (StateKind.NORMAL, StateKind.PARALLEL)


def kind_change(chart: Chart, diagram: Diagram, id: str, kind: StateKind, measure: Measure) -> Edit:
    """A state of another kind.

    Raises:
        ChartError: it has children that the new kind cannot hold, or is the machine itself.
    """
    state = chart.states[id]
    if state.kind is kind:
        return Edit(f"Make “{state.key}” a {WORDS[kind]}", ())
    if state.parent is None and kind not in HOLDERS:
        raise ChartError("The machine itself is normal or parallel.")
    if kind not in HOLDERS and chart.has_children(id):
        raise ChartError(f"“{state.key}” has states inside. Move them out before making it a {WORDS[kind]}.")
    new, lost = _stripped(state, kind)
    gone = [each for each in chart.outgoing(id) if not _may_stay(each, kind)]
    changes: list[AnyChange] = [StateChange(id, state, new)]
    for transition in gone:
        changes += transition_gone(diagram, transition)
    changes += _beginnings(chart, diagram, changes, state, kind)
    changes += sized(chart, diagram, changes, id, measure)
    changes = dots.given_up(chart, diagram, changes)
    count = sum(each.trigger.kind is not TriggerKind.INITIAL for each in gone)
    if count:
        lost.insert(0, f"{count} transition{'s' if count > 1 else ''}")
    removed = (
        f", removing {' and '.join([', '.join(lost[:-1]), lost[-1]] if lost[1:] else lost)}" if lost else ""
    )
    return Edit(f"Make “{state.key}” a {WORDS[kind]}{removed}", net(changes))


def _stripped(state: State, kind: StateKind) -> tuple[State, list[str]]:
    """The state without what its new kind has no room for, and the words for that."""
    new, lost = replace(state, kind=kind), []
    if kind not in HOLDERS and state.invokes:
        new = replace(new, invokes=())
        lost.append("services")
    if kind.is_history and (state.entry or state.exit):
        new = replace(new, entry=(), exit=())
        lost.append("entry and exit actions")
    if kind is not StateKind.FINAL and state.output is not None:
        new = replace(new, output=None)
        lost.append("output")
    return new, lost


def _may_stay(transition: Transition, kind: StateKind) -> bool:
    trigger = transition.trigger.kind
    if kind is StateKind.FINAL:
        return False
    if kind.is_history:
        return trigger is TriggerKind.DEFAULT
    if trigger is TriggerKind.INITIAL:
        return kind is StateKind.NORMAL
    return trigger is not TriggerKind.DEFAULT


def _beginnings(
    chart: Chart, diagram: Diagram, changes: list[AnyChange], state: State, kind: StateKind
) -> list[AnyChange]:
    """The initial transitions that are missing now, or lead to what is a history now."""
    after = chart.copy()
    after.apply(changes)
    found: list[AnyChange] = []
    inside = candidates(after, state.id)
    if kind is StateKind.NORMAL and inside and queries.initial_transition(after, state.id) is None:
        found.append(initial_change(after, state.id, inside[0].id))
    holder = state.parent
    if holder is None or chart.states[holder].kind is not StateKind.NORMAL:
        return found
    initial = queries.initial_transition(after, holder)
    beside = candidates(after, holder)
    if initial is None and beside and not kind.is_history:
        found.append(initial_change(after, holder, beside[0].id))
    elif initial is not None and kind.is_history and initial.targets == (state.id,):
        if beside:
            found.append(initial_change(after, holder, beside[0].id))
        else:
            found += transition_gone(diagram, initial)
    return found


def sized(
    chart: Chart, diagram: Diagram, changes: list[AnyChange], id: str, measure: Measure
) -> list[AnyChange]:
    """The box in the size of the new kind, and parents that hold it."""
    box = diagram.boxes.get(id)
    if box is None or id == chart.root_id:
        return []
    after = chart.copy()
    after.apply(net(changes))
    boxes = Boxes(after, diagram)
    width, height = sizes.state_size(after, id, measure)
    kind = after.states[id].kind
    if kind in HOLDERS and chart.states[id].kind in HOLDERS:
        width, height = max(width, box.width), max(height, box.height)
    boxes.stretch(id, _around(box, width, height))
    stepping_aside.make_room(boxes, id, box.rect)
    if kind is StateKind.PARALLEL:
        inside = sorted(regions.inside(boxes, id).items(), key=lambda each: (each[1].y, each[1].x))
        regions.enter(boxes, id, [child for child, _ in inside], measure)
    boxes.fit(id, measure)
    return boxes.changes()


def _around(box: Box, width: float, height: float) -> Rect:
    """The rectangle of another size: the middle stays when it gets smaller, the corner when it grows."""
    x = box.x + max(0.0, round((box.width - width) / 2))
    y = box.y + max(0.0, round((box.height - height) / 2))
    return Rect(x, y, width, height)
