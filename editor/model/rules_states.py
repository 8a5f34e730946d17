"""Rules about one state: its kind, what is inside it and what it is called."""

from __future__ import annotations

from collections.abc import Iterator

from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import State, StateKind, Transition, TriggerKind
from editor.model.problems import Problem, Severity

LONG = 60
"""Characters of a name that nobody reads on a canvas."""


def of_state(chart: Chart, state: State, outgoing: list[Transition]) -> Iterator[Problem]:
    """All rules of this file, for one state. They look at it, what is inside, beside and around it."""
    children = chart.children(state.id)
    if state.parent is None and all(child.kind.is_history for child in children):
        yield Problem(
            rule="no-states", severity=Severity.ERROR, message="The machine has no states.", field="states",
            hint="Add at least one.",
        )  # fmt: skip
    if children:
        yield from _twins(chart, state, children)
        yield from _histories(chart, state, children)
        yield from _missing_initial(chart, state, children)
    if state.kind is StateKind.PARALLEL:
        yield from _regions(chart, state, children)
    elif state.kind is not StateKind.NORMAL:
        yield from _leaf_only(chart, state)
    if any(each.trigger.kind is TriggerKind.DONE for each in outgoing):
        yield from _never_done(chart, state, outgoing)
    if state.parent is not None and (not state.key.isidentifier() or len(state.key) > LONG):
        yield from _called(state)
    if state.tags:
        yield from _tags(state)
    if state.invokes:
        yield from _without_error(chart, state)


def shown_name(chart: Chart, id: str, *, inside: bool = False) -> str:
    """What a message calls a state; `inside`: in the middle of a sentence."""
    if id == chart.root_id:
        return "the machine" if inside else "The machine"
    return f"“{chart.states[id].key}”" if inside else f"State “{chart.states[id].key}”"


def _twins(chart: Chart, state: State, children: list[State]) -> Iterator[Problem]:
    seen: set[str] = set()
    for child in children:
        if child.key in seen:
            yield Problem(
                rule="duplicate-key", severity=Severity.ERROR, element=child.id, field="key",
                message=f"Two states in {shown_name(chart, state.id, inside=True)} are called “{child.key}”.",
                hint="Rename one of them.",
            )  # fmt: skip
        seen.add(child.key)


def _missing_initial(chart: Chart, state: State, children: list[State]) -> Iterator[Problem]:
    if chart.info.conventions.has_sessions:  # there the first child is meant where nothing is said
        return
    first = next((child for child in children if not child.kind.is_history), None)
    if (
        state.kind is StateKind.NORMAL
        and first is not None
        and queries.initial_transition(chart, state.id) is None
    ):
        yield Problem(
            rule="missing-initial", severity=Severity.WARNING, element=state.id, field="initial",
            message=f"{shown_name(chart, state.id)} has children but no initial state.",
            hint=f"“{first.key}”, the first, is taken.", meant=first.key,
        )  # fmt: skip


def _leaf_only(chart: Chart, state: State) -> Iterator[Problem]:
    what = "final" if state.kind is StateKind.FINAL else "history"
    if chart.has_children(state.id):
        yield Problem(
            rule=f"{what}-children", severity=Severity.ERROR, element=state.id, field="states",
            message=f"The {what} state “{state.key}” cannot have children.", hint="Move them out or change its kind.",
        )  # fmt: skip
    if any(not transition.is_pseudo for transition in chart.outgoing(state.id)):
        yield Problem(
            rule=f"{what}-transitions", severity=Severity.ERROR, element=state.id, field="on",
            message=f"The {what} state “{state.key}” cannot have transitions.",
            hint="Remove them or change its kind.",
        )  # fmt: skip
    if what == "final" and state.invokes:
        yield Problem(
            rule="final-services", severity=Severity.INFORMATION, element=state.id, field="invoke",
            message=f"The final state “{state.key}” invokes a service, and nothing can answer its end.",
            hint="Invoke it in the state before, or remove it.",
        )  # fmt: skip


def _regions(chart: Chart, state: State, children: list[State]) -> Iterator[Problem]:
    """What is odd about a parallel state: none or one region, or a beginning where all regions begin."""
    regions = [child for child in children if not child.kind.is_history]
    name = shown_name(chart, state.id)
    if not regions and state.parent is not None:
        yield Problem(
            rule="no-regions", severity=Severity.WARNING, element=state.id, field="states",
            message=f"{name} is parallel but has no regions.", hint="Add regions, or make it a plain state.",
        )  # fmt: skip
    if len(regions) == 1:
        yield Problem(
            rule="single-region", severity=Severity.INFORMATION, element=state.id, field="states",
            message=f"{name} is parallel but has one region only.",
            hint="Add another region, or make it a plain state.",
        )  # fmt: skip
    initial = queries.initial_transition(chart, state.id)
    if initial is not None:
        yield Problem(
            rule="parallel-initial", severity=Severity.INFORMATION, element=initial.id, field="targets",
            message=f"{name} is parallel: all of its regions are entered, whatever is initial.",
            hint="Remove the initial state.",
        )  # fmt: skip


