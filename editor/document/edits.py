"""Planners of what canvas, panels and commands do: each returns the whole consequence of one deed, touching nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from editor.document import dots, kinds, notes, regions, reparenting, resizing, state_ids, stepping_aside
from editor.document.beginnings import candidates, initial_change
from editor.document.boxes import Boxes
from editor.document.removal import bends_gone, removal, transition_gone
from editor.document.rewriting import with_paths
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.sizes import Measure, TableMeasure
from editor.model import labels, queries
from editor.model.changes import AnyChange, BendsChange, InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Label
from editor.model.elements import Info, State, StateKind, Transition, Trigger, TriggerKind

_NAMES = {
    StateKind.NORMAL: "state", StateKind.PARALLEL: "parallel", StateKind.FINAL: "done",
    StateKind.SHALLOW_HISTORY: "history", StateKind.DEEP_HISTORY: "history",
}  # fmt: skip
NEW_EVENT = "EVENT"
"""What the event of a transition is called that was drawn just now, with a number behind it where that is taken."""


def _next_order(records: Sequence[State] | Sequence[Transition]) -> float:
    return records[-1].order + 1 if records else 0.0


def can_hold(chart: Chart, parent: str, ids: Iterable[str]) -> bool:
    """Whether states could become children of `parent`."""
    return reparenting.can_hold(chart, parent, ids)


def add_state(
    chart: Chart,
    diagram: Diagram,
    parent: str,
    at: Point,
    *,
    kind: StateKind = StateKind.NORMAL,
    key: str | None = None,
    size: tuple[float, float] | None = None,
    measure: Measure,
) -> tuple[Edit, str]:
    """A new state at a place within its parent; the first child becomes initial. Returns its id too.

    It is as large as it usually is, or of a `size` where that has room for its name; what that covers steps out
    of it. A region goes where there is ground for it in its parallel state, which grows if need be.

    Raises:
        ChartError: the parent cannot hold children.
    """
    holder = chart.states[parent]
    if holder.kind not in (StateKind.NORMAL, StateKind.PARALLEL):
        raise ChartError(f"“{holder.key}” is a {kinds.WORDS[holder.kind]} and cannot hold states.")
    id = chart.fresh_id("s")
    order = _next_order(chart.children(parent))
    wanted = key or ("region" if _holds_regions(holder, kind) else _NAMES[kind])
    name = queries.fresh_key(chart, parent, wanted)
    state = State(id=id, parent=parent, key=name, order=order, kind=kind)
    after = chart.copy()
    changes: list[AnyChange] = [StateChange(id, None, state)]
    after.apply(changes)
    boxes = Boxes(after, diagram)
    width, height = sizes.state_size(after, id, measure)
    if size is not None:
        width, height = max(width, size[0]), max(height, size[1])
    elif kind is StateKind.PARALLEL:
        width, height = max(width, 320.0), max(height, 160.0)
    elif _holds_regions(holder, kind):
        width, height = max(width, 240.0), max(height, 120.0)
    place = Rect(at.x, at.y, width, height)
    if holder.kind is StateKind.PARALLEL and not kind.is_history:
        place = regions.place_for(boxes, parent, (width, height), measure) or place
    boxes.put(id, Box(id=id, x=place.x, y=place.y, width=place.width, height=place.height))
    if size is not None:
        stepping_aside.step_out(boxes, id)
    boxes.fit(parent, measure)
    changes += boxes.changes()
    is_first = not candidates(chart, parent)
    if is_first and holder.kind is StateKind.NORMAL and not kind.is_history:
        changes.append(initial_change(chart, parent, id))
    return Edit(f"Add {kinds.WORDS[kind]} “{name}”", tuple(changes)), id


def _holds_regions(holder: State, kind: StateKind) -> bool:
    return holder.kind is StateKind.PARALLEL and kind is StateKind.NORMAL


def set_initial(chart: Chart, diagram: Diagram, id: str) -> Edit:
    """Make a state the initial one of its parent.

    Raises:
        ChartError: it is a history, or its parent begins in all of its regions.
    """
    state = chart.states[id]
    if state.parent is None or state.kind.is_history:
        raise ChartError(f"“{state.key}” cannot be initial.")
    if chart.states[state.parent].kind is StateKind.PARALLEL:
        raise ChartError(f"“{chart.states[state.parent].key}” is parallel: all of its regions are entered.")
    return Edit(f"Make “{state.key}” initial", (initial_change(chart, state.parent, id),))


def rename(chart: Chart, id: str, key: str) -> Edit:
    """Give a state another name; everything that refers to it follows.

    Raises:
        ChartError: the name is empty, or a sibling has it, or another state where names are unique.
    """
    state = chart.states[id]
    key = key.strip()
    if not key:
        raise ChartError("A state needs a name.")
    if state.parent is not None:
        twin = queries.child_by_key(chart, state.parent, key)
        if twin is not None and twin.id != id:
            raise ChartError(f"There is a state “{key}” beside it already. Choose another name.")
    if state.parent is not None and chart.info.conventions.by_token:
        return Edit(f"Rename “{state.key}” to “{key}”", state_ids.renamed(chart, state, key))
    new = replace(state, key=key)
    if state.parent is None:
        new = replace(new, declared_id=key)
    changes = with_paths(chart, (StateChange(id, state, new),), [id] if state.parent is not None else [])
    return Edit(f"Rename “{state.key}” to “{key}”", changes)


def set_kind(chart: Chart, diagram: Diagram, id: str, kind: StateKind, *, measure: Measure) -> Edit:
    """Make a state normal, parallel, final or a history; what it cannot keep goes, and the label says so.

    Raises:
        ChartError: it has children that the new kind cannot hold.
    """
    return kinds.kind_change(chart, diagram, id, kind, measure)


def move(
    chart: Chart,
    diagram: Diagram,
    starts: Mapping[str, Box],
    dx: float,
    dy: float,
    *,
    dots_of: Mapping[str, Box] = MappingProxyType({}),
) -> Edit:
    """States shifted from where they started, with the initial dots of others (`dots.carried`).

    It is always computed from there, so nothing drifts. Bends between states that are moved together come along.
    """
    boxes = Boxes(chart, diagram)
    dots.carry(boxes, dots_of, dx, dy)
    for id, box in starts.items():
        boxes.put(id, replace(diagram.boxes[id], x=box.x + dx, y=box.y + dy, auto=False))
    for id, box in list(starts.items())[:1]:
        now = diagram.boxes[id]
        boxes.carry_bends(starts, box.x + dx - now.x, box.y + dy - now.y)
    return Edit("Move", tuple(boxes.changes()))


def fit_parents(chart: Chart, diagram: Diagram, ids: Iterable[str], *, measure: Measure) -> Edit:
    """The parents of some states grown to hold them."""
    boxes = Boxes(chart, diagram)
    for parent in dict.fromkeys(chart.states[id].parent for id in ids):
        boxes.fit(parent, measure)
    return Edit("Fit", tuple(boxes.changes()))


def nudge(
    chart: Chart, diagram: Diagram, ids: Iterable[str], dx: float, dy: float, *, measure: Measure
) -> Edit:
    """States and initial dots moved by the keyboard."""
    boxes = Boxes(chart, diagram)
    selected = list(ids)
    chosen = [id for id in selected if id in diagram.boxes and id != chart.root_id]
    alone = [id for id in selected if dots.is_initial(chart, id)] if not chosen else []
    if alone:
        return _nudge_dots(chart, diagram, alone, dx, dy, measure)
    top = [id for id in chosen if not any(state.id in chosen for state in chart.ancestors(id))]
    for id in top:
        box = diagram.boxes[id]
        boxes.put(id, replace(box, x=box.x + dx, y=box.y + dy, auto=False))
    dots.carry(boxes, dots.carried(chart, diagram, top, selected), dx, dy)
    boxes.carry_bends(top, dx, dy)
    for parent in dict.fromkeys(chart.states[id].parent for id in top):
        boxes.fit(parent, measure)
    return Edit("Nudge", tuple(boxes.changes()))


def _nudge_dots(
    chart: Chart, diagram: Diagram, ids: Iterable[str], dx: float, dy: float, measure: Measure
) -> Edit:
    changes: list[AnyChange] = []
    for id in ids:
        at = dots.place_of(chart, diagram, id, measure)
        if at is not None:
            changes += dots.placing(chart, diagram, id, at.moved(dx, dy), measure).changes
    return Edit("Nudge", tuple(changes))


def place_initial(chart: Chart, diagram: Diagram, id: str, at: Point, *, measure: Measure) -> Edit:
    """The dot of an initial transition at an absolute place, or as near to it as its state has room."""
    origin = Boxes(chart, diagram).origin(chart.transitions[id].source)
    return dots.placing(chart, diagram, id, at.moved(-origin.x, -origin.y), measure)


def resize(chart: Chart, diagram: Diagram, id: str, rect: Rect, *, measure: Measure) -> Edit:
    """A state with another rectangle within its parent; not smaller than its text and what it holds.

    What is inside stays where it is on the canvas when the left or top side moves. Regions beside a region follow
    its sides; a side that is the border of its parallel state is moved with that, and all regions there follow.
    """
    boxes = Boxes(chart, diagram)
    resizing.resize(boxes, id, rect, measure)
    boxes.fit(chart.states[id].parent, measure)
    return Edit(f"Resize “{chart.states[id].key}”", tuple(boxes.changes()))


def reparent(chart: Chart, diagram: Diagram, ids: Sequence[str], parent: str, *, measure: Measure) -> Edit:
    """States moved into another parent, where they are on the canvas; that parent grows to hold them.

    Raises:
        ChartError: a state would end inside itself, or the parent cannot hold states.
    """
    return reparenting.reparenting(chart, diagram, ids, parent, measure)


def delete(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> Edit:
    """States with all inside, transitions, every transition that touches what goes, and notes."""
    chosen = list(ids)
    return notes.with_removed(diagram, chosen, removal(chart, diagram, chosen))


def connect(
    chart: Chart, diagram: Diagram, source: str, targets: Sequence[str], trigger: Trigger | None = None
) -> tuple[Edit, str]:
    """A new transition; from a history it becomes its default. Returns its id too.

    Raises:
        ChartError: the source is a final state, or a target is the machine itself.
    """
    state = chart.states[source]
    if state.kind is StateKind.FINAL:
        raise ChartError(f"“{state.key}” is final: nothing leads out of it.")
    if chart.root_id in targets:
        raise ChartError("A transition leads to a state, not to the machine itself.")
    if state.kind.is_history:
        old = queries.default_transition(chart, source)
        if old is not None:
            return Edit(
                "Change default", (TransitionChange(old.id, old, replace(old, targets=tuple(targets))),)
            ), old.id
        trigger = Trigger(kind=TriggerKind.DEFAULT)
    id = chart.fresh_id("t")
    given = trigger or Trigger(text=_fresh_event(chart, source))
    order = _next_order(chart.outgoing(source))
    new = Transition(id=id, source=source, targets=tuple(targets), order=order, trigger=given)
    return Edit("Add transition", (TransitionChange(id, None, new),)), id


def _fresh_event(chart: Chart, source: str) -> str:
    taken = {each.trigger.text for each in chart.outgoing(source)}
    return queries.free_name(NEW_EVENT, taken)


def reconnect(chart: Chart, diagram: Diagram, id: str, end: str, state: str) -> Edit:
    """Move the `source` or the `target` (or `target1` and so on) of a transition; everything else stays.

    Raises:
        ChartError: the new end cannot be one.
    """
    old = chart.transitions[id]
    if end == "source":
        if old.is_pseudo:
            raise ChartError("The beginning of an initial or default transition stays where it is.")
        if chart.states[state].kind in (StateKind.FINAL, StateKind.SHALLOW_HISTORY, StateKind.DEEP_HISTORY):
            raise ChartError(f"Nothing leads out of “{chart.states[state].key}”.")
        if old.trigger.invoke and state != old.source:
            raise ChartError(
                "Only the state that invokes a service answers its end. Change the trigger first."
            )
        new = replace(old, source=state, order=_next_order(chart.outgoing(state)))
    else:
        if state == chart.root_id:
            raise ChartError("A transition leads to a state, not to the machine itself.")
        if old.trigger.kind is TriggerKind.INITIAL and not queries.is_descendant(chart, state, old.source):
            raise ChartError(f"“{chart.states[old.source].key}” begins with a state inside it.")
        if old.trigger.kind is TriggerKind.INITIAL and chart.states[state].kind.is_history:
            raise ChartError(f"“{chart.states[state].key}” cannot be initial.")
        place = int(end.removeprefix("target") or 0)
        targets = list(old.targets) or [state]
        targets[min(place, len(targets) - 1)] = state
        new = replace(old, targets=tuple(dict.fromkeys(targets)))
    changes: list[AnyChange] = [TransitionChange(id, old, new)]
    is_elsewhere = (old.source, old.targets) != (new.source, new.targets)
    if is_elsewhere:
        changes += bends_gone(diagram, id)
    return Edit("Reconnect transition", tuple(changes) if is_elsewhere else ())


def set_label(chart: Chart, id: str, text: str) -> Edit:
    """Trigger, guard and actions of a transition from one line.

    Raises:
        ExpressionError: it is not understood; with the column.
    """
    old = chart.transitions[id]
    fields = labels.parse_label(text, chart=chart, transition=old)
    new = replace(old, trigger=fields.trigger, guard=fields.guard, actions=fields.actions)
    return Edit("Edit label", (TransitionChange(id, old, new),))


def set_bends(chart: Chart, diagram: Diagram, id: str, points: Sequence[Point]) -> Edit:
    """Way points of a transition, absolute; kept as placed by hand."""
    origin = Boxes(chart, diagram).origin(queries.container(chart, chart.transitions[id]))
    old = diagram.bends.get(id)
    moved = tuple(point.moved(-origin.x, -origin.y) for point in points)
    new = replace(old, points=moved, auto=False) if old is not None else Bends(id=id, points=moved)
    return Edit("Bend transition", (BendsChange(id, old, new),))


def place_label(chart: Chart, diagram: Diagram, id: str, label: Label) -> Edit:
    """The place of a transition's label."""
    old = diagram.bends.get(id)
    new = replace(old, label=label) if old is not None else Bends(id=id, label=label)
    return Edit("Move label", (BendsChange(id, old, new),))


