"""Composites under other names: those of two charts, in the same state, that hold the same inside.

What a composite holds says which one it is more surely, and much faster, than its parts do one by one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

from editor.model import labels, queries
from editor.model.chart import Chart
from editor.model.elements import Expr, Guard, State, Transition

Group = tuple[list[str], list[str]]
"""Composites of the old and of the new chart that hold the same, in their order."""


def groups(old: Chart, new: Chart, pairs: Mapping[str, str]) -> list[Group]:
    """The composites without a partner whose parents are paired, by what they hold; as many on either side."""
    taken = set(pairs.values())
    found: list[Group] = []
    for here, there in pairs.items():
        ours = _composites(old, here, pairs.keys())
        theirs = _composites(new, there, taken) if ours else []
        if theirs:
            one, other = _by_inside(old, ours), _by_inside(new, theirs)
            both = ((one[inside], other[inside]) for inside in one if inside in other)
            found += [group for group in both if len(group[0]) == len(group[1])]
    return found


def _composites(chart: Chart, parent: str, known: Iterable[str]) -> list[State]:
    if not chart.has_children(parent):
        return []
    return [each for each in chart.children(parent) if each.id not in known and chart.has_children(each.id)]


def _by_inside(chart: Chart, states: Iterable[State]) -> dict[Hashable, list[str]]:
    found: dict[Hashable, list[str]] = {}
    for state in states:
        found.setdefault(tuple(_inside(chart, state)), []).append(state.id)
    return found


def _inside(chart: Chart, top: State) -> Iterator[Hashable]:
    """All that can be said of a state and what is inside of it without its name, and without what is outside."""
    states = list(queries.document_order(chart, top.id))
    within = {state.id for state in states} - {top.id}
    for state in states:
        children = len(chart.children(state.id)) if chart.has_children(state.id) else 0
        yield state.key if state is not top else "", state.kind, children
        if state.entry or state.exit:
            yield labels.actions_text(state.entry), labels.actions_text(state.exit)
        if state.invokes or state.tags or state.description:
            yield tuple(each.src for each in state.invokes), state.tags, state.description
        for transition in chart.outgoing(state.id):
            yield _arrow(chart, transition, within)


def _arrow(chart: Chart, transition: Transition, within: set[str]) -> Hashable:
    trigger, states = transition.trigger, chart.states
    return (
        trigger.kind.value,
        trigger.text,
        tuple([states[id].key if id in within else None for id in transition.targets]),
        _guard(chart, transition.guard),
        labels.actions_text(transition.actions) if transition.actions else "",
    )


def _guard(chart: Chart, guard: Guard | None) -> str:
    if guard is None:
        return ""
    return guard.text if isinstance(guard, Expr) else labels.guard_text(chart, guard)
