"""The quiet row at a selected state that adds a line to its card: entry, exit, a service. Where it is and its look."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from editor.canvas.measure import font, width
from editor.canvas.picture import Picture
from editor.canvas.theme import Theme, color
from editor.document.card_lines import kinds
from editor.geometry import Point, Rect
from editor.layout.sizes import HEADER, REGION_HEADER, TextStyle, is_name_in_middle
from editor.model.elements import StateKind

HEIGHT = 18.0
_PAD = 6.0
_GAP = 4.0
_BEYOND = 28.0
"""Screen pixels from the border of a state to a row beside it: past the handle that connects, if it has one."""
_EDGE = 6.0
"""Screen pixels that the row keeps free at the edge of what is seen."""
_SIDE = 12.0
_SIGN = 24.0
LEAST_ZOOM = 0.5
"""The zoom from which lines of cards are read, and so added."""


def chips(picture: Picture, id: str, zoom: float, seen: Rect | None = None) -> list[tuple[str, Point, float]]:
    """The chips of a selected state: the kind of line that each adds, its middle, and half its width in screen pixels.

    In the header behind the name where there is room, else below the state; above one whose lines are far from there.
    Of a state that is `seen` in part they are whole: on its other side, or at the edge of what is seen.
    """
    shape = picture.states.get(id)
    if shape is None or shape.is_collapsed or zoom < LEAST_ZOOM:
        return []
    added = kinds(picture.chart, id)
    widths = [width(f"+ {kind}", TextStyle.LABEL) + 2 * _PAD for kind in added]
    whole = sum(widths) + _GAP * (len(widths) - 1)
    rect = shape.rect
    left = rect.center.x - whole / 2 / zoom
    is_final = picture.chart.states[id].kind is StateKind.FINAL
    away = ((_GAP if is_final else _BEYOND) + HEIGHT / 2) / zoom
    middle = rect.bottom + away if shape.is_leaf else rect.y - away
    if _has_room(picture, id, rect, whole, zoom, is_region=shape.is_region):
        sign = _SIGN if picture.chart.states[id].kind is StateKind.PARALLEL else 0.0
        left = rect.right - _SIDE - sign - whole / zoom
        middle = rect.y + (14.0 if shape.is_region else HEADER / 2)
    if seen is not None and seen.intersects(rect):
        opposite = rect.y - away if shape.is_leaf else rect.bottom + away
        margin = (HEIGHT / 2 + _EDGE) / zoom
        low, high = seen.y + margin, seen.bottom - margin
        if not low <= middle <= high:
            middle = opposite if low <= opposite <= high else max(low, min(middle, high))
        left = max(seen.x + _EDGE / zoom, min(left, seen.right - (whole + _EDGE) / zoom))
    found: list[tuple[str, Point, float]] = []
    for kind, each in zip(added, widths, strict=True):
        found.append((kind, Point(left + each / 2 / zoom, middle), each / 2))
        left += (each + _GAP) / zoom
    return found


def _has_room(picture: Picture, id: str, rect: Rect, whole: float, zoom: float, *, is_region: bool) -> bool:
    """Whether the row stands beside the name, in the line at the top of the state."""
    chart = picture.chart
    if is_name_in_middle(chart, id) or (REGION_HEADER if is_region else HEADER) * zoom < HEIGHT + 2:
        return False
    state = chart.states[id]
    if state.kind is StateKind.FINAL:
        return False  # its ring is there
    if picture.has_prose and state.description:
        return False  # it is told there
    style = TextStyle.REGION if is_region else TextStyle.TITLE
    name = width(state.key.upper() if is_region else state.key, style)
    sign = _SIGN if state.kind is StateKind.PARALLEL else 0.0
    return (rect.width - name - sign - 3 * _SIDE) * zoom >= whole


def paint(
    painter: QPainter, theme: Theme, kind: str, middle: QPointF, half: float, pointer: QPointF | None
) -> None:
    """Paint a chip, raised where the pointer is."""
    rect = QRectF(middle.x() - half, middle.y() - HEIGHT / 2, 2 * half, HEIGHT)
    is_pointed = pointer is not None and rect.contains(pointer)
    painter.setFont(font(TextStyle.LABEL))
    painter.setPen(QPen(color(theme.accent if is_pointed else theme.hairline), 1))
    painter.setBrush(color(theme.pill))
    painter.drawRoundedRect(rect, 6, 6)
    painter.setPen(color(theme.text if is_pointed else theme.quiet))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"+ {kind}")