def is_placed(chart: Chart, diagram: Diagram, id: str) -> bool:
    """Whether a transition has bends, a label or a dot that was placed by hand."""
    box = diagram.boxes.get(chart.transitions[id].source) if dots.is_initial(chart, id) else None
    return id in diagram.bends or (box is not None and box.initial is not None)


def clear_bends(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> Edit:
    """Transitions routed anew: their bends, labels and initial dots go where the routing puts them."""
    changes: list[AnyChange] = []
    for id in ids:
        changes += bends_gone(diagram, id)
        if dots.is_initial(chart, id):
            changes += dots.placing(chart, diagram, id, None, TableMeasure()).changes
    return Edit("Clear bends", tuple(changes))


def set_state(
    chart: Chart, diagram: Diagram, new: State, *, measure: Measure, label: str = "Edit state"
) -> Edit:
    """A state with other fields; transitions of invocations that are gone go, its box fits its text."""
    old = chart.states[new.id]
    changes: list[AnyChange] = [StateChange(new.id, old, new)]
    gone = {invoke.uid for invoke in old.invokes} - {invoke.uid for invoke in new.invokes}
    for transition in chart.outgoing(new.id):
        if transition.trigger.invoke and transition.trigger.invoke in gone:
            changes += transition_gone(diagram, transition)
    after = chart.copy()
    after.apply(changes)
    if new.id in diagram.boxes and new.id != chart.root_id:
        boxes = Boxes(after, diagram)
        boxes.fit_text(new.id, measure)
        boxes.fit(new.id, measure)
        changes += boxes.changes()
    return Edit(label, tuple(changes))


def set_info(chart: Chart, new: Info, *, label: str = "Edit machine") -> Edit:
    """The machine with another start context, or with other meanings of names."""
    return Edit(label, (InfoChange(new.id, chart.info, new),))


def set_transition(chart: Chart, new: Transition, *, label: str = "Edit transition") -> Edit:
    """A transition with other fields."""
    return Edit(label, (TransitionChange(new.id, chart.transitions[new.id], new),))


def reorder(chart: Chart, id: str, by: int) -> Edit:
    """A transition earlier or later among the alternatives of its trigger."""
    own = chart.transitions[id]
    row = queries.trigger_list(chart, own)
    here = [each.id for each in row].index(id)
    there = here + by
    if not 0 <= there < len(row):
        return Edit("Reorder", ())
    other = row[there]
    return Edit(
        "Reorder alternatives",
        (
            TransitionChange(own.id, own, replace(own, order=other.order)),
            TransitionChange(other.id, other, replace(other, order=own.order)),
        ),
    )
