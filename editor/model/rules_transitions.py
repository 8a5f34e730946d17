"""Rules about the transitions of one state: where they lead, what they wait for, and whether they are ever taken."""

from __future__ import annotations

from collections.abc import Iterator

from editor.model import queries
from editor.model.chart import Chart
from editor.model.durations import format_duration, parse_duration
from editor.model.elements import State, StateKind, Transition, TriggerKind, is_unresolved
from editor.model.problems import Problem, Severity
from editor.model.rules_states import shown_name


def of_transitions(chart: Chart, state: State, outgoing: list[Transition]) -> Iterator[Problem]:
    """All rules of this file, for what leaves one state. They look at its surroundings and at the targets."""
    for transition in outgoing:
        yield from _targets(chart, transition)
        if transition.trigger.kind is TriggerKind.EVENT:
            yield from _descriptor(
                transition.id, transition.trigger.text, is_list=chart.info.conventions.by_token
            )
        elif transition.trigger.kind is TriggerKind.AFTER:
            yield from _at_once(transition)
    if len(outgoing) > 1:
        yield from _shadowed(outgoing)
        yield from _twice(outgoing)
        if sum(each.trigger.kind is TriggerKind.AFTER for each in outgoing) > 1:
            yield from _too_late(chart, state, outgoing)
    if outgoing and not chart.info.conventions.by_token:
        yield from _without_effect(chart, state, outgoing)
        yield from _hiding(chart, state, outgoing)


def _targets(chart: Chart, transition: Transition) -> Iterator[Problem]:
    targets = transition.targets
    if transition.is_pseudo or chart.root_id in targets:
        for target in targets:
            if not is_unresolved(target):
                yield from _target(chart, transition, target)
    if len(targets) > 1:
        yield from _apart(chart, transition.id, targets)
    if targets and not transition.is_pseudo and not all(map(is_unresolved, targets)):
        yield from _between(chart, transition)
    if transition.internal and targets and transition.source != chart.root_id:
        yield from _internal(chart, transition)


def _target(chart: Chart, transition: Transition, target: str) -> Iterator[Problem]:
    kind, source = transition.trigger.kind, transition.source
    if kind is TriggerKind.INITIAL and not queries.is_descendant(chart, target, source):
        yield Problem(
            rule="initial-outside", severity=Severity.ERROR, element=transition.id, field="targets",
            message=f"The initial state of {shown_name(chart, source, inside=True)} must lie inside it.",
            hint="Choose one of its children.",
        )  # fmt: skip
    elif target == chart.root_id:
        yield Problem(
            rule="target-root", severity=Severity.ERROR, element=transition.id, field="targets",
            message="A transition cannot target the machine itself.", hint="Choose one of its states.",
        )  # fmt: skip
    elif kind is TriggerKind.DEFAULT:
        parent = chart.states[source].parent
        if parent is not None and not queries.is_descendant(chart, target, parent):
            yield Problem(
                rule="default-outside", severity=Severity.WARNING, element=transition.id, field="targets",
                message=f"The default of the history “{chart.states[source].key}” lies outside of "
                f"{shown_name(chart, parent, inside=True)}.",
                hint="Choose a state beside the history.",
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
                    message=f"{shown_name(chart, target)} cannot be active together with "
                    f"{shown_name(chart, before, inside=True)}, and is not entered.",
                    hint="Several targets are states of different regions.",
                )  # fmt: skip
                break


def _between(chart: Chart, transition: Transition) -> Iterator[Problem]:
    """A way from one region to another, which people draw by mistake for “then go on there”."""
    states, beside = chart.states, chart.states[transition.source].parent
    if beside is None or (
        len(transition.targets) == 1
        and not is_unresolved(transition.targets[0])
        and states[transition.targets[0]].parent == beside
        and states[beside].kind is StateKind.NORMAL
    ):
        return  # nearly always, and seen without looking further
    around = queries.parallel_between(chart, transition)
    if around is not None:
        yield Problem(
            rule="between-regions", severity=Severity.WARNING, element=transition.id, field="targets",
            message=f"This transition leaves and enters all regions of {shown_name(chart, around, inside=True)}.",
            hint="To go on in another region, raise an event that is answered there.",
        )  # fmt: skip


