"""A description broken into lines of a width, with the look of each piece; by a measure of texts, without a screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from editor.model.prose import Look, lines_of

LINE = 15.0
"""Chart units from one line to the next."""
WIDTH = 176.0
"""Chart units that a card gives the lines of its description before it gives it one more."""
MOST = 3
"""Lines of a description that a card has to have room for; where there is room for more, more are shown."""
_MORE = "…"
_WORD = re.compile(r"\s*\S+|\s+")

Width = Callable[[str, Look], float]


class Piece(NamedTuple):
    """Words of one look, with their distance from where the line begins."""

    text: str
    look: Look
    x: float


class Prose(NamedTuple):
    """Lines, and whether they are all that there is to say."""

    lines: list[list[Piece]]
    is_whole: bool


def wrapped(text: str, room: float, width: Width, most: int) -> Prose:
    """A text in at most so many lines of a width; the last one ends with an ellipsis where something is left."""
    made: list[list[Piece]] = []
    for runs in lines_of(text):
        words = [(word, run.look) for run in runs for word in _WORD.findall(run.text)]
        made += _broken(words, room, width)
        if len(made) > most:
            break
    if len(made) <= most:
        return Prose(made, is_whole=True)
    if not most:
        return Prose([], is_whole=False)
    return Prose([*made[: most - 1], _cut(made[most - 1], room, width)], is_whole=False)


def _broken(words: list[tuple[str, Look]], room: float, width: Width) -> list[list[Piece]]:
    """The lines of one line of the text: words stay whole unless one alone is too wide."""
    lines: list[list[Piece]] = []
    line: list[Piece] = []
    x = 0.0
    for word, look in words:
        shown = word if line else word.lstrip()
        takes = width(shown, look)
        if line and shown.strip() and x + takes > room:
            lines.append(line)
            line, x = [], 0.0
            shown = word.lstrip()
            takes = width(shown, look)
        if not shown:
            continue
        if takes > room:
            shown = _fitting(shown, look, room, width)
            takes = width(shown, look)
        if line and line[-1].look is look:
            last = line.pop()
            line.append(Piece(last.text + shown, look, last.x))
            x = last.x + width(last.text + shown, look)
        else:
            line.append(Piece(shown, look, x))
            x += takes
    return [*lines, line] if line else lines


def _cut(line: list[Piece], room: float, width: Width) -> list[Piece]:
    """A line with an ellipsis behind it, as long as there is room."""
    *rest, last = line
    if width(last.text + _MORE, last.look) <= room - last.x:
        return [*rest, Piece(last.text + _MORE, last.look, last.x)]
    return [*rest, Piece(_fitting(last.text, last.look, room - last.x, width), last.look, last.x)]


def _fitting(text: str, look: Look, room: float, width: Width) -> str:
    """The beginning of a text with an ellipsis, as long as there is room."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + _MORE, look) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _MORE
