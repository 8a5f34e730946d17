"""Walks over what stands inside records: guards, actions, expressions, names, each with the place it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
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
    State,
    Transition,
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


class Inside:
    """What stands inside the records of a chart, in document order, each kind gathered when it is first asked for.

    The chart must not change meanwhile.
    """

    def __init__(self, chart: Chart) -> None:
        self.chart = chart

    @cached_property
    def elements(self) -> list[tuple[State, list[Transition]]]:
        """Every state with its transitions."""
        outgoing = self.chart.outgoing
        return [(state, outgoing(state.id)) for state in queries.document_order(self.chart)]

    @cached_property
    def action_lists(self) -> list[tuple[Place, tuple[Action, ...]]]:
        """Every list of actions: entries, exits, transitions', and those that names mean."""
        return list(self._action_lists())

    def _action_lists(self) -> Iterator[tuple[Place, tuple[Action, ...]]]:
        for state, transitions in self.elements:
            if state.entry:
                yield Place(state.id, "entry"), state.entry
            if state.exit:
                yield Place(state.id, "exit"), state.exit
            for transition in transitions:
                if transition.actions:
                    yield Place(transition.id, "actions"), transition.actions
        info = self.chart.info
        for name, actions in info.actions:
            yield Place(info.id, f"actions.{name}"), actions

    @cached_property
    def guards(self) -> list[tuple[Place, Guard]]:
        """Every guard: of transitions, in choices, and those that names mean."""
        return list(self._guards())

    def _guards(self) -> Iterator[tuple[Place, Guard]]:
        for _, transitions in self.elements:
            for transition in transitions:
                if transition.guard is not None:
                    yield Place(transition.id, "guard"), transition.guard
        info = self.chart.info
        for name, guard in info.guards:
            yield Place(info.id, f"guards.{name}"), guard
        for place, actions in self.action_lists:
            for action in actions_within(actions):
                if isinstance(action, Choose):
                    for branch in action.branches:
                        if branch.guard is not None:
                            yield place, branch.guard

    @cached_property
    def delays(self) -> list[tuple[Place, Delay]]:
        """Every delay that is used: of `after` and of sends; not the table's own."""
        return list(self._delays())

    def _delays(self) -> Iterator[tuple[Place, Delay]]:
        after = TriggerKind.AFTER
        for _, transitions in self.elements:
            for transition in transitions:
                if transition.trigger.kind is after:
                    yield Place(transition.id, "trigger"), transition.trigger.text
        for place, actions in self.action_lists:
            for action in actions_within(actions):
                if isinstance(action, Send) and action.delay is not None:
                    yield place, action.delay

    @cached_property
    def expressions(self) -> list[tuple[Place, str]]:
        """Every text that is an expression for certain; delays are left to `delays`."""
        return list(self._expressions())

    def _expressions(self) -> Iterator[tuple[Place, str]]:
        for place, guard in self.guards:
            for part in guards_within(guard):
                if isinstance(part, Expr):
                    yield place, part.text
                elif isinstance(part, Named):
                    yield from ((place, text) for text in strings(part.params))
        for place, actions in self.action_lists:
            for action in actions_within(actions):
                yield from ((place, text) for text in action_texts(action))
        for state, _ in self.elements:
            if state.output is not None:
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
