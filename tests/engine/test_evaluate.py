"""Expressions give what they say, whatever the data; nothing reaches behind them, and nothing takes for ever."""

from __future__ import annotations

import builtins
import subprocess
import sys
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.engine.evaluate import SafeEvaluator, Scope
from editor.errors import ExpressionError
from editor.model.expressions import FUNCTIONS

CONTEXT: dict[str, Any] = {
    "a": 3, "b": 5, "x": 1.5, "t": True, "n": None, "s": "hello", "l": [3, 1, 2], "pairs": [["p", 1], ["q", 2]],
    "m": {"x": {"y": 2}, "kind": "k", "1": "one"}, "event": "hidden", "big": list(range(200_000)),
    "thousand": list(range(1000)),
}  # fmt: skip
SCOPE = Scope(
    context=CONTEXT, event_type="E", event_data={"k": 1}, params={"p": 2}, leaves=("p.q",),
    matches=lambda path: path in ("p", "p.q"),
)  # fmt: skip


def value(text: str, scope: Scope = SCOPE) -> Any:
    return SafeEvaluator().value(text, scope)


def failure(text: str, scope: Scope = SCOPE) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        SafeEvaluator().value(text, scope)
    return caught.value


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a + 1", 4), ("a - b", -2), ("a * b", 15), ("b / 2", 2.5), ("b // 2", 2), ("b % a", 2),
        ("a ** 2", 9), ("2 ** -1", 0.5), ("-a", -3), ("+a", 3), ("not a", False), ("s + '!'", "hello!"),
        ("l + [9]", [3, 1, 2, 9]), ("'ab' * 2", "abab"), ("a < b", True), ("1 < a < 4", True),
        ("1 < a > 4", False), ("a == 3.0", True), ("t == 1", True), ("s != 'x'", True), ("a in l", True),
        ("'ell' in s", True), ("'x' in m", True), ("1 in m", True), ("(1, 2) in m", False),
        ("9 not in l", True), ("n is None", True),
        ("null is n", True), ("a is not null", True), ("a and b", 5), ("n or s", "hello"),
        ("n and a.b", None), ("0 or '' or []", []), ("'big' if a > 5 else 'small'", "small"), ("m.x.y", 2),
        ("m['x']['y']", 2), ("m[1]", "one"), ("l[-1]", 2), ("l[1:]", [1, 2]), ("s[::-1]", "olleh"),
        ("s[0]", "h"), ("context.a", 3), ("context['event']", "hidden"), ("context.event", "hidden"),
        ("event.type", "E"), ("event.data.k", 1), ("event['data']", {"k": 1}),
        ("event", {"type": "E", "data": {"k": 1}}), ("params.p", 2), ("state", ["p.q"]),
        ("'p.q' in state", True), ("matches('p')", True), ("matches('z')", False),
        ("true and not false", True), ("null", None), ("[x * 2 for x in l if x > 1]", [6, 4]),
        ("[k + str(v) for k, v in pairs]", ["p1", "q2"]),
        ("[[x, y] for x in l if x > 1 for y in l if y > x]", [[2, 3]]),
        ("[x for x in [x for x in l]]", [3, 1, 2]), ("[x for x in l] + [x]", [3, 1, 2, 1.5]),
        ("[event for event in l]", [3, 1, 2]), ("[k for k in m]", ["x", "kind", "1"]),
        ("{k: v for k, v in pairs}", {"p": 1, "q": 2}), ("{x % 2 for x in l}", [0, 1]),
        ("{3, 1, 2}", [1, 2, 3]), ("{'b', 'a', 1}", [1, "a", "b"]), ("{'b', 'a'}", ["a", "b"]),
        ("{2: a}", {"2": 3}), ("{'k': a}", {"k": 3}), ("(1, (2,))", [1, [2]]), ("sum(x * 2 for x in l)", 12),
        ("sum(l, 10)", 16), ("sum([[1], [2]], [])", [1, 2]), ("min(l)", 1), ("max(a, b)", 5),
        ("max([], default=7)", 7), ("min((x for x in l), default=0)", 1),
        ("sorted(l, reverse=True)", [3, 2, 1]), ("sorted('ba')", ["a", "b"]), ("any(x > 2 for x in l)", True),
        ("all(x > 2 for x in l)", False), ("any(1 / (x - 1) > 0 for x in [3, 1])", True), ("abs(-2)", 2),
        ("round(2.5)", 2), ("round(1.25, 1)", 1.2), ("round(1234, -2)", 1200), ("round(5, -10 ** 9)", 0),
        ("len(m)", 3), ("int('12')", 12), ("int(-1.9)", -1), ("float('1.5')", 1.5), ("str(1)", "1"),
        ("str(true)", "True"), ("str([{2, 1}, 'a'])", "[{1, 2}, 'a']"), ("bool(l)", True), ("int()", 0),
        ("1 ** 10 ** 9", 1), ("(a +\n b)", 8), ("a +\n b # sum\n", 8), ("  a", 3),
    ],
)  # fmt: skip
def test_an_expression_gives_its_value(text: str, result: object) -> None:
    found = value(text)
    assert found == result
    assert type(found) is type(result)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("q + 1", 1, "no “q”"), ("1 + thresold", 5, "no “thresold”"),
        ("a + thousnd", 5, "did you mean “thousand”"), ("m.knd", 1, "did you mean “kind”"),
        ("m['z']", 1, "no “z”"), ("n.x", 1, "null"), ("s.length", 1, "len(…)"), ("a.b", 1, "only mappings"),
        ("event.k", 1, "event.data.k"), ("l[9]", 1, "outside"), ("l['a']", 1, "whole number"),
        ("a[0]", 1, "no parts"), ("1 / 0", 1, "divided by zero"), ("b % 0", 1, "divided by zero"),
        ("0 ** -1", 1, "negative power"), ("'x' < 3", 1, "a text with a number"),
        ("a < s", 1, "a number with a text"), ("n < 1", 1, "null with a number"),
        ("1 + 'x'", 1, "a number and a text"), ("s + 1", 1, "a text and a number"),
        ("s - a", 1, "a text and a number"), ("-s", 1, "a text"), ("'%s' % a", 1, "formatted"),
        ("int('x')", 1, "no whole number"), ("int(n)", 1, "not null"), ("len(a)", 1, "no length"),
        ("sum(['a'])", 1, "no texts"), ("min([])", 1, "default"),
        ("sorted([1, 'a'])", 1, "a text with a number"), ("{[1]}", 1, "numbers and texts"),
        ("[x for x in 5]", 13, "a list is needed"), ("[k for k, v in l]", 8, "taken apart"),
        ("1 in s", 1, "a text"), ("1 in a", 1, "into a number"), ("(1, l) in m", 1, "key of a mapping"),
        ("matches(5)", 1, "path"),
        ("(-8) ** 0.5", 1, "root"), ("s['a':]", 1, "whole numbers"), ("l[::0]", 1, "zero"),
        ("1e999", None, "infinite"), ("float('nan')", None, "undefined"), ("[1e999]", None, "infinite"),
        ("  a + q", 7, "no “q”"), ("a +\n  q", 7, "no “q”"), ("ä", 1, "no “ä”"), ("a &&", 3, "and"),
    ],
)  # fmt: skip
def test_a_failure_says_what_and_where(text: str, column: int | None, message: str) -> None:
    error = failure(text)
    assert message in error.message
    assert (error.column, error.text) == (column, text)
    assert "__" not in error.message


