"""The sheet of shortcuts: all keys and gestures by groups, searched as one types."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from editor.canvas.theme import Theme
from editor.commands.keymap import FIXED, Keymap
from editor.window.keys_dialog import native
from editor.window.transfer import button

SIZE = (860, 640)
COLUMNS = 2
GESTURES = (
    ("Make a state", "Double-click on open ground"),
    ("Make a transition", "Drag from a handle of a state"),
    ("Move, into another state too", "Drag"),
    ("Stick to nothing; keep the parent while moving", "Ctrl while dragging"),
    ("Size about the middle", "Alt while a side is dragged"),
    ("Size in proportion", "Shift while a side is dragged"),
    ("Copy", "Alt+drag"),
    ("Add to the selection, take from it", "Shift+click"),
    ("Select what lies below or around", "Ctrl or Alt+click on what is selected, again and again"),
    ("Select with a band", "Drag on open ground"),
    ("Begin the band over a state", "Shift+Alt+drag"),
    ("Pan", "Drag with the middle or right button, or Space held"),
    ("Zoom", "Ctrl+wheel, or two fingers apart"),
    ("Go back and forward", "The back and forward buttons of a mouse"),
    ("Go through transitions, on and back", "Arrows, Return and Backspace, while they are followed"),
    ("Open the menu by touch", "Let a finger rest"),
    ("Scroll sideways", "Shift+wheel"),
    ("Type a line of a card, or a part of a label", "Double-click on it"),
    ("From text to text; back", "Tab; Shift+Tab, while typing"),
    ("Take what is offered while typing", "Tab, or Return when chosen by arrows"),
    ("Offer what can be typed", "Ctrl+Space, or the arrow down"),
    *((what, ", ".join(keys)) for what, keys in FIXED.items()),
)
"""What the pointer does on the canvas."""


def groups(keys: Keymap, words: str = "") -> dict[str, list[tuple[str, str]]]:
    """What can be done and by which keys, by groups; only what holds all of some words."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in keys.found(words):
        own = [native(key) for key in keys.shown(row.id)]
        if own:
            found.setdefault(row.group, []).append((row.title, ", ".join(own)))
    wanted = words.lower().split()
    gestures = [each for each in GESTURES if all(word in " ".join(each).lower() for word in wanted)]
    return found | ({"On the canvas": gestures} if gestures else {})


def page(found: dict[str, list[tuple[str, str]]], theme: Theme) -> str:
    """A sheet as HTML, in columns of about the same length."""
    if not found:
        return f'<p style="color:{theme.quiet}">Nothing is called like this.</p>'
    columns: list[list[str]] = [[] for _ in range(COLUMNS)]
    lengths = [0] * COLUMNS
    for name, rows in found.items():
        place = lengths.index(min(lengths))
        lengths[place] += len(rows) + 2
        lines = "".join(
            f'<tr><td style="padding:2px 16px 2px 0">{escape(title)}</td>'
            f'<td align="right" style="padding:2px 0; color:{theme.accent_text}"><b>{escape(keys)}</b></td></tr>'
            for title, keys in rows
        )
        columns[place].append(f"<h4>{escape(name)}</h4><table width='100%' cellspacing='0'>{lines}</table>")
    cells = "".join(
        f'<td width="{100 // COLUMNS}%" style="padding:0 16px" valign="top">{"".join(each)}</td>'
        for each in columns
    )
    return f'<table width="100%"><tr>{cells}</tr></table>'


class KeysSheet(QDialog):
    """All shortcuts as they are now."""

    def __init__(self, parent: QWidget | None, keys: Keymap, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(*SIZE)
        self._keys = keys
        self._theme = theme
        self.wants_change = False
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find")
        self.search.setAccessibleName("Find a shortcut")
        self.search.setClearButtonEnabled(True)
        self.browser = QTextBrowser()
        self.browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.browser.setAccessibleName("Shortcuts")
        change = button("Change…", "second")
        change.clicked.connect(self._change)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        below = QHBoxLayout()
        below.addWidget(change)
        below.addStretch(1)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(self.browser, 1)
        column.addLayout(below)
        self.search.textChanged.connect(self.fill)
        self.fill()
        self.search.setFocus()

    def fill(self) -> None:
        """Show what the search finds."""
        self.browser.setHtml(page(groups(self._keys, self.search.text()), self._theme))

    def _change(self) -> None:
        self.wants_change = True
        self.accept()
