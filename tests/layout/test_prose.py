from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.layout import prose
from editor.layout.prose import Piece, wrapped
from editor.model.prose import Look, plain


def width(text: str, look: Look) -> float:
    """Ten units a character, twelve where it is strong."""
    return len(text) * (12.0 if look is Look.STRONG else 10.0)


def texts(text: str, room: float, most: int = 99) -> list[str]:
    return ["".join(piece.text for piece in line) for line in wrapped(text, room, width, most).lines]


def test_words_are_broken_into_lines_and_keep_their_looks() -> None:
    found = wrapped("one **two** three", 90, width, 9)
    assert found.lines == [
        [Piece("one ", Look.PLAIN, 0.0), Piece("two", Look.STRONG, 40.0)],
        [Piece("three", Look.PLAIN, 0.0)],
    ]
    assert found.is_whole


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    found = wrapped("one two three four", 70, width, 2)
    assert ["".join(piece.text for piece in line) for line in found.lines] == ["one two", "three…"]
    assert not found.is_whole


def test_a_word_that_is_too_wide_is_cut() -> None:
    assert texts("abcdefghij", 50) == ["abcd…"]


def test_lines_of_the_text_stay_lines() -> None:
    assert texts("a\nb\n\nc", 500) == ["a", "b", "c"]


def test_no_room_for_a_line_is_told() -> None:
    assert wrapped("a", 100, width, 0) == prose.Prose([], is_whole=False)


@given(st.text(st.sampled_from("ab *_`\n-#"), max_size=60), st.integers(15, 200), st.integers(0, 5))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost_unsaid(text: str, room: int, most: int) -> None:
    found = wrapped(text, room, width, most)
    assert len(found.lines) <= most
    for line in found.lines:
        last = line[-1]
        assert last.x + width(last.text.rstrip(), last.look) <= room + 0.01
    shown = "".join(piece.text for line in found.lines for piece in line)
    if found.is_whole and "…" not in shown:
        assert shown.split() == plain(text).split() or "".join(shown.split()) == "".join(plain(text).split())
