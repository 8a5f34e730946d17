"""Actions compiled to closures over the work of a step: assign, raise, send, cancel, log, choose, calls by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from editor.engine.ask import MOST_DEPTH, compile_guard
from editor.engine.delays import compile_delay
from editor.engine.snapshot import Event
from editor.errors import ExpressionError
from editor.model.elements import Action, Assign, Call, Cancel, Choose, Data, Log, Raise, Send

if TYPE_CHECKING:
    from editor.engine.machine import Machine

ActionCode: TypeAlias = Callable[[Any], None]
"""A compiled action; it raises ExpressionError where an expression in it fails."""

MOST_CALLS = 100_000


def compile_actions(actions: tuple[Action, ...], machine: Machine) -> tuple[ActionCode, ...]:
    """The closures of a list of actions, to be run one after the other."""
    return tuple(_compile(action, machine) for action in actions)


def _compile(action: Action, machine: Machine) -> ActionCode:
    if isinstance(action, Call):
        return _call(action, machine)
    if isinstance(action, Assign):
        return _assign(action, machine)
    if isinstance(action, Raise):
        return _raise(action, machine)
    if isinstance(action, Send):
        return _send(action, machine)
    if isinstance(action, Cancel):
        return _cancel(action)
    if isinstance(action, Log):
        return _log(action, machine)
    return _choose(action, machine)


def _data(value: Data, machine: Machine) -> Callable[[Any], Data]:
    if value is None:
        return lambda work: None
    evaluate = machine.evaluator.data
    return lambda work: evaluate(value, work)


def _call(action: Call, machine: Machine) -> ActionCode:
    name = action.name
    if name not in machine.actions:
        return lambda work: work.actions.append(name)
    params, evaluate = action.params, machine.evaluator.data

    def call(work: Any) -> None:
        work.actions.append(name)
        if work.depth >= MOST_DEPTH or len(work.actions) > MOST_CALLS:
            raise ExpressionError(f"the action “{name}” leads back to itself or to too many others")
        before = work.params
        work.params = None if params is None else evaluate(params, work)
        work.depth += 1
        try:
            for code in machine.action_codes(name):
                code(work)
        finally:
            work.params = before
            work.depth -= 1

    return call


def _assign(action: Assign, machine: Machine) -> ActionCode:
    evaluate = machine.evaluator.data
    pairs = action.values
    if len(pairs) == 1 and "." not in pairs[0][0]:
        ((key, value),) = pairs

        def assign_one(work: Any) -> None:
            work.context = {**work.context, key: evaluate(value, work)}

        return assign_one

    def assign(work: Any) -> None:
        values = [(key, evaluate(value, work)) for key, value in pairs]
        context = work.context
        for key, value in values:
            context = assigned(context, key, value)
        work.context = context

    return assign


def _raise(action: Raise, machine: Machine) -> ActionCode:
    name, data = action.event, _data(action.data, machine)
    return lambda work: work.internal.append(Event(name, data(work)))


def _send(action: Send, machine: Machine) -> ActionCode:
    name, to, data = action.event, action.to or "", _data(action.data, machine)
    if action.delay is None:
        return lambda work: work.deliver(Event(name, data(work)), to)
    delay = compile_delay(action.delay, machine)

    def send_later(work: Any) -> None:
        event = Event(name, data(work))
        work.arm_send(action.id, event, to, delay.length(work), delay.name)

    return send_later


def _cancel(action: Cancel) -> ActionCode:
    id = action.id

    def cancel(work: Any) -> None:
        work.timers = [each for each in work.timers if each.state >= 0 or each.id != id]

    return cancel


def _log(action: Log, machine: Machine) -> ActionCode:
    evaluate = machine.evaluator.data

    def log(work: Any) -> None:
        value = evaluate(action.value, work)
        work.logs.append(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))

    return log


def _choose(action: Choose, machine: Machine) -> ActionCode:
    branches = [
        (None if branch.guard is None else compile_guard(branch.guard, machine),
         compile_actions(branch.actions, machine))
        for branch in action.branches
    ]  # fmt: skip

    def choose(work: Any) -> None:
        for guard, codes in branches:
            if guard is None or work.decide(guard, work.element, work.field):
                for code in codes:
                    code(work)
                break

    return choose


def assigned(context: dict[str, Data], key: str, value: Data) -> dict[str, Data]:
    """A context with one key, or one path of keys, set; the given one is untouched.

    Raises:
        ExpressionError: a part of the path is no mapping.
    """
    if key in context or "." not in key:
        return {**context, key: value}
    head, rest = key.split(".", 1)
    inside = context.get(head, {})
    if not isinstance(inside, dict):
        raise ExpressionError(f"“{head}” is no mapping, so “{key}” cannot be set")
    return {**context, head: assigned(inside, rest, value)}
