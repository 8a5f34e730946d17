"""Which transitions may run elsewhere after changes: what the picture must route anew."""

from __future__ import annotations

from collections.abc import Iterable

from editor.layout.sizes import is_row
from editor.model.changes import BendsChange, Changes, StateChange, TransitionChange, moves_dot
from editor.model.chart import Chart
from editor.model.queries import initial_transition
from editor.model.walk import names_state


def touching(chart: Chart, id: str) -> list[str]:
    """The transitions that leave or enter a state."""
    if id not in chart.states:
        return []
    return [each.id for each in (*chart.outgoing(id), *chart.incoming(id))]


def concerned(chart: Chart, changes: Changes, moved: Iterable[str]) -> set[str]:
    """Those of what moved, what changed, and what shares a state with those."""
    states = set(moved)
    wanted = {change.id for change in changes if isinstance(change, TransitionChange | BendsChange)}
    for change in changes:
        if isinstance(change, TransitionChange):
            for record in (change.old, change.new):
                states.update((record.source, *record.targets) if record is not None else ())
        first = initial_transition(chart, change.id) if moves_dot(change) else None
        wanted.update((first.id,) if first is not None else ())
    wanted |= beside(chart, {each for id in states for each in touching(chart, id)}, states)
    for id in states:
        # Where an initial dot has room depends on all children of its state.
        parent = chart.states[id].parent if id in chart.states else None
        first = None if parent is None else initial_transition(chart, parent)
        if first is not None:
            wanted.add(first.id)
    return {id for id in wanted if id in chart.transitions}


def beside(chart: Chart, ids: Iterable[str], states: Iterable[str] = ()) -> set[str]:
    """All that share a state with one of some transitions, or touch one of some states."""
    transitions = chart.transitions
    ends = set(states)
    for id in ids:
        if id in transitions:
            ends.update((transitions[id].source, *transitions[id].targets))
    return {each for id in ends for each in touching(chart, id)}


def rerouted(chart: Chart, changes: Changes, moved: Iterable[str]) -> set[str]:
    """Those that cannot stay as they are drawn: what changed itself, and arrows and rows that go by what changed."""
    wanted = {change.id for change in changes if isinstance(change, TransitionChange | BendsChange)}
    holders = {change.id for change in changes if moves_dot(change)}
    for id in moved:
        parent = chart.states[id].parent if id in chart.states else None
        holders.update((id,) if parent is None else (id, parent))
        wanted.update(each.id for each in chart.outgoing(id) if is_row(each))
    arrows = (initial_transition(chart, id) for id in holders if id in chart.states)
    wanted.update(each.id for each in arrows if each is not None)
    return {id for id in wanted if id in chart.transitions}


def asks_for_states(chart: Chart) -> set[str]:
    """The transitions whose guard tests for a state, and says its path."""
    return {each.id for each in chart.transitions.values() if names_state(each.guard)}


def gone(changes: Changes) -> list[str]:
    """The transitions that were removed."""
    return [change.id for change in changes if isinstance(change, TransitionChange) and change.new is None]


def renames(change: object) -> bool:
    """Whether a guard that tests for a state may read otherwise now."""
    return (
        isinstance(change, StateChange)
        and change.old is not None
        and change.new is not None
        and (change.old.key, change.old.parent) != (change.new.key, change.new.parent)
    )
