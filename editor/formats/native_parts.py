"""Guards, actions and delays of the native format, both ways; everything wrong is reported, nothing is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from typing import cast

from editor.formats.native_keys import ACTION_KEYS, BRANCH_KEYS, GUARD_KEYS, SYNONYMS
from editor.formats.native_report import SILENT, Report, Reporter, at, nearest
from editor.model import expressions
from editor.model.elements import (
    Action,
    And,
    Assign,
    Block,
    Branch,
    Call,
    Cancel,
    Choose,
    Data,
    Delay,
    Expr,
    Foreach,
    Guard,
    In,
    Log,
    Named,
    Not,
    Or,
    Raise,
    Script,
    Send,
)
from editor.model.problems import Problem, Severity

Resolve = Callable[[str], str]
"""A path of an `in` guard to a reference."""
Spell = Callable[[str], str]
"""A reference to the path of an `in` guard."""


def as_text(value: Data) -> str | None:
    """A text, or a number as text; None for anything else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def read_guard(value: Data, report: Report, resolve: Resolve, *, in_table: bool = False) -> Guard | None:
    """A guard; in the table `guards` a text is always an expression."""
    if isinstance(value, str):
        return Named(name=value) if not in_table and expressions.is_plain_name(value) else Expr(text=value)
    if isinstance(value, bool):
        return Expr(text="true" if value else "false")
    if not isinstance(value, dict) or not value:
        report("A guard is a name, an expression, or a mapping such as {and: [a, b]}.")
        return None
    kind = "type" if "type" in value else next(iter(value))
    if kind in GUARD_KEYS and kind != "params":
        known = (kind, "params") if kind == "type" else (kind,)
        _only(value, known, report, lambda body, told: _read_guard_kind(kind, body, told, resolve))
        return _read_guard_kind(kind, value, at(report, kind), resolve)
    _tell_kind(value, "guard", GUARD_KEYS[:-1], report, lambda body, told: read_guard(body, told, resolve))
    return None


def _read_guard_kind(kind: str, value: dict[str, Data], report: Report, resolve: Resolve) -> Guard | None:
    inside = value[kind]
    if kind in ("and", "or"):
        items = inside if isinstance(inside, list) else [inside]
        parts = [read_guard(each, at(report, place), resolve) for place, each in enumerate(items)]
        known = tuple(part for part in parts if part is not None)
        return And(parts=known) if kind == "and" else Or(parts=known)
    if kind == "not":
        part = read_guard(inside, report, resolve)
        return Not(part=part) if part is not None else None
    text = _bool_text(inside) if kind == "expr" else as_text(inside)
    if text is None:
        wanted = {"in": "the path of a state", "expr": "an expression"}.get(kind, "the name of a guard")
        report(f"“{kind}” needs {wanted}.")
        return None
    if kind == "in":
        return In(state=resolve(text))
    return Expr(text=text) if kind == "expr" else Named(name=text, params=value.get("params"))


def _bool_text(value: Data) -> str | None:
    return ("true" if value else "false") if isinstance(value, bool) else as_text(value)


def _only(
    value: dict[str, Data],
    known: Iterable[str],
    report: Report,
    read: Callable[[dict[str, Data], Report], object],
) -> None:
    """Tell of keys that are not known; `read` reads what they stand in."""
    unknown = [key for key in value if key not in known]
    if unknown and isinstance(report, Reporter):
        report.unknown(unknown, known, lambda key, meant: _as_meant(value, key, meant, read))
    elif unknown:
        report(f"“{unknown[0]}” is not known here.{nearest(unknown[0], known)}")


def _tell_kind(
    value: dict[str, Data],
    what: str,
    known: Iterable[str],
    report: Report,
    read: Callable[[dict[str, Data], Report], object],
) -> None:
    """Tell of a first key that says nothing about what this is; with what it is with the nearest one."""
    first = next(iter(value), "")
    message = f"“{first}” is no kind of {what}.{nearest(first, known)}"
    close = expressions.nearest(first, known)
    if close and isinstance(report, Reporter) and report.problems is not None:
        problems: list[Problem] = []
        now = read(
            {close if each == first else each: inside for each, inside in value.items()}, Reporter(problems)
        )
        if now is not None and not any(each.severity is Severity.ERROR for each in problems):
            report.mistyped(message, first, close, now)
            return
    report(message)


