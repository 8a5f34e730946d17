"""Tips that say what people wrote: as it is written, never as markup, which could name files to be loaded."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget


def show(at: QPoint, text: str, widget: QWidget) -> None:
    """Show a text at a place of the screen; an empty one hides what is shown."""
    if text:
        QToolTip.showText(at, plain(text), widget)
    else:
        QToolTip.hideText()


def plain(text: str) -> str:
    """A text that Qt shows letter by letter: where it could be taken for markup, it is marked up as itself."""
    if "<" not in text and "&" not in text:
        return text
    lines = escape(text, quote=False).replace("\n", "<br>")
    return f"<qt>{lines}</qt>"
