"""The functions that expressions may call: Python's, on plain data, with limits on what they cost and make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from editor.engine.meter import NUMBERS, Meter, checked_int, in_order
from editor.engine.operations import add, items, kind
from editor.errors import ExpressionError

_MOST_DIGITS = 2_000


def _all_of(value: Any) -> list[Any]:
    """The items of a list, or of a loop, which has paid for each already."""
    if isinstance(value, Iterator):
        return list(value)
    return list(items(value))


def _lazily(meter: Meter, value: Any) -> Iterator[Any]:
    if isinstance(value, Iterator):
        return value
    found = _all_of(value)
    meter.spend(len(found) >> 4)
    return iter(found)


def _len(meter: Meter, value: Any) -> int:
    if not isinstance(value, str | list | tuple | set | Mapping):
        raise ExpressionError(f"{kind(value)} has no length")
    return len(value)


def _extreme(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(meter: Meter, *values: Any, **extra: Any) -> Any:
        found = _all_of(values[0]) if len(values) == 1 else list(values)
        meter.pay_walk(found)
        return function(found, **extra)

    return call


def _sorted(meter: Meter, values: Any, reverse: Any = False) -> list[Any]:
    found = _all_of(values)
    steps = meter.pay_walk(found)
    if any(type(each) not in NUMBERS for each in found):
        meter.spend(steps * len(found).bit_length() >> 2)
    return sorted(found, reverse=bool(reverse))


def _sum(meter: Meter, values: Any, start: Any = 0) -> Any:
    total = start
    for each in _lazily(meter, values):
        if isinstance(each, str):
            break
        total = add(meter, total, each)
    else:
        if not isinstance(start, str):
            return total
    raise ExpressionError("sum adds numbers and joins lists, but no texts")


def _any(meter: Meter, values: Any) -> bool:
    return any(_lazily(meter, values))


def _all(meter: Meter, values: Any) -> bool:
    return all(_lazily(meter, values))


def _number(name: str, value: Any) -> Any:
    if not isinstance(value, int | float):
        raise ExpressionError(f"{name} takes a number, not {kind(value)}")
    return value


def _abs(meter: Meter, value: Any) -> Any:
    return abs(_number("abs", value))


def _round(meter: Meter, value: Any, digits: Any = None) -> Any:
    number = _number("round", value)
    if digits is None:
        return round(number)
    if not isinstance(digits, int):
        raise ExpressionError(f"round takes a whole number of digits, not {kind(digits)}")
    return round(number, max(-_MOST_DIGITS, min(digits, _MOST_DIGITS)))


def _int(meter: Meter, value: Any = 0) -> int:
    if not isinstance(value, str):
        return checked_int(int(_number("int", value)))
    meter.pay_walk(value)
    try:
        return checked_int(int(value))
    except ValueError:
        raise _no_number(value, "whole number") from None


def _float(meter: Meter, value: Any = 0.0) -> float:
    if not isinstance(value, str):
        return float(_number("float", value))
    meter.pay_walk(value)
    try:
        return float(value)
    except ValueError:
        raise _no_number(value, "number") from None


def _no_number(text: str, wanted: str) -> ExpressionError:
    if len(text) > 40:
        return ExpressionError(f"the text is no {wanted}, or too large a one")
    return ExpressionError(f"the text “{text}” is no {wanted}")


def _str(meter: Meter, value: Any = "") -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        meter.pay_bits(value)
        return str(value)
    # A text of a list has at least two characters for each element: what is too long is not even made.
    meter.pay_length(meter.pay_walk(value) * 32, is_text=True)
    text: str = meter.pay_size(_shown(value))
    return text


def _shown(value: Any) -> str:
    """As Python shows it, but with the elements of sets in a fixed order."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_shown, value)) + (",)" if len(value) == 1 else ")")
    if isinstance(value, set):
        return "{" + ", ".join(map(_shown, in_order(value))) + "}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {_shown(each)}" for key, each in value.items()) + "}"
    return repr(value)


def _bool(meter: Meter, value: Any = False) -> bool:
    return bool(value)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "len": _len, "min": _extreme(min), "max": _extreme(max), "abs": _abs, "round": _round, "sum": _sum,
    "any": _any, "all": _all, "sorted": _sorted, "int": _int, "float": _float, "str": _str, "bool": _bool,
}  # fmt: skip
