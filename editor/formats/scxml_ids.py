"""The ids of states in SCXML, where they are unique in the whole machine and not only among siblings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from editor.formats.scxml_own import as_id
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import And, Guard, In, Not, Or, State, StateKind, Transition, TriggerKind
from editor.model.walk import Inside

TAGS = {
    StateKind.NORMAL: "state",
    StateKind.PARALLEL: "parallel",
    StateKind.FINAL: "final",
    StateKind.SHALLOW_HISTORY: "history",
    StateKind.DEEP_HISTORY: "history",
}


def state_ids(chart: Chart, known: Mapping[str, str]) -> dict[str, str]:
    """The ids of all states but the root, by ours; a state of SCXML that had none and needs none is not there.

    `known` are those that stand in a file: what is new in the chart never takes the id of what was there.
    """
    states = [state for state in queries.document_order(chart) if state.parent is not None]
    found: dict[str, str] = {}
    taken: set[str] = set()
    is_scxml = chart.info.conventions.by_token
    for state in states:
        if state.declared_id:
            # what stood in a file stays, where targets can name it
            is_word = is_scxml and len(state.declared_id.split()) == 1
            wanted = state.declared_id if is_word else as_id(state.declared_id)
            if wanted not in taken:
                found[state.id] = wanted
                taken.add(wanted)
    for state in states:
        given = known.get(state.id)
        if given is not None and state.id not in found and given not in taken:
            found[state.id] = given
            taken.add(given)
    nameless = _nameless(chart, states) if is_scxml else set()
    for state in states:
        if state.id in found or state.id in nameless:
            continue
        ways = [as_id(state.declared_id or state.key), as_id(queries.dotted_path(chart, state.id))]
        free = next((way for way in ways if way not in taken), None) or queries.free_name(ways[1], taken)
        found[state.id] = free
        taken.add(free)
    return found


def _nameless(chart: Chart, states: list[State]) -> set[str]:
    """The states that nothing names and that get the key they have when they are read without an id."""
    named = set(_references(chart))
    own = {state.declared_id for state in states if state.declared_id}
    taken = own | {state.key for state in states if state.id in named}
    found = set()
    for state in states:
        if state.declared_id:
            continue
        number, tag = 1, TAGS[state.kind]
        while f"{tag}{number}" in taken:
            number += 1
        if state.key == f"{tag}{number}" and state.id not in named:
            found.add(state.id)
        taken.add(state.key)
    return found


def _references(chart: Chart) -> Iterable[str]:
    for transition in chart.transitions.values():
        yield from transition.targets
        if needs_id(transition):
            yield transition.source
    for _, guard in Inside(chart).guards:
        yield from _named(guard)


def needs_id(transition: Transition) -> bool:
    """Whether what a transition waits for is named after its state."""
    return transition.trigger.kind in (TriggerKind.DONE, TriggerKind.AFTER)


def _named(guard: Guard) -> Iterable[str]:
    if isinstance(guard, In):
        yield guard.state
    elif isinstance(guard, And | Or):
        for part in guard.parts:
            yield from _named(part)
    elif isinstance(guard, Not):
        yield from _named(guard.part)
