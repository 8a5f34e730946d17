"""Guards, actions and delays of the native format, both ways; everything wrong is reported, nothing is raised."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from editor.model import expressions
from editor.model.elements import (
    Action,
    And,
    Assign,
    Branch,
    Call,
    Cancel,
    Choose,
    Data,
    Delay,
    Expr,
    Guard,
    In,
    Log,
    Named,
    Not,
    Or,
    Raise,
    Send,
    unresolved,
)

Report = Callable[[str], None]
"""Told of what is wrong, in words that follow the element and field."""
Resolve = Callable[[str], str]
"""A path of an `in` guard to a reference."""


def _nearest(word: str, known: Iterable[str]) -> str:
    close = expressions.nearest(word, known)
    return f" Did you mean “{close}”?" if close else ""


def read_guard(value: Data, report: Report, resolve: Resolve, *, in_table: bool = False) -> Guard | None:
    """A guard; in the table `guards` a text is always an expression."""
    if isinstance(value, bool):
        return Expr(text="true" if value else "false")
    if isinstance(value, str):
        if not in_table and expressions.is_plain_name(value):
            return Named(name=value)
        return Expr(text=value)
    if not isinstance(value, dict) or not value:
        report("A guard is a name, an expression, or a mapping such as {and: [a, b]}.")
        return None
    if "type" in value:
        _only(value, ("type", "params"), report)
        return Named(name=str(value["type"]), params=value.get("params"))
    kind, inside = next(iter(value.items()))
    _only(value, (kind,), report)
    if kind in ("and", "or"):
        parts = [read_guard(each, report, resolve) for each in _as_list(inside)]
        known = tuple(part for part in parts if part is not None)
        return And(parts=known) if kind == "and" else Or(parts=known)
    if kind == "not":
        part = read_guard(inside, report, resolve)
        return Not(part=part) if part is not None else None
    if kind == "in":
        return In(state=resolve(str(inside)))
    if kind == "expr":
        return Expr(text=str(inside))
    report(f"“{kind}” is no kind of guard.{_nearest(kind, ('and', 'or', 'not', 'in', 'expr', 'type'))}")
    return None


def _only(value: dict[str, Data], known: Iterable[str], report: Report) -> None:
    for key in value:
        if key not in known:
            report(f"“{key}” is not known here.{_nearest(key, known)}")


def _as_list(value: Data) -> list[Data]:
    return value if isinstance(value, list) else [value]


ACTION_KEYS = {
    "assign": (), "raise": ("data",), "send": ("to", "delay", "id", "data"), "cancel": (), "log": (), "choose": (),
    "type": ("params",),
}  # fmt: skip


def read_actions(value: Data, report: Report, resolve: Resolve) -> tuple[Action, ...]:
    """One action or a list of them."""
    if value is None:
        return ()
    found = [read_action(each, report, resolve) for each in _as_list(value)]
    return tuple(each for each in found if each is not None)


def read_action(value: Data, report: Report, resolve: Resolve) -> Action | None:
    """One action."""
    if isinstance(value, str):
        return Call(name=value)
    if not isinstance(value, dict):
        report("An action is a name or a mapping such as {assign: {n: n + 1}}.")
        return None
    kind = next((key for key in value if key in ACTION_KEYS), None)
    if kind is None:
        first = next(iter(value), "")
        report(f"“{first}” is no kind of action.{_nearest(first, ACTION_KEYS)}")
        return None
    _only(value, (kind, *ACTION_KEYS[kind]), report)
    return _read_kind(kind, value, report, resolve)


def _read_kind(kind: str, value: dict[str, Data], report: Report, resolve: Resolve) -> Action | None:
    inside = value[kind]
    if kind == "assign":
        if not isinstance(inside, dict):
            report("“assign” needs a mapping of context keys to expressions.")
            return None
        return Assign(values=tuple(inside.items()))
    if kind == "raise":
        return Raise(event=str(inside), data=value.get("data"))
    if kind == "send":
        return Send(
            event=str(inside),
            to=_text(value.get("to")),
            delay=read_delay(value["delay"], report) if "delay" in value else None,
            id=_text(value.get("id")),
            data=value.get("data"),
        )
    if kind == "cancel":
        return Cancel(id=str(inside))
    if kind == "log":
        return Log(value=inside)
    if kind == "choose":
        return _read_choose(inside, report, resolve)
    return Call(name=str(inside), params=value.get("params"))


def _text(value: Data) -> str | None:
    return None if value is None else str(value)


def _read_choose(value: Data, report: Report, resolve: Resolve) -> Choose:
    branches = []
    for each in _as_list(value):
        if not isinstance(each, dict):
            report("“choose” needs a list of mappings {guard, actions}.")
            continue
        _only(each, ("guard", "cond", "actions"), report)
        test = each.get("guard", each.get("cond"))
        guard = read_guard(test, report, resolve) if test is not None else None
        branches.append(Branch(guard=guard, actions=read_actions(each.get("actions"), report, resolve)))
    return Choose(branches=tuple(branches))


def read_delay(value: Data, report: Report) -> Delay | None:
    """A delay: a number, a duration, a name or an expression."""
    if isinstance(value, dict) and set(value) == {"expr"}:
        return Expr(text=str(value["expr"]))
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return value
    report("A delay is milliseconds, a duration such as 1.5s, a name or an expression.")
    return None


def write_guard(guard: Guard, spell: Callable[[str], str], *, in_table: bool = False) -> Data:
    """A guard as plain data; `spell` writes the path of a state."""
    if isinstance(guard, Named):
        if guard.params is None:
            return (
                {"type": guard.name} if in_table or not expressions.is_plain_name(guard.name) else guard.name
            )
        return {"type": guard.name, "params": guard.params}
    if isinstance(guard, Expr):
        return guard.text if in_table or not expressions.is_plain_name(guard.text) else {"expr": guard.text}
    if isinstance(guard, Not):
        return {"not": write_guard(guard.part, spell)}
    if isinstance(guard, In):
        return {"in": spell(guard.state)}
    parts: list[Data] = [write_guard(part, spell) for part in guard.parts]
    return {"and" if isinstance(guard, And) else "or": parts}


def write_actions(actions: tuple[Action, ...], spell: Callable[[str], str], *, as_list: bool = False) -> Data:
    """Actions as plain data: one alone needs no list."""
    written = [write_action(action, spell) for action in actions]
    return written[0] if len(written) == 1 and not as_list else list(written)


def write_action(action: Action, spell: Callable[[str], str]) -> Data:
    """One action as plain data."""
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
    return {"choose": [_write_branch(branch, spell) for branch in action.branches]}


def _given(**values: Data) -> dict[str, Data]:
    return {key: value for key, value in values.items() if value is not None}


def _write_branch(branch: Branch, spell: Callable[[str], str]) -> dict[str, Data]:
    guard = {"guard": write_guard(branch.guard, spell)} if branch.guard is not None else {}
    return {**guard, "actions": write_actions(branch.actions, spell)}


def write_delay(delay: Delay) -> Data:
    """A delay as plain data."""
    return {"expr": delay.text} if isinstance(delay, Expr) else delay


def missing(text: str) -> str:
    """The reference for a path that names nothing."""
    return unresolved(text)
