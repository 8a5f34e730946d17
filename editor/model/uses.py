"""What the records of a chart use and give: names, events, context keys, ids; gathered once and kept by unit.

A unit is a state with the transitions that leave it, or the machine's own record; its id is that of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from editor.errors import ExpressionError
from editor.model import expressions, walk
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import (
    Assign,
    Call,
    Cancel,
    Delay,
    Expr,
    In,
    Named,
    Raise,
    Send,
    TriggerKind,
    is_unresolved,
    unresolved_text,
)


class What(Enum):
    """The kinds of things that are used or given."""

    GUARD = "guard"
    ACTION = "action"
    DELAY = "delay"
    SERVICE = "service"
    AWAITED = "event descriptor"
    SENT = "event that is sent to the machine itself"
    SENT_AWAY = "event that is sent elsewhere"
    END = "end of a state or an invocation that is answered"
    READ = "context key that is read"
    WHOLE = "context, read as a whole"
    WRITTEN = "context key that is assigned"
    PATH = "path given to matches"
    MISSING = "reference that names nothing"
    KEY = "key of a state"
    STATE_ID = "id of a state"
    INVOKE_ID = "id of an invocation"
    SEND_ID = "id of a send"
    CANCELLED = "id of a send that is cancelled"
    RECEIVER = "receiver of a send"


_ENDS = (TriggerKind.DONE, TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR)


class Use(NamedTuple):
    """One thing and where it stands."""

    what: What
    name: str
    place: walk.Place


class Uses:
    """All uses of a chart. Invariant: those of a unit are the ones that were put for it last."""

    def __init__(self) -> None:
        self._of_units: dict[str, list[Use]] = {}
        self._by_name: dict[What, dict[str, dict[str, Use]]] = {what: {} for what in What}

    def put(self, unit: str, uses: list[Use]) -> None:
        """Keep what a unit uses now, in place of what it used."""
        for old in self._of_units.pop(unit, ()):
            of_name = self._by_name[old.what].get(old.name)
            if of_name is not None:
                of_name.pop(unit, None)
                if not of_name:
                    del self._by_name[old.what][old.name]
        if uses:
            self._of_units[unit] = uses
            tables = self._by_name
            for use in uses:
                tables[use.what].setdefault(use.name, {}).setdefault(unit, use)

    def names(self, what: What) -> Collection[str]:
        """The different names of a kind."""
        return self._by_name[what].keys()

    def first(self, what: What, name: str, rank: Callable[[str], int]) -> Use | None:
        """The first use of a name in the order that ranks units; None for none."""
        users = self._by_name[what].get(name)
        return users[min(users, key=rank)] if users else None

    def count(self, what: What, name: str) -> int:
        """How many units use a name."""
        return len(self._by_name[what].get(name, ()))

    def users(self, what: What, name: str) -> Collection[str]:
        """The units that use a name."""
        return self._by_name[what].get(name, {}).keys()

    def all(self, what: What, rank: Callable[[str], int]) -> list[Use]:
        """Every use of a kind, in the order that ranks units."""
        units = {unit for users in self._by_name[what].values() for unit in users}
        return [use for unit in sorted(units, key=rank) for use in self._of_units[unit] if use.what is what]


def owner(chart: Chart, element: str) -> str:
    """The unit that an element belongs to."""
    transition = chart.transitions.get(element)
    return element if transition is None else transition.source


def gather(inside: walk.Inside) -> dict[str, list[Use]]:
    """What each unit uses, those that use nothing left out."""
    found: dict[str, list[Use]] = {}
    transitions = inside.chart.transitions
    for use in _uses(inside):
        element = use.place.element
        transition = transitions.get(element)
        found.setdefault(element if transition is None else transition.source, []).append(use)
    return found


def _uses(inside: walk.Inside) -> Iterator[Use]:
    yield from _of_elements(inside)
    yield from _of_guards(inside)
    yield from _of_actions(inside)
    for place, delay in inside.delays:
        if is_delay_name(delay):
            yield Use(What.DELAY, str(delay), place)
    if inside.chart.info.is_native:
        yield from _of_expressions((*inside.expressions, *delay_expressions(inside)))


def _of_elements(inside: walk.Inside) -> Iterator[Use]:
    root, place = inside.chart.root_id, walk.Place
    is_own = not inside.chart.info.conventions.has_sessions  # what others invoke are machines, not services
    for state, transitions in inside.elements:
        if state.id != root:
            yield Use(What.KEY, state.key, place(state.id, "key"))
        if state.declared_id is not None:
            yield Use(What.STATE_ID, state.declared_id, place(state.id, "id"))
        for number, invoke in enumerate(state.invokes):
            if invoke.id is not None:
                yield Use(What.INVOKE_ID, invoke.id, place(state.id, f"invoke.{number}.id"))
            if is_own:
                yield Use(What.SERVICE, invoke.src, place(state.id, f"invoke.{number}.src"))
        for transition in transitions:
            if transition.trigger.kind is TriggerKind.EVENT:
                yield Use(What.AWAITED, transition.trigger.text, place(transition.id, "trigger"))
            elif transition.trigger.kind in _ENDS:
                yield Use(What.END, transition.trigger.kind.value, place(transition.id, "trigger"))
            for number, target in enumerate(transition.targets):
                if is_unresolved(target):
                    yield Use(
                        What.MISSING, unresolved_text(target), place(transition.id, f"targets.{number}")
                    )


def _of_guards(inside: walk.Inside) -> Iterator[Use]:
    for place, guard in inside.guard_parts:
        if isinstance(guard, Named):
            yield Use(What.GUARD, guard.name, place)
        elif isinstance(guard, In) and is_unresolved(guard.state):
            yield Use(What.MISSING, unresolved_text(guard.state), place.at("in"))


def _of_actions(inside: walk.Inside) -> Iterator[Use]:
    for place, action in inside.actions:
        if isinstance(action, Call):
            yield Use(What.ACTION, action.name, place)
        elif isinstance(action, Raise):
            yield Use(What.SENT, action.event, place)
        elif isinstance(action, Send):
            yield Use(What.SENT if _is_own(action) else What.SENT_AWAY, action.event, place)
            if action.to:
                yield Use(What.RECEIVER, action.to, place.at("to"))
            if action.id is not None:
                yield Use(What.SEND_ID, action.id, place.at("id"))
        elif isinstance(action, Cancel) and action.id_expr is None:
            yield Use(What.CANCELLED, action.id, place.at("cancel"))
        elif isinstance(action, Assign):
            for key, _ in action.values:
                yield Use(What.WRITTEN, key, place.at("assign").at(key))


def _is_own(action: Send) -> bool:
    """Whether an event goes to the machine that sends it, as far as that is written."""
    is_elsewhere = action.to_expr is not None or action.type is not None or action.type_expr is not None
    return action.to in (None, "#_internal") and not is_elsewhere and action.event_expr is None


def _of_expressions(texts: Iterable[tuple[walk.Place, str]]) -> Iterator[Use]:
    for place, text in texts:
        try:
            parsed = expressions.parse(text)
        except ExpressionError:
            continue
        for path in parsed.paths:
            yield Use(What.PATH, path, place)
        whole = 0
        for use in parsed.uses:
            is_name = use.form is expressions.Form.NAME
            if not (is_name and use.name in expressions.RESERVED):
                yield Use(What.READ, use.name, place)
            whole += (is_name and use.name == "context") - (
                not is_name
            )  # each other form begins with `context`
        if whole > 0:
            yield Use(What.WHOLE, "context", place)


def is_delay_name(delay: Delay) -> bool:
    """Whether a delay is the name of one."""
    return isinstance(delay, str) and parse_duration(delay) is None and expressions.is_plain_name(delay)


def delay_expressions(inside: walk.Inside) -> Iterator[tuple[walk.Place, str]]:
    """The delays that are expressions: those of `after` and of sends, and what names of delays mean."""
    for place, delay in inside.delays:
        if isinstance(delay, Expr):
            yield place, delay.text
        elif isinstance(delay, str) and parse_duration(delay) is None and not is_delay_name(delay):
            yield place, delay
    for place, delay in inside.delay_meanings:
        text = delay.text if isinstance(delay, Expr) else delay
        if isinstance(text, str) and parse_duration(text) is None:
            yield place, text
