"""The planners of what is done to transitions as such: turned around, led elsewhere, split by a state, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from editor.document import edits
from editor.document.boxes import Boxes
from editor.document.clearing import clear_of
from editor.document.removal import bends_gone
from editor.document.steps import Steps
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import GRID, Point, Rect
from editor.layout.sizes import Measure
from editor.model import labels, queries
from editor.model.changes import AnyChange, BendsChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import State, StateKind, Transition, Trigger, TriggerKind, is_unresolved

PARTS = ("event", "guard", "actions")
_SIZE = (120.0, 40.0)
"""Width and height of a new state."""
_APART = 96.0


def swap_ends(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> Edit:
    """Transitions from their targets to their sources; bends and labels stay where they are.

    Raises:
        ChartError: one of them has not one source and one target that may change places.
    """
    changes: list[AnyChange] = []
    orders: dict[str, float] = {}
    for old in _own(chart, ids):
        [target] = _one_target(chart, old)
        _may_lead_out(chart, old, target)
        if old.source == chart.root_id:
            raise ChartError("A transition leads to a state, not to the machine itself.")
        orders[target] = orders.get(target, _last(chart, target)) + 1
        new = replace(old, source=target, targets=(old.source,), order=orders[target], internal=False)
        changes.append(TransitionChange(old.id, old, new))
        bends = diagram.bends.get(old.id)
        if bends is not None:
            label = replace(bends.label, along=1 - bends.label.along) if bends.label is not None else None
            turned = replace(bends, points=bends.points[::-1], label=label)
            changes.append(BendsChange(old.id, bends, turned))
    return Edit("Swap ends", tuple(changes))


def to_self(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> Edit:
    """Transitions that lead back to their own source, which they leave and enter anew.

    Raises:
        ChartError: one of them is where a state begins, or the machine's own.
    """
    own = _own(chart, ids)
    if any(each.source == chart.root_id for each in own):
        raise ChartError("A transition leads to a state, not to the machine itself.")
    return _retargeted(diagram, own, "Make self-transition", lambda each: (each.source,))


def to_internal(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> Edit:
    """Transitions that do their actions and lead nowhere: no state is left.

    Raises:
        ChartError: one of them is where a state begins, or one without guard and actions that needs no event.
    """
    own = _own(chart, ids)
    for each in own:
        if each.trigger.kind is TriggerKind.ALWAYS:
            raise ChartError(
                "A transition that waits for no event and leads nowhere would be taken for ever. "
                "Give it an event first."
            )
    return _retargeted(diagram, own, "Make internal transition", lambda each: ())


def set_part(chart: Chart, ids: Iterable[str], part: str, text: str) -> Edit:
    """The event, the guard or the actions (`PARTS`) of transitions as a label writes them; everything else stays.

    Raises:
        ChartError: one of them is where a state begins, which has actions alone.
        ExpressionError: it is not understood.
    """
    own = _own(chart, ids)
    changes: list[AnyChange] = []
    for old in own:
        parts = parts_of(chart, old)
        parts[part] = text.strip()
        guard = f" [{parts['guard']}]" if parts["guard"] else ""
        actions = f" / {parts['actions']}" if parts["actions"] else ""
        fields = labels.parse_label(f"{parts['event']}{guard}{actions}", chart=chart, transition=old)
        new = replace(old, trigger=fields.trigger, guard=fields.guard, actions=fields.actions)
        changes.append(TransitionChange(old.id, old, new))
    number = f"{len(own)} transitions" if len(own) != 1 else "a transition"
    return Edit(f"Change {part} of {number}", tuple(changes))


def parts_of(chart: Chart, transition: Transition) -> dict[str, str]:
    """The texts of event, guard and actions, by `PARTS`."""
    guard = transition.guard
    return {
        "event": labels.trigger_text(chart, transition),
        "guard": labels.guard_text(chart, guard) if guard is not None else "",
        "actions": labels.actions_text(transition.actions),
    }


def insert_state(
    chart: Chart, diagram: Diagram, id: str, at: Point | None = None, *, measure: Measure
) -> tuple[Edit, str]:
    """A new state on the way of a transition, which leads there now; another one leads on. Returns its id too.

    `at` is the middle of the new state on the canvas; by default it is between both ends.

    Raises:
        ChartError: it leads nowhere, or from one region to another.
    """
    old = chart.transitions[id]
    parent = _holder(chart, old)
    steps = Steps(chart, diagram)
    boxes = Boxes(chart, diagram)
    origin = boxes.origin(parent)
    middle = at if at is not None else _between(boxes, old)
    width, height = _SIZE
    wanted = Rect(
        _grid(middle.x - origin.x - width / 2), _grid(middle.y - origin.y - height / 2), width, height
    )
    place = clear_of(wanted, _beside(chart, diagram, parent))
    added, new = edits.add_state(chart, diagram, parent, Point(place.x, place.y), measure=measure)
    steps.make(added.changes)
    steps.make(put_between(steps.chart, steps.diagram, id, new).changes)
    name = steps.chart.states[new].key
    return steps.edit(f"Insert “{name}”"), new


def grow(chart: Chart, diagram: Diagram, id: str, way: Point, *, measure: Measure) -> tuple[Edit, str]:
    """A new state beside another, one step along a way of length 1, and a transition to it. Returns that one's id too.

    Raises:
        ChartError: nothing leads out of the state, or it is a region.
    """
    state, box = chart.states[id], diagram.boxes.get(id)
    parent = state.parent
    if parent is None or box is None:
        raise ChartError("Select a state to lead on from.")
    if queries.is_region(chart, id):
        raise ChartError(f"“{state.key}” is a region: nothing leads from it to another one beside it.")
    width, height = _SIZE
    middle = box.rect.center.moved(
        way.x * (box.width / 2 + _APART + width / 2), way.y * (box.height / 2 + _APART + height / 2)
    )
    wanted = Rect(_grid(middle.x - width / 2), _grid(middle.y - height / 2), width, height)
    place = clear_of(wanted, _beside(chart, diagram, parent))
    steps = Steps(chart, diagram)
    added, new = edits.add_state(chart, diagram, parent, Point(place.x, place.y), measure=measure)
    steps.make(added.changes)
    edit, arrow = edits.connect(steps.chart, steps.diagram, id, (new,))
    steps.make(edit.changes)
    return steps.edit(f"Lead on from “{state.key}”"), arrow


def put_between(chart: Chart, diagram: Diagram, id: str, state: str) -> Edit:
    """A transition led to a state, and another from there to where it led; the event, guard and actions stay with it.

    Raises:
        ChartError: nothing can lead out of the state, or it has transitions of its own.
    """
    old, between = chart.transitions[id], chart.states[state]
    if between.kind not in (StateKind.NORMAL, StateKind.PARALLEL):
        raise ChartError(f"Nothing leads out of “{between.key}”.")
    if not is_free(chart, state):
        raise ChartError(f"“{between.key}” has transitions of its own.")
    steps = Steps(chart, diagram)
    targets = old.targets
    steps.make(
        [TransitionChange(id, old, replace(old, targets=(state,), internal=False)), *bends_gone(diagram, id)]
    )
    steps.make(edits.connect(steps.chart, steps.diagram, state, targets)[0].changes)
    return steps.edit(f"Insert “{between.key}”")


def is_free(chart: Chart, state: str) -> bool:
    """Whether no transition leads to a state or out of it, apart from where its parent begins."""
    return all(each.is_pseudo for each in (*chart.incoming(state), *chart.outgoing(state)))


def can_split(chart: Chart, id: str, parent: str) -> bool:
    """Whether a state inside `parent` could be put between the ends of a transition."""
    old = chart.transitions[id]
    try:
        return _holder(chart, old) == parent
    except ChartError:
        return False


def connect_all(
    chart: Chart, diagram: Diagram, sources: Sequence[str], target: str
) -> tuple[Edit, list[str]]:
    """A transition from each of some states to one, all waiting for the same new event. Returns them too.

    Raises:
        ChartError: nothing can lead out of one of them, or to that one.
    """
    own = [id for id in dict.fromkeys(sources) if id != target and id in chart.states]
    if not own:
        raise ChartError("Select the states to connect, and last the one that they are to lead to.")
    steps = Steps(chart, diagram)
    taken = {each.trigger.text for id in own for each in chart.outgoing(id)}
    trigger = Trigger(text=queries.free_name("EVENT", taken))
    found = []
    for id in own:
        edit, new = edits.connect(steps.chart, steps.diagram, id, (target,), trigger)
        steps.make(edit.changes)
        found.append(new)
    what = f"“{chart.states[own[0]].key}”" if len(own) == 1 else f"{len(own)} states"
    return steps.edit(f"Connect {what} to “{chart.states[target].key}”"), found


def _beside(chart: Chart, diagram: Diagram, parent: str) -> list[Rect]:
    """The rectangles of the states inside one."""
    boxes = (diagram.boxes.get(child.id) for child in chart.children(parent))
    return [box.rect for box in boxes if box is not None]


def _grid(value: float) -> float:
    return round(value / GRID) * GRID


def _own(chart: Chart, ids: Iterable[str]) -> list[Transition]:
    """The transitions among some elements, none of them where a state begins."""
    own = [chart.transitions[id] for id in dict.fromkeys(ids) if id in chart.transitions]
    if not own:
        raise ChartError("Select a transition.")
    if any(each.is_pseudo for each in own):
        raise ChartError("An initial or default transition only says where a state begins.")
    return own


def _one_target(chart: Chart, transition: Transition) -> tuple[str]:
    targets = transition.targets
    if len(targets) != 1 or is_unresolved(targets[0]):
        what = "has several targets" if len(targets) > 1 else "leads to no state"
        raise ChartError(f"A transition that {what} cannot be turned around.")
    return (targets[0],)


def _may_lead_out(chart: Chart, transition: Transition, id: str) -> None:
    state = chart.states[id]
    if state.kind is StateKind.FINAL or state.kind.is_history:
        raise ChartError(f"Nothing leads out of “{state.key}”.")
    if transition.trigger.invoke and id != transition.source:
        raise ChartError("Only the state that invokes a service answers its end. Change the trigger first.")


def _last(chart: Chart, id: str) -> float:
    own = chart.outgoing(id)
    return own[-1].order if own else -1.0


def _retargeted(
    diagram: Diagram, own: list[Transition], label: str, targets: Callable[[Transition], tuple[str, ...]]
) -> Edit:
    changes: list[AnyChange] = []
    for old in own:
        new = replace(old, targets=targets(old), internal=False)
        if new != old:
            changes += [TransitionChange(old.id, old, new), *bends_gone(diagram, old.id)]
    return Edit(label if len(own) == 1 else f"{label}s", tuple(changes))


def _holder(chart: Chart, transition: Transition) -> str:
    """The state inside which a state on the way of a transition lies."""
    if transition.trigger.kind is TriggerKind.DEFAULT:
        raise ChartError("A history leads to what was active; no state can be put between.")
    if not any(not is_unresolved(target) for target in transition.targets):
        raise ChartError("The transition leads to no state. Give it a target first.")
    holder: State = chart.states[queries.container(chart, transition)]
    if holder.kind is StateKind.PARALLEL:
        raise ChartError(
            f"The transition leads from one region of “{holder.key}” to another; between them is no room."
        )
    if transition.trigger.kind is TriggerKind.INITIAL and any(
        chart.states[target].parent != holder.id for target in transition.targets if not is_unresolved(target)
    ):
        raise ChartError("The machine begins further inside. Insert the state there.")
    return holder.id


def _between(boxes: Boxes, transition: Transition) -> Point:
    """The middle of the way of a transition on the canvas."""
    bends = boxes.get_bends(transition.id)
    if bends is not None and bends.points:
        origin = boxes.origin(queries.container(boxes.chart, transition))
        at = bends.points[len(bends.points) // 2]
        return at.moved(origin.x, origin.y)
    middles = []
    for id in (transition.source, next(each for each in transition.targets if not is_unresolved(each))):
        box, corner = boxes.get(id), boxes.origin(id)
        middles.append(corner.moved(box.width / 2, box.height / 2) if box is not None else corner)
    return Point(sum(each.x for each in middles) / 2, sum(each.y for each in middles) / 2)
