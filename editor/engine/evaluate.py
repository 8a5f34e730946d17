"""Evaluates expressions: a checked tree becomes nested closures over a scope; nothing reaches Python's own eval.

Work is bounded: what can grow without end (loops, repetition, powers, large results) pays with fuel.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from editor.engine.functions import FUNCTIONS, Meter, plain, sized
from editor.errors import ExpressionError
from editor.model import expressions
from editor.model.elements import Data

_NO_LEAVES: tuple[str, ...] = ()


def _never(path: str) -> bool:
    return False


@dataclass(slots=True)
class Scope:
    """What the names of an expression stand for, for one evaluation."""

    context: Mapping[str, Any]
    event_type: str | None = None
    event_data: Any = None
    params: Any = None
    leaves: tuple[str, ...] = _NO_LEAVES
    matches: Callable[[str], bool] = _never
    local: dict[str, Any] = field(default_factory=dict)
    meter: Meter = field(default_factory=Meter)


class _Event:
    """What `event` stands for: `type` and `data`."""

    __slots__ = ("data", "type")

    def __init__(self, type: str | None, data: Any) -> None:
        self.type = type
        self.data = data


Code: TypeAlias = Callable[[Scope], Any]


class Evaluator(Protocol):
    """What the engine needs of a language."""

    def guard(self, text: str, scope: Scope) -> bool:
        """Whether an expression holds."""

    def value(self, text: str, scope: Scope) -> Data:
        """What an expression gives, as plain data."""

    def data(self, value: Data, scope: Scope) -> Data:
        """Plain data in which every string is an expression."""


class SafeEvaluator:
    """The native language. Each text is compiled once."""

    def __init__(self) -> None:
        self._compiled: dict[str, Code] = {}

    def code(self, text: str) -> Code:
        """The closure of an expression; one that does not parse raises when it is called, not here."""
        found = self._compiled.get(text)
        if found is None:
            try:
                found = _Compiler(text).compile(expressions.parse(text).tree)
            except ExpressionError as error:
                found = _failing(error)
            self._compiled[text] = found
        return found

    def guard(self, text: str, scope: Scope) -> bool:
        """Whether an expression holds.

        Raises:
            ExpressionError: it cannot be evaluated.
        """
        return bool(self._run(text, scope))

    def value(self, text: str, scope: Scope) -> Data:
        """What an expression gives, as plain data.

        Raises:
            ExpressionError: it cannot be evaluated, or the result is too large.
        """
        result = self._run(text, scope)
        if result is None or isinstance(result, bool | int):
            return result
        try:
            return plain(result)
        except ExpressionError as error:
            raise ExpressionError(error.message, text=text) from None

    def data(self, value: Data, scope: Scope) -> Data:
        """Plain data in which every string is an expression; other scalars are themselves."""
        if isinstance(value, str):
            return self.value(value, scope)
        if isinstance(value, list):
            return [self.data(each, scope) for each in value]
        if isinstance(value, dict):
            return {key: self.data(each, scope) for key, each in value.items()}
        return value

    def _run(self, text: str, scope: Scope) -> Any:
        code = self._compiled.get(text) or self.code(text)
        try:
            return code(scope)
        except ExpressionError as error:
            raise ExpressionError(error.message, text=text, column=error.column) from None
        except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError, MemoryError) as error:
            raise ExpressionError(readable(error), text=text) from None


def _failing(error: ExpressionError) -> Code:
    def fail(scope: Scope) -> Any:
        raise ExpressionError(error.message, text=error.text, column=error.column)

    return fail


def readable(error: Exception) -> str:
    """What Python found wrong, in words for people."""
    if isinstance(error, ZeroDivisionError):
        return "a number is divided by zero"
    if isinstance(error, RecursionError | MemoryError):
        return "it is too large to evaluate"
    if isinstance(error, IndexError):
        return "the position lies outside of the list"
    text = str(error)
    for python, words in (("NoneType", "null"), ("'str'", "a text"), ("'int'", "a number"), ("'float'", "a number"),
                          ("'dict'", "a mapping"), ("'list'", "a list"), ("'bool'", "a truth value")):  # fmt: skip
        text = text.replace(python, words)
    return text[:1].lower() + text[1:]


_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Sub: operator.sub, ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
}  # fmt: skip
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
}  # fmt: skip


class _Compiler:
    """Turns checked nodes into closures, one method a kind."""

    def __init__(self, text: str) -> None:
        self.text = text

    def fail(self, node: ast.AST, message: str) -> ExpressionError:
        return ExpressionError(message, text=self.text, column=getattr(node, "col_offset", 0) + 1)

    def compile(self, node: ast.AST) -> Code:
        method: Callable[[Any], Code] = getattr(self, "_" + type(node).__name__.lower())
        return method(node)

    def _constant(self, node: ast.Constant) -> Code:
        value = node.value
        return lambda scope: value

    def _name(self, node: ast.Name) -> Code:
        name = node.id
        if name in expressions.CONSTANTS:
            value = expressions.CONSTANTS[name]
            return lambda scope: value
        reserved: dict[str, Code] = {
            "context": lambda scope: scope.local.get("context", scope.context),
            "event": lambda scope: scope.local.get("event") or _Event(scope.event_type, scope.event_data),
            "params": lambda scope: scope.local.get("params", scope.params),
            "state": lambda scope: scope.local.get("state", list(scope.leaves)),
        }
        if name in reserved:
            return reserved[name]

        def look_up(scope: Scope) -> Any:
            if scope.local and name in scope.local:
                return scope.local[name]
            try:
                return scope.context[name]
            except (KeyError, TypeError):
                close = expressions.nearest(name, [str(key) for key in scope.context or ()])
                hint = f"; did you mean “{close}”?" if close else ""
                raise self.fail(node, f"the context has no “{name}”{hint}") from None

        return look_up

    def _attribute(self, node: ast.Attribute) -> Code:
        value, name = self.compile(node.value), node.attr

        def attribute(scope: Scope) -> Any:
            found = value(scope)
            if isinstance(found, Mapping):
                if name in found:
                    return found[name]
                close = expressions.nearest(name, [str(key) for key in found])
                raise self.fail(
                    node, f"there is no “{name}” in it" + (f"; did you mean “{close}”?" if close else "")
                )
            if isinstance(found, _Event):
                if name in ("type", "data"):
                    return found.type if name == "type" else found.data
                raise self.fail(
                    node, f"an event has “type” and “data”, no “{name}”; did you mean event.data.{name}?"
                )
            if found is None:
                raise self.fail(node, f"“.{name}” is asked of null")
            hint = "; write len(…)" if name in ("length", "size") else ""
            raise self.fail(node, f"only mappings have named parts such as “.{name}”{hint}")

        return attribute

    def _subscript(self, node: ast.Subscript) -> Code:
        value, index = self.compile(node.value), self.compile(node.slice)

        def subscript(scope: Scope) -> Any:
            found, place = value(scope), index(scope)
            if isinstance(found, _Event):
                raise self.fail(node, "an event has “event.type” and “event.data”")
            if isinstance(found, Mapping):
                place = place if isinstance(place, str) else str(place)
                if place not in found:
                    raise self.fail(node, f"there is no “{place}” in it")
            return found[place]

        return subscript

    def _slice(self, node: ast.Slice) -> Code:
        parts = [
            self.compile(each) if each else (lambda scope: None)
            for each in (node.lower, node.upper, node.step)
        ]
        return lambda scope: slice(*(part(scope) for part in parts))

    def _binop(self, node: ast.BinOp) -> Code:
        left, right, kind = self.compile(node.left), self.compile(node.right), type(node.op)
        if kind is ast.Add:
            return self._add(left, right)
        if kind in _BINARY:
            operate = _BINARY[kind]
            return lambda scope: operate(left(scope), right(scope))
        if kind is ast.Mod:
            return lambda scope: _modulo(left(scope), right(scope))
        bounded = _times if kind is ast.Mult else _power
        return lambda scope: bounded(left(scope), right(scope))

    def _add(self, left: Code, right: Code) -> Code:
        def add(scope: Scope) -> Any:
            a, b = left(scope), right(scope)
            if type(a) is int and type(b) is int:
                return a + b
            return sized(a + b, scope.meter)

        return add

    def _unaryop(self, node: ast.UnaryOp) -> Code:
        operand = self.compile(node.operand)
        if isinstance(node.op, ast.Not):
            return lambda scope: not operand(scope)
        if isinstance(node.op, ast.USub):
            return lambda scope: -operand(scope)
        return lambda scope: +operand(scope)

    def _boolop(self, node: ast.BoolOp) -> Code:
        parts = [self.compile(each) for each in node.values]
        is_and = isinstance(node.op, ast.And)

        def junction(scope: Scope) -> Any:
            result: Any = None
            for part in parts:
                result = part(scope)
                if bool(result) is not is_and:
                    return result
            return result

        return junction

    def _compare(self, node: ast.Compare) -> Code:
        first = self.compile(node.left)
        rest = [
            (_comparison(type(op)), self.compile(each))
            for op, each in zip(node.ops, node.comparators, strict=True)
        ]
        if len(rest) == 1:
            compare, second = rest[0]
            return lambda scope: compare(first(scope), second(scope))

        def chain(scope: Scope) -> Any:
            left = first(scope)
            for compare, code in rest:
                right = code(scope)
                if not compare(left, right):
                    return False
                left = right
            return True

        return chain

    def _ifexp(self, node: ast.IfExp) -> Code:
        test, then, other = self.compile(node.test), self.compile(node.body), self.compile(node.orelse)
        return lambda scope: then(scope) if test(scope) else other(scope)

    def _list(self, node: ast.List) -> Code:
        parts = [self.compile(each) for each in node.elts]
        return lambda scope: [part(scope) for part in parts]

    def _tuple(self, node: ast.Tuple) -> Code:
        parts = [self.compile(each) for each in node.elts]
        return lambda scope: [part(scope) for part in parts]

    def _set(self, node: ast.Set) -> Code:
        parts = [self.compile(each) for each in node.elts]
        return lambda scope: {part(scope) for part in parts}

    def _dict(self, node: ast.Dict) -> Code:
        pairs = [
            (self.compile(key), self.compile(value))
            for key, value in zip(node.keys, node.values, strict=True)
            if key
        ]
        return lambda scope: {_key(key(scope)): value(scope) for key, value in pairs}

    def _loop(self, clauses: list[ast.comprehension]) -> Callable[[Scope], Iterator[None]]:
        prepared = [
            (self.compile(each.iter), _names(each.target), [self.compile(test) for test in each.ifs])
            for each in clauses
        ]

        def loop(scope: Scope, level: int = 0) -> Iterator[None]:
            if level == len(prepared):
                yield
                return
            source, names, tests = prepared[level]
            for item in _items(source(scope)):
                scope.meter.spend(1)
                _bind(scope.local, names, item)
                if all(test(scope) for test in tests):
                    yield from loop(scope, level + 1)

        def run(scope: Scope) -> Iterator[None]:
            before = dict(scope.local)
            yield from loop(scope)
            scope.local.clear()
            scope.local.update(before)

        return run

    def _listcomp(self, node: ast.ListComp | ast.GeneratorExp) -> Code:
        loop, part = self._loop(node.generators), self.compile(node.elt)
        return lambda scope: [part(scope) for _ in loop(scope)]

    _generatorexp = _listcomp

    def _setcomp(self, node: ast.SetComp) -> Code:
        loop, part = self._loop(node.generators), self.compile(node.elt)
        return lambda scope: {part(scope) for _ in loop(scope)}

    def _dictcomp(self, node: ast.DictComp) -> Code:
        loop, key, value = self._loop(node.generators), self.compile(node.key), self.compile(node.value)
        return lambda scope: {_key(key(scope)): value(scope) for _ in loop(scope)}

    def _call(self, node: ast.Call) -> Code:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        arguments = [self.compile(each) for each in node.args]
        if name == "matches":
            return lambda scope: scope.matches(str(arguments[0](scope)))
        function = FUNCTIONS[name]
        named = {each.arg: self.compile(each.value) for each in node.keywords if each.arg}

        def call(scope: Scope) -> Any:
            values = [argument(scope) for argument in arguments]
            extra = {key: code(scope) for key, code in named.items()}
            return function(scope.meter, *values, **extra)

        return call


def _comparison(kind: type[ast.cmpop]) -> Callable[[Any, Any], Any]:
    if kind is ast.In:
        return lambda a, b: a in b
    if kind is ast.NotIn:
        return lambda a, b: a not in b
    return _COMPARE[kind]


def _names(target: ast.expr) -> tuple[str, ...]:
    if isinstance(target, ast.Name):
        return (target.id,)
    return tuple(each.id for each in getattr(target, "elts", ()) if isinstance(each, ast.Name))


def _bind(local: dict[str, Any], names: tuple[str, ...], item: Any) -> None:
    if len(names) == 1:
        local[names[0]] = item
    else:
        for name, value in zip(names, item, strict=True):
            local[name] = value


def _items(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping | list | set | str | tuple):
        return list(value)
    raise ExpressionError("only lists, mappings and texts can be gone through")


def _key(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _modulo(a: Any, b: Any) -> Any:
    if isinstance(a, str):
        raise ExpressionError("texts cannot be formatted with “%”")
    return a % b


def _times(a: Any, b: Any) -> Any:
    if type(a) is float or type(b) is float:
        return a * b
    if isinstance(a, int) and isinstance(b, int):
        if a.bit_length() + b.bit_length() > Meter.MOST_BITS:
            raise ExpressionError("the number becomes too large")
        return a * b
    many, one = (a, b) if isinstance(b, int) else (b, a)
    if isinstance(many, str | list) and isinstance(one, int) and len(many) * max(one, 0) > Meter.MOST_LENGTH:
        raise ExpressionError("the text or list becomes too long")
    return a * b


def _power(a: Any, b: Any) -> Any:
    if isinstance(a, int) and isinstance(b, int) and b > 0 and a.bit_length() * b > Meter.MOST_BITS:
        raise ExpressionError("the number becomes too large")
    result = a**b
    if isinstance(result, complex):
        raise ExpressionError("the root of a negative number is no number")
    return result