BOMBS = [
    "'a' * 10 ** 9", "[1] * 10 ** 9", "10 ** 9 * 'a'", "9 ** 9 ** 9", "2 ** 4096", "10 ** 2000 * 10 ** 2000",
    "int('9' * 100000)", "int('9' * 1300)", "[x for x in big for y in big]", "sum(1 for x in big)",
    "['a' * 1000000 for x in thousand]", "[big[0:] for x in thousand]",
    "[big == big + [1] for x in thousand]", "[str(big) for x in thousand]", "[sorted(big) for x in thousand]",
    "[min(big) for x in big]", "[x for x in big if x in big]", "[2 ** 4000 * x for x in big]",
    "[10 ** 1000 // (x + 1) for x in big]", "[int('9' * 1000) for x in big]",
    "[str(10 ** 1000) for x in big]", "{str(x) + 'a' * 100000: x for x in thousand}",
    "len({x * 2305843009213693951 for x in big})",
    "len({(p, q, r, t, u, v, w, z, y, x) for p in [-1, -2] for q in [-1, -2] for r in [-1, -2] for t in [-1, -2]"
    " for u in [-1, -2] for v in [-1, -2] for w in [-1, -2] for z in thousand for y in [1] for x in [1]})",
    "sum([[1] * 1000 for x in thousand], [])", "[['a' * 100000] * 100000]",
    "[any(y > x for y in big) for x in big]",
    "[x for x in l for y in l for z in l for w in l for v in l for u in l for t in l for q in [1] * 100]",
    "'%9999999999d' % 1", "[[big, big], [big, big], [big, big]]",
]  # fmt: skip


