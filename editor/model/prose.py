"""The simple marks of Markdown in a short text, such as a description: bold, slanted, code, links, items; pure."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple


class Look(Enum):
    """How a run of characters stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


class Run(NamedTuple):
    """Characters of one look."""

    text: str
    look: Look = Look.PLAIN


_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<strong>(?=\S).+?(?<=\S))\*\*"
    r"|(?<!\w)__(?P<strong2>(?=\S).+?(?<=\S))__(?!\w)"
    r"|\*(?P<emphasis>(?=[^\s*]).+?(?<=[^\s*]))\*"
    r"|(?<!\w)_(?P<emphasis2>(?=[^\s_]).+?(?<=[^\s_]))_(?!\w)"
    r"|!?\[(?P<plain>[^\]\n]+)\]\([^)\n]*\)"
)
_HEADING = re.compile(r"\s*#{1,6}\s+")
_ITEM = re.compile(r"\s*[-*+]\s+(?=\S)")
_LOOKS = {
    "code": Look.CODE, "strong": Look.STRONG, "strong2": Look.STRONG, "emphasis": Look.EMPHASIS,
    "emphasis2": Look.EMPHASIS, "plain": Look.PLAIN,
}  # fmt: skip


def lines_of(text: str) -> list[list[Run]]:
    """The lines of a text that say something, each as runs without their marks."""
    found: list[list[Run]] = []
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading is not None:
            runs = [Run(run.text, Look.STRONG) for run in _runs(line[heading.end() :])]
        else:
            item = _ITEM.match(line)
            runs = _runs(line.strip() if item is None else f"• {line[item.end() :].rstrip()}")
        if runs:
            found.append(runs)
    return found


def _runs(line: str) -> list[Run]:
    found: list[Run] = []
    at = 0
    for mark in _INLINE.finditer(line):
        if mark.start() > at:
            found.append(Run(line[at : mark.start()]))
        name = mark.lastgroup or "plain"
        found.append(Run(mark[name], _LOOKS[name]))
        at = mark.end()
    if at < len(line):
        found.append(Run(line[at:]))
    return found


def plain(text: str) -> str:
    """A text without its marks, a line each."""
    return "\n".join("".join(run.text for run in runs) for runs in lines_of(text))
