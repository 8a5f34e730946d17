"""Evaluates expressions, guards and data: the protocol of a language, and the native one.

Work is bounded: what can grow without end (loops, repetition, powers, large results) pays with fuel.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from editor.engine import shortcuts
from editor.engine.closures import Code, Compiler
from editor.engine.meter import MOST_STEPS, Meter, plain, size
from editor.engine.operations import FAILURES, readable
from editor.engine.sums import Sum
from editor.errors import ExpressionError
from editor.model import expressions
from editor.model.elements import Data

T = TypeVar("T")
_MOST_KEPT = 10_000
_MOST_ELEMENTS = 100_000_000  # only the depth of written data is looked at
_NO_LEAVES: tuple[str, ...] = ()


def _never(path: str) -> bool:
    return False


class Scope(NamedTuple):
    """What the names of an expression stand for; nothing in it is ever changed.

    `leaves` are the dotted paths of the active leaf states, `matches` says whether the state at a path is active.
    """

    context: Mapping[str, Any]
    event_type: str | None = None
    event_data: Any = None
    params: Any = None
    leaves: tuple[str, ...] = _NO_LEAVES
    matches: Callable[[str], bool] = _never


DataCode: TypeAlias = Callable[[Scope], Data]


class Evaluator(Protocol):
    """What the engine needs of a language. Closures are asked for once, when a step first needs them.

    What is wrong with a text its closure says, each time it is called, by an ExpressionError.
    """

    def data(self, value: Data, scope: Scope) -> Data:
        """Plain data in which every string is an expression."""

    def guard_code(self, text: str) -> Callable[[Any], bool]:
        """A closure that tells whether an expression holds."""

    def data_code(self, value: Data) -> Callable[[Any], Data]:
        """A closure that does what `data` does with one value."""

    def sum_of(self, key: str, value: Data) -> Sum | None:
        """What assigning a value to a key is, where it is a sum; any other value is none."""


class Program(NamedTuple):
    """What became of a text: closures that tell whether it holds, and what plain data it gives; and its parts."""

    holds: Callable[[Any], bool]
    value: Callable[[Any], Data]
    tree: ast.expr | None = None


class SafeEvaluator:
    """The native language (native format, "Expressions"). Each text is compiled once; for one thread at a time."""

    def __init__(self) -> None:
        self._programs: dict[str, Program] = {}
        self._data: dict[int, tuple[Data, DataCode]] = {}

    def guard(self, text: str, scope: Scope) -> bool:
        """Whether an expression holds.

        Raises:
            ExpressionError: it does not parse or cannot be evaluated; with text and, mostly, column.
        """
        return self._program(text).holds(scope)

    def value(self, text: str, scope: Scope) -> Data:
        """What an expression gives, as plain data; parts that come from the scope are shared with it.

        Raises:
            ExpressionError: it does not parse, cannot be evaluated, or gives too much; with text and, mostly, column.
        """
        return self._program(text).value(scope)

    def data(self, value: Data, scope: Scope) -> Data:
        """Plain data in which every string, at any depth, is an expression; keys and other scalars are themselves.

        Raises:
            ExpressionError: one of them cannot be evaluated, or together they give too much.
        """
        if isinstance(value, str):
            return self.value(value, scope)
        if not isinstance(value, list | dict):
            return value
        found = self._data.get(id(value))
        if found is None:
            if len(self._data) >= _MOST_KEPT:
                self._data.clear()
            # The value is kept beside its code, so that no other can get its id.
            found = self._data[id(value)] = (value, self.compile_data(value))
        return found[1](scope)

    def guard_code(self, text: str) -> Callable[[Any], bool]:
        """A closure that does what `guard` does with one text."""
        return self._program(text).holds

    def data_code(self, value: Data) -> Callable[[Any], Data]:
        """A closure that does what `data` does with one value."""
        if isinstance(value, str):
            return self._program(value).value
        if not isinstance(value, list | dict):
            return lambda scope: value
        return lambda scope: self.data(value, scope)

    def sum_of(self, key: str, value: Data) -> Sum | None:
        """What assigning a value to a key is, where it is a sum."""
        if isinstance(value, str):
            tree = self._program(value).tree
            return None if tree is None else shortcuts.sum_of(tree, key)
        return None if isinstance(value, list | dict | float) else Sum(key, value, is_added=False)

    def compile_data(self, value: Data) -> DataCode:
        """A closure that evaluates data; what holds no expression is shared by all its results.

        Raises:
            ExpressionError: the data is nested too deeply.
        """
        size(value, _MOST_ELEMENTS)
        code = self._data_code(value)
        if code is None:
            return lambda scope: value
        made = code

        def run(scope: Scope) -> Data:
            try:
                return plain(made(scope))
            except FAILURES as error:
                raise _with_text(error, "") from None

        return run

    def _data_code(self, value: Data) -> DataCode | None:
        """The closure of a part of data; None for a part without expressions."""
        if isinstance(value, str):
            text = value
            return lambda scope: self.value(text, scope)
        if isinstance(value, list):
            codes = [(each, self._data_code(each)) for each in value]
            if all(code is None for _, code in codes):
                return None
            return lambda scope: [each if code is None else code(scope) for each, code in codes]
        if isinstance(value, dict):
            pairs = [(key, each, self._data_code(each)) for key, each in value.items()]
            if all(code is None for _, _, code in pairs):
                return None
            return lambda scope: {key: each if code is None else code(scope) for key, each, code in pairs}
        return None

    def _program(self, text: str) -> Program:
        found = self._programs.get(text)
        if found is None:
            if len(self._programs) >= _MOST_KEPT:
                self._programs.clear()
            found = self._programs[text] = _compiled(text)
        return found


def _compiled(text: str) -> Program:
    """The program of a text; of one that does not parse, a program that raises what is wrong with it."""
    try:
        expression = expressions.parse(text)
        compiler = Compiler(expression)
        code, meter = compiler.compile(expression.tree), compiler.meter
    except ExpressionError as error:
        fail = _failing(error)
        return Program(fail, fail)

    return Program(
        shortcuts.guard(expression.tree, _metered(code, meter, text, bool)),
        shortcuts.value(expression.tree, _metered(code, meter, text, plain)),
        expression.tree,
    )


def _metered(code: Code, meter: Meter, text: str, give: Callable[[Any], T]) -> Callable[[Any], T]:
    """A closure that evaluates with fuel of its own and gives what `give` makes of the result."""

    def run(scope: Any) -> T:
        meter.left = MOST_STEPS
        try:
            return give(code(scope))
        except FAILURES as error:
            raise _with_text(error, text) from None

    return run


def _failing(error: ExpressionError) -> Code:
    def fail(scope: Scope) -> Any:
        raise ExpressionError(error.message, text=error.text, column=error.column)

    return fail


def _with_text(error: Exception, text: str) -> ExpressionError:
    if isinstance(error, ExpressionError):
        return ExpressionError(error.message, text=error.text or text, column=error.column)
    return ExpressionError(readable(error), text=text)
