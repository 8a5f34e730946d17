"""Names of events inside expressions: what `event.type` is compared with."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from editor.errors import ExpressionError
from editor.model.expressions import Expression, parse, quoted


def rename_event(text: str, old: str, new: str) -> str:
    """An expression after an event was renamed: texts that are compared with `event.type`, and nothing else.

    A text that is no expression stays as it is.
    """
    if old not in text:
        return text
    try:
        expression = parse(text)
    except ExpressionError:
        return text
    for start, end in sorted(_compared(expression, old), reverse=True):
        text = text[:start] + quoted(new, text[start]) + text[end:]
    return text


def holds_text(text: str, wanted: str) -> bool:
    """Whether a text stands literally in an expression; what cannot be read holds none."""
    if wanted not in text:
        return False
    try:
        tree = parse(text).tree
    except ExpressionError:
        return False
    return any(isinstance(each, ast.Constant) and each.value == wanted for each in ast.walk(tree))


def _compared(expression: Expression, name: str) -> Iterator[tuple[int, int]]:
    """From where to where a name is written that `event.type` is compared with."""
    for part in ast.walk(expression.tree):
        if not isinstance(part, ast.Compare):
            continue
        sides = [part.left, *part.comparators]
        for operation, left, right in zip(part.ops, sides, sides[1:], strict=False):
            if isinstance(operation, ast.Eq | ast.NotEq):
                found = [right] if _is_type(left) else [left] if _is_type(right) else []
            elif isinstance(operation, ast.In | ast.NotIn) and _is_type(left):
                found = right.elts if isinstance(right, ast.List | ast.Tuple | ast.Set) else []
            else:
                found = []
            for each in found:
                if isinstance(each, ast.Constant) and each.value == name:
                    yield expression.positions.start(each), expression.positions.end(each)


def _is_type(part: ast.expr) -> bool:
    return (
        isinstance(part, ast.Attribute)
        and part.attr == "type"
        and isinstance(part.value, ast.Name)
        and part.value.id == "event"
    )
