"""Letting go of widgets that are made and thrown away over and over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_NO_RULES = "*{}"


def discard(widget: QWidget) -> None:
    """Hide a widget and have it deleted soon, with all that the style sheet noted of what it holds.

    Qt keeps what a style sheet says of a widget until the widget is destroyed, but does not listen for that with the
    inner parts that have no style of their own: viewports of scrolling fields, lists of boxes to choose from. What it
    noted of these stays for good, some hundred bytes each (Qt 6.11, `QStyleSheetStyle`, what it takes as unstylable).
    With a sheet of their own, if only an empty one, they are like all others.
    """
    widget.hide()
    for each in widget.findChildren(QWidget):
        if not each.testAttribute(Qt.WidgetAttribute.WA_StyleSheet):
            each.setStyleSheet(_NO_RULES)
    widget.deleteLater()
