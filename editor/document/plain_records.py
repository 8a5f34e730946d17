"""Records as plain data for JSON, and back; knows the classes of the model and nothing of files.

A list is `["list", ..]`, a mapping `["dict", [key, value], ..]`, a record its class and the fields that are not
as they are by default: `["State", {"id": .., ..}]`. Everything else stands for itself.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from editor.errors import Flaw, FormatError
from editor.geometry import Point
from editor.model import changes, diagram, elements

_RECORDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        elements.Trigger, elements.Named, elements.Expr, elements.And, elements.Or, elements.Not, elements.In,
        elements.Call, elements.Assign, elements.Raise, elements.Send, elements.Cancel, elements.Log,
        elements.Branch, elements.Choose, elements.Invoke, elements.State, elements.Transition, elements.Info,
        elements.Param, elements.Content, elements.Payload, elements.Datum, elements.Script, elements.Foreach,
        elements.Block, elements.Conventions,
        diagram.Box, diagram.Label, diagram.Bends, diagram.Note, diagram.Sheet, diagram.Constraint,
        changes.StateChange, changes.TransitionChange, changes.InfoChange, changes.BoxChange,
        changes.BendsChange, changes.NoteChange, changes.SheetChange,
    )
}  # fmt: skip
_ENUMS: dict[str, Any] = {
    kind.__name__: kind for kind in (elements.StateKind, elements.TriggerKind, diagram.ConstraintKind)
}


_DEFAULTS: dict[str, tuple[tuple[str, object], ...]] = {
    name: tuple((each.name, each.default) for each in fields(kind)) for name, kind in _RECORDS.items()
}


def to_plain(value: object) -> Any:
    """A record, or anything inside one, as plain data."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Point):
        return ["Point", value.x, value.y]
    if isinstance(value, list | tuple):
        return [type(value).__name__, *(to_plain(each) for each in value)]
    if isinstance(value, dict):
        return ["dict", *([key, to_plain(each)] for key, each in value.items())]
    if isinstance(value, Enum):
        return [type(value).__name__, value.value]
    assert is_dataclass(value)
    return [type(value).__name__, _to_fields(value)]


def _to_fields(record: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, default in _DEFAULTS[type(record).__name__]:
        value = getattr(record, name)
        if value is not default and (type(value) is not type(default) or value != default):
            found[name] = to_plain(value)
    return found


def from_plain(data: Any) -> Any:
    """What `to_plain` was given.

    Raises:
        FormatError: it is none of ours.
    """
    if not isinstance(data, list):
        if isinstance(data, dict):
            raise _flaw("a mapping")
        return data
    match data:
        case ["list", *items]:
            return [from_plain(each) for each in items]
        case ["tuple", *items]:
            return tuple(from_plain(each) for each in items)
        case ["dict", *items]:
            return _from_pairs(items)
        case ["Point", int() | float() as x, int() | float() as y]:
            return Point(x, y)
        case [str(name), dict(values)] if name in _RECORDS:
            return _from_fields(_RECORDS[name], values)
        case [str(name), value] if name in _ENUMS:
            return _ENUMS[name](value)
    raise _flaw(str(data[:1]))


def _from_pairs(items: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        match item:
            case [str(key), value]:
                found[key] = from_plain(value)
            case _:
                raise _flaw("a mapping")
    return found


def _from_fields(kind: Any, values: dict[str, Any]) -> Any:
    try:
        return kind(**{name: from_plain(each) for name, each in values.items()})
    except (TypeError, ValueError, OverflowError):
        raise _flaw(kind.__name__) from None


def _flaw(what: str) -> FormatError:
    return FormatError([Flaw(f"{what} is not as this version of the editor writes it.")])