def _internal(chart: Chart, transition: Transition) -> Iterator[Problem]:
    """A mark that says nothing: only what leads inside can be internal."""
    is_inside = [
        is_unresolved(each) or queries.is_descendant(chart, each, transition.source)
        for each in transition.targets
    ]
    if all(is_inside) or queries.stays(chart, transition):
        return
    yield Problem(
        rule="internal-ignored", severity=Severity.INFORMATION, element=transition.id, field="internal",
        message=f"Nothing makes this transition internal: it leads out of "
        f"{shown_name(chart, transition.source, inside=True)}.",
        hint="Remove the mark, or choose a target inside.",
    )  # fmt: skip


def _descriptor(id: str, text: str, *, is_list: bool) -> Iterator[Problem]:
    """What a transition waits for; `is_list`: several descriptors may stand there."""
    if not text:
        yield Problem(
            rule="empty-event", severity=Severity.ERROR, element=id, field="trigger",
            message="The transition waits for an event without a name.", hint="Name the event.",
        )  # fmt: skip
    parts = text.split() if is_list else [text]
    if any("*" in part.removesuffix(".*") and part != "*" for part in parts):
        yield Problem(
            rule="misplaced-star", severity=Severity.ERROR, element=id, field="trigger",
            message=f"The star in “{text}” stands where it matches nothing.",
            hint="A star stands alone or last, as in “order.*”.",
        )  # fmt: skip


def _at_once(transition: Transition) -> Iterator[Problem]:
    if parse_duration(transition.trigger.text) == 0:
        yield Problem(
            rule="delay-zero", severity=Severity.INFORMATION, element=transition.id, field="trigger",
            message="A delay of nothing is no delay.", hint="Make the transition eventless.",
        )  # fmt: skip


def _shadowed(outgoing: list[Transition]) -> Iterator[Problem]:
    """Alternatives behind one that has no guard, which always wins."""
    open_ended: set[tuple[TriggerKind, str, str]] = set()
    for transition in outgoing:
        trigger = transition.trigger
        place = (trigger.kind, trigger.text, trigger.invoke)
        if place in open_ended and not transition.is_pseudo:
            yield Problem(
                rule="shadowed-transition", severity=Severity.WARNING, element=transition.id,
                message="This transition is never taken: one before it for the same event has no guard.",
                hint="Move it up or give the one before it a guard.",
            )  # fmt: skip
        elif transition.guard is None:
            open_ended.add(place)


def _twice(outgoing: list[Transition]) -> Iterator[Problem]:
    """Guarded alternatives that are the same as one before them; those without a guard are shadowed."""
    for place, transition in enumerate(outgoing):
        if transition.guard is not None and any(_same(transition, each) for each in outgoing[:place]):
            yield Problem(
                rule="duplicate-transition", severity=Severity.WARNING, element=transition.id,
                message="The same transition stands before this one, so it is never taken.",
                hint="Delete one of the two.",
            )  # fmt: skip


def _same(one: Transition, other: Transition) -> bool:
    return (one.trigger, one.guard, one.targets, one.actions) == (
        other.trigger, other.guard, other.targets, other.actions,
    )  # fmt: skip


def _too_late(chart: Chart, state: State, outgoing: list[Transition]) -> Iterator[Problem]:
    """Timers that fall due when another has led out of the state already."""
    if state.parent is None:
        return
    timers = [
        (length, place, transition)
        for place, transition in enumerate(outgoing)
        if transition.trigger.kind is TriggerKind.AFTER
        and (length := parse_duration(transition.trigger.text)) is not None
    ]
    leaving = [each for each in timers if each[2].guard is None and _leaves(chart, each[2])]
    if not leaving:
        return
    soonest = min(leaving, key=lambda each: each[:2])
    for length, place, transition in timers:
        if (length, place) > soonest[:2] and transition.trigger != soonest[2].trigger:
            yield Problem(
                rule="late-timer", severity=Severity.WARNING, element=transition.id, field="trigger",
                message=f"This timer never ends: the state is left after {format_duration(soonest[0])} at the latest.",
                hint="Give the shorter one a guard, or delete this one.",
            )  # fmt: skip


