"""Closures of their own for the shapes that most guards and assignments have, which cost next to nothing.

A key alone, a key against a constant or another key, a key plus a number, and what `not`, `and` and `or` make of these
need no fuel. Where one fails, or its values are others than numbers and could cost more, it asks the `general` closure
for the same, which pays as it goes and says what is wrong.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection
from typing import Any, NamedTuple, NoReturn, TypeAlias

from editor.engine.known import as_seeing_data_only
from editor.engine.meter import NUMBERS, SHORT, plain
from editor.engine.operations import CHEAP, FAILURES
from editor.engine.sums import Sum
from editor.errors import ExpressionError
from editor.model.expressions import CONSTANTS, RESERVED

Code: TypeAlias = Callable[[Any], Any]

_NO_CONSTANT = object()
_NOTHING: tuple[str, ...] = ()


class Pair(NamedTuple):
    """A key compared with, or plus, a constant `value` or the key `other`."""

    operate: Callable[[Any, Any], Any]
    is_sum: bool
    key: str
    other: str | None
    value: Any


def context_key(node: ast.expr, bound: Collection[str] = _NOTHING) -> str | None:
    """The context key that a part is, when it is one; `bound` are the variables of loops around it."""
    if isinstance(node, ast.Name):
        is_other = node.id in bound or node.id in CONSTANTS or node.id in RESERVED
        return None if is_other else node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr if node.value.id == "context" and "context" not in bound else None
    return None


def pair(node: ast.expr, bound: Collection[str] = _NOTHING) -> Pair | None:
    """The pair that a part is, when it is one."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right, name = node.left, node.comparators[0], type(node.ops[0]).__name__
    elif isinstance(node, ast.BinOp):
        left, right, name = node.left, node.right, type(node.op).__name__
    else:
        return None
    operate, key, other = CHEAP.get(name), context_key(left, bound), context_key(right, bound)
    value, is_sum = _scalar(right, bound), isinstance(node, ast.BinOp)
    is_constant = value is not _NO_CONSTANT and not (is_sum and isinstance(value, str))
    if operate is None or key is None or (other is None and not is_constant):
        return None
    return Pair(operate, is_sum, key, other, value)


def _scalar(node: ast.expr, bound: Collection[str]) -> Any:
    """The value of a constant; `_NO_CONSTANT` for what is none."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name) and node.id in CONSTANTS and node.id not in bound:
        return CONSTANTS[node.id]
    return _NO_CONSTANT


def paired(found: Pair, general: Code) -> Code:
    """The closure of a pair."""
    operate, _, key, other, value = found
    if other is None:

        def with_constant(scope: Any) -> Any:
            try:
                return operate(scope.context[key], value)
            except FAILURES:
                return general(scope)

        return with_constant

    def with_key(scope: Any) -> Any:
        try:
            context = scope.context
            first = context[key]
            if type(first) is int or type(first) in NUMBERS:
                return operate(first, context[other])
        except FAILURES:
            pass
        return general(scope)

    return with_key


def guard(tree: ast.expr, general: Code) -> Code:
    """The closure of a whole expression that tells whether it holds; the general one for another shape."""
    found = _guard(tree, general)
    return general if found is None else as_seeing_data_only(found)


def _guard(tree: ast.expr, general: Code) -> Code | None:
    found, key = pair(tree), context_key(tree)
    if found is not None:
        return None if found.is_sum else paired(found, general)
    if isinstance(tree, ast.BoolOp) and len(tree.values) == 2:
        first, second = (_guard(each, _refuse) for each in tree.values)
        if first is not None and second is not None:
            return _junction(first, second, general, is_and=isinstance(tree.op, ast.And))
    elif isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        operand = _guard(tree.operand, _refuse)
        if operand is not None:
            return _negation(operand, general)
    elif key is not None:

        def is_true(scope: Any) -> bool:
            try:
                return bool(scope.context[key])
            except FAILURES:
                return bool(general(scope))

        return is_true
    return None


def _refuse(scope: Any) -> NoReturn:
    """What the parts of a shape ask, so that all of it is evaluated in the general way."""
    raise ExpressionError("this takes the general way")


def _junction(first: Code, second: Code, general: Code, *, is_and: bool) -> Code:
    def both(scope: Any) -> Any:
        try:
            return first(scope) and second(scope)
        except FAILURES:
            return general(scope)

    def either(scope: Any) -> Any:
        try:
            return first(scope) or second(scope)
        except FAILURES:
            return general(scope)

    return both if is_and else either


def _negation(operand: Code, general: Code) -> Code:
    def negation(scope: Any) -> Any:
        try:
            return not operand(scope)
        except FAILURES:
            return general(scope)

    return negation


def value(tree: ast.expr, general: Code) -> Code:
    """The closure of a whole expression that gives plain data; the general one for another shape."""
    found, key = pair(tree), context_key(tree)
    if found is not None:
        return _sum(found, general) if found.is_sum else paired(found, general)
    if key is not None:

        def look_up(scope: Any) -> Any:
            try:
                found = scope.context[key]
                return found if type(found) is int and -SHORT < found < SHORT else plain(found)
            except FAILURES:
                return general(scope)

        return look_up
    return general


def sum_of(tree: ast.expr, key: str) -> Sum | None:
    """What assigning an expression to a key is, where that adds a whole number to the key, or is a number itself."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, int):
        return Sum(key, tree.value, is_added=False)
    found = pair(tree)
    if found is None or not found.is_sum or found.key != key or type(found.value) is not int:
        return None
    return Sum(key, found.operate(0, found.value), is_added=True)


def _sum(found: Pair, general: Code) -> Code:
    operate, _, key, other, value = found
    if other is None:

        def add_constant(scope: Any) -> Any:
            try:
                result = operate(scope.context[key], value)
                return result if type(result) is int and -SHORT < result < SHORT else plain(result)
            except FAILURES:
                return general(scope)

        return add_constant

    def add_key(scope: Any) -> Any:
        try:
            context = scope.context
            first = context[key]
            if type(first) in NUMBERS:
                return plain(operate(first, context[other]))
        except FAILURES:
            pass
        return general(scope)

    return add_key
