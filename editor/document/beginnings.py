"""Where composites begin, kept right while states come, go and change: what planners share about initials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from editor.model import queries
from editor.model.changes import TransitionChange
from editor.model.chart import Chart
from editor.model.elements import State, Transition, Trigger, TriggerKind, is_unresolved


def initial_change(chart: Chart, parent: str, target: str) -> TransitionChange:
    """The initial transition of a state to `target`; a new one, before all others, where there is none."""
    old = queries.initial_transition(chart, parent)
    if old is not None:
        return TransitionChange(old.id, old, replace(old, targets=(target,)))
    first = chart.outgoing(parent)
    new = Transition(
        id=chart.fresh_id("t"),
        source=parent,
        targets=(target,),
        order=first[0].order - 1 if first else 0.0,
        trigger=Trigger(kind=TriggerKind.INITIAL),
    )
    return TransitionChange(new.id, None, new)


def candidates(chart: Chart, parent: str, without: Sequence[str] = ()) -> list[State]:
    """The children that a state could begin with."""
    return [
        child for child in chart.children(parent) if child.id not in without and not child.kind.is_history
    ]


def repointed(before: Chart, after: Chart, moved: Sequence[str]) -> Iterable[TransitionChange]:
    """Initial transitions that led to moved states and would now lead out of their own: to a child, or gone."""
    left = {state.id for id in moved for state in before.ancestors(id)}
    for holder in left:
        initial = queries.initial_transition(before, holder)
        if initial is None or all(_is_inside(after, target, holder) for target in initial.targets):
            continue
        stay = candidates(after, holder)
        new = replace(initial, targets=(stay[0].id,)) if stay else None
        yield TransitionChange(initial.id, initial, new)


def _is_inside(chart: Chart, id: str, holder: str) -> bool:
    return is_unresolved(id) or queries.is_descendant(chart, id, holder)
