"""What a chart should be: `check` lists every flaw, and an unfinished chart is never an exception.

The rules are those of the native format, section "YAML": errors keep a machine from running, warnings are
probably mistakes, information is worth knowing.
"""

from __future__ import annotations

from collections.abc import Iterator

from editor import collecting
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import StateKind, TriggerKind, is_unresolved
from editor.model.problems import Problem, Severity
from editor.model.rules_names import names
from editor.model.rules_reach import reach
from editor.model.rules_text import texts
from editor.model.walk import Inside


def check(chart: Chart) -> tuple[Problem, ...]:
    """All problems of a chart, in document order, the worst first within an element."""
    with collecting.paused():
        return _check(Inside(chart))


def _check(inside: Inside) -> tuple[Problem, ...]:
    chart = inside.chart
    found = [
        *structure(chart),
        *transitions(chart),
        *ids(chart),
        *texts(inside),
        *names(inside),
        *reach(chart),
    ]
    rank = {id: place for place, id in enumerate(_reading_order(inside))}
    worst = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}
    found.sort(key=lambda each: (rank.get(each.element, len(rank)), worst[each.severity]))
    return tuple(found)


def _reading_order(inside: Inside) -> Iterator[str]:
    for state, transitions in inside.elements:
        yield state.id
        for transition in transitions:
            yield transition.id


def structure(chart: Chart) -> Iterator[Problem]:
    """States that lack what their kind needs, or have what it forbids."""
    if not any(not state.kind.is_history for state in chart.children(chart.root_id)):
        yield Problem(
            rule="no-states", severity=Severity.ERROR, message="The machine has no states.", field="states",
            hint="Add at least one.",
        )  # fmt: skip
    for state in chart.states.values():
        yield from _twins(chart, state.id)
        if (
            not chart.info.conventions.has_sessions  # there the first child is meant where nothing is said
            and queries.is_compound(chart, state.id)
            and queries.initial_transition(chart, state.id) is None
        ):
            first = next(child for child in chart.children(state.id) if not child.kind.is_history)
            yield Problem(
                rule="missing-initial", severity=Severity.WARNING, element=state.id, field="initial",
                message=f"{_name(chart, state.id)} has children but no initial state.",
                hint=f"“{first.key}”, the first, is taken.",
            )  # fmt: skip
        if state.kind in (StateKind.FINAL, StateKind.SHALLOW_HISTORY, StateKind.DEEP_HISTORY):
            yield from _leaf_only(chart, state.id)


def _twins(chart: Chart, id: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for child in chart.children(id):
        if child.key in seen:
            yield Problem(
                rule="duplicate-key", severity=Severity.ERROR, element=child.id, field="key",
                message=f"Two states in {_name(chart, id, inside=True)} are called “{child.key}”.",
                hint="Rename one of them.",
            )  # fmt: skip
        seen.add(child.key)


def _leaf_only(chart: Chart, id: str) -> Iterator[Problem]:
    state = chart.states[id]
    what = "final" if state.kind is StateKind.FINAL else "history"
    if chart.has_children(id):
        yield Problem(
            rule=f"{what}-children", severity=Severity.ERROR, element=id, field="states",
            message=f"The {what} state “{state.key}” cannot have children.", hint="Move them out or change its kind.",
        )  # fmt: skip
    if any(not transition.is_pseudo for transition in chart.outgoing(id)):
        yield Problem(
            rule=f"{what}-transitions", severity=Severity.ERROR, element=id, field="on",
            message=f"The {what} state “{state.key}” cannot have transitions.",
            hint="Remove them or change its kind.",
        )  # fmt: skip


def _name(chart: Chart, id: str, *, inside: bool = False) -> str:
    if id == chart.root_id:
        return "the machine" if inside else "The machine"
    return f"“{chart.states[id].key}”" if inside else f"State “{chart.states[id].key}”"


def transitions(chart: Chart) -> Iterator[Problem]:
    """Transitions whose targets or descriptors mean nothing."""
    for transition in chart.transitions.values():
        for target in transition.targets:
            if not is_unresolved(target):
                yield from _target(chart, transition.id, target)
        if len(transition.targets) > 1:
            yield from _apart(chart, transition.id, transition.targets)
        if transition.trigger.kind is TriggerKind.EVENT:
            yield from _descriptor(transition.id, transition.trigger.text)


def _target(chart: Chart, id: str, target: str) -> Iterator[Problem]:
    transition = chart.transitions[id]
    kind = transition.trigger.kind
    if kind is TriggerKind.INITIAL and not queries.is_descendant(chart, target, transition.source):
        yield Problem(
            rule="initial-outside", severity=Severity.ERROR, element=id, field="targets",
            message=f"The initial state of {_name(chart, transition.source, inside=True)} must lie inside it.",
            hint="Choose one of its children.",
        )  # fmt: skip
    elif target == chart.root_id:
        yield Problem(
            rule="target-root", severity=Severity.ERROR, element=id, field="targets",
            message="A transition cannot target the machine itself.", hint="Choose one of its states.",
        )  # fmt: skip


def _apart(chart: Chart, id: str, targets: tuple[str, ...]) -> Iterator[Problem]:
    """Targets that cannot be active together: they lie in one state that is not parallel, side by side."""
    for number, target in enumerate(targets):
        for before in targets[:number]:
            if is_unresolved(target) or is_unresolved(before):
                continue
            above = queries.common_ancestor(chart, (before, target))
            if above not in (before, target) and chart.states[above].kind is not StateKind.PARALLEL:
                yield Problem(
                    rule="targets-apart", severity=Severity.WARNING, element=id, field=f"targets.{number}",
                    message=f"{_name(chart, target)} cannot be active together with "
                    f"{_name(chart, before, inside=True)}, and is not entered.",
                    hint="Several targets are states of different regions.",
                )  # fmt: skip
                break


def _descriptor(id: str, text: str) -> Iterator[Problem]:
    if not text:
        yield Problem(
            rule="empty-event", severity=Severity.ERROR, element=id, field="trigger",
            message="The transition waits for an event without a name.", hint="Name the event.",
        )  # fmt: skip
    bare = text[:-2] if text.endswith(".*") else text
    if "*" in bare and text != "*":
        yield Problem(
            rule="misplaced-star", severity=Severity.ERROR, element=id, field="trigger",
            message=f"The star in “{text}” stands where it matches nothing.",
            hint="A star stands alone or last, as in “order.*”.",
        )  # fmt: skip


def ids(chart: Chart) -> Iterator[Problem]:
    """Ids that are given twice: of states, and of invocations."""
    states: dict[str, str] = {}
    invokes: dict[str, str] = {}
    for state in queries.document_order(chart):
        if state.declared_id is not None:
            if state.declared_id in states:
                yield Problem(
                    rule="duplicate-id", severity=Severity.ERROR, element=state.id, field="id",
                    message=f"The id “{state.declared_id}” is given to two states.", hint="Change one of them.",
                )  # fmt: skip
            states[state.declared_id] = state.id
        for number, invoke in enumerate(state.invokes):
            if invoke.id is not None and invoke.id in invokes:
                yield Problem(
                    rule="duplicate-id", severity=Severity.ERROR, element=state.id, field=f"invoke.{number}.id",
                    message=f"The id “{invoke.id}” is given to two invocations.", hint="Change one of them.",
                )  # fmt: skip
            if invoke.id is not None:
                invokes[invoke.id] = state.id
