"""The names that stand in a chart, by what they name: of states, events, guards, actions, delays, services, keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from editor.errors import ExpressionError
from editor.model import expressions, walk
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import Assign, Call, Named, Raise, Send, State, Transition, TriggerKind


class NameKind(Enum):
    """What a name is the name of; the value is its word for people."""

    STATE = "state"
    EVENT = "event"
    GUARD = "guard"
    ACTION = "action"
    DELAY = "delay"
    SERVICE = "service"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it names; of a state it is the id."""

    kind: NameKind
    text: str


_WORD = re.compile(r"(?<![\w$.])(context\.)?([^\W\d][\w$]*|\$[\w$]*)")

OWN = ("done.state.", "done.invoke.", "error.platform.", "error.execution", "error.communication")
"""What the events begin with that the machine itself sends."""

_OWN_GROUPS = ("done", "done.state", "done.invoke", "error", "error.platform")
"""Beginnings of such events, by which one waits for any of them."""


def names_of(chart: Chart, ids: Collection[str] = ()) -> list[Name]:
    """The names that stand in some elements, each once, as they come; those of the whole machine for none."""
    found: dict[Name, None] = {}
    inside = walk.Inside(chart)
    for element, name in names_within(inside):
        if not ids or element in ids:
            found[name] = None
    return list(found)


def places_of(chart: Chart) -> dict[Name, tuple[str, ...]]:
    """The states and transitions that each name stands in; those that stand in the machine's own tables have none."""
    found: dict[Name, dict[str, None]] = {}
    for element, name in names_within(walk.Inside(chart)):
        places = found.setdefault(name, {})
        if element in chart.transitions or (element in chart.states and element != chart.root_id):
            places[element] = None
    return {name: tuple(places) for name, places in found.items()}


def names_within(inside: walk.Inside) -> Iterator[tuple[str, Name]]:
    """Every name inside some records, with the element that it stands in."""
    chart, info = inside.chart, inside.chart.info
    keys = keys_of(chart)
    for state, transitions in inside.elements:
        yield from ((state.id, name) for name in _of_state(chart, state))
        yield from ((state.id, Name(NameKind.KEY, datum.id)) for datum in state.data)
        for each in transitions:
            yield from ((each.id, name) for name in _of_trigger(chart, each))
    for place, guard in inside.guard_parts:
        if isinstance(guard, Named):
            yield place.element, Name(NameKind.GUARD, guard.name)
    for place, action in inside.actions:
        if isinstance(action, Call):
            yield place.element, Name(NameKind.ACTION, action.name)
        elif isinstance(action, Raise | Send) and is_event(action.event):
            yield place.element, Name(NameKind.EVENT, action.event)
        if isinstance(action, Assign) and info.is_native:
            heads = (key.partition(".")[0] for key, _ in action.values)
            yield from ((place.element, Name(NameKind.KEY, head)) for head in heads if head in keys)
    for place, delay in inside.delays:
        if isinstance(delay, str) and is_delay(delay):
            yield place.element, Name(NameKind.DELAY, delay)
    read = _read if info.is_native else _mentioned
    for place, text in (*inside.expressions, *(() if info.is_native else inside.variables)):
        for name in read(text, keys) if keys else ():
            yield place.element, Name(NameKind.KEY, name)
    for kind, table in (
        (NameKind.GUARD, info.guards), (NameKind.ACTION, info.actions),
        (NameKind.DELAY, info.delays), (NameKind.SERVICE, info.services),
    ):  # fmt: skip
        yield from ((info.id, Name(kind, name)) for name, _ in table)
    if isinstance(info.context, dict):
        yield from ((info.id, Name(NameKind.KEY, key)) for key in info.context)


def keys_of(chart: Chart) -> Collection[str]:
    """The names of a machine's data: the keys of its context, or the variables that it declares."""
    if chart.info.conventions.has_sessions:
        return dict.fromkeys(datum.id for state in chart.states.values() for datum in state.data)
    return chart.info.context if isinstance(chart.info.context, dict) else ()


def _of_state(chart: Chart, state: State) -> Iterator[Name]:
    if state.id != chart.root_id:
        yield Name(NameKind.STATE, state.id)
    if not chart.info.conventions.has_sessions:
        yield from (Name(NameKind.SERVICE, invoke.src) for invoke in state.invokes if invoke.src)


def _of_trigger(chart: Chart, transition: Transition) -> Iterator[Name]:
    if transition.trigger.kind is TriggerKind.EVENT:
        text = transition.trigger.text
        several = text.split() if chart.info.conventions.by_token else [text]
        yield from (Name(NameKind.EVENT, each) for each in several if is_event(each))


def is_event(text: str) -> bool:
    """Whether a descriptor is the name of an event that somebody gave it: no star, and none of the machine's own."""
    return bool(text) and "*" not in text and not text.startswith(OWN)


def is_own(descriptor: str, *, by_token: bool) -> bool:
    """Whether only events that the machine itself sends match a descriptor: of ends and of errors.

    `by_token`: it matches all events that begin with it, so that “error” stands for every one of these.
    """
    bare = descriptor.rstrip("*").rstrip(".")
    is_group = bare in _OWN_GROUPS and (by_token or descriptor.endswith("*"))
    return is_group or descriptor.startswith(OWN)


def is_delay(text: str) -> bool:
    """Whether a delay as written is the name of one."""
    return expressions.is_plain_name(text) and parse_duration(text) is None


def _read(text: str, keys: Collection[str]) -> list[str]:
    """The keys of the context that an expression reads, in its order."""
    try:
        uses = expressions.parse(text).uses
    except ExpressionError:
        return []
    return [use.name for use in uses if use.name in keys]


def _mentioned(text: str, keys: Collection[str]) -> list[str]:
    """The keys that stand in a text of another language, as far as words tell; properties of other things are none."""
    return [
        word for match in _WORD.finditer(text) for word in (match[2], (match[1] or "")[:-1]) if word in keys
    ]


def shown(chart: Chart, name: Name) -> str:
    """A name for people."""
    return chart.states[name.text].key if name.kind is NameKind.STATE else name.text
