"""What a collapsed state leaves to be seen of a chart: a small card, at whose border transitions end.

Its own size is kept in the diagram, and what lies beside it stays in place, so that opening it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from editor.document import folded
from editor.model.changes import (
    AnyChange,
    BendsChange,
    BoxChange,
    Changes,
    StateChange,
    TransitionChange,
    apply_to_diagram,
    inverse,
)
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import And, Guard, In, Not, Or, Transition, Trigger, is_unresolved, unresolved
from editor.model.queries import document_order, dotted_path

V = TypeVar("V")
MANY = 3
"""Transitions between the same two that are drawn as one, where a collapsed state is at an end."""
SOURCE = -1
"""Stands for the beginning of a transition among its ends, which are the numbers of its targets."""


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


class Seen(NamedTuple):
    """What is drawn of a chart with collapsed states.

    `merged`: of transitions that stand for several the ids of all those, itself the first. `cut`: of transitions that
    end at a hidden state which of their ends do so: `SOURCE`, or the number of a target.
    """

    chart: Chart
    diagram: Diagram
    merged: Mapping[str, tuple[str, ...]]
    cut: Mapping[str, frozenset[int]]


def seen(chart: Chart, diagram: Diagram) -> Seen:
    """The chart without what collapsed states hide, transitions lifted to what is left, and a diagram to go with it.

    A lifted transition that would start and end at the same collapsed state is left out, as are its bends. `MANY` and
    more that are lifted to the same ends become one. A guard that asks for a state which is hidden tells its path, as
    it does for one that does not exist.
    """
    shown = _shown(chart, diagram)
    drawn = diagram.copy()
    transitions: dict[str, Transition] = {}
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    cut: dict[str, frozenset[int]] = {}
    for transition in chart.transitions.values():
        lifted = _lifted(transition, shown)
        if lifted is not None:
            guard = told_elsewhere(chart, lifted.guard, lambda id: shown.get(id, id) != id)
            transitions[lifted.id] = lifted if guard is lifted.guard else replace(lifted, guard=guard)
        if lifted is not transition:
            drawn.put_bends(transition.id, None)
            if lifted is not None:
                cut[lifted.id] = _cut(transition, lifted)
                if not lifted.is_pseudo:
                    alike.setdefault((lifted.source, lifted.targets), []).append(lifted.id)
    merged = {ids[0]: tuple(ids) for ids in alike.values() if len(ids) >= MANY}
    for first, ids in merged.items():
        transitions[first] = _counted(transitions[first], len(ids))
        for id in ids[1:]:
            del transitions[id]
    for id in shown.values():
        box = diagram.boxes.get(id)
        if box is not None and folded.is_small(chart, box):
            card = folded.drawn(chart, box)
            drawn.put_box(id, replace(box, width=card.width, height=card.height, initial=None))
    states = [chart.states[id] for id, left in shown.items() if id == left]
    return Seen(Chart.of(states, [*transitions.values()], chart.info), drawn, merged, cut)


def unfolded(chart: Chart, diagram: Diagram) -> Seen:
    """All of a chart in which nothing is collapsed."""
    return Seen(chart, diagram, {}, {})


def earlier(chart: Chart, diagram: Diagram, changes: Changes) -> tuple[Chart, Diagram]:
    """A chart and a diagram as they were before some changes."""
    back = inverse(changes)
    old, places = chart.copy(), diagram.copy()
    old.apply(back)
    apply_to_diagram(places, back)
    return old, places


def between(before: Seen, now: Seen) -> Changes:
    """What differs in what is drawn; a transition that is only drawn otherwise is among it, with the same record."""
    found: list[AnyChange] = []
    for id, old, new in _unlike(before.chart.states, now.chart.states):
        found.append(StateChange(id, old, new))
    lines = before.chart.transitions, now.chart.transitions
    for id, one, other in _unlike(*lines):
        found.append(TransitionChange(id, one, other))
    for id, was, box in _unlike(before.diagram.boxes, now.diagram.boxes):
        found.append(BoxChange(id, was, box))
    for id, way, bends in _unlike(before.diagram.bends, now.diagram.bends):
        found.append(BendsChange(id, way, bends))
    told = {change.id for change in found}
    marks = [id for id, _, _ in _unlike(before.cut, now.cut)] + [
        id for id, _, _ in _unlike(before.merged, now.merged)
    ]
    for id in dict.fromkeys(marks):
        if id not in told and id in lines[1]:
            found.append(TransitionChange(id, lines[0].get(id), lines[1][id]))
    return tuple(found)


def hiders(whole: Chart, drawn: Chart, changes: Changes) -> list[str]:
    """The states that are drawn in place of what changed in the whole chart: they may say that more is in them."""
    found: dict[str, None] = {}
    for change in changes:
        if not isinstance(change, StateChange):
            continue
        for record in (change.old, change.new):
            here = record.parent if record is not None else None
            while here is not None and here not in drawn.states:
                here = whole.states[here].parent if here in whole.states else None
            if here is not None:
                found[here] = None
    return list(found)


def _unlike(before: Mapping[str, V], now: Mapping[str, V]) -> Iterable[tuple[str, V | None, V | None]]:
    """What two tables have otherwise; most records are the very same in both."""
    for id in dict.fromkeys((*before, *now)):
        old, new = before.get(id), now.get(id)
        if old is not new and old != new:
            yield id, old, new


def _cut(whole: Transition, lifted: Transition) -> frozenset[int]:
    ends = {place for place, target in enumerate(lifted.targets) if target not in whole.targets}
    return frozenset(ends | ({SOURCE} if lifted.source != whole.source else set()))


def _counted(transition: Transition, count: int) -> Transition:
    """One that stands for several: all that it says is how many."""
    trigger = Trigger(text=f"{count} transitions")
    return replace(
        transition, trigger=trigger, guard=None, actions=(), internal=False, description=None, meta=None
    )


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


def told_elsewhere(chart: Chart, guard: Guard | None, is_hidden: Callable[[str], bool]) -> Guard | None:
    """A guard that reads the same where only what is shown exists; itself where that needs nothing."""
    if isinstance(guard, In):
        return In(state=unresolved(dotted_path(chart, guard.state))) if is_hidden(guard.state) else guard
    if isinstance(guard, Not):
        part = told_elsewhere(chart, guard.part, is_hidden)
        return guard if part is guard.part or part is None else Not(part=part)
    if isinstance(guard, And | Or):
        told = (told_elsewhere(chart, part, is_hidden) for part in guard.parts)
        parts = tuple(part for part in told if part is not None)
        is_same = all(one is other for one, other in zip(parts, guard.parts, strict=True))
        return guard if is_same else type(guard)(parts=parts)
    return guard
