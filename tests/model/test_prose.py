from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.model.prose import Look, Run, lines_of, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [Run("plain")]),
        ("a **b c** d", [Run("a "), Run("b c", Look.STRONG), Run(" d")]),
        ("__b__", [Run("b", Look.STRONG)]),
        ("*b* and _c_", [Run("b", Look.EMPHASIS), Run(" and "), Run("c", Look.EMPHASIS)]),
        ("`x * y * z`", [Run("x * y * z", Look.CODE)]),
        ("[book](https://example.org)", [Run("book")]),
        ("![a cat](cat.png)", [Run("a cat")]),
        ("# Head *one*", [Run("Head ", Look.STRONG), Run("one", Look.STRONG)]),
        ("- one", [Run("• one")]),
        ("snake_case_name", [Run("snake_case_name")]),
        ("2 * 3 * 4", [Run("2 * 3 * 4")]),
        ("**", [Run("**")]),
        ("a*b", [Run("a*b")]),
    ],
)
def test_marks_become_looks(text: str, expected: list[Run]) -> None:
    assert lines_of(text) == [expected]


def test_each_line_stands_alone_and_empty_ones_are_left_out() -> None:
    assert plain("# One\n\n- *two*\n  - three\n \nfour\n") == "One\n• two\n• three\nfour"


WORDS = st.text(st.sampled_from("abc 12.,"), max_size=30)


@given(WORDS)
def test_words_without_marks_stay_as_they_are(text: str) -> None:
    assert plain(text) == text.strip()


@given(st.text(max_size=80))
def test_any_text_has_lines_with_words_in_them(text: str) -> None:
    for runs in lines_of(text):
        assert runs
        assert all(run.text for run in runs)
