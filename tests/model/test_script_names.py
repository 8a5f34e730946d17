from __future__ import annotations

import pytest

from editor.model import script_names


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("n > 0", "m > 0"),
        ("n + nn + $n", "m + nn + $n"),
        ("context.n === 'n'", "context.m === 'n'"),
        ("event.data.n || n", "event.data.n || m"),
        ("other.context.n", "other.context.n"),
        ("list[n] ? n : 0", "list[m] ? m : 0"),
        ('"n" + "it\\"s n"', '"n" + "it\\"s n"'),
        ("nothing here", "nothing here"),
    ],
)
def test_a_variable_is_renamed_and_what_only_looks_like_it_stays(text: str, renamed: str) -> None:
    assert script_names.rename_name(text, "n", "m") == renamed


@pytest.mark.parametrize(
    "text",
    [
        "list.map(n => n + 1)",
        "function (n) { return n }",
        "`${n}`",
        "n / 2",
        "{n: 1}",
        "f(n) // n",
        "let n = 1",
    ],
)
def test_where_it_is_not_certain_nothing_is_said(text: str) -> None:
    assert script_names.rename_name(text, "n", "m") is None


@pytest.mark.parametrize(
    ("name", "is_one"), [("a1", True), ("$", True), ("1a", False), ("for", False), ("a b", False)]
)
def test_what_can_be_a_name(name: str, is_one: bool) -> None:
    assert script_names.is_identifier(name) is is_one
