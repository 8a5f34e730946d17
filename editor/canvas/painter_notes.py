"""How notes are drawn: a sheet with a folded corner and its text; from far away the sheet and its first words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QPolygonF

from editor.canvas.inks import Inks
from editor.canvas.measure import font, metrics
from editor.canvas.shapes import NoteShape
from editor.canvas.theme import Theme, load_theme
from editor.document.notes import headline
from editor.geometry import Rect
from editor.layout.sizes import TextStyle

if TYPE_CHECKING:
    from editor.canvas.markdown import MarkdownText

PAD = 10.0
"""Chart units between the border of a note and its text."""
FOLD = 12.0
_FAR_PAD = 4.0
_LEAST_FAR = 28.0
_TEXT_ROOM = 2.0
_MOST_THEMES = 4


def height_for(text: str, width: float) -> float:
    """How high a note of this width has to be for all of its text; needs a QGuiApplication."""
    return _laid_out(text, width, load_theme("light")).height + 2 * PAD


def words(shape: NoteShape, theme: Theme) -> MarkdownText:
    """The text of a note, laid out in a theme; made when first asked for."""
    found = shape.near.get(theme)
    if found is None:
        if len(shape.near) > _MOST_THEMES:
            shape.near.clear()
        found = shape.near[theme] = _laid_out(shape.text, shape.rect.width, theme)
    return found


def _laid_out(text: str, width: float, theme: Theme) -> MarkdownText:
    """The text of a note of a width."""
    from editor.canvas.markdown import MarkdownText  # noqa: PLC0415 - most charts are opened without a note

    return MarkdownText(text, width - 2 * PAD, theme)


def link_at(shape: NoteShape, theme: Theme, x: float, y: float) -> str:
    """Where the link at a place of the chart leads; empty for none."""
    rect = shape.rect
    return words(shape, theme).link_at(QPointF(x - rect.x - PAD, y - rect.y - PAD))


def paint(painter: QPainter, inks: Inks, shapes: Iterable[NoteShape]) -> None:
    """Paint notes, the lowest first; the painter is in chart units."""
    for shape in shapes:
        rect = shape.rect
        painter.setPen(_edge(inks, shape))
        painter.setBrush(_fill(inks, shape))
        painter.drawPath(_sheet(rect.width, rect.height).translated(rect.x, rect.y))
        painter.drawPolyline(_fold(rect))
        _paint_words(painter, inks, shape)


def _paint_words(painter: QPainter, inks: Inks, shape: NoteShape) -> None:
    rect = shape.rect
    room = QRectF(0, 0, rect.width - 2 * PAD + _TEXT_ROOM, rect.height - PAD - _TEXT_ROOM)
    if not shape.text or room.width() <= 0 or room.height() <= 0:
        return
    text = words(shape, inks.theme)
    painter.save()
    painter.translate(rect.x + PAD, rect.y + PAD)
    is_cut = text.height > room.height() + 1
    if is_cut:
        room.setHeight(text.fitting(room.height()))
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        room.setHeight(max(room.height() - 2, 1))  # SVG knows no clip: the next line must not even touch it
    text.draw(painter, room)
    painter.restore()
    if is_cut:
        painter.setPen(inks.quiet)
        painter.setFont(font(TextStyle.DETAIL))
        place = QRectF(rect.x, rect.bottom - PAD - 8, rect.width - 4, PAD + 8)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, "…")


def paint_far(
    painter: QPainter, inks: Inks, shapes: Iterable[NoteShape], zoom: float, *, has_words: bool = True
) -> None:
    """Paint notes as sheets, with their first words at a constant size; the painter is scaled by `zoom`."""
    drawn = list(shapes)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for shape in drawn:
        painter.setPen(_edge(inks, shape))
        painter.setBrush(_fill(inks, shape))
        painter.drawRect(QRectF(*shape.rect))
    if not has_words:
        return
    style = TextStyle.LABEL
    painter.setFont(font(style))
    painter.setPen(inks.text)
    transform = painter.transform()
    painter.save()
    painter.resetTransform()
    for shape in drawn:
        place = transform.mapRect(QRectF(*shape.rect)).adjusted(_FAR_PAD, 2, -_FAR_PAD, -2)
        if place.width() >= _LEAST_FAR and place.height() >= metrics(style).height():
            line = metrics(style).elidedText(headline(shape.text), Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line)
    painter.restore()


def outline(rect: Rect) -> QPainterPath:
    """The border of a note."""
    return _sheet(rect.width, rect.height).translated(rect.x, rect.y)


@lru_cache(maxsize=1_000)
def _sheet(width: float, height: float) -> QPainterPath:
    fold = min(FOLD, width / 2, height / 2)
    path = QPainterPath(QPointF(0, 0))
    for x, y in ((width - fold, 0), (width, fold), (width, height), (0, height)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _fold(rect: Rect) -> QPolygonF:
    fold = min(FOLD, rect.width / 2, rect.height / 2)
    x, y = rect.right - fold, rect.y + fold
    return QPolygonF([QPointF(x, rect.y), QPointF(x, y), QPointF(rect.right, y)])


def _fill(inks: Inks, shape: NoteShape) -> QBrush:
    return inks.pill if shape.tint is None else inks.tints[shape.tint - 1]


def _edge(inks: Inks, shape: NoteShape) -> QPen:
    return inks.edge if shape.tint is None else inks.tint_pens[shape.tint - 1]
