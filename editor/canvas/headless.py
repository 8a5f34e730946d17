"""Pictures without a screen: for the command line, which has no window and may have no display."""

from __future__ import annotations

import sys

from PySide6.QtGui import QGuiApplication

from editor.canvas.measure import FontMeasure
from editor.layout.sizes import Measure


def begin() -> Measure:
    """Start Qt on no screen when it does not run yet; the measure of its fonts."""
    if QGuiApplication.instance() is None:
        _keep.append(QGuiApplication([sys.argv[0], "-platform", "offscreen"]))
    return FontMeasure()


_keep: list[QGuiApplication] = []
