"""What names mean, for states that go from one machine to another: what they use, and what is missing elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeVar

from editor.document import belongings
from editor.model import queries, walk
from editor.model.chart import Chart
from editor.model.elements import Call, Info, Named, State
from editor.model.sameness import same

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Merged:
    """A machine with meanings that it did not have; the names of these, and of those that mean something else in it."""

    info: Info
    added: tuple[str, ...]
    different: tuple[str, ...]


def used(chart: Chart) -> Info:
    """The meanings of names that the states and transitions of a chart use, and of those that these use in turn.

    With the keys of the context that all these use. Language and conventions are the chart's; all else that is the
    machine's alone is left out.
    """
    info = chart.info
    found = bare = empty(info)
    while True:
        inside = walk.Inside(Chart.of(_states(chart), chart.transitions.values(), found))
        more = replace(
            bare,
            guards=_named(
                info.guards, {each.name for _, each in inside.guard_parts if isinstance(each, Named)}
            ),
            actions=_named(info.actions, {each.name for _, each in inside.actions if isinstance(each, Call)}),
            delays=_named(info.delays, {each for _, each in inside.delays if isinstance(each, str)}),
            services=_named(
                info.services, {each.src for state in chart.states.values() for each in state.invokes}
            ),
        )
        if more == found:
            return replace(found, context=belongings.used_context(inside, info.context))
        found = more


def empty(info: Info) -> Info:
    """A machine in the same language and conventions, of which no name has a meaning."""
    return Info(id=info.id, language=info.language, conventions=info.conventions)


def _states(chart: Chart) -> list[State]:
    return [*queries.document_order(chart)]


def _named(table: tuple[tuple[str, Meaning], ...], names: Collection[str]) -> tuple[tuple[str, Meaning], ...]:
    return tuple((name, meaning) for name, meaning in table if name in names)


def merged(info: Info, more: Info) -> Merged:
    """A machine with the meanings that another has and this one has not; what it has is never changed."""
    added: list[str] = []
    different: list[str] = []

    def both(
        own: tuple[tuple[str, Meaning], ...], other: tuple[tuple[str, Meaning], ...]
    ) -> tuple[tuple[str, Meaning], ...]:
        known = dict(own)
        new = tuple((name, meaning) for name, meaning in other if name not in known)
        added.extend(name for name, _ in new)
        different.extend(name for name, meaning in other if name in known and not same(known[name], meaning))
        return own + new

    result = replace(
        info,
        guards=both(info.guards, more.guards),
        actions=both(info.actions, more.actions),
        delays=both(info.delays, more.delays),
        services=both(info.services, more.services),
    )
    return Merged(result, tuple(added), tuple(different))
