"""What is known of an expression without running it: the value of its literals, and whether it can ever hold."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any, Final

from editor.model import expressions

UNKNOWN: Final = object()
"""Stands for a value that only a run can tell."""
_MOST = 10**15
_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}  # fmt: skip
_SUMS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
}  # fmt: skip


def value_of(tree: ast.expr) -> Any:
    """The value of an expression of literals; `UNKNOWN` for one that is not so simple."""
    match tree:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name) if name in expressions.CONSTANTS:
            return expressions.CONSTANTS[name]
        case ast.UnaryOp(op=op, operand=operand):
            return _unary(op, value_of(operand))
        case ast.BinOp(left=left, op=op, right=right):
            return _sum(op, value_of(left), value_of(right))
        case ast.BoolOp(op=op, values=values):
            return _first_decisive([value_of(each) for each in values], decisive=isinstance(op, ast.Or))
        case ast.Compare(left=left, ops=ops, comparators=others):
            return _compared(ops, [value_of(left), *map(value_of, others)])
    return UNKNOWN


def _unary(op: ast.unaryop, value: Any) -> Any:
    if value is UNKNOWN:
        return UNKNOWN
    if isinstance(op, ast.Not):
        return not value
    if not _is_number(value):
        return UNKNOWN
    return -value if isinstance(op, ast.USub) else value if isinstance(op, ast.UAdd) else UNKNOWN


def _sum(op: ast.operator, one: Any, other: Any) -> Any:
    deed = _SUMS.get(type(op))
    if deed is None or not (_is_number(one) and _is_number(other)) or max(abs(one), abs(other)) > _MOST:
        return UNKNOWN
    return deed(one, other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _first_decisive(values: list[Any], *, decisive: bool) -> Any:
    """What `and` or `or` gives; all of it has to be known, since what is not may fail."""
    if any(value is UNKNOWN for value in values):
        return UNKNOWN
    return next((value for value in values if bool(value) is decisive), values[-1])


def _compared(ops: list[ast.cmpop], values: list[Any]) -> Any:
    """Whether values follow each other as a comparison says, of numbers or of texts."""
    are_numbers = all(isinstance(value, int | float) for value in values)
    if not are_numbers and not all(isinstance(value, str) for value in values):
        return UNKNOWN
    deeds = [_COMPARED.get(type(op)) for op in ops]
    if None in deeds:
        return UNKNOWN
    return all(
        deed(one, other)
        for deed, one, other in zip(deeds, values, values[1:], strict=False)
        if deed is not None
    )


def holds(tree: ast.expr) -> bool | None:
    """Whether a guard of this expression holds; None where only a run can tell.

    One that fails does not hold, so that a part of `and` which is never true decides, whatever the others are.
    """
    value = value_of(tree)
    if value is not UNKNOWN:
        return bool(value)
    if isinstance(tree, ast.BoolOp):
        parts = [holds(each) for each in tree.values]
        is_false = False in parts if isinstance(tree.op, ast.And) else set(parts) == {False}
        return False if is_false else None
    return None