def _histories(chart: Chart, state: State, children: list[State]) -> Iterator[Problem]:
    """Histories of a state in which there is nothing to remember."""
    histories = [child for child in children if child.kind.is_history]
    if not histories:
        return
    inside = [child for child in children if not child.kind.is_history]
    is_choice = state.kind is StateKind.NORMAL and len(inside) > 1
    is_deep_choice = is_choice or any(_has_choice(chart, child) for child in inside)
    for history in histories:
        is_deep = history.kind is StateKind.DEEP_HISTORY
        if is_deep_choice if is_deep else is_choice:
            continue
        why = "all regions are entered anyway" if state.kind is StateKind.PARALLEL else "there is no choice"
        yield Problem(
            rule="history-without-choice", severity=Severity.INFORMATION, element=history.id, field="history",
            message=f"The history “{history.key}” has nothing to remember: {why}.",
            hint="Make it deep." if is_deep_choice else "Remove it, or add states beside it.",
            meant="deep" if is_deep_choice else "",
        )  # fmt: skip


def _has_choice(chart: Chart, state: State) -> bool:
    """Whether different states can be active inside."""
    inside = [child for child in chart.children(state.id) if not child.kind.is_history]
    is_choice = state.kind is StateKind.NORMAL and len(inside) > 1
    return is_choice or any(_has_choice(chart, child) for child in inside)


def _never_done(chart: Chart, state: State, outgoing: list[Transition]) -> Iterator[Problem]:
    done = [each for each in outgoing if each.trigger.kind is TriggerKind.DONE]
    if state.parent is None or can_be_done(chart, state):
        return
    is_parallel = state.kind is StateKind.PARALLEL
    for transition in done:
        yield Problem(
            rule="never-done", severity=Severity.WARNING, element=transition.id, field="trigger",
            message=f"{shown_name(chart, state.id)} is never done: "
            + ("a region has no final state." if is_parallel else "it has no final state."),
            hint="Add a final state inside, or remove this transition.",
        )  # fmt: skip


def can_be_done(chart: Chart, state: State) -> bool:
    """Whether a state can come to its end: a child is final; of a parallel state, all regions can."""
    inside = [child for child in chart.children(state.id) if not child.kind.is_history]
    if state.kind is StateKind.PARALLEL:
        return bool(inside) and all(
            child.kind is StateKind.FINAL or can_be_done(chart, child) for child in inside
        )
    return any(child.kind is StateKind.FINAL for child in inside)


def _called(state: State) -> Iterator[Problem]:
    if state.key != state.key.strip() or not state.key.isprintable():
        yield Problem(
            rule="awkward-name", severity=Severity.INFORMATION, element=state.id, field="key", is_key=True,
            message=f"The name “{state.key}” begins or ends with a space, or holds what cannot be seen.",
            hint="Take that away.", meant="".join(each for each in state.key if each.isprintable()).strip(),
        )  # fmt: skip
    if len(state.key) > LONG:
        yield Problem(
            rule="long-name", severity=Severity.INFORMATION, element=state.id, field="key", is_key=True,
            message=f"The name “{state.key[:20]}…” has {len(state.key)} characters.",
            hint="Put what it says into the description.",
        )  # fmt: skip


def _tags(state: State) -> Iterator[Problem]:
    if len(set(state.tags)) < len(state.tags):
        twice = next(tag for place, tag in enumerate(state.tags) if tag in state.tags[:place])
        yield Problem(
            rule="duplicate-tag", severity=Severity.INFORMATION, element=state.id, field="tags",
            message=f"The tag “{twice}” stands twice.", hint="Remove one of the two.",
        )  # fmt: skip


def _without_error(chart: Chart, state: State) -> Iterator[Problem]:
    """Invocations whose failure nothing answers."""
    if chart.info.conventions.has_sessions:  # machines inside do not fail, they end
        return
    answered = {
        each.trigger.invoke
        for each in chart.outgoing(state.id)
        if each.trigger.kind is TriggerKind.INVOKE_ERROR
    }
    for number, invoke in enumerate(state.invokes):
        if invoke.uid not in answered:
            yield Problem(
                rule="invoke-without-error", severity=Severity.INFORMATION, element=state.id, field=f"invoke.{number}",
                message=f"Nothing answers when “{invoke.src}” fails.", hint="Add an onError transition.",
            )  # fmt: skip
