"""FontMeasure: the sizes of texts in the fonts the picture is painted with, and those fonts."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from editor.layout.sizes import PIXELS, TextStyle


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


class FontMeasure:
    """Sizes of texts by Qt's font metrics; a `layout.sizes.Measure`. Widths are kept, since texts recur."""

    def __init__(self) -> None:
        self._widths: dict[tuple[str, TextStyle], float] = {}

    def width(self, text: str, style: TextStyle) -> float:
        """The width of a text in chart units."""
        place = (text, style)
        found = self._widths.get(place)
        if found is None:
            shown = text.upper() if style is TextStyle.REGION else text
            found = self._widths[place] = metrics(style).horizontalAdvance(shown)
        return found

    def height(self, style: TextStyle) -> float:
        """The height of a line in chart units."""
        return metrics(style).height()
