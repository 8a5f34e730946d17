"""Rules about what is written inside one record: expressions that parse, guards and choices that decide something."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from typing import Any

from editor.errors import ExpressionError
from editor.model import expressions, walk
from editor.model.chart import Chart
from editor.model.elements import And, Choose, Expr, Guard, Not, Or
from editor.model.problems import Problem, Severity
from editor.model.uses import delay_expressions

_COMPARED: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}  # fmt: skip


def texts(inside: walk.Inside) -> Iterator[Problem]:
    """All rules of this file; expressions in another language than ours are not judged."""
    if inside.chart.info.is_native:
        yield from broken(inside)
        yield from decided(inside)
    yield from dead_branches(inside)


def broken(inside: walk.Inside) -> Iterator[Problem]:
    """Expressions that do not parse or use what is forbidden: they fail when evaluated."""
    for place, text in (*inside.expressions, *delay_expressions(inside)):
        try:
            expressions.parse(text)
        except ExpressionError as error:
            at = f" (character {error.column})" if error.column is not None else ""
            yield Problem(
                rule="expression", severity=Severity.WARNING, element=place.element, field=place.field,
                message=f"The expression “{shortened(text)}” cannot be evaluated: {error.message}{at}",
            )  # fmt: skip


def shortened(text: str, most: int = 60) -> str:
    """A text that fits into a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def decided(inside: walk.Inside) -> Iterator[Problem]:
    """Guards that always or never hold, by what is written in them; what a name means is left alone."""
    transitions = inside.chart.transitions
    for place, guard in inside.guards:
        if place.element not in transitions or place.field != "guard":
            continue
        holds = truth(guard)
        if holds is not None:
            yield Problem(
                rule="guard-always-holds" if holds else "guard-never-holds",
                severity=Severity.INFORMATION if holds else Severity.WARNING,
                element=place.element, field=place.field,
                message="This guard always holds." if holds
                else "This guard never holds, so the transition is never taken.",
                hint="Remove the guard, or let it ask something.",
            )  # fmt: skip


def truth(guard: Guard) -> bool | None:
    """Whether a guard holds, as far as its literals tell; None where anything else decides."""
    if isinstance(guard, Not):
        part = truth(guard.part)
        return None if part is None else not part
    if isinstance(guard, And | Or):
        parts = {truth(each) for each in guard.parts}
        decisive = isinstance(guard, Or)
        return decisive if decisive in parts else None if None in parts or not parts else not decisive
    if not isinstance(guard, Expr):
        return None
    try:
        parsed = expressions.parse(guard.text)
    except ExpressionError:
        return None
    return None if parsed.uses or parsed.calls or parsed.path_uses else _truth(parsed.tree)


def _truth(tree: ast.expr) -> bool | None:
    """Whether an expression of literals is true; None for one that is not so simple."""
    match tree:
        case ast.Constant(value=value):
            return bool(value)
        case ast.Name(id=name) if name in expressions.CONSTANTS:
            return bool(expressions.CONSTANTS[name])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            part = _truth(operand)
            return None if part is None else not part
        case ast.BoolOp(op=op, values=values):
            parts = [_truth(each) for each in values]
            decisive = isinstance(op, ast.Or)
            return decisive if decisive in parts else None if None in parts else not decisive
        case ast.Compare(left=ast.Constant(value=left), ops=[op], comparators=[ast.Constant(value=right)]):
            compare = _COMPARED.get(type(op))
            is_number = isinstance(left, int | float) and isinstance(right, int | float)
            return bool(compare(left, right)) if compare is not None and is_number else None
    return None


def dead_branches(inside: walk.Inside) -> Iterator[Problem]:
    """Branches of a choice behind one without a guard, which is always taken."""
    for place, action in inside.actions:
        if not isinstance(action, Choose):
            continue
        open_ended = next((number for number, each in enumerate(action.branches) if each.guard is None), None)
        if open_ended is not None and open_ended + 1 < len(action.branches):
            yield Problem(
                rule="shadowed-branch", severity=Severity.WARNING, element=place.element,
                field=place.at("choose").at(open_ended + 1).field,
                message="This branch is never taken: one before it has no guard.",
                hint="Move the one without a guard to the end.",
            )  # fmt: skip


def hidden_keys(chart: Chart) -> Iterator[Problem]:
    """Context keys that a reserved name hides."""
    if isinstance(chart.info.context, dict):
        for key in chart.info.context:
            if key in expressions.RESERVED:
                yield Problem(
                    rule="hidden-key", severity=Severity.WARNING, element=chart.info.id, field=f"context.{key}",
                    is_key=True,
                    message=f"The context key “{key}” is hidden by the reserved name.",
                    hint=f"Write context.{key}, or rename the key.",
                )  # fmt: skip
