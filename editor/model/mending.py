"""Keys that were mistyped inside guards and actions: the record as it was read, as it was meant, and where it is now.

These records keep no keys that they do not know. The reader of a file tells with a problem what the record would be,
had the key been right (`Problem.was`, `Problem.now`); here that is put into what the chart has at the place. Where the
key is the one that says what a guard or an action is there is no record: `was` are those before and behind it in its
list then, with the number of others that mean the same, and `now` is put between them.
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
        if not problem.is_key:
            return _in_element(
                chart, problem.element, _holder(parts), lambda held: _with(held, parts[-1], problem)
            )
        return _in_element(chart, problem.element, parts[:-1], lambda held: _alone(held, mended))
    except (LookupError, ValueError):
        return None


def says(chart: Chart, problem: Problem) -> bool:
    """Whether the record that a mistyped key stood in says now what belongs under the key that was meant."""
    found: list[object] = []

    def seen(record: object) -> object:
        found.append(
            record[0] if problem.is_key and isinstance(record, tuple) and len(record) == 1 else record
        )
        return record

    parts = problem.field.split(".")
    try:
        _in_element(chart, problem.element, parts[:-1] if problem.is_key else _holder(parts), seen)
    except (LookupError, ValueError):
        return False
    [record] = found
    if not problem.is_key:
        alike = problem.was[2] if isinstance(problem.was, tuple) else 0
        return record.count(problem.now) > alike if isinstance(record, tuple) else record == problem.now
    if type(record) is not type(problem.was) or not is_dataclass(record):
        return False
    told = [each.name for each in fields(record)]
    meant = [name for name in told if getattr(problem.was, name) != getattr(problem.now, name)]
    return all(getattr(record, name) != getattr(problem.was, name) for name in meant)


def _alone(held: object, deed: Deed) -> object:
    """A record with something done to it, or the only one of a list."""
    if not isinstance(held, tuple):
        return deed(held)
    [record] = held
    return (deed(record),)


def _holder(parts: list[str]) -> list[str]:
    """Where the list is that something stands in, or the place of its own."""
    return parts[:-1] if parts[-1].isdigit() else parts


def _with(held: object, place: str, problem: Problem) -> object:
    """A list with what was meant in it, or what was meant where nothing is."""
    if held is None:
        return problem.now
    before, behind, alike = problem.was if isinstance(problem.was, tuple) else (None, None, 0)
    if not isinstance(held, tuple) or held.count(problem.now) > alike or (held and not place.isdigit()):
        raise LookupError  # something else is there, or somebody has written it already
    least = held.index(before) + 1 if before in held else 0
    most = held.index(behind, least) if behind in held[least:] else len(held)
    index = min(max(int(place) if place.isdigit() else 0, least), most)
    return (*held[:index], problem.now, *held[index:])


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
    name = max((name for name, _ in table if f"{rest}.".startswith(f"{name}.")), key=len, default="")
    below = rest.removeprefix(name).removeprefix(".").split(".") if rest != name else []
    made = tuple((each, _below(old, below, deed) if each == name else old) for each, old in table)
    if not name:
        raise LookupError
    new: dict[str, Any] = {parts[0]: made}
    return replace(info, **new)


def _below(record: object, parts: list[str], deed: Deed) -> Any:
    """What stands at a place, with what the last of its keys leads to changed."""
    if not parts:
        return deed(record)
    if isinstance(record, tuple):
        return _in_list(cast("tuple[Action, ...]", record), parts, deed)
    here, rest = parts[0], parts[1:]
    if isinstance(record, Choose) and here == "choose":
        return replace(record, branches=_below(record.branches, rest, deed))
    if isinstance(record, Branch) and here in ("guard", "cond"):
        return replace(record, guard=_below(record.guard, rest, deed))
    if isinstance(record, Branch) and here == "actions":
        return replace(record, actions=_below(record.actions, rest, deed))
    if (isinstance(record, And) and here == "and") or (isinstance(record, Or) and here == "or"):
        return replace(record, parts=_below(record.parts, rest, deed))
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
