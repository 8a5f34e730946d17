"""The limits of an evaluation: fuel for what can grow without end, sizes of results, and what counts as plain data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from editor.errors import ExpressionError
from editor.model.elements import Data
from editor.model.expressions import MOST_BITS

MOST_STEPS = 100_000
MOST_LENGTH = 1_000_000
MOST_DEPTH = 100
SHORT = 1 << 60
"""A whole number below it needs no further look."""

NUMBERS = frozenset((int, float, bool, type(None)))
_TOO_LARGE = 1 << MOST_BITS
_CHARACTERS = 64  # a step pays for this many characters, as copying and comparing them is cheap,
_ELEMENTS = 16  # or for this many elements of lists and mappings,
_BITS = 256  # or for this many bits of a long number
_LONG = 1 << 256


class Meter:
    """The fuel of one evaluation."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Pay for steps.

        Raises:
            ExpressionError: nothing is left.
        """
        self.left -= steps
        if self.left < 0:
            raise exhausted()

    def pay_size(self, value: Any) -> Any:
        """Pay for having made a text or list of this length; gives it back.

        Raises:
            ExpressionError: it is too long, or nothing is left.
        """
        self.pay_length(len(value), is_text=isinstance(value, str))
        return value

    def pay_length(self, length: int, *, is_text: bool) -> None:
        """Pay for a text or list of a length before it is made.

        Raises:
            ExpressionError: it is too long, or nothing is left.
        """
        if length > MOST_LENGTH:
            kind = "text" if is_text else "list"
            raise ExpressionError(f"the {kind} becomes longer than {MOST_LENGTH:,}")
        self.spend(length // (_CHARACTERS if is_text else _ELEMENTS))

    def pay_bits(self, *values: Any) -> None:
        """Pay for working on numbers, which matters only for long ones.

        Raises:
            ExpressionError: nothing is left.
        """
        for value in values:
            if type(value) is int and (value > _LONG or value < -_LONG):
                self.spend(value.bit_length() // _BITS)

    def pay_walk(self, value: Any) -> int:
        """Pay for going through all that is inside a value, shared parts each time; gives the steps paid.

        Comparing, hashing and showing do that, so a few nested lists that share their parts could take for ever.

        Raises:
            ExpressionError: it is nested too deeply, or nothing is left.
        """
        if type(value) in NUMBERS:
            return 0
        if type(value) is str:
            steps = len(value) // _CHARACTERS
        else:
            steps = size(value, self.left * _ELEMENTS + _ELEMENTS) // _ELEMENTS
        self.spend(steps)
        return steps


def exhausted() -> ExpressionError:
    """The error of an evaluation whose fuel is spent."""
    return ExpressionError(f"it takes more than {MOST_STEPS:,} steps")


def size(value: Any, most: int) -> int:
    """How many elements there are in a value at any depth, four characters of a text counting as one.

    Counting ends soon after `most`.

    Raises:
        ExpressionError: it is nested too deeply.
    """
    total, level = 0, [value]
    for _ in range(MOST_DEPTH + 1):
        below: list[Any] = []
        for each in level:
            kind = type(each)
            if kind in NUMBERS:
                continue
            if kind is str:
                total += len(each) >> 2
                continue
            total += len(each) + 1
            if total > most:
                return total
            below.extend(each)
            if isinstance(each, Mapping):
                below.extend(each.values())
        if not below:
            return total
        level = below
    raise ExpressionError(f"the data is nested deeper than {MOST_DEPTH}")


def checked_int(value: int) -> int:
    """The number itself.

    Raises:
        ExpressionError: it is too large.
    """
    if -_TOO_LARGE < value < _TOO_LARGE:
        return value
    raise ExpressionError(f"the number becomes larger than {MOST_BITS:,} bits")


def plain(value: Any) -> Data:
    """A result as plain data: sets become sorted lists, tuples lists. Parts that are plain are shared, not copied.

    Raises:
        ExpressionError: it is too large or nested too deeply, or a number in it is infinite or undefined.
    """
    kind = type(value)
    if kind is int:
        return value if -SHORT < value < SHORT else checked_int(value)
    if kind not in NUMBERS and size(value, MOST_LENGTH) > MOST_LENGTH:
        raise ExpressionError(f"the result is larger than {MOST_LENGTH:,}")
    return _plain(value, {})


def _plain(value: Any, done: dict[int, Data]) -> Data:
    """`done` has what became of lists and mappings by their ids: parts that are shared are looked at once."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value  # type: ignore[no-any-return]
    if kind is int:
        return checked_int(value)
    if kind is float:
        if not math.isfinite(value):
            raise ExpressionError("the number becomes infinite or undefined")
        return value  # type: ignore[no-any-return]
    if id(value) not in done:
        done[id(value)] = _plain_parts(value, done)
    return done[id(value)]


def _plain_parts(value: Any, done: dict[int, Data]) -> Data:
    if isinstance(value, Mapping):
        made = {str(key): _plain(each, done) for key, each in value.items()}
        return value if type(value) is dict and _same(value.values(), made.values()) else made
    parts = [_plain(each, done) for each in (in_order(value) if isinstance(value, set) else value)]
    return value if type(value) is list and _same(value, parts) else parts


def _same(old: Any, new: Any) -> bool:
    return all(a is b for a, b in zip(old, new, strict=False))


def in_order(values: set[Any]) -> list[Any]:
    """The elements of a set in an order that is the same in every run: sorted, else by kind and writing."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=lambda each: (type(each).__name__, repr(each)))
