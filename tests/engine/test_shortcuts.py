"""The short closures of frequent shapes give what the general ones give, and fail as they do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.engine.evaluate import SafeEvaluator, Scope
from editor.errors import ExpressionError

NUMBERS = st.one_of(
    st.integers(-5, 5), st.floats(allow_nan=True), st.booleans(), st.just(1 << 60), st.just(-(1 << 70))
)
VALUES = st.one_of(
    NUMBERS, st.none(), st.sampled_from(["", "x", "xy"]), st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from("kl"), st.integers(0, 2), max_size=1),
)  # fmt: skip
CONTEXTS = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES)
KEYS = st.sampled_from(["a", "b", "context.a", "context.c"])
OTHERS = st.one_of(KEYS, st.sampled_from(["0", "1.5", "1e308", "'x'", "true", "null", "1152921504606846976"]))
SUMS = st.builds("{} {} {}".format, KEYS, st.sampled_from("+-"), OTHERS)
COMPARISONS = st.builds("{} {} {}".format, KEYS, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), OTHERS)
GUARDS = st.recursive(
    st.one_of(COMPARISONS, KEYS),
    lambda parts: st.one_of(
        st.builds("({}) and ({})".format, parts, parts),
        st.builds("({}) or ({})".format, parts, parts),
        st.builds("not ({})".format, parts),
    ),
    max_leaves=4,
)


def _outcome(text: str, context: dict[str, Any], *, is_guard: bool) -> tuple[str, bool]:
    """What an expression gives, as text, so that kinds count; or what is wrong, and whether it says in which text."""
    evaluator, scope = SafeEvaluator(), Scope(context)
    try:
        found = evaluator.guard(text, scope) if is_guard else evaluator.value(text, scope)
    except ExpressionError as error:
        return error.message, error.text == text
    return repr(found), True


@given(st.one_of(SUMS, COMPARISONS, KEYS), CONTEXTS)
def test_a_value_is_that_of_the_general_way(text: str, context: dict[str, Any]) -> None:
    general = _outcome(f"[{text}][0]", context, is_guard=False)
    assert _outcome(text, context, is_guard=False) == general


@given(GUARDS, CONTEXTS)
def test_a_guard_is_that_of_the_general_way(text: str, context: dict[str, Any]) -> None:
    general = _outcome(f"[{text}][0]", context, is_guard=True)
    assert _outcome(text, context, is_guard=True) == general


@pytest.mark.parametrize("text", ["a == b", "a == b and a == b", "not a == b"])
def test_what_may_cost_much_pays_for_it(text: str) -> None:
    nested: list[Any] = [0] * 100
    for _ in range(4):
        nested = [nested] * 100
    other = list(nested)
    with pytest.raises(ExpressionError, match="steps"):
        SafeEvaluator().guard(text, Scope({"a": nested, "b": other}))


def test_a_failed_evaluation_leaves_fuel_for_the_next() -> None:
    evaluator = SafeEvaluator()
    holds = evaluator.guard_code("a == b")
    large = [[0] * 1000] * 2000
    for _ in range(3):
        with pytest.raises(ExpressionError, match="steps"):
            holds(Scope({"a": large, "b": list(large)}))
        assert holds(Scope({"a": [1], "b": [1]})) is True
