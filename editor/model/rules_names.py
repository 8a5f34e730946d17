"""Rules about names: those without a meaning, those that mean each other, events that nothing sends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from editor.model import expressions, queries, walk
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import Action, Call, Named, Raise, Send, Transition, TriggerKind
from editor.model.problems import Problem, Severity

_OWN = ("done.state.", "done.invoke.", "error.platform.")


def names(inside: walk.Inside) -> Iterator[Problem]:
    """All rules of this file."""
    yield from unknown(inside)
    yield from cycles(inside.chart)
    yield from never_sent(inside)
    yield from never_handled(inside)


def unknown(inside: walk.Inside) -> Iterator[Problem]:
    """Names that the runtime gives a meaning, not this file: told once each, as information."""
    info = inside.chart.info
    for what, known, used in (
        ("guard", dict(info.guards), _guard_names(inside)),
        ("action", dict(info.actions), _action_names(inside)),
        ("delay", dict(info.delays), _delay_names(inside)),
        ("service", dict(info.services), _service_names(inside.chart)),
    ):
        yield from _unknown(what, known, used)


def _unknown(
    what: str, known: Mapping[str, object], used: Iterable[tuple[walk.Place, str]]
) -> Iterator[Problem]:
    told: set[str] = set()
    for place, name in used:
        if name not in known and name not in told:
            told.add(name)
            yield Problem(
                rule=f"unknown-{what}", severity=Severity.INFORMATION, element=place.element, field=place.field,
                message=f"The {what} “{name}” has no meaning in this file; the runtime gives it one.",
            )  # fmt: skip


def _guard_names(inside: walk.Inside) -> Iterator[tuple[walk.Place, str]]:
    for place, guard in inside.guard_parts:
        if isinstance(guard, Named):
            yield place, guard.name


def _action_names(inside: walk.Inside) -> Iterator[tuple[walk.Place, str]]:
    for place, action in inside.actions:
        if isinstance(action, Call):
            yield place, action.name


def _delay_names(inside: walk.Inside) -> Iterator[tuple[walk.Place, str]]:
    for place, delay in inside.delays:
        if isinstance(delay, str) and parse_duration(delay) is None and expressions.is_plain_name(delay):
            yield place, delay


def _service_names(chart: Chart) -> Iterator[tuple[walk.Place, str]]:
    if chart.info.conventions.has_sessions:  # what is invoked are machines, which are read when that happens
        return
    for state in chart.states.values():
        for number, invoke in enumerate(state.invokes):
            yield walk.Place(state.id, f"invoke.{number}.src"), invoke.src


def cycles(chart: Chart) -> Iterator[Problem]:
    """Guards or actions that mean each other in a circle."""
    guards = {
        name: [part.name for part in walk.guards_within(guard) if isinstance(part, Named)]
        for name, guard in chart.info.guards
    }
    actions = {
        name: [each.name for each in walk.actions_within(meaning) if isinstance(each, Call)]
        for name, meaning in chart.info.actions
    }
    for table, uses in (("guards", guards), ("actions", actions)):
        for name in in_cycles(uses):
            yield Problem(
                rule="name-cycle", severity=Severity.ERROR, element=chart.info.id, field=f"{table}.{name}", is_key=True,
                message=f"The meaning of “{name}” leads back to itself.", hint="Break the circle.",
            )  # fmt: skip


def never_sent(inside: walk.Inside) -> Iterator[Problem]:
    """Descriptors of events that only the machine itself could send, and never does: ends of what is not there."""
    waiting = [each for each in inside.chart.transitions.values() if _waits_for_end(each)]
    known = {*_ends(inside.chart), *_sent(inside)} if waiting else set()
    closest = {
        prefix: expressions.Nearest(
            sorted(each.removeprefix(prefix) for each in known if each.startswith(prefix))
        )
        for prefix in _OWN
    }
    for transition in waiting:
        text = transition.trigger.text
        if text in known:
            continue
        prefix = next(each for each in _OWN if text.startswith(each))
        close = closest[prefix](text.removeprefix(prefix))
        what = "state" if prefix == _OWN[0] else "invocation"
        yield Problem(
            rule="event-never-sent", severity=Severity.INFORMATION, element=transition.id, field="trigger",
            message=f"The event “{text}” is never sent: no {what} has this ID.",
            hint=f"Did you mean “{prefix}{close}”?" if close else f"Give the ID of the {what} that ends.",
        )  # fmt: skip


def never_handled(inside: walk.Inside) -> Iterator[Problem]:
    """Events that the machine sends itself and no transition waits for: told once each, as information."""
    told: set[str] = set()
    descriptors: set[str] | None = None
    for place, action in inside.actions:
        event = _sent_to_itself(action)
        if event is None or event in told:
            continue
        told.add(event)
        if descriptors is None:
            descriptors = _descriptors(inside.chart)
        if not _is_answered(event, descriptors, by_token=inside.chart.info.conventions.by_token):
            yield Problem(
                rule="event-never-handled", severity=Severity.INFORMATION, element=place.element, field=place.field,
                message=f"The event “{event}” is sent, but never handled: no transition waits for it.",
            )  # fmt: skip


def _sent_to_itself(action: Action) -> str | None:
    """The event that an action sends to its own machine."""
    if isinstance(action, Raise):
        return action.event
    if not isinstance(action, Send) or action.to not in (None, "#_internal"):
        return None
    is_elsewhere = action.to_expr is not None or action.type is not None or action.type_expr is not None
    return None if is_elsewhere or action.event_expr is not None else action.event


def _descriptors(chart: Chart) -> set[str]:
    """What the transitions wait for; each part where one may hold several."""
    texts = queries.events(chart)
    if chart.info.conventions.by_token:
        texts = [part for text in texts for part in text.split()]
    ends = {TriggerKind.DONE, TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR}
    is_ended = any(each.trigger.kind in ends for each in chart.transitions.values())
    return {*texts, *((prefix + "*" for prefix in _OWN) if is_ended else ())}


def _is_answered(event: str, descriptors: Collection[str], *, by_token: bool) -> bool:
    """Whether a descriptor matches: the event's own name, or the tokens that it begins with and a star."""
    if "*" in descriptors or event in descriptors:
        return True
    heads = [event, *(event[:place] for place, each in enumerate(event) if each == ".")]
    endings = (".*", ".", "") if by_token else (".*",)
    return any(head + ending in descriptors for head in heads for ending in endings)


def _waits_for_end(transition: Transition) -> bool:
    text = transition.trigger.text
    return transition.trigger.kind is TriggerKind.EVENT and text.startswith(_OWN) and "*" not in text


def _ends(chart: Chart) -> Iterator[str]:
    """The events that tell the end of a state or an invocation."""
    for state in chart.states.values():
        path = queries.dotted_path(chart, state.id)
        yield f"done.state.{state.declared_id or path}"
        for place, invoke in enumerate(state.invokes):
            id = invoke.id or f"{path}:{place}"
            yield from (f"done.invoke.{id}", f"error.platform.{id}")


def _sent(inside: walk.Inside) -> Iterator[str]:
    """The events that actions send."""
    for _, action in inside.actions:
        if isinstance(action, Raise | Send):
            yield action.event


def in_cycles(uses: Mapping[str, list[str]]) -> list[str]:
    """The names from which one comes back to the same name."""
    return [name for name in uses if _comes_back(uses, name)]


def _comes_back(uses: Mapping[str, list[str]], start: str) -> bool:
    waiting, seen = list(uses[start]), set[str]()
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(uses.get(name, ()))
    return False
