"""Markdown as texts that are drawn: laid out by Qt, in the colours of a theme; nothing is ever loaded for it.

What is written as HTML stays as it is written, and of a picture its description is left, since no file and no address
is looked at to draw a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)

from editor.canvas.measure import font
from editor.canvas.theme import Theme
from editor.layout.sizes import PIXELS, TextStyle

HEADINGS = (16, 14, 13)
"""Pixels of the headings of each level, in chart units; the last for all below."""
_INDENT = 16.0
_GAP = 5.0
_QUOTED = 12.0
_FENCE = re.compile(r" {0,3}(```|~~~)")
_OPENS = re.compile(r"\s*([-*+>#|~=_]|`{3}|\d+[.)]|\[[^\]]*\]:|$)| {4}|\t")
_CLOSES = re.compile(r"\s*([#|=]|[-*_]{3,}\s*$|$)| {4}|\t")
"""What a line begins with that is more than words: it opens something, or closes what stands before its end."""
_BREAK = "\u2028"
_FEATURES = QTextDocument.MarkdownFeature
_PROPERTY = QTextFormat.Property


class MarkdownText(QTextDocument):
    """A text in Markdown, laid out in a width; needs a QGuiApplication. Line breaks are kept as they are typed."""

    def __init__(self, text: str, width: float, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setIndentWidth(_INDENT)
        self.setDefaultFont(font(TextStyle.DETAIL))
        features = _FEATURES.MarkdownDialectGitHub | _FEATURES.MarkdownNoHTML
        self.setMarkdown(with_breaks(text.replace("\0", "")), features)
        self._dress()
        self.setTextWidth(max(width, 1.0))

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing: what a text names is not looked at."""
        return None

    @property
    def height(self) -> float:
        """The height of all of it."""
        return float(self.size().height())

    def fitting(self, height: float) -> float:
        """How much of a height its lines take that fit into it as a whole."""
        layout, found = self.documentLayout(), 0.0
        for block in self._blocks():
            top = layout.blockBoundingRect(block).top()
            lines = block.layout()
            for number in range(lines.lineCount()):
                line = lines.lineAt(number)
                bottom = top + line.y() + line.height()
                if bottom > height:
                    return found
                found = max(found, bottom)
        return found

    def link_at(self, at: QPointF) -> str:
        """Where the link at a place leads; empty for none."""
        return self.documentLayout().anchorAt(at)

    def draw(self, painter: QPainter, room: QRectF) -> None:
        """Draw what fits into a rectangle that begins where the painter's origin is."""
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor(self.theme.text))
        context.palette = palette
        context.clip = room
        self.documentLayout().draw(painter, context)

    def _dress(self) -> None:
        """Give headings, links, code and quotes their look, and put words in the place of pictures.

        What there is is noted first: a fragment is none any more once the text around it is changed.
        """
        blocks = list(self._blocks())
        runs = [
            (fragment.position(), fragment.length(), fragment.charFormat(), block.blockFormat())
            for block in blocks
            for fragment in _fragments(block)
        ]
        spaces = [(block.position(), _space(block)) for block in blocks]
        cursor = QTextCursor(self)
        for position, space in spaces:
            cursor.setPosition(position)
            cursor.mergeBlockFormat(space)
        for position, length, given, block_format in reversed(runs):
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            if given.isImageFormat():
                words = str(given.property(_PROPERTY.ImageAltText) or given.toImageFormat().name())
                plain = QTextCharFormat()
                plain.setForeground(QBrush(QColor(self.theme.quiet)))
                cursor.insertText(f"[{words}]" * length, plain)
            else:
                look = self._look(block_format, given)
                given.clearProperty(_PROPERTY.FontSizeAdjustment)
                given.merge(look)
                cursor.setCharFormat(given)

    def _look(self, block: QTextBlockFormat, given: QTextCharFormat) -> QTextCharFormat:
        size = PIXELS[TextStyle.DETAIL]
        made = QTextCharFormat()
        if block.headingLevel():
            size = HEADINGS[min(block.headingLevel(), len(HEADINGS)) - 1]
            made.setFontWeight(QFont.Weight.DemiBold)
        elif given.fontWeight() > QFont.Weight.Medium:
            made.setFontWeight(QFont.Weight.Bold)
        if given.fontFixedPitch() or _is_code(block):
            fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            made.setFontFamilies([fixed.family()])
            size -= 1
        sized = QFont()
        sized.setPixelSize(size)
        made.setFont(sized, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly)
        if given.isAnchor() and given.anchorHref():
            made.setForeground(QBrush(QColor(self.theme.accent_text)))
            made.setFontUnderline(True)
        elif block.intProperty(_PROPERTY.BlockQuoteLevel):
            made.setForeground(QBrush(QColor(self.theme.quiet)))
        return made

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.begin()
        while block.isValid():
            yield block
            block = block.next()


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    found: list[QTextFragment] = []
    place = block.begin()
    while not place.atEnd():
        found.append(place.fragment())
        place += 1
    return found


def _space(block: QTextBlock) -> QTextBlockFormat:
    """A little room below each block but the last, more above a heading; quotes are a little aside."""
    made, given, following = QTextBlockFormat(), block.blockFormat(), block.next()
    is_last = not following.isValid()
    is_listed = block.textList() is not None and not is_last and following.textList() is not None
    is_code = _is_code(given) and not is_last and _is_code(following.blockFormat())
    made.setBottomMargin(0.0 if is_last or is_code else 1.0 if is_listed else _GAP)
    made.setTopMargin(3.0 if given.headingLevel() and block.blockNumber() else 0.0)
    level = given.intProperty(_PROPERTY.BlockQuoteLevel)
    if level:
        made.setLeftMargin(_QUOTED * level)
        made.setRightMargin(0.0)
    return made


def _is_code(block: QTextBlockFormat) -> bool:
    return block.hasProperty(_PROPERTY.BlockCodeFence)


def with_breaks(text: str) -> str:
    """A text whose lines end where they were typed, which Markdown would run together."""
    found = ""
    is_fenced = False
    before = ""
    for number, line in enumerate(text.splitlines()):
        is_fence = _FENCE.match(line) is not None
        is_plain = not (is_fence or is_fenced or _OPENS.match(line) or _CLOSES.match(before))
        found += _BREAK + line.strip() if number and is_plain else ("\n" if number else "") + line
        is_fenced = is_fenced != is_fence
        before = "#" if is_fence else line
    return found
