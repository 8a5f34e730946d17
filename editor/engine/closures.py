"""Turns a checked tree into nested closures over a scope, one method a kind of part; Python's eval is never asked.

Parts of a shape that costs next to nothing get the closures of `shortcuts`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from editor.engine.functions import FUNCTIONS
from editor.engine.meter import Meter, exhausted
from editor.engine.operations import (
    BINARY,
    COMPARE,
    FAILURES,
    attribute,
    items,
    key_text,
    kind,
    make_set,
    missing,
    part,
    readable,
)
from editor.engine.shortcuts import context_key, pair, paired
from editor.errors import ExpressionError
from editor.model.expressions import CONSTANTS, Expression

if TYPE_CHECKING:
    from editor.engine.evaluate import Scope

_PARTS_A_STEP = 8

Code: TypeAlias = "Callable[[Scope], Any]"
Loop: TypeAlias = "Callable[[Scope], Iterator[None]]"
_Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


class Compiler:
    """Compiles one expression. Its closures share `meter` and `cells`, so one evaluation goes on at a time."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression
        self.meter = Meter()
        self.cells: list[Any] = []  # the values of the loops' variables; each has its own place
        self.bound: dict[
            str, int
        ] = {}  # the variables that can be seen where the compiler is, and their places

    def compile(self, node: ast.expr) -> Code:
        """The closure of a part."""
        method: Callable[[Any], Code] = getattr(self, "_" + type(node).__name__.lower())
        return method(node)

    def failure(self, node: ast.AST, error: Exception) -> ExpressionError:
        """What went wrong, with the place of the part in which it did."""
        column = error.column if isinstance(error, ExpressionError) else None
        if column is None:
            column = self.expression.positions.column(node)
        return ExpressionError(readable(error), text=self.expression.text, column=column)

    # names and constants

    def _constant(self, node: ast.Constant) -> Code:
        value = node.value
        return lambda scope: value

    def _name(self, node: ast.Name) -> Code:
        name = node.id
        if name in self.bound:
            cells, place = self.cells, self.bound[name]
            return lambda scope: cells[place]
        if name in CONSTANTS:
            value = CONSTANTS[name]
            return lambda scope: value
        match name:
            case "context":
                return lambda scope: scope.context
            case "event":
                return lambda scope: {"type": scope.event_type, "data": scope.event_data}
            case "params":
                return lambda scope: scope.params
            case "state":
                return lambda scope: list(scope.leaves)
        return self._key(node, name)

    def _key(self, node: ast.AST, name: str) -> Code:
        def look_up(scope: Scope) -> Any:
            try:
                return scope.context[name]
            except (KeyError, TypeError):
                known = scope.context or ()
                raise self.failure(node, missing(name, known, "the context has no")) from None

        return look_up

    def _is_reserved(self, node: ast.expr, name: str) -> bool:
        return isinstance(node, ast.Name) and node.id == name and name not in self.bound

    def _attribute(self, node: ast.Attribute) -> Code:
        name = node.attr
        if self._is_reserved(node.value, "event"):
            return self._event_part(node, name)
        key = context_key(node, self.bound)
        if key is not None:
            return self._key(node, key)
        value = self.compile(node.value)

        def look_up(scope: Scope) -> Any:
            found = value(scope)
            try:
                return found[name] if type(found) is dict else attribute(found, name)
            except KeyError:
                raise self.failure(node, missing(name, found, "there is no")) from None
            except ExpressionError as error:
                raise self.failure(node, error) from None

        return look_up

    def _event_part(self, node: ast.Attribute, name: str) -> Code:
        if name == "data":
            return lambda scope: scope.event_data
        if name == "type":
            return lambda scope: scope.event_type

        def fail(scope: Scope) -> Any:
            message = f"an event has “type” and “data”, no “{name}”; did you mean event.data.{name}?"
            raise self.failure(node, ExpressionError(message))

        return fail

    def _subscript(self, node: ast.Subscript) -> Code:
        value, index, meter = self.compile(node.value), self.compile(node.slice), self.meter

        def look_up(scope: Scope) -> Any:
            found, place = value(scope), index(scope)
            try:
                return part(meter, found, place)
            except FAILURES as error:
                raise self.failure(node, error) from None

        return look_up

    def _slice(self, node: ast.Slice) -> Code:
        bounds = [self.compile(each) if each else None for each in (node.lower, node.upper, node.step)]
        return lambda scope: slice(*(bound(scope) if bound else None for bound in bounds))

    # operators

    def _binop(self, node: ast.BinOp) -> Code:
        name = type(node.op).__name__
        left, right, meter, operate = (
            self.compile(node.left),
            self.compile(node.right),
            self.meter,
            BINARY[name],
        )

        def binary(scope: Scope) -> Any:
            a, b = left(scope), right(scope)
            try:
                return operate(meter, a, b)
            except FAILURES as error:
                raise self.failure(node, error) from None

        return self._shortened(node, binary)

    def _shortened(self, node: ast.expr, general: Code) -> Code:
        found = pair(node, self.bound)
        return general if found is None else paired(found, general)

    def _unaryop(self, node: ast.UnaryOp) -> Code:
        operand = self.compile(node.operand)
        if isinstance(node.op, ast.Not):
            return lambda scope: not operand(scope)
        is_minus = isinstance(node.op, ast.USub)

        def unary(scope: Scope) -> Any:
            value = operand(scope)
            try:
                return -value if is_minus else +value
            except FAILURES as error:
                raise self.failure(node, error) from None

        return unary

    def _boolop(self, node: ast.BoolOp) -> Code:
        is_and = isinstance(node.op, ast.And)
        first, *rest = [self.compile(each) for each in node.values]
        if len(rest) == 1:
            second = rest[0]
            if is_and:
                return lambda scope: first(scope) and second(scope)
            return lambda scope: first(scope) or second(scope)

        def junction(scope: Scope) -> Any:
            result = first(scope)
            for each in rest:
                if bool(result) is not is_and:
                    break
                result = each(scope)
            return result

        return junction

    def _compare(self, node: ast.Compare) -> Code:
        meter, first = self.meter, self.compile(node.left)
        names = [type(each).__name__ for each in node.ops]
        rest = [
            (COMPARE[name], self.compile(each)) for name, each in zip(names, node.comparators, strict=True)
        ]

        def chain(scope: Scope) -> Any:
            left = first(scope)
            result: Any = True
            for compare, code in rest:
                right = code(scope)
                try:
                    result = compare(meter, left, right)
                except FAILURES as error:
                    raise self.failure(node, error) from None
                if not result:
                    return result
                left = right
            return result

        return self._shortened(node, chain)

    def _ifexp(self, node: ast.IfExp) -> Code:
        test, then, other = self.compile(node.test), self.compile(node.body), self.compile(node.orelse)
        return lambda scope: then(scope) if test(scope) else other(scope)

    # displays

    def _list(self, node: ast.List) -> Code:
        parts = [self.compile(each) for each in node.elts]
        return lambda scope: [each(scope) for each in parts]

    def _tuple(self, node: ast.Tuple) -> Code:
        parts = [self.compile(each) for each in node.elts]
        return lambda scope: tuple([each(scope) for each in parts])

    def _set(self, node: ast.Set) -> Code:
        parts = [self.compile(each) for each in node.elts]
        return self._as_set(node, lambda scope: [each(scope) for each in parts])

    def _as_set(self, node: ast.expr, values: Code) -> Code:
        meter = self.meter

        def build(scope: Scope) -> Any:
            found = values(scope)
            try:
                return make_set(meter, found)
            except FAILURES as error:
                raise self.failure(node, error) from None

        return build

    def _dict(self, node: ast.Dict) -> Code:
        pairs = [
            (self._mapping_key(key), self.compile(value))
            for key, value in zip(node.keys, node.values, strict=True)
            if key is not None
        ]
        return lambda scope: {key(scope): value(scope) for key, value in pairs}

    def _mapping_key(self, node: ast.expr) -> Code:
        key = self.compile(node)

        def text(scope: Scope) -> Any:
            value = key(scope)
            try:
                return key_text(value)
            except FAILURES as error:
                raise self.failure(node, error) from None

        return text

    # loops

    def _listcomp(self, node: ast.ListComp) -> Code:
        loop, element = self._loops(node, lambda: self.compile(node.elt))
        return lambda scope: [element(scope) for _ in loop(scope)]

    def _generatorexp(self, node: ast.GeneratorExp) -> Code:
        loop, element = self._loops(node, lambda: self.compile(node.elt))
        return lambda scope: (element(scope) for _ in loop(scope))

    def _setcomp(self, node: ast.SetComp) -> Code:
        loop, element = self._loops(node, lambda: self.compile(node.elt))
        return self._as_set(node, lambda scope: (element(scope) for _ in loop(scope)))

    def _dictcomp(self, node: ast.DictComp) -> Code:
        loop, (key, value) = self._loops(
            node, lambda: (self._mapping_key(node.key), self.compile(node.value))
        )
        return lambda scope: {key(scope): value(scope) for _ in loop(scope)}

    def _loops(self, node: _Comprehension, results: Callable[[], Any]) -> tuple[Loop, Any]:
        """The loops of a comprehension, and what is made in them, compiled where their variables can be seen."""
        outside = self.bound
        self.bound = dict(outside)
        # A pass costs one step, and more when there is much to do in it.
        steps = 1 + sum(isinstance(each, ast.expr) for each in ast.walk(node)) // _PARTS_A_STEP
        levels = [self._level(clause, steps) for clause in node.generators]
        made = results()
        self.bound = outside
        loop = levels.pop()
        while levels:
            loop = _nested(levels.pop(), loop)
        return loop, made

    def _level(self, clause: ast.comprehension, steps: int) -> Loop:
        source, meter = self.compile(clause.iter), self.meter
        place, unpack = self._binding(clause.target)
        cells = self.cells
        tests = [self.compile(each) for each in clause.ifs]

        def level(scope: Scope) -> Iterator[None]:
            found = source(scope)
            try:
                through = items(found)
            except FAILURES as error:
                raise self.failure(clause.iter, error) from None
            for item in through:
                meter.left -= steps
                if meter.left < 0:
                    raise self.failure(clause.iter, exhausted())
                if unpack is None:
                    cells[place] = item
                else:
                    unpack(item)
                for test in tests:
                    if not test(scope):
                        break
                else:
                    yield

        return level

    def _binding(self, target: ast.expr) -> tuple[int, Callable[[Any], None] | None]:
        """The place of a loop's only variable, or what gives several their values."""
        cells = self.cells
        if isinstance(target, ast.Name):
            return self._variable(target), None
        names = target.elts if isinstance(target, ast.Tuple) else []
        places = [self._variable(each) for each in names if isinstance(each, ast.Name)]

        def unpack(item: Any) -> None:
            if not isinstance(item, str | list | tuple | Mapping):
                raise self.failure(target, ExpressionError(f"{kind(item)} cannot be taken apart"))
            if len(item) != len(places):
                message = f"{len(item)} values cannot be given to {len(places)} names"
                raise self.failure(target, ExpressionError(message))
            for place, value in zip(places, item, strict=True):
                cells[place] = value

        return -1, unpack

    def _variable(self, name: ast.Name) -> int:
        self.bound[name.id] = len(self.cells)
        self.cells.append(None)
        return self.bound[name.id]

    # calls

    def _call(self, node: ast.Call) -> Code:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        arguments = [self.compile(each) for each in node.args]
        if name == "matches":
            return self._matches(node, arguments[0])
        function, meter = FUNCTIONS[name], self.meter
        named = [(each.arg, self.compile(each.value)) for each in node.keywords if each.arg]

        def call(scope: Scope) -> Any:
            values = [each(scope) for each in arguments]
            extra = {key: code(scope) for key, code in named}
            try:
                return function(meter, *values, **extra)
            except FAILURES as error:
                raise self.failure(node, error) from None

        return call

    def _matches(self, node: ast.Call, argument: Code) -> Code:
        def call(scope: Scope) -> bool:
            path = argument(scope)
            try:
                if not isinstance(path, str):
                    raise ExpressionError(f"matches takes the path of a state, not {kind(path)}")
                return scope.matches(path)
            except ExpressionError as error:
                raise self.failure(node, error) from None

        return call


def _nested(outer: Loop, inner: Loop) -> Loop:
    def both(scope: Scope) -> Iterator[None]:
        for _ in outer(scope):
            yield from inner(scope)

    return both
