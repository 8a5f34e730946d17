"""What actions come to where all they do is to add to whole numbers of the context, and to set constants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from editor.engine.meter import SHORT
from editor.model.elements import Data


class Sum(NamedTuple):
    """One assignment: to a key its own value and a whole number, or (not `is_added`) a constant."""

    key: str
    amount: Data
    is_added: bool


_LEAST = -SHORT

Additions: TypeAlias = tuple[tuple[str, int], ...]
Constants: TypeAlias = tuple[tuple[str, Data], ...]


class Sums(NamedTuple):
    """Several in a row, brought together: each key stands once, so that their order is of no account."""

    additions: Additions = ()
    constants: Constants = ()


def total(sums: Iterable[Sum]) -> Sums | None:
    """What sums in a row come to; None where they are no such thing together."""
    additions: dict[str, int] = {}
    constants: dict[str, Data] = {}
    for key, amount, is_added in sums:
        if not is_added:
            if key in additions:
                return None
            constants[key] = amount
        elif type(amount) is not int:
            return None
        elif key in constants:
            base = constants[key]
            if type(base) is not int:
                return None
            constants[key] = base + amount
        else:
            additions[key] = additions.get(key, 0) + amount
    if any(
        type(each) is int and not -SHORT < each < SHORT for each in (*additions.values(), *constants.values())
    ):
        return None
    return Sums(tuple(additions.items()), tuple(constants.items()))


def add(additions: Additions, context: dict[str, Data]) -> bool:
    """Change a context; False, and nothing is changed, where a value is no short whole number or not there."""
    if len(additions) == 1:  # mostly
        ((key, amount),) = additions
        try:
            value = context[key] + amount  # type: ignore[operator]  # what cannot be added to is told by Python
        except (KeyError, TypeError):
            return False
        if type(value) is not int or not _LEAST < value < SHORT:
            return False
        context[key] = value
        return True
    place = 0
    try:
        for key, amount in additions:
            value = context[key] + amount  # type: ignore[operator]
            if type(value) is not int or not _LEAST < value < SHORT:
                break
            context[key] = value
            place += 1
        else:
            return True
    except (KeyError, TypeError):
        pass
    for key, amount in additions[:place]:
        context[key] -= amount  # type: ignore[operator]
    return False
