"""Keys that were mistyped inside guards and actions: the record as it was read, as it was meant, and where it is now.

These records keep no keys that they do not know. The reader of a file tells with a problem what the record would be,
had the key been right (`Problem.was`, `Problem.now`); here that is put into what the chart has at the place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from editor.model.changes import AnyChange, InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import Action, And, Branch, Choose, Info, Not, Or, State
from editor.model.problems import Problem

R = TypeVar("R")
Deed = Callable[[Any], Any]
"""Makes another record of one."""


def can_be_mended(chart: Chart, problem: Problem) -> bool:
    """Whether the record that a mistyped key stood in is there, and does not say yet what was meant."""
    return change_for(chart, problem) is not None


def change_for(chart: Chart, problem: Problem) -> AnyChange | None:
    """The change that makes a record say what a mistyped key meant; None where it is gone or says something there."""

    def mended(record: object) -> object:
        if type(record) is not type(problem.was) or not is_dataclass(record):
            raise LookupError
        new: dict[str, Any] = {}
        for each in fields(record):
            here, was, now = (getattr(one, each.name) for one in (record, problem.was, problem.now))
            if was != now:
                new[each.name] = now
            if here != was and (was != now or was not in (None, ())):
                raise LookupError  # it is another one, or somebody has written it already
        return replace(cast(Any, record), **new)

    if problem.now is None:
        return None
    parts = problem.field.split(".")
    try:
        return _in_element(chart, problem.element, parts, mended)
    except (LookupError, ValueError):
        return None


def says(chart: Chart, problem: Problem) -> bool:
    """Whether the record that a mistyped key stood in says now what belongs under the key that was meant."""
    found: list[object] = []

    def seen(record: object) -> object:
        found.append(record)
        return record

    try:
        _in_element(chart, problem.element, problem.field.split("."), seen)
    except (LookupError, ValueError):
        return False
    [record] = found
    if type(record) is not type(problem.was) or not is_dataclass(record):
        return False
    told = [each.name for each in fields(record)]
    meant = [name for name in told if getattr(problem.was, name) != getattr(problem.now, name)]
    return all(getattr(record, name) != getattr(problem.was, name) for name in meant)


def _in_element(chart: Chart, element: str, parts: list[str], deed: Deed) -> AnyChange:
    if element == chart.info.id:
        info = chart.info
        return InfoChange(info.id, info, _in_table(info, parts, deed))
    old = chart.states.get(element) or chart.transitions[element]
    field = "guard" if parts[0] == "cond" else parts[0]
    if field not in ("entry", "exit", "guard", "actions") or not hasattr(old, field):
        raise LookupError
    new: dict[str, Any] = {field: _below(getattr(old, field), parts[1:], deed)}
    if isinstance(old, State):
        return StateChange(element, old, replace(old, **new))
    return TransitionChange(element, old, replace(old, **new))


def _in_table(info: Info, parts: list[str], deed: Deed) -> Info:
    """The machine's record with one meaning changed; names may have dots in them."""
    if parts[0] not in ("guards", "actions"):
        raise LookupError
    table: tuple[tuple[str, Any], ...] = getattr(info, parts[0])
    rest = ".".join(parts[1:])
    name = max((name for name, _ in table if rest.startswith(f"{name}.")), key=len, default="")
    below = rest.removeprefix(f"{name}.").split(".")
    made = tuple((each, _below(old, below, deed) if each == name else old) for each, old in table)
    if not name:
        raise LookupError
    new: dict[str, Any] = {parts[0]: made}
    return replace(info, **new)


def _below(record: object, parts: list[str], deed: Deed) -> Any:
    """What stands at a place, with the record changed that the last of its keys stands in."""
    if isinstance(record, tuple):
        return _in_list(cast("tuple[Action, ...]", record), parts, deed)
    if len(parts) == 1:
        return deed(record)
    here, rest = parts[0], parts[1:]
    if isinstance(record, Choose) and here == "choose":
        return replace(record, branches=_in_list(record.branches, rest, deed))
    if isinstance(record, Branch) and here in ("guard", "cond"):
        return replace(record, guard=_below(record.guard, rest, deed))
    if isinstance(record, Branch) and here == "actions":
        return replace(record, actions=_in_list(record.actions, rest, deed))
    if (isinstance(record, And) and here == "and") or (isinstance(record, Or) and here == "or"):
        return replace(record, parts=_in_list(record.parts, rest, deed))
    if isinstance(record, Not) and here == "not":
        return replace(record, part=_below(record.part, rest, deed))
    raise LookupError


def _in_list(records: tuple[R, ...], parts: list[str], deed: Deed) -> tuple[R, ...]:
    """Records of which one is changed: that with the number, or the only one."""
    if parts[0].isdigit():
        place, rest = int(parts[0]), parts[1:]
    else:
        place, rest = 0, parts
        if len(records) != 1:
            raise LookupError
    return (*records[:place], _below(records[place], rest, deed), *records[place + 1 :])
