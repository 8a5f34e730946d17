"""The operators of expressions, each with its limits, and what went wrong in words for people."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from editor.engine.meter import NUMBERS, Meter, checked_int, in_order
from editor.errors import ExpressionError
from editor.model.expressions import MOST_BITS, nearest

# What evaluating an allowed expression on any data may raise, and never anything else.
FAILURES = (ExpressionError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, MemoryError)

_KINDS = {
    "int": "a number", "float": "a number", "bool": "a truth value", "str": "a text", "NoneType": "null",
    "list": "a list", "tuple": "a tuple", "set": "a set", "dict": "a mapping", "slice": "a slice",
}  # fmt: skip
_PYTHON_WORDS = (
    (re.compile(r"'([<>=]+)' not supported between \D*'(\w+)' and '(\w+)'"), "“{}” cannot compare {} with {}"),
    (re.compile(r"unsupported operand type\(s\) for (\S+).*: '(\w+)' and '(\w+)'"), "“{}” cannot work on {} and {}"),
    (re.compile(r"can only concatenate (\w+) \(not \"(\w+)\"\)"), "“+” cannot join {} and {}"),
    (re.compile(r"bad operand type for unary (.): '(\w+)'"), "“{}” cannot work on {}"),
    (re.compile(r"unhashable type"), "a set holds numbers and texts only"),
    (re.compile(r"slice step cannot be zero"), "the step of a slice cannot be zero"),
    (re.compile(r"slice indices must be"), "a slice takes whole numbers"),
    (re.compile(r"can't multiply sequence by non-int of type '(\w+)'"), "“*” cannot repeat by {}"),
    (re.compile(r"(\w+)\(\) arg is an empty sequence"), "there is no {} of nothing; give a “default”"),
    (re.compile(r"(\w+)\(\) iterable argument is empty"), "there is no {} of nothing; give a “default”"),
    (re.compile(r"convert float (?:NaN|infinity) to integer"), "the number is infinite or undefined"),
    (re.compile(r"convert string to float|invalid literal for int"), "the text is no number"),
    (re.compile(r"Exceeds the limit"), "the number is too large"),
)  # fmt: skip


def kind(value: Any) -> str:
    """What a value is, for messages: "a text", "null"."""
    return _KINDS.get(type(value).__name__, "a mapping" if isinstance(value, Mapping) else "something else")


def readable(error: Exception) -> str:
    """What Python found wrong, in words for people."""
    if isinstance(error, ExpressionError):
        return error.message
    if isinstance(error, ZeroDivisionError):
        negative = "negative power" in str(error)
        return "zero has no negative power" if negative else "a number is divided by zero"
    if isinstance(error, OverflowError) and "infinity" not in str(error):
        return "the number becomes too large"
    if isinstance(error, RecursionError | MemoryError):
        return "it is too large to evaluate"
    if isinstance(error, IndexError):
        return "the position lies outside of the list"
    for pattern, words in _PYTHON_WORDS:
        found = pattern.search(str(error)[:500])
        if found:
            return words.format(*(_KINDS.get(part, part) for part in found.groups()))
    return "it cannot be evaluated with these values"


def add(meter: Meter, a: Any, b: Any) -> Any:
    """`a + b`: numbers, texts or lists."""
    if type(a) in NUMBERS or type(b) in NUMBERS:
        return a + b
    meter.pay_length(len(a) + len(b), is_text=isinstance(a, str))
    return a + b


def subtract(meter: Meter, a: Any, b: Any) -> Any:
    """`a - b`: numbers, or sets."""
    if type(a) not in NUMBERS and type(b) not in NUMBERS:
        meter.pay_walk(a)
        meter.pay_walk(b)
    return a - b


def times(meter: Meter, a: Any, b: Any) -> Any:
    """`a * b`: numbers, or a text or list repeated."""
    if isinstance(a, int) and isinstance(b, int):
        if a.bit_length() + b.bit_length() > MOST_BITS + 1:
            raise ExpressionError(f"the number becomes larger than {MOST_BITS:,} bits")
        meter.pay_bits(a, b)
        return a * b
    many, count = (b, a) if isinstance(a, int) else (a, b)
    if isinstance(many, str | list | tuple) and isinstance(count, int):
        meter.pay_length(len(many) * max(count, 0), is_text=isinstance(many, str))
    return a * b


def divide(meter: Meter, a: Any, b: Any) -> Any:
    """`a / b`."""
    meter.pay_bits(a, b)
    return a / b


def floor_divide(meter: Meter, a: Any, b: Any) -> Any:
    """`a // b`."""
    meter.pay_bits(a, b)
    return a // b


def modulo(meter: Meter, a: Any, b: Any) -> Any:
    """`a % b`: numbers; it formats no texts, which could make them as long as one likes."""
    if isinstance(a, str):
        raise ExpressionError("texts cannot be formatted with “%”; join them with “+” and str(…)")
    meter.pay_bits(a, b)
    return a % b


def power(meter: Meter, a: Any, b: Any) -> Any:
    """`a ** b`."""
    if isinstance(a, int) and isinstance(b, int) and b > 0:
        # Exact for powers of two, at most twice as much otherwise: what is made here stays small.
        if (abs(a).bit_length() - 1) * b > MOST_BITS:
            raise ExpressionError(f"the number becomes larger than {MOST_BITS:,} bits")
        result = checked_int(a**b)
        meter.pay_bits(result)
        return result
    result = a**b
    if isinstance(result, complex):
        raise ExpressionError("a negative number has no such root")
    return result


BINARY: dict[str, Callable[[Meter, Any, Any], Any]] = {
    "Add": add, "Sub": subtract, "Mult": times, "Div": divide, "FloorDiv": floor_divide, "Mod": modulo,
    "Pow": power,
}  # fmt: skip


def _metered(operate: Callable[[Any, Any], Any]) -> Callable[[Meter, Any, Any], Any]:
    def compare(meter: Meter, a: Any, b: Any) -> Any:
        if type(a) not in NUMBERS and type(b) not in NUMBERS:
            meter.pay_walk(a)
            meter.pay_walk(b)
        return operate(a, b)

    return compare


def contains(meter: Meter, a: Any, b: Any) -> bool:
    """`a in b`: a part of a text, an element of a list, a key of a mapping."""
    if isinstance(b, Mapping):
        return not _is_no_key(meter, a) and key_text(a) in b
    if isinstance(b, str):
        if not isinstance(a, str):
            raise ExpressionError(f"“in” looks for a text in a text, not for {kind(a)}")
        meter.pay_walk(a)
        meter.pay_walk(b)
        return a in b
    if not isinstance(b, list | tuple | set):
        raise ExpressionError(f"“in” looks into lists, mappings and texts, not into {kind(b)}")
    if type(a) in NUMBERS:
        meter.spend(len(b) >> 4)
    else:
        meter.pay_walk(a)
        meter.pay_walk(b)
    return a in b


def _is_no_key(meter: Meter, value: Any) -> bool:
    """Whether a value is one that could be looked for in Python's mappings, and is never found in ours.

    Raises:
        ExpressionError: a tuple that holds a list or a mapping, which Python does not look for either.
    """
    if not isinstance(value, tuple):
        return False
    meter.pay_walk(value)
    try:
        hash(value)
    except TypeError:
        raise ExpressionError(f"the key of a mapping is a text, not {kind(value)}") from None
    return True


def contains_not(meter: Meter, a: Any, b: Any) -> bool:
    """`a not in b`."""
    return not contains(meter, a, b)


# What compares any two values; the plain operators beside them are for those known to be cheap.
COMPARE: dict[str, Callable[[Meter, Any, Any], Any]] = {
    "Eq": _metered(operator.eq), "NotEq": _metered(operator.ne), "Lt": _metered(operator.lt),
    "LtE": _metered(operator.le), "Gt": _metered(operator.gt), "GtE": _metered(operator.ge),
    "Is": lambda meter, a, b: a is b, "IsNot": lambda meter, a, b: a is not b, "In": contains,
    "NotIn": contains_not,
}  # fmt: skip
CHEAP: dict[str, Callable[[Any, Any], Any]] = {
    "Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt,
    "GtE": operator.ge, "Add": operator.add, "Sub": operator.sub,
}  # fmt: skip


def key_text(value: Any) -> str:
    """The key of a mapping that a value stands for: keys are texts, numbers and the like as YAML writes them."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return str(value)
    raise ExpressionError(f"the key of a mapping is a text, not {kind(value)}")


