from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from editor.completion.tips import WIDEST, plain


@pytest.mark.parametrize("text", ["<img src='file:///a.png'>", "<b>a</b> & b", "a < b", "&lt;", "<qt>x</qt>"])
def test_markup_is_shown_as_it_is_written(text: str) -> None:
    shown = QTextDocument()
    shown.setHtml(plain(text))
    assert shown.toPlainText() == text


def test_a_text_without_markup_stays_itself() -> None:
    assert plain("Error: a\nWarning: b") == "Error: a\nWarning: b"


@given(st.text(st.sampled_from("ab<>&/\"'= "), max_size=30))
def test_no_letter_is_taken_for_a_mark(text: str) -> None:
    shown = QTextDocument()
    shown.setHtml(plain(text)) if plain(text) != text else shown.setPlainText(text)
    assert shown.toPlainText().split() == text.split()


@given(st.text(st.sampled_from("ab<& \n\t"), max_size=400))
def test_no_line_is_longer_than_can_be_read_and_no_letter_is_lost(text: str) -> None:
    shown = QTextDocument()
    made = plain(text)
    shown.setHtml(made) if made.startswith("<qt>") else shown.setPlainText(made)
    lines = shown.toPlainText().split("\n")
    assert max(map(len, lines)) <= WIDEST
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_long_name_goes_on_below_and_a_long_sentence_between_words() -> None:
    assert [len(line) for line in plain("x" * 200).split("\n")] == [80, 80, 40]
    assert plain("word " * 20 + "end").split("\n")[0] == ("word " * 16).strip()
