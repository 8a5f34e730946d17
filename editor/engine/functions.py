"""The functions that expressions may call, and the limits on what they make."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from editor.errors import ExpressionError
from editor.model.elements import Data


class Meter:
    """The fuel of one evaluation: what can grow without end pays here."""

    MOST_STEPS = 100_000
    MOST_LENGTH = 1_000_000
    MOST_BITS = 4_096
    MOST_DEPTH = 100

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = self.MOST_STEPS

    def spend(self, steps: int) -> None:
        """Pay for steps.

        Raises:
            ExpressionError: nothing is left.
        """
        self.left -= steps
        if self.left < 0:
            raise ExpressionError(f"it takes more than {self.MOST_STEPS:,} steps")


def sized(value: Any, meter: Meter) -> Any:
    """The value itself, when it is not too large."""
    if isinstance(value, str | list):
        meter.spend(len(value) // 100)
        if len(value) > Meter.MOST_LENGTH:
            raise ExpressionError("the text or list becomes too long")
    elif isinstance(value, int) and value.bit_length() > Meter.MOST_BITS:
        raise ExpressionError("the number becomes too large")
    return value


def plain(value: Any, depth: int = 0) -> Data:
    """Plain data: sets become sorted lists, keys become texts; not-a-number and infinity are refused."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        if isinstance(value, float) and not math.isfinite(value):
            raise ExpressionError("the number becomes infinite or undefined")
        return value
    if depth > Meter.MOST_DEPTH:
        raise ExpressionError("the data is nested too deeply")
    if isinstance(value, Mapping):
        return {str(key): plain(each, depth + 1) for key, each in value.items()}
    if isinstance(value, set):
        return [plain(each, depth + 1) for each in _ordered(value)]
    if isinstance(value, list | tuple):
        return [plain(each, depth + 1) for each in value]
    if hasattr(value, "type") and hasattr(value, "data"):
        return {"type": value.type, "data": plain(value.data, depth + 1)}
    raise ExpressionError("the result is no plain data")


def _ordered(values: set[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=lambda each: (type(each).__name__, str(each)))


def _many(meter: Meter, value: Any) -> list[Any]:
    if not isinstance(value, Mapping | list | set | str | tuple):
        raise ExpressionError("a list is needed here")
    meter.spend(len(value) // 10)
    return _ordered(value) if isinstance(value, set) else list(value)


def _len(meter: Meter, value: Any) -> int:
    if not isinstance(value, Mapping | list | set | str | tuple):
        raise ExpressionError("only texts, lists and mappings have a length")
    return len(value)


def _extreme(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(meter: Meter, *values: Any, **extra: Any) -> Any:
        if len(values) == 1:
            return function(_many(meter, values[0]), **extra)
        return function(*values, **extra)

    return call


def _sum(meter: Meter, values: Any, start: Any = 0) -> Any:
    total = start
    for each in _many(meter, values):
        if isinstance(each, str):
            raise ExpressionError("sum adds numbers, no texts")
        total = sized(total + each, meter)
    return total


def _round(meter: Meter, value: Any, ndigits: Any = None) -> Any:
    return round(value, ndigits)


def _int(meter: Meter, value: Any = 0) -> int:
    if isinstance(value, str) and len(value) > 1_000:
        raise ExpressionError("the number becomes too large")
    return int(value)


def _float(meter: Meter, value: Any = 0.0) -> float:
    return float(value)


def _str(meter: Meter, value: Any = "") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    text = value if isinstance(value, str) else str(plain(value))
    meter.spend(len(text) // 100)
    return text


def _sorted(meter: Meter, values: Any, reverse: Any = False) -> list[Any]:
    return sorted(_many(meter, values), reverse=bool(reverse))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "len": _len, "min": _extreme(min), "max": _extreme(max), "abs": lambda meter, value: abs(value),
    "round": _round, "sum": _sum, "any": lambda meter, values: any(_many(meter, values)),
    "all": lambda meter, values: all(_many(meter, values)), "sorted": _sorted, "int": _int, "float": _float,
    "str": _str, "bool": lambda meter, value=False: bool(value),
}  # fmt: skip
