"""Planners of what the canvas does: each returns the whole consequence of one deed and touches nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from editor.document.boxes import Boxes
from editor.document.removal import removal
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model import labels, queries
from editor.model.changes import AnyChange, BendsChange, BoxChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Label
from editor.model.elements import State, StateKind, Transition, Trigger, TriggerKind, is_unresolved

_NAMES = {
    StateKind.NORMAL: "state", StateKind.PARALLEL: "parallel", StateKind.FINAL: "done",
    StateKind.SHALLOW_HISTORY: "history", StateKind.DEEP_HISTORY: "history",
}  # fmt: skip
_WORDS = {
    StateKind.NORMAL: "state", StateKind.PARALLEL: "parallel state", StateKind.FINAL: "final state",
    StateKind.SHALLOW_HISTORY: "history", StateKind.DEEP_HISTORY: "deep history",
}  # fmt: skip


def _next_order(records: Sequence[State] | Sequence[Transition]) -> float:
    return records[-1].order + 1 if records else 0.0


def can_hold(chart: Chart, parent: str, ids: Iterable[str]) -> bool:
    """Whether states could become children of `parent`."""
    if chart.states[parent].kind not in (StateKind.NORMAL, StateKind.PARALLEL):
        return False
    return all(id != parent and not queries.is_descendant(chart, parent, id) for id in ids)


def add_state(
    chart: Chart,
    diagram: Diagram,
    parent: str,
    at: Point,
    *,
    kind: StateKind = StateKind.NORMAL,
    key: str | None = None,
    measure: Measure,
) -> tuple[Edit, str]:
    """A new state at a place within its parent; the first child becomes initial. Returns its id too.

    Raises:
        ChartError: the parent cannot hold children.
    """
    holder = chart.states[parent]
    if holder.kind not in (StateKind.NORMAL, StateKind.PARALLEL):
        raise ChartError(f"“{holder.key}” is a {_WORDS[holder.kind]} and cannot hold states.")
    id = chart.fresh_id("s")
    order = _next_order(chart.children(parent))
    name = key or queries.fresh_key(chart, parent, "region" if _holds_regions(holder, kind) else _NAMES[kind])
    state = State(id=id, parent=parent, key=name, order=order, kind=kind)
    after = chart.copy()
    changes: list[AnyChange] = [StateChange(id, None, state)]
    after.apply(changes)
    boxes = Boxes(chart, diagram)
    width, height = sizes.state_size(after, id, measure)
    if kind is StateKind.PARALLEL:
        width, height = max(width, 320.0), max(height, 160.0)
    elif _holds_regions(holder, kind):
        width, height = max(width, 240.0), max(height, 120.0)
    boxes.put(id, Box(id=id, x=at.x, y=at.y, width=width, height=height))
    boxes.fit(parent, measure, after)
    changes += boxes.changes()
    is_first = not any(not child.kind.is_history for child in chart.children(parent))
    if is_first and holder.kind is StateKind.NORMAL and not kind.is_history:
        changes.append(_initial_change(chart, parent, id))
    return Edit(f"Add {_WORDS[kind]} “{name}”", tuple(changes)), id


def _holds_regions(holder: State, kind: StateKind) -> bool:
    return holder.kind is StateKind.PARALLEL and kind is StateKind.NORMAL


def _initial_change(chart: Chart, parent: str, target: str) -> TransitionChange:
    old = queries.initial_transition(chart, parent)
    if old is not None:
        return TransitionChange(old.id, old, replace(old, targets=(target,)))
    id = chart.fresh_id("t")
    first = chart.outgoing(parent)
    order = first[0].order - 1 if first else 0.0
    new = Transition(
        id=id, source=parent, targets=(target,), order=order, trigger=Trigger(kind=TriggerKind.INITIAL)
    )
    return TransitionChange(id, None, new)


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
    return Edit(f"Make “{state.key}” initial", (_initial_change(chart, state.parent, id),))


def rename(chart: Chart, id: str, key: str) -> Edit:
    """Give a state another name; everything that refers to it follows.

    Raises:
        ChartError: the name is empty, or a sibling has it.
    """
    state = chart.states[id]
    key = key.strip()
    if not key:
        raise ChartError("A state needs a name.")
    if state.parent is not None:
        twin = queries.child_by_key(chart, state.parent, key)
        if twin is not None and twin.id != id:
            raise ChartError(f"There is a state “{key}” beside it already. Choose another name.")
    new = replace(state, key=key)
    if state.parent is None and state.declared_id is not None:
        new = replace(new, declared_id=key)
    return Edit(f"Rename “{state.key}” to “{key}”", (StateChange(id, state, new),))


def set_kind(chart: Chart, diagram: Diagram, id: str, kind: StateKind, *, measure: Measure) -> Edit:
    """Make a state normal, parallel, final or a history; what it cannot keep goes, and the label says so.

    Raises:
        ChartError: it has children that the new kind cannot hold.
    """
    state = chart.states[id]
    if state.parent is None and kind not in (StateKind.NORMAL, StateKind.PARALLEL):
        raise ChartError("The machine itself is normal or parallel.")
    is_leaf = kind not in (StateKind.NORMAL, StateKind.PARALLEL)
    if is_leaf and chart.has_children(id):
        raise ChartError(f"“{state.key}” has states inside. Move them out before making it a {_WORDS[kind]}.")
    changes: list[AnyChange] = [StateChange(id, state, replace(state, kind=kind))]
    gone = [each for each in chart.outgoing(id) if is_leaf and not (kind.is_history and each.is_pseudo)]
    gone += [each for each in chart.outgoing(id) if each.is_pseudo and kind is StateKind.PARALLEL]
    for transition in dict.fromkeys(gone):
        changes.append(TransitionChange(transition.id, transition, None))
        if transition.id in diagram.bends:
            changes.append(BendsChange(transition.id, diagram.bends[transition.id], None))
    after = chart.copy()
    after.apply(changes)
    box = diagram.boxes.get(id)
    if box is not None and (is_leaf or not chart.has_children(id)):
        width, height = sizes.state_size(after, id, measure)
        if not is_leaf:
            width, height = max(width, box.width), max(height, box.height)
        changes.append(BoxChange(id, box, replace(box, width=width, height=height)))
    removed = f", removing {len(set(gone))} transition{'s' if len(set(gone)) > 1 else ''}" if gone else ""
    return Edit(f"Make “{state.key}” a {_WORDS[kind]}{removed}", tuple(changes))


def move(chart: Chart, diagram: Diagram, starts: Mapping[str, Box], dx: float, dy: float) -> Edit:
    """States shifted from where they started; always computed from there, so nothing drifts."""
    changes = [
        BoxChange(id, diagram.boxes[id], replace(box, x=box.x + dx, y=box.y + dy, auto=False))
        for id, box in starts.items()
    ]
    return Edit("Move", tuple(changes))


def fit_parents(chart: Chart, diagram: Diagram, ids: Iterable[str], *, measure: Measure) -> Edit:
    """The parents of some states grown to hold them."""
    boxes = Boxes(chart, diagram)
    for parent in dict.fromkeys(chart.states[id].parent for id in ids):
        boxes.fit(parent, measure)
    return Edit("Fit", tuple(boxes.changes()))


def nudge(
    chart: Chart, diagram: Diagram, ids: Iterable[str], dx: float, dy: float, *, measure: Measure
) -> Edit:
    """States moved by the keyboard."""
    boxes = Boxes(chart, diagram)
    chosen = [id for id in ids if id in diagram.boxes]
    top = [id for id in chosen if not any(state.id in chosen for state in chart.ancestors(id))]
    for id in top:
        box = diagram.boxes[id]
        boxes.put(id, replace(box, x=box.x + dx, y=box.y + dy, auto=False))
    for parent in dict.fromkeys(chart.states[id].parent for id in top):
        boxes.fit(parent, measure)
    return Edit("Nudge", tuple(boxes.changes()))


def resize(chart: Chart, diagram: Diagram, id: str, rect: Rect, *, measure: Measure) -> Edit:
    """A state with another rectangle within its parent; not smaller than its text and what it holds.

    What is inside stays where it is on the canvas when the left or top side moves.
    """
    box = diagram.boxes[id]
    boxes = Boxes(chart, diagram)
    least_width, least_height = sizes.state_size(chart, id, measure)
    held = [diagram.boxes[child.id] for child in chart.children(id) if child.id in diagram.boxes]
    around = Rect.around(each.rect for each in held)
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    if around is not None:
        header = sizes.header_height(chart, id, measure) + 8
        left = min(left, box.x + around.x - 8) if left != box.x else left
        top = min(top, box.y + around.y - header) if top != box.y else top
        right = max(right, box.x + around.right + 8)
        bottom = max(bottom, box.y + around.bottom + 8)
    if right - left < least_width:
        left, right = (right - least_width, right) if left != box.x else (left, left + least_width)
    if bottom - top < least_height:
        top, bottom = (bottom - least_height, bottom) if top != box.y else (top, top + least_height)
    dx, dy = box.x - left, box.y - top
    new = replace(box, x=left, y=top, width=right - left, height=bottom - top, auto=False)
    if new.initial is not None and (dx or dy):
        new = replace(new, initial=new.initial.moved(dx, dy))
    boxes.put(id, new)
    if dx or dy:
        for each in held:
            boxes.put(each.id, replace(each, x=each.x + dx, y=each.y + dy))
    boxes.fit(chart.states[id].parent, measure)
    return Edit(f"Resize “{chart.states[id].key}”", tuple(boxes.changes()))


def reparent(chart: Chart, diagram: Diagram, ids: Sequence[str], parent: str, *, measure: Measure) -> Edit:
    """States moved into another parent, where they are on the canvas; that parent grows to hold them.

    Raises:
        ChartError: a state would end inside itself, or the parent cannot hold states.
    """
    if not can_hold(chart, parent, ids):
        raise ChartError(f"“{chart.states[parent].key}” cannot hold this.")
    changes: list[AnyChange] = []
    boxes = Boxes(chart, diagram)
    order = _next_order(chart.children(parent))
    taken = {child.key for child in chart.children(parent)}
    origin = boxes.origin(parent)
    left = {chart.states[id].parent for id in ids} - {parent}
    had = any(not child.kind.is_history for child in chart.children(parent))
    for place, id in enumerate(ids):
        state = chart.states[id]
        key = _free(state.key, taken)
        taken.add(key)
        changes.append(StateChange(id, state, replace(state, parent=parent, key=key, order=order + place)))
        box = diagram.boxes.get(id)
        if box is not None:
            old = boxes.origin(state.parent)
            boxes.put(id, replace(box, x=box.x + old.x - origin.x, y=box.y + old.y - origin.y, auto=False))
    changes += _initials_after(chart, ids, parent, left, had=had)
    after = chart.copy()
    after.apply(changes)
    for transition in chart.transitions.values():
        bends = diagram.bends.get(transition.id)
        if bends is not None and after.transitions.get(transition.id) is not None:
            now = queries.container(after, after.transitions[transition.id])
            if now != queries.container(chart, transition):
                changes.append(
                    BendsChange(transition.id, bends, _rebased(bends, boxes, chart, transition, now))
                )
    boxes.fit(parent, measure, after)
    name = chart.states[ids[0]].key if len(ids) == 1 else f"{len(ids)} states"
    where = "to the top level" if parent == chart.root_id else f"into “{chart.states[parent].key}”"
    return Edit(f"Move “{name}” {where}", (*changes, *boxes.changes()))


def _rebased(bends: Bends, boxes: Boxes, chart: Chart, transition: Transition, now: str) -> Bends:
    old, new = boxes.origin(queries.container(chart, transition)), boxes.origin(now)
    return replace(bends, points=tuple(point.moved(old.x - new.x, old.y - new.y) for point in bends.points))


def _free(key: str, taken: set[str]) -> str:
    number, free = 2, key
    while free in taken:
        free, number = f"{key}{number}", number + 1
    return free


def _initials_after(
    chart: Chart, ids: Sequence[str], parent: str, left: set[str | None], *, had: bool
) -> list[AnyChange]:
    """Initial transitions that would point out of their state go to a child that stays, or go."""
    changes: list[AnyChange] = []
    moved = set(ids)
    for each in left:
        initial = queries.initial_transition(chart, each) if each is not None else None
        if initial is None or not any(_is_at_or_in(chart, target, moved) for target in initial.targets):
            continue
        stay = [
            child
            for child in chart.children(str(each))
            if child.id not in moved and not child.kind.is_history
        ]
        new = replace(initial, targets=(stay[0].id,)) if stay else None
        changes.append(TransitionChange(initial.id, initial, new))
    holder = chart.states[parent]
    if not had and holder.kind is StateKind.NORMAL and queries.initial_transition(chart, parent) is None:
        first = next((id for id in ids if not chart.states[id].kind.is_history), None)
        if first is not None:
            changes.append(_initial_change(chart, parent, first))
    return changes


def _is_at_or_in(chart: Chart, id: str, roots: set[str]) -> bool:
    return not is_unresolved(id) and (id in roots or any(state.id in roots for state in chart.ancestors(id)))


def delete(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> Edit:
    """States with all inside, transitions, and every transition that touches what goes."""
    return removal(chart, diagram, ids)


def connect(
    chart: Chart, diagram: Diagram, source: str, targets: Sequence[str], trigger: Trigger | None = None
) -> tuple[Edit, str]:
    """A new transition; from a history it becomes its default. Returns its id too.

    Raises:
        ChartError: a final state has no transitions.
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
    return _free("EVENT", taken)


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
        new = replace(old, source=state, order=_next_order(chart.outgoing(state)))
    else:
        if state == chart.root_id:
            raise ChartError("A transition leads to a state, not to the machine itself.")
        place = int(end.removeprefix("target") or 0)
        targets = list(old.targets) or [state]
        targets[min(place, len(targets) - 1)] = state
        new = replace(old, targets=tuple(dict.fromkeys(targets)))
    changes: list[AnyChange] = [TransitionChange(id, old, new)]
    if id in diagram.bends:
        changes.append(BendsChange(id, diagram.bends[id], None))
    return Edit("Reconnect transition", tuple(changes))


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


