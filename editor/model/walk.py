"""Walks over what stands inside records: guards, actions, expressions, names, each with the place it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    And,
    Assign,
    Call,
    Choose,
    Data,
    Delay,
    Expr,
    Guard,
    Log,
    Named,
    Not,
    Or,
    Raise,
    Send,
    TriggerKind,
)


class Place(NamedTuple):
    """An element and a field of its record."""

    element: str
    field: str


def guards_within(guard: Guard) -> Iterator[Guard]:
    """A guard and all its parts, outermost first."""
    yield guard
    if isinstance(guard, And | Or):
        for part in guard.parts:
            yield from guards_within(part)
    elif isinstance(guard, Not):
        yield from guards_within(guard.part)


def actions_within(actions: Iterable[Action]) -> Iterator[Action]:
    """All actions and those inside choices, in order."""
    for action in actions:
        yield action
        if isinstance(action, Choose):
            for branch in action.branches:
                yield from actions_within(branch.actions)


def strings(data: Data) -> Iterator[str]:
    """Every string inside plain data, keys left out: the expressions of assign, data, input, output and params."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for each in data:
            yield from strings(each)
    elif isinstance(data, dict):
        for each in data.values():
            yield from strings(each)


def action_lists(chart: Chart) -> Iterator[tuple[Place, tuple[Action, ...]]]:
    """Every list of actions: entries, exits, transitions', and those that names mean."""
    for state in queries.document_order(chart):
        if state.entry:
            yield Place(state.id, "entry"), state.entry
        if state.exit:
            yield Place(state.id, "exit"), state.exit
        for transition in chart.outgoing(state.id):
            if transition.actions:
                yield Place(transition.id, "actions"), transition.actions
    for name, actions in chart.info.actions:
        yield Place(chart.info.id, f"actions.{name}"), actions


def all_guards(chart: Chart) -> Iterator[tuple[Place, Guard]]:
    """Every guard: of transitions, in choices, and those that names mean."""
    for state in queries.document_order(chart):
        for transition in chart.outgoing(state.id):
            if transition.guard is not None:
                yield Place(transition.id, "guard"), transition.guard
    for name, guard in chart.info.guards:
        yield Place(chart.info.id, f"guards.{name}"), guard
    for place, actions in action_lists(chart):
        for action in actions_within(actions):
            if isinstance(action, Choose):
                for branch in action.branches:
                    if branch.guard is not None:
                        yield place, branch.guard


def all_delays(chart: Chart) -> Iterator[tuple[Place, Delay]]:
    """Every delay that is used: of `after` and of sends; not the table's own."""
    for state in queries.document_order(chart):
        for transition in chart.outgoing(state.id):
            if transition.trigger.kind is TriggerKind.AFTER:
                yield Place(transition.id, "trigger"), transition.trigger.text
    for place, actions in action_lists(chart):
        for action in actions_within(actions):
            if isinstance(action, Send) and action.delay is not None:
                yield place, action.delay


def expressions(chart: Chart) -> Iterator[tuple[Place, str]]:
    """Every text that is an expression for certain; delays are left to `all_delays`."""
    for place, guard in all_guards(chart):
        for part in guards_within(guard):
            if isinstance(part, Expr):
                yield place, part.text
            elif isinstance(part, Named):
                yield from ((place, text) for text in strings(part.params))
    for place, actions in action_lists(chart):
        for action in actions_within(actions):
            yield from ((place, text) for text in action_texts(action))
    for state in queries.document_order(chart):
        yield from ((Place(state.id, "output"), text) for text in strings(state.output))
        for invoke in state.invokes:
            yield from ((Place(state.id, "invoke"), text) for text in strings(invoke.input))


def action_texts(action: Action) -> Iterator[str]:
    """Every text of one action that is an expression for certain; those of a choice's parts are left to a walk."""
    if isinstance(action, Assign):
        for _, value in action.values:
            yield from strings(value)
    elif isinstance(action, Raise | Send):
        yield from strings(action.data)
        if isinstance(action, Send) and isinstance(action.delay, Expr):
            yield action.delay.text
    elif isinstance(action, Log):
        yield from strings(action.value)
    elif isinstance(action, Call):
        yield from strings(action.params)
