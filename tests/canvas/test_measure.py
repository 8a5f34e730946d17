"""Sizes of texts: cards are made as wide as what is drawn on them, and no more widths are kept than a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from editor.canvas import measure
from editor.canvas.measure import FontMeasure, font, width
from editor.layout.sizes import TextStyle

STYLES = st.sampled_from(TextStyle)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


@given(text=TEXTS, style=STYLES)
def test_a_card_counts_with_the_width_that_is_drawn(qapp: QApplication, text: str, style: TextStyle) -> None:
    drawn = text.upper() if style is TextStyle.REGION else text
    expected = QFontMetricsF(font(style)).horizontalAdvance(drawn)
    assert FontMeasure().width(text, style) == expected
    assert width(drawn, style) == expected


@pytest.mark.parametrize("style", TextStyle)
def test_a_line_is_as_high_as_its_font(qapp: QApplication, style: TextStyle) -> None:
    assert FontMeasure().height(style) == measure.line_height(style) == QFontMetricsF(font(style)).height()


def test_a_text_is_measured_once_for_card_and_drawing(qapp: QApplication) -> None:
    width.cache_clear()
    FontMeasure().width("a text of two", TextStyle.LABEL)
    FontMeasure().width("a text of two", TextStyle.LABEL)
    width("a text of two", TextStyle.LABEL)
    assert width.cache_info().misses == 1


def test_the_widths_that_are_kept_are_bounded(qapp: QApplication) -> None:
    most = width.cache_info().maxsize
    assert most is not None
    for number in range(most + 100):
        width(f"{number}", TextStyle.LABEL)
    assert width.cache_info().currsize == most
    width.cache_clear()
