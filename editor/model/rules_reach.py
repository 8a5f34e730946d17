"""Rules about what a run can get to: unreachable states, eventless cycles, dead ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import State, StateKind, Transition, TriggerKind, is_unresolved
from editor.model.problems import Problem, Severity


def reach(chart: Chart, stuck: Iterable[str]) -> Iterator[Problem]:
    """All rules of this file; `stuck` are the states for which `is_stuck` holds."""
    yield from unreachable(chart)
    yield from eventless_cycles(chart)
    yield from dead_ends(chart, stuck)


def reachable(chart: Chart) -> set[str]:
    """The ids of all states that some sequence of events could activate, guards aside."""
    found: set[str] = set()
    waiting = [chart.root_id]
    while waiting:
        id = waiting.pop()
        if id in found or is_unresolved(id):
            continue
        found.add(id)
        state = chart.states[id]
        if state.parent is not None:
            waiting.append(state.parent)
        waiting.extend(_entered_with(chart, state))
        for transition in chart.outgoing(id):
            waiting.extend(transition.targets)
    return found


def _entered_with(chart: Chart, state: State) -> list[str]:
    children = [child.id for child in chart.children(state.id) if not child.kind.is_history]
    if state.kind is StateKind.PARALLEL:
        return children
    if (
        state.kind.is_history
        and state.parent is not None
        and queries.default_transition(chart, state.id) is None
    ):
        return _entered_with(chart, chart.states[state.parent])
    initial = queries.initial_transition(chart, state.id)
    if initial is None or all(map(is_unresolved, initial.targets)):
        return children[:1]
    return []


def unreachable(chart: Chart) -> Iterator[Problem]:
    """States that nothing leads to; only the outermost of a nest is told."""
    found = reachable(chart)
    for id, state in chart.states.items():
        if id not in found and state.parent in found:
            is_history = state.kind.is_history
            yield Problem(
                rule="unreachable-state", severity=Severity.WARNING, element=id, field="key",
                message=f"The history “{state.key}” is never used: nothing leads to it." if is_history
                else f"State “{state.key}” can never be active: nothing leads to it.",
                hint=f"Draw a transition to it{'' if is_history else ' or make it initial'}.",
            )  # fmt: skip


def eventless_cycles(chart: Chart) -> Iterator[Problem]:
    """Eventless transitions that are always taken and lead back to where they start.

    One that stands behind a guarded alternative is left alone: that guard can end a loop that counts.
    """
    sources = {each.source for each in chart.transitions.values() if each.trigger.kind is TriggerKind.ALWAYS}
    ways = {id: way for id in sources if (way := _sure_way(chart, id)) is not None}
    for source, transition in ways.items():
        if not transition.targets or _returns(chart, ways, source):
            yield _cycle(transition)


def _sure_way(chart: Chart, id: str) -> Transition | None:
    """The eventless transition that is taken whenever a state is active; None where a guard decides."""
    eventless = [each for each in chart.outgoing(id) if each.trigger.kind is TriggerKind.ALWAYS]
    return eventless[0] if eventless and eventless[0].guard is None else None


def _returns(chart: Chart, ways: dict[str, Transition], start: str) -> bool:
    seen: set[str] = set()
    here: str | None = start
    while here is not None and here not in seen:
        seen.add(here)
        targets = [each for each in ways[here].targets if not is_unresolved(each)]
        here = _next(chart, targets[0], ways) if targets else None
    return here == start


def _next(chart: Chart, id: str, ways: dict[str, Transition]) -> str | None:
    """The state whose eventless way out is taken once `id` is entered: the leaf that is reached, or one around it."""
    leaf = _leaf(chart, id)
    state = chart.states[leaf]
    if state.kind is StateKind.FINAL and state.parent == chart.root_id:
        return None
    around = [leaf, *(each.id for each in chart.ancestors(leaf))]
    return next((each for each in around if each in ways), None)


def _leaf(chart: Chart, id: str) -> str:
    """The innermost state that entering `id` makes active, as far as initial transitions tell."""
    seen = {id}
    while (initial := queries.initial_transition(chart, id)) is not None:
        if not initial.targets or is_unresolved(initial.targets[0]) or initial.targets[0] in seen:
            break
        id = initial.targets[0]
        seen.add(id)
    return id


def _cycle(transition: Transition) -> Problem:
    return Problem(
        rule="eventless-cycle", severity=Severity.WARNING, element=transition.id, field="trigger",
        message="This eventless transition is taken again and again without an end.",
        hint="Give it a guard that turns false.",
    )  # fmt: skip


def is_stuck(chart: Chart, state: State, outgoing: Iterable[Transition]) -> bool:
    """Whether a state is atomic, not final, and no transition of its own leads away."""
    if state.kind is not StateKind.NORMAL or any(map(_can_leave, outgoing)):
        return False
    return state.parent is not None and not chart.has_children(state.id)


def dead_ends(chart: Chart, stuck: Iterable[str]) -> Iterator[Problem]:
    """Stuck states that nothing around or beside them leaves either."""
    left = _left_from_inside(chart) if stuck else ()
    for id in stuck:
        state = chart.states[id]
        around = [ancestor.id for ancestor in chart.ancestors(id)]
        if not any(each in left or any(map(_can_leave, chart.outgoing(each))) for each in around):
            yield Problem(
                rule="dead-end", severity=Severity.INFORMATION, element=id, field="on",
                message=f"Nothing leads out of “{state.key}”.", hint="Make it final if the machine ends here.",
            )  # fmt: skip


def _can_leave(transition: Transition) -> bool:
    """Whether it can lead away; what is done is final inside, so its transition helps no other state."""
    is_done = transition.trigger.kind is TriggerKind.DONE
    return bool(transition.targets) and not transition.is_pseudo and not is_done


def _left_from_inside(chart: Chart) -> set[str]:
    """The parallel states that a transition from within one of their regions leaves, with all regions."""
    parallels = {id for id, state in chart.states.items() if state.kind is StateKind.PARALLEL}
    found: set[str] = set()
    for transition in chart.transitions.values() if parallels else ():
        targets = [each for each in transition.targets if not is_unresolved(each)]
        if transition.is_pseudo or not targets:
            continue
        line = queries.lineage(chart, transition.source)
        for parallel, region in pairwise(line):
            if parallel in parallels and not all(
                queries.is_descendant(chart, each, region) or each == region for each in targets
            ):
                found.add(parallel)
    return found
