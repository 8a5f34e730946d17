"""Actions compiled to closures over the work of a step: assign, raise, send, cancel, log, choose, calls by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from editor.engine.ask import MOST_DEPTH, GuardCode, compile_guard
from editor.engine.delays import compile_delay
from editor.engine.known import Known, as_known
from editor.engine.payloads import compile_written
from editor.engine.sending import compile_send
from editor.engine.snapshot import Event
from editor.errors import ExpressionError
from editor.model.elements import (
    Action,
    Assign,
    Block,
    Call,
    Cancel,
    Choose,
    Data,
    Expr,
    Foreach,
    Log,
    Raise,
    Script,
    Send,
)

if TYPE_CHECKING:
    from editor.engine.machine import Machine

ActionCode: TypeAlias = Callable[[Any], None]
"""A compiled action; it raises ExpressionError where an expression in it fails."""

MOST_CALLS = 100_000


def compile_actions(actions: tuple[Action, ...], machine: Machine) -> tuple[ActionCode, ...]:
    """The closures of a list of actions, to be run one after the other."""
    return tuple(code for action in actions for code in _codes(action, machine))


def _codes(action: Action, machine: Machine) -> tuple[ActionCode, ...]:
    if not isinstance(action, Call):
        code = _compile(action, machine)
        return (_telling(code, type(action).__name__.lower()) if machine.has_sessions else code,)
    name = action.name
    if name not in machine.actions:
        return (_note(name),)
    if action.params is None and all(map(_is_plain, machine.actions[name])):
        return (_note(name), *compile_actions(machine.actions[name], machine))
    return (_call(action, machine),)


def _note(name: str) -> ActionCode:
    """What a call by name leaves behind."""

    def note(work: Any) -> None:
        work.actions.append(name)

    return as_known(note, Known(name))


def _telling(code: ActionCode, kind: str) -> ActionCode:
    """An action of which an error says what kind of action it was."""

    def tell(work: Any) -> None:
        try:
            code(work)
        except ExpressionError as error:
            error.action = error.action or kind
            raise

    return tell


def _compile(
    action: Assign | Raise | Send | Cancel | Log | Choose | Script | Foreach | Block, machine: Machine
) -> ActionCode:
    if machine.has_sessions:
        code = _compile_in_session(action, machine)
        if code is not None:
            return code
    if isinstance(action, Block):
        return _block(action, machine)
    if isinstance(action, Script | Foreach):
        raise TypeError(f"{type(action).__name__} needs a language that keeps the data")
    if isinstance(action, Assign):
        return _assign(action, machine)
    if isinstance(action, Raise):
        return _raise(action, machine)
    if isinstance(action, Send):
        return _send(action, machine)
    if isinstance(action, Cancel):
        return _cancel(action, machine)
    if isinstance(action, Log):
        return _log(action, machine)
    return _choose(action, machine)


def _data(value: Data, machine: Machine) -> Callable[[Any], Data]:
    return machine.evaluator.data_code(value)


def _call(action: Call, machine: Machine) -> ActionCode:
    name = action.name
    params = None if action.params is None else machine.evaluator.data_code(action.params)
    codes: tuple[ActionCode, ...] | None = None

    def call(work: Any) -> None:
        nonlocal codes
        if codes is None:
            codes = machine.action_codes[name]
        depth, before = work.depth, work.params
        work.actions.append(name)
        work.calls += 1
        if depth >= MOST_DEPTH or work.calls > MOST_CALLS:
            raise ExpressionError(f"the action “{name}” leads back to itself or to too many others")
        work.params = None if params is None else params(work)
        work.depth = depth + 1
        try:
            for code in codes:
                code(work)
        finally:
            work.params = before
            work.depth = depth

    return call


def _is_plain(action: Action) -> bool:
    """Whether an action neither leads to others by name nor sees parameters, so that nothing need be kept of these."""
    if isinstance(action, Assign):
        return not any(_sees_params(value) for _, value in action.values)
    if isinstance(action, Raise):
        return not _sees_params(action.data)
    if isinstance(action, Choose):
        return all(
            (branch.guard is None or (isinstance(branch.guard, Expr) and "params" not in branch.guard.text))
            and all(map(_is_plain, branch.actions))
            for branch in action.branches
        )
    return isinstance(action, Cancel)


def _sees_params(value: Data) -> bool:
    if isinstance(value, dict):
        return any(map(_sees_params, value.values()))
    if isinstance(value, list):
        return any(map(_sees_params, value))
    return isinstance(value, str) and "params" in value


def _assign(action: Assign, machine: Machine) -> ActionCode:
    code = _assign_code(action, machine)
    sums = [machine.evaluator.sum_of(key, value) for key, value in action.values if "." not in key]
    found = tuple(each for each in sums if each is not None)
    if len(found) == len(action.values):  # each of them sees its own key alone
        return as_known(code, Known(sums=found))
    return code


def _assign_code(action: Assign, machine: Machine) -> ActionCode:
    pairs = [(key, machine.evaluator.data_code(value)) for key, value in action.values]
    if len(pairs) == 1 and "." not in pairs[0][0]:
        ((key, value),) = pairs

        def assign_one(work: Any) -> None:
            context = work.context.copy()  # faster than a display
            context[key] = value(work)
            work.context = context

        return assign_one

    def assign(work: Any) -> None:
        values = [(key, value(work)) for key, value in pairs]
        context = work.context
        for key, given in values:
            context = assigned(context, key, given)
        work.context = context

    return assign


def _compile_in_session(action: Action, machine: Machine) -> ActionCode | None:
    """What the language of the data has to say about an action; None where it has nothing to say."""
    if isinstance(action, Assign):
        return _assign_there(action, machine)
    if isinstance(action, Send):
        return compile_send(action, machine)
    if isinstance(action, Script):
        return _script(action, machine)
    if isinstance(action, Foreach):
        return _foreach(action, machine)
    if isinstance(action, Raise):
        name, data = action.event, _data(action.data, machine)
        if action.data is not None:
            return lambda work: work.internal.append(Event(name, data(work), "internal"))
        event = Event(name, None, "internal")
        return lambda work: work.internal.append(event)
    return None


def _assign_there(action: Assign, machine: Machine) -> ActionCode:
    language = machine.language
    if action.content is not None:
        return compile_written(action.values[0][0], action.content, machine)
    if len(action.values) == 1 and isinstance(text := action.values[0][1], str):
        return language.assign_code(action.values[0][0], text)
    pairs = [(location, _data(value, machine)) for location, value in action.values]

    def assign(work: Any) -> None:
        values = [(location, value(work)) for location, value in pairs]
        for location, given in values:
            language.put(work, location, given)

    return assign


def _script(action: Script, machine: Machine) -> ActionCode:
    if action.src is None:
        return machine.language.script_code(action.text)
    return machine.language.script_code(machine.scripts[action.src])


def _foreach(action: Foreach, machine: Machine) -> ActionCode:
    items = machine.language.items_code(action.array, action.item, action.index)
    codes = compile_actions(action.actions, machine)

    def foreach(work: Any) -> None:
        for _ in items(work):
            for code in codes:
                code(work)

    return foreach


def _block(action: Block, machine: Machine) -> ActionCode:
    codes = compile_actions(action.actions, machine)

    def block(work: Any) -> None:
        work.run(codes, work.element, work.field)

    return block


def _raise(action: Raise, machine: Machine) -> ActionCode:
    name, data = action.event, _data(action.data, machine)
    if action.data is None:
        event = Event(name)
        return lambda work: work.internal.append(event)
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


def _cancel(action: Cancel, machine: Machine) -> ActionCode:
    id = action.id
    computed = None if action.id_expr is None else machine.evaluator.data_code(action.id_expr)

    def cancel(work: Any) -> None:
        if computed is not None:
            found = computed(work)
            work.timers = [each for each in work.timers if each.state >= 0 or each.id != found]
            return
        work.timers = [each for each in work.timers if each.state >= 0 or each.id != id]

    return cancel


def _log(action: Log, machine: Machine) -> ActionCode:
    label = action.label
    if label is not None and action.value is None:
        return lambda work: work.logs.append(label)
    evaluate = machine.evaluator.data_code(action.value)

    def log(work: Any) -> None:
        value = evaluate(work)
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        work.logs.append(f"{label}: {text}" if label else text)

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

    if len(branches) == 1 and isinstance(action.branches[0].guard, Expr):
        return _choose_one(*branches[0])
    return choose


def _choose_one(guard: GuardCode | None, codes: tuple[ActionCode, ...]) -> ActionCode:
    """One branch under an expression, which is true or false and never an open question."""
    assert guard is not None
    decide = guard

    def choose(work: Any) -> None:
        try:
            holds = decide(work)
        except ExpressionError as error:
            work.fail_guard(work.element, work.field, error)
            return
        if holds:
            for code in codes:
                code(work)

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