def missing(name: str, known: Iterable[Any], where: str) -> ExpressionError:
    """The error of a name that is not there, with the nearest one that is."""
    close = nearest(name, (each for each in known if isinstance(each, str)))
    hint = f"; did you mean “{close}”?" if close else ""
    return ExpressionError(f"{where} “{name[:80]}”{hint}")


def part(meter: Meter, value: Any, index: Any) -> Any:
    """`value[index]`, slices too."""
    if isinstance(value, Mapping):
        key = key_text(index)
        if key not in value:
            raise missing(key, value, "there is no")
        return value[key]
    if not isinstance(value, str | list | tuple):
        raise ExpressionError(f"{kind(value)} has no parts to ask for with [ ]")
    if isinstance(index, slice):
        return meter.pay_size(value[index])
    if not isinstance(index, int):
        found = f"{index}" if isinstance(index, float) else kind(index)
        raise ExpressionError(f"the position in {kind(value)} is a whole number, not {found}")
    return value[index]


def attribute(value: Any, name: str) -> Any:
    """`value.name`: the key of a mapping."""
    if isinstance(value, Mapping):
        if name in value:
            return value[name]
        raise missing(name, value, "there is no")
    if value is None:
        raise ExpressionError(f"“.{name}” is asked of null")
    hint = "; write len(…)" if name in ("length", "size") else ""
    raise ExpressionError(f"“.{name}” is asked of {kind(value)}, but only mappings have named parts{hint}")


def items(value: Any) -> Iterable[Any]:
    """What a loop goes through: elements, characters or keys; sets in a fixed order."""
    if isinstance(value, str | list | tuple | Mapping):
        return value
    if isinstance(value, set):
        return in_order(value)
    raise ExpressionError(f"a list is needed here, not {kind(value)}")


def make_set(meter: Meter, values: Iterable[Any]) -> set[Any]:
    """A set; elements whose hashes may all be the same pay for being compared with one another."""
    made: set[Any] = set()
    for each in values:
        if isinstance(each, tuple) or (isinstance(each, int) and each.bit_length() > 60):
            meter.pay_walk(each)
            meter.spend(len(made) >> 5)
        made.add(each)
    return made
