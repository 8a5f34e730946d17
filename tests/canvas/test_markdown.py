"""Markdown as it is drawn: marks become looks, lines stay lines, nothing is loaded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QUrl
from PySide6.QtGui import QFont, QImage, QPainter, QTextDocument

from editor.canvas.markdown import HEADINGS, MarkdownText, with_breaks
from editor.canvas.noting import is_safe
from editor.canvas.theme import load_theme

LIGHT = load_theme("light")
WIDTH = 220.0


def text_of(text: str) -> MarkdownText:
    return MarkdownText(text, WIDTH, LIGHT)


def looks(text: str) -> dict[str, QFont]:
    """The font of each run of characters."""
    found: dict[str, QFont] = {}
    made = text_of(text)
    block = made.begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            fragment = place.fragment()
            found[fragment.text()] = fragment.charFormat().font()
            place += 1
        block = block.next()
    return found


def test_marks_become_looks() -> None:
    found = looks("# Head\n\nplain **bold** *slanted* `code`\n")
    assert found["bold"].weight() == QFont.Weight.Bold
    assert found["slanted"].italic()
    assert not found["plain "].italic()
    assert found["Head"].pixelSize() == HEADINGS[0]
    assert found["Head"].pixelSize() > found["plain "].pixelSize()
    assert found["code"].families() != found["plain "].families()


def test_a_list_has_a_line_for_each_item() -> None:
    assert text_of("- a\n- b\n  - c\n").toPlainText() == "a\nb\nc"
    assert text_of("- a\n- b\n").height > text_of("a").height


def test_a_link_says_where_it_leads() -> None:
    made = text_of("[runbook](https://example.org/run) and more")
    assert made.link_at(QPointF(5, 5)) == "https://example.org/run"
    assert made.link_at(QPointF(WIDTH - 5, 5)) == ""


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://example.org", True), ("http://example.org", True), ("mailto:a@example.org", True),
        ("file:///etc/passwd", False), ("javascript:alert(1)", False), ("a.html", False), ("", False),
        ("data:text/html,x", False), ("HTTPS://example.org", True),
    ],
)  # fmt: skip
def test_only_pages_and_mail_are_opened(link: str, expected: bool) -> None:
    assert is_safe(link) is expected


@pytest.mark.parametrize(
    "text",
    [
        "![a cat](https://example.org/cat.png)", "![a cat](cat.png)", "![a cat](file:///cat.png)",
        "![a cat][1]\n\n[1]: https://example.org/cat.png", "[![a cat](cat.png)](https://example.org)",
    ],
)  # fmt: skip
def test_pictures_are_words_and_nothing_is_loaded(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QTextDocument, "loadResource", lambda *given: asked.append(given))
    monkeypatch.setattr(MarkdownText, "loadResource", lambda *given: asked.append(given))
    made = text_of(text)
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        made.draw(painter, QRectF(0, 0, 300, 100))
    assert made.toPlainText() == "[a cat]"
    assert asked == []


def test_nothing_is_found_for_what_a_text_names() -> None:
    assert text_of("a").loadResource(2, QUrl("file:///etc/hostname")) is None


def test_markup_stays_as_it_is_written() -> None:
    assert "<img src=x>" in text_of("<img src=x> and <b>this</b>").toPlainText()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "one\u2028two"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("# one\ntwo", "# one\ntwo"),
        ("one\n- two\n- three", "one\n- two\n- three"),
        ("- one\n  more\n- two", "- one\u2028more\n- two"),
        ("```\na\nb\n```\nc\nd", "```\na\nb\n```\nc\u2028d"),
        ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |"),
        ("one\n===", "one\n==="),
        ("a\n\n    x\n    y", "a\n\n    x\n    y"),
    ],
)
def test_lines_end_where_they_were_typed(text: str, expected: str) -> None:
    assert with_breaks(text) == expected


WORD = st.text(st.sampled_from("abcdefghij "), min_size=1, max_size=20).filter(lambda text: text.strip())


@given(st.lists(WORD, min_size=1, max_size=6))
def test_plain_lines_stay_lines(lines: list[str]) -> None:
    shown = text_of("\n".join(line.strip() for line in lines)).toPlainText()
    assert [line.split() for line in shown.splitlines()] == [line.split() for line in lines]


MARKS = st.text(st.sampled_from("#*-_`>[]()!|~<&\\\n\t 1.ax\u2028\0\ufffc"), max_size=60)


@settings(deadline=None, max_examples=200)
@given(MARKS | st.text(max_size=60), st.floats(1, 400))
def test_any_text_is_laid_out_and_drawn(text: str, width: float) -> None:
    made = MarkdownText(text, width, LIGHT)
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        made.draw(painter, QRectF(0, 0, 64, 64))
    assert made.height >= 0
    assert made.fitting(40) <= 40