def clear_bends(chart: Chart, diagram: Diagram, ids: Iterable[str]) -> Edit:
    """Transitions routed anew."""
    changes = [BendsChange(id, diagram.bends[id], None) for id in ids if id in diagram.bends]
    return Edit("Clear bends", tuple(changes))


def set_tint(diagram: Diagram, ids: Iterable[str], tint: int | None) -> Edit:
    """States with one of the eight tints, or none."""
    changes = [
        BoxChange(id, diagram.boxes[id], replace(diagram.boxes[id], tint=tint))
        for id in ids
        if id in diagram.boxes
    ]
    return Edit("Tint", tuple(changes))


def set_state(
    chart: Chart, diagram: Diagram, new: State, *, measure: Measure, label: str = "Edit state"
) -> Edit:
    """A state with other fields; transitions of invocations that are gone go, its box fits its text."""
    old = chart.states[new.id]
    changes: list[AnyChange] = [StateChange(new.id, old, new)]
    gone = {invoke.uid for invoke in old.invokes} - {invoke.uid for invoke in new.invokes}
    for transition in chart.outgoing(new.id):
        if transition.trigger.invoke and transition.trigger.invoke in gone:
            changes.append(TransitionChange(transition.id, transition, None))
            if transition.id in diagram.bends:
                changes.append(BendsChange(transition.id, diagram.bends[transition.id], None))
    after = chart.copy()
    after.apply(changes)
    box = diagram.boxes.get(new.id)
    if box is not None:
        width, height = sizes.state_size(after, new.id, measure)
        boxes = Boxes(chart, diagram)
        if width > box.width or height > box.height:
            boxes.put(new.id, replace(box, width=max(box.width, width), height=max(box.height, height)))
        boxes.fit(new.id, measure, after)
        changes += boxes.changes()
    return Edit(label, tuple(changes))


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
