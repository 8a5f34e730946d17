"""Pictures of the eight tints for menus and lists, each with its number, in the theme that is shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from editor.canvas.theme import load_theme
from editor.panels.icons import icon

SIDE = 18
_SHARP = 2
_PREFIX = "tint-"


def choice_icon(name: str) -> QIcon:
    """The icon of a choice: a swatch for `tint-N`, where 0 is none; else the icon of that name."""
    return swatch(int(name.removeprefix(_PREFIX))) if name.startswith(_PREFIX) else icon(name)


def swatch(tint: int) -> QIcon:
    """A square of a tint with its number in it; an empty one for 0."""
    application = QApplication.instance()
    theme = load_theme(str(application.property("theme") or "light") if application else "light")
    pixmap = QPixmap(SIDE * _SHARP, SIDE * _SHARP)
    pixmap.setDevicePixelRatio(_SHARP)
    pixmap.fill(Qt.GlobalColor.transparent)
    shown = theme.tints[tint - 1] if tint else None
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(shown.edge if shown is not None else theme.edge), 1))
        painter.setBrush(QColor(shown.fill if shown is not None else theme.leaves[0]))
        place = QRectF(1.5, 1.5, SIDE - 3, SIDE - 3)
        painter.drawRoundedRect(place, 4, 4)
        if shown is not None:
            font = painter.font()
            font.setPixelSize(10)
            painter.setFont(font)
            painter.setPen(QColor(theme.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(tint))
    return QIcon(pixmap)
