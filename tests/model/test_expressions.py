"""Expressions are checked before anything runs them, say where they fail, and can be renamed in place."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import ExpressionError
from editor.model.expressions import is_plain_name, nearest, parse, rename_name, rename_path


def refusal(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "advice"),
    [
        ("a && b", 3, "and"), ("a || b", 3, "or"), ("!a", 1, "not"), ("a === b", 3, "=="),
        ("a !== b", 3, "!="), ("a = 3", 3, "=="), ("x++", 2, "x + 1"), ("a ? b : c", 3, "if"),
        ("x => 1", 3, "functions"), ("a <> b", 3, "!="), ("a AND b", 3, "small"), ("“x” == y", 1, "straight"),
        ("x += 1", 3, "assign"), ("x := 1", 3, "assign"), ("a; b", 2, "one expression"), ("$a", 1, "letters"),
        ("  a && b", 5, "and"), ("'&&' == a && b", 11, "and"), ("(a or\n b && c)", 10, "and"),
    ],
)  # fmt: skip
def test_a_slip_from_another_language_gets_advice(text: str, column: int, advice: str) -> None:
    error = refusal(text)
    assert advice in error.message
    assert (error.column, error.text) == (column, text)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "empty"), ("   ", 1, "empty"), ("(a", 1, "never closed"), ("a)", 2, "closes nothing"),
        ("(a]", 3, "another kind"), ("'abc", 1, "never closed"), ("1abc", 1, "digit"),
        ("007", 1, "begin with 0"), ("a b", 3, "complete"), ("a\0", 2, "null"), ("a +", 4, "complete"),
        ("a) + (b", 2, "closes nothing"), ("(a\n) + )\n(", 8, "closes nothing"),
    ],
)  # fmt: skip
def test_what_is_no_expression_says_where(text: str, column: int, message: str) -> None:
    error = refusal(text)
    assert message in error.message
    assert error.column == column


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("lambda: 1", 1), ("(x := 1)", 2), ("[*l]", 2), ("len(*l)", 5), ("len(**m)", 1), ("{**m}", 1),
        ("f'{a}'", 1), ("b'x'", 1), ("1j", 1), ("...", 1), ("a & b", 1), ("a | b", 1), ("a ^ b", 1),
        ("~a", 1), ("a << 1", 1), ("a @ b", 1), ("(yield)", 2), ("(await x)", 2), ("(x for x in l)", 1),
        ("[(x for x in l)]", 2), ("len(x for x in l)", 4), ("sum([], (x for x in l))", 9), ("open('x')", 1),
        ("l.append(1)", 1), ("l[0]()", 1), ("len()", 1), ("len(a, b)", 1), ("matches()", 1),
        ("sorted(l, key=len)", 11), ("round(a, ndigits=1)", 10), ("max(1, 2, default=3)", 1), ("a is 1", 1),
        ("1 is a is None", 1), ("l[1:2, 3]", 3), ("[x for l[0] in l]", 8), ("[1 for (a, (b, c)) in l]", 12),
        ("[1 for true in l]", 8), ("[x async for x in l]", 1), ("0x" + "f" * 2000, 1),
        ("__import__('os')", 1), ("().__class__", 1), ("a.__dict__", 1), ("__a", 1), ("[1 for __x in l]", 8),
        ("a.__class\uff3f\uff3f", 1), ("x + a.__b", 5), ("ä.x + ö.__b", 7), ("(a +\n ä + b.__c)", 11),
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_is_refused_where_it_stands(text: str, column: int) -> None:
    error = refusal(text)
    assert error.column == column
    assert error.message.endswith(".") is False


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000, "[" * 80 + "]" * 80, "{" * 5000, "((" * 40 + "a" + "))" * 40, "-" * 5000 + "1",
        "not " * 2000 + "a", "1" + "+1" * 4000, "2" + "**2" * 3000, "a" + ".a" * 4000, "a" + "[0]" * 3000,
        "a if a else " * 700 + "a", "(" * 50 + "-" * 39 + "(" * 50, "a" * 10_001, "[" * 5000 + "x" * 10,
        "[1 " + "for x in l " * 600 + "]", "f(" * 3000, "lambda: " * 1200 + "1", "{1:" * 3000,
        "x for x in " * 900,
    ],
)  # fmt: skip
def test_what_is_too_large_or_deep_is_refused(text: str) -> None:
    refusal(text)


def test_brackets_inside_a_text_are_no_nesting() -> None:
    assert parse("'" + "(" * 500 + "'").names == frozenset()


def test_it_may_go_over_lines_and_positions_count_over_them() -> None:
    found = parse("  ä > 1\n  and b < 2  # why\n")
    assert found.names == {"ä", "b"}
    assert [(use.name, use.start) for use in found.uses] == [("ä", 2), ("b", 14)]


def test_names_are_free_names() -> None:
    found = parse("a + sum(x * b for x in l if x > c.d) + len(e['f']) + (true or null or len)")
    assert found.names == {"a", "b", "l", "c", "e", "len"}
    assert found.calls == {"sum", "len"}


def test_the_first_list_of_a_loop_is_outside_of_it() -> None:
    assert [(use.name, use.start) for use in parse("[x for x in x]").uses] == [("x", 12)]


def test_literal_paths_of_matches_are_known() -> None:
    found = parse("matches('a.b') and not matches( \"c\" ) or matches(d)")
    assert [(use.path, use.start) for use in found.path_uses] == [("a.b", 8), ("c", 32)]
    assert found.paths == ("a.b", "c")


def test_python_warns_nobody() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parse(r"'\d' == a or 1or 2").names == {"a"}


@pytest.mark.parametrize(
    "text", ["belowThreshold", "_x", "$x", "x$1", "größer", "len", "event", "pass", "a1"]
)
def test_a_plain_name(text: str) -> None:
    assert is_plain_name(text)


@pytest.mark.parametrize(
    "text", ["", "a.b", "a-b", "1a", "a b", "a\n", "true", "None", "not", "and", "a(", "'a'", "a == b"]
)
def test_no_plain_name(text: str) -> None:
    assert not is_plain_name(text)


def test_the_nearest_word() -> None:
    assert nearest("failurs", ["threshold", "failures"]) == "failures"
    assert nearest("x", ["threshold"]) is None
    assert nearest("a" * 100_000, ["a"]) is None


@pytest.mark.parametrize(
    ("text", "new", "renamed"),
    [
        ("old + 1", "new", "new + 1"), ("old  +  older - old.old", "n", "n  +  older - n.old"),
        ("'old' + old", "new", "'old' + new"),
        ("context.old + context['old'] + context[\"old\"]", "new", "context.new + context['new'] + context[\"new\"]"),
        ("event.data.old + params.old", "new", "event.data.old + params.old"),
        ("[old for old in l]", "new", "[old for old in l]"),
        ("[old for old in old]", "new", "[old for old in new]"),
        ("[x + old for x in l]", "x", "[x + context['x'] for x in l]"),
        ("old > 1", "event", "context['event'] > 1"), ("context.old", "event", "context.event"),
        ("old > 1", "two words", "context['two words'] > 1"),
        ("context.old > 1", "a-b", "context['a-b'] > 1"),
        ("context['old'] > 1", "it's", 'context["it\'s"] > 1'), ("old > 1", "true", "context['true'] > 1"),
        ("old > 1", "class", "context['class'] > 1"), ("len(old)", "len", "len(len)"),
        ("sorted(reverse, reverse=old)", "b", "sorted(reverse, reverse=b)"),
        ("größe + old +\n  old", "ü", "größe + ü +\n  ü"), ("old &&", "new", "old &&"),
        ("matches('old')", "new", "matches('old')"),
    ],
)  # fmt: skip
def test_renaming_a_key_changes_only_its_characters(text: str, new: str, renamed: str) -> None:
    assert rename_name(text, "old", new) == renamed


def test_a_reserved_name_is_not_the_key_it_hides() -> None:
    assert rename_name("event.type + context.event", "event", "sent") == "event.type + context.sent"


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("matches('a.b')", "matches('x.y')"), ('not  matches("a.b.c")', 'not  matches("x.y.c")'),
        ("matches('a.bc') or matches('a')", "matches('a.bc') or matches('a')"), ("'a.b' == s", "'a.b' == s"),
        ("matches('a.b') and matches('a.b.c.d')", "matches('x.y') and matches('x.y.c.d')"),
        ("matches('a.b'", "matches('a.b'"),
    ],
)  # fmt: skip
def test_renaming_a_path_takes_what_is_below_with_it(text: str, renamed: str) -> None:
    assert rename_path(text, "a.b", "x.y") == renamed


NAMES = st.sampled_from(["old", "new", "x", "older", "context", "len"])
TERMS = st.recursive(
    st.one_of(NAMES, st.just("context.old"), st.just("context['old']"), st.just("'old'")),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"{two[0]} + {two[1]}"),
        st.tuples(NAMES, inner, inner).map(lambda three: f"[{three[1]} for {three[0]} in {three[2]}]"),
        inner.map(lambda one: f"len({one}).old"),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(TERMS)
def test_a_renamed_key_is_reached_wherever_the_old_one_was(text: str) -> None:
    renamed = rename_name(text, "old", "fresh")
    assert [use.form for use in parse(renamed).uses if use.name == "fresh"] == [
        use.form for use in parse(text).uses if use.name == "old"
    ]
    assert rename_name(renamed, "fresh", "old") == text


PIECES = st.sampled_from(
    [
        *"()[]{}.,:+-*/%<>=!&|^~?'\"\\\n\t \0#@$;`", "**", "//", "==", "not ", " if ", " else ", " for ",
        " in ", " and ", "lambda", "a", "b1", "__c", "0", "1.5", "1e9", "len", "matches", "'x'", "f'", "True",
        "ä", "\u2028", "\ud800",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60)))
def test_only_expression_errors_escape_and_point_into_the_text(text: str) -> None:
    error = None
    try:
        parse(text)
    except ExpressionError as found:
        error = found
    if error is not None:
        assert error.text == text
        assert error.column is None or 1 <= error.column <= len(text) + 1
