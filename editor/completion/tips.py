"""Tips that say what people wrote: as it is written, never as markup, which could name files to be loaded."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QToolTip, QWidget

WIDEST = 80
"""Characters of a line of a tip."""


def show(at: QPoint, text: str, widget: QWidget) -> None:
    """Show a text at a place of the screen; an empty one hides what is shown."""
    if text:
        QToolTip.showText(at, plain(text), widget)
    else:
        QToolTip.hideText()


def plain(text: str) -> str:
    """A text that Qt shows letter by letter: where it could be taken for markup, it is marked up as itself.

    Lines too long to be read, or for the screen, go on below.
    """
    text = "\n".join(map(_broken, text.split("\n")))
    if "<" not in text and "&" not in text:
        return text
    lines = escape(text, quote=False).replace("\n", "<br>")
    return f"<qt>{lines}</qt>"


def _broken(line: str) -> str:
    """A line in lines that are short enough; between words where it can be."""
    if len(line) <= WIDEST:
        return line
    return "\n".join(wrap(line, WIDEST, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False))
