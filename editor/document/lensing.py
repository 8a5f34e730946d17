"""What belongs together, so that all else can be dimmed: the transitions of an event, what leads to and from states."""

from __future__ import annotations

from collections.abc import Iterable

from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import Transition, TriggerKind, is_unresolved


def event_of(chart: Chart, id: str) -> str:
    """The event that a transition waits for; empty for one that waits for none, and for what is no transition."""
    found = chart.transitions.get(id)
    return found.trigger.text if found is not None and found.trigger.kind is TriggerKind.EVENT else ""


def taken_by(chart: Chart, event: str) -> list[str]:
    """The transitions that wait for an event by its name."""
    by_token = chart.info.conventions.by_token
    return [each.id for each in chart.transitions.values() if _waits(each, event, by_token)]


def _waits(transition: Transition, event: str, by_token: bool) -> bool:
    trigger = transition.trigger
    if trigger.kind is not TriggerKind.EVENT:
        return False
    return trigger.text == event or (by_token and event in trigger.text.split())


def with_ends(chart: Chart, transitions: Iterable[str]) -> set[str]:
    """Transitions with the states at their ends."""
    found: set[str] = set()
    for id in transitions:
        transition = chart.transitions[id]
        found.update(
            (id, transition.source, *(each for each in transition.targets if not is_unresolved(each)))
        )
    return found


def related(chart: Chart, ids: Iterable[str]) -> set[str]:
    """Elements with what they lead to: states with their transitions and the other ends, transitions with their ends.

    Notes belong to nothing else. What lies in a state that is chosen belongs to it, with its transitions.
    """
    found: set[str] = set()
    for id in ids:
        if id in chart.transitions:
            found |= with_ends(chart, [id])
        elif id in chart.states:
            inside = [state.id for state in queries.document_order(chart, id)]
            found.update(inside)
            for each in inside:
                touching = (*chart.outgoing(each), *chart.incoming(each))
                found |= with_ends(chart, [line.id for line in touching])
        else:
            found.add(id)
    return found