@pytest.mark.parametrize("text", BOMBS)
def test_a_bomb_is_an_error(text: str) -> None:
    failure(text)


def shared(levels: int) -> str:
    """A list that holds a list twice that holds a list twice …: 2 ** levels elements in little memory."""
    inner = "[1]"
    for _ in range(levels):
        inner = f"[[d, d] for d in [{inner}]][0]"
    return inner


@pytest.mark.parametrize(
    "around", ["{}", "{} == {}", "str({})", "[{}] < [{}]", "{} in [{}]", "max({}, {})", "sorted([{}, {}])"]
)
def test_lists_that_share_their_parts_do_not_explode(around: str) -> None:
    nested = shared(24)
    failure(around.replace("{}", nested))


def test_an_evaluation_has_fuel_of_its_own() -> None:
    evaluator = SafeEvaluator()
    for _ in range(300):
        assert evaluator.value("len([x for x in thousand])", SCOPE) == 1000


def test_a_failed_evaluation_leaves_nothing_behind() -> None:
    evaluator = SafeEvaluator()
    broken = Scope({"l": [1, 0]})
    for _ in range(3):
        with pytest.raises(ExpressionError):
            evaluator.value("[1 / x for x in l]", broken)
        assert evaluator.value("[1 / x for x in l]", Scope({"l": [2]})) == [0.5]


def test_deep_data_is_an_error_not_a_crash() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    scope = Scope({"deep": deep, "other": [deep]})
    for text in ("deep", "deep == other", "str(deep)", "sorted([deep, other])", "[deep]"):
        assert "deep" in failure(text, scope).message
    while deep != 1:  # taken apart from outside, as freeing it at once would recurse
        deep = deep.pop()


def test_each_event_may_not_double_the_data() -> None:
    """Parts are shared, so that doubling costs nothing: the size is counted as if they were not."""
    evaluator, context = SafeEvaluator(), Scope({"d": [1]})
    doubled: Any = {"l": "d", "r": "d"}
    for _ in range(17):
        context = Scope({"d": evaluator.data(doubled, context)})
    grown = Scope({"d": [context.context["d"]] * 8})
    with pytest.raises(ExpressionError, match="larger than 1,000,000"):
        evaluator.data(doubled, grown)


def test_a_number_cannot_grow_from_event_to_event() -> None:
    evaluator, scope = SafeEvaluator(), Scope({"n": 2**4095})
    with pytest.raises(ExpressionError, match="4,096 bits"):
        evaluator.value("n + n", scope)


def test_a_guard_is_a_truth_value() -> None:
    evaluator = SafeEvaluator()
    assert evaluator.guard("a < b", SCOPE) is True
    assert evaluator.guard("[]", SCOPE) is False
    with pytest.raises(ExpressionError) as caught:
        evaluator.guard("a &&", SCOPE)
    assert caught.value.column == 3


def test_nothing_is_changed_and_plain_parts_are_shared() -> None:
    before = repr(CONTEXT["m"])
    evaluator = SafeEvaluator()
    assert evaluator.value("m", SCOPE) is CONTEXT["m"]
    assert evaluator.value("[m, l + [1]]", SCOPE)[0] is CONTEXT["m"]
    evaluator.value("[m.x for k in l]", SCOPE)
    assert repr(CONTEXT["m"]) == before


def test_in_data_every_text_is_an_expression() -> None:
    data: Any = {"n": "a + 1", "deep": [{"t": "'open'", "k": 5, "no": None, "yes": True}], "a": "s"}
    evaluator = SafeEvaluator()
    result: Any = {"n": 4, "deep": [{"t": "open", "k": 5, "no": None, "yes": True}], "a": "hello"}
    assert evaluator.data(data, SCOPE) == result
    assert evaluator.compile_data(data)(SCOPE) == result
    assert evaluator.data(7, SCOPE) == 7
    assert evaluator.data("{1, 1}", SCOPE) == [1]


def test_data_without_expressions_is_shared() -> None:
    data: Any = {"fixed": [1, 2, {"k": None}], "live": "a"}
    first, second = (SafeEvaluator().data(data, SCOPE) for _ in range(2))
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert first["fixed"] is second["fixed"] is data["fixed"]
    assert SafeEvaluator().data(data["fixed"], SCOPE) is data["fixed"]


def test_a_failure_in_data_names_its_expression() -> None:
    with pytest.raises(ExpressionError) as caught:
        SafeEvaluator().data({"k": ["1", "1 + q"]}, SCOPE)
    assert (caught.value.text, caught.value.column) == ("1 + q", 5)


