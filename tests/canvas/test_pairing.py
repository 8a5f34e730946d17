from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.canvas.pairing import Typed, erased, typed

NESTED = st.recursive(
    st.text("ab /=.1", max_size=4),
    lambda inner: st.tuples(inner, st.sampled_from(["()", "[]", "{}"]), inner, inner).map(
        lambda parts: f"{parts[0]}{parts[1][0]}{parts[2]}{parts[1][1]}{parts[3]}"
    ),
    max_leaves=6,
)


def written(keys: str) -> Typed:
    """What a field holds after keys were pressed in it."""
    now = Typed("", 0)
    for key in keys:
        plain = Typed(now.text[: now.caret] + key + now.text[now.caret :], now.caret + 1)
        now = typed(now.text, now.caret, key) or plain
    return now


@given(NESTED)
def test_who_closes_brackets_by_hand_gets_what_was_typed(text: str) -> None:
    assert written(text) == Typed(text, len(text))


@pytest.mark.parametrize(
    ("keys", "text"),
    [("PAY [total > 9", "PAY [total > 9]"), ("x / f(", "x / f()"), ("a [b(c", "a [b(c)]"), ("]", "]")],
)
def test_what_is_open_is_closed_behind_the_caret(keys: str, text: str) -> None:
    assert written(keys).text == text


def test_a_bracket_before_a_word_stands_alone() -> None:
    assert typed("total > 9", 0, "[") is None


def test_a_bracket_that_is_missing_is_not_stepped_over() -> None:
    assert typed("[[a]", 3, "]") is None


def test_backspace_takes_an_empty_pair_and_no_other() -> None:
    assert erased("a []", 3) == Typed("a ", 2)
    assert erased("a [b]", 3) is None
    assert erased("[]", 0) is None
