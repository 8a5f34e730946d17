"""Expressions give what they say, and nothing reaches behind them."""

from __future__ import annotations

import pytest

from editor.engine.evaluate import SafeEvaluator, Scope
from editor.errors import ExpressionError

SCOPE = Scope(
    context={"a": 3, "l": [1, 2, 3], "m": {"x": {"y": 2}}},
    event_type="E",
    event_data={"k": 1},
    leaves=("p.q",),
    matches=lambda path: path == "p",
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + 1", 4), ("sum(x * 2 for x in l)", 12), ("m.x.y", 2), ("m['x']['y']", 2),
        ("[x for x in l if x > 1]", [2, 3]),
        ("event.data.k", 1), ("event.type", "E"), ("'big' if a > 5 else 'small'", "small"), ("1 < a < 4", True),
        ("sorted(l, reverse=True)", [3, 2, 1]), ("{'k': a}", {"k": 3}), ("state", ["p.q"]), ("matches('p')", True),
        ("true and not false", True), ("null", None), ("{3, 1, 2}", [1, 2, 3]), ("l[1:]", [2, 3]), ("context.a", 3),
    ],
)  # fmt: skip
def test_an_expression_gives_its_value(text: str, value: object) -> None:
    assert SafeEvaluator().value(text, SCOPE) == value


@pytest.mark.parametrize(
    "text",
    [
        "().__class__", "a.__class__", "open('x')", "__import__('os')", "(lambda: 1)()", "9 ** 9 ** 9", "'a' * 10 ** 9",
        "[x for x in l for y in l for z in l for w in l for v in l for u in l for t in l for s in l for r in l"
        " for q in l for p in l]", "(" * 5000, "-" * 5000 + "1", "1" + "+1" * 5000, "'%s' % a", "a &&", "b", "m.z",
        "1 / 0",
        "'x' < 3", "f'{a}'", "int('9' * 100000)", "[" * 80 + "]" * 80, "", "x := 1", "*l",
    ],
)  # fmt: skip
def test_what_is_not_allowed_or_fails_is_an_expression_error(text: str) -> None:
    with pytest.raises(ExpressionError):
        SafeEvaluator().value(text, SCOPE)