def _between(value: list[Data], place: int, report: Report, resolve: Resolve) -> None:
    """Let the problem that was told last, about what stands at a place of a list, know what stands around that, and how
    many others mean the same.
    """
    problems = report.problems if isinstance(report, Reporter) else None
    if not problems or problems[-1].now is None or problems[-1].is_key:
        return
    read = [read_action(each, SILENT, resolve) for each in value]
    before = next((each for each in reversed(read[:place]) if each is not None), None)
    behind = next((each for each in read[place:] if each is not None), None)
    alike = read.count(cast(Action, problems[-1].now)) + value[:place].count(value[place])
    problems[-1] = replace(problems[-1], was=(before, behind, alike))


def _as_meant(
    value: dict[str, Data], key: str, meant: str, read: Callable[[dict[str, Data], Report], object]
) -> tuple[object, object] | None:
    """What is read as it is written, and with a key for another; None where that says nothing new, or is wrong."""
    synonyms = {meant, *(word for pair in SYNONYMS.items() if meant in pair for word in pair)}
    if not synonyms.isdisjoint(value):
        return None
    problems: list[Problem] = []
    was = read(value, Reporter(problems))
    now = read({meant if each == key else each: inside for each, inside in value.items()}, Reporter(problems))
    is_wrong = any(each.severity is Severity.ERROR for each in problems)
    return None if is_wrong or was is None or now == was else (was, now)


