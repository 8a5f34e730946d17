from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.completion.wave import NOTHING, stretch, stretch_of
from editor.errors import ChartError, ExpressionError


@pytest.mark.parametrize(
    ("text", "at", "shown"),
    [
        ("count > ready", 8, "ready"),
        ("count > ]", 8, "]"),
        ("a b", 9, "b"),
        ("n >   b", 4, ">"),
        ("user.name + 1", 0, "user.name"),
    ],
)
def test_a_wave_goes_to_the_end_of_the_word(text: str, at: int, shown: str) -> None:
    start, end = stretch(text, at)
    assert text[start:end] == shown


@given(st.text(max_size=20), st.integers(-3, 30))
def test_a_wave_stands_under_the_text_or_there_is_none(text: str, at: int) -> None:
    start, end = stretch(text, at)
    assert (start, end) == NOTHING if not text.rstrip() else 0 <= start < end <= len(text)


def test_an_error_about_a_part_is_found_in_the_whole() -> None:
    text = "first\nx = (1"
    assert stretch_of(ExpressionError("not closed", text="x = (1", column=5), text) == (10, 11)
    assert stretch_of(ChartError("there is none"), text) == (0, len(text))
    assert stretch_of(ChartError("there is none"), " ") == NOTHING