def _leaves(chart: Chart, transition: Transition) -> bool:
    """Whether the source is left for certain."""
    targets = transition.targets
    if not targets or any(map(is_unresolved, targets)):
        return False
    return not queries.stays(chart, transition)


def overlap(one: str, other: str) -> bool:
    """Whether an event can match both descriptors."""
    return _covers(one, other) or _covers(other, one)


def _covers(wide: str, narrow: str) -> bool:
    bare = narrow.removesuffix(".*")
    return wide in (narrow, "*") or (wide.endswith(".*") and f"{bare}.".startswith(wide[:-1]))


def _without_effect(chart: Chart, state: State, outgoing: list[Transition]) -> Iterator[Problem]:
    """Transitions that change nothing, and keep nothing else from being taken."""
    for place, transition in enumerate(outgoing):
        kind = transition.trigger.kind
        if transition.actions or (transition.targets and transition.targets[0] != state.id):
            continue
        if kind not in (TriggerKind.EVENT, TriggerKind.AFTER):
            continue
        is_loop = transition.targets == (state.id,) and _is_idle(chart, state, outgoing)
        if not is_loop and transition.targets:
            continue
        if kind is TriggerKind.EVENT and _shields(chart, transition, outgoing[place + 1 :], outgoing):
            continue
        yield Problem(
            rule="idle-self-transition" if is_loop else "transition-without-effect", severity=Severity.INFORMATION,
            element=transition.id,
            message=f"This transition leads from {shown_name(chart, state.id, inside=True)} back to it "
            "and does nothing."
            if is_loop else "This transition has no target and no actions, so nothing happens.",
            hint="Give it a target or actions, or delete it.",
        )  # fmt: skip


def _is_idle(chart: Chart, state: State, outgoing: list[Transition]) -> bool:
    """Whether leaving a state and entering it again does nothing."""
    has_timer = any(each.trigger.kind is TriggerKind.AFTER for each in outgoing)
    return not (state.entry or state.exit or state.invokes or has_timer or chart.has_children(state.id))


def _shields(chart: Chart, own: Transition, later: list[Transition], beside: list[Transition]) -> bool:
    """Whether another transition would answer the event if this one were not there."""
    text = own.trigger.text
    others = [
        *later,
        *(each for each in beside if each.trigger != own.trigger),
        *(each for state in chart.ancestors(own.source) for each in chart.outgoing(state.id)),
    ]
    return any(each.trigger.kind is TriggerKind.EVENT and overlap(text, each.trigger.text) for each in others)


def _hiding(chart: Chart, state: State, outgoing: list[Transition]) -> Iterator[Problem]:
    """A star that takes every event, so that nothing around the state ever answers one."""
    star = next((each for each in outgoing if each.trigger.text == "*" and each.guard is None), None)
    if star is None or star.is_forbidding or star.trigger.kind is not TriggerKind.EVENT:
        return
    events = [each for each in outgoing if each.trigger.kind is TriggerKind.EVENT]
    own = [each.trigger.text for each in events if each.trigger.text != "*"]
    hidden = dict.fromkeys(
        each.trigger.text
        for around in chart.ancestors(state.id)
        for each in chart.outgoing(around.id)
        if each.trigger.kind is TriggerKind.EVENT
        and each.trigger.text != "*"
        and not any(_covers(text, each.trigger.text) for text in own)
    )
    if hidden:
        first = next(iter(hidden))
        more = f" and {len(hidden) - 1} more" if len(hidden) > 1 else ""
        yield Problem(
            rule="wildcard-hides", severity=Severity.INFORMATION, element=star.id, field="trigger",
            message=f"The star takes every event, so that what is around {shown_name(chart, state.id, inside=True)} "
            f"never answers “{first}”{more} meanwhile.",
            hint="Name the events that are meant.",
        )  # fmt: skip
