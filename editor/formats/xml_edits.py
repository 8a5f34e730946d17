"""Edits of a text by position, made all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class TextEdit(NamedTuple):
    """A piece of a text that is replaced; of two at one place the first comes first."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[TextEdit], start: int = 0, end: int | None = None) -> str:
    """A piece of a text with the edits inside it made."""
    parts, here = [], start
    for edit in sorted(edits, key=lambda each: each[:2]):
        assert edit.start >= here, "edits do not overlap"
        parts += [text[here : edit.start], edit.text]
        here = edit.end
    return "".join((*parts, text[here : len(text) if end is None else end]))