def test_sets_come_in_the_same_order_in_every_run() -> None:
    script = (
        "from editor.engine.evaluate import SafeEvaluator, Scope\n"
        "text = \"[str({'b', 'a', 'c', 1}), {'z', 'y', 2}, [x for x in {'q', 'r', 's'}]]\"\n"
        "print(SafeEvaluator().value(text, Scope({})))\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(found) == 1


# Random expressions give what Python gives.

DATA: dict[str, Any] = {
    "i": 3,
    "j": -2,
    "f": 0.5,
    "s": "ab",
    "l": [1, 2, 3],
    "m": {"k": 1, "v": [0]},
    "n": None,
    "t": True,
}
ATOMS = st.sampled_from(["0", "1", "2", "7", "0.5", "'a'", "'ab'", "True", "None", "[]", "()", *DATA])


def compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def filled(*templates: str) -> st.SearchStrategy[str]:
        return st.tuples(st.sampled_from(templates), inner, inner, inner).map(
            lambda parts: parts[0].replace("A", parts[1]).replace("B", parts[2]).replace("C", parts[3])
        )

    return st.one_of(
        filled("(A + B)", "(A - B)", "(A * B)", "(A / B)", "(A // B)", "(i % A)", "(-A)", "(+A)", "(not A)"),
        filled(
            "(A < B)",
            "(A <= B < C)",
            "(A == B)",
            "(A != B)",
            "(A > B)",
            "(A in B)",
            "(A not in B)",
            "(A is None)",
        ),
        filled("(A and B)", "(A or B or C)", "(A if B else C)", "A[B]", "A[B:C]", "m['k']"),
        filled(
            "[A, B]",
            "(A, B)",
            "sorted({A, B})",
            "(A in {B, C})",
            "({A, B} - {C} == {A})",
            "{'k': A, 'q': B}",
            "len(A)",
            "abs(A)",
            "sum(A)",
            "min(A, B)",
            "max(A)",
        ),
        filled(
            "[B for x in A]",
            "[x for x in A if B]",
            "len({x for x in A})",
            "({x for x in A} == {B})",
            "{'k': B for x in A}",
            "[y for x in A for y in B]",
        ),
        filled(
            "any(x for x in A)",
            "all(B for x in A)",
            "sum(x for x in A)",
            "sorted(A)",
            "sorted(A, reverse=not B)",
        ),
        filled("int(A)", "float(A)", "bool(A)", "round(A)", "max(A, default=B)", "str(A)", "sum(A, B)"),
    )


def settled(found: Any) -> Any:
    """Python's result as plain data."""
    if isinstance(found, list | tuple):
        return [settled(each) for each in found]
    if isinstance(found, set):
        try:
            return settled(sorted(found))
        except TypeError:
            return settled(sorted(found, key=lambda each: (type(each).__name__, repr(each))))
    if isinstance(found, dict):
        return {key: settled(each) for key, each in found.items()}
    return found


def of_python(text: str) -> Any:
    """What Python's own eval gives, or ExpressionError where it fails."""
    functions = {name: getattr(builtins, name) for name in FUNCTIONS if name != "matches"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return settled(eval(text, {"__builtins__": functions, **DATA}))
    except (TypeError, ValueError, ArithmeticError, LookupError):
        return ExpressionError


@settings(max_examples=300, deadline=None)
@given(st.recursive(ATOMS, compound, max_leaves=10))
def test_random_expressions_give_what_python_gives(text: str) -> None:
    try:
        found: Any = SafeEvaluator().value(text, Scope(DATA))
    except ExpressionError:
        found = ExpressionError
    assert repr(found) == repr(of_python(text))


FUZZ = st.lists(
    st.sampled_from(
        [
            "a", "b", "l", "m", "s", "n", "big", "event", "context", "state", "params", ".x", ".k", "[0]",
            "[1:]", "(", ")", "[", "]", "{", "}", " + ", " * ", " ** ", " % ", " / ", " in ", " for x in ",
            " if ", " else ", "x", "len(", "sum(", "str(", "sorted(", "max(", "matches(", "'p'", "9", "99999",
            ",", ": ", "not ", "-",
        ]
    ), max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(FUZZ)
def test_only_expression_errors_escape(text: str) -> None:
    error = None
    try:
        SafeEvaluator().value(text, SCOPE)
    except ExpressionError as found:
        error = found
    if error is not None:
        assert error.text == text
        assert error.column is None or 1 <= error.column <= len(text) + 1
