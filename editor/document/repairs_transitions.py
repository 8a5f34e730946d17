"""Repairs of problems about transitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from editor.document import edits
from editor.document.repair import Fix, Spot
from editor.document.rewriting import Rewriter
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point
from editor.model import expressions, queries
from editor.model.changes import AnyChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    Block,
    Choose,
    Foreach,
    State,
    Transition,
    Trigger,
    TriggerKind,
    is_unresolved,
    unresolved,
    unresolved_text,
)

_GAP = 80


def _set(spot: Spot, kind: str, title: str, new: Transition) -> Fix:
    return Fix(kind, title, lambda: edits.set_transition(spot.chart, new, label=title))


def _delete(spot: Spot) -> Iterator[Fix]:
    yield spot.delete("Delete the transition")


def _end(spot: Spot) -> Iterator[Fix]:
    yield spot.delete(
        "Remove the initial state" if spot.transition.trigger.kind is TriggerKind.INITIAL else "Remove it"
    )


def _shadowed(spot: Spot) -> Iterator[Fix]:
    """Above the one without a guard, where that gives it a turn."""
    own = spot.transition
    row = queries.trigger_list(spot.chart, own)
    here = row.index(own)
    if own.guard is not None and any(each.guard is None for each in row[:here]):
        above = next(each for each in row if each.guard is None)
        between = row[row.index(above) : here + 1]
        orders = [each.order for each in between]
        moved = [own, *between[:-1]]
        changes = tuple(
            TransitionChange(each.id, each, replace(each, order=order))
            for each, order in zip(moved, orders, strict=True)
        )
        yield Fix("move up", "Move it up", lambda: Edit("Move it up", changes))
    yield spot.delete("Delete the transition")


def _guard(spot: Spot) -> Iterator[Fix]:
    without = _set(spot, "remove guard", "Remove the guard", replace(spot.transition, guard=None))
    if spot.problem.rule == "guard-never-holds":
        yield spot.delete("Delete the transition")
    yield without


def _internal(spot: Spot) -> Iterator[Fix]:
    yield _set(spot, "external", "Make it external", replace(spot.transition, internal=False))


def _at_once(spot: Spot) -> Iterator[Fix]:
    trigger = Trigger(kind=TriggerKind.ALWAYS)
    order = spot.transition.order
    yield _set(spot, "eventless", "Make it eventless", replace(spot.transition, trigger=trigger, order=order))


def _length(spot: Spot) -> Iterator[Fix]:
    """A delay below nothing as one above it."""
    meant, wrong = spot.problem.meant, spot.problem.name
    if not meant:
        return

    def plan() -> Edit:
        element, chart = spot.problem.element, spot.chart
        if element in chart.transitions and spot.problem.field == "trigger":
            own = chart.transitions[element]
            return edits.set_transition(chart, replace(own, trigger=replace(own.trigger, text=meant)))
        return rewritten_record(spot, Rewriter(expression=lambda text: meant if text == wrong else text), "")

    yield Fix("take", f"Take “{meant}”", plan)


def _star(spot: Spot) -> Iterator[Fix]:
    text = spot.transition.trigger.text
    bare = text.rstrip("*").rstrip(".")
    if bare and "*" not in bare and text.endswith("*"):
        wanted = f"{bare}.*"
        yield _take_trigger(spot, wanted)


def _take_trigger(spot: Spot, text: str) -> Fix:
    trigger = replace(spot.transition.trigger, text=text)
    return _set(spot, "take", f"Take “{text}”", replace(spot.transition, trigger=trigger))


def _trigger_meant(spot: Spot) -> Iterator[Fix]:
    if spot.problem.meant:
        yield _take_trigger(spot, spot.problem.meant)
    yield spot.delete("Delete the transition")


def _apart(spot: Spot) -> Iterator[Fix]:
    number = int(spot.parts[1])
    targets = spot.transition.targets
    if number < len(targets):
        left = targets[:number] + targets[number + 1 :]
        yield _set(spot, "remove", "Remove this target", replace(spot.transition, targets=left))


def _unknown_state(spot: Spot) -> Iterator[Fix]:
    chart, problem = spot.chart, spot.problem
    if problem.element in chart.transitions and spot.parts[0] == "targets":
        number = int(spot.parts[1])
        targets = spot.transition.targets
        if number < len(targets) and is_unresolved(targets[number]):
            yield from _retargeted(spot, number, unresolved_text(targets[number]))
            if len(targets) == 1 and not spot.transition.is_pseudo:
                yield spot.delete("Delete the transition")
    elif problem.meant:
        yield Fix("take", f"Take “{problem.meant}”", lambda: _renamed_inside(spot))


def _retargeted(spot: Spot, number: int, text: str) -> Iterator[Fix]:
    meant = spot.problem.meant
    found = resolve(spot.chart, spot.transition, meant) if meant else None
    if found is not None:
        end = "target" if number == 0 else f"target{number}"
        yield Fix(
            "take",
            f"Lead to “{meant}”",
            lambda: edits.reconnect(spot.chart, spot.diagram, spot.transition.id, end, found),
        )
    if text and not set(text) & set("#.") and not spot.transition.is_pseudo:
        yield Fix("add", f"Add a state “{text}”", lambda: _with_state(spot, number, text))


def resolve(chart: Chart, transition: Transition, text: str) -> str | None:
    """The state that a target names (native format, "Targets"); None for none."""
    source = transition.source
    if text.startswith("#"):
        return queries.find_named(chart, text)
    if text.startswith("."):
        return queries.find_path(chart, text[1:], source)
    beside = chart.states[source].parent
    is_inner = transition.trigger.kind is TriggerKind.INITIAL or beside is None
    return queries.find_path(chart, text, source if is_inner else beside)


def _with_state(spot: Spot, number: int, key: str) -> Edit:
    """A new state of the name that was written, beside the source, and the transition to it."""
    chart, diagram = spot.chart, spot.diagram
    source = chart.states[spot.transition.source]
    parent = source.parent if source.parent is not None else source.id
    boxes = [diagram.boxes[each.id] for each in chart.children(parent) if each.id in diagram.boxes]
    own = diagram.boxes.get(source.id)
    right = max((box.x + box.width for box in boxes), default=0.0) + _GAP
    at = Point(right, own.y if own is not None and source.parent is not None else 40.0)
    added, id = edits.add_state(chart, diagram, parent, at, key=key, measure=spot.measure)
    transition = spot.transition
    targets = tuple(id if place == number else each for place, each in enumerate(transition.targets))
    change = TransitionChange(transition.id, transition, replace(transition, targets=targets))
    return Edit(f"Add a state “{key}”", (*added.changes, change))


def _renamed_inside(spot: Spot) -> Edit:
    """The path of an `in` guard or of `matches` as it was meant, in one record."""
    meant = spot.problem.meant
    found = queries.find_named(spot.chart, meant)
    wrong = spot.problem.name
    if found is None:
        raise ChartError(f"There is no state “{meant}”.")
    return rewritten_record(
        spot,
        Rewriter(
            reference=lambda text: found if text == unresolved(wrong) else text,
            expression=lambda text: expressions.rename_path(text, wrong, meant),
        ),
        f"Take “{meant}”",
    )


def rewritten_record(spot: Spot, rewriter: Rewriter, label: str) -> Edit:
    """The record that a problem stands in, rewritten."""
    chart, element = spot.chart, spot.problem.element
    change: AnyChange
    if element in chart.transitions:
        old = chart.transitions[element]
        change = TransitionChange(element, old, rewriter.transition(old))
    elif element in chart.states:
        state = chart.states[element]
        change = StateChange(element, state, rewriter.state(state))
    else:
        return edits.set_info(chart, rewriter.info(chart.info), label=label)
    return Edit(label, (change,))


def _branches(spot: Spot) -> Iterator[Fix]:
    yield Fix("last", "Move the one without a guard to the end", lambda: _sorted_branches(spot))


def _sorted_branches(spot: Spot) -> Edit:
    """Every choice of the record with the branches that have no guard behind the others."""
    chart, element = spot.chart, spot.problem.element
    change: AnyChange
    if element in chart.transitions:
        old = chart.transitions[element]
        change = TransitionChange(element, old, replace(old, actions=_in_order(old.actions)))
    elif element in chart.states:
        state = chart.states[element]
        change = StateChange(element, state, _state_in_order(state))
    else:
        actions = tuple((name, _in_order(each)) for name, each in chart.info.actions)
        return edits.set_info(chart, replace(chart.info, actions=actions))
    return Edit("Move branches", (change,))


def _state_in_order(state: State) -> State:
    return replace(state, entry=_in_order(state.entry), exit=_in_order(state.exit))


def _in_order(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return tuple(map(_ordered, actions))


def _ordered(action: Action) -> Action:
    if isinstance(action, Foreach | Block):
        return replace(action, actions=_in_order(action.actions))
    if not isinstance(action, Choose):
        return action
    branches = [replace(each, actions=_in_order(each.actions)) for each in action.branches]
    guarded = [each for each in branches if each.guard is not None]
    last = [each for each in branches if each.guard is None]
    return Choose(branches=(*guarded, *last[:1]))


FIXES: Mapping[str, Callable[[Spot], Iterator[Fix]]] = {
    "unknown-state": _unknown_state,
    "shadowed-transition": _shadowed,
    "duplicate-transition": _delete,
    "late-timer": _delete,
    "guard-never-holds": _guard,
    "guard-always-holds": _guard,
    "shadowed-branch": _branches,
    "targets-apart": _apart,
    "target-root": _delete,
    "default-outside": _end,
    "parallel-initial": _end,
    "never-done": _delete,
    "transition-without-effect": _delete,
    "idle-self-transition": _delete,
    "internal-ignored": _internal,
    "delay-zero": _at_once,
    "impossible-delay": _length,
    "misplaced-star": _star,
    "event-never-sent": _trigger_meant,
}
"""The repairs of each rule about transitions."""
