"""Equality that minds types: 1, 1.0 and true are three things in a file, and equal to Python.

Where types mean nothing, as in places and sizes, each number has one form instead, so that equal is the same there too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

Record = TypeVar("Record")


def same(a: object, b: object) -> bool:
    """Equality of plain data that minds types and the order of keys; records are equal by their own lights."""
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(map(same, a.values(), b.values()))
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b or (a != a and b != b)


def minding_types(*names: str) -> Callable[[type[Record]], type[Record]]:
    """Records that are equal only if what these fields hold, which is plain data or holds some, is the same."""
    data = attrgetter(*names)
    compared = same if len(names) == 1 else _all_same

    def made(kind: type[Record]) -> type[Record]:
        others = [each.name for each in fields(kind) if each.name not in names]  # type: ignore[arg-type]
        rest = attrgetter(*others) if others else _nothing

        def is_equal(one: Any, other: Any) -> Any:
            if type(one) is not type(other):
                return NotImplemented
            return one is other or (rest(one) == rest(other) and compared(data(one), data(other)))

        kind.__eq__ = is_equal  # type: ignore[method-assign]
        return kind

    return made


def keep_floats(record: object, *names: str) -> None:
    """Have numbers of a record that is just made as floats, without a zero below zero; for its `__post_init__`.

    Records that are equal then are the same in each bit, so that an edit may leave out what ends where it began.

    Raises:
        TypeError: one of them is no number.
        OverflowError: one of them is a whole number beyond all floats.
    """
    for name in names:
        number = getattr(record, name)
        if type(number) is not float or not number:
            object.__setattr__(record, name, number + 0.0)


def _all_same(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    return all(map(same, a, b))


def _nothing(_record: object) -> None:
    return None