def read_actions(value: Data, report: Report, resolve: Resolve) -> tuple[Action, ...]:
    """One action or a list of them."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (Call(name=value),)
    if not isinstance(value, list):
        action = read_action(value, report, resolve)
        return (action,) if action is not None else ()
    found: list[Action] = []
    for place, each in enumerate(value):
        action = Call(name=each) if isinstance(each, str) else read_action(each, at(report, place), resolve)
        if action is not None:
            found.append(action)
        else:
            _between(value, place, report, resolve)
    return tuple(found)


def read_action(value: Data, report: Report, resolve: Resolve) -> Action | None:
    """One action."""
    if isinstance(value, str):
        return Call(name=value)
    if not isinstance(value, dict):
        report("An action is a name or a mapping such as {assign: {n: n + 1}}.")
        return None
    kind = next((key for key in value if key in ACTION_KEYS), None)
    if kind is None:
        _tell_kind(value, "action", ACTION_KEYS, report, lambda body, told: read_action(body, told, resolve))
        return None
    known = (kind, *ACTION_KEYS[kind])
    _only(value, known, report, lambda body, told: _read_action_kind(kind, body, told, resolve))
    return _read_action_kind(kind, value, report, resolve)


def _read_action_kind(kind: str, value: dict[str, Data], report: Report, resolve: Resolve) -> Action | None:
    inside = value[kind]
    if kind == "assign":
        if not isinstance(inside, dict):
            at(report, kind)("“assign” needs a mapping of context keys to expressions.")
            return None
        return Assign(values=tuple(inside.items()))
    if kind == "log":
        return Log(value=inside)
    if kind == "choose":
        return _read_choose(inside, at(report, kind), resolve)
    text = as_text(inside)
    if text is None:
        wanted = {"type": "the name of an action", "cancel": "the id of a “send”"}.get(kind, "an event")
        at(report, kind)(f"“{kind}” needs {wanted}.")
        return None
    if kind == "raise":
        return Raise(event=text, data=value.get("data"))
    if kind == "cancel":
        return Cancel(id=text)
    return _read_send(text, value, report) if kind == "send" else Call(name=text, params=value.get("params"))


def _read_send(event: str, value: dict[str, Data], report: Report) -> Send:
    to, id = (as_text(value.get(key)) for key in ("to", "id"))
    for key, text in (("to", to), ("id", id)):
        if text is None and value.get(key) is not None:
            at(report, key)(f"“{key}” must be a text.")
    delay = value.get("delay")
    return Send(
        event=event,
        to=to,
        delay=read_delay(delay, at(report, "delay")) if delay is not None else None,
        id=id,
        data=value.get("data"),
    )


def _read_choose(value: Data, report: Report, resolve: Resolve) -> Choose:
    items = value if isinstance(value, list) else [value]
    branches = [read_branch(each, at(report, place), resolve) for place, each in enumerate(items)]
    return Choose(branches=tuple(each for each in branches if each is not None))


def read_branch(value: Data, report: Report, resolve: Resolve) -> Branch | None:
    """One alternative of a choice."""
    if not isinstance(value, dict):
        report("“choose” needs a list of mappings {guard, actions}.")
        return None
    _only(value, BRANCH_KEYS, report, lambda body, told: _read_branch(body, told, resolve))
    return _read_branch(value, report, resolve)


def _read_branch(value: dict[str, Data], report: Report, resolve: Resolve) -> Branch:
    word = "cond" if value.get("guard") is None else "guard"
    test = value.get(word)
    guard = read_guard(test, at(report, word), resolve) if test is not None else None
    return Branch(guard=guard, actions=read_actions(value.get("actions"), at(report, "actions"), resolve))


def read_delay(value: Data, report: Report) -> Delay | None:
    """A delay: a number, a duration, a name or an expression."""
    if isinstance(value, dict) and set(value) == {"expr"}:
        text = as_text(value["expr"])
        if text is not None:
            return Expr(text=text)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return value
    report("A delay is milliseconds, a duration such as 1.5s, a name or an expression.")
    return None


def write_guard(guard: Guard, spell: Spell, *, in_table: bool = False) -> Data:
    """A guard as plain data; `spell` writes the path of a state."""
    if isinstance(guard, Named):
        if guard.params is None:
            is_mapping = in_table or not expressions.is_plain_name(guard.name)
            return {"type": guard.name} if is_mapping else guard.name
        return {"type": guard.name, "params": guard.params}
    if isinstance(guard, Expr):
        return guard.text if in_table or not expressions.is_plain_name(guard.text) else {"expr": guard.text}
    if isinstance(guard, Not):
        return {"not": write_guard(guard.part, spell)}
    if isinstance(guard, In):
        return {"in": spell(guard.state)}
    parts: list[Data] = [write_guard(part, spell) for part in guard.parts]
    return {"and" if isinstance(guard, And) else "or": parts}


def write_actions(actions: tuple[Action, ...], spell: Spell, *, as_list: bool = False) -> Data:
    """Actions as plain data: one alone needs no list."""
    written = [write_action(action, spell) for action in actions]
    return written[0] if len(written) == 1 and not as_list else list(written)


def write_action(action: Action, spell: Spell) -> Data:
    """One action as plain data; one that only other formats have is told in full, and cannot be read again."""
    if is_foreign(action):
        return {"scxml": {type(action).__name__.lower(): _told(action)}}
    if isinstance(action, Call):
        return action.name if action.params is None else {"type": action.name, "params": action.params}
    if isinstance(action, Assign):
        return {"assign": dict(action.values)}
    if isinstance(action, Raise):
        return {"raise": action.event, **_given(data=action.data)}
    if isinstance(action, Send):
        delay = write_delay(action.delay) if action.delay is not None else None
        return {"send": action.event, **_given(to=action.to, delay=delay, id=action.id, data=action.data)}
    if isinstance(action, Cancel):
        return {"cancel": action.id}
    if isinstance(action, Log):
        return {"log": action.value}
    branches = action.branches if isinstance(action, Choose) else ()
    return {"choose": [write_branch(branch, spell) for branch in branches]}


def is_foreign(action: Action) -> bool:
    """Whether the native format has no such action, or not all of it."""
    if isinstance(action, Send):
        native = Send(event=action.event, to=action.to, delay=action.delay, id=action.id, data=action.data)
        return action != native
    if isinstance(action, Log):
        return action.label is not None
    if isinstance(action, Cancel):
        return action.id_expr is not None
    return isinstance(action, Script | Foreach | Block) or (
        isinstance(action, Assign) and action.content is not None
    )


def _told(value: object) -> Data:
    """A record as plain data, without what is as it is by default."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: _told(now) for each, now in pairs if now != each.default}
    if isinstance(value, tuple | list):
        return [_told(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _given(**values: Data) -> dict[str, Data]:
    return {key: value for key, value in values.items() if value is not None}


def write_branch(branch: Branch, spell: Spell) -> dict[str, Data]:
    """One alternative of a choice as plain data."""
    guard = {"guard": write_guard(branch.guard, spell)} if branch.guard is not None else {}
    return {**guard, "actions": write_actions(branch.actions, spell)}


def write_delay(delay: Delay) -> Data:
    """A delay as plain data."""
    return {"expr": delay.text} if isinstance(delay, Expr) else delay
