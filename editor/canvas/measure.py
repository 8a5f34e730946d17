"""The fonts the picture is painted with, and the sizes of texts in them: of those that are drawn and of cards alike."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from editor.layout.sizes import PIXELS, TextStyle

_KEPT = 60_000
"""Widths that are kept, since texts recur: those that were asked for last."""


@cache
def font(style: TextStyle) -> QFont:
    """The system's font for a style, in chart units (pixels at 100 %); needs a QGuiApplication.

    Names of regions are written in capitals by the painter, since SVG has no fonts that do it.
    """
    made = QFont(QGuiApplication.font())
    made.setPixelSize(PIXELS[style])
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if style is TextStyle.TITLE:
        made.setWeight(QFont.Weight.DemiBold)
    elif style is TextStyle.STRONG:
        made.setWeight(QFont.Weight.Bold)
    elif style is TextStyle.EMPHASIS:
        made.setItalic(True)
    elif style is TextStyle.CODE:
        made.setFamilies([QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])
    elif style is TextStyle.REGION:
        made.setWeight(QFont.Weight.Medium)
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8)
    return made


@cache
def metrics(style: TextStyle) -> QFontMetricsF:
    """The metrics of a style's font."""
    return QFontMetricsF(font(style))


@lru_cache(maxsize=_KEPT)
def width(text: str, style: TextStyle) -> float:
    """The width of a text as it is written, in chart units."""
    return metrics(style).horizontalAdvance(text)


@cache
def line_height(style: TextStyle) -> float:
    """The height of a line in chart units."""
    return metrics(style).height()


class FontMeasure:
    """Sizes of texts by Qt's font metrics; a `layout.sizes.Measure`."""

    def width(self, text: str, style: TextStyle) -> float:
        """The width of a text in chart units, in capitals where it is written so."""
        return width(text.upper() if style is TextStyle.REGION else text, style)

    def height(self, style: TextStyle) -> float:
        """The height of a line in chart units."""
        return line_height(style)
